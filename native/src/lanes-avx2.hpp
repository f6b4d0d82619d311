// A step kernel's view of 8 neurons at once, in the registers of processors with AVX2.
// The functions give what those of simulation/kernel/fixed-point.ts give, by products of 64 bits of the lanes with even and odd numbers.
#pragma once

#include "kernel-arrays.hpp"
#include "rounding-down.hpp"

#include <immintrin.h>

namespace exocortex::avx2 {

constexpr int32_t lanes = 8;
// There are too few registers for states to stay in them for longer: 18 % slower, measured for two currents.
constexpr uint32_t stepsAtOnce = 1;
// Of shares: a smaller one has to be computed otherwise.
constexpr int32_t mostShift = 17;

// Whole numbers of 32 bits that wrap round.
struct Int {
  __m256i of;

  Int(__m256i values) : of(values) {}
  Int(int32_t everywhere) : of(_mm256_set1_epi32(everywhere)) {}
};

// All bits of a lane are set where it holds.
struct Bool {
  __m256i of;
};

inline const __m256i* registerAt(const int32_t* from) { return reinterpret_cast<const __m256i*>(from); }
inline Int load(const int32_t* from) { return _mm256_load_si256(registerAt(from)); }
inline void store(int32_t* to, Int value) { _mm256_store_si256(reinterpret_cast<__m256i*>(to), value.of); }
inline Int operator+(Int a, Int b) { return _mm256_add_epi32(a.of, b.of); }
inline Int operator-(Int a, Int b) { return _mm256_sub_epi32(a.of, b.of); }
inline Int operator*(Int a, Int b) { return _mm256_mullo_epi32(a.of, b.of); }
inline Int operator&(Int a, Int b) { return _mm256_and_si256(a.of, b.of); }
inline Int operator|(Int a, Int b) { return _mm256_or_si256(a.of, b.of); }
inline Int operator^(Int a, Int b) { return _mm256_xor_si256(a.of, b.of); }
inline Int operator<<(Int a, Int bits) { return _mm256_sllv_epi32(a.of, bits.of); }
inline Int operator>>(Int a, Int bits) { return _mm256_srav_epi32(a.of, bits.of); }
inline Int shiftedIn(Int a, Int bits) { return _mm256_srlv_epi32(a.of, bits.of); }
inline Bool operator&(Bool a, Bool b) { return {_mm256_and_si256(a.of, b.of)}; }
inline Bool operator|(Bool a, Bool b) { return {_mm256_or_si256(a.of, b.of)}; }
inline Bool operator!(Bool a) { return {_mm256_xor_si256(a.of, _mm256_set1_epi32(-1))}; }
inline Bool operator<(Int a, Int b) { return {_mm256_cmpgt_epi32(b.of, a.of)}; }
inline Bool operator<=(Int a, Int b) { return {_mm256_cmpeq_epi32(_mm256_min_epi32(a.of, b.of), a.of)}; }
inline Bool operator!=(Int a, Int b) { return !Bool{_mm256_cmpeq_epi32(a.of, b.of)}; }
inline Int choose(Bool condition, Int yes, Int no) { return _mm256_blendv_epi8(no.of, yes.of, condition.of); }
inline uint32_t bitsOf(Bool of) { return static_cast<uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(of.of))); }

#include "lanes-fired.hpp"

inline Int numbersFrom(int32_t first) { return Int(first) + Int(_mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7)); }
inline Int lookup(const int32_t* table, Int index) { return _mm256_i32gather_epi32(table, index.of, sizeof(int32_t)); }

// Numbers of 64 bits, those of even lanes and those of odd lanes.
struct Wide {
  __m256i even;
  __m256i odd;
};

inline __m256i oddOf(Int of) { return _mm256_shuffle_epi32(of.of, 0xf5); }
inline Wide wideProduct(Int a, Int b) { return {_mm256_mul_epi32(a.of, b.of), _mm256_mul_epi32(oddOf(a), oddOf(b))}; }
inline Wide wideProduct(Int a, int32_t everywhere) {
  const Int b(everywhere);
  return {_mm256_mul_epi32(a.of, b.of), _mm256_mul_epi32(oddOf(a), b.of)};
}
inline Wide operator+(Wide a, int64_t b) {
  return {_mm256_add_epi64(a.even, _mm256_set1_epi64x(b)), _mm256_add_epi64(a.odd, _mm256_set1_epi64x(b))};
}
// The upper halves.
inline Int upperOf(Wide of) { return _mm256_blend_epi32(oddOf(of.even), of.odd, 0xaa); }
// The lower 32 bits of what is left when `bits` fall off, at most 32 of them.
inline Int shiftedWide(Wide of, int bits) {
  return _mm256_blend_epi32(_mm256_srli_epi64(of.even, bits), _mm256_slli_epi64(of.odd, 32 - bits), 0xaa);
}

inline Int clamped(Int value, int32_t bound) {
  return _mm256_min_epi32(_mm256_max_epi32(value.of, _mm256_set1_epi32(-bound)), _mm256_set1_epi32(bound));
}

inline Int fromZeroTo(Int value, int32_t most) {
  return _mm256_min_epi32(_mm256_max_epi32(value.of, _mm256_setzero_si256()), _mm256_set1_epi32(most));
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

inline Bool isAtLeastUnsigned(Int a, Int b) { return {_mm256_cmpeq_epi32(_mm256_max_epu32(a.of, b.of), a.of)}; }
inline Bool andNot(Bool a, Bool b) { return {_mm256_andnot_si256(b.of, a.of)}; }
// A bit for each lane.
inline void storeBits(uint8_t* to, Bool of) { *to = static_cast<uint8_t>(bitsOf(of)); }
// Whether any bit is set.
inline bool isAny(Int bits) { return _mm256_testz_si256(bits.of, bits.of) == 0; }
// Or any condition holds.
inline bool isAny(Int bits, Bool conditions) {
  const __m256i all = _mm256_or_si256(bits.of, conditions.of);
  return _mm256_testz_si256(all, all) == 0;
}
inline bool isAny(Bool a, Bool b) { return isAny(Int(a.of), b); }
// That the compiler does not know.
inline Int kept(int32_t value) {
  Int known(value);
  __asm__("" : "+x"(known.of));
  return known;
}
template <int bits>
Int shiftedDown(Int a) {
  return _mm256_srli_epi32(a.of, bits);
}

// Of a table. Of neurons to which something unusual happens the index is anything: nothing is read beyond.
class First128 {
 public:
  explicit First128(const int32_t* table) : table_(table) {}

  Int at(Int index) const { return lookup(table_, index & 127); }

 private:
  const int32_t* table_;
};

// Anywhere in a table.
inline Int gathered(const int32_t* table, Int index) { return lookup(table, index); }

// Numbers of single precision.
struct Float {
  __m256 of;

  Float(__m256 values) : of(values) {}
  Float(float everywhere) : of(_mm256_set1_ps(everywhere)) {}
};

inline Float floatOf(Int value) { return _mm256_cvtepi32_ps(value.of); }
// Rounded as the processor is told to.
inline Int wholeOf(Float value) { return _mm256_cvtps_epi32(value.of); }
inline Float operator+(Float a, Float b) { return _mm256_add_ps(a.of, b.of); }
inline Float operator-(Float a, Float b) { return _mm256_sub_ps(a.of, b.of); }
inline Float operator*(Float a, Float b) { return _mm256_mul_ps(a.of, b.of); }
// a * b + c, rounded once.
inline Float sum(Float a, Float b, Float c) { return _mm256_fmadd_ps(a.of, b.of, c.of); }
// As they lie in memory.
inline Int encoded(Float value) { return _mm256_castps_si256(value.of); }
inline Float decoded(Int value) { return _mm256_castsi256_ps(value.of); }
// Of whole numbers, as numbers.
class LowestThreeBits {
 public:
  LowestThreeBits() : numbers_(_mm256_setr_ps(0, 1, 2, 3, 4, 5, 6, 7)) {}

  Float of(Int value) const { return _mm256_permutevar8x32_ps(numbers_, value.of); }

 private:
  __m256 numbers_;
};

// The larger size.
inline Float larger(Float a, Float b) {
  const __m256 sign = _mm256_set1_ps(-0.0F);
  return _mm256_max_ps(_mm256_andnot_ps(sign, a.of), _mm256_andnot_ps(sign, b.of));
}
inline Bool operator<=(Float a, Float b) { return {_mm256_castps_si256(_mm256_cmp_ps(a.of, b.of, _CMP_LE_OQ))}; }

}  // namespace exocortex::avx2
