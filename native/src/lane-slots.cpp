// How long each register is needed.
#include "lane-slots.hpp"

#include <algorithm>

namespace exocortex {

namespace {

template <typename Visit>
void visitReads(const LaneStep& step, Visit visit) {
  const bool hasA = step.kind == LaneKind::sum ? step.isProduct : step.kind != LaneKind::fetchTwo;
  const bool hasB = step.kind != LaneKind::shiftLeft && step.kind != LaneKind::shiftRight && step.kind != LaneKind::look;
  if (hasA) visit(step.a);
  if (hasB) visit(step.b);
  if (step.kind == LaneKind::sum && step.joint != Joint::alone) visit(step.c);
}

}  // namespace

void giveSlots(const Block& block, const LaneTask& task, LanePlan& plan) {
  constexpr std::size_t never = SIZE_MAX;
  const auto outputsFrom = static_cast<uint32_t>(block.inputs.size() + block.instructions.size());
  std::vector<std::size_t> lastUse(plan.registers);
  for (std::size_t at = 0; at < plan.steps.size(); at++) visitReads(plan.steps[at], [&](uint32_t reg) { lastUse[reg] = at; });
  for (const uint32_t reg : task.kept) lastUse[reg] = never;
  plan.slots.resize(plan.registers);
  std::vector<uint32_t> free;
  const auto take = [&](uint32_t reg) {
    if (free.empty()) {
      plan.slots[reg] = plan.slotCount++;
      return;
    }
    plan.slots[reg] = free.back();
    free.pop_back();
  };
  for (uint32_t reg = 0; reg < outputsFrom; reg++) {
    if (task.isCopied[reg]) take(reg);
  }
  for (const uint32_t output : task.stored) {
    if (!task.storesSlots) break;
    const auto input = std::find_if(block.inputs.begin(), block.inputs.end(),
                                    [&](const Input& each) { return block.outputs[output].replaces(each); });
    const auto reg = static_cast<uint32_t>(input - block.inputs.begin());
    if (input == block.inputs.end()) {
      take(outputsFrom + output);
      continue;
    }
    plan.slots[outputsFrom + output] = plan.slots[reg];
    lastUse[reg] = never;
  }
  for (std::size_t at = 0; at < plan.steps.size(); at++) {
    const auto& step = plan.steps[at];
    visitReads(step, [&](uint32_t reg) {
      if (lastUse[reg] != at || !plan.slots[reg]) return;
      free.push_back(*plan.slots[reg]);
      lastUse[reg] = never;
    });
    const bool isKept = std::count(task.kept.begin(), task.kept.end(), step.into) > 0;
    if (step.sink == Sink::place && !isKept) take(step.into);
    if (step.kind == LaneKind::fetchTwo) take(step.second);
  }
}

}  // namespace exocortex
