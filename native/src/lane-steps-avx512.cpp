// The loops for processors with AVX-512.
#include "fused-shapes.hpp"
#include "kernel-arrays.hpp"
#include "lane-steps.hpp"
#include "prefetch-row.hpp"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#if defined(EXOCORTEX_HAS_VECTORS)
// Registers that are written as a whole look unset to GCC 12 in its own header (its bug 105593).
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#include <immintrin.h>
// From here on, so that nothing of the library is compiled for these processors only.
#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4")
#include "synapse-lanes-avx512.hpp"

namespace exocortex::avx512::synapses {
namespace {
#include "lane-loops.hpp"
#include "lane-functions.hpp"
#include "fused-loops.hpp"
}  // namespace
}  // namespace exocortex::avx512::synapses
#pragma GCC pop_options

namespace exocortex {

const LaneFunctions* avx512LaneFunctions() {
  static constexpr LaneFunctions functions{avx512::synapses::carryOutSteps, avx512::synapses::gatherPlaces, avx512::synapses::fusedLoop};
  return __builtin_cpu_supports("x86-64-v4") ? &functions : nullptr;
}

}  // namespace exocortex
#else
namespace exocortex {

const LaneFunctions* avx512LaneFunctions() { return nullptr; }

}  // namespace exocortex
#endif
