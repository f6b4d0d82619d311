// One thread's share of a network: a range of each population's neurons, and all synapses onto them.
#pragma once

#include "cheaper-step.hpp"
#include "kernel-arrays.hpp"
#include "lane-vector.hpp"
#include "pathway.hpp"
#include "plastic-synapses.hpp"
#include "short-term-synapses.hpp"
#include "spike-ring.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>

namespace exocortex {

class Shard {
 public:
  // Share `index` of `plan.threads`.
  Shard(const NetworkPlan& plan, uint32_t index);

  // Advances its neurons by at most `mostStepsAtOnce` steps and lists what they send: what is received in them has been delivered.
  void stepNeurons(uint64_t firstStep, uint32_t steps);
  // Delivers what arrives at its neurons, from all shares, and lets their synapses learn.
  // `ahead` is how many steps its neurons still have to take before those of this step; `signals` of the tick.
  void stepSynapses(uint64_t step, uint32_t ahead, const int32_t* signals, const std::vector<Shard>& all);
  // From the next step on. Throws std::invalid_argument for another number of them.
  void setParameters(std::size_t population, const Span<int32_t>& parameters);
  // An input from outside; neurons of other shares are left alone.
  void receive(const InputPlan& input, uint32_t neuron);

  const Sent& sent(std::size_t population, uint64_t step) const { return populations_[population].ring.at(step); }
  const std::optional<Saturation>& saturation() const { return saturation_; }
  // After a tick; `step` is its last.
  void surveyWeights(uint64_t tick, uint64_t step);

  struct Population {
    // The name of the kernels, and the best that they may be made for.
    std::string kernel;
    Vectors vectors;
    StepKernels kernels;
    // One for each of the pieces in which they are stepped.
    std::vector<CheaperStep> cheaper;
    uint32_t begin;
    uint32_t end;
    int32_t randomKey;
    std::optional<uint32_t> graded;
    std::vector<int32_t> parameters;
    std::vector<LaneVector> tables;
    // With room for whole groups of neurons.
    std::vector<LaneVector> state;
    // Where its receptors begin among all that the share receives.
    std::vector<std::size_t> receptorAt;
    std::vector<const int32_t*> tablePointers;
    // Of some neurons, for each step that is taken at once; used again and again.
    std::vector<int32_t*> statePointers;
    std::array<std::vector<int32_t*>, mostStepsAtOnce> receivedPointers;
    std::array<std::vector<uint32_t>, mostStepsAtOnce> fired;
    std::vector<uint8_t> flags;
    SpikeRing ring;
  };
  struct Projection {
    uint32_t from;
    uint32_t to;
    uint32_t delaySteps;
    std::size_t receptorAt;
    // Without learning and short-term plasticity the synapses lie in a pathway.
    std::optional<PlasticSynapses> plastic;
    std::optional<ShortTermSynapses> shortTerm;
    std::optional<Pathway> own;
  };

  // For reading and setting the state of the network.
  std::vector<Population>& populations() { return populations_; }
  std::vector<Projection>& projections() { return projections_; }
  int32_t* received(std::size_t population, std::size_t receptor) {
    return received_[0].data() + populations_[population].receptorAt[receptor];
  }

 private:
  // Visits the senders of a step, from all shares in ascending order.
  template <typename Visit>
  static void visitSpikes(uint32_t from, uint64_t step, const std::vector<Shard>& all, Visit visit);
  // Adds for each step how many of some neurons were brought back to their bounds; `ahead` is the first step's.
  void stepSome(Population& population, const Range& neurons, uint64_t firstStep, uint32_t ahead, uint32_t steps, int32_t* saturated);
  void note(const Saturation& found);
  template <typename Visit>
  static void visitShares(uint32_t from, uint64_t step, const std::vector<Shard>& all, Visit visit);
  void stepPathways(uint64_t step, int32_t* received, const std::vector<Shard>& all);
  void stepShortTerm(Projection& projection, uint64_t step, int32_t* received, const std::vector<Shard>& all);
  void stepPlastic(std::size_t index, uint64_t step, const int32_t* signals, const std::vector<Shard>& all);

  std::vector<Population> populations_;
  std::vector<Projection> projections_;
  std::vector<Pathway> pathways_;
  // The spikes that are due in a step; used again and again.
  struct Due {
    const Pathway* pathway;
    std::size_t row;
  };
  std::vector<Due> due_;
  // Who arrives and fires in a step of a projection that learns; used again and again.
  std::vector<uint32_t> arrived_;
  std::vector<uint32_t> firedHere_;
  std::unique_ptr<Workspace> workspace_;
  // What arrives for the next step, and for those after it: population after population, receptor after receptor, neuron after neuron.
  std::array<LaneVector, mostStepsAtOnce> received_;
  std::optional<Saturation> saturation_;
};

}  // namespace exocortex
