// One connection of a host: its number, its counters, and the frame that is arriving in fragments.
#pragma once

#include <cstddef>
#include <cstdint>

#include "bad-frame-burst.hpp"
#include "report.hpp"

namespace exocortex {

// No message of a host is longer.
constexpr std::size_t hostFrameMaxBytes = 256;

class Connection {
 public:
  // What a report means for the frame that is arriving.
  enum class Arrival {
    // There is no whole frame yet.
    partial,
    whole,
    // It was there before: a repeated or a late report.
    repeated,
  };

  bool isOpen() const { return isOpen_; }
  uint8_t number() const { return number_; }
  BadFrameBurst& badFrames() { return badFrames_; }
  // The number of the next report to the host.
  uint16_t nextSequence() { return sent_++; }

  // `sequence` of the report that HELLO came in.
  void open(uint8_t number, uint16_t sequence) {
    *this = Connection();
    isOpen_ = true;
    number_ = number;
    expected_ = static_cast<uint16_t>(sequence + 1);
  }
  // Whoever presents this number is a stranger from now on.
  void close() { isOpen_ = false; }

  // `broken`: counts fragments whose frame has a hole, no beginning, no end or too many bytes, and which are given up.
  Arrival take(const ReportHeader& header, const uint8_t* payload, std::size_t payloadBytes, uint32_t& broken);

  // Of the frame that has just become whole.
  const uint8_t* frame() const { return frame_; }
  std::size_t frameBytes() const { return frameBytes_; }

 private:
  bool isOpen_ = false;
  bool isArriving_ = false;
  uint8_t number_ = 0;
  uint16_t expected_ = 0;
  uint16_t sent_ = 0;
  std::size_t frameBytes_ = 0;
  uint8_t frame_[hostFrameMaxBytes] = {};
  BadFrameBurst badFrames_;
};

}  // namespace exocortex
