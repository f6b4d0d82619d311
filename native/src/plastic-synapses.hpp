// The synapses of one projection onto a range of neurons, and how they learn.
#pragma once

#include "block-runner.hpp"
#include "firing-history.hpp"
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

  // What firings do to a synapse is put off, where that makes no difference, until its sender spikes: the synapses of a row catch up on all
  // firings up to a step, which is the last that was carried out. Called before anything else reads or changes them.
  void settle(uint32_t sender, uint64_t step);
  void settleAll(uint64_t step);

  // Spikes that arrive in a step, at synapses that have not caught up yet.
  void deliver(const std::vector<uint32_t>& senders, uint64_t step, int32_t* received);
  // `part` of a spike, in units of 2^-15, at synapses that have caught up.
  void deliverPart(uint32_t sender, int32_t part, int32_t* received) const;
  // Arrivals, firings, the step itself; then traces and averages follow. `first` takes a value that leaves its range before what it holds.
  void learn(const LearningStep& now, std::optional<Saturation>& first);

  // Of the loop over all synapses, as in fused-shapes.hpp; nothing where they do not change in a step.
  std::string stepShape() const { return step_ ? step_->shape() : ""; }
  bool isStepFused() const { return step_ && step_->isFused(); }

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
  // `step`: the first that will be carried out.
  void endSetting(uint64_t step);
  // Sums the weights of the part whose turn it is after a tick; `step` is its last.
  void survey(uint64_t tick, uint64_t step);
  // For each part the sum of its weights when it was surveyed last.
  std::vector<int64_t>& surveyed() { return surveyed_; }

 private:
  bool isOfReceivers(std::size_t array) const { return array > 0 && isOfReceivers_[array - 1]; }
  // Once it is known what synapses keep, and where; `step` is the first that will be carried out.
  void makeRunners(uint64_t step);
  void sumPart(std::size_t part);
  // `settled`: the last step that all synapses have caught up on.
  void beginHistory(uint32_t settled);
  // Whether nothing that firings do can be noticed before the synapses' senders spike.
  bool canPutOff() const;
  void putOff(uint32_t receiver, const LearningStep& now, std::optional<Saturation>& first);
  // Some of those of a row that are listed, each by the firing that its target has followed by `depth` more.
  void catchUp(uint32_t sender, const FiringHistory::Pending& pending, uint32_t from, uint32_t count, uint32_t depth);
  void deliverRow(uint32_t sender, int32_t* received) const;
  // Inputs that stay the same in a step, and what is made of them.
  void beginBlock(BlockRunner& runner, const LearningStep& now);
  // Those of the neuron of an event.
  void beginEvent(BlockRunner& runner, uint32_t neuron, const LearningStep& now);
  // Among the signals of a tick.
  std::size_t placeOf(const Factor& factor, uint32_t receiver) const {
    return factor.start + (factor.isPerReceiver ? range_.begin + receiver : 0);
  }
  int32_t* arrayOf(const Output& output) const { return arrays_[output.variable ? 1 + *output.variable : 0]; }
  void learnEvents(const LearningStep& now, std::optional<Saturation>& first);
  void arrive(uint32_t sender, const LearningStep& now, std::optional<Saturation>& first);
  // Results of a firing that are the same for all synapses of the receiver.
  void storeFiring(const BlockRunner& runner, uint32_t receiver, const LearningStep& now, std::optional<Saturation>& first);
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
  bool isGraded_;
  FiringHistory history_;
  std::vector<int32_t> numbersOfFiring_;
  // Of each sender, the last step that its synapses have caught up on; and of each part of the survey, when it last was surveyed.
  std::vector<uint32_t> settledAt_;
  std::vector<uint32_t> partSettledAt_;
  // Whether a receiver has synapses.
  std::vector<bool> isReached_;
  // To work with: pending synapses of a row by how many firings follow.
  std::vector<FiringHistory::Pending> pending_;
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
  // One of these two, if the rule says anything of firings.
  std::optional<BlockRunner> firing_;
  std::optional<BlockRunner> laterFiring_;
  std::optional<BlockRunner> step_;
};

}  // namespace exocortex
