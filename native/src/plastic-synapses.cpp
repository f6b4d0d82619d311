// The order of events in a step of learning, and which synapses each of them changes.
#include "plastic-synapses.hpp"

#include "kernel-functions.hpp"
#include "prefetch-row.hpp"

#include <algorithm>
#include <numeric>

namespace exocortex {

namespace {

// Fewer than of a row, so that memory answers while they are computed; measured from 64 to 256.
constexpr uint32_t synapsesOfColumnAtOnce = 64;
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
      workspace_(&workspace),
      isGraded_(surroundings.isGraded),
      surveyStart_(plan.rule->surveyParts.begin(), plan.rule->surveyParts.end()),
      surveyed_(surveyStart_.size() - 1),
      isOfReceivers_(variablesOfReceivers(program_, std::vector<bool>(program_.variables.size(), true))),
      receiverVariables_(program_.variables.size()),
      synapseArrays_(1 + program_.variables.size()) {
  synapseArrays_[0].resize(rows_.synapses());
  for (uint32_t sender = 0; sender < rows_.senders(); sender++) {
    const int32_t* weights = plan.weights.values + plan.rowStart[sender] + rows_.before[sender];
    std::copy_n(weights, rows_.rowStart[sender + 1] - rows_.rowStart[sender],
                synapseArrays_[0].begin() + rows_.rowStart[sender]);
  }
  for (std::size_t variable = 0; variable < program_.variables.size(); variable++) {
    if (isOfReceivers_[variable]) receiverVariables_[variable].assign(range.end - range.begin, program_.variables[variable]);
    else synapseArrays_[1 + variable].assign(rows_.synapses(), program_.variables[variable]);
  }
  makeRunners(0);
  for (std::size_t part = 0; part < surveyed_.size(); part++) sumPart(part);
}

// What the vectors own stays where it is when this object moves.
void PlasticSynapses::makeRunners(uint64_t step) {
  const auto runnerOf = [&](const std::optional<Block>& block, ProgramEvent event) -> std::optional<BlockRunner> {
    if (!block) return std::nullopt;
    return BlockRunner(*block, event, program_, isOfReceivers_, {rows_.senders(), range_.end - range_.begin}, *workspace_);
  };
  arrays_.clear();
  for (auto& array : synapseArrays_) arrays_.push_back(array.data());
  arrival_ = runnerOf(program_.arrival, ProgramEvent::arrival);
  const bool isPutOff = canPutOff();
  firing_ = isPutOff ? std::nullopt : runnerOf(program_.firing, ProgramEvent::firing);
  laterFiring_ = isPutOff ? runnerOf(program_.firing, ProgramEvent::laterFiring) : std::nullopt;
  step_ = runnerOf(program_.step, ProgramEvent::step);
  if (firing_ && columns_.columnStart.empty())
    columns_ = SynapseColumns(rows_, range_.end - range_.begin, firing_->readsSenders());
  if (laterFiring_) beginHistory(static_cast<uint32_t>(step) - 1);
}

void PlasticSynapses::survey(uint64_t tick, uint64_t step) {
  const std::size_t part = tick % surveyed_.size();
  if (laterFiring_) {
    for (uint32_t sender = surveyStart_[part]; sender < surveyStart_[part + 1]; sender++) settle(sender, step);
    partSettledAt_[part] = static_cast<uint32_t>(step);
    history_.forget(partSettledAt_[(part + 1) % surveyed_.size()], tick);
  }
  sumPart(part);
}

void PlasticSynapses::sumPart(std::size_t part) {
  const int32_t* weights = arrays_[0];
  surveyed_[part] = std::accumulate(weights + rows_.rowStart[surveyStart_[part]], weights + rows_.rowStart[surveyStart_[part + 1]],
                                    int64_t{0});
}

// Each row lies anywhere in memory: it is asked for while the one before is delivered.
void PlasticSynapses::deliver(const std::vector<uint32_t>& senders, uint64_t step, int32_t* received) {
  for (std::size_t index = 0; index < senders.size(); index++) {
    if (index + 1 < senders.size()) {
      const uint32_t next = senders[index + 1];
      const uint32_t begin = rows_.rowStart[next];
      prefetchRow(arrays_[0] + begin, rows_.rowStart[next + 1] - begin);
      prefetchRow(rows_.targets.data() + begin, rows_.rowStart[next + 1] - begin);
    }
    settle(senders[index], step - 1);
    deliverRow(senders[index], received);
  }
}

void PlasticSynapses::deliverRow(uint32_t sender, int32_t* received) const {
  const int32_t* weights = arrays_[0];
  const uint32_t* targets = rows_.targets.data();
  const uint32_t end = rows_.rowStart[sender + 1];
  // Copies: nothing that is written could be one of them.
  const int32_t sign = sign_;
  const uint32_t finerBits = finerBits_;
  for (uint32_t synapse = rows_.rowStart[sender]; synapse < end; synapse++)
    received[targets[synapse]] += sign * (weights[synapse] >> finerBits);
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
    beginBlock(*arrival_, now);
    for (const uint32_t sender : now.arrived) arrive(sender, now, first);
  }
  if (laterFiring_) {
    for (const uint32_t receiver : now.fired) putOff(receiver, now, first);
  }
  if (firing_ && !now.fired.empty()) {
    beginBlock(*firing_, now);
    for (std::size_t index = 0; index < now.fired.size(); index++) {
      const uint32_t next = now.fired[std::min(index + 1, now.fired.size() - 1)];
      fire(now.fired[index], next, now, first);
    }
  }
  if (step_) {
    beginBlock(*step_, now);
    stepAll(now, first);
  }
}

void PlasticSynapses::beginBlock(BlockRunner& runner, const LearningStep& now) {
  const auto step = static_cast<uint32_t>(now.step);
  for (std::size_t index = 0; index < runner.block().inputs.size(); index++) {
    const Input& input = runner.block().inputs[index];
    const Owner owner = runner.ownerOf(index);
    if (owner == Owner::step) runner.setUniform(index, now.signals[program_.factors[input.index].start]);
    if (owner != Owner::sender && owner != Owner::receiver) continue;
    if (input.kind == InputKind::factor)
      runner.setSource(index, now.signals + program_.factors[input.index].start + range_.begin);
    else if (input.kind == InputKind::variable)
      runner.setSource(index, receiverVariables_[input.index].data());
    else
      runner.setSource(index, (owner == Owner::sender ? senders_ : receivers_).valuesOf(input, step, now.potential));
  }
  runner.beginStep();
}

void PlasticSynapses::beginEvent(BlockRunner& runner, uint32_t neuron, const LearningStep& now) {
  const auto step = static_cast<uint32_t>(now.step);
  for (std::size_t index = 0; index < runner.block().inputs.size(); index++) {
    if (runner.ownerOf(index) != Owner::event) continue;
    const Input& input = runner.block().inputs[index];
    if (input.kind == InputKind::factor)
      runner.setUniform(index, now.signals[placeOf(program_.factors[input.index], neuron)]);
    else if (input.kind == InputKind::variable)
      runner.setUniform(index, receiverVariables_[input.index][neuron]);
    else
      runner.setUniform(index, (input.side == Side::sender ? senders_ : receivers_).valueOf(input, neuron, step, now.potential));
  }
  runner.beginEvent();
}

void PlasticSynapses::arrive(uint32_t sender, const LearningStep& now, std::optional<Saturation>& first) {
  beginEvent(*arrival_, sender, now);
  const uint32_t end = rows_.rowStart[sender + 1];
  for (uint32_t from = rows_.rowStart[sender]; from < end; from += synapsesAtOnce)
    carryOutRow(*arrival_, ProgramEvent::arrival, from, std::min(synapsesAtOnce, end - from), now, first);
}

void PlasticSynapses::fire(uint32_t receiver, uint32_t next, const LearningStep& now, std::optional<Saturation>& first) {
  const uint32_t begin = columns_.columnStart[receiver];
  const uint32_t end = columns_.columnStart[receiver + 1];
  if (begin == end) return;
  columns_.expect(next);
  beginEvent(*firing_, receiver, now);
  const auto& outputs = firing_->block().outputs;
  uint32_t later[synapsesOfColumnAtOnce];
  for (uint32_t from = begin; from < end; from += synapsesOfColumnAtOnce) {
    const uint32_t count = std::min(synapsesOfColumnAtOnce, end - from);
    const uint32_t* places = columns_.synapses.data() + from;
    columns_.listLater(receiver, next, from, count, later);
    firing_->readColumn(arrays_, places, later, count);
    const auto& stored = firing_->run(firing_->readsSenders() ? columns_.senders.data() + from : nullptr, count);
    for (std::size_t index = 0; index < outputs.size(); index++) {
      const Output& output = outputs[index];
      if (firing_->isOfReceivers(output)) continue;
      firing_->storeColumn(index, arrayOf(output), places, count);
      if (stored[index].firstBeyond < count && output.isFaultBeyond)
        report(ProgramEvent::firing, range_.begin + receiver, from - begin, index, *firing_, now, first);
    }
  }
  storeFiring(*firing_, receiver, now, first);
}

void PlasticSynapses::storeFiring(const BlockRunner& runner, uint32_t receiver, const LearningStep& now,
                                  std::optional<Saturation>& first) {
  const auto& outputs = runner.block().outputs;
  for (std::size_t index = 0; index < outputs.size(); index++) {
    if (runner.isOfReceivers(outputs[index]) && runner.isFault(outputs[index], receiver))
      report(ProgramEvent::firing, range_.begin + receiver, 0, index, runner, now, first);
  }
  storeOfReceiver(runner, receiver);
}

// Row after row, as they lie in memory: also short ones fill the loops.
void PlasticSynapses::stepAll(const LearningStep& now, std::optional<Saturation>& first) {
  const bool readsSenders = step_->readsSenders();
  const uint32_t synapses = step_->storesRows() ? rows_.synapses() : 0;
  uint32_t sender = 0;
  const uint32_t atOnce = step_->atOnce();
  for (uint32_t from = 0; from < synapses; from += atOnce) {
    const uint32_t count = std::min(atOnce, synapses - from);
    const uint32_t next = std::min(atOnce, synapses - from - count);
    // What does little but read memory is faster by itself, and fused loops ask for it themselves.
    if (step_->gathers() && !step_->isFused()) step_->expectRow(arrays_, rows_.targets.data(), from + count, next);
    for (uint32_t at = 0; readsSenders && at < count;) {
      while (rows_.rowStart[sender + 1] <= from + at) sender++;
      const uint32_t inRow = std::min(rows_.rowStart[sender + 1] - (from + at), count - at);
      step_->readSender(sender, at, inRow);
      at += inRow;
    }
    carryOutRow(*step_, ProgramEvent::step, from, count, now, first);
  }
  if (!step_->storesReceivers()) return;
  reportOfReceivers(now, first);
  for (uint32_t receiver = 0; receiver < range_.end - range_.begin; receiver++) storeOfReceiver(*step_, receiver);
}

void PlasticSynapses::carryOutRow(BlockRunner& runner, ProgramEvent event, uint32_t from, uint32_t count,
                                  const LearningStep& now, std::optional<Saturation>& first) {
  runner.setRow(arrays_, from);
  const auto& stored = runner.run(rows_.targets.data() + from, count);
  const auto& outputs = runner.block().outputs;
  for (std::size_t index = 0; index < outputs.size(); index++) {
    if (stored[index].firstBeyond < count && outputs[index].isFaultBeyond)
      reportInRow(event, from + stored[index].firstBeyond, index, runner, now, first);
  }
}

void PlasticSynapses::storeOfReceiver(const BlockRunner& runner, uint32_t receiver) {
  results_.clear();
  for (const auto& output : runner.block().outputs) {
    if (runner.isOfReceivers(output)) results_.push_back(output.stored(runner.resultOf(output, receiver)));
  }
  auto next = results_.begin();
  for (const auto& output : runner.block().outputs) {
    if (runner.isOfReceivers(output)) receiverVariables_[*output.variable][receiver] = *next++;
  }
}

// Where the reference meets it: it takes the synapses of an event `synapsesAtOnce` at a time.
void PlasticSynapses::report(ProgramEvent event, uint32_t neuron, uint32_t placeInEvent, std::size_t output,
                             const BlockRunner& runner, const LearningStep& now, std::optional<Saturation>& first) const {
  take({Saturation::Kind::variable, now.projection, *runner.block().outputs[output].variable, now.step,
        static_cast<uint32_t>(event), neuron, placeInEvent / synapsesAtOnce, static_cast<uint32_t>(output)},
       first);
}

void PlasticSynapses::reportInRow(ProgramEvent event, uint32_t synapse, std::size_t output, const BlockRunner& runner,
                                  const LearningStep& now, std::optional<Saturation>& first) const {
  const auto next = std::upper_bound(rows_.rowStart.begin(), rows_.rowStart.end(), synapse);
  const auto sender = static_cast<uint32_t>(next - rows_.rowStart.begin() - 1);
  report(event, sender, rows_.before[sender] + (synapse - rows_.rowStart[sender]), output, runner, now, first);
}

void PlasticSynapses::reportOfReceivers(const LearningStep& now, std::optional<Saturation>& first) const {
  const auto& outputs = step_->block().outputs;
  for (std::size_t index = 0; index < outputs.size(); index++) {
    if (!step_->isOfReceivers(outputs[index])) continue;
    std::vector<bool> isFault;
    for (uint32_t receiver = 0; receiver < range_.end - range_.begin; receiver++)
      isFault.push_back(step_->isFault(outputs[index], receiver));
    if (std::find(isFault.begin(), isFault.end(), true) == isFault.end()) continue;
    const auto found = std::find_if(rows_.targets.begin(), rows_.targets.end(), [&](uint32_t target) { return isFault[target]; });
    if (found != rows_.targets.end())
      reportInRow(ProgramEvent::step, static_cast<uint32_t>(found - rows_.targets.begin()), index, *step_, now, first);
  }
}

}  // namespace exocortex
