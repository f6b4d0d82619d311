// Synapses of fixed weights from one population with one delay: rows by sender, each synapse with the place where it adds.
#pragma once

#include "huge-pages.hpp"
#include "kernel-functions.hpp"
#include "network-plan.hpp"

#include <algorithm>
#include <cstdint>

namespace exocortex {

// The range of a population's neurons that belongs to a share.
struct Range {
  uint32_t begin;
  uint32_t end;
};

struct Pathway {
  uint32_t from;
  uint32_t delaySteps;
  LargeVector<uint64_t> rowStart;
  // Place among what the share receives, and weight, side by side.
  struct Synapse {
    uint32_t place;
    int32_t weight;
  };
  LargeVector<Synapse> synapses;

  // The synapses of a sender.
  struct Row {
    const Synapse* begin;
    const Synapse* end;

    void deliver(int32_t* received) const {
      for (const Synapse* synapse = begin; synapse < end; synapse++) received[synapse->place] += synapse->weight;
    }
  };
  Row rowOf(uint32_t sender) const {
    return {synapses.data() + rowStart[sender], synapses.data() + rowStart[sender + 1]};
  }
  // `part` of a spike, in units of 2^-15.
  void deliverPart(uint32_t sender, int32_t part, int32_t* received) const {
    for (uint64_t synapse = rowStart[sender]; synapse < rowStart[sender + 1]; synapse++)
      received[synapses[synapse].place] += partOf(synapses[synapse].weight, part);
  }
};

// A projection's part that leads into a range, and where its receptor begins.
struct PathwayPart {
  const ProjectionPlan* plan;
  Range range;
  std::size_t receptorAt;
};

// Merges projections from the same population with the same delay: sums of whole numbers do not depend on the order.
Pathway mergePathway(const std::vector<PathwayPart>& parts);

// The synapses of a row that lead into a range: their targets never descend.
inline Range synapsesInto(const ProjectionPlan& plan, uint32_t sender, const Range& range) {
  const uint32_t* first = plan.targets.values + plan.rowStart[sender];
  const uint32_t* last = plan.targets.values + plan.rowStart[sender + 1];
  const auto at = [&](uint32_t target) {
    return static_cast<uint32_t>(std::lower_bound(first, last, target) - plan.targets.values);
  };
  return {at(range.begin), at(range.end)};
}

}  // namespace exocortex
