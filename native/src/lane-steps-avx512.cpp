// The loops for processors with AVX-512.
#include "kernel-arrays.hpp"
#include "lane-steps.hpp"
#include "prefetch-row.hpp"

#include <algorithm>

#if defined(EXOCORTEX_HAS_VECTORS)
// Registers that are written as a whole look unset to GCC 12 in its own header (its bug 105593).
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#include <immintrin.h>
// From here on, so that nothing of the library is compiled for these processors only.
#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4")
#include "synapse-lanes-avx512.hpp"

namespace exocortex::avx512 {
namespace {
#include "lane-loops.hpp"

void carryOutSteps(const LaneStep* begin, const LaneStep* end, const LanePiece& piece) {
  const Expected& expected = piece.expected;
  LanePiece part = piece;
  for (uint32_t first = 0; first < piece.count; first += piece.together) {
    for (std::size_t row = 0; first < expected.count && row < expected.length; row++)
      prefetchRow(expected.rows[row] + first, std::min(piece.together, expected.count - first));
    part.first = first;
    part.count = std::min(first + piece.together, piece.count);
    for (const LaneStep* step = begin; step < end; step++) carryOutStep(*step, part);
  }
}

void gatherPlaces(const int32_t* of, const uint32_t* places, int32_t* into, uint32_t count) {
  const int32_t* numbers = reinterpret_cast<const int32_t*>(places);
  // Beyond the last place the first number is read, and not stored.
  forEach(0, count, [=](uint32_t first, auto there) EXOCORTEX_INLINE_LAMBDA {
    store(into + first, gatherEach(of, load(numbers + first, there)), there);
  });
}

}  // namespace
}  // namespace exocortex::avx512
#pragma GCC pop_options

namespace exocortex {

CarryOut avx512CarryOut() {
  if (!__builtin_cpu_supports("x86-64-v4")) return nullptr;
  return [](const std::vector<LaneStep>& steps, const LanePiece& piece) {
    avx512::carryOutSteps(steps.data(), steps.data() + steps.size(), piece);
  };
}

Gather avx512Gather() { return __builtin_cpu_supports("x86-64-v4") ? avx512::gatherPlaces : nullptr; }

}  // namespace exocortex
#else
namespace exocortex {

CarryOut avx512CarryOut() { return nullptr; }
Gather avx512Gather() { return nullptr; }

}  // namespace exocortex
#endif
