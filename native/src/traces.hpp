// Exponentially decaying memories of spikes, one per neuron, touched only when a spike comes; simulation/learning/traces.ts says how.
#pragma once

#include "network-plan.hpp"

#include <cstdint>
#include <vector>

namespace exocortex {

class Traces {
 public:
  Traces(std::size_t neurons, const Span<int32_t>& factors);

  // The traces of all neurons in a step, before a spike of this step is added; computed once between two calls of `forget`.
  const int32_t* at(uint32_t step);
  int32_t at(uint32_t neuron, uint32_t step) const;
  // The trace of a neuron in steps of its last spike and after it, before spikes of these steps are added.
  void at(uint32_t neuron, const uint32_t* steps, uint32_t count, int32_t* into) const;
  // Before another step.
  void forget() { isNow_ = false; }

  // Returns whether the trace is as large as it can become.
  bool add(uint32_t neuron, uint32_t step);

  // As they were just after the last spike, and the step of that spike: what has to be kept to go on later.
  std::vector<int32_t>& values() { return values_; }
  std::vector<int32_t>& since() { return since_; }

 private:
  std::vector<int32_t> values_;
  std::vector<int32_t> since_;
  // In the step of the last spike, before it was added.
  std::vector<int32_t> before_;
  std::vector<int32_t> now_;
  bool isNow_ = false;
  std::vector<int32_t> factors_;
};

}  // namespace exocortex
