// Where the registers of learning rules' blocks are filled.
#pragma once

#include "lane-steps.hpp"

#include <cstdint>
#include <deque>

namespace exocortex {

constexpr uint32_t synapsesAtOnce = 256;
// Of loops that keep what they compute in the processor's registers: hardly any slot is touched.
constexpr uint32_t synapsesOfFusedAtOnce = 1024;

// All blocks of a thread use the same, so that it stays in the nearest cache.
class Workspace {
 public:
  // `lanes`: by which they are carried out.
  explicit Workspace(const LaneFunctions& lanes) : lanes_(&lanes) {}

  const LaneFunctions& lanes() const { return *lanes_; }
  int32_t* slot(uint32_t index) {
    while (slots_.size() <= index) slots_.emplace_back();
    return slots_[index].values;
  }

 private:
  struct alignas(64) Slot {
    // Not a power of two: slots that lie whole pages apart would push each other out of the nearest cache.
    int32_t values[synapsesOfFusedAtOnce + 80] = {};
  };
  const LaneFunctions* lanes_;
  // Its elements stay where they are when it grows.
  std::deque<Slot> slots_;
};

}  // namespace exocortex
