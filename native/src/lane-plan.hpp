// Makes few steps of the instructions of a learning rule's block: sums join the products that they add, and results are stored where they are made.
#pragma once

#include "block-folding.hpp"
#include "lane-steps.hpp"

#include <optional>

namespace exocortex {

// What the numbers of a block are computed from, and what is wanted of them.
struct LaneTask {
  // For each register, whether it is computed; and where those lie that are not.
  std::vector<bool> isComputed;
  std::vector<LaneSource> sources;
  // Which of these are first copied to a slot.
  std::vector<bool> isCopied;
  // Registers that are wanted; those that are computed lie where the caller says.
  std::vector<uint32_t> kept;
  // Results that are stored: indices among the block's outputs.
  std::vector<uint32_t> stored;
  // Whether they are stored in slots, those of the numbers that they replace where these are copied.
  bool storesSlots = false;
};

struct LanePlan {
  std::vector<LaneStep> steps;
  // How many registers there are: those of the block, one for each of its outputs (where it is stored), then what is fetched or copied.
  uint32_t registers = 0;
  // The slot of each register that has one.
  std::vector<std::optional<uint32_t>> slots;
  uint32_t slotCount = 0;
  // Registers of the block that are gathered together: they lie two by two at another one.
  struct Two {
    uint32_t first;
    uint32_t second;
    uint32_t at;
  };
  std::vector<Two> twos;
};

LanePlan planLanes(const Block& block, const LaneTask& task);

}  // namespace exocortex
