// What the written-out kernels work on: the arrays of one population.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

// Whether the compiler makes code for other processors than it is told to compile for, which is chosen when the addon is loaded.
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && __GNUC__ >= 12 && !defined(__clang__)
#define EXOCORTEX_HAS_VECTORS
#endif

// The same loop for the vector units of old and new processors.
#if defined(EXOCORTEX_HAS_VECTORS)
#define EXOCORTEX_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define EXOCORTEX_CLONES
#endif

// The passes of the loop that follows do not depend on each other, whatever its pointers look like.
#if defined(__clang__)
#define EXOCORTEX_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define EXOCORTEX_INDEPENDENT _Pragma("GCC ivdep")
#else
#define EXOCORTEX_INDEPENDENT __pragma(loop(ivdep))
#endif

// Eight passes of the loop that follows at a time, where a pass is shorter than counting it.
#if defined(__clang__)
#define EXOCORTEX_UNROLLED _Pragma("clang loop unroll_count(8)")
#elif defined(__GNUC__)
#define EXOCORTEX_UNROLLED _Pragma("GCC unroll 8")
#else
#define EXOCORTEX_UNROLLED
#endif

// Becomes a part of the loops that use it, and of each of their clones.
#if defined(__GNUC__)
#define EXOCORTEX_INLINE inline __attribute__((always_inline))
#define EXOCORTEX_INLINE_LAMBDA __attribute__((always_inline))
#else
#define EXOCORTEX_INLINE __forceinline
#define EXOCORTEX_INLINE_LAMBDA
#endif

// Asks for memory that will be written soon: a column of synapses lies all over the rows. The empty statement is an effect: a function that has
// none, and asking is none to the compiler, would not be called.
#if defined(__GNUC__)
#define EXOCORTEX_PREFETCH(address) \
  do { \
    __builtin_prefetch(address, 1); \
    __asm__ volatile(""); \
  } while (false)
#else
#define EXOCORTEX_PREFETCH(address) static_cast<void>(address)
#endif

// The same into the second cache, which waits for many more lines at a time than the first; measured twice as fast.
#if defined(__GNUC__)
#define EXOCORTEX_PREFETCH_MANY(address) \
  do { \
    __builtin_prefetch(address, 0, 2); \
    __asm__ volatile(""); \
  } while (false)
#else
#define EXOCORTEX_PREFETCH_MANY(address) static_cast<void>(address)
#endif

namespace exocortex {

// Far enough that memory answers in time, measured from 16 to 240.
constexpr uint32_t prefetchAhead = 160;

// Kernels compute up to so many neurons at once: arrays begin at whole multiples of them and have room for such a multiple.
constexpr uint32_t neuronsAtOnce = 32;
// The first entries of a table are there even if it is shorter.
constexpr std::size_t leastTable = 128;

// As many steps as neurons take at once: where nothing learns, spikes act later than in the next step.
constexpr uint32_t mostStepsAtOnce = 2;

// What a step works on. All numbers of state, input and parameters are whole; mV in units of 2^-16.
struct StepArrays {
  int32_t neurons;
  // One array for each variable of the model's state, and for each receptor: what has arrived since the last step.
  int32_t* const* state;
  int32_t* const* received;
  const int32_t* parameters;
  // What the model looks into.
  const int32_t* const* tables;
  // For random numbers: the population's part and the step's part.
  int32_t randomKey;
  int32_t stepKey;
  // Takes the numbers of the neurons that fired, ascending; has room for a whole multiple of `neuronsAtOnce` too.
  uint32_t* fired;
  // A byte for each neuron, to work with, and for a whole multiple of `neuronsAtOnce`.
  uint8_t* flags;
};

// In how many neurons a value was brought back to its bounds, how many fired, and how many a usual kernel left to the exact one.
struct Stepped {
  int32_t saturated;
  uint32_t fired;
  int32_t unusual = 0;
};

// Some steps after each other, at most `mostStepsAtOnce`; they differ in what has arrived, in the step's key and in where they list who fired.
using StepKernel = void (*)(const StepArrays* of, uint32_t steps, Stepped* stepped);
using OneStepKernel = Stepped (*)(const StepArrays& arrays);

template <OneStepKernel kernel>
void stepByStep(const StepArrays* of, uint32_t steps, Stepped* stepped) {
  for (uint32_t step = 0; step < steps; step++) stepped[step] = kernel(of[step]);
}

struct NamedStepKernel {
  const char* name;
  StepKernel kernel;
  // A bit for each parameter that is the shift of a share.
  uint32_t shifts;
};

// `usual` is fast for neurons of which most do nothing unusual; the same as `exact` where there is nothing better.
struct StepKernels {
  StepKernel usual = nullptr;
  StepKernel exact = nullptr;
};

struct StepKernelList {
  const NamedStepKernel* begin = nullptr;
  std::size_t length = 0;
  // The shortest and the longest shift of a share that they take, and the largest other parameter.
  int32_t leastShift = 1;
  int32_t mostShift = INT32_MAX;
  int32_t mostParameter = INT32_MAX;
  bool isUsual = false;
};

// What kernels and loops may be made for, the least first.
enum class Vectors : uint32_t { any = 0, avx2 = 1, avx512 = 2 };

// The fastest of a name that this processor has and that take the parameters, made for `most` or less; nothing where there are none.
// step-kernels.cpp.
StepKernels stepKernelsOf(const std::string& name, const std::vector<int32_t>& parameters, Vectors most);
// Nothing where they do not run. First the usual ones, for neurons of which most do nothing unusual. step-kernels-*.cpp.
std::vector<StepKernelList> avx512StepKernels();
std::vector<StepKernelList> avx2StepKernels();

}  // namespace exocortex
