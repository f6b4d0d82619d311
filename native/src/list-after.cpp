// The list is made without a jump for each synapse, which nobody could foresee.
#include "list-after.hpp"

#include "kernel-arrays.hpp"

#if defined(EXOCORTEX_HAS_VECTORS)
// Registers that are written as a whole look unset to GCC 12 in its own header (its bug 105593).
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#include <immintrin.h>
#endif

namespace exocortex {

namespace {

uint32_t listOneByOne(const TargetsAfter& of, const Listed& into) {
  uint32_t next = 0;
  for (uint32_t index = 0; index < of.count; index++) {
    const uint32_t target = of.targets[index];
    const uint32_t step = of.stepOf[target];
    into.places[next] = of.places == nullptr ? index : of.places[index];
    into.targets[next] = target;
    into.steps[next] = step;
    next += isAfter(step, of.after);
  }
  return next;
}

#if defined(EXOCORTEX_HAS_VECTORS)
constexpr uint32_t lanes = 16;
static_assert(lanes <= listedBeyond);

// By value: what is written could not change what says where.
__attribute__((target("arch=x86-64-v4"))) uint32_t listByLanes(const TargetsAfter of, const Listed into) {
  const __m512i after = _mm512_set1_epi32(static_cast<int32_t>(of.after));
  __m512i numbers = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  uint32_t next = 0;
  for (uint32_t first = 0; first < of.count; first += lanes) {
    const uint32_t left = of.count - first;
    const auto there = static_cast<__mmask16>(left < lanes ? (1u << left) - 1 : 0xffff);
    const __m512i target = _mm512_maskz_loadu_epi32(there, of.targets + first);
    const __m512i step = _mm512_mask_i32gather_epi32(after, there, target, of.stepOf, sizeof(uint32_t));
    const __m512i place = of.places == nullptr ? numbers : _mm512_maskz_loadu_epi32(there, of.places + first);
    const __mmask16 isAfter = _mm512_cmpgt_epi32_mask(_mm512_sub_epi32(step, after), _mm512_setzero_si512());
    _mm512_storeu_si512(into.places + next, _mm512_maskz_compress_epi32(isAfter, place));
    _mm512_storeu_si512(into.targets + next, _mm512_maskz_compress_epi32(isAfter, target));
    _mm512_storeu_si512(into.steps + next, _mm512_maskz_compress_epi32(isAfter, step));
    next += static_cast<uint32_t>(__builtin_popcount(isAfter));
    numbers = _mm512_add_epi32(numbers, _mm512_set1_epi32(lanes));
  }
  return next;
}
#endif

}  // namespace

uint32_t listAfter(const TargetsAfter& of, const Listed& into) {
#if defined(EXOCORTEX_HAS_VECTORS)
  static const bool doesCompress = __builtin_cpu_supports("x86-64-v4");
  if (doesCompress) return listByLanes(of, into);
#endif
  return listOneByOne(of, into);
}

}  // namespace exocortex
