// A usual kernel's view of 32 neurons at once, in pairs of AVX-512 registers: what one waits for the other computes.
// Products are made in single precision, which is exact here: whole numbers up to 2^24 are held exactly, a fused multiplication and addition is
// rounded once, towards -infinity, and rounding what is rounded so once more to a whole number gives what rounding the exact number gives.
#pragma once

#include "lanes-avx512.hpp"

#include <algorithm>

namespace exocortex::usual {

constexpr int32_t lanes = 2 * avx512::lanes;

// Whole numbers of 32 bits that wrap round.
struct Int {
  avx512::Int low;
  avx512::Int high;

  Int(avx512::Int lowOnes, avx512::Int highOnes) : low(lowOnes), high(highOnes) {}
  Int(int32_t everywhere) : low(everywhere), high(low) {}
};

struct Bool {
  avx512::Bool low;
  avx512::Bool high;
};

inline Int load(const int32_t* from) { return {avx512::load(from), avx512::load(from + avx512::lanes)}; }
inline void store(int32_t* to, Int value) {
  avx512::store(to, value.low);
  avx512::store(to + avx512::lanes, value.high);
}
inline Int operator+(Int a, Int b) { return {a.low + b.low, a.high + b.high}; }
inline Int operator-(Int a, Int b) { return {a.low - b.low, a.high - b.high}; }
inline Int operator*(Int a, Int b) { return {a.low * b.low, a.high * b.high}; }
inline Int operator&(Int a, Int b) { return {a.low & b.low, a.high & b.high}; }
inline Int operator^(Int a, Int b) { return {a.low ^ b.low, a.high ^ b.high}; }
inline Int operator|(Int a, Int b) {
  return {_mm512_or_si512(a.low.of, b.low.of), _mm512_or_si512(a.high.of, b.high.of)};
}
inline Int operator>>(Int a, Int bits) { return {a.low >> bits.low, a.high >> bits.high}; }
inline Int shiftedIn(Int a, Int bits) { return {avx512::shiftedIn(a.low, bits.low), avx512::shiftedIn(a.high, bits.high)}; }
inline Bool operator<(Int a, Int b) { return {a.low < b.low, a.high < b.high}; }
inline Bool operator<=(Int a, Int b) { return {a.low <= b.low, a.high <= b.high}; }
inline Bool isAtLeastUnsigned(Int a, Int b) {
  return {{_mm512_cmpge_epu32_mask(a.low.of, b.low.of)}, {_mm512_cmpge_epu32_mask(a.high.of, b.high.of)}};
}
inline Bool operator&(Bool a, Bool b) { return {a.low & b.low, a.high & b.high}; }
inline Bool operator!(Bool a) { return {!a.low, !a.high}; }
const Bool never{{0}, {0}};
inline Int choose(Bool condition, Int yes, Int no) {
  return {avx512::choose(condition.low, yes.low, no.low), avx512::choose(condition.high, yes.high, no.high)};
}
// Whether any bit is set or any condition holds; hardly ever.
inline bool isAny(Int bits, Bool conditions) {
  const __m512i all = _mm512_or_si512(bits.low.of, bits.high.of);
  const __mmask16 any = _kor_mask16(conditions.low.of, conditions.high.of);
  return __builtin_expect(!_kortestz_mask16_u8(_mm512_test_epi32_mask(all, all), any), false);
}

inline Int numbersFrom(int32_t first) { return {avx512::numbersFrom(first), avx512::numbersFrom(first + avx512::lanes)}; }
inline Int mixed(Int value) { return {avx512::mixed(value.low), avx512::mixed(value.high)}; }
inline Int product(Int a, Int b) { return {avx512::product(a.low, b.low), avx512::product(a.high, b.high)}; }
inline Int lookup(const int32_t* table, Int index) {
  return {_mm512_i32gather_epi32(index.low.of, table, sizeof(int32_t)),
          _mm512_i32gather_epi32(index.high.of, table, sizeof(int32_t))};
}

struct Float {
  __m512 low;
  __m512 high;

  Float(__m512 lowOnes, __m512 highOnes) : low(lowOnes), high(highOnes) {}
  Float(float everywhere) : low(_mm512_set1_ps(everywhere)), high(low) {}
};

constexpr int downwards = _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC;
constexpr float half = 0.5F;

// Exact up to 2^24.
inline Float floatOf(Int value) { return {_mm512_cvtepi32_ps(value.low.of), _mm512_cvtepi32_ps(value.high.of)}; }
// Of what is at most 2^24.
inline Int floorOf(Float value) {
  return {_mm512_cvt_roundps_epi32(value.low, downwards), _mm512_cvt_roundps_epi32(value.high, downwards)};
}
inline Float operator-(Float a, Float b) { return {_mm512_sub_ps(a.low, b.low), _mm512_sub_ps(a.high, b.high)}; }
inline Float operator*(Float a, Float b) { return {_mm512_mul_ps(a.low, b.low), _mm512_mul_ps(a.high, b.high)}; }
// a * b + c
inline Float sumDown(Float a, Float b, Float c) {
  return {_mm512_fmadd_round_ps(a.low, b.low, c.low, downwards), _mm512_fmadd_round_ps(a.high, b.high, c.high, downwards)};
}
inline Int rounded(Float a, Float b) { return floorOf(sumDown(a, b, half)); }
// With |a| up to 2^26 in two pieces. The upper one is a multiple of 8, so that of the lower one's product and the half only multiples of
// 8 units count, which is how exactly they are held: |b| is at most 2^26 / 7 units, or it has 15 bits and the result loses 17 to 27.
inline Int roundedLarge(Int a, Float b) {
  const Int lower = a & 7;
  return floorOf(sumDown(floatOf(a - lower), b, sumDown(floatOf(lower), b, half)));
}

// What simulation/kernel/fixed-point.ts calls a share, of a parameter.
struct Share {
  Float of;

  Share(int32_t mantissa, int32_t shift) : of(static_cast<float>(mantissa) / static_cast<float>(1 << (14 + shift))) {}
};
inline Int share(Int value, const Share& by) { return rounded(floatOf(value), by.of); }
inline Int shareOfLarge(Int value, const Share& by) { return roundedLarge(value, by.of); }
inline Int share(Int value, Int mantissa, int32_t shift) {
  return rounded(floatOf(value), floatOf(mantissa) * (1.0F / static_cast<float>(1 << (14 + shift))));
}

// (b - c) / 2^27
inline Float difference27(int32_t b, Int c) {
  constexpr float unit = 1.0F / (1 << 27);
  return Float(static_cast<float>(b) * unit) - floatOf(c) * unit;
}
// a * (b - c) / 2^27
inline Int product27(Int a, int32_t b, Int c) { return rounded(floatOf(a), difference27(b, c)); }
inline Int product27OfLarge(Int a, int32_t b, Int c) { return roundedLarge(a, difference27(b, c)); }

class Fired {
 public:
  explicit Fired(const StepArrays& arrays) : fired_(arrays.fired), neurons_(arrays.neurons) {}

  // Without lanes that hold no neuron.
  void add(std::ptrdiff_t first, Bool fires) {
    uint32_t left = fires.low.of | static_cast<uint32_t>(fires.high.of) << avx512::lanes;
    if (neurons_ - first < lanes) left &= (1U << (neurons_ - first)) - 1;
    for (; left != 0; left &= left - 1)
      fired_[stepped_.fired++] = static_cast<uint32_t>(first + __builtin_ctz(left));
  }
  void add(std::ptrdiff_t first, const Stepped& few) {
    for (uint32_t index = 0; index < few.fired; index++) next()[index] += static_cast<uint32_t>(first);
    stepped_.saturated += few.saturated;
    stepped_.fired += few.fired;
  }
  // Where the next one is listed.
  uint32_t* next() const { return fired_ + stepped_.fired; }
  const Stepped& stepped() const { return stepped_; }

 private:
  uint32_t* fired_;
  std::ptrdiff_t neurons_;
  Stepped stepped_{0, 0};
};

// Lets the kernel that can do everything compute the lanes that begin at `first`.
template <std::size_t states, std::size_t receptors>
__attribute__((noinline)) void stepFew(StepKernel kernel, const StepArrays& arrays, std::ptrdiff_t first, Fired& fired) {
  int32_t* state[states];
  int32_t* received[receptors];
  for (std::size_t index = 0; index < states; index++) state[index] = arrays.state[index] + first;
  for (std::size_t index = 0; index < receptors; index++) received[index] = arrays.received[index] + first;
  StepArrays few = arrays;
  few.neurons = static_cast<int32_t>(std::min<std::ptrdiff_t>(lanes, arrays.neurons - first));
  few.state = state;
  few.received = received;
  few.randomKey = static_cast<int32_t>(static_cast<uint32_t>(arrays.randomKey) + static_cast<uint32_t>(first));
  few.fired = fired.next();
  fired.add(first, kernel(few));
}

}  // namespace exocortex::usual
