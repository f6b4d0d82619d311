// Where the registers of learning rules' blocks are filled.
#pragma once

#include <cstdint>
#include <deque>

namespace exocortex {

constexpr uint32_t synapsesAtOnce = 256;

// All blocks of a thread use the same, so that it stays in the nearest cache.
class Workspace {
 public:
  int32_t* slot(uint32_t index) {
    while (slots_.size() <= index) slots_.emplace_back();
    return slots_[index].values;
  }

 private:
  struct alignas(64) Slot {
    int32_t values[synapsesAtOnce] = {};
  };
  // Its elements stay where they are when it grows.
  std::deque<Slot> slots_;
};

}  // namespace exocortex
