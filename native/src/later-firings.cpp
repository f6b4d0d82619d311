// What firings do to a synapse is put off until its sender spikes: its row is then read anyway, while the synapses of a receiver lie all
// over memory. As NEST does it: Morrison, Aertsen & Diesmann 2007, Neural Comput. 19:1437.
#include "plastic-synapses.hpp"

#include "block-folding.hpp"

#include <algorithm>
#include <utility>

namespace exocortex {

// Nobody sees a weight between two spikes of its sender, and its trace in between follows from that after the last spike; what is read of
// the receiver is kept. A fault would be met too late.
bool PlasticSynapses::canPutOff() const {
  if (!program_.firing || program_.step || isGraded_) return false;
  const auto& inputs = program_.firing->inputs;
  const bool readsOtherThanTraces = std::any_of(inputs.begin(), inputs.end(), [](const Input& input) {
    return input.side == Side::sender && (input.kind == InputKind::average || input.kind == InputKind::fired);
  });
  const auto outputs = folded(*program_.firing).outputs;
  return !readsOtherThanTraces && std::none_of(outputs.begin(), outputs.end(), [&](const Output& output) {
    return output.isFaultBeyond && !(output.variable && isOfReceivers_[*output.variable]);
  });
}

void PlasticSynapses::beginHistory(uint32_t settled) {
  const uint32_t receivers = range_.end - range_.begin;
  history_ = FiringHistory(receivers, laterFiring_->firingRegisters().size(), settled);
  settledAt_.assign(rows_.senders(), settled);
  partSettledAt_.assign(surveyed_.size(), settled);
  isReached_.assign(receivers, false);
  for (const uint32_t target : rows_.targets) isReached_[target] = true;
}

void PlasticSynapses::putOff(uint32_t receiver, const LearningStep& now, std::optional<Saturation>& first) {
  if (!isReached_[receiver]) return;
  beginEvent(*laterFiring_, receiver, now);
  if (laterFiring_->storesRows()) {
    numbersOfFiring_.clear();
    for (const uint32_t reg : laterFiring_->firingRegisters()) numbersOfFiring_.push_back(laterFiring_->valueOf(reg));
    history_.push(receiver, static_cast<uint32_t>(now.step), numbersOfFiring_.data());
  }
  storeFiring(*laterFiring_, receiver, now, first);
}

void PlasticSynapses::settleAll(uint64_t step) {
  for (uint32_t sender = 0; sender < rows_.senders(); sender++) settle(sender, step);
}

// Synapses whose targets fired once more are among those whose targets fired: the firings that most others follow come first.
void PlasticSynapses::settle(uint32_t sender, uint64_t step) {
  if (!laterFiring_) return;
  const uint32_t settled = std::exchange(settledAt_[sender], static_cast<uint32_t>(step));
  const uint32_t begin = rows_.rowStart[sender];
  const uint32_t length = rows_.rowStart[sender + 1] - begin;
  uint32_t depth = 0;
  for (; depth == 0 || pending_[depth - 1].count > 0; depth++) {
    if (pending_.size() <= depth) pending_.emplace_back();
    if (depth == 0) history_.listPending(rows_.targets.data() + begin, length, settled, pending_[0]);
    else history_.listDeeper(pending_[depth - 1], depth, settled, pending_[depth]);
  }
  while (depth-- > 0) {
    const auto& pending = pending_[depth];
    for (uint32_t from = 0; from < pending.count; from += synapsesAtOnce)
      catchUp(sender, pending, from, std::min(synapsesAtOnce, pending.count - from), depth);
  }
}

void PlasticSynapses::catchUp(uint32_t sender, const FiringHistory::Pending& pending, uint32_t from, uint32_t count, uint32_t depth) {
  BlockRunner& runner = *laterFiring_;
  const uint32_t begin = rows_.rowStart[sender];
  const uint32_t* places = pending.places.data() + from;
  for (const uint32_t reg : runner.senderRegisters())
    senders_.traces()[runner.block().inputs[reg].index].at(sender, pending.steps.data() + from, count, runner.slotOf(reg));
  const auto& registers = runner.firingRegisters();
  for (std::size_t index = 0; index < registers.size(); index++)
    history_.read(index, pending.targets.data() + from, count, depth, runner.slotOf(registers[index]));
  runner.readPlaces(arrays_, begin, places, count);
  runner.run(nullptr, count);
  const auto& outputs = runner.block().outputs;
  for (std::size_t index = 0; index < outputs.size(); index++) {
    if (!runner.isOfReceivers(outputs[index])) runner.storeColumn(index, arrayOf(outputs[index]) + begin, places, count);
  }
}

}  // namespace exocortex
