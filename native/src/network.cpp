// How a network is set up from its plan, and what happens in a step.
#include "network.hpp"

#include "kernels.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace exocortex {

EXOCORTEX_CLONES
void Traces::decay(std::size_t neurons, const int32_t* __restrict values, const uint32_t* __restrict since,
                   const int32_t* __restrict factors, uint32_t oldest, uint32_t step, int32_t* __restrict now) {
  EXOCORTEX_INDEPENDENT
  for (std::size_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t value = values[neuron];
    const uint32_t age = step - since[neuron];
    const int32_t factor = factors[age < oldest ? age : oldest];
    const int32_t decayed = (value >> factorBits) * factor + (((value & 0x7fff) * factor) >> factorBits);
    now[neuron] = age == 0 ? value : decayed;
  }
}

namespace {

constexpr int32_t stateMax = 1 << 29;
constexpr float weightUnit = 65536;

// As `mix` of simulation/network/random.ts.
int32_t keyOf(uint64_t step) {
  return mixed(static_cast<int32_t>(static_cast<uint32_t>(mixed(static_cast<int32_t>(step))) +
                                    static_cast<uint32_t>(step >> 32)));
}

void demand(bool holds, const char* what) {
  if (!holds) throw std::invalid_argument(what);
}

// Numbers of the neurons whose byte is not 0.
void listFired(const std::vector<uint8_t>& fired, std::size_t neurons, std::vector<uint32_t>& list) {
  list.clear();
  for (std::size_t from = 0; from < neurons; from += 8) {
    uint64_t eight;
    std::memcpy(&eight, fired.data() + from, 8);
    if (eight == 0) continue;
    for (std::size_t neuron = from; neuron < std::min(from + 8, neurons); neuron++) {
      if (fired[neuron] != 0) list.push_back(static_cast<uint32_t>(neuron));
    }
  }
}

std::vector<int32_t*> pointersTo(std::vector<std::vector<int32_t>>& arrays) {
  std::vector<int32_t*> pointers;
  for (auto& each : arrays) pointers.push_back(each.data());
  return pointers;
}

}  // namespace

Network::Network(NetworkPlan plan)
    : stepsPerTick_(plan.stepsPerTick), normalTable_(std::move(plan.normalTable)), inputs_(std::move(plan.inputs)) {
  uint32_t firstNeuron = 0;
  demand(normalTable_.size() == 4096, "the table of the normal distribution has 4096 entries");
  for (auto& each : plan.populations) {
    const auto kernel = stepKernels.find(each.kernel);
    demand(kernel != stepKernels.end(), "no kernel of this name");
    Population population{};
    population.kernel = kernel->second;
    population.firstNeuron = firstNeuron;
    population.neurons = each.neurons;
    population.randomKey = each.randomKey;
    population.parameters = std::move(each.parameters);
    population.state.assign(each.stateVariables, std::vector<int32_t>(each.neurons));
    population.received.assign(each.receptors, std::vector<int32_t>(each.neurons));
    // Room for whole words of eight.
    population.fired.assign(each.neurons + 8, 0);
    population.history.resize(2);
    firstNeuron += each.neurons;
    populations_.push_back(std::move(population));
  }
  for (auto& each : populations_) {
    each.statePointers = pointersTo(each.state);
    each.receivedPointers = pointersTo(each.received);
  }
  for (const auto& each : inputs_) {
    demand(each.to < populations_.size() && !populations_[each.to].received.empty(), "an input leads to no receptor");
  }
  for (auto& each : plan.projections) {
    demand(each.from < populations_.size() && each.to < populations_.size(), "a projection leads to no population");
    auto& history = populations_[each.from].history;
    const auto& to = populations_[each.to];
    demand(!to.received.empty(), "a projection leads to no receptor");
    history.resize(std::max<std::size_t>(history.size(), each.delaySteps + 1));
    demand(each.rowStart.size() == populations_[each.from].neurons + 1u, "rows are not one per sender");
    demand(each.rowStart.back() == each.targets.size() && each.targets.size() == each.weights.size(),
           "rows do not cover the synapses");
    demand(std::is_sorted(each.rowStart.begin(), each.rowStart.end()), "rows are not in order");
    demand(std::all_of(each.targets.begin(), each.targets.end(), [&](uint32_t target) { return target < to.neurons; }),
           "a synapse leads to no neuron");
    projections_.push_back({std::move(each), std::nullopt});
  }
  for (auto& projection : projections_) {
    if (!projection.plan.rule) continue;
    const auto kernel = ruleKernels.find(projection.plan.rule->kernel);
    demand(kernel != ruleKernels.end(), "no rule of this name");
    auto& rule = projection.rule.emplace(Rule{kernel->second, std::move(*projection.plan.rule), {}, {}, {}, {}, {}, 0});
    const std::size_t synapses = projection.plan.targets.size();
    demand(rule.plan.columnStart.size() == populations_[projection.plan.to].neurons + 1u &&
               rule.plan.columnStart.back() == synapses && rule.plan.synapses.size() == synapses &&
               rule.plan.senders.size() == synapses,
           "columns do not cover the synapses");
    for (auto& factors : rule.plan.senderFactors)
      rule.senderTraces.emplace_back(populations_[projection.plan.from].neurons, factors);
    for (auto& factors : rule.plan.receiverFactors)
      rule.receiverTraces.emplace_back(populations_[projection.plan.to].neurons, factors);
    rule.plan.synapses.resize(synapses + prefetchAhead);
    rule.sendersNow.resize(rule.senderTraces.size());
    rule.receiversNow.resize(rule.receiverTraces.size());
    rule.arrays = {projection.plan.rowStart.data(), projection.plan.targets.data(), projection.plan.weights.data(),
                   rule.plan.columnStart.data(),    rule.plan.synapses.data(),      rule.plan.senders.data(),
                   rule.sendersNow.data(),          rule.receiversNow.data(),       rule.plan.parameters.data()};
    for (const int32_t weight : projection.plan.weights) rule.weightSum += weight;
  }
}

const std::vector<uint32_t>& Network::tick(const uint16_t* channels, std::size_t count) {
  spikes_.clear();
  drive(channels, count);
  for (uint32_t index = 0; index < stepsPerTick_ && !saturation_; index++) {
    for (std::size_t population = 0; population < populations_.size(); population++) stepPopulation(population);
    for (std::size_t projection = 0; projection < projections_.size(); projection++) stepProjection(projection);
    step_++;
  }
  return spikes_;
}

void Network::drive(const uint16_t* channels, std::size_t count) {
  for (const auto& input : inputs_) {
    auto& received = populations_[input.to].received[0];
    for (std::size_t spike = 0; spike < count; spike++) {
      std::size_t neuron = static_cast<std::size_t>(channels[spike]) * input.neuronsPerElectrode % received.size();
      for (uint32_t driven = 0; driven < input.neuronsPerElectrode; driven++) {
        // Unlike synapses, the number of inputs has no bound.
        const int64_t sum = static_cast<int64_t>(received[neuron]) + input.weight;
        received[neuron] = static_cast<int32_t>(std::clamp<int64_t>(sum, -stateMax - 1, stateMax + 1));
        neuron = neuron + 1 == received.size() ? 0 : neuron + 1;
      }
    }
  }
}

void Network::stepPopulation(std::size_t index) {
  Population& population = populations_[index];
  const StepArrays arrays{static_cast<int32_t>(population.neurons),
                          population.statePointers.data(),
                          population.receivedPointers.data(),
                          population.parameters.data(),
                          population.randomKey,
                          keyOf(step_),
                          normalTable_.data(),
                          population.fired.data()};
  const int32_t saturated = population.kernel(arrays);
  SpikeList& fired = spikesAt(population, step_);
  listFired(population.fired, population.neurons, fired);
  for (const uint32_t neuron : fired) spikes_.push_back(population.firstNeuron + neuron);
  if (saturated > 0 && !saturation_) {
    saturation_ = Saturation{Saturation::Kind::population, static_cast<uint32_t>(index),
                             static_cast<uint32_t>(saturated), step_};
  }
}

void Network::stepProjection(std::size_t index) {
  Projection& projection = projections_[index];
  const ProjectionPlan& plan = projection.plan;
  if (step_ < plan.delaySteps && !projection.rule) return;
  static const SpikeList none;
  const SpikeList& arrived =
      step_ < plan.delaySteps ? none : spikesAt(populations_[plan.from], step_ - plan.delaySteps);
  int32_t* received = populations_[plan.to].received[0].data();
  for (const uint32_t sender : arrived) {
    const uint32_t end = plan.rowStart[sender + 1];
    for (uint32_t synapse = plan.rowStart[sender]; synapse < end; synapse++)
      received[plan.targets[synapse]] += plan.weights[synapse];
  }
  if (projection.rule) learn(index, arrived, spikesAt(populations_[plan.to], step_));
}

void Network::learn(std::size_t index, const SpikeList& arrived, const SpikeList& fired) {
  Rule& rule = *projections_[index].rule;
  const uint32_t step = static_cast<uint32_t>(step_);
  if (arrived.empty() && fired.empty()) return;
  for (std::size_t trace = 0; trace < rule.senderTraces.size(); trace++)
    rule.sendersNow[trace] = rule.senderTraces[trace].at(step);
  for (std::size_t trace = 0; trace < rule.receiverTraces.size(); trace++)
    rule.receiversNow[trace] = rule.receiverTraces[trace].at(step);
  for (const uint32_t sender : arrived) rule.weightSum += rule.kernel.onArrival(rule.arrays, sender);
  for (const uint32_t receiver : fired) rule.weightSum += rule.kernel.onFiring(rule.arrays, receiver);
  const auto addAll = [&](std::vector<Traces>& traces, const SpikeList& spikes) {
    for (auto& each : traces) {
      for (const uint32_t neuron : spikes) {
        if (each.add(neuron, step) && !saturation_)
          saturation_ = Saturation{Saturation::Kind::trace, static_cast<uint32_t>(index), neuron, step_};
      }
    }
  };
  addAll(rule.senderTraces, arrived);
  addAll(rule.receiverTraces, fired);
}

int64_t Network::weightSum() const {
  int64_t sum = 0;
  for (const auto& each : projections_) sum += each.rule ? each.rule->weightSum : 0;
  return sum;
}

std::size_t Network::plasticSynapses() const {
  std::size_t count = 0;
  for (const auto& each : projections_) count += each.rule ? each.plan.weights.size() : 0;
  return count;
}

void Network::copyPlasticWeights(float* millivolts) const {
  for (const auto& each : projections_) {
    if (!each.rule) continue;
    for (const int32_t weight : each.plan.weights) *millivolts++ = static_cast<float>(weight) / weightUnit;
  }
}

}  // namespace exocortex
