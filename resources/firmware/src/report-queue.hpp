// Reports that wait to be sent, oldest first. Full: what comes is not taken, and its number is missing on the wire.
#pragma once

#include <cstddef>
#include <cstdint>

#include "report.hpp"

namespace exocortex {

class ReportQueue {
 public:
  static constexpr std::size_t capacity = 64;
  // Samples leave this much room for what must not be lost.
  static constexpr std::size_t sampleCapacity = 40;

  bool hasRoom(ReportKind kind) const { return count_ < (kind == reportSamples ? sampleCapacity : capacity); }
  bool isEmpty() const { return count_ == 0; }
  // Where the next report is to be written; only with room.
  uint8_t* next() { return reports_[(oldest_ + count_) % capacity]; }
  // The report at `next` is complete.
  void add() { count_++; }
  // The oldest report; only when not empty.
  const uint8_t* oldest() const { return reports_[oldest_]; }
  void drop() {
    oldest_ = (oldest_ + 1) % capacity;
    count_--;
  }

 private:
  uint8_t reports_[capacity][reportBytesMax];
  std::size_t oldest_ = 0;
  std::size_t count_ = 0;
};

}  // namespace exocortex
