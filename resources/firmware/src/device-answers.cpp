// What the board tells its host: answers, status, samples, cut into reports.
#include <string.h>

#include "crc32.hpp"
#include "device.hpp"
#include "json-writer.hpp"
#include "little-endian.hpp"

namespace exocortex {

namespace {

constexpr uint64_t statusPeriodMicroseconds = 20000;
constexpr std::size_t sampleHeaderBytes = 20;

void writeLimits(JsonWriter& json, const Limits& limits) {
  json.beginNested("limits");
  json.number("amplitudeMaxNanoamps", limits.amplitudeMaxNanoamps);
  json.number("chargePerPhaseMaxFemtocoulombs", static_cast<int64_t>(limits.chargePerPhaseMaxFemtocoulombs));
  json.number("phaseMaxMicroseconds", limits.phaseMaxMicroseconds);
  json.number("interphaseMaxMicroseconds", limits.interphaseMaxMicroseconds);
  json.number("rateMaxHz", limits.rateMaxHz);
  json.number("leaseMaxMilliseconds", limits.leaseMaxMilliseconds);
  json.number("complianceMillivolts", limits.complianceMillivolts);
  json.number("simultaneousElectrodesMax", limits.simultaneousElectrodesMax);
  json.number("totalRateMaxHz", limits.totalRateMaxHz);
  json.end();
}

}  // namespace

void Device::acknowledge(const UnderWay& underWay, Outcome outcome, const DeliveredPulse& measured) {
  const Pulse& pulse = underWay.pulse;
  const int64_t firstNanoamps = pulse.firstNanoamps;
  uint8_t body[96];
  ByteWriter writer(body);
  writer.u64(pulse.session);
  writer.u32(pulse.sequence);
  writer.u8(outcome);
  writer.u16(pulse.electrode);
  writer.u32(static_cast<uint32_t>(firstNanoamps < 0 ? -firstNanoamps : firstNanoamps));
  writer.u64(underWay.sample);
  writer.u64(underWay.startMicroseconds);
  writer.i64(measured.firstFemtocoulombs);
  writer.i64(measured.secondFemtocoulombs);
  writer.u32(measured.peakMillivolts);
  writer.u8(measured.isSaturated);
  writer.i32(measured.residualMillivolts);
  writer.u32(pulse.limits.high);
  writer.u32(pulse.limits.low);
  sendToRole(roleControl, messageAcknowledgement, body, writer.length());
}

void Device::sendIdentity(Peer& peer) {
  uint8_t body[bodyMaxBytes];
  JsonWriter json(body, sizeof body);
  json.begin();
  json.text("kind", "hid");
  json.text("serial", settings_.serial);
  json.text("firmware", settings_.firmware);
  json.text("description", settings_.description);
  json.number("channels", settings_.channels);
  json.number("sampleRateHz", board_.readConfiguration().acquisition.sampleRateHz);
  json.thousandths("microvoltsPerBit", settings_.nanovoltsPerBit);
  json.number("samplesPerBlock", settings_.samplesPerBlock);
  json.boolean("canStimulate", true);
  writeLimits(json, settings_.limits);
  json.nothing("electrodePitchMicrometres");
  json.text("pacing", "real-time");
  json.number("bootNumber", static_cast<int64_t>(settings_.bootNumber));
  json.end();
  send(peer, messageIdentity, body, json.length());
}

void Device::sendSelfTest(Peer& peer) {
  BodyMeasurement measurement = {};
  board_.measureBody(measurement);
  uint8_t body[bodyMaxBytes];
  JsonWriter json(body, sizeof body);
  json.begin();
  json.text("serial", settings_.serial);
  json.text("firmware", settings_.firmware);
  json.number("bootNumber", static_cast<int64_t>(settings_.bootNumber));
  writeLimits(json, settings_.limits);
  json.boolean("isSafetyDisabled", measurement.isSafetyDisabled);
  json.number("amplitudeStepNanoamps", measurement.amplitudeStepNanoamps);
  json.numbers("impedancesOhms", measurement.impedancesOhms, settings_.channels);
  json.number("temperatureDecidegrees", board_.temperatureDecidegrees());
  json.boolean("isEmergencyStopWired", measurement.isEmergencyStopWired);
  json.end();
  send(peer, messageSelfTestReport, body, json.length());
}

void Device::sendConfiguration(Peer& peer) {
  const BoardConfiguration configuration = board_.readConfiguration();
  uint8_t body[24];
  ByteWriter writer(body);
  writer.u32(configuration.acquisition.sampleRateHz);
  writer.u32(configuration.acquisition.lowCutMillihertz);
  writer.u32(configuration.acquisition.highCutHertz);
  writer.u16(configuration.digitalOutputs);
  writer.u16(configuration.digitalInputs);
  writer.u64(outputsSetMicroseconds_);
  send(peer, messageConfiguration, body, writer.length());
}

std::size_t Device::writeStatus(uint8_t* body) {
  const StimulatorState& state = stimulator_.state();
  const uint64_t now = board_.nowMicroseconds();
  // Between a lease's end and the next poll the output is still on, with nothing left.
  const uint64_t remaining = state.isOutputOn && state.leaseExpiry > now ? state.leaseExpiry - now : 0;
  ByteWriter writer(body);
  writer.u64(settings_.bootNumber);
  writer.u64(now);
  writer.u8(state.isOutputOn);
  writer.u64(state.session);
  writer.u64(state.burnedSession);
  writer.u32(state.leaseMicroseconds);
  writer.u32(static_cast<uint32_t>(remaining));
  writer.u32(state.lastSequence);
  writer.u32(state.deliveredPulses);
  writer.u32(state.refusedPulses);
  writer.u64(state.enableSession);
  writer.u8(state.enableOutcome);
  writer.u64(acquiredSamples_);
  writer.u8(state.isEmergencyStopPressed);
  writer.u8(state.isDry);
  writer.i32(board_.outputNanoamps());
  writer.u32(refusedFrames_);
  writer.u32(state.ignoredRenewals);
  writer.i32(board_.temperatureDecidegrees());
  writer.u32(state.limits.high);
  writer.u32(state.limits.low);
  return writer.length();
}

bool Device::isStatusDue() {
  const StimulatorState& state = stimulator_.state();
  return board_.nowMicroseconds() >= statusDue_ || state.isOutputOn != told_.isOutputOn ||
         state.isEmergencyStopPressed != told_.isEmergencyStopPressed;
}

void Device::sendStatus() {
  told_ = stimulator_.state();
  statusDue_ = board_.nowMicroseconds() + statusPeriodMicroseconds;
  uint8_t body[bodyMaxBytes];
  const std::size_t length = writeStatus(body);
  sendToRole(roleControl, messageStatus, body, length);
  sendToRole(roleWatchdog, messageStatus, body, length);
}

void Device::sendToRole(Role role, uint8_t type, const uint8_t* body, std::size_t length) {
  if (!connections_[role].isOpen()) return;
  Peer peer = peerOf(role);
  send(peer, type, body, length);
}

void Device::send(Peer& peer, uint8_t type, const uint8_t* body, std::size_t length) {
  uint8_t frame[frameHeaderBytes + bodyMaxBytes + checksumBytes];
  ByteWriter header(frame);
  header.u32(static_cast<uint32_t>(length + checksumBytes));
  header.u8(type);
  memcpy(frame + frameHeaderBytes, body, length);
  ByteWriter(frame + frameHeaderBytes + length).u32(crc32(body, length, type));
  const std::size_t frameBytes = frameHeaderBytes + length + checksumBytes;
  const std::size_t fragmentMax = settings_.reportBytes - reportOverheadBytes;
  for (std::size_t at = 0; at < frameBytes; at += fragmentMax) {
    const std::size_t left = frameBytes - at;
    const bool isLast = left <= fragmentMax;
    const uint16_t sequence = peer.connection == nullptr ? peer.strangersSequence++ : peer.connection->nextSequence();
    addReport({reportFragment, peer.channel, at == 0, isLast, peer.number, sequence}, frame + at,
              isLast ? left : fragmentMax);
  }
}

void Device::addSample(uint64_t sample, const int16_t* values, uint64_t acquiredMicroseconds, uint16_t digitalInputs) {
  acquiredSamples_ = sample + 1;
  if (!(isStarted_ && connections_[roleData].isOpen())) {
    heldSamples_ = 0;
    return;
  }
  if (heldSamples_ > 0 && sample != firstSample_ + heldSamples_) sendSamples();
  if (heldSamples_ == 0) firstSample_ = sample;
  newestMicroseconds_ = acquiredMicroseconds;
  digitalInputs_ = digitalInputs;
  const std::size_t sampleBytes = settings_.channels * sizeof(int16_t);
  ByteWriter writer(held_ + sampleHeaderBytes + heldSamples_ * sampleBytes);
  for (uint16_t channel = 0; channel < settings_.channels; channel++) writer.u16(static_cast<uint16_t>(values[channel]));
  heldSamples_++;
  const std::size_t nextBytes = reportOverheadBytes + sampleHeaderBytes + (heldSamples_ + 1) * sampleBytes;
  if (nextBytes > settings_.reportBytes) sendSamples();
}

void Device::sendSamples() {
  ByteWriter writer(held_);
  writer.u64(firstSample_);
  writer.u64(newestMicroseconds_);
  writer.u16(digitalInputs_);
  writer.u8(heldSamples_);
  writer.u8(static_cast<uint8_t>(settings_.channels));
  const std::size_t payloadBytes = sampleHeaderBytes + heldSamples_ * settings_.channels * sizeof(int16_t);
  Connection& connection = connections_[roleData];
  addReport({reportSamples, roleData, true, true, connection.number(), connection.nextSequence()}, held_, payloadBytes);
  heldSamples_ = 0;
}

void Device::addReport(const ReportHeader& header, const uint8_t* payload, std::size_t payloadBytes) {
  if (!queue_.hasRoom(header.kind)) return;
  uint8_t* report = queue_.next();
  memcpy(report + reportHeaderBytes, payload, payloadBytes);
  sealReport(report, settings_.reportBytes, header, payloadBytes);
  queue_.add();
}

}  // namespace exocortex
