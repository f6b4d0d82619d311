// A network of spiking neurons, computed tick by tick; the same spikes and weights, bit for bit, as simulation/backend/typescript.
#pragma once

#include "shard.hpp"
#include "team.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace exocortex {

struct NetworkState {
  uint64_t step;
  std::map<std::string, std::vector<int32_t>> arrays;
};

class Network {
 public:
  // Throws std::invalid_argument for what does not fit together.
  explicit Network(const NetworkPlan& plan);

  // One tick: input spikes of electrodes take effect at its beginning; of signals there are `signalWords()`. Returns the spikes, step
  // after step, ascending within a step.
  const std::vector<uint32_t>& tick(const uint16_t* channels, std::size_t count, const int32_t* signals);

  // Set by the tick that meets one; the network must not be used after it.
  std::optional<Saturation> saturation() const;
  // Of a projection that learns: each weight as it was when its part was surveyed last.
  int64_t weightSum(std::size_t projection);

  // The weights of a projection that learns, synapses by sender, then receiver; of any other, nothing.
  // Of a projection whose synapses change in every step: what its loop looks like, as in fused-shapes.hpp; and whether it is one loop.
  std::string stepShape(std::size_t projection);
  bool isStepFused(std::size_t projection);
  std::vector<int32_t> weights(std::size_t projection) { return synapseArray(projection, 0); }

  // Of some neurons, numbered within their population. Throws std::invalid_argument for what is not there.
  void readState(std::size_t population, std::size_t variable, const uint32_t* neurons, std::size_t count, int32_t* values);
  // Of some synapses of a projection that learns, in the order of `weights`, with their senders: array 0 are the weights, then variables.
  // Throws std::invalid_argument.
  void readSynapses(std::size_t projection, std::size_t array, const uint32_t* senders, const uint32_t* synapses,
                    std::size_t count, int32_t* values);

  // From the next tick on. Throws std::invalid_argument for a population that is not there and for another number of them.
  void setParameters(std::size_t population, const Span<int32_t>& parameters);

  std::size_t projections() const { return projections_; }
  std::size_t signalWords() const { return signalWords_; }

  // Everything that decides what comes, under the names of simulation/backend/network-state.ts.
  NetworkState state();
  // Throws std::invalid_argument for a state of another network; then nothing has changed.
  void restore(const NetworkState& state);

 private:
  struct Numbered {
    uint32_t firstNeuron;
    uint32_t neurons;
    // Of the spikes that leave it.
    uint32_t longestDelay;
  };

  // Visits every array of fixed length, share after share: name, values of the share, how they are cut from the whole.
  template <typename Visit>
  void visitArrays(Visit visit);
  // The weights or, from 1 on, a variable of all synapses of a projection that learns, by sender, then receiver; of any other, nothing.
  std::vector<int32_t> synapseArray(std::size_t projection, std::size_t array);
  void restoreSynapses(std::size_t projection, std::size_t array, const std::vector<int32_t>& values);
  // Names of the arrays of a projection's synapses, in their order.
  std::vector<std::string> synapseArrays(std::size_t projection);
  // For each part of a projection that learns the sum of its weights, of all shares.
  std::vector<int64_t> surveyed(std::size_t projection);
  void restoreSurveyed(std::size_t projection, const std::vector<int32_t>& words);
  void saveSpikes(std::size_t population, NetworkState& state) const;
  void restoreSpikes(std::size_t population, const NetworkState& state);
  void drive(const uint16_t* channels, std::size_t count);
  void collectSpikes(uint64_t step);

  uint32_t stepsPerTick_;
  uint32_t stepsAtOnce_;
  std::vector<Numbered> populations_;
  std::size_t projections_;
  std::size_t signalWords_;
  std::vector<InputPlan> inputs_;
  std::vector<Shard> shards_;
  std::vector<uint32_t> spikes_;
  uint64_t step_ = 0;
  // Last, so that its threads end before what they use.
  std::unique_ptr<Team> team_;
};

}  // namespace exocortex
