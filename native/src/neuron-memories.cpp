// How they are read, and how they change from step to step.
#include "neuron-memories.hpp"

namespace exocortex {

NeuronMemories::NeuronMemories(std::size_t neurons, const std::vector<Span<int32_t>>& traceFactors,
                               const std::vector<Average>& averages, bool readsFired)
    : fired_(readsFired ? neurons : 0) {
  for (const auto& factors : traceFactors) traces_.emplace_back(neurons, factors);
  for (const auto& average : averages) averages_.emplace_back(neurons, average);
}

void NeuronMemories::beginStep(const std::vector<uint32_t>& fired) {
  for (auto& trace : traces_) trace.forget();
  if (fired_.empty()) return;
  for (const uint32_t neuron : fired) fired_[neuron] = 1;
}

void NeuronMemories::follow(const std::vector<uint32_t>& spikes, const int32_t* potential) {
  for (auto& average : averages_) average.step(average.isOfFired() ? fired_.data() : potential);
  if (fired_.empty()) return;
  for (const uint32_t neuron : spikes) fired_[neuron] = 0;
}

const int32_t* NeuronMemories::valuesOf(const Input& input, uint32_t step, const int32_t* potential) {
  if (input.kind == InputKind::trace) return traces_[input.index].at(step);
  if (input.kind == InputKind::average) return averages_[input.index].values().data();
  return input.kind == InputKind::fired ? fired_.data() : potential;
}

int32_t NeuronMemories::valueOf(const Input& input, uint32_t neuron, uint32_t step, const int32_t* potential) {
  if (input.kind == InputKind::trace) return traces_[input.index].at(neuron, step);
  return valuesOf(input, step, potential)[neuron];
}

}  // namespace exocortex
