// How the loops of learning rules see 16 synapses at once, in the registers of processors with AVX-512.
#pragma once

#include "kernel-arrays.hpp"

#include <cstdint>
#include <immintrin.h>

namespace exocortex::avx512::synapses {

constexpr uint32_t lanesAtOnce = 16;

// Whole numbers of 32 bits that wrap round.
struct Int {
  __m512i of;

  EXOCORTEX_INLINE Int() {}
  EXOCORTEX_INLINE Int(__m512i values) : of(values) {}
  EXOCORTEX_INLINE Int(int32_t everywhere) : of(_mm512_set1_epi32(everywhere)) {}
};

struct Whole {};
// Some of the lanes, the first ones.
struct Part {
  __mmask16 there;
};

EXOCORTEX_INLINE Int load(const int32_t* from, Whole) { return _mm512_loadu_si512(from); }
EXOCORTEX_INLINE Int load(const int32_t* from, Part part) { return _mm512_maskz_loadu_epi32(part.there, from); }
EXOCORTEX_INLINE void store(int32_t* to, Int value, Whole) { _mm512_storeu_si512(to, value.of); }
EXOCORTEX_INLINE void store(int32_t* to, Int value, Part part) { _mm512_mask_storeu_epi32(to, part.there, value.of); }
EXOCORTEX_INLINE Int gather(const int32_t* of, const uint32_t* places, Whole) {
  return _mm512_i32gather_epi32(_mm512_loadu_si512(places), of, sizeof(int32_t));
}
EXOCORTEX_INLINE Int gather(const int32_t* of, const uint32_t* places, Part part) {
  const __m512i there = _mm512_maskz_loadu_epi32(part.there, places);
  return _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), part.there, there, of, sizeof(int32_t));
}
// Numbers that lie two by two, which costs little more than one.
struct Two {
  Int first;
  Int second;
};
EXOCORTEX_INLINE Two sorted(__m512i low, __m512i high) {
  const __m512i even = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
  const __m512i odd = _mm512_setr_epi32(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
  return {_mm512_permutex2var_epi32(low, even, high), _mm512_permutex2var_epi32(low, odd, high)};
}
EXOCORTEX_INLINE Two gatherTwo(const int32_t* of, const uint32_t* places, Whole) {
  const __m512i at = _mm512_loadu_si512(places);
  return sorted(_mm512_i32gather_epi64(_mm512_castsi512_si256(at), of, sizeof(int64_t)),
                _mm512_i32gather_epi64(_mm512_extracti64x4_epi64(at, 1), of, sizeof(int64_t)));
}
EXOCORTEX_INLINE Two gatherTwo(const int32_t* of, const uint32_t* places, Part part) {
  const __m512i at = _mm512_maskz_loadu_epi32(part.there, places);
  const __m512i zero = _mm512_setzero_si512();
  return sorted(_mm512_mask_i32gather_epi64(zero, static_cast<__mmask8>(part.there), _mm512_castsi512_si256(at), of,
                                            sizeof(int64_t)),
                _mm512_mask_i32gather_epi64(zero, static_cast<__mmask8>(part.there >> 8), _mm512_extracti64x4_epi64(at, 1),
                                            of, sizeof(int64_t)));
}
EXOCORTEX_INLINE Int gatherEach(const int32_t* of, Int places) { return _mm512_i32gather_epi32(places.of, of, sizeof(int32_t)); }
EXOCORTEX_INLINE Int plus(Int a, Int b) { return _mm512_add_epi32(a.of, b.of); }
EXOCORTEX_INLINE Int minus(Int a, Int b) { return _mm512_sub_epi32(a.of, b.of); }
EXOCORTEX_INLINE Int both(Int a, Int b) { return _mm512_and_si512(a.of, b.of); }
EXOCORTEX_INLINE Int lower(Int a, Int b) { return _mm512_min_epi32(a.of, b.of); }
EXOCORTEX_INLINE Int higher(Int a, Int b) { return _mm512_max_epi32(a.of, b.of); }
EXOCORTEX_INLINE Int below(Int a, Int b) { return _mm512_maskz_set1_epi32(_mm512_cmplt_epi32_mask(a.of, b.of), 1); }
EXOCORTEX_INLINE Int atMost(Int a, Int b) { return _mm512_maskz_set1_epi32(_mm512_cmple_epi32_mask(a.of, b.of), 1); }
// Each lane by a number of its own, which takes half as long as all by one.
EXOCORTEX_INLINE Int shiftedLeft(Int value, int32_t bits) { return _mm512_sllv_epi32(value.of, _mm512_set1_epi32(bits)); }
EXOCORTEX_INLINE Int shiftedRight(Int value, int32_t bits) { return _mm512_srav_epi32(value.of, _mm512_set1_epi32(bits)); }

EXOCORTEX_INLINE __m512i oddOf(Int of) { return _mm512_shuffle_epi32(of.of, static_cast<_MM_PERM_ENUM>(0xf5)); }

// A product that is rounded and loses as many bits as it is told to.
class Product {
 public:
  EXOCORTEX_INLINE Product(int64_t half, int32_t shift) : half_(_mm512_set1_epi64(half)), shift_(_mm512_set1_epi64(shift)) {}
  EXOCORTEX_INLINE Int of(Int a, Int b) const {
    const __m512i even = _mm512_add_epi64(_mm512_mul_epi32(a.of, b.of), half_);
    const __m512i odd = _mm512_add_epi64(_mm512_mul_epi32(oddOf(a), oddOf(b)), half_);
    const __m512i lower = _mm512_setr_epi32(0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30);
    return _mm512_permutex2var_epi32(_mm512_srav_epi64(even, shift_), lower, _mm512_srav_epi64(odd, shift_));
  }

 private:
  __m512i half_;
  __m512i shift_;
};
using FarProduct = Product;

class Beyond {
 public:
  EXOCORTEX_INLINE void add(uint32_t place, Int within, Int value, Whole) { note(place, _mm512_cmpneq_epi32_mask(within.of, value.of)); }
  EXOCORTEX_INLINE void add(uint32_t place, Int within, Int value, Part part) {
    note(place, _mm512_mask_cmpneq_epi32_mask(part.there, within.of, value.of));
  }
  EXOCORTEX_INLINE uint32_t first() const { return first_; }

 private:
  // Hardly ever is there any.
  EXOCORTEX_INLINE void note(uint32_t place, __mmask16 beyond) {
    if (__builtin_expect(beyond != 0, false) && first_ == UINT32_MAX)
      first_ = place + static_cast<uint32_t>(__builtin_ctz(beyond));
  }

  uint32_t first_ = UINT32_MAX;
};

template <typename Body>
EXOCORTEX_INLINE void forEach(uint32_t first, uint32_t count, Body body) {
  for (; first + lanesAtOnce <= count; first += lanesAtOnce) body(first, Whole{});
  if (first < count) body(first, Part{static_cast<__mmask16>((1u << (count - first)) - 1)});
}

}  // namespace exocortex::avx512::synapses
