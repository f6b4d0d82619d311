// How firings are kept in rings and found again.
#include "firing-history.hpp"

#include "lane-steps.hpp"

#include <algorithm>

namespace exocortex {

namespace {

// Enough for most neurons between two spikes of a sender.
constexpr uint32_t firstLength = 8;
// Room for rings that grow while the network runs, in rings of the first length for each receiver; memory that nobody touches costs nothing.
constexpr std::size_t ringsReserved = 8;

// By how many doublings of the first length a ring is so long.
std::size_t doublingsOf(uint32_t length) {
  std::size_t doublings = 0;
  while (firstLength << doublings < length) doublings++;
  return doublings;
}

uint32_t placeOf(uint32_t newest, uint32_t mask, uint32_t depth) { return (newest & ~mask) | ((newest - depth) & mask); }

// The oldest falls out.
template <typename Recent, typename Number>
void pushRecent(Recent& recent, uint32_t receiver, Number number) {
  for (std::size_t age = recent.size() - 1; age > 0; age--) recent[age][receiver] = recent[age - 1][receiver];
  recent[0][receiver] = number;
}

}  // namespace

FiringHistory::FiringHistory(uint32_t receivers, std::size_t numbers, uint32_t settled)
    : settled_(settled),
      recentNumbers_(numbers),
      newest_(receivers),
      mask_(receivers, firstLength - 1),
      steps_(std::size_t{receivers} * firstLength, settled),
      numbers_(numbers, std::vector<int32_t>(steps_.size())) {
  for (auto& each : recentSteps_) each.assign(receivers, settled);
  for (auto& recent : recentNumbers_) {
    for (auto& each : recent) each.resize(receivers);
  }
  for (uint32_t receiver = 0; receiver < receivers; receiver++) newest_[receiver] = receiver * firstLength;
  steps_.reserve(ringsReserved * steps_.size());
  for (auto& each : numbers_) each.reserve(ringsReserved * each.size());
}

void FiringHistory::push(uint32_t receiver, uint32_t step, const int32_t* numbers) {
  // The oldest is the next in the ring.
  if (isAfter(steps_[placeOf(newest_[receiver], mask_[receiver], mask_[receiver])], settled_)) grow(receiver);
  const uint32_t place = placeOf(newest_[receiver], mask_[receiver], mask_[receiver]);
  steps_[place] = step;
  pushRecent(recentSteps_, receiver, step);
  for (std::size_t number = 0; number < numbers_.size(); number++) {
    numbers_[number][place] = numbers[number];
    pushRecent(recentNumbers_[number], receiver, numbers[number]);
  }
  newest_[receiver] = place;
}

void FiringHistory::grow(uint32_t receiver) {
  const uint32_t length = mask_[receiver] + 1;
  const uint32_t block = takeBlock(2 * length);
  for (uint32_t age = 0; age < length; age++) {
    const uint32_t from = placeOf(newest_[receiver], mask_[receiver], length - 1 - age);
    steps_[block + age] = steps_[from];
    for (auto& numbers : numbers_) numbers[block + age] = numbers[from];
  }
  std::fill_n(steps_.begin() + block + length, length, settled_);
  const std::size_t doublings = doublingsOf(length);
  if (free_.size() <= doublings) free_.resize(doublings + 1);
  free_[doublings].push_back(newest_[receiver] & ~mask_[receiver]);
  newest_[receiver] = block + length - 1;
  mask_[receiver] = 2 * length - 1;
}

uint32_t FiringHistory::takeBlock(uint32_t size) {
  const std::size_t doublings = doublingsOf(size);
  if (doublings < free_.size() && !free_[doublings].empty()) {
    const uint32_t block = free_[doublings].back();
    free_[doublings].pop_back();
    return block;
  }
  const std::size_t block = (steps_.size() + size - 1) / size * size;
  steps_.resize(block + size, settled_);
  for (auto& numbers : numbers_) numbers.resize(block + size);
  return static_cast<uint32_t>(block);
}

Listed FiringHistory::Pending::beginList(uint32_t most) {
  const std::size_t room = std::size_t{most} + listedBeyond;
  for (auto* each : {&places, &targets, &steps}) {
    if (each->size() < room) each->resize(room);
  }
  return {places.data(), targets.data(), steps.data()};
}

void FiringHistory::listPending(const uint32_t* targets, uint32_t count, uint32_t settled, Pending& pending) const {
  pending.count = listAfter({recentSteps_[0].data(), settled, nullptr, targets, count}, pending.beginList(count));
}

void FiringHistory::listDeeper(const Pending& pending, uint32_t depth, uint32_t settled, Pending& deeper) const {
  const Listed into = deeper.beginList(pending.count);
  if (depth < recentSteps_.size()) {
    deeper.count = listAfter(
        {recentSteps_[depth].data(), settled, pending.places.data(), pending.targets.data(), pending.count}, into);
    return;
  }
  uint32_t next = 0;
  for (uint32_t index = 0; index < pending.count; index++) {
    const uint32_t target = pending.targets[index];
    if (depth > mask_[target]) continue;
    const uint32_t step = steps_[placeOf(newest_[target], mask_[target], depth)];
    if (!isAfter(step, settled)) continue;
    into.places[next] = pending.places[index];
    into.targets[next] = target;
    into.steps[next++] = step;
  }
  deeper.count = next;
}

void FiringHistory::read(std::size_t number, const uint32_t* targets, uint32_t count, uint32_t depth, int32_t* into) const {
  if (depth < recentSteps_.size()) return gather(recentNumbers_[number][depth].data(), targets, into, count);
  const int32_t* numbers = numbers_[number].data();
  for (uint32_t index = 0; index < count; index++) {
    const uint32_t target = targets[index];
    into[index] = numbers[placeOf(newest_[target], mask_[target], depth)];
  }
}

void FiringHistory::forget(uint32_t settled, uint64_t turn) {
  settled_ = settled;
  if (newest_.empty()) return;
  const auto receiver = static_cast<uint32_t>(turn % newest_.size());
  const auto forgetIn = [&](uint32_t& step) {
    if (!isAfter(step, settled)) step = settled;
  };
  for (auto& steps : recentSteps_) forgetIn(steps[receiver]);
  for (uint32_t age = 0; age <= mask_[receiver]; age++) forgetIn(steps_[placeOf(newest_[receiver], mask_[receiver], age)]);
}

}  // namespace exocortex
