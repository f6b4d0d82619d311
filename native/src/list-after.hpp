// Which of some synapses have a target with a step after another one.
#pragma once

#include <cstdint>

namespace exocortex {

// Steps are compared as they follow each other, so that their numbers may begin again.
inline bool isAfter(uint32_t step, uint32_t other) { return static_cast<int32_t>(step - other) > 0; }

struct TargetsAfter {
  // The step of each target.
  const uint32_t* stepOf;
  uint32_t after;
  // Of the synapses; without places they are 0, 1, 2, ...
  const uint32_t* places;
  const uint32_t* targets;
  uint32_t count;
};

// Up to so many more than there are are written.
constexpr uint32_t listedBeyond = 16;

struct Listed {
  uint32_t* places;
  uint32_t* targets;
  uint32_t* steps;
};

// Returns how many there are, in their order.
uint32_t listAfter(const TargetsAfter& of, const Listed& into);

}  // namespace exocortex
