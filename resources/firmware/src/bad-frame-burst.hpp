// When bad messages become too many for one connection: the fourth within a second.
#pragma once

#include <cstdint>

namespace exocortex {

class BadFrameBurst {
 public:
  // Notes a bad message; `now` in microseconds, never earlier than before. Answers whether the connection must end.
  bool note(uint64_t now) {
    const bool isBurst = count_ >= max && now - times_[count_ % max] < windowMicroseconds;
    times_[count_ % max] = now;
    count_++;
    return isBurst;
  }

 private:
  static constexpr uint32_t max = 3;
  static constexpr uint64_t windowMicroseconds = 1000000;

  uint64_t times_[max] = {};
  uint32_t count_ = 0;
};

}  // namespace exocortex
