// When each electrode was and is busy: rates and concurrency, in microseconds of the board's clock.
#pragma once

#include <cstdint>

#include "limits.hpp"

namespace exocortex {

class PulseTimes {
 public:
  explicit PulseTimes(const Limits& limits);

  // Why no pulse may start on the electrode now, or outcomeDelivered. `now` never goes back.
  Outcome judge(uint16_t electrode, uint64_t now);
  // A pulse that was not refused.
  void add(uint16_t electrode, uint64_t now, uint64_t durationMicroseconds);

 private:
  uint32_t busyElectrodes(uint64_t now) const;

  const uint64_t intervalMicroseconds_;
  const uint32_t simultaneousMax_;
  const uint32_t totalMax_;
  // 0 while the electrode has not been used.
  uint64_t busyUntil_[electrodesMax] = {};
  uint64_t nextStart_[electrodesMax] = {};
  // Starts of the last second, the oldest at `oldest_`.
  uint64_t recent_[totalRateCeilingHz] = {};
  uint32_t oldest_ = 0;
  uint32_t recentCount_ = 0;
};

}  // namespace exocortex
