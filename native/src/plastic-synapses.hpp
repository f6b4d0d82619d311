// The synapses of one projection onto a range of neurons, and how they learn.
#pragma once

#include "block-runner.hpp"
#include "neuron-memories.hpp"
#include "saturation.hpp"
#include "synapse-rows.hpp"

#include <optional>

namespace exocortex {

// What there is to learn from in one step.
struct LearningStep {
  uint64_t step;
  // Index of the projection.
  uint32_t projection;
  // Senders whose spikes arrive, and receivers that fire, these counted from the beginning of the range; ascending.
  const std::vector<uint32_t>& arrived;
  const std::vector<uint32_t>& fired;
  // Of the whole network.
  const int32_t* signals;
  // Of the range's neurons after their step.
  const int32_t* potential;
};

class PlasticSynapses {
 public:
  PlasticSynapses(const ProjectionPlan& plan, const Range& range, const RuleSurroundings& surroundings, Workspace& workspace);

  void deliver(const std::vector<uint32_t>& senders, int32_t* received) const;
  // `part` of a spike, in units of 2^-15.
  void deliverPart(uint32_t sender, int32_t part, int32_t* received) const;
  // Arrivals, firings, the step itself; then traces and averages follow. `first` takes a value that leaves its range before what it holds.
  void learn(const LearningStep& now, std::optional<Saturation>& first);

  NeuronMemories& senders() { return senders_; }
  NeuronMemories& receivers() { return receivers_; }
  const LargeVector<uint32_t>& rowStart() const { return rows_.rowStart; }
  // The weights, then each variable; behind the last synapse lies a group that is read and not used.
  std::vector<LargeVector<int32_t>>& synapseArrays() { return synapseArrays_; }
  // After weights were set from outside.
  void sumWeights();
  int64_t weightSum() const { return weightSum_; }

 private:
  std::optional<BlockRunner> runnerOf(const std::optional<Block>& block, ProgramEvent event, Workspace& workspace) const;
  void setSources(BlockRunner& runner, const LearningStep& now);
  // Values of the neuron of an event, and signals for all.
  void setUniforms(BlockRunner& runner, uint32_t neuron, const LearningStep& now);
  int32_t* arrayOf(const Output& output) const { return arrays_[output.variable ? 1 + *output.variable : 0]; }
  void learnEvents(const LearningStep& now, std::optional<Saturation>& first);
  void arrive(uint32_t sender, const LearningStep& now, std::optional<Saturation>& first);
  // `next`: the receiver whose turn comes after it.
  void fire(uint32_t receiver, uint32_t next, const LearningStep& now, std::optional<Saturation>& first);
  void stepAll(const LearningStep& now, std::optional<Saturation>& first);
  void carryOutRow(BlockRunner& runner, ProgramEvent event, uint32_t from, uint32_t count, const LearningStep& now,
                   std::optional<Saturation>& first);
  // Where the reference meets it: it takes the synapses of an event `synapsesAtOnce` at a time.
  void report(ProgramEvent event, uint32_t neuron, uint32_t placeInEvent, std::size_t output, const BlockRunner& runner,
              const LearningStep& now, std::optional<Saturation>& first) const;

  RuleProgram program_;
  Range range_;
  int32_t sign_;
  uint32_t finerBits_;
  // While this signal is 0 synapses stay as they are.
  uint32_t gateAt_;
  SynapseRows rows_;
  SynapseColumns columns_;
  std::vector<LargeVector<int32_t>> synapseArrays_;
  std::vector<int32_t*> arrays_;
  NeuronMemories senders_;
  NeuronMemories receivers_;
  std::optional<BlockRunner> arrival_;
  std::optional<BlockRunner> firing_;
  std::optional<BlockRunner> step_;
  int64_t weightSum_ = 0;
};

}  // namespace exocortex
