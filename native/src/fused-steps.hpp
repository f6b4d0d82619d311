// Carries out all steps of a plan in one loop, where there is one for its shape: numbers stay in the processor's registers from step to step.
#pragma once

#include "lane-shapes.hpp"

#include <utility>

namespace exocortex {

class FusedSteps {
 public:
  // Nothing where there is no loop for these lanes and the shape.
  static std::optional<FusedSteps> of(const std::vector<LaneStep>& steps, const LaneFunctions& lanes) {
    ShapedPlan plan = shapedPlan(steps);
    const auto shape = fusedShapeOf(plan.steps);
    if (!shape || lanes.fusedLoop == nullptr) return std::nullopt;
    return FusedSteps(lanes.fusedLoop(*shape), std::move(plan.registers));
  }

  void carryOut(const std::vector<LaneStep>& steps, const LanePiece& piece) const { loop_(steps.data(), registers_.data(), piece); }

 private:
  FusedSteps(FusedLoop loop, std::vector<uint32_t> registers) : loop_(loop), registers_(std::move(registers)) {}

  FusedLoop loop_;
  std::vector<uint32_t> registers_;
};

}  // namespace exocortex
