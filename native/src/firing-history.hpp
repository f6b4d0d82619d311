// The latest firings of each receiver and what synapses read of it then, kept until every sender's synapses have caught up on them.
#pragma once

#include "list-after.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace exocortex {

class FiringHistory {
 public:
  FiringHistory() = default;
  // `numbers`: how many each firing leaves. `settled`: the last step that all rows have caught up on.
  FiringHistory(uint32_t receivers, std::size_t numbers, uint32_t settled);

  // Takes a firing and the numbers that it leaves. Grows where a receiver fires often.
  void push(uint32_t receiver, uint32_t step, const int32_t* numbers);

  // Synapses of a row that a firing is pending for: their places in the row, their targets, and its step.
  struct Pending {
    std::vector<uint32_t> places;
    std::vector<uint32_t> targets;
    std::vector<uint32_t> steps;
    uint32_t count = 0;

    // For `most`.
    Listed beginList(uint32_t most);
  };
  // Lists the synapses of a row whose targets have fired after it was settled.
  void listPending(const uint32_t* targets, uint32_t count, uint32_t settled, Pending& pending) const;
  // Of these, those whose targets have fired `depth` more times since.
  void listDeeper(const Pending& pending, uint32_t depth, uint32_t settled, Pending& deeper) const;
  // Of some targets one of the numbers that the firing left that was followed by `depth` more.
  void read(std::size_t number, const uint32_t* targets, uint32_t count, uint32_t depth, int32_t* into) const;

  // All rows have caught up on this step. `turn`: counts the calls; each looks after one receiver, so that no firing that nobody asks for
  // any more becomes so old that it seems new.
  void forget(uint32_t settled, uint64_t turn);

 private:
  void grow(uint32_t receiver);
  uint32_t takeBlock(uint32_t size);

  uint32_t settled_ = 0;
  // Of its newest few firings, newest first, which are most that are asked for: a number of each receiver.
  template <typename Number>
  using Recent = std::array<std::vector<Number>, 4>;

  // Of each receiver: the steps of its newest firings and what these left; the place of the newest, and the length of its ring, a power of
  // two, minus 1. A ring begins at a whole multiple of its length.
  Recent<uint32_t> recentSteps_;
  std::vector<Recent<int32_t>> recentNumbers_;
  std::vector<uint32_t> newest_;
  std::vector<uint32_t> mask_;
  // Of each place.
  std::vector<uint32_t> steps_;
  std::vector<std::vector<int32_t>> numbers_;
  // Rings that were outgrown, by how often the first length was doubled.
  std::vector<std::vector<uint32_t>> free_;
};

}  // namespace exocortex
