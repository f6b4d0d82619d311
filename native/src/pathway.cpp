// How pathways are merged from projections.
#include "pathway.hpp"

#include <optional>

namespace exocortex {

namespace {

// Nothing where weights differ or there are none.
std::optional<int32_t> commonWeightOf(const std::vector<PathwayPart>& parts) {
  std::optional<int32_t> common;
  for (const auto& part : parts) {
    for (const int32_t weight : part.plan->weights) {
      if (weight != common.value_or(weight)) return std::nullopt;
      common = weight;
    }
  }
  return common;
}

}  // namespace

Pathway mergePathway(const std::vector<PathwayPart>& parts) {
  const ProjectionPlan& first = *parts.front().plan;
  const std::size_t senders = first.rowStart.length - 1;
  Pathway pathway{first.from, first.delaySteps, LargeVector<uint64_t>(senders + 1)};
  for (uint32_t sender = 0; sender < senders; sender++) {
    uint64_t count = 0;
    for (const auto& [plan, range, receptorAt] : parts) {
      const Range row = synapsesInto(*plan, sender, range);
      count += row.end - row.begin;
    }
    pathway.rowStart[sender + 1] = pathway.rowStart[sender] + count;
  }
  const auto common = commonWeightOf(parts);
  // One more than there are, so that the row of a sender without synapses has an address.
  if (common) pathway.places.resize(pathway.rowStart[senders] + 1);
  else pathway.synapses.resize(pathway.rowStart[senders] + 1);
  pathway.commonWeight = common.value_or(0);
  uint64_t next = 0;
  for (uint32_t sender = 0; sender < senders; sender++) {
    for (const auto& [plan, range, receptorAt] : parts) {
      const Range row = synapsesInto(*plan, sender, range);
      for (uint32_t synapse = row.begin; synapse < row.end; synapse++) {
        const auto place = static_cast<uint32_t>(receptorAt + (plan->targets[synapse] - range.begin));
        if (common) pathway.places[next++] = place;
        else pathway.synapses[next++] = {place, plan->weights[synapse]};
      }
    }
  }
  return pathway;
}

}  // namespace exocortex
