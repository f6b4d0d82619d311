// What one thread does in a step.
#include "shard.hpp"

#include "kernel-functions.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace exocortex {

namespace {

constexpr int32_t stateMax = 1 << 29;
// Of a pathway.
constexpr std::size_t rowsAhead = 8;
// Neurons whose arrays fit the first cache; a whole multiple of those that kernels compute at once.
constexpr uint32_t neuronsInCache = 1600;
static_assert(neuronsInCache % neuronsAtOnce == 0);

// As `mix` of simulation/network/random.ts.
int32_t keyOf(uint64_t step) {
  return mixed(static_cast<int32_t>(static_cast<uint32_t>(mixed(static_cast<int32_t>(step))) +
                                    static_cast<uint32_t>(step >> 32)));
}

Range rangeOf(uint32_t neurons, uint32_t share, uint32_t shares) {
  const auto at = [&](uint32_t of) { return static_cast<uint32_t>(uint64_t{neurons} * of / shares); };
  return {at(share), at(share + 1)};
}

}  // namespace

Shard::Shard(const NetworkPlan& plan, uint32_t index) : workspace_(std::make_unique<Workspace>(laneFunctions(plan.vectors))) {
  std::size_t places = 0;
  for (std::size_t each = 0; each < plan.populations.size(); each++) {
    const PopulationPlan& from = plan.populations[each];
    const Range range = rangeOf(from.neurons, index, plan.threads);
    Population population{from.kernel, plan.vectors, stepKernelsOf(from.kernel, {from.parameters.begin(), from.parameters.end()}, plan.vectors), {}, range.begin, range.end, 0, from.graded, {}, {}, {}, {}, {}, {}, {}, {}, {},
                          SpikeRing(longestDelayOf(plan, each) + mostStepsAtOnce + 1)};
    population.randomKey = static_cast<int32_t>(static_cast<uint32_t>(from.randomKey) + range.begin);
    population.parameters.assign(from.parameters.begin(), from.parameters.end());
    const uint32_t neurons = range.end - range.begin;
    population.cheaper.resize((neurons + neuronsInCache - 1) / neuronsInCache);
    for (const auto& table : from.tables) {
      population.tables.emplace_back(table.begin(), table.end());
      population.tables.back().resize(std::max(table.length, leastTable));
    }
    for (const auto& state : from.initialState) {
      population.state.emplace_back(placesFor(neurons));
      std::copy(state.values + range.begin, state.values + range.end, population.state.back().begin());
    }
    for (auto& fired : population.fired) fired.resize(placesFor(neurons) + 1);
    population.flags.resize(placesFor(neurons));
    for (uint32_t receptor = 0; receptor < from.receptors; receptor++) {
      population.receptorAt.push_back(places);
      places += placesFor(neurons);
    }
    populations_.push_back(std::move(population));
  }
  for (auto& each : received_) each.assign(places, 0);
  for (auto& each : populations_) {
    for (auto& table : each.tables) each.tablePointers.push_back(table.data());
    each.statePointers.resize(each.state.size());
    for (auto& pointers : each.receivedPointers) pointers.resize(each.receptorAt.size());
  }
  std::map<uint32_t, std::vector<PathwayPart>> merged;
  for (const auto& each : plan.projections) {
    const Population& to = populations_[each.to];
    const Range range{to.begin, to.end};
    const PathwayPart part{&each, range, to.receptorAt[each.receptor]};
    Projection projection{each.from, each.to, each.delaySteps, part.receptorAt, std::nullopt, std::nullopt, std::nullopt};
    if (each.rule) projection.plastic.emplace(each, range, surroundingsOf(each, plan), *workspace_);
    if (each.shortTerm) {
      projection.shortTerm.emplace(*each.shortTerm, each.rowStart.length - 1);
      if (!each.rule) projection.own.emplace(mergePathway({part}));
    }
    if (!each.rule && !each.shortTerm) merged[each.from].push_back(part);
    projections_.push_back(std::move(projection));
  }
  for (const auto& [from, parts] : merged) pathways_.push_back(mergePathway(parts));
}

void Shard::setParameters(std::size_t population, const Span<int32_t>& parameters) {
  Population& of = populations_[population];
  if (parameters.length != of.parameters.size()) throw std::invalid_argument("parameters are not as many as the model has");
  of.parameters.assign(parameters.begin(), parameters.end());
  of.kernels = stepKernelsOf(of.kernel, of.parameters, of.vectors);
}

void Shard::stepNeurons(uint64_t firstStep, uint32_t steps) {
  for (std::size_t index = 0; index < populations_.size(); index++) {
    Population& population = populations_[index];
    for (uint32_t ahead = 0; ahead < steps; ahead++) population.ring.at(firstStep + ahead).clear();
    std::array<int32_t, mostStepsAtOnce> saturated{};
    // What mean-rate neurons send is read after every step.
    const uint32_t atOnce = population.graded ? 1 : steps;
    for (uint32_t begin = population.begin; begin < population.end; begin += neuronsInCache) {
      const Range neurons{begin, std::min(begin + neuronsInCache, population.end)};
      for (uint32_t ahead = 0; ahead < steps; ahead += atOnce)
        stepSome(population, neurons, firstStep + ahead, ahead, atOnce, &saturated[ahead]);
    }
    for (uint32_t ahead = 0; ahead < steps; ahead++) {
      if (saturated[ahead] > 0)
        note({Saturation::Kind::population, static_cast<uint32_t>(index), static_cast<uint32_t>(saturated[ahead]), firstStep + ahead});
    }
  }
}

void Shard::stepSome(Population& population, const Range& neurons, uint64_t firstStep, uint32_t ahead, uint32_t steps, int32_t* saturated) {
  const uint32_t offset = neurons.begin - population.begin;
  for (std::size_t index = 0; index < population.state.size(); index++)
    population.statePointers[index] = population.state[index].data() + offset;
  std::array<StepArrays, mostStepsAtOnce> arrays;
  std::array<Stepped, mostStepsAtOnce> stepped;
  for (uint32_t step = 0; step < steps; step++) {
    auto& received = population.receivedPointers[step];
    for (std::size_t index = 0; index < received.size(); index++)
      received[index] = received_[ahead + step].data() + population.receptorAt[index] + offset;
    arrays[step] = {static_cast<int32_t>(neurons.end - neurons.begin),
                    population.statePointers.data(),
                    received.data(),
                    population.parameters.data(),
                    population.tablePointers.data(),
                    static_cast<int32_t>(static_cast<uint32_t>(population.randomKey) + offset),
                    keyOf(firstStep + step),
                    population.fired[step].data(),
                    population.flags.data()};
  }
  population.cheaper[offset / neuronsInCache].step(population.kernels, arrays.data(), steps, stepped.data());
  for (uint32_t step = 0; step < steps; step++) {
    saturated[step] += stepped[step].saturated;
    Sent& sent = population.ring.at(firstStep + step);
    for (uint32_t index = 0; index < stepped[step].fired; index++)
      sent.spikes.push_back(neurons.begin + population.fired[step][index]);
  }
  if (population.graded) {
    Sent& sent = population.ring.at(firstStep);
    const int32_t* shares = population.statePointers[*population.graded];
    for (uint32_t neuron = neurons.begin; neuron < neurons.end; neuron++) {
      const int32_t share = shares[neuron - neurons.begin];
      if (share == 0) continue;
      sent.gradedSenders.push_back(neuron);
      sent.gradedShares.push_back(share);
    }
  }
}

void Shard::note(const Saturation& found) {
  if (!saturation_ || found.isBefore(*saturation_)) saturation_ = found;
}

template <typename Visit>
void Shard::visitSpikes(uint32_t from, uint64_t step, const std::vector<Shard>& all, Visit visit) {
  for (const auto& shard : all) {
    for (const uint32_t sender : shard.sent(from, step).spikes) visit(sender);
  }
}

template <typename Visit>
void Shard::visitShares(uint32_t from, uint64_t step, const std::vector<Shard>& all, Visit visit) {
  for (const auto& shard : all) {
    const Sent& sent = shard.sent(from, step);
    for (std::size_t index = 0; index < sent.gradedSenders.size(); index++)
      visit(sent.gradedSenders[index], sent.gradedShares[index]);
  }
}

void Shard::stepSynapses(uint64_t step, uint32_t ahead, const int32_t* signals, const std::vector<Shard>& all) {
  int32_t* received = received_[ahead].data();
  stepPathways(step, received, all);
  for (std::size_t index = 0; index < projections_.size(); index++) {
    Projection& projection = projections_[index];
    if (projection.shortTerm && step >= projection.delaySteps) stepShortTerm(projection, step, received, all);
    if (projection.plastic) stepPlastic(index, step, signals, all);
  }
}

// Rows lie anywhere in memory that no cache holds: where they begin, and then they themselves, are asked for ahead of their turn.
void Shard::stepPathways(uint64_t step, int32_t* received, const std::vector<Shard>& all) {
  const auto visitArrivals = [&](bool areGraded, auto visit) {
    for (const auto& pathway : pathways_) {
      if (populations_[pathway.from].graded.has_value() != areGraded) continue;
      for (std::size_t delay = 0; delay < pathway.delaySteps.size(); delay++) {
        if (step >= pathway.delaySteps[delay]) visit(pathway, delay, step - pathway.delaySteps[delay]);
      }
    }
  };
  const auto visitDue = [&](auto visit) {
    visitArrivals(false, [&](const Pathway& pathway, std::size_t delay, uint64_t sentAt) {
      visitSpikes(pathway.from, sentAt, all, [&](uint32_t sender) { visit(pathway, pathway.rowOf(sender, delay)); });
    });
  };
  visitDue([](const Pathway& pathway, std::size_t row) { EXOCORTEX_PREFETCH(&pathway.rowStart[row]); });
  due_.clear();
  visitDue([&](const Pathway& pathway, std::size_t row) { due_.push_back({&pathway, row}); });
  for (std::size_t index = 0; index < due_.size(); index++) {
    const std::size_t ahead = index + rowsAhead;
    if (ahead < due_.size()) due_[ahead].pathway->expect(due_[ahead].row);
    due_[index].pathway->deliver(due_[index].row, received);
  }
  visitArrivals(true, [&](const Pathway& pathway, std::size_t delay, uint64_t sentAt) {
    visitShares(pathway.from, sentAt, all,
                [&](uint32_t sender, int32_t part) { pathway.deliverPart(pathway.rowOf(sender, delay), part, received); });
  });
}

void Shard::stepShortTerm(Projection& projection, uint64_t step, int32_t* received, const std::vector<Shard>& all) {
  visitSpikes(projection.from, step - projection.delaySteps, all, [&](uint32_t sender) {
    const int32_t part = projection.shortTerm->arrive(sender, static_cast<uint32_t>(step));
    if (projection.plastic) {
      projection.plastic->settle(sender, step - 1);
      projection.plastic->deliverPart(sender, part, received + projection.receptorAt);
    } else {
      projection.own->deliverPart(projection.own->rowOf(sender, 0), part, received);
    }
  });
}

void Shard::stepPlastic(std::size_t index, uint64_t step, const int32_t* signals, const std::vector<Shard>& all) {
  Projection& projection = projections_[index];
  PlasticSynapses& plastic = *projection.plastic;
  const uint64_t sentAt = step - projection.delaySteps;
  int32_t* received = received_[0].data() + projection.receptorAt;
  arrived_.clear();
  if (step >= projection.delaySteps) {
    visitSpikes(projection.from, sentAt, all, [&](uint32_t sender) { arrived_.push_back(sender); });
    if (populations_[projection.from].graded)
      visitShares(projection.from, sentAt, all,
                  [&](uint32_t sender, int32_t part) { plastic.deliverPart(sender, part, received); });
    else if (!projection.shortTerm)
      plastic.deliver(arrived_, step, received);
  }
  const Population& to = populations_[projection.to];
  firedHere_.clear();
  for (const uint32_t receiver : sent(projection.to, step).spikes) firedHere_.push_back(receiver - to.begin);
  const int32_t* potential = to.state.empty() ? nullptr : to.state.front().data();
  plastic.learn({step, static_cast<uint32_t>(index), arrived_, firedHere_, signals, potential}, saturation_);
}

void Shard::receive(const InputPlan& input, uint32_t neuron) {
  const Population& population = populations_[input.to];
  if (neuron < population.begin || neuron >= population.end) return;
  int32_t& received = received_[0][population.receptorAt[input.receptor] + (neuron - population.begin)];
  // An input from outside: unlike synapses, their number has no bound.
  const int64_t sum = int64_t{received} + input.weight;
  received = static_cast<int32_t>(std::clamp<int64_t>(sum, -stateMax - 1, stateMax + 1));
}

void Shard::surveyWeights(uint64_t tick, uint64_t step) {
  for (auto& each : projections_) {
    if (each.plastic) each.plastic->survey(tick, step);
  }
}

}  // namespace exocortex
