// A network of spiking neurons, computed tick by tick; the same spikes and weights, bit for bit, as simulation/backend/typescript.
#pragma once

#include "kernel-arrays.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace exocortex {

struct PopulationPlan {
  uint32_t neurons;
  std::string kernel;
  uint32_t stateVariables;
  uint32_t receptors;
  std::vector<int32_t> parameters;
  int32_t randomKey;
};

struct RulePlan {
  std::string kernel;
  std::vector<int32_t> parameters;
  // Decays of each trace, by age in steps.
  std::vector<std::vector<int32_t>> senderFactors;
  std::vector<std::vector<int32_t>> receiverFactors;
  std::vector<uint32_t> columnStart;
  std::vector<uint32_t> synapses;
  std::vector<uint32_t> senders;
};

struct ProjectionPlan {
  uint32_t from;
  uint32_t to;
  uint32_t delaySteps;
  std::vector<uint32_t> rowStart;
  std::vector<uint32_t> targets;
  std::vector<int32_t> weights;
  std::optional<RulePlan> rule;
};

struct InputPlan {
  uint32_t to;
  uint32_t neuronsPerElectrode;
  int32_t weight;
};

struct NetworkPlan {
  uint32_t stepsPerTick;
  std::vector<int32_t> normalTable;
  std::vector<PopulationPlan> populations;
  std::vector<ProjectionPlan> projections;
  std::vector<InputPlan> inputs;
};

// A value that left its range: nothing that follows is what the network says.
struct Saturation {
  enum class Kind : uint32_t { population = 1, trace = 2 };
  Kind kind;
  // Index of the population or the projection; how many neurons, or which; in which step.
  uint32_t index;
  uint32_t neurons;
  uint64_t step;
};

class Network {
 public:
  // Throws BadPlan for what does not fit together.
  explicit Network(NetworkPlan plan);

  // One tick: input spikes of electrodes take effect at its beginning. Returns the spikes, step after step, ascending within a step.
  const std::vector<uint32_t>& tick(const uint16_t* channels, std::size_t count);

  // Set by the tick that meets one; the network must not be used after it.
  const std::optional<Saturation>& saturation() const { return saturation_; }
  // Over all plastic synapses, and how many they are.
  int64_t weightSum() const;
  std::size_t plasticSynapses() const;
  // All plastic weights in mV: projections in order, synapses by sender, then receiver.
  void copyPlasticWeights(float* millivolts) const;

 private:
  using SpikeList = std::vector<uint32_t>;

  struct Population {
    StepKernel kernel;
    uint32_t firstNeuron;
    uint32_t neurons;
    int32_t randomKey;
    std::vector<int32_t> parameters;
    std::vector<std::vector<int32_t>> state;
    std::vector<std::vector<int32_t>> received;
    std::vector<int32_t*> statePointers;
    std::vector<int32_t*> receivedPointers;
    std::vector<uint8_t> fired;
    // Spikes of the last steps, a ring.
    std::vector<SpikeList> history;
  };

  struct Rule {
    RuleKernel kernel;
    RulePlan plan;
    std::vector<Traces> senderTraces;
    std::vector<Traces> receiverTraces;
    // As they are in a step.
    std::vector<const int32_t*> sendersNow;
    std::vector<const int32_t*> receiversNow;
    PlasticArrays arrays;
    int64_t weightSum;
  };

  struct Projection {
    ProjectionPlan plan;
    std::optional<Rule> rule;
  };

  void drive(const uint16_t* channels, std::size_t count);
  void stepPopulation(std::size_t index);
  void stepProjection(std::size_t index);
  void learn(std::size_t index, const SpikeList& arrived, const SpikeList& fired);
  SpikeList& spikesAt(Population& population, uint64_t step) {
    return population.history[step % population.history.size()];
  }

  uint32_t stepsPerTick_;
  std::vector<int32_t> normalTable_;
  std::vector<Population> populations_;
  std::vector<Projection> projections_;
  std::vector<InputPlan> inputs_;
  std::vector<uint32_t> spikes_;
  uint64_t step_ = 0;
  std::optional<Saturation> saturation_;
};

}  // namespace exocortex
