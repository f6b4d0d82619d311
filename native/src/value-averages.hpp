// Decaying means of what neurons do, one per neuron; simulation/backend/typescript/value-averages.ts says how.
#pragma once

#include "rule-program.hpp"

#include <vector>

namespace exocortex {

class ValueAverages {
 public:
  ValueAverages(std::size_t neurons, const Average& how) : how_(how), values_(neurons) {}

  // `now`: what each neuron's value is in this step, as the neuron holds it.
  void step(const int32_t* now);

  bool isOfFired() const { return how_.isOfFired; }
  std::vector<int32_t>& values() { return values_; }

 private:
  Average how_;
  std::vector<int32_t> values_;
};

}  // namespace exocortex
