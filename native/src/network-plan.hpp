// A network in flat arrays, as JavaScript hands it over: views that are valid while the network is built.
#pragma once

#include "kernel-arrays.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace exocortex {

template <typename T>
struct Span {
  const T* values = nullptr;
  std::size_t length = 0;

  const T* begin() const { return values; }
  const T* end() const { return values + length; }
  const T& operator[](std::size_t index) const { return values[index]; }
};

struct PopulationPlan {
  uint32_t neurons;
  std::string kernel;
  // One array for each variable of the state.
  std::vector<Span<int32_t>> initialState;
  uint32_t receptors;
  Span<int32_t> parameters;
  std::vector<Span<int32_t>> tables;
  int32_t randomKey;
  // The variable of the state that is sent as a share of a spike in every step, if spikes are not.
  std::optional<uint32_t> graded;
};

// What surrounds the synapses of a projection that learns.
struct RuleSurroundings {
  uint32_t receivers;
  bool hasPotential;
  uint32_t signalWords;
  // Whether senders send shares of spikes in every step.
  bool isGraded;
};

// What one event does to a synapse; native/native-rule-plan.ts says what the words mean.
struct BlockPlan {
  Span<int32_t> inputs;
  Span<int32_t> instructions;
  Span<int32_t> outputs;
  std::vector<Span<int32_t>> tables;
};

struct RulePlan {
  std::optional<BlockPlan> arrival;
  std::optional<BlockPlan> firing;
  std::optional<BlockPlan> step;
  // Decays of each trace, by age in steps.
  std::vector<Span<int32_t>> senderFactors;
  std::vector<Span<int32_t>> receiverFactors;
  Span<int32_t> senderAverages;
  Span<int32_t> receiverAverages;
  // What each variable of a synapse is at first.
  Span<int32_t> variables;
  Span<int32_t> factors;
  // What arrives is the weight without its last bits, times the sign.
  uint32_t finerBits;
  int32_t sign;
  // Which of the signals of a tick is 0 while the projection does not learn.
  uint32_t gateAt;
  // First sender of each part whose weights are summed after a tick, in turn; then the number of senders.
  Span<uint32_t> surveyParts;
};

struct ShortTermPlan {
  int32_t utilisation;
  Span<int32_t> facilitationFactors;
  Span<int32_t> recoveryFactors;
};

struct ProjectionPlan {
  uint32_t from;
  uint32_t to;
  uint32_t receptor;
  uint32_t delaySteps;
  Span<uint32_t> rowStart;
  Span<uint32_t> targets;
  Span<int32_t> weights;
  std::optional<ShortTermPlan> shortTerm;
  std::optional<RulePlan> rule;
};

struct InputPlan {
  uint32_t to;
  uint32_t receptor;
  uint32_t neuronsPerElectrode;
  int32_t weight;
};

struct NetworkPlan {
  uint32_t stepsPerTick;
  // How many threads compute it; the calling one is among them.
  uint32_t threads;
  // The best that step kernels may be made for.
  Vectors vectors;
  // How many numbers the signals of a tick are.
  uint32_t signalWords;
  std::vector<PopulationPlan> populations;
  std::vector<ProjectionPlan> projections;
  std::vector<InputPlan> inputs;
};

// In steps, of the spikes that leave a population; 1 where none do.
uint32_t longestDelayOf(const NetworkPlan& network, std::size_t population);
// How many steps neurons can take before what they send arrives, at most `most`: where weights learn it is one, for what arrives in a
// step counts as the step before has left its synapse.
uint32_t stepsAtOnceOf(const NetworkPlan& network, uint32_t most);

// Of a projection that learns.
RuleSurroundings surroundingsOf(const ProjectionPlan& projection, const NetworkPlan& network);

// Throws std::invalid_argument for what does not fit together.
void checkPlan(const NetworkPlan& plan);

}  // namespace exocortex
