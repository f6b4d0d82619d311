// Synapses of fixed weights from one population: a row for each sender and delay, each synapse with the place where it adds.
#pragma once

#include "huge-pages.hpp"
#include "kernel-arrays.hpp"
#include "kernel-functions.hpp"
#include "network-plan.hpp"
#include "prefetch-row.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace exocortex {

// The range of a population's neurons that belongs to a share.
struct Range {
  uint32_t begin;
  uint32_t end;
};

struct Pathway {
  uint32_t from;
  // Ascending.
  std::vector<uint32_t> delaySteps;
  // The rows of a sender lie side by side: they are read in steps that soon follow each other.
  LargeVector<uint64_t> rowStart;
  // Place among what the share receives, and weight, side by side; where all weights are the same, places alone: half the memory to read, and
  // a quarter where all places are below 2^16.
  struct Synapse {
    uint32_t place;
    int32_t weight;
  };
  LargeVector<Synapse> synapses = {};
  LargeVector<uint32_t> places = {};
  LargeVector<uint16_t> nearPlaces = {};
  int32_t commonWeight = 0;

  std::size_t rowOf(uint32_t sender, std::size_t delay) const { return sender * delaySteps.size() + delay; }

  // Visits place and weight of the synapses of a row.
  template <typename Visit>
  void visitRow(std::size_t row, Visit visit) const {
    const int32_t weight = commonWeight;
    if (!nearPlaces.empty()) visitEach(nearPlaces, row, [=](uint16_t place) { visit(place, weight); });
    else if (!places.empty()) visitEach(places, row, [=](uint32_t place) { visit(place, weight); });
    else visitEach(synapses, row, [=](const Synapse& synapse) { visit(synapse.place, synapse.weight); });
  }
  void deliver(std::size_t row, int32_t* received) const {
    visitRow(row, [=](uint32_t place, int32_t weight) { received[place] += weight; });
  }
  // `part` of a spike, in units of 2^-15.
  void deliverPart(std::size_t row, int32_t part, int32_t* received) const {
    visitRow(row, [=](uint32_t place, int32_t weight) { received[place] += partOf(weight, part); });
  }
  // Asks for the synapses of a row whose turn comes.
  void expect(std::size_t row) const {
    if (!nearPlaces.empty()) expectIn(nearPlaces, row);
    else if (!places.empty()) expectIn(places, row);
    else expectIn(synapses, row);
  }

 private:
  template <typename T, typename Visit>
  void visitEach(const LargeVector<T>& all, std::size_t row, Visit visit) const {
    const T* end = all.data() + rowStart[row + 1];
    EXOCORTEX_UNROLLED
    for (const T* each = all.data() + rowStart[row]; each < end; each++) visit(*each);
  }
  template <typename T>
  void expectIn(const LargeVector<T>& all, std::size_t row) const {
    prefetchRow(all.data() + rowStart[row], static_cast<uint32_t>(rowStart[row + 1] - rowStart[row]));
  }
};

// A projection's part that leads into a range, and where its receptor begins.
struct PathwayPart {
  const ProjectionPlan* plan;
  Range range;
  std::size_t receptorAt;
};

// Merges projections from the same population: sums of whole numbers do not depend on the order.
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
