// The synapses of one projection onto a range of neurons, and how they learn.
#pragma once

#include "huge-pages.hpp"
#include "kernel-arrays.hpp"
#include "pathway.hpp"
#include "traces.hpp"

#include <optional>

namespace exocortex {

class PlasticSynapses {
 public:
  PlasticSynapses(const ProjectionPlan& plan, const Range& range);

  void deliver(uint32_t sender, int32_t* received) const;
  // `part` of a spike, in units of 2^-15.
  void deliverPart(uint32_t sender, int32_t part, int32_t* received) const;
  // Begins the learning of a step with the traces of before.
  void begin(uint32_t step);
  void arrive(uint32_t sender) { weightSum_ += kernel_.onArrival(arrays_, sender); }
  // `receiver` counts from the beginning of the range.
  void fire(uint32_t receiver) { weightSum_ += kernel_.onFiring(arrays_, receiver); }
  // Adds a spike to the traces of its neuron; returns whether one is as large as it can become.
  bool remember(std::vector<Traces>& traces, uint32_t neuron, uint32_t step);

  std::vector<Traces>& senderTraces() { return senderTraces_; }
  std::vector<Traces>& receiverTraces() { return receiverTraces_; }
  const LargeVector<uint32_t>& rowStart() const { return rowStart_; }
  LargeVector<int32_t>& weights() { return weights_; }
  // After weights were set from outside.
  void sumWeights();
  int64_t weightSum() const { return weightSum_; }

 private:
  RuleKernel kernel_;
  std::vector<int32_t> parameters_;
  LargeVector<uint32_t> rowStart_;
  LargeVector<uint32_t> targets_;
  LargeVector<int32_t> weights_;
  LargeVector<uint32_t> columnStart_;
  LargeVector<uint32_t> synapses_;
  LargeVector<uint32_t> senders_;
  std::vector<Traces> senderTraces_;
  std::vector<Traces> receiverTraces_;
  // As they are in a step.
  std::vector<const int32_t*> sendersNow_;
  std::vector<const int32_t*> receiversNow_;
  PlasticArrays arrays_;
  int64_t weightSum_ = 0;
};

}  // namespace exocortex
