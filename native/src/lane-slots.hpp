// Where the numbers of a plan's steps lie while it is carried out.
#pragma once

#include "lane-plan.hpp"

namespace exocortex {

// A slot is used again after the last step that reads it. Results that are stored in slots take those of the numbers that they replace.
void giveSlots(const Block& block, const LaneTask& task, LanePlan& plan);

}  // namespace exocortex
