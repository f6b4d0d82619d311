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
  // What synapses keep: the weights are array 0, then each variable.
  std::size_t arrays() const { return synapseArrays_.size(); }
  int32_t valueAt(std::size_t array, uint32_t synapse) const {
    return isOfReceivers(array) ? receiverVariables_[array - 1][rows_.targets[synapse]] : synapseArrays_[array][synapse];
  }
  // Sets them from outside, all arrays one after the other, and between the two other calls.
  void beginSetting();
  void set(std::size_t array, uint32_t first, const int32_t* values, uint32_t count);
  void endSetting();
  // Sums the weights of the part whose turn it is after a tick.
  void survey(uint64_t tick);
  // For each part the sum of its weights when it was surveyed last.
  std::vector<int64_t>& surveyed() { return surveyed_; }

 private:
  bool isOfReceivers(std::size_t array) const { return array > 0 && isOfReceivers_[array - 1]; }
  // Once it is known what synapses keep, and where.
  void makeRunners();
  // Inputs that stay the same in a step, and what is made of them.
  void beginBlock(BlockRunner& runner, const LearningStep& now);
  // Those of the neuron of an event.
  void beginEvent(BlockRunner& runner, uint32_t neuron, const LearningStep& now);
  int32_t* arrayOf(const Output& output) const { return arrays_[output.variable ? 1 + *output.variable : 0]; }
  void learnEvents(const LearningStep& now, std::optional<Saturation>& first);
  void arrive(uint32_t sender, const LearningStep& now, std::optional<Saturation>& first);
  // `next`: the receiver whose turn comes after it.
  void fire(uint32_t receiver, uint32_t next, const LearningStep& now, std::optional<Saturation>& first);
  void stepAll(const LearningStep& now, std::optional<Saturation>& first);
  void carryOutRow(BlockRunner& runner, ProgramEvent event, uint32_t from, uint32_t count, const LearningStep& now,
                   std::optional<Saturation>& first);
  // Results that are the same for all synapses of a receiver: all of them are read before one is stored.
  void storeOfReceiver(const BlockRunner& runner, uint32_t receiver);
  void report(ProgramEvent event, uint32_t neuron, uint32_t placeInEvent, std::size_t output, const BlockRunner& runner,
              const LearningStep& now, std::optional<Saturation>& first) const;
  // Of a synapse in an event of its sender, or in the step.
  void reportInRow(ProgramEvent event, uint32_t synapse, std::size_t output, const BlockRunner& runner,
                   const LearningStep& now, std::optional<Saturation>& first) const;
  // Results of receivers that are beyond their bounds in the step.
  void reportOfReceivers(const LearningStep& now, std::optional<Saturation>& first) const;

  RuleProgram program_;
  Range range_;
  int32_t sign_;
  uint32_t finerBits_;
  // While this signal is 0 synapses stay as they are.
  uint32_t gateAt_;
  SynapseRows rows_;
  SynapseColumns columns_;
  NeuronMemories senders_;
  NeuronMemories receivers_;
  Workspace* workspace_;
  // First sender of each part, then the number of senders.
  std::vector<uint32_t> surveyStart_;
  std::vector<int64_t> surveyed_;
  std::vector<bool> isOfReceivers_;
  std::vector<std::vector<int32_t>> receiverVariables_;
  // Empty where a variable is one number for each receiver.
  std::vector<LargeVector<int32_t>> synapseArrays_;
  std::vector<int32_t*> arrays_;
  // To work with.
  std::vector<int32_t> results_;
  std::optional<BlockRunner> arrival_;
  std::optional<BlockRunner> firing_;
  std::optional<BlockRunner> step_;
};

}  // namespace exocortex
