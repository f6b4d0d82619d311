// How a learning rule's words are decoded, and what is demanded of them.
#include "rule-program.hpp"

#include <algorithm>
#include <stdexcept>

namespace exocortex {

namespace {

constexpr std::size_t inputWords = 3;
constexpr std::size_t instructionWords = 5;
constexpr std::size_t outputWords = 6;
constexpr std::size_t averageWords = 6;
constexpr std::size_t factorWords = 2;
constexpr std::size_t registersMax = 1 << 16;
// Differences of neighbours have 31 bits, and their products with a rest 53.
constexpr int32_t tableMax = 1 << 29;
constexpr int32_t lookShiftMax = 22;
constexpr int32_t multiplyShiftMax = 45;

void demand(bool holds, const char* what) {
  if (!holds) throw std::invalid_argument(what);
}

std::size_t lengthOf(const Span<int32_t>& words, std::size_t each) {
  demand(words.length % each == 0, "words of a learning rule are missing");
  return words.length / each;
}

bool isBetween(int32_t value, int32_t low, int32_t high) { return low <= value && value <= high; }

class Decoder {
 public:
  Decoder(const RulePlan& plan, const RuleSurroundings& surroundings) : plan_(plan), surroundings_(surroundings) {}

  RuleProgram decode() {
    demand(isBetween(static_cast<int32_t>(plan_.finerBits), 0, 31), "weights are kept too finely");
    demand(plan_.sign == 1 || plan_.sign == -1, "a sign is not 1 or -1");
    demand(plan_.gateAt < surroundings_.signalWords, "a gate is not among the signals");
    RuleProgram program;
    program.variables.assign(plan_.variables.begin(), plan_.variables.end());
    for (std::size_t each = 0; each < lengthOf(plan_.factors, factorWords); each++)
      program.factors.push_back(toFactor(plan_.factors.values + each * factorWords));
    program.senderAverages = toAverages(plan_.senderAverages, Side::sender);
    program.receiverAverages = toAverages(plan_.receiverAverages, Side::receiver);
    if (plan_.arrival) program.arrival = toBlock(*plan_.arrival);
    if (plan_.firing) program.firing = toBlock(*plan_.firing);
    if (plan_.step) program.step = toBlock(*plan_.step);
    return program;
  }

 private:
  Factor toFactor(const int32_t* words) const {
    demand(words[0] >= 0 && isBetween(words[1], 0, 1), "a factor has no place");
    const Factor factor{static_cast<uint32_t>(words[0]), words[1] == 1};
    const uint64_t length = factor.isPerReceiver ? surroundings_.receivers : 1;
    demand(factor.start + length <= surroundings_.signalWords, "a factor is not among the signals");
    return factor;
  }

  std::vector<Average> toAverages(const Span<int32_t>& words, Side side) const {
    std::vector<Average> averages;
    for (std::size_t each = 0; each < lengthOf(words, averageWords); each++) {
      const int32_t* of = words.values + each * averageWords;
      demand(isBetween(of[0], 0, 1) && of[1] <= of[2] && isBetween(of[3], 0, 31) && isBetween(of[5], 0, multiplyShiftMax),
             "an average is out of its range");
      const Average average{of[0] == 1, of[1], of[2], of[3], of[4], of[5]};
      demand(average.isOfFired || (side == Side::receiver && surroundings_.hasPotential),
             "an average is of a potential that is not there");
      averages.push_back(average);
    }
    return averages;
  }

  Block toBlock(const BlockPlan& plan) const {
    Block block;
    for (std::size_t each = 0; each < lengthOf(plan.inputs, inputWords); each++)
      block.inputs.push_back(toInput(plan.inputs.values + each * inputWords));
    for (const auto& table : plan.tables) block.tables.emplace_back(table.begin(), table.end());
    const std::size_t instructions = lengthOf(plan.instructions, instructionWords);
    demand(block.inputs.size() + instructions <= registersMax, "a learning rule has too many registers");
    for (std::size_t each = 0; each < instructions; each++) {
      const auto before = static_cast<uint32_t>(block.inputs.size() + each);
      block.instructions.push_back(toInstruction(plan.instructions.values + each * instructionWords, before, block.tables));
    }
    for (std::size_t each = 0; each < lengthOf(plan.outputs, outputWords); each++)
      block.outputs.push_back(toOutput(plan.outputs.values + each * outputWords, block.inputs.size() + instructions));
    return block;
  }

  Input toInput(const int32_t* words) const {
    demand(isBetween(words[0], 0, static_cast<int32_t>(InputKind::factor)) && isBetween(words[1], 0, 1) && words[2] >= 0,
           "an input is of no kind");
    const Input input{static_cast<InputKind>(words[0]), static_cast<Side>(words[1]), static_cast<uint32_t>(words[2])};
    demand(isThere(input), "a learning rule reads what is not there");
    return input;
  }

  bool isThere(const Input& input) const {
    const bool isSender = input.side == Side::sender;
    switch (input.kind) {
      case InputKind::weight:
      case InputKind::fired:
        return true;
      case InputKind::variable:
        return input.index < plan_.variables.length;
      case InputKind::trace:
        return input.index < (isSender ? plan_.senderFactors : plan_.receiverFactors).size();
      case InputKind::average:
        return input.index < (isSender ? plan_.senderAverages : plan_.receiverAverages).length / averageWords;
      case InputKind::potential:
        return !isSender && surroundings_.hasPotential;
      case InputKind::factor:
        return input.index < plan_.factors.length / factorWords;
    }
    return false;
  }

  // `before`: how many registers there are before its own.
  Instruction toInstruction(const int32_t* words, uint32_t before, const std::vector<std::vector<int32_t>>& tables) const {
    demand(isBetween(words[0], 0, static_cast<int32_t>(InstructionKind::look)), "an instruction is of no kind");
    const auto kind = static_cast<InstructionKind>(words[0]);
    Instruction instruction{kind, static_cast<uint32_t>(words[1]), static_cast<uint32_t>(words[2]), words[3], 0, words[4], 0};
    if (kind == InstructionKind::constant) {
      instruction.a = instruction.b = 0;
      return instruction;
    }
    demand(instruction.a < before, "an instruction reads a register that is not filled");
    switch (kind) {
      case InstructionKind::shiftLeft:
        demand(isBetween(instruction.amount, 0, 31), "a value is shifted too far");
        instruction.b = instruction.a;
        break;
      case InstructionKind::shiftRight:
        demand(isBetween(instruction.amount, 1, 31), "a value is shifted too far");
        instruction.b = instruction.a;
        break;
      case InstructionKind::look:
        instruction.table = instruction.b;
        instruction.b = instruction.a;
        demand(instruction.table < tables.size(), "a learning rule looks into no table");
        checkLook(instruction, tables[instruction.table]);
        break;
      default:
        demand(instruction.b < before, "an instruction reads a register that is not filled");
        demand(kind != InstructionKind::multiply || isBetween(instruction.amount, 0, multiplyShiftMax), "a product is shifted too far");
    }
    return instruction;
  }

  void checkLook(const Instruction& instruction, const std::vector<int32_t>& table) const {
    demand(isBetween(instruction.amount, 0, lookShiftMax), "the entries of a table are too far apart");
    demand(table.size() >= 2 && (uint64_t{table.size() - 1} << instruction.amount) <= INT32_MAX, "a table is too short or too long");
    demand(std::all_of(table.begin(), table.end(), [](int32_t entry) { return isBetween(entry, -tableMax, tableMax); }),
           "an entry of a table is too large");
  }

  Output toOutput(const int32_t* words, std::size_t registers) const {
    const bool isWeight = words[1] == -1;
    demand(words[0] >= 0 && static_cast<std::size_t>(words[0]) < registers, "a result is of no register");
    demand(isWeight || (words[1] >= 0 && static_cast<std::size_t>(words[1]) < plan_.variables.length), "a result goes nowhere");
    demand(words[2] <= words[3] && isBetween(words[4], 0, 31) && isBetween(words[5], 0, 1), "a result is out of its range");
    demand(!isWeight || words[5] == 0, "a weight beyond its bounds is no fault");
    std::optional<uint32_t> variable;
    if (!isWeight) variable = static_cast<uint32_t>(words[1]);
    return {static_cast<uint32_t>(words[0]), variable, words[2], words[3], words[4], words[5] == 1};
  }

  const RulePlan& plan_;
  const RuleSurroundings& surroundings_;
};

}  // namespace

bool Block::reads(InputKind kind, Side side) const {
  return std::any_of(inputs.begin(), inputs.end(), [&](const Input& input) { return input.kind == kind && input.side == side; });
}

bool RuleProgram::readsFired(Side side) const {
  const auto& of = averages(side);
  if (std::any_of(of.begin(), of.end(), [](const Average& average) { return average.isOfFired; })) return true;
  const auto blockReads = [&](const std::optional<Block>& block) { return block && block->reads(InputKind::fired, side); };
  return blockReads(arrival) || blockReads(firing) || blockReads(step);
}

int32_t lastOf(const Instruction& look, const std::vector<int32_t>& table) {
  const int64_t last = look.low + ((static_cast<int64_t>(table.size()) - 1) << look.amount) - 1;
  return static_cast<int32_t>(std::min<int64_t>(last, INT32_MAX));
}

int32_t computed(const Block& block, const Instruction& instruction, int32_t a, int32_t b) {
  const int32_t amount = instruction.amount;
  switch (instruction.kind) {
    case InstructionKind::constant:
      return amount;
    case InstructionKind::add:
      return a + b;
    case InstructionKind::subtract:
      return a - b;
    case InstructionKind::min:
      return std::min(a, b);
    case InstructionKind::max:
      return std::max(a, b);
    case InstructionKind::below:
      return a < b;
    case InstructionKind::atMost:
      return a <= b;
    case InstructionKind::multiply:
      return multiply(a, b, halfOf(instruction), amount + instruction.right);
    case InstructionKind::shiftLeft:
      return static_cast<int32_t>(static_cast<uint32_t>(a) << amount);
    case InstructionKind::shiftRight:
      return ((a >> (amount - 1)) + 1) >> 1;
    case InstructionKind::look: {
      const auto& table = block.tables[instruction.table];
      const int32_t distance = std::clamp(a, instruction.low, lastOf(instruction, table)) - instruction.low;
      const auto piece = static_cast<std::size_t>(distance >> amount);
      const int32_t rest = distance & ((1 << amount) - 1);
      return table[piece] + multiply(table[piece + 1] - table[piece], rest, halfOf(amount), amount);
    }
  }
  return 0;
}

RuleProgram decodeProgram(const RulePlan& plan, const RuleSurroundings& surroundings) {
  return Decoder(plan, surroundings).decode();
}

}  // namespace exocortex
