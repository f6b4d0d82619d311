// Where synapses change in every step anyway, firings change them piece by piece of the rows, just before the step reads the same piece:
// by receiver their synapses would be fetched from all over memory and written back once more.
#include "plastic-synapses.hpp"

#include <algorithm>

namespace exocortex {

namespace {

// So many that what they keep stays in the second cache from one pass to the other.
constexpr uint32_t synapsesOfPiece = 32768;

}  // namespace

// A result that all synapses of a receiver share must wait until all of them have read the one before.
bool PlasticSynapses::canGather() const {
  if (!program_.firing || !program_.step) return false;
  const auto& outputs = program_.firing->outputs;
  return std::none_of(outputs.begin(), outputs.end(),
                      [&](const Output& output) { return output.variable && isOfReceivers_[*output.variable]; });
}

void PlasticSynapses::stepWithFirings(const LearningStep& now, std::optional<Saturation>& first) {
  const auto& registers = gatheredFiring_->firingRegisters();
  firedNumbers_.resize(registers.size());
  for (auto& numbers : firedNumbers_) numbers.clear();
  cursors_.clear();
  for (const uint32_t receiver : now.fired) {
    beginEvent(*gatheredFiring_, receiver, now);
    for (std::size_t index = 0; index < registers.size(); index++)
      firedNumbers_[index].push_back(gatheredFiring_->valueOf(registers[index]));
    cursors_.push_back(columns_.columnStart[receiver]);
  }
  const uint32_t synapses = rows_.synapses();
  uint32_t sender = 0;
  listFired(now, std::min(synapsesOfPiece, synapses));
  for (uint32_t from = 0; from < synapses;) {
    const uint32_t end = from + std::min(synapsesOfPiece, synapses - from);
    for (uint32_t at = 0; at < fired_.size(); at += synapsesAtOnce)
      fireSome(at, std::min(synapsesAtOnce, static_cast<uint32_t>(fired_.size()) - at), now, first);
    if (end < synapses) listFired(now, end + std::min(synapsesOfPiece, synapses - end));
    if (step_->storesRows()) stepRows({from, end}, sender, now, first);
    from = end;
  }
}

// Asks for what they keep, which is changed when the step has come to them.
void PlasticSynapses::listFired(const LearningStep& now, uint32_t end) {
  fired_.clear();
  firedSenders_.clear();
  firedBy_.clear();
  const bool withSenders = !columns_.senders.empty();
  for (uint32_t by = 0; by < now.fired.size(); by++) {
    const uint32_t columnEnd = columns_.columnStart[now.fired[by] + 1];
    uint32_t& cursor = cursors_[by];
    for (; cursor < columnEnd && columns_.synapses[cursor] < end; cursor++) {
      const uint32_t synapse = columns_.synapses[cursor];
      gatheredFiring_->expectRow(arrays_, synapse, 1);
      fired_.push_back(synapse);
      if (withSenders) firedSenders_.push_back(columns_.senders[cursor]);
      firedBy_.push_back(by);
    }
    columns_.expectFrom(cursor);
  }
}

void PlasticSynapses::fireSome(uint32_t from, uint32_t count, const LearningStep& now, std::optional<Saturation>& first) {
  BlockRunner& runner = *gatheredFiring_;
  const auto& block = runner.block();
  for (const uint32_t reg : runner.senderRegisters())
    gather(senders_.valuesOf(block.inputs[reg], static_cast<uint32_t>(now.step), now.potential), firedSenders_.data() + from,
           runner.slotOf(reg), count);
  const auto& registers = runner.firingRegisters();
  for (std::size_t index = 0; index < registers.size(); index++)
    gather(firedNumbers_[index].data(), firedBy_.data() + from, runner.slotOf(registers[index]), count);
  const uint32_t* places = fired_.data() + from;
  runner.readPlaces(arrays_, 0, places, count);
  const auto& stored = runner.run(nullptr, count);
  for (std::size_t index = 0; index < block.outputs.size(); index++) {
    const Output& output = block.outputs[index];
    runner.storeColumn(index, arrayOf(output), places, count);
    if (stored[index].firstBeyond >= count || !output.isFaultBeyond) continue;
    const uint32_t receiver = now.fired[firedBy_[from + stored[index].firstBeyond]];
    const auto column = columns_.synapses.begin() + columns_.columnStart[receiver];
    const auto found = std::lower_bound(column, columns_.synapses.begin() + columns_.columnStart[receiver + 1],
                                        places[stored[index].firstBeyond]);
    report(ProgramEvent::firing, range_.begin + receiver, static_cast<uint32_t>(found - column), index, runner, now, first);
  }
}

}  // namespace exocortex
