// For as long as it lives, this thread's processor rounds numbers towards -infinity.
#pragma once

#include <immintrin.h>

namespace exocortex {

class RoundingDown {
 public:
  RoundingDown() : before_(_mm_getcsr()) { _mm_setcsr((before_ & ~unsigned{_MM_ROUND_MASK}) | _MM_ROUND_DOWN); }
  ~RoundingDown() { _mm_setcsr(before_); }
  RoundingDown(const RoundingDown&) = delete;
  RoundingDown& operator=(const RoundingDown&) = delete;

 private:
  unsigned before_;
};

}  // namespace exocortex
