// How the synapses of a projection are laid out by sender and by receiver.
#include "plastic-synapses.hpp"

#include "kernel-arrays.hpp"
#include "kernel-functions.hpp"

#include <numeric>

namespace exocortex {

PlasticSynapses::PlasticSynapses(const ProjectionPlan& plan, const Range& range)
    : kernel_(ruleKernels.at(plan.rule->kernel)),
      parameters_(plan.rule->parameters.begin(), plan.rule->parameters.end()),
      rowStart_(plan.rowStart.length),
      columnStart_(range.end - range.begin + 1) {
  const uint32_t senders = static_cast<uint32_t>(plan.rowStart.length - 1);
  for (uint32_t sender = 0; sender < senders; sender++) {
    const Range row = synapsesInto(plan, sender, range);
    for (uint32_t synapse = row.begin; synapse < row.end; synapse++) {
      const uint32_t target = plan.targets[synapse] - range.begin;
      targets_.push_back(target);
      weights_.push_back(plan.weights[synapse]);
      columnStart_[target + 1]++;
    }
    rowStart_[sender + 1] = static_cast<uint32_t>(targets_.size());
  }
  std::partial_sum(columnStart_.begin(), columnStart_.end(), columnStart_.begin());
  LargeVector<uint32_t> next(columnStart_.begin(), columnStart_.end());
  // Further ones that are read ahead and not used.
  synapses_.resize(targets_.size() + prefetchAhead);
  senders_.resize(targets_.size());
  for (uint32_t sender = 0; sender < senders; sender++) {
    for (uint32_t synapse = rowStart_[sender]; synapse < rowStart_[sender + 1]; synapse++) {
      const uint32_t at = next[targets_[synapse]]++;
      synapses_[at] = synapse;
      senders_[at] = sender;
    }
  }
  for (const auto& factors : plan.rule->senderFactors) senderTraces_.emplace_back(senders, factors);
  for (const auto& factors : plan.rule->receiverFactors) receiverTraces_.emplace_back(range.end - range.begin, factors);
  sendersNow_.resize(senderTraces_.size());
  receiversNow_.resize(receiverTraces_.size());
  // What the vectors own stays where it is when this object moves.
  arrays_ = {rowStart_.data(), targets_.data(), weights_.data(),    columnStart_.data(),  synapses_.data(),
             senders_.data(),  sendersNow_.data(), receiversNow_.data(), parameters_.data()};
  sumWeights();
}

void PlasticSynapses::sumWeights() { weightSum_ = std::accumulate(weights_.begin(), weights_.end(), int64_t{0}); }

void PlasticSynapses::deliver(uint32_t sender, int32_t* received) const {
  for (uint32_t synapse = rowStart_[sender]; synapse < rowStart_[sender + 1]; synapse++)
    received[targets_[synapse]] += weights_[synapse];
}

void PlasticSynapses::deliverPart(uint32_t sender, int32_t part, int32_t* received) const {
  for (uint32_t synapse = rowStart_[sender]; synapse < rowStart_[sender + 1]; synapse++)
    received[targets_[synapse]] += partOf(weights_[synapse], part);
}

void PlasticSynapses::begin(uint32_t step) {
  for (std::size_t trace = 0; trace < senderTraces_.size(); trace++) sendersNow_[trace] = senderTraces_[trace].at(step);
  for (std::size_t trace = 0; trace < receiverTraces_.size(); trace++)
    receiversNow_[trace] = receiverTraces_[trace].at(step);
}

bool PlasticSynapses::remember(std::vector<Traces>& traces, uint32_t neuron, uint32_t step) {
  bool isFull = false;
  for (auto& each : traces) isFull |= each.add(neuron, step);
  return isFull;
}

}  // namespace exocortex
