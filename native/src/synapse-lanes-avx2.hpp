// How the loops of learning rules see 8 synapses at once, in the registers of processors with AVX2.
#pragma once

#include "kernel-arrays.hpp"

#include <algorithm>
#include <cstdint>
#include <immintrin.h>

namespace exocortex::avx2::synapses {

constexpr uint32_t lanesAtOnce = 8;

// Whole numbers of 32 bits that wrap round.
struct Int {
  __m256i of;

  EXOCORTEX_INLINE Int() {}
  EXOCORTEX_INLINE Int(__m256i values) : of(values) {}
  EXOCORTEX_INLINE Int(int32_t everywhere) : of(_mm256_set1_epi32(everywhere)) {}
};

struct Whole {};
// Some of the lanes, the first ones: all bits of their numbers are set.
struct Part {
  __m256i there;
};

template <typename T>
EXOCORTEX_INLINE const __m256i* registerAt(const T* from) {
  return reinterpret_cast<const __m256i*>(from);
}

EXOCORTEX_INLINE Int load(const int32_t* from, Whole) { return _mm256_loadu_si256(registerAt(from)); }
EXOCORTEX_INLINE Int load(const int32_t* from, Part part) { return _mm256_maskload_epi32(from, part.there); }
EXOCORTEX_INLINE void store(int32_t* to, Int value, Whole) { _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), value.of); }
EXOCORTEX_INLINE void store(int32_t* to, Int value, Part part) { _mm256_maskstore_epi32(to, part.there, value.of); }
EXOCORTEX_INLINE Int gatherEach(const int32_t* of, Int places) { return _mm256_i32gather_epi32(of, places.of, sizeof(int32_t)); }
// Beyond the last place the first number is read.
template <typename There>
EXOCORTEX_INLINE Int gather(const int32_t* of, const uint32_t* places, There there) {
  return gatherEach(of, load(reinterpret_cast<const int32_t*>(places), there));
}
// Numbers that lie two by two.
struct Two {
  Int first;
  Int second;
};
template <typename There>
EXOCORTEX_INLINE Two gatherTwo(const int32_t* of, const uint32_t* places, There there) {
  const __m256i at = load(reinterpret_cast<const int32_t*>(places), there).of;
  const auto* pairs = reinterpret_cast<const long long*>(of);
  const __m256 low = _mm256_castsi256_ps(_mm256_i32gather_epi64(pairs, _mm256_castsi256_si128(at), sizeof(int64_t)));
  const __m256 high = _mm256_castsi256_ps(_mm256_i32gather_epi64(pairs, _mm256_extracti128_si256(at, 1), sizeof(int64_t)));
  // Both shuffle within halves of the register.
  const __m256i first = _mm256_castps_si256(_mm256_shuffle_ps(low, high, 0x88));
  const __m256i second = _mm256_castps_si256(_mm256_shuffle_ps(low, high, 0xdd));
  return {_mm256_permute4x64_epi64(first, 0xd8), _mm256_permute4x64_epi64(second, 0xd8)};
}
EXOCORTEX_INLINE Int plus(Int a, Int b) { return _mm256_add_epi32(a.of, b.of); }
EXOCORTEX_INLINE Int minus(Int a, Int b) { return _mm256_sub_epi32(a.of, b.of); }
EXOCORTEX_INLINE Int both(Int a, Int b) { return _mm256_and_si256(a.of, b.of); }
EXOCORTEX_INLINE Int lower(Int a, Int b) { return _mm256_min_epi32(a.of, b.of); }
EXOCORTEX_INLINE Int higher(Int a, Int b) { return _mm256_max_epi32(a.of, b.of); }
EXOCORTEX_INLINE Int below(Int a, Int b) { return _mm256_srli_epi32(_mm256_cmpgt_epi32(b.of, a.of), 31); }
EXOCORTEX_INLINE Int atMost(Int a, Int b) { return _mm256_srli_epi32(_mm256_cmpeq_epi32(_mm256_min_epi32(a.of, b.of), a.of), 31); }
EXOCORTEX_INLINE Int shiftedLeft(Int value, int32_t bits) { return _mm256_sllv_epi32(value.of, _mm256_set1_epi32(bits)); }
EXOCORTEX_INLINE Int shiftedRight(Int value, int32_t bits) { return _mm256_srav_epi32(value.of, _mm256_set1_epi32(bits)); }

EXOCORTEX_INLINE __m256i oddOf(Int of) { return _mm256_shuffle_epi32(of.of, 0xf5); }

// A product that is rounded and loses as many bits as it is told to: up to 32 of 64, the others of the 32 that are left, with their sign.
class Product {
 public:
  EXOCORTEX_INLINE Product(int64_t half, int32_t shift)
      : half_(_mm256_set1_epi64x(half)), even_(_mm256_set1_epi64x(std::min(shift, 32))),
        odd_(_mm256_set1_epi64x(32 - std::min(shift, 32))), rest_(std::max(shift - 32, 0)) {}
  EXOCORTEX_INLINE Int of(Int a, Int b) const {
    const __m256i even = _mm256_add_epi64(_mm256_mul_epi32(a.of, b.of), half_);
    const __m256i odd = _mm256_add_epi64(_mm256_mul_epi32(oddOf(a), oddOf(b)), half_);
    return shiftedRight(_mm256_blend_epi32(_mm256_srlv_epi64(even, even_), _mm256_sllv_epi64(odd, odd_), 0xaa), rest_);
  }

 private:
  __m256i half_;
  __m256i even_;
  __m256i odd_;
  int32_t rest_;
};
using FarProduct = Product;

class Beyond {
 public:
  EXOCORTEX_INLINE void add(uint32_t place, Int within, Int value, Whole) { note(place, isOther(within, value)); }
  EXOCORTEX_INLINE void add(uint32_t place, Int within, Int value, Part part) {
    note(place, _mm256_and_si256(part.there, isOther(within, value)));
  }
  EXOCORTEX_INLINE uint32_t first() const { return first_; }

 private:
  EXOCORTEX_INLINE static __m256i isOther(Int within, Int value) {
    return _mm256_xor_si256(_mm256_cmpeq_epi32(within.of, value.of), _mm256_set1_epi32(-1));
  }
  // Hardly ever is there any.
  EXOCORTEX_INLINE void note(uint32_t place, __m256i beyond) {
    if (__builtin_expect(_mm256_testz_si256(beyond, beyond) == 0, false) && first_ == UINT32_MAX)
      first_ = place + static_cast<uint32_t>(__builtin_ctz(static_cast<uint32_t>(_mm256_movemask_ps(_mm256_castsi256_ps(beyond)))));
  }

  uint32_t first_ = UINT32_MAX;
};

template <typename Body>
EXOCORTEX_INLINE void forEach(uint32_t first, uint32_t count, Body body) {
  for (; first + lanesAtOnce <= count; first += lanesAtOnce) body(first, Whole{});
  if (first == count) return;
  const __m256i left = _mm256_set1_epi32(static_cast<int32_t>(count - first));
  body(first, Part{_mm256_cmpgt_epi32(left, _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7))});
}

}  // namespace exocortex::avx2::synapses
