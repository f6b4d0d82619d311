// How registers get their places.
#include "block-layout.hpp"

#include <algorithm>

namespace exocortex {

namespace {

bool isOfSynapse(const Input& input) { return input.kind == InputKind::weight || input.kind == InputKind::variable; }

// Arrivals are of one sender, firings of one receiver.
bool isUniform(const Input& input, ProgramEvent event, const std::vector<Factor>& factors) {
  if (isOfSynapse(input)) return false;
  if (input.kind == InputKind::factor) return event == ProgramEvent::firing || !factors[input.index].isPerReceiver;
  return event == (input.side == Side::sender ? ProgramEvent::arrival : ProgramEvent::firing) && event != ProgramEvent::step;
}

// Whether a result is the input itself, so that its place may be overwritten before the result is stored or looked at.
bool isCopied(const Block& block, uint32_t reg) {
  return std::any_of(block.outputs.begin(), block.outputs.end(), [&](const Output& output) {
    const Input& input = block.inputs[reg];
    const bool isSame = output.variable ? input.kind == InputKind::variable && input.index == *output.variable
                                        : input.kind == InputKind::weight;
    return output.from == reg && (!isSame || output.isFaultBeyond);
  });
}

class Slots {
 public:
  explicit Slots(const Block& block) : lastUse_(block.inputs.size() + block.instructions.size()) {
    const std::size_t inputs = block.inputs.size();
    for (std::size_t index = 0; index < block.instructions.size(); index++) {
      const auto& instruction = block.instructions[index];
      if (instruction.kind == InstructionKind::constant) continue;
      lastUse_[instruction.a] = lastUse_[instruction.b] = inputs + index;
    }
    for (const auto& output : block.outputs) lastUse_[output.from] = SIZE_MAX;
  }

  uint32_t take() {
    if (free_.empty()) return count_++;
    const uint32_t slot = free_.back();
    free_.pop_back();
    return slot;
  }
  // After register `at` was computed, which may take the slot itself.
  void giveBack(uint32_t reg, uint32_t slot, std::size_t at) {
    if (lastUse_[reg] != at) return;
    free_.push_back(slot);
    lastUse_[reg] = SIZE_MAX;
  }
  uint32_t count() const { return count_; }

 private:
  std::vector<std::size_t> lastUse_;
  std::vector<uint32_t> free_;
  uint32_t count_ = 0;
};

}  // namespace

BlockLayout layOut(const Block& block, ProgramEvent event, const std::vector<Factor>& factors) {
  const auto inputs = static_cast<uint32_t>(block.inputs.size());
  const std::size_t registers = inputs + block.instructions.size();
  BlockLayout layout{std::vector<Lie>(registers, Lie::slot), std::vector<uint32_t>(registers), 0};
  Slots slots(block);
  for (uint32_t reg = 0; reg < inputs; reg++) {
    const Input& input = block.inputs[reg];
    if (isUniform(input, event, factors)) layout.lies[reg] = Lie::uniform;
    else if (isOfSynapse(input) && event != ProgramEvent::firing && !isCopied(block, reg)) layout.lies[reg] = Lie::inRow;
    else layout.slots[reg] = slots.take();
  }
  for (std::size_t index = 0; index < block.instructions.size(); index++) {
    const auto& instruction = block.instructions[index];
    const std::size_t reg = inputs + index;
    const bool isConstant = instruction.kind == InstructionKind::constant;
    if (isConstant || (layout.lies[instruction.a] == Lie::uniform && layout.lies[instruction.b] == Lie::uniform)) {
      layout.lies[reg] = Lie::uniform;
      continue;
    }
    for (const uint32_t operand : {instruction.a, instruction.b}) {
      if (layout.lies[operand] == Lie::slot) slots.giveBack(operand, layout.slots[operand], reg);
    }
    layout.slots[reg] = slots.take();
  }
  layout.slotCount = slots.count();
  return layout;
}

}  // namespace exocortex
