// HID reports: fragments of frames, samples, and the end of a connection, each with a counter and a checksum.
#pragma once

#include <cstddef>
#include <cstdint>

namespace exocortex {

constexpr std::size_t reportBytesMin = 64;
constexpr std::size_t reportBytesMax = 1024;
constexpr std::size_t reportHeaderBytes = 6;
constexpr std::size_t reportOverheadBytes = reportHeaderBytes + 4;

enum ReportKind : uint8_t { reportFragment, reportSamples, reportGoodbye, reportKinds };

struct ReportHeader {
  ReportKind kind;
  // A role: each has counters and a connection of its own.
  uint8_t channel;
  // Of a fragment: whether a frame begins and ends with it.
  bool isFirst;
  bool isLast;
  // Chosen by the host for each connection, so that two programs do not hear each other's answers.
  uint8_t connection;
  // Of the channel in this direction, one more with each report.
  uint16_t sequence;
};

// Reads a report of `reportBytes`. Answers whether it is whole: its checksum holds and every field has a value that it allows.
bool readReport(const uint8_t* report, std::size_t reportBytes, ReportHeader& header, const uint8_t*& payload,
                std::size_t& payloadBytes);

// Completes a report whose payload has been written behind its header: fills the rest with 0 and seals it.
void sealReport(uint8_t* report, std::size_t reportBytes, const ReportHeader& header, std::size_t payloadBytes);

}  // namespace exocortex
