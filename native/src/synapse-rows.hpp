// The synapses of one projection onto a range of neurons, by sender and, where it is asked for, by receiver.
#pragma once

#include "huge-pages.hpp"
#include "pathway.hpp"

namespace exocortex {

struct SynapseRows {
  SynapseRows(const ProjectionPlan& plan, const Range& range);

  uint32_t synapses() const { return static_cast<uint32_t>(targets.size()); }
  uint32_t senders() const { return static_cast<uint32_t>(rowStart.size() - 1); }

  LargeVector<uint32_t> rowStart;
  // Counted from the beginning of the range.
  LargeVector<uint32_t> targets;
  // How many synapses of a sender lead to neurons before the range.
  std::vector<uint32_t> before;
};

struct SynapseColumns {
  SynapseColumns() = default;
  SynapseColumns(const SynapseRows& rows, uint32_t receivers, bool withSenders);

  // For each synapse of a column from `from` on, one that comes `prefetchAhead` later: in the column, then in the next one to be visited.
  void listLater(uint32_t receiver, uint32_t next, uint32_t from, uint32_t count, uint32_t* later) const;

  // Asks for what says where the synapses of a column are, while the one before it has its turn.
  void expect(uint32_t receiver) const;

  LargeVector<uint32_t> columnStart;
  // Index among the rows.
  LargeVector<uint32_t> synapses;
  LargeVector<uint32_t> senders;
};

}  // namespace exocortex
