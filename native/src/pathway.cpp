// How pathways are merged from projections.
#include "pathway.hpp"

namespace exocortex {

Pathway mergePathway(const std::vector<PathwayPart>& parts) {
  const ProjectionPlan& first = *parts.front().plan;
  const std::size_t senders = first.rowStart.length - 1;
  Pathway pathway{first.from, first.delaySteps, LargeVector<uint64_t>(senders + 1), {}};
  for (uint32_t sender = 0; sender < senders; sender++) {
    uint64_t count = 0;
    for (const auto& [plan, range, receptorAt] : parts) {
      const Range row = synapsesInto(*plan, sender, range);
      count += row.end - row.begin;
    }
    pathway.rowStart[sender + 1] = pathway.rowStart[sender] + count;
  }
  // One more than there are, so that the row of a sender without synapses has an address.
  pathway.synapses.resize(pathway.rowStart[senders] + 1);
  auto next = pathway.synapses.begin();
  for (uint32_t sender = 0; sender < senders; sender++) {
    for (const auto& [plan, range, receptorAt] : parts) {
      const Range row = synapsesInto(*plan, sender, range);
      for (uint32_t synapse = row.begin; synapse < row.end; synapse++) {
        const std::size_t place = receptorAt + (plan->targets[synapse] - range.begin);
        *next++ = {static_cast<uint32_t>(place), plan->weights[synapse]};
      }
    }
  }
  return pathway;
}

}  // namespace exocortex
