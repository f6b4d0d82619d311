// How inputs come into registers, and what is computed how often.
#include "block-runner.hpp"

#include "kernel-arrays.hpp"
#include "prefetch-row.hpp"

#include <algorithm>

namespace exocortex {

namespace {

bool isOfSynapse(const Block& block, std::size_t reg, Owner owner) {
  return reg < block.inputs.size() && owner == Owner::synapse &&
         (block.inputs[reg].kind == InputKind::weight || block.inputs[reg].kind == InputKind::variable);
}
std::size_t arrayOf(const Input& input) { return input.kind == InputKind::weight ? 0 : 1 + std::size_t{input.index}; }
std::size_t arrayOf(const Output& output) { return output.variable ? 1 + std::size_t{*output.variable} : 0; }
// Where much is gathered; measured from 32 to 256. Programs that gather one number at most are faster when each of their steps goes on longer.
constexpr uint32_t togetherWithTwos = 128;
bool isNear(Owner owner) { return owner <= Owner::event; }

void layTwoByTwo(const int32_t* first, const int32_t* second, std::vector<int32_t>& into) {
  const std::size_t neurons = into.size() / 2;
  EXOCORTEX_INDEPENDENT
  for (std::size_t neuron = 0; neuron < neurons; neuron++) {
    into[2 * neuron] = first[neuron];
    into[2 * neuron + 1] = second[neuron];
  }
}

EXOCORTEX_CLONES
void fillWith(int32_t value, int32_t* __restrict into, uint32_t count) {
  for (uint32_t index = 0; index < count; index++) into[index] = value;
}

}  // namespace

BlockRunner::BlockRunner(const Block& block, ProgramEvent event, const RuleProgram& program,
                         const std::vector<bool>& isOfReceivers, const Neurons& neurons, Workspace& workspace)
    : lanes_(&workspace.lanes()),
      block_(folded(block)),
      isOfReceivers_(isOfReceivers),
      owners_(ownersOf(block_, event, program, isOfReceivers)),
      isOfColumns_(event == ProgramEvent::firing),
      isLater_(event == ProgramEvent::laterFiring),
      readsSenders_(!wantedOf(Owner::sender).empty()),
      values_(owners_.size()),
      senders_(block_, owners_, Owner::sender, wantedOf(Owner::sender), neurons.senders, workspace),
      receivers_(block_, owners_, Owner::receiver, wantedOf(Owner::receiver), neurons.receivers, workspace),
      stored_(block_.outputs.size()) {
  if (event == ProgramEvent::step || isLater_) senderRegisters_ = wantedOf(Owner::sender);
  if (isLater_) firingRegisters_ = wantedOf(Owner::event);
  plan_ = planLanes(block_, taskOf(event));
  gathers_ = std::any_of(plan_.steps.begin(), plan_.steps.end(), [](const LaneStep& step) {
    return step.kind == LaneKind::fetchTwo || step.sourceB == LaneSource::gathered;
  });
  if (event == ProgramEvent::step) fused_ = FusedSteps::of(plan_.steps, *lanes_);
  together_ = plan_.twos.empty() ? synapsesAtOnce : togetherWithTwos;
  twos_.resize(plan_.twos.size(), std::vector<int32_t>(2 * (isOfColumns_ ? neurons.senders : neurons.receivers)));
  from_.resize(plan_.registers);
  into_.resize(plan_.registers);
  for (uint32_t reg = 0; reg < plan_.registers; reg++) {
    if (plan_.slots[reg]) from_[reg] = into_[reg] = workspace.slot(*plan_.slots[reg]);
    else if (reg < owners_.size() && isNear(owners_[reg])) from_[reg] = &values_[reg];
  }
  computeUniforms(Owner::nobody);
}

// What synapses read of the neurons of a side, and results that are the same for all synapses of a receiver.
std::vector<uint32_t> BlockRunner::wantedOf(Owner side) const {
  std::vector<bool> isWanted(owners_.size());
  for (std::size_t index = 0; index < block_.instructions.size(); index++) {
    const auto& instruction = block_.instructions[index];
    if (owners_[block_.inputs.size() + index] == Owner::synapse) isWanted[instruction.a] = isWanted[instruction.b] = true;
  }
  for (const auto& output : block_.outputs) {
    if (!isLater_ || !isOfReceivers(output)) isWanted[output.from] = true;
  }
  std::vector<uint32_t> wanted;
  for (uint32_t reg = 0; reg < owners_.size(); reg++) {
    if (isWanted[reg] && owners_[reg] == side) wanted.push_back(reg);
  }
  return wanted;
}

LaneTask BlockRunner::taskOf(ProgramEvent event) const {
  LaneTask task;
  const auto isLaterFilled = [&](std::size_t reg) {
    return std::count(firingRegisters_.begin(), firingRegisters_.end(), reg) > 0 ||
           (isLater_ && std::count(senderRegisters_.begin(), senderRegisters_.end(), reg) > 0);
  };
  for (std::size_t reg = 0; reg < owners_.size(); reg++) {
    const Owner owner = owners_[reg];
    const bool isRead = isOfSynapse(block_, reg, owner);
    task.isComputed.push_back(owner == Owner::synapse && !isRead);
    const bool isFilled = (owner == Owner::sender && event == ProgramEvent::step) || isLaterFilled(reg);
    if (isNear(owner) && !isFilled) task.sources.push_back(LaneSource::everywhere);
    else task.sources.push_back(isRead || isFilled ? LaneSource::beside : LaneSource::gathered);
    task.isCopied.push_back(isFilled || (isRead && (isOfColumns_ || isLater_)));
  }
  task.storesSlots = isOfColumns_ || isLater_;
  for (uint32_t index = 0; index < block_.outputs.size(); index++) {
    if (!isOfReceivers(block_.outputs[index])) task.stored.push_back(index);
  }
  return task;
}

void BlockRunner::setSource(std::size_t input, const int32_t* values) {
  (owners_[input] == Owner::sender ? senders_ : receivers_).setSource(static_cast<uint32_t>(input), values);
}

void BlockRunner::computeUniforms(Owner owner) {
  for (std::size_t index = 0; index < block_.instructions.size(); index++) {
    const std::size_t reg = block_.inputs.size() + index;
    if (owners_[reg] != owner) continue;
    const auto& instruction = block_.instructions[index];
    values_[reg] = computed(block_, instruction, values_[instruction.a], values_[instruction.b]);
  }
}

void BlockRunner::beginStep() {
  computeUniforms(Owner::step);
  senders_.run(values_);
  receivers_.run(values_);
  for (uint32_t reg = 0; reg < owners_.size(); reg++) {
    if (owners_[reg] == Owner::receiver) from_[reg] = receivers_.numbersOf(reg);
    else if (owners_[reg] == Owner::sender && isOfColumns_) from_[reg] = senders_.numbersOf(reg);
  }
  for (std::size_t index = 0; index < twos_.size(); index++) {
    const auto& [first, second, at] = plan_.twos[index];
    layTwoByTwo(from_[first], from_[second], twos_[index]);
    from_[at] = twos_[index].data();
  }
}

void BlockRunner::setRow(const std::vector<int32_t*>& arrays, std::size_t first) {
  for (std::size_t reg = 0; reg < block_.inputs.size(); reg++) {
    if (isOfSynapse(block_, reg, owners_[reg])) from_[reg] = arrays[arrayOf(block_.inputs[reg])] + first;
  }
  for (std::size_t index = 0; index < block_.outputs.size(); index++) {
    if (!isOfReceivers(block_.outputs[index])) into_[owners_.size() + index] = arrays[arrayOf(block_.outputs[index])] + first;
  }
}

void BlockRunner::expectRow(const std::vector<int32_t*>& arrays, const uint32_t* neurons, std::size_t first, uint32_t count) {
  expected_.clear();
  for (std::size_t reg = 0; reg < block_.inputs.size(); reg++) {
    if (isOfSynapse(block_, reg, owners_[reg])) expected_.push_back(arrays[arrayOf(block_.inputs[reg])] + first);
  }
  expected_.push_back(reinterpret_cast<const int32_t*>(neurons + first));
  if (together_ < synapsesAtOnce) {
    expectedCount_ = count;
    return;
  }
  for (const int32_t* row : expected_) prefetchRow(row, count);
}

void BlockRunner::readSender(uint32_t sender, uint32_t from, uint32_t count) {
  for (const uint32_t reg : senderRegisters_) fillWith(senders_.numbersOf(reg)[sender], into_[reg] + from, count);
}

void BlockRunner::readColumn(const std::vector<int32_t*>& arrays, const uint32_t* places, const uint32_t* later,
                             uint32_t count) {
  for (std::size_t reg = 0; reg < block_.inputs.size(); reg++) {
    if (isOfSynapse(block_, reg, owners_[reg]))
      gatherFromFar(arrays[arrayOf(block_.inputs[reg])], places, later, into_[reg], count);
  }
}

void BlockRunner::readPlaces(const std::vector<int32_t*>& arrays, std::size_t first, const uint32_t* places, uint32_t count) {
  for (std::size_t reg = 0; reg < block_.inputs.size(); reg++) {
    if (isOfSynapse(block_, reg, owners_[reg])) gather(arrays[arrayOf(block_.inputs[reg])] + first, places, into_[reg], count);
  }
}

const std::vector<Stored>& BlockRunner::run(const uint32_t* neurons, uint32_t count) {
  std::fill(stored_.begin(), stored_.end(), Stored{});
  const LanePiece piece{from_.data(), into_.data(), neurons, stored_.data(), count, together_,
                        {expected_.data(), expected_.size(), expectedCount_}};
  if (fused_) fused_->carryOut(plan_.steps, piece);
  else lanes_->carryOut(plan_.steps, piece);
  return stored_;
}

void BlockRunner::storeColumn(std::size_t output, int32_t* to, const uint32_t* places, uint32_t count) const {
  scatter(into_[owners_.size() + output], places, to, count);
}

bool BlockRunner::storesReceivers() const {
  return std::any_of(block_.outputs.begin(), block_.outputs.end(), [&](const Output& output) { return isOfReceivers(output); });
}

int32_t BlockRunner::resultOf(const Output& output, uint32_t receiver) const {
  return owners_[output.from] == Owner::receiver ? receivers_.numbersOf(output.from)[receiver] : values_[output.from];
}

}  // namespace exocortex
