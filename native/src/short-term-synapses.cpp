// The state of synapses that tire, sender by sender.
#include "short-term-synapses.hpp"

#include "kernel-functions.hpp"

namespace exocortex {

ShortTermSynapses::ShortTermSynapses(const ShortTermPlan& plan, std::size_t senders)
    : first_(plan.utilisation),
      facilitationFactors_(plan.facilitationFactors.begin(), plan.facilitationFactors.end()),
      recoveryFactors_(plan.recoveryFactors.begin(), plan.recoveryFactors.end()),
      utilisation_(senders),
      resources_(senders, 1 << 24),
      since_(senders, -1) {}

int32_t ShortTermSynapses::arrive(uint32_t sender, uint32_t step) {
  const uint32_t age = step - static_cast<uint32_t>(since_[sender]);
  const auto factorOf = [&](const std::vector<int32_t>& factors) { return age < factors.size() ? factors[age] : 0; };
  const int32_t used = utilisation_[sender];
  utilisation_[sender] = facilitated(used, factorOf(facilitationFactors_), first_);
  resources_[sender] = recovered(resources_[sender], used, factorOf(recoveryFactors_));
  since_[sender] = static_cast<int32_t>(step);
  return efficacy(utilisation_[sender], resources_[sender]);
}

}  // namespace exocortex
