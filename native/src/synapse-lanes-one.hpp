// How the loops of learning rules see one synapse; from synapse to synapse the compiler makes vector code of it where it can.
#pragma once

#include "kernel-arrays.hpp"
#include "rule-program.hpp"

#include <cstddef>

namespace exocortex::one {

using Int = int32_t;
constexpr uint32_t lanesAtOnce = 1;

struct Whole {};

EXOCORTEX_INLINE Int load(const int32_t* from, Whole) { return *from; }
EXOCORTEX_INLINE void store(int32_t* to, Int value, Whole) { *to = value; }
// By signed numbers, as processors do it.
EXOCORTEX_INLINE Int gather(const int32_t* of, const uint32_t* places, Whole) { return of[static_cast<int32_t>(*places)]; }
// Numbers that lie two by two.
struct Two {
  Int first;
  Int second;
};
EXOCORTEX_INLINE Two gatherTwo(const int32_t* of, const uint32_t* places, Whole) {
  const auto at = static_cast<std::ptrdiff_t>(*places);
  return {of[2 * at], of[2 * at + 1]};
}
EXOCORTEX_INLINE Int gatherEach(const int32_t* of, Int place) { return of[place]; }
EXOCORTEX_INLINE Int plus(Int a, Int b) { return a + b; }
EXOCORTEX_INLINE Int minus(Int a, Int b) { return a - b; }
EXOCORTEX_INLINE Int both(Int a, Int b) { return a & b; }
EXOCORTEX_INLINE Int lower(Int a, Int b) { return a < b ? a : b; }
EXOCORTEX_INLINE Int higher(Int a, Int b) { return a < b ? b : a; }
EXOCORTEX_INLINE Int below(Int a, Int b) { return static_cast<Int>(a < b); }
EXOCORTEX_INLINE Int atMost(Int a, Int b) { return static_cast<Int>(a <= b); }
EXOCORTEX_INLINE Int shiftedLeft(Int value, int32_t bits) { return static_cast<Int>(static_cast<uint32_t>(value) << bits); }
EXOCORTEX_INLINE Int shiftedRight(Int value, int32_t bits) { return value >> bits; }

// A product that is rounded and loses at most 32 bits.
class Product {
 public:
  EXOCORTEX_INLINE Product(int64_t half, int32_t shift) : half_(half), shift_(shift) {}
  EXOCORTEX_INLINE Int of(Int a, Int b) const { return multiplyUpTo32(a, b, half_, shift_); }

 private:
  int64_t half_;
  int32_t shift_;
};

// One that loses more.
class FarProduct {
 public:
  EXOCORTEX_INLINE FarProduct(int64_t half, int32_t shift) : half_(half), shift_(shift) {}
  EXOCORTEX_INLINE Int of(Int a, Int b) const { return multiplyAbove32(a, b, half_, shift_); }

 private:
  int64_t half_;
  int32_t shift_;
};

class Beyond {
 public:
  EXOCORTEX_INLINE void add(uint32_t place, Int within, Int value, Whole) {
    const uint32_t here = within == value ? UINT32_MAX : place;
    first_ = here < first_ ? here : first_;
  }
  EXOCORTEX_INLINE uint32_t first() const { return first_; }

 private:
  uint32_t first_ = UINT32_MAX;
};

template <typename Body>
EXOCORTEX_INLINE void forEach(uint32_t begin, uint32_t count, Body body) {
  EXOCORTEX_INDEPENDENT
  for (uint32_t first = begin; first < count; first++) body(first, Whole{});
}

}  // namespace exocortex::one
