// Carries out all steps of a plan in one loop, where there is one for its shape: numbers stay in the processor's registers from step to step.
#pragma once

#include "lane-shapes.hpp"

#include <utility>

namespace exocortex {

// Of the steps and registers of a plan of the loop's shape. It asks for the memory of the next pieces of the same rows itself.
using FusedLoop = void (*)(const LaneStep* steps, const uint32_t* registers, const LanePiece& piece);
// By the number of the shape; nothing where these registers are not there. fused-steps-avx512.cpp.
FusedLoop avx512FusedLoop(std::size_t shape);

class FusedSteps {
 public:
  // Nothing where the processor or the shape has no loop.
  static std::optional<FusedSteps> of(const std::vector<LaneStep>& steps) {
    ShapedPlan plan = shapedPlan(steps);
    const auto shape = fusedShapeOf(plan.steps);
    const FusedLoop loop = shape ? avx512FusedLoop(*shape) : nullptr;
    if (loop == nullptr) return std::nullopt;
    return FusedSteps(loop, std::move(plan.registers));
  }

  void carryOut(const std::vector<LaneStep>& steps, const LanePiece& piece) const { loop_(steps.data(), registers_.data(), piece); }

 private:
  FusedSteps(FusedLoop loop, std::vector<uint32_t> registers) : loop_(loop), registers_(std::move(registers)) {}

  FusedLoop loop_;
  std::vector<uint32_t> registers_;
};

}  // namespace exocortex
