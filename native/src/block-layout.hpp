// Where the registers of a learning rule's block lie while it is carried out.
#pragma once

#include "rule-program.hpp"

#include <cstdint>
#include <vector>

namespace exocortex {

enum class ProgramEvent : uint32_t { arrival, firing, step };

enum class Lie {
  // One number for all synapses of the event.
  uniform,
  // Where the synapses keep it: a row lies side by side.
  inRow,
  // In a slot of the workspace.
  slot
};

struct BlockLayout {
  // For each register.
  std::vector<Lie> lies;
  std::vector<uint32_t> slots;
  uint32_t slotCount = 0;
};

// A slot is used again after the last instruction or result that reads it.
BlockLayout layOut(const Block& block, ProgramEvent event, const std::vector<Factor>& factors);

}  // namespace exocortex
