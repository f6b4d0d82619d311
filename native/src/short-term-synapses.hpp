// How much each spike of a sender counts when its synapses tire; simulation/learning/short-term.ts says how.
#pragma once

#include "network-plan.hpp"

#include <cstdint>
#include <vector>

namespace exocortex {

class ShortTermSynapses {
 public:
  ShortTermSynapses(const ShortTermPlan& plan, std::size_t senders);

  // A spike of the sender arrives; returns what it counts, in units of 2^-15.
  int32_t arrive(uint32_t sender, uint32_t step);

  // What has to be kept to go on later.
  std::vector<int32_t>& utilisation() { return utilisation_; }
  std::vector<int32_t>& resources() { return resources_; }
  std::vector<int32_t>& since() { return since_; }

 private:
  int32_t first_;
  std::vector<int32_t> facilitationFactors_;
  std::vector<int32_t> recoveryFactors_;
  std::vector<int32_t> utilisation_;
  std::vector<int32_t> resources_;
  std::vector<int32_t> since_;
};

}  // namespace exocortex
