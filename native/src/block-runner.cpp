// How inputs come into registers, and which instructions are carried out how often.
#include "block-runner.hpp"

#include <algorithm>

namespace exocortex {

namespace {

bool isOfSynapse(const Input& input) { return input.kind == InputKind::weight || input.kind == InputKind::variable; }
std::size_t arrayOf(const Input& input) { return input.kind == InputKind::weight ? 0 : 1 + std::size_t{input.index}; }
// Signals from elsewhere come to receivers.
bool isOfSender(const Input& input) { return input.kind != InputKind::factor && input.side == Side::sender; }

}  // namespace

BlockRunner::BlockRunner(const Block& block, ProgramEvent event, const std::vector<Factor>& factors, Workspace& workspace)
    : block_(block), layout_(layOut(block, event, factors)), sources_(block.inputs.size()), values_(layout_.lies.size()) {
  const std::size_t inputs = block_.inputs.size();
  for (std::size_t reg = 0; reg < layout_.lies.size(); reg++) {
    slots_.push_back(layout_.lies[reg] == Lie::slot ? workspace.slot(layout_.slots[reg]) : nullptr);
    registers_.push_back(layout_.lies[reg] == Lie::uniform ? &values_[reg] : slots_[reg]);
  }
  // Constants, and what is made of them, never change.
  std::vector<bool> isFixed(layout_.lies.size());
  for (std::size_t index = 0; index < block_.instructions.size(); index++) {
    const Instruction& instruction = block_.instructions[index];
    const std::size_t reg = inputs + index;
    VectorStep step = stepOf(instruction);
    if (layout_.lies[reg] != Lie::uniform) {
      step.into = slots_[reg];
      steps_.push_back(step);
      continue;
    }
    const bool isConstant = instruction.kind == InstructionKind::constant;
    isFixed[reg] = isConstant || (isFixed[instruction.a] && isFixed[instruction.b]);
    if (isFixed[reg]) values_[reg] = isConstant ? instruction.amount : carryOutOne(step, values_[step.a], values_[step.b]);
    else uniformSteps_.push_back({step, reg});
  }
}

VectorStep BlockRunner::stepOf(const Instruction& instruction) const {
  VectorStep step{instruction.kind, false, false, instruction.a, instruction.b, nullptr, instruction.amount, 0, 0, nullptr};
  if (instruction.kind == InstructionKind::constant) return step;
  step.isUniformA = layout_.lies[step.a] == Lie::uniform;
  step.isUniformB = layout_.lies[step.b] == Lie::uniform;
  if (instruction.kind != InstructionKind::look) return step;
  const auto& table = block_.tables[instruction.table];
  const int64_t last = instruction.low + ((static_cast<int64_t>(table.size()) - 1) << instruction.amount) - 1;
  step.low = instruction.low;
  step.high = static_cast<int32_t>(std::min<int64_t>(last, INT32_MAX));
  step.table = table.data();
  return step;
}

bool BlockRunner::readsSenders() const {
  for (std::size_t index = 0; index < block_.inputs.size(); index++) {
    const Input& input = block_.inputs[index];
    if (!isOfSynapse(input) && isOfSender(input) && !isUniform(index)) return true;
  }
  return false;
}

void BlockRunner::beginEvent() {
  for (const auto& [step, into] : uniformSteps_) values_[into] = carryOutOne(step, values_[step.a], values_[step.b]);
}

void BlockRunner::readRow(const std::vector<int32_t*>& arrays, std::size_t first, const uint32_t* receivers, uint32_t count) {
  for (std::size_t index = 0; index < block_.inputs.size(); index++) {
    const Input& input = block_.inputs[index];
    if (isOfSynapse(input)) {
      const int32_t* values = arrays[arrayOf(input)] + first;
      if (layout_.lies[index] == Lie::inRow) registers_[index] = values;
      else std::copy(values, values + count, slots_[index]);
    } else if (!isUniform(index) && !isOfSender(input)) {
      gather(sources_[index], receivers, slots_[index], count);
    }
  }
}

void BlockRunner::readSender(uint32_t sender, uint32_t from, uint32_t count) {
  for (std::size_t index = 0; index < block_.inputs.size(); index++) {
    const Input& input = block_.inputs[index];
    if (!isOfSynapse(input) && isOfSender(input) && !isUniform(index))
      std::fill_n(slots_[index] + from, count, sources_[index][sender]);
  }
}

void BlockRunner::readColumn(const std::vector<int32_t*>& arrays, const uint32_t* places, const uint32_t* later,
                             const uint32_t* senders, uint32_t count) {
  for (std::size_t index = 0; index < block_.inputs.size(); index++) {
    const Input& input = block_.inputs[index];
    if (isOfSynapse(input)) gatherFromFar(arrays[arrayOf(input)], places, later, slots_[index], count);
    else if (!isUniform(index)) gather(sources_[index], senders, slots_[index], count);
  }
}

uint32_t BlockRunner::firstBeyond(const Output& output, uint32_t count) const {
  const bool isUniform = layout_.lies[output.from] == Lie::uniform;
  for (uint32_t index = 0; index < count; index++) {
    const int32_t value = registers_[output.from][isUniform ? 0 : index];
    if (value < output.low || output.high < value) return index;
  }
  return count;
}

}  // namespace exocortex
