// The order of events in a step of learning, and which synapses each of them changes.
#include "plastic-synapses.hpp"

#include "kernel-arrays.hpp"
#include "kernel-functions.hpp"

#include <algorithm>
#include <numeric>

namespace exocortex {

namespace {

// Fewer than of a row, so that memory answers while they are computed; measured from 64 to 256.
constexpr uint32_t synapsesOfColumnAtOnce = 64;
constexpr uint32_t synapsesInLine = 16;
constexpr uint32_t phaseOfSenderTraces = 3;
constexpr uint32_t phaseOfReceiverTraces = 4;

void take(const Saturation& found, std::optional<Saturation>& first) {
  if (!first || found.isBefore(*first)) first = found;
}

}  // namespace

PlasticSynapses::PlasticSynapses(const ProjectionPlan& plan, const Range& range, const RuleSurroundings& surroundings,
                                 Workspace& workspace)
    : program_(decodeProgram(*plan.rule, surroundings)),
      range_(range),
      sign_(plan.rule->sign),
      finerBits_(plan.rule->finerBits),
      gateAt_(plan.rule->gateAt),
      rows_(plan, range),
      senders_(rows_.senders(), plan.rule->senderFactors, program_.senderAverages, program_.readsFired(Side::sender)),
      receivers_(range.end - range.begin, plan.rule->receiverFactors, program_.receiverAverages,
                 program_.readsFired(Side::receiver)),
      arrival_(runnerOf(program_.arrival, ProgramEvent::arrival, workspace)),
      firing_(runnerOf(program_.firing, ProgramEvent::firing, workspace)),
      step_(runnerOf(program_.step, ProgramEvent::step, workspace)) {
  if (firing_) columns_ = SynapseColumns(rows_, range.end - range.begin, firing_->readsSenders());
  const std::size_t length = std::size_t{rows_.synapses()} + lanesInGroup;
  synapseArrays_.emplace_back(length);
  for (const int32_t initial : program_.variables) synapseArrays_.emplace_back(length, initial);
  // What the vectors own stays where it is when this object moves.
  for (auto& array : synapseArrays_) arrays_.push_back(array.data());
  for (uint32_t sender = 0; sender < rows_.senders(); sender++) {
    const int32_t* weights = plan.weights.values + plan.rowStart[sender] + rows_.before[sender];
    std::copy_n(weights, rows_.rowStart[sender + 1] - rows_.rowStart[sender], arrays_[0] + rows_.rowStart[sender]);
  }
  sumWeights();
}

std::optional<BlockRunner> PlasticSynapses::runnerOf(const std::optional<Block>& block, ProgramEvent event,
                                                     Workspace& workspace) const {
  if (!block) return std::nullopt;
  return BlockRunner(*block, event, program_.factors, workspace);
}

void PlasticSynapses::sumWeights() {
  weightSum_ = std::accumulate(arrays_[0], arrays_[0] + rows_.synapses(), int64_t{0});
}

// Each row lies anywhere in memory: it is asked for while the one before is delivered.
void PlasticSynapses::deliver(const std::vector<uint32_t>& senders, int32_t* received) const {
  const int32_t* weights = arrays_[0];
  const uint32_t* targets = rows_.targets.data();
  for (std::size_t index = 0; index < senders.size(); index++) {
    if (index + 1 < senders.size()) {
      const uint32_t next = senders[index + 1];
      for (uint32_t synapse = rows_.rowStart[next]; synapse < rows_.rowStart[next + 1]; synapse += synapsesInLine) {
        EXOCORTEX_PREFETCH(&weights[synapse]);
        EXOCORTEX_PREFETCH(&targets[synapse]);
      }
    }
    const uint32_t end = rows_.rowStart[senders[index] + 1];
    for (uint32_t synapse = rows_.rowStart[senders[index]]; synapse < end; synapse++)
      received[targets[synapse]] += sign_ * (weights[synapse] >> finerBits_);
  }
}

void PlasticSynapses::deliverPart(uint32_t sender, int32_t part, int32_t* received) const {
  const int32_t* weights = arrays_[0];
  for (uint32_t synapse = rows_.rowStart[sender]; synapse < rows_.rowStart[sender + 1]; synapse++)
    received[rows_.targets[synapse]] += partOf(sign_ * (weights[synapse] >> finerBits_), part);
}

void PlasticSynapses::learn(const LearningStep& now, std::optional<Saturation>& first) {
  senders_.beginStep(now.arrived);
  receivers_.beginStep(now.fired);
  if (now.signals[gateAt_] != 0) learnEvents(now, first);
  const auto step = static_cast<uint32_t>(now.step);
  const auto full = [&](uint32_t phase, uint32_t trace, uint32_t neuron) {
    take({Saturation::Kind::trace, now.projection, neuron, now.step, phase, trace, neuron}, first);
  };
  senders_.endStep(step, now.arrived, now.potential,
                   [&](uint32_t trace, uint32_t neuron) { full(phaseOfSenderTraces, trace, neuron); });
  receivers_.endStep(step, now.fired, now.potential, [&](uint32_t trace, uint32_t neuron) {
    full(phaseOfReceiverTraces, trace, range_.begin + neuron);
  });
}

void PlasticSynapses::learnEvents(const LearningStep& now, std::optional<Saturation>& first) {
  if (arrival_ && !now.arrived.empty()) {
    setSources(*arrival_, now);
    for (const uint32_t sender : now.arrived) arrive(sender, now, first);
  }
  if (firing_ && !now.fired.empty()) {
    setSources(*firing_, now);
    for (std::size_t index = 0; index < now.fired.size(); index++) {
      const uint32_t next = now.fired[std::min(index + 1, now.fired.size() - 1)];
      fire(now.fired[index], next, now, first);
    }
  }
  if (step_) {
    setSources(*step_, now);
    stepAll(now, first);
  }
}

void PlasticSynapses::setSources(BlockRunner& runner, const LearningStep& now) {
  const auto step = static_cast<uint32_t>(now.step);
  for (std::size_t index = 0; index < runner.block().inputs.size(); index++) {
    const Input& input = runner.block().inputs[index];
    if (runner.isUniform(index) || input.kind == InputKind::weight || input.kind == InputKind::variable) continue;
    if (input.kind == InputKind::factor)
      runner.setSource(index, now.signals + program_.factors[input.index].start + range_.begin);
    else
      runner.setSource(index, (input.side == Side::sender ? senders_ : receivers_).valuesOf(input, step, now.potential));
  }
}

void PlasticSynapses::setUniforms(BlockRunner& runner, uint32_t neuron, const LearningStep& now) {
  const auto step = static_cast<uint32_t>(now.step);
  for (std::size_t index = 0; index < runner.block().inputs.size(); index++) {
    if (!runner.isUniform(index)) continue;
    const Input& input = runner.block().inputs[index];
    if (input.kind == InputKind::factor) {
      const Factor& factor = program_.factors[input.index];
      runner.setUniform(index, now.signals[factor.start + (factor.isPerReceiver ? range_.begin + neuron : 0)]);
    } else {
      auto& side = input.side == Side::sender ? senders_ : receivers_;
      runner.setUniform(index, side.valueOf(input, neuron, step, now.potential));
    }
  }
}

void PlasticSynapses::arrive(uint32_t sender, const LearningStep& now, std::optional<Saturation>& first) {
  setUniforms(*arrival_, sender, now);
  arrival_->beginEvent();
  const uint32_t end = rows_.rowStart[sender + 1];
  for (uint32_t from = rows_.rowStart[sender]; from < end; from += synapsesAtOnce) {
    const uint32_t count = std::min(synapsesAtOnce, end - from);
    arrival_->readRow(arrays_, from, rows_.targets.data() + from, count);
    carryOutRow(*arrival_, ProgramEvent::arrival, from, count, now, first);
  }
}

void PlasticSynapses::fire(uint32_t receiver, uint32_t next, const LearningStep& now, std::optional<Saturation>& first) {
  setUniforms(*firing_, receiver, now);
  firing_->beginEvent();
  const uint32_t begin = columns_.columnStart[receiver];
  const uint32_t end = columns_.columnStart[receiver + 1];
  const auto& outputs = firing_->block().outputs;
  uint32_t later[synapsesOfColumnAtOnce];
  for (uint32_t from = begin; from < end; from += synapsesOfColumnAtOnce) {
    const uint32_t count = std::min(synapsesOfColumnAtOnce, end - from);
    const uint32_t* places = columns_.synapses.data() + from;
    columns_.listLater(receiver, next, from, count, later);
    firing_->readColumn(arrays_, places, later, columns_.senders.data() + from, count);
    firing_->run(count);
    for (std::size_t index = 0; index < outputs.size(); index++) {
      const Stored stored = firing_->storeColumn(outputs[index], arrayOf(outputs[index]), places, count);
      if (!outputs[index].variable) weightSum_ += stored.change;
      if (stored.isBeyond && outputs[index].isFaultBeyond)
        report(ProgramEvent::firing, range_.begin + receiver, from - begin, index, *firing_, now, first);
    }
  }
}

// Row after row, as they lie in memory: also short ones fill the loops.
void PlasticSynapses::stepAll(const LearningStep& now, std::optional<Saturation>& first) {
  setUniforms(*step_, 0, now);
  step_->beginEvent();
  const bool readsSenders = step_->readsSenders();
  const uint32_t synapses = rows_.synapses();
  uint32_t sender = 0;
  for (uint32_t from = 0; from < synapses; from += synapsesAtOnce) {
    const uint32_t count = std::min(synapsesAtOnce, synapses - from);
    step_->readRow(arrays_, from, rows_.targets.data() + from, count);
    for (uint32_t at = 0; readsSenders && at < count;) {
      while (rows_.rowStart[sender + 1] <= from + at) sender++;
      const uint32_t inRow = std::min(rows_.rowStart[sender + 1] - (from + at), count - at);
      step_->readSender(sender, at, inRow);
      at += inRow;
    }
    carryOutRow(*step_, ProgramEvent::step, from, count, now, first);
  }
}

void PlasticSynapses::carryOutRow(BlockRunner& runner, ProgramEvent event, uint32_t from, uint32_t count,
                                  const LearningStep& now, std::optional<Saturation>& first) {
  runner.run(count);
  const auto& outputs = runner.block().outputs;
  for (std::size_t index = 0; index < outputs.size(); index++) {
    const Output& output = outputs[index];
    const Stored stored = runner.storeRow(output, arrayOf(output) + from, count);
    if (!output.variable) weightSum_ += stored.change;
    if (!stored.isBeyond || !output.isFaultBeyond) continue;
    const uint32_t synapse = from + runner.firstBeyond(output, count);
    const auto next = std::upper_bound(rows_.rowStart.begin(), rows_.rowStart.end(), synapse);
    const auto sender = static_cast<uint32_t>(next - rows_.rowStart.begin() - 1);
    report(event, sender, rows_.before[sender] + (synapse - rows_.rowStart[sender]), index, runner, now, first);
  }
}

void PlasticSynapses::report(ProgramEvent event, uint32_t neuron, uint32_t placeInEvent, std::size_t output,
                             const BlockRunner& runner, const LearningStep& now, std::optional<Saturation>& first) const {
  take({Saturation::Kind::variable, now.projection, *runner.block().outputs[output].variable, now.step,
        static_cast<uint32_t>(event), neuron, placeInEvent / synapsesAtOnce, static_cast<uint32_t>(output)},
       first);
}

}  // namespace exocortex
