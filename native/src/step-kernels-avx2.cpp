// The step kernels for processors with AVX2.
#include "kernel-arrays.hpp"

#include <algorithm>
#include <cstring>
#include <initializer_list>
#include <iterator>

#define EXOCORTEX_STEP

#if defined(EXOCORTEX_HAS_VECTORS)
// Registers that are written as a whole look unset to GCC 12 in its own header (its bug 105593).
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#include <immintrin.h>
// From here on, so that nothing of the library is compiled for these processors only.
#pragma GCC push_options
#pragma GCC target("arch=x86-64-v3")
#include "lanes-avx2.hpp"

namespace exocortex::avx2 {
namespace {
#include "step-kernels.hpp"
}  // namespace
}  // namespace exocortex::avx2

namespace exocortex::avx2::usual {
namespace registers = avx2;
namespace {
#include "lanes-usual.hpp"
#include "lanes-conductances.hpp"
#include "usual-kernels.hpp"
}  // namespace
}  // namespace exocortex::avx2::usual
#pragma GCC pop_options

namespace exocortex {

std::vector<StepKernelList> avx2StepKernels() {
  if (!__builtin_cpu_supports("x86-64-v3")) return {};
  using namespace avx2;
  return {{usual::usualKernels, std::size(usual::usualKernels), usual::leastUsualShift, usual::mostUsualShift,
           usual::mostUsualParameter, true},
          {stepKernels, std::size(stepKernels), 1, mostShift}};
}

}  // namespace exocortex
#else
namespace exocortex {

std::vector<StepKernelList> avx2StepKernels() { return {}; }

}  // namespace exocortex
#endif
