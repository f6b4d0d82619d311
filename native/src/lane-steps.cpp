// The loops that every processor has.
#include "lane-steps.hpp"

#include "prefetch-row.hpp"
#include "synapse-lanes-one.hpp"

#include <type_traits>

namespace exocortex {

namespace one {
namespace {
#include "lane-loops.hpp"
}  // namespace
}  // namespace one

namespace {

EXOCORTEX_CLONES
void carryOutOnes(const std::vector<LaneStep>& steps, const LanePiece& piece) {
  for (std::size_t row = 0; row < piece.expected.length; row++) prefetchRow(piece.expected.rows[row], piece.expected.count);
  for (const auto& step : steps) one::carryOutStep(step, piece);
}

void gatherOnes(const int32_t* of, const uint32_t* places, int32_t* into, uint32_t count) {
  for (uint32_t index = 0; index < count; index++) into[index] = of[places[index]];
}

constexpr LaneFunctions ones{carryOutOnes, gatherOnes, nullptr};

}  // namespace

const LaneFunctions& laneFunctions(Vectors most) {
  static const LaneFunctions* const avx512 = avx512LaneFunctions();
  static const LaneFunctions* const avx2 = avx2LaneFunctions();
  if (most >= Vectors::avx512 && avx512 != nullptr) return *avx512;
  if (most >= Vectors::avx2 && avx2 != nullptr) return *avx2;
  return ones;
}

void gather(const int32_t* of, const uint32_t* places, int32_t* into, uint32_t count) {
  // Compilers read one number after the other for all processors.
  static const auto fastest = laneFunctions(Vectors::avx512).gather;
  fastest(of, places, into, count);
}

EXOCORTEX_CLONES
void scatter(const int32_t* from, const uint32_t* places, int32_t* to, uint32_t count) {
  EXOCORTEX_INDEPENDENT
  for (uint32_t index = 0; index < count; index++) to[static_cast<int32_t>(places[index])] = from[index];
}

void gatherFromFar(const int32_t* of, const uint32_t* places, const uint32_t* later, int32_t* into, uint32_t count) {
  for (uint32_t index = 0; index < count; index++) {
    EXOCORTEX_PREFETCH_MANY(&of[later[index]]);
    into[index] = of[places[index]];
  }
}

}  // namespace exocortex
