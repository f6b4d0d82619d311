// How it follows from what a register is made of.
#include "block-owners.hpp"

#include <algorithm>

namespace exocortex {

namespace {

// Arrivals are of one sender, firings of one receiver; what a later firing reads of its step is of the firing too.
Owner ownerOf(const Input& input, ProgramEvent event, const RuleProgram& program, const std::vector<bool>& isOfReceivers) {
  const Owner sender = event == ProgramEvent::arrival ? Owner::event : Owner::sender;
  const bool isFiring = event == ProgramEvent::firing || event == ProgramEvent::laterFiring;
  const Owner receiver = isFiring ? Owner::event : Owner::receiver;
  switch (input.kind) {
    case InputKind::weight:
      return Owner::synapse;
    case InputKind::variable:
      return isOfReceivers[input.index] ? receiver : Owner::synapse;
    case InputKind::factor:
      if (event == ProgramEvent::laterFiring) return Owner::event;
      return program.factors[input.index].isPerReceiver ? receiver : Owner::step;
    default:
      return input.side == Side::sender ? sender : receiver;
  }
}

Owner joined(Owner a, Owner b) {
  const auto [less, more] = std::minmax(a, b);
  return less == more || less <= Owner::step ? more : Owner::synapse;
}

std::vector<Owner> followed(const Block& block, ProgramEvent event, const RuleProgram& program,
                            const std::vector<bool>& isOfReceivers) {
  std::vector<Owner> owners;
  for (const auto& input : block.inputs) owners.push_back(ownerOf(input, event, program, isOfReceivers));
  for (const auto& instruction : block.instructions) {
    const bool isConstant = instruction.kind == InstructionKind::constant;
    owners.push_back(isConstant ? Owner::nobody : joined(owners[instruction.a], owners[instruction.b]));
  }
  return owners;
}

// Leaves what is made of a side's neurons to the synapses where they would fetch more numbers of it than now.
void keepFew(const Block& block, Owner side, std::vector<Owner>& owners) {
  std::vector<bool> isFetched(owners.size());
  for (std::size_t index = 0; index < block.instructions.size(); index++) {
    const auto& instruction = block.instructions[index];
    if (instruction.kind == InstructionKind::constant || owners[block.inputs.size() + index] != Owner::synapse) continue;
    isFetched[instruction.a] = isFetched[instruction.b] = true;
  }
  for (const auto& output : block.outputs) isFetched[output.from] = true;
  std::ptrdiff_t fetched = 0;
  for (std::size_t reg = 0; reg < owners.size(); reg++) fetched += isFetched[reg] && owners[reg] == side;
  const auto inputs = owners.begin() + static_cast<std::ptrdiff_t>(block.inputs.size());
  if (fetched > std::count(owners.begin(), inputs, side)) std::replace(inputs, owners.end(), side, Owner::synapse);
}

}  // namespace

std::vector<bool> variablesOfReceivers(const RuleProgram& program, std::vector<bool> areSame) {
  std::vector<bool> isOfReceivers = std::move(areSame);
  const auto exclude = [&](const std::optional<Block>& block, ProgramEvent event) {
    if (!block) return false;
    const auto owners = followed(*block, event, program, isOfReceivers);
    bool changes = false;
    for (const auto& output : block->outputs) {
      if (!output.variable || !isOfReceivers[*output.variable]) continue;
      const Owner owner = owners[output.from];
      const bool isOfReceiver = owner <= Owner::step || (event == ProgramEvent::firing && owner == Owner::event) ||
                                (event == ProgramEvent::step && owner == Owner::receiver);
      if (isOfReceiver && event != ProgramEvent::arrival) continue;
      isOfReceivers[*output.variable] = false;
      changes = true;
    }
    return changes;
  };
  while (exclude(program.arrival, ProgramEvent::arrival) || exclude(program.firing, ProgramEvent::firing) ||
         exclude(program.step, ProgramEvent::step)) {
  }
  return isOfReceivers;
}

std::vector<Owner> ownersOf(const Block& block, ProgramEvent event, const RuleProgram& program,
                            const std::vector<bool>& isOfReceivers) {
  auto owners = followed(block, event, program, isOfReceivers);
  if (event == ProgramEvent::laterFiring) {
    // Synapses of a sender catch up on firings of different steps.
    std::replace(owners.begin() + static_cast<std::ptrdiff_t>(block.inputs.size()), owners.end(), Owner::sender, Owner::synapse);
    return owners;
  }
  const bool changesReceivers = std::any_of(block.outputs.begin(), block.outputs.end(), [&](const Output& output) {
    return output.variable && isOfReceivers[*output.variable];
  });
  // In a step the synapses of a sender lie side by side: its numbers are not fetched for each of them.
  if (event != ProgramEvent::step) keepFew(block, Owner::sender, owners);
  if (!changesReceivers) keepFew(block, Owner::receiver, owners);
  return owners;
}

}  // namespace exocortex
