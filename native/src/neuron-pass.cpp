// How neurons are taken some at a time.
#include "neuron-pass.hpp"

#include <algorithm>

namespace exocortex {

NeuronPass::NeuronPass(const Block& block, const std::vector<Owner>& owners, Owner side, std::vector<uint32_t> wanted,
                       std::size_t neurons, Workspace& workspace)
    : lanes_(&workspace.lanes()), neurons_(static_cast<uint32_t>(neurons)), sources_(owners.size()), results_(owners.size()) {
  LaneTask task;
  for (std::size_t reg = 0; reg < owners.size(); reg++) {
    task.isComputed.push_back(reg >= block.inputs.size() && owners[reg] == side);
    task.sources.push_back(owners[reg] == side ? LaneSource::beside : LaneSource::everywhere);
  }
  task.isCopied.resize(owners.size());
  for (const uint32_t reg : wanted) {
    if (task.isComputed[reg]) results_[reg].resize(std::max<std::size_t>(neurons, 1));
  }
  task.kept = std::move(wanted);
  plan_ = planLanes(block, task);
  lies_ = task.sources;
  from_.resize(plan_.registers);
  into_.resize(plan_.registers);
  for (uint32_t reg = 0; reg < plan_.registers; reg++) {
    if (plan_.slots[reg]) from_[reg] = into_[reg] = workspace.slot(*plan_.slots[reg]);
  }
}

void NeuronPass::run(const std::vector<int32_t>& values) {
  if (plan_.steps.empty()) return;
  for (uint32_t first = 0; first < neurons_; first += synapsesAtOnce) {
    for (uint32_t reg = 0; reg < lies_.size(); reg++) {
      if (!results_[reg].empty()) from_[reg] = into_[reg] = results_[reg].data() + first;
      else if (lies_[reg] == LaneSource::everywhere) from_[reg] = &values[reg];
      else if (sources_[reg] != nullptr) from_[reg] = sources_[reg] + first;
    }
    lanes_->carryOut(plan_.steps, {from_.data(), into_.data(), nullptr, nullptr, std::min(synapsesAtOnce, neurons_ - first), synapsesAtOnce});
  }
}

}  // namespace exocortex
