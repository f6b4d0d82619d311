// Roundings become a part of the products that they follow, and bounds a part of results.
#pragma once

#include "rule-program.hpp"

namespace exocortex {

// Most vector units shift 64 bits only without sign: what a product loses beyond these bits is shifted by itself.
constexpr int32_t nearProductMost = 32;

// The same numbers by fewer instructions: a product that was rounded twice is rounded once to the same, and a result that has been
// brought within its bounds is brought there when it is stored.
Block folded(Block block);

}  // namespace exocortex
