// What of a block's instructions is done along with others.
#include "block-folding.hpp"

namespace exocortex {

namespace {

std::vector<uint32_t> usesIn(const Block& block) {
  std::vector<uint32_t> uses(block.inputs.size() + block.instructions.size());
  for (const auto& instruction : block.instructions) {
    if (instruction.kind == InstructionKind::constant) continue;
    uses[instruction.a]++;
    if (instruction.b != instruction.a) uses[instruction.b]++;
  }
  for (const auto& output : block.outputs) uses[output.from]++;
  return uses;
}

class Folding {
 public:
  explicit Folding(Block& block) : block_(block), uses_(usesIn(block)) {}

  // floor((floor((p + h) / 2^s) + 2^(r - 1)) / 2^r) is floor((p + h + 2^(s + r - 1)) / 2^(s + r)).
  void joinRoundings() {
    for (auto& instruction : block_.instructions) {
      if (instruction.kind != InstructionKind::shiftRight || uses_[instruction.a] != 1) continue;
      const Instruction* product = instructionOf(instruction.a);
      if (product == nullptr || product->kind != InstructionKind::multiply || product->right != 0 ||
          product->amount + instruction.amount > shiftMost)
        continue;
      const int32_t right = instruction.amount;
      instruction = *product;
      instruction.right = right;
    }
  }

  void boundResults() {
    for (auto& output : block_.outputs) {
      const auto upper = boundOf(output.from, InstructionKind::min);
      const auto lower = upper ? boundOf(upper->of, InstructionKind::max) : std::nullopt;
      if (!lower || lower->at > upper->at || lower->at < output.low || output.high < upper->at) continue;
      output.from = lower->of;
      output.low = lower->at;
      output.high = upper->at;
      output.isFaultBeyond = false;
    }
  }

 private:
  struct Bound {
    uint32_t of;
    int32_t at;
  };

  const Instruction* instructionOf(uint32_t reg) const {
    return reg < block_.inputs.size() ? nullptr : &block_.instructions[reg - block_.inputs.size()];
  }
  const Instruction* constantOf(uint32_t reg) const {
    const Instruction* instruction = instructionOf(reg);
    return instruction != nullptr && instruction->kind == InstructionKind::constant ? instruction : nullptr;
  }
  // Of a register that is the lower or the higher of another and a constant, and used for nothing else.
  std::optional<Bound> boundOf(uint32_t reg, InstructionKind kind) const {
    const Instruction* instruction = instructionOf(reg);
    if (instruction == nullptr || instruction->kind != kind || uses_[reg] != 1) return std::nullopt;
    const Instruction* at = constantOf(instruction->b);
    if (at == nullptr) return std::nullopt;
    return Bound{instruction->a, at->amount};
  }

  Block& block_;
  std::vector<uint32_t> uses_;
};

}  // namespace

Block folded(Block block) {
  Folding folding(block);
  folding.joinRoundings();
  folding.boundResults();
  return block;
}

}  // namespace exocortex
