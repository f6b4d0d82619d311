// How the synapses of a projection are laid out.
#include "synapse-rows.hpp"

#include "kernel-arrays.hpp"

#include <numeric>

namespace exocortex {

SynapseRows::SynapseRows(const ProjectionPlan& plan, const Range& range) : rowStart(plan.rowStart.length) {
  const uint32_t count = static_cast<uint32_t>(plan.rowStart.length - 1);
  for (uint32_t sender = 0; sender < count; sender++) {
    const Range row = synapsesInto(plan, sender, range);
    for (uint32_t synapse = row.begin; synapse < row.end; synapse++) targets.push_back(plan.targets[synapse] - range.begin);
    before.push_back(row.begin - plan.rowStart[sender]);
    rowStart[sender + 1] = synapses();
  }
}

SynapseColumns::SynapseColumns(const SynapseRows& rows, uint32_t receivers, bool withSenders)
    : columnStart(receivers + 1), synapses(rows.synapses() + prefetchAhead), senders(withSenders ? rows.synapses() : 0) {
  for (const uint32_t target : rows.targets) columnStart[target + 1]++;
  std::partial_sum(columnStart.begin(), columnStart.end(), columnStart.begin());
  LargeVector<uint32_t> next(columnStart.begin(), columnStart.end());
  for (uint32_t sender = 0; sender < rows.senders(); sender++) {
    for (uint32_t synapse = rows.rowStart[sender]; synapse < rows.rowStart[sender + 1]; synapse++) {
      const uint32_t at = next[rows.targets[synapse]]++;
      synapses[at] = synapse;
      if (withSenders) senders[at] = sender;
    }
  }
}

}  // namespace exocortex
