// The step kernels for processors with AVX-512.
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
// Instructions in the order that suits the first of these processors with a wide core: 5 % faster on those, measured.
#pragma GCC target("arch=x86-64-v4,tune=sapphirerapids")
#include "lanes-avx512.hpp"

namespace exocortex::avx512 {
namespace {
#include "step-kernels.hpp"
}  // namespace
}  // namespace exocortex::avx512

namespace exocortex::avx512::usual {
namespace registers = avx512;
namespace {
#include "lanes-usual.hpp"
#include "lanes-conductances.hpp"
#include "usual-kernels.hpp"
}  // namespace
}  // namespace exocortex::avx512::usual
#pragma GCC pop_options

namespace exocortex {

std::vector<StepKernelList> avx512StepKernels() {
  if (!__builtin_cpu_supports("x86-64-v4")) return {};
  using namespace avx512;
  return {{usual::usualKernels, std::size(usual::usualKernels), usual::leastUsualShift, usual::mostUsualShift,
           usual::mostUsualParameter, true},
          {stepKernels, std::size(stepKernels), 1, mostShift}};
}

}  // namespace exocortex
#else
namespace exocortex {

std::vector<StepKernelList> avx512StepKernels() { return {}; }

}  // namespace exocortex
#endif
