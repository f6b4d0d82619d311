// How a network is set up from its plan, and what happens in a tick.
#include "network.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <stdexcept>

namespace exocortex {

Network::Network(const NetworkPlan& plan)
    : stepsPerTick_(plan.stepsPerTick),
      stepsAtOnce_(stepsAtOnceOf(plan, mostStepsAtOnce)),
      projections_(plan.projections.size()),
      signalWords_(plan.signalWords),
      inputs_(plan.inputs) {
  checkPlan(plan);
  uint32_t firstNeuron = 0;
  for (const auto& each : plan.populations) {
    populations_.push_back({firstNeuron, each.neurons, longestDelayOf(plan, populations_.size())});
    firstNeuron += each.neurons;
  }
  shards_.reserve(plan.threads);
  for (uint32_t share = 0; share < plan.threads; share++) shards_.emplace_back(plan, share);
  team_ = std::make_unique<Team>(plan.threads);
}

const std::vector<uint32_t>& Network::tick(const uint16_t* channels, std::size_t count, const int32_t* signals) {
  drive(channels, count);
  spikes_.clear();
  const uint64_t first = step_;
  team_->run([&](uint32_t member) {
    Shard& shard = shards_[member];
    const uint64_t end = first + stepsPerTick_;
    for (uint64_t step = first; step < end;) {
      const auto steps = static_cast<uint32_t>(std::min<uint64_t>(stepsAtOnce_, end - step));
      // What arrives before the last of them was sent before the first.
      for (uint32_t ahead = 1; ahead < steps; ahead++) shard.stepSynapses(step + ahead - 1, ahead, signals, shards_);
      shard.stepNeurons(step, steps);
      team_->meet();
      // Nobody changes what was sent in these steps before the next meeting.
      if (member == 0) {
        for (uint32_t ahead = 0; ahead < steps; ahead++) collectSpikes(step + ahead);
      }
      step += steps;
      shard.stepSynapses(step - 1, 0, signals, shards_);
    }
    shard.surveyWeights(first / stepsPerTick_, end - 1);
  });
  step_ += stepsPerTick_;
  return spikes_;
}

void Network::collectSpikes(uint64_t step) {
  for (std::size_t population = 0; population < populations_.size(); population++) {
    for (const auto& each : shards_) {
      for (const uint32_t neuron : each.sent(population, step).spikes)
        spikes_.push_back(populations_[population].firstNeuron + neuron);
    }
  }
}

void Network::drive(const uint16_t* channels, std::size_t count) {
  for (const auto& input : inputs_) {
    const uint32_t neurons = populations_[input.to].neurons;
    for (std::size_t spike = 0; spike < count; spike++) {
      uint32_t neuron = static_cast<uint32_t>(uint64_t{channels[spike]} * input.neuronsPerElectrode % neurons);
      for (uint32_t driven = 0; driven < input.neuronsPerElectrode; driven++) {
        for (auto& shard : shards_) shard.receive(input, neuron);
        neuron = neuron + 1 == neurons ? 0 : neuron + 1;
      }
    }
  }
}

void Network::setParameters(std::size_t population, const Span<int32_t>& parameters) {
  if (population >= populations_.size()) throw std::invalid_argument("there is no such population");
  for (auto& each : shards_) each.setParameters(population, parameters);
}

std::optional<Saturation> Network::saturation() const {
  std::optional<Saturation> first;
  for (const auto& each : shards_) {
    const auto& found = each.saturation();
    if (!found) continue;
    if (first && found->step == first->step && found->kind == Saturation::Kind::population &&
        first->kind == found->kind && first->index == found->index) {
      first->part += found->part;
    } else if (!first || found->isBefore(*first)) {
      first = found;
    }
  }
  return first;
}

int64_t Network::weightSum(std::size_t projection) {
  const auto sums = surveyed(projection);
  return std::accumulate(sums.begin(), sums.end(), int64_t{0});
}

std::string Network::stepShape(std::size_t projection) {
  const auto& plastic = shards_.front().projections()[projection].plastic;
  return plastic ? plastic->stepShape() : "";
}

bool Network::isStepFused(std::size_t projection) {
  const auto& plastic = shards_.front().projections()[projection].plastic;
  return plastic && plastic->isStepFused();
}

std::vector<int64_t> Network::surveyed(std::size_t projection) {
  std::vector<int64_t> sums;
  for (auto& shard : shards_) {
    auto& plastic = shard.projections()[projection].plastic;
    if (!plastic) return sums;
    sums.resize(plastic->surveyed().size());
    std::transform(sums.begin(), sums.end(), plastic->surveyed().begin(), sums.begin(), std::plus<>());
  }
  return sums;
}

}  // namespace exocortex
