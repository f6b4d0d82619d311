// What synapses keep is set from outside: it may differ among the synapses of a receiver where it did not before, or no longer.
#include "plastic-synapses.hpp"

#include <algorithm>

namespace exocortex {

void PlasticSynapses::beginSetting() {
  for (std::size_t variable = 0; variable < isOfReceivers_.size(); variable++) {
    if (!isOfReceivers_[variable]) continue;
    auto& array = synapseArrays_[1 + variable];
    array.resize(rows_.synapses());
    gather(receiverVariables_[variable].data(), rows_.targets.data(), array.data(), rows_.synapses());
    isOfReceivers_[variable] = false;
  }
}

void PlasticSynapses::set(std::size_t array, uint32_t first, const int32_t* values, uint32_t count) {
  std::copy_n(values, count, synapseArrays_[array].begin() + first);
}

void PlasticSynapses::endSetting(uint64_t step) {
  std::vector<bool> areSame;
  for (std::size_t variable = 0; variable < receiverVariables_.size(); variable++) {
    const auto& array = synapseArrays_[1 + variable];
    auto& ofReceivers = receiverVariables_[variable];
    ofReceivers.assign(range_.end - range_.begin, program_.variables[variable]);
    for (uint32_t synapse = 0; synapse < rows_.synapses(); synapse++) ofReceivers[rows_.targets[synapse]] = array[synapse];
    bool isSame = true;
    for (uint32_t synapse = 0; synapse < rows_.synapses(); synapse++)
      isSame = isSame && ofReceivers[rows_.targets[synapse]] == array[synapse];
    areSame.push_back(isSame);
  }
  isOfReceivers_ = variablesOfReceivers(program_, areSame);
  for (std::size_t variable = 0; variable < receiverVariables_.size(); variable++) {
    if (isOfReceivers_[variable]) LargeVector<int32_t>().swap(synapseArrays_[1 + variable]);
    else receiverVariables_[variable].clear();
  }
  makeRunners(step);
}

}  // namespace exocortex
