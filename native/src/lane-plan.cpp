// Which instructions become one step, and in which order.
#include "lane-plan.hpp"

#include "lane-slots.hpp"

#include <algorithm>

namespace exocortex {

namespace {

class Planner {
 public:
  Planner(const Block& block, const LaneTask& task)
      : block_(block), task_(task), inputs_(static_cast<uint32_t>(block.inputs.size())), uses_(registersOfBlock()),
        isAbsorbed_(registersOfBlock()), isLate_(registersOfBlock()), products_(registersOfBlock()) {
    plan_.registers = registersOfBlock() + static_cast<uint32_t>(block.outputs.size());
    copies_.resize(registersOfBlock());
  }

  LanePlan plan() {
    countUses();
    gatherTogether();
    absorb();
    for (const uint32_t output : task_.stored) {
      const uint32_t from = block_.outputs[output].from;
      isLate_[from] = isComputedInstruction(from) && uses_[from] == 1 && isSum(instructionOf(from));
    }
    for (uint32_t reg = inputs_; reg < registersOfBlock(); reg++) {
      if (!isComputedInstruction(reg) || uses_[reg] == 0 || isAbsorbed_[reg] || isLate_[reg]) continue;
      early_.push_back(stepOf(reg));
      early_.back().into = reg;
    }
    std::vector<LaneStep> late;
    for (std::size_t index = 0; index < task_.stored.size(); index++) late.push_back(storingStep(index));
    plan_.steps = std::move(early_);
    plan_.steps.insert(plan_.steps.end(), late.begin(), late.end());
    giveSlots(block_, task_, plan_);
    return std::move(plan_);
  }

 private:
  uint32_t registersOfBlock() const { return inputs_ + static_cast<uint32_t>(block_.instructions.size()); }
  const Instruction& instructionOf(uint32_t reg) const { return block_.instructions[reg - inputs_]; }
  bool isComputedInstruction(uint32_t reg) const { return reg >= inputs_ && task_.isComputed[reg]; }
  static bool isSum(const Instruction& of) {
    return of.kind == InstructionKind::add || of.kind == InstructionKind::subtract || isProduct(of);
  }
  static bool isProduct(const Instruction& of) { return of.kind == InstructionKind::multiply; }

  // Of what is wanted, directly or not.
  void countUses() {
    for (const uint32_t reg : task_.kept) uses_[reg]++;
    for (const uint32_t output : task_.stored) uses_[block_.outputs[output].from]++;
    for (uint32_t reg = registersOfBlock(); reg-- > inputs_;) {
      if (!isComputedInstruction(reg) || uses_[reg] == 0) continue;
      uses_[instructionOf(reg).a]++;
      uses_[instructionOf(reg).b]++;
    }
    // What is kept is not made a part of something else.
    for (const uint32_t reg : task_.kept) uses_[reg]++;
  }

  LaneSource sourceOf(uint32_t reg) const {
    return reg >= registersOfBlock() || task_.isComputed[reg] ? LaneSource::beside : task_.sources[reg];
  }

  bool isBeside(uint32_t reg) const { return sourceOf(reg) == LaneSource::beside || copies_[reg]; }

  void gatherTogether() {
    std::optional<uint32_t> first;
    for (uint32_t reg = 0; reg < registersOfBlock(); reg++) {
      if (uses_[reg] == 0 || sourceOf(reg) != LaneSource::gathered) continue;
      if (!first) {
        first = reg;
        continue;
      }
      LaneStep step{LaneKind::fetchTwo};
      step.b = plan_.registers++;
      copies_[*first] = step.into = plan_.registers++;
      copies_[reg] = step.second = plan_.registers++;
      plan_.twos.push_back({*first, reg, step.b});
      early_.push_back(step);
      first.reset();
    }
  }

  // Products become parts of the sums that they are added in, and so do the others of these sums where they are shifted.
  void absorb() {
    for (uint32_t reg = inputs_; reg < registersOfBlock(); reg++) {
      const auto& sum = instructionOf(reg);
      if (!isComputedInstruction(reg) || uses_[reg] == 0) continue;
      if (sum.kind != InstructionKind::add && sum.kind != InstructionKind::subtract) continue;
      for (const uint32_t product : {sum.b, sum.a}) {
        const uint32_t other = product == sum.b ? sum.a : sum.b;
        if (!isOnlyFor(product) || !isProduct(instructionOf(product)) || !isBeside(other)) continue;
        products_[reg] = product;
        isAbsorbed_[product] = true;
        break;
      }
      for (const uint32_t other : {sum.a, sum.b}) {
        if (products_[reg] == other || !isOnlyFor(other) || instructionOf(other).kind != InstructionKind::shiftRight) continue;
        isAbsorbed_[other] = true;
        break;
      }
    }
  }
  bool isOnlyFor(uint32_t reg) const { return isComputedInstruction(reg) && uses_[reg] == 1 && !isAbsorbed_[reg]; }

  LaneStep stepOf(uint32_t reg) {
    const auto& instruction = instructionOf(reg);
    switch (instruction.kind) {
      case InstructionKind::add:
      case InstructionKind::subtract:
        return sumStep(reg);
      case InstructionKind::multiply: {
        LaneStep step{LaneKind::sum};
        setProduct(step, instruction);
        return step;
      }
      case InstructionKind::min:
        return pairStep(LaneKind::lower, instruction);
      case InstructionKind::max:
        return pairStep(LaneKind::higher, instruction);
      case InstructionKind::below:
        return pairStep(LaneKind::below, instruction);
      case InstructionKind::atMost:
        return pairStep(LaneKind::atMost, instruction);
      case InstructionKind::shiftLeft:
        return shiftStep(LaneKind::shiftLeft, instruction);
      case InstructionKind::shiftRight:
        return shiftStep(LaneKind::shiftRight, instruction);
      case InstructionKind::look:
        return lookStep(instruction);
      case InstructionKind::constant:
        break;
    }
    return {};
  }

  LaneStep sumStep(uint32_t reg) {
    const auto& sum = instructionOf(reg);
    LaneStep step{LaneKind::sum};
    const auto product = products_[reg];
    uint32_t term = sum.b;
    if (product) term = *product;
    else if (!isBeside(sum.a) || (isAbsorbed(sum.b) && !isAbsorbed(sum.a))) term = sum.a;
    uint32_t c = term == sum.b ? sum.a : sum.b;
    if (product) setProduct(step, instructionOf(*product));
    else setB(step, term);
    if (isAbsorbed(c)) {
      step.right = instructionOf(c).amount;
      c = instructionOf(c).a;
    }
    step.c = besideOf(c);
    if (sum.kind == InstructionKind::add) step.joint = Joint::plus;
    else step.joint = term == sum.b ? Joint::minus : Joint::from;
    return step;
  }
  bool isAbsorbed(uint32_t reg) const { return reg < registersOfBlock() && isAbsorbed_[reg]; }

  void setProduct(LaneStep& step, const Instruction& product) {
    const bool isSwapped = !isBeside(product.a) && isBeside(product.b);
    step.isProduct = true;
    step.a = besideOf(isSwapped ? product.b : product.a);
    setB(step, isSwapped ? product.a : product.b);
    step = rounded(step, product);
  }
  static LaneStep rounded(LaneStep step, const Instruction& product) {
    step.half = halfOf(product);
    step.shift = product.amount + product.right;
    return step;
  }
  void setB(LaneStep& step, uint32_t reg) {
    // What is read more than once is fetched once.
    step.b = sourceOf(reg) == LaneSource::gathered && (uses_[reg] > 1 || copies_[reg]) ? besideOf(reg) : reg;
    step.sourceB = sourceOf(step.b);
  }

  LaneStep pairStep(LaneKind kind, const Instruction& instruction) {
    LaneStep step{kind};
    step.a = everywhereOrBesideOf(instruction.a);
    step.b = everywhereOrBesideOf(instruction.b);
    step.sourceA = sourceOf(step.a);
    step.sourceB = sourceOf(step.b);
    return step;
  }
  LaneStep shiftStep(LaneKind kind, const Instruction& instruction) {
    LaneStep step{kind};
    step.a = besideOf(instruction.a);
    step.shift = instruction.amount;
    return step;
  }
  LaneStep lookStep(const Instruction& look) {
    LaneStep step = shiftStep(LaneKind::look, look);
    const auto& table = block_.tables[look.table];
    step.half = halfOf(look.amount);
    step.low = look.low;
    step.high = lastOf(look, table);
    step.table = table.data();
    return step;
  }

  uint32_t everywhereOrBesideOf(uint32_t reg) { return sourceOf(reg) == LaneSource::everywhere ? reg : besideOf(reg); }
  uint32_t besideOf(uint32_t reg) { return sourceOf(reg) == LaneSource::beside ? reg : copyOf(reg); }
  // A register that holds the same in a slot, filled before anything is stored.
  uint32_t copyOf(uint32_t reg) {
    if (copies_[reg]) return *copies_[reg];
    const uint32_t copy = plan_.registers++;
    copies_[reg] = copy;
    LaneStep step{LaneKind::sum};
    step.b = reg;
    step.sourceB = sourceOf(reg);
    step.into = copy;
    early_.push_back(step);
    return copy;
  }

  // The step of the `index`th stored result, which does not read what those before it have overwritten.
  LaneStep storingStep(std::size_t index) {
    const uint32_t at = task_.stored[index];
    const auto& output = block_.outputs[at];
    LaneStep step{LaneKind::sum};
    if (isLate_[output.from]) step = stepOf(output.from);
    else setB(step, output.from);
    const auto keepBefore = [&](uint32_t& reg) {
      if (reg >= inputs_ || sourceOf(reg) != LaneSource::beside) return;
      const bool isOverwritten = std::any_of(task_.stored.begin(), task_.stored.begin() + static_cast<std::ptrdiff_t>(index),
                                             [&](uint32_t before) { return block_.outputs[before].replaces(block_.inputs[reg]); });
      if (isOverwritten) reg = copyOf(reg);
    };
    if (step.isProduct) keepBefore(step.a);
    keepBefore(step.b);
    if (step.joint != Joint::alone) keepBefore(step.c);
    step.sink = output.variable ? Sink::variable : Sink::weight;
    step.into = registersOfBlock() + at;
    step.output = at;
    step.low = output.low;
    step.high = output.high;
    step.left = output.shiftLeft;
    return step;
  }

  const Block& block_;
  const LaneTask& task_;
  uint32_t inputs_;
  LanePlan plan_;
  std::vector<uint32_t> uses_;
  std::vector<bool> isAbsorbed_;
  // Computed where it is stored.
  std::vector<bool> isLate_;
  // Of a sum, the product that is its term.
  std::vector<std::optional<uint32_t>> products_;
  // Of a register of the block, another one where it lies side by side.
  std::vector<std::optional<uint32_t>> copies_;
  std::vector<LaneStep> early_;
};

}  // namespace

LanePlan planLanes(const Block& block, const LaneTask& task) { return Planner(block, task).plan(); }

}  // namespace exocortex
