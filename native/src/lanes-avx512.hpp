// A step kernel's view of 16 neurons at once, in the registers of processors with AVX-512.
// The functions give what those of simulation/kernel/fixed-point.ts give, by products of 64 bits of the lanes with even and odd numbers.
#pragma once

#include "kernel-arrays.hpp"
#include "rounding-down.hpp"

#include <immintrin.h>

namespace exocortex::avx512 {

constexpr int32_t lanes = 16;
// That states may stay in registers for.
constexpr uint32_t stepsAtOnce = mostStepsAtOnce;
// Of shares: a smaller one has to be computed otherwise.
constexpr int32_t mostShift = 17;

// Whole numbers of 32 bits that wrap round.
struct Int {
  __m512i of;

  Int(__m512i values) : of(values) {}
  Int(int32_t everywhere) : of(_mm512_set1_epi32(everywhere)) {}
};

struct Bool {
  __mmask16 of;
};

inline Int load(const int32_t* from) { return _mm512_load_si512(from); }
inline void store(int32_t* to, Int value) { _mm512_store_si512(to, value.of); }
inline Int operator+(Int a, Int b) { return _mm512_add_epi32(a.of, b.of); }
inline Int operator-(Int a, Int b) { return _mm512_sub_epi32(a.of, b.of); }
inline Int operator*(Int a, Int b) { return _mm512_mullo_epi32(a.of, b.of); }
inline Int operator&(Int a, Int b) { return _mm512_and_si512(a.of, b.of); }
inline Int operator|(Int a, Int b) { return _mm512_or_si512(a.of, b.of); }
inline Int operator^(Int a, Int b) { return _mm512_xor_si512(a.of, b.of); }
inline Int operator<<(Int a, Int bits) { return _mm512_sllv_epi32(a.of, bits.of); }
inline Int operator>>(Int a, Int bits) { return _mm512_srav_epi32(a.of, bits.of); }
inline Int shiftedIn(Int a, Int bits) { return _mm512_srlv_epi32(a.of, bits.of); }
inline Bool operator<(Int a, Int b) { return {_mm512_cmplt_epi32_mask(a.of, b.of)}; }
inline Bool operator<=(Int a, Int b) { return {_mm512_cmple_epi32_mask(a.of, b.of)}; }
inline Bool operator!=(Int a, Int b) { return {_mm512_cmpneq_epi32_mask(a.of, b.of)}; }
inline Bool operator&(Bool a, Bool b) { return {_kand_mask16(a.of, b.of)}; }
inline Bool operator|(Bool a, Bool b) { return {_kor_mask16(a.of, b.of)}; }
inline Bool operator!(Bool a) { return {_knot_mask16(a.of)}; }
inline Int choose(Bool condition, Int yes, Int no) { return _mm512_mask_mov_epi32(no.of, condition.of, yes.of); }
inline uint32_t bitsOf(Bool of) { return of.of; }

#include "lanes-fired.hpp"

inline Int numbersFrom(int32_t first) {
  return Int(first) + Int(_mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
}

// A table is mostly looked into near its beginning, which registers answer much faster than memory.
inline Int lookup(const int32_t* table, Int index) {
  if (_mm512_cmpge_epu32_mask(index.of, _mm512_set1_epi32(leastTable)) != 0)
    return _mm512_i32gather_epi32(index.of, table, sizeof(int32_t));
  const auto among32 = [&](const int32_t* first) {
    return _mm512_permutex2var_epi32(_mm512_loadu_si512(first), index.of, _mm512_loadu_si512(first + lanes));
  };
  const __mmask16 odd = _mm512_test_epi32_mask(index.of, _mm512_set1_epi32(32));
  const __mmask16 high = _mm512_test_epi32_mask(index.of, _mm512_set1_epi32(64));
  const __m512i low64 = _mm512_mask_mov_epi32(among32(table), odd, among32(table + 32));
  const __m512i high64 = _mm512_mask_mov_epi32(among32(table + 64), odd, among32(table + 96));
  return _mm512_mask_mov_epi32(low64, high, high64);
}

// Numbers of 64 bits, those of even lanes and those of odd lanes.
struct Wide {
  __m512i even;
  __m512i odd;
};

inline __m512i oddOf(Int of) { return _mm512_shuffle_epi32(of.of, static_cast<_MM_PERM_ENUM>(0xf5)); }
inline Wide wideProduct(Int a, Int b) { return {_mm512_mul_epi32(a.of, b.of), _mm512_mul_epi32(oddOf(a), oddOf(b))}; }
inline Wide wideProduct(Int a, int32_t everywhere) {
  const Int b(everywhere);
  return {_mm512_mul_epi32(a.of, b.of), _mm512_mul_epi32(oddOf(a), b.of)};
}
inline Wide operator+(Wide a, int64_t b) {
  return {_mm512_add_epi64(a.even, _mm512_set1_epi64(b)), _mm512_add_epi64(a.odd, _mm512_set1_epi64(b))};
}
// The upper halves.
inline Int upperOf(Wide of) {
  const __m512i places = _mm512_setr_epi32(1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
  return _mm512_permutex2var_epi32(of.even, places, of.odd);
}
// The lower 32 bits of what is left when `bits` fall off, at most 32 of them.
inline Int shiftedWide(Wide of, unsigned bits) {
  const __m512i even = _mm512_srli_epi64(of.even, bits);
  const __m512i odd = _mm512_srli_epi64(of.odd, bits);
  const __m512i places = _mm512_setr_epi32(0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30);
  return _mm512_permutex2var_epi32(even, places, odd);
}

inline Int clamped(Int value, int32_t bound) {
  return _mm512_min_epi32(_mm512_max_epi32(value.of, _mm512_set1_epi32(-bound)), _mm512_set1_epi32(bound));
}

inline Int fromZeroTo(Int value, int32_t most) {
  return _mm512_min_epi32(_mm512_max_epi32(value.of, _mm512_setzero_si512()), _mm512_set1_epi32(most));
}

// The shift is at most `mostShift`. Shifted beforehand so that the result is the upper half: at most 30 and 31 bits and their signs.
inline Int share(Int value, int32_t mantissa, int32_t shift) {
  return upperOf(wideProduct(value + value, mantissa << (mostShift - shift)) + (int64_t{1} << 31));
}
inline Int share(Int value, Int mantissa, int32_t shift) {
  return upperOf(wideProduct(value + value, mantissa << (mostShift - shift)) + (int64_t{1} << 31));
}

inline Int product(Int a, Int b) { return shiftedWide(wideProduct(a, b), 16); }
inline Int product24(Int a, Int b) { return shiftedWide(wideProduct(a, b) + (int64_t{1} << 23), 24); }
// b is at most 2^24: shifted beforehand so that the result is the upper half.
inline Int product27(Int a, Int b) { return upperOf(wideProduct(a, b << 5) + (int64_t{1} << 31)); }
inline Int product27(int32_t a, Int b) { return upperOf(wideProduct(b << 5, a) + (int64_t{1} << 31)); }

// What usual kernels need beside these.

inline Bool isAtLeastUnsigned(Int a, Int b) { return {_mm512_cmpge_epu32_mask(a.of, b.of)}; }
inline Bool andNot(Bool a, Bool b) { return {_kandn_mask16(b.of, a.of)}; }
// A bit for each lane.
inline void storeBits(uint8_t* to, Bool of) {
  const auto bits = static_cast<uint16_t>(of.of);
  std::memcpy(to, &bits, sizeof bits);
}
// Whether any bit is set.
inline bool isAny(Int bits) { return _mm512_test_epi32_mask(bits.of, bits.of) != 0; }
// Or any condition holds.
inline bool isAny(Int bits, Bool conditions) {
  return !_kortestz_mask16_u8(_mm512_test_epi32_mask(bits.of, bits.of), conditions.of);
}
inline bool isAny(Bool a, Bool b) { return !_kortestz_mask16_u8(a.of, b.of); }
// That the compiler does not know.
inline Int kept(int32_t value) {
  Int known(value);
  __asm__("" : "+v"(known.of));
  return known;
}
template <unsigned bits>
Int shiftedDown(Int a) {
  return _mm512_srli_epi32(a.of, bits);
}

// Of a table, looked up in registers: twice among 64 and once more among both.
class First128 {
 public:
  explicit First128(const int32_t* table) : table_(table) {}

  Int at(Int index) const {
    const __mmask16 odd = _mm512_test_epi32_mask(index.of, bit5_.of);
    const __mmask16 high = _mm512_test_epi32_mask(index.of, bit6_.of);
    const __mmask16 even = _knot_mask16(odd);
    // What is not looked up stays an index.
    const auto among64 = [&](const int32_t* first) {
      const __m512i some = _mm512_mask2_permutex2var_epi32(entries(first), index.of, even, entries(first + 16));
      return _mm512_mask2_permutex2var_epi32(entries(first + 32), some, odd, entries(first + 48));
    };
    return _mm512_mask_mov_epi32(among64(table_), high, among64(table_ + 64));
  }

 private:
  static __m512i entries(const int32_t* first) { return _mm512_load_si512(first); }

  const int32_t* table_;
  Int bit5_ = kept(32);
  Int bit6_ = kept(64);
};

// Anywhere in a table.
inline Int gathered(const int32_t* table, Int index) { return _mm512_i32gather_epi32(index.of, table, sizeof(int32_t)); }

// Numbers of single precision.
struct Float {
  __m512 of;

  Float(__m512 values) : of(values) {}
  Float(float everywhere) : of(_mm512_set1_ps(everywhere)) {}
};

inline Float floatOf(Int value) { return _mm512_cvtepi32_ps(value.of); }
// Rounded as the processor is told to.
inline Int wholeOf(Float value) { return _mm512_cvtps_epi32(value.of); }
inline Float operator+(Float a, Float b) { return _mm512_add_ps(a.of, b.of); }
inline Float operator-(Float a, Float b) { return _mm512_sub_ps(a.of, b.of); }
inline Float operator*(Float a, Float b) { return _mm512_mul_ps(a.of, b.of); }
// a * b + c, rounded once.
inline Float sum(Float a, Float b, Float c) { return _mm512_fmadd_ps(a.of, b.of, c.of); }
// As they lie in memory.
inline Int encoded(Float value) { return _mm512_castps_si512(value.of); }
inline Float decoded(Int value) { return _mm512_castsi512_ps(value.of); }
// Of whole numbers, as numbers.
class LowestThreeBits {
 public:
  LowestThreeBits() : numbers_(_mm512_setr_ps(0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7)) {}

  // Of one form the compiler does not know that it is the same each time.
  Float of(Int value) const { return _mm512_maskz_permutexvar_ps(__mmask16{0xffff}, value.of, numbers_); }

 private:
  __m512 numbers_;
};

// The larger size.
inline Float larger(Float a, Float b) { return _mm512_range_ps(a.of, b.of, 0b1011); }
inline Bool operator<=(Float a, Float b) { return {_mm512_cmp_ps_mask(a.of, b.of, _CMP_LE_OQ)}; }

}  // namespace exocortex::avx512
