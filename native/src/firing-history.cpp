// How firings are kept in rings and found again.
#include "firing-history.hpp"

#include "kernel-arrays.hpp"

#include <algorithm>

namespace exocortex {

namespace {

// Enough for most neurons between two spikes of a sender.
constexpr uint32_t firstLength = 8;
// Room for rings that grow while the network runs, in rings of the first length for each receiver; memory that nobody touches costs nothing.
constexpr std::size_t ringsReserved = 8;

// They lie together, so that they come into the cache together.
constexpr uint32_t recentSteps = 4;

bool isAfter(uint32_t step, uint32_t other) { return static_cast<int32_t>(step - other) > 0; }

uint32_t placeOf(uint32_t newest, uint32_t mask, uint32_t depth) { return (newest & ~mask) | ((newest - depth) & mask); }

EXOCORTEX_CLONES
void findAll(const uint32_t* __restrict targets, uint32_t count, uint32_t depth, const uint32_t* __restrict newest,
             const uint32_t* __restrict mask, const uint32_t* __restrict stepOf, uint32_t* __restrict places,
             uint32_t* __restrict steps) {
  EXOCORTEX_INDEPENDENT
  for (uint32_t index = 0; index < count; index++) {
    const auto target = static_cast<int32_t>(targets[index]);
    const uint32_t place = placeOf(newest[target], mask[target], depth);
    places[index] = place;
    steps[index] = stepOf[static_cast<int32_t>(place)];
  }
}

EXOCORTEX_CLONES
void gatherEach(const uint32_t* __restrict of, uint32_t apart, const uint32_t* __restrict targets, uint32_t count,
                uint32_t* __restrict into) {
  EXOCORTEX_INDEPENDENT
  for (uint32_t index = 0; index < count; index++) into[index] = of[static_cast<int32_t>(apart * targets[index])];
}

// One more than are found is written.
void makeRoom(FiringHistory::Pending& pending, uint32_t most) {
  if (pending.places.size() > most) return;
  pending.places.resize(most + std::size_t{1});
  pending.targets.resize(most + std::size_t{1});
}

}  // namespace

FiringHistory::FiringHistory(uint32_t receivers, std::size_t values, uint32_t settled)
    : settled_(settled),
      lastStep_(receivers, settled),
      recent_(std::size_t{receivers} * recentSteps, settled),
      newest_(receivers),
      mask_(receivers, firstLength - 1),
      steps_(std::size_t{receivers} * firstLength, settled),
      values_(values, std::vector<int32_t>(steps_.size())) {
  for (uint32_t receiver = 0; receiver < receivers; receiver++) newest_[receiver] = receiver * firstLength;
  steps_.reserve(ringsReserved * steps_.size());
  for (auto& each : values_) each.reserve(ringsReserved * each.size());
}

uint32_t FiringHistory::push(uint32_t receiver, uint32_t step) {
  // The oldest is the next in the ring.
  if (isAfter(steps_[placeOf(newest_[receiver], mask_[receiver], mask_[receiver])], settled_)) grow(receiver);
  const uint32_t place = placeOf(newest_[receiver], mask_[receiver], mask_[receiver]);
  steps_[place] = step;
  const auto recent = recent_.begin() + std::ptrdiff_t{receiver} * recentSteps;
  std::copy_backward(recent, recent + recentSteps - 1, recent + recentSteps);
  *recent = step;
  lastStep_[receiver] = step;
  newest_[receiver] = place;
  return place;
}

void FiringHistory::grow(uint32_t receiver) {
  const uint32_t length = mask_[receiver] + 1;
  const uint32_t block = takeBlock(2 * length);
  for (uint32_t age = 0; age < length; age++) {
    const uint32_t from = placeOf(newest_[receiver], mask_[receiver], length - 1 - age);
    steps_[block + age] = steps_[from];
    for (auto& values : values_) values[block + age] = values[from];
  }
  std::fill_n(steps_.begin() + block + length, length, settled_);
  std::size_t logarithm = 0;
  while (firstLength << logarithm < length) logarithm++;
  if (free_.size() <= logarithm) free_.resize(logarithm + 1);
  free_[logarithm].push_back(newest_[receiver] & ~mask_[receiver]);
  newest_[receiver] = block + length - 1;
  mask_[receiver] = 2 * length - 1;
}

uint32_t FiringHistory::takeBlock(uint32_t size) {
  std::size_t logarithm = 0;
  while (firstLength << logarithm < size) logarithm++;
  if (logarithm < free_.size() && !free_[logarithm].empty()) {
    const uint32_t block = free_[logarithm].back();
    free_[logarithm].pop_back();
    return block;
  }
  const std::size_t block = (steps_.size() + size - 1) / size * size;
  steps_.resize(block + size, settled_);
  for (auto& values : values_) values.resize(block + size);
  return static_cast<uint32_t>(block);
}

void FiringHistory::listPending(const uint32_t* targets, uint32_t count, uint32_t settled, Pending& pending) const {
  makeRoom(pending, count);
  const uint32_t* lastStep = lastStep_.data();
  uint32_t* places = pending.places.data();
  uint32_t* found = pending.targets.data();
  uint32_t next = 0;
  for (uint32_t index = 0; index < count; index++) {
    const uint32_t target = targets[index];
    places[next] = index;
    found[next] = target;
    next += isAfter(lastStep[target], settled);
  }
  pending.count = next;
}

void FiringHistory::listDeeper(const Pending& pending, uint32_t depth, uint32_t settled, Pending& deeper) const {
  makeRoom(deeper, pending.count);
  const uint32_t* recent = recent_.data();
  uint32_t* places = deeper.places.data();
  uint32_t* found = deeper.targets.data();
  uint32_t next = 0;
  const auto list = [&](auto isPending) {
    for (uint32_t index = 0; index < pending.count; index++) {
      const uint32_t target = pending.targets[index];
      places[next] = pending.places[index];
      found[next] = target;
      next += isPending(target);
    }
  };
  if (depth < recentSteps) list([&](uint32_t target) { return isAfter(recent[std::size_t{target} * recentSteps + depth], settled); });
  else
    list([&](uint32_t target) {
      return depth <= mask_[target] && isAfter(steps_[placeOf(newest_[target], mask_[target], depth)], settled);
    });
  deeper.count = next;
}

void FiringHistory::find(const uint32_t* targets, uint32_t count, uint32_t depth, uint32_t* places, uint32_t* steps) const {
  if (depth < recentSteps && (depth == 0 || values_.empty())) {
    gatherEach(recent_.data() + depth, recentSteps, targets, count, steps);
    if (!values_.empty()) gatherEach(newest_.data(), 1, targets, count, places);
  } else {
    findAll(targets, count, depth, newest_.data(), mask_.data(), steps_.data(), places, steps);
  }
}

void FiringHistory::forget(uint32_t settled, uint64_t turn) {
  settled_ = settled;
  if (lastStep_.empty()) return;
  const auto receiver = static_cast<uint32_t>(turn % lastStep_.size());
  if (!isAfter(lastStep_[receiver], settled)) lastStep_[receiver] = settled;
  for (uint32_t age = 0; age < recentSteps; age++) {
    uint32_t& step = recent_[std::size_t{receiver} * recentSteps + age];
    if (!isAfter(step, settled)) step = settled;
  }
  for (uint32_t age = 0; age <= mask_[receiver]; age++) {
    uint32_t& step = steps_[placeOf(newest_[receiver], mask_[receiver], age)];
    if (!isAfter(step, settled)) step = settled;
  }
}

}  // namespace exocortex
