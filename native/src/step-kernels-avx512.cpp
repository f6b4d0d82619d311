// The step kernels for processors with AVX-512.
#include "kernel-arrays.hpp"

#include <iterator>

#define EXOCORTEX_STEP

#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && __GNUC__ >= 12 && !defined(__clang__)
// Registers that are written as a whole look unset to GCC 12 in its own header (its bug 105593).
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#include <immintrin.h>
// From here on, so that nothing of the library is compiled for these processors only.
#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4")
#include "lanes-avx512.hpp"

namespace exocortex::avx512 {
namespace {
#include "step-kernels.hpp"
}  // namespace
}  // namespace exocortex::avx512
#pragma GCC pop_options

namespace exocortex {

StepKernelList avx512StepKernels() {
  if (!__builtin_cpu_supports("x86-64-v4")) return {};
  return {avx512::stepKernels, std::size(avx512::stepKernels), avx512::mostShift};
}

}  // namespace exocortex
#else
namespace exocortex {

StepKernelList avx512StepKernels() { return {}; }

}  // namespace exocortex
#endif
