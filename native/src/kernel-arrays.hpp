// What the written-out kernels work on: the arrays of one population, and the synapses of one projection.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

// The same loop for the vector units of old and new processors; the one that fits is chosen when the addon is loaded.
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__) && !defined(__clang__)
#define EXOCORTEX_CLONES __attribute__((target_clones("arch=skylake-avx512", "arch=haswell", "default")))
#else
#define EXOCORTEX_CLONES
#endif

namespace exocortex {

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
      : values_(neurons), since_(neurons), factors_(std::move(factors)) {}

  int32_t at(uint32_t neuron, uint32_t step) const {
    const int32_t value = values_[neuron];
    const uint32_t age = step - since_[neuron];
    if (value == 0 || age == 0) return value;
    const int32_t factor = age < factors_.size() ? factors_[age] : 0;
    return (value >> factorBits) * factor + (((value & 0x7fff) * factor) >> factorBits);
  }

  // Returns whether the trace is as large as it can become.
  bool add(uint32_t neuron, uint32_t step) {
    const int32_t value = at(neuron, step) + unit;
    values_[neuron] = value < largest ? value : largest;
    since_[neuron] = step;
    return value > largest;
  }

 private:
  static constexpr int32_t factorBits = 15;
  static constexpr int32_t unit = 1 << 20;
  static constexpr int32_t largest = 1 << 29;
  std::vector<int32_t> values_;
  std::vector<uint32_t> since_;
  std::vector<int32_t> factors_;
};

struct PlasticArrays {
  // Synapses by sender.
  const uint32_t* rowStart;
  const uint32_t* targets;
  int32_t* weights;
  // And by receiver: index among the rows, and sender.
  const uint32_t* columnStart;
  const uint32_t* synapses;
  const uint32_t* senders;
  const Traces* senderTraces;
  const Traces* receiverTraces;
  const int32_t* parameters;
};

// What a spike of one neuron does to its synapses; returns the sum of all changes.
struct RuleKernel {
  int64_t (*onArrival)(const PlasticArrays& arrays, uint32_t sender, uint32_t step);
  int64_t (*onFiring)(const PlasticArrays& arrays, uint32_t receiver, uint32_t step);
};

}  // namespace exocortex
