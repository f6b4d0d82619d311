// How the synapses of a projection are laid out.
#include "synapse-rows.hpp"

#include "kernel-arrays.hpp"
#include "prefetch-row.hpp"

#include <algorithm>
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
    : columnStart(receivers + 1), synapses(rows.synapses()), senders(withSenders ? rows.synapses() : 0) {
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

void SynapseColumns::listLater(uint32_t receiver, uint32_t next, uint32_t from, uint32_t count, uint32_t* later) const {
  const uint32_t end = columnStart[receiver + 1];
  const uint32_t inColumn = end - from > prefetchAhead ? std::min(count, end - from - prefetchAhead) : 0;
  std::copy_n(synapses.data() + from + (inColumn > 0 ? prefetchAhead : 0), inColumn, later);
  const uint32_t nextBegin = columnStart[next];
  const uint32_t nextLength = columnStart[next + 1] - nextBegin;
  // Where in the next column the rest begins.
  const uint32_t skipped = from + inColumn + prefetchAhead - end;
  for (uint32_t index = inColumn; index < count; index++) {
    const uint32_t at = skipped + (index - inColumn);
    later[index] = synapses[at < nextLength ? nextBegin + at : from];
  }
}

void SynapseColumns::expect(uint32_t receiver) const {
  const uint32_t begin = columnStart[receiver];
  const uint32_t count = columnStart[receiver + 1] - begin;
  prefetchRow(synapses.data() + begin, count);
  if (!senders.empty()) prefetchRow(senders.data() + begin, count);
}

}  // namespace exocortex
