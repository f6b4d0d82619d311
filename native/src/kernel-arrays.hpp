// What the written-out kernels work on: the arrays of one population.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

// The same loop for the vector units of old and new processors; the one that fits is chosen when the addon is loaded.
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && __GNUC__ >= 12 && !defined(__clang__)
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

// Becomes a part of the loops that use it, and of each of their clones.
#if defined(__GNUC__)
#define EXOCORTEX_INLINE inline __attribute__((always_inline))
#else
#define EXOCORTEX_INLINE __forceinline
#endif

// Asks for memory that will be written soon: a column of synapses lies all over the rows.
#if defined(__GNUC__)
#define EXOCORTEX_PREFETCH(address) __builtin_prefetch(address, 1)
#else
#define EXOCORTEX_PREFETCH(address) static_cast<void>(address)
#endif

namespace exocortex {

// Far enough that memory answers in time, measured from 8 to 256.
constexpr uint32_t prefetchAhead = 80;

// All numbers of state, input and parameters are whole; mV in units of 2^-16.
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
  // Takes for each neuron whether it fired.
  uint8_t* fired;
};

// Returns in how many neurons a value was brought back to its bounds.
using StepKernel = int32_t (*)(const StepArrays& arrays);

// All of them by name; kernels.cpp.
extern const std::map<std::string, StepKernel> stepKernels;

}  // namespace exocortex
