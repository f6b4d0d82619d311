// What the written-out kernels work on: the arrays of one population, and the synapses of one projection.
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

// Asks for memory that will be written soon: a column of synapses lies all over the rows.
#if defined(__GNUC__)
#define EXOCORTEX_PREFETCH(address) __builtin_prefetch(address, 1)
#else
#define EXOCORTEX_PREFETCH(address) static_cast<void>(address)
#endif

namespace exocortex {

constexpr uint32_t prefetchAhead = 16;

// All numbers of state, input and parameters are whole; mV in units of 2^-16.
struct StepArrays {
  int32_t neurons;
  // One array for each variable of the model's state, and for each receptor: what has arrived since the last step.
  int32_t* const* state;
  int32_t* const* received;
  const int32_t* parameters;
  // For random numbers: the population's part, the step's part, and quantiles of the normal distribution.
  int32_t randomKey;
  int32_t stepKey;
  const int32_t* normalTable;
  // Takes for each neuron whether it fired.
  uint8_t* fired;
};

// Returns in how many neurons a value was brought back to its bounds.
using StepKernel = int32_t (*)(const StepArrays& arrays);

// Exponentially decaying memories of spikes, one per neuron, touched only when a spike comes; simulation/learning/traces.ts says how.
class Traces {
 public:
  Traces(std::size_t neurons, std::vector<int32_t> factors)
      : values_(neurons), since_(neurons), now_(neurons), factors_(std::move(factors)) {
    // What is older than the table has decayed to nothing.
    factors_.push_back(0);
  }

  // The traces of all neurons in a step, before a spike of this step is added.
  const int32_t* at(uint32_t step) {
    decay(values_.size(), values_.data(), since_.data(), factors_.data(), static_cast<uint32_t>(factors_.size() - 1), step,
          now_.data());
    return now_.data();
  }

  // Returns whether the trace is as large as it can become.
  bool add(uint32_t neuron, uint32_t step) {
    int32_t now;
    decay(1, &values_[neuron], &since_[neuron], factors_.data(), static_cast<uint32_t>(factors_.size() - 1), step, &now);
    const int32_t value = now + unit;
    values_[neuron] = value < largest ? value : largest;
    since_[neuron] = step;
    return value > largest;
  }

 private:
  static void decay(std::size_t neurons, const int32_t* __restrict values, const uint32_t* __restrict since,
                    const int32_t* __restrict factors, uint32_t oldest, uint32_t step, int32_t* __restrict now);

  static constexpr int32_t factorBits = 15;
  static constexpr int32_t unit = 1 << 20;
  static constexpr int32_t largest = 1 << 29;
  std::vector<int32_t> values_;
  std::vector<uint32_t> since_;
  std::vector<int32_t> now_;
  std::vector<int32_t> factors_;
};

struct PlasticArrays {
  // Synapses by sender.
  const uint32_t* rowStart;
  const uint32_t* targets;
  int32_t* weights;
  // And by receiver: index among the rows, with `prefetchAhead` further ones that are read and not used, and sender.
  const uint32_t* columnStart;
  const uint32_t* synapses;
  const uint32_t* senders;
  // The traces of all neurons in this step.
  const int32_t* const* senderTraces;
  const int32_t* const* receiverTraces;
  const int32_t* parameters;
};

// What a spike of one neuron does to its synapses; returns the sum of all changes.
struct RuleKernel {
  int64_t (*onArrival)(const PlasticArrays& arrays, uint32_t sender);
  int64_t (*onFiring)(const PlasticArrays& arrays, uint32_t receiver);
};

}  // namespace exocortex
