// What goes wrong on request between the board and its host: reports are lost, repeated, damaged, late, held up or lie.
#pragma once

#include <cstdint>
#include <cstring>
#include <deque>
#include <functional>
#include <vector>

#include "../src/crc32.hpp"
#include "../src/little-endian.hpp"
#include "../src/messages.hpp"
#include "../src/report.hpp"

namespace exocortex {

class FaultyLine {
 public:
  // How many of the next reports of samples each fault concerns.
  int toLose = 0;
  int toRepeat = 0;
  int toDamage = 0;
  int toDelay = 0;
  // Copies of the next one, all at once.
  int toFlood = 0;
  // Acknowledgements that name another amplitude than the one that was asked; only those that fit into one report.
  int toLie = 0;

  FaultyLine(std::size_t reportBytes, std::function<void(const uint8_t*)> send)
      : reportBytes_(reportBytes), send_(std::move(send)) {}

  void send(const uint8_t* report) {
    std::vector<uint8_t> bytes(report, report + reportBytes_);
    if (toLie > 0 && lie(bytes)) toLie--;
    if (kindOf(bytes) != reportSamples) {
      send_(bytes.data());
      return;
    }
    if (takeOne(toLose)) return;
    if (takeOne(toDamage)) bytes[reportBytes_ / 2] ^= 1;
    if (takeOne(toDelay)) {
      late_.push_back(bytes);
      return;
    }
    send_(bytes.data());
    if (takeOne(toRepeat)) send_(bytes.data());
    while (takeOne(toFlood)) send_(bytes.data());
    for (const auto& late : late_) send_(late.data());
    late_.clear();
  }

 private:
  static int kindOf(const std::vector<uint8_t>& bytes) { return (bytes[0] >> 2) & 3; }
  static bool takeOne(int& count) { return count > 0 && count-- > 0; }

  bool lie(std::vector<uint8_t>& bytes) const {
    ReportHeader header;
    const uint8_t* payload;
    std::size_t length;
    if (!readReport(bytes.data(), reportBytes_, header, payload, length)) return false;
    uint8_t* frame = bytes.data() + reportHeaderBytes;
    if (header.kind != reportFragment || !header.isFirst || !header.isLast || frame[4] != messageAcknowledgement) return false;
    constexpr std::size_t amplitudeAt = 15;
    frame[frameHeaderBytes + amplitudeAt] ^= 0x10;
    const std::size_t bodyBytes = length - frameHeaderBytes - checksumBytes;
    ByteWriter(frame + length - checksumBytes).u32(crc32(frame + frameHeaderBytes, bodyBytes, frame[4]));
    sealReport(bytes.data(), reportBytes_, header, length);
    return true;
  }

  const std::size_t reportBytes_;
  const std::function<void(const uint8_t*)> send_;
  std::deque<std::vector<uint8_t>> late_;
};

}  // namespace exocortex
