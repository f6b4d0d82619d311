// What the synapses of a projection read of the neurons on one of their sides: traces, averages, and who fires.
#pragma once

#include "traces.hpp"
#include "value-averages.hpp"

#include <vector>

namespace exocortex {

class NeuronMemories {
 public:
  NeuronMemories(std::size_t neurons, const std::vector<Span<int32_t>>& traceFactors, const std::vector<Average>& averages,
                 bool readsFired);

  // Marks who fires in a step, until `endStep`.
  void beginStep(const std::vector<uint32_t>& fired);
  // After all synapses have read: spikes are added to the traces, averages follow. Calls `onFull(trace, neuron)` for each trace that is
  // as large as it can become.
  template <typename OnFull>
  void endStep(uint32_t step, const std::vector<uint32_t>& spikes, const int32_t* potential, OnFull onFull) {
    for (uint32_t trace = 0; trace < traces_.size(); trace++) {
      for (const uint32_t neuron : spikes) {
        if (traces_[trace].add(neuron, step)) onFull(trace, neuron);
      }
    }
    follow(spikes, potential);
  }

  // The values of all neurons of an input in a step.
  const int32_t* valuesOf(const Input& input, uint32_t step, const int32_t* potential);
  // That of one neuron.
  int32_t valueOf(const Input& input, uint32_t neuron, uint32_t step, const int32_t* potential);

  std::vector<Traces>& traces() { return traces_; }
  std::vector<ValueAverages>& averages() { return averages_; }

 private:
  void follow(const std::vector<uint32_t>& spikes, const int32_t* potential);

  std::vector<Traces> traces_;
  std::vector<ValueAverages> averages_;
  // 1 or 0 for each neuron; only where the rule reads it.
  std::vector<int32_t> fired_;
};

}  // namespace exocortex
