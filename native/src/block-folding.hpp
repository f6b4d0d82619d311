// Roundings become a part of the products that they follow, and bounds a part of results.
#pragma once

#include "rule-program.hpp"

namespace exocortex {

// So that a product of 53 bits and what it is rounded by fit 64.
constexpr int32_t shiftMost = 62;

// The same numbers by fewer instructions: a product that was rounded twice is rounded once to the same, and a result that has been
// brought within its bounds is brought there when it is stored.
Block folded(Block block);

}  // namespace exocortex
