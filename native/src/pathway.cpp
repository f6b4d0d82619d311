// How pathways are merged from projections.
#include "pathway.hpp"

#include <map>
#include <numeric>
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

// Behind the last one.
std::size_t endOfPlaces(const std::vector<PathwayPart>& parts) {
  std::size_t end = 0;
  for (const auto& part : parts) end = std::max<std::size_t>(end, part.receptorAt + (part.range.end - part.range.begin));
  return end;
}

}  // namespace

Pathway mergePathway(const std::vector<PathwayPart>& parts) {
  const ProjectionPlan& first = *parts.front().plan;
  const std::size_t senders = first.rowStart.length - 1;
  std::map<uint32_t, std::vector<PathwayPart>> byDelay;
  for (const auto& part : parts) byDelay[part.plan->delaySteps].push_back(part);
  Pathway pathway{first.from, {}, LargeVector<uint64_t>(senders * byDelay.size() + 1)};
  for (const auto& [delaySteps, together] : byDelay) pathway.delaySteps.push_back(delaySteps);
  const auto visitRows = [&](auto visit) {
    std::size_t row = 0;
    for (uint32_t sender = 0; sender < senders; sender++) {
      for (const auto& [delaySteps, together] : byDelay) {
        for (const auto& part : together) visit(row, part, synapsesInto(*part.plan, sender, part.range));
        row++;
      }
    }
  };
  visitRows([&](std::size_t row, const PathwayPart&, const Range& synapses) { pathway.rowStart[row + 1] += synapses.end - synapses.begin; });
  std::partial_sum(pathway.rowStart.begin(), pathway.rowStart.end(), pathway.rowStart.begin());
  const auto common = commonWeightOf(parts);
  // One more than there are, so that a row without synapses has an address.
  const std::size_t count = pathway.rowStart.back() + 1;
  const bool areNear = endOfPlaces(parts) <= 1 << 16;
  if (!common) pathway.synapses.resize(count);
  else if (areNear) pathway.nearPlaces.resize(count);
  else pathway.places.resize(count);
  pathway.commonWeight = common.value_or(0);
  uint64_t next = 0;
  visitRows([&](std::size_t, const PathwayPart& part, const Range& synapses) {
    for (uint32_t synapse = synapses.begin; synapse < synapses.end; synapse++) {
      const auto place = static_cast<uint32_t>(part.receptorAt + (part.plan->targets[synapse] - part.range.begin));
      if (!common) pathway.synapses[next++] = {place, part.plan->weights[synapse]};
      else if (areNear) pathway.nearPlaces[next++] = static_cast<uint16_t>(place);
      else pathway.places[next++] = place;
    }
  });
  return pathway;
}

}  // namespace exocortex
