// What becomes of each report and message. The decisions are those of the virtual rig's connections (main/virtual-rig/device-client.ts).
#include "device.hpp"

#include <string.h>

#include "crc32.hpp"
#include "json-writer.hpp"
#include "little-endian.hpp"

namespace exocortex {

namespace {

const char* const roleNames[roleCount] = {"data", "control", "watchdog"};

}  // namespace

Device::Device(Board& board, const BoardSettings& settings)
    : board_(board),
      settings_(settings),
      authenticator_(settings.token, settings.tokenBytes),
      stimulator_(settings.limits, settings.channels, settings.keptSession),
      keptSession_(settings.keptSession) {}

void Device::take(const uint8_t* report) {
  ReportHeader header;
  const uint8_t* payload;
  std::size_t payloadBytes;
  if (!readReport(report, settings_.reportBytes, header, payload, payloadBytes) || header.kind == reportSamples) {
    refusedFrames_++;
    return;
  }
  stimulator_.lapse(board_.nowMicroseconds());
  followStimulator();
  collectFinished();
  Connection& connection = connections_[header.channel];
  const bool isKnown = connection.isOpen() && connection.number() == header.connection;
  if (header.kind == reportGoodbye) {
    if (isKnown) leave(header.channel);
  } else if (isKnown) {
    takeFragment(header, payload, payloadBytes);
  } else {
    takeStranger(header, payload, payloadBytes);
  }
}

void Device::poll() {
  stimulator_.lapse(board_.nowMicroseconds());
  const bool isPressed = board_.isEmergencyStopPressed();
  if (isPressed != stimulator_.state().isEmergencyStopPressed) stimulator_.pressEmergencyStop(isPressed);
  followStimulator();
  collectFinished();
  if (isStatusDue()) sendStatus();
}

void Device::linkLost() {
  for (uint8_t channel = 0; channel < roleCount; channel++) leave(channel);
  stop(0);
}

const uint8_t* Device::nextReport() const { return queue_.isEmpty() ? nullptr : queue_.oldest(); }

void Device::takeFragment(const ReportHeader& header, const uint8_t* payload, std::size_t payloadBytes) {
  Connection& connection = connections_[header.channel];
  if (connection.take(header, payload, payloadBytes, refusedFrames_) != Connection::Arrival::whole) return;
  Peer peer = peerOf(header.channel);
  takeFrame(peer, header.sequence, connection.frame(), connection.frameBytes());
}

// What a stranger may say fits into one report.
void Device::takeStranger(const ReportHeader& header, const uint8_t* payload, std::size_t payloadBytes) {
  if (!(header.isFirst && header.isLast)) {
    refusedFrames_++;
    return;
  }
  Peer peer = {header.channel, header.connection, nullptr, 0};
  takeFrame(peer, header.sequence, payload, payloadBytes);
}

void Device::takeFrame(Peer& peer, uint16_t sequence, const uint8_t* frame, std::size_t frameBytes) {
  // Too short to be a frame: of type 0, and damaged.
  static const uint8_t none[frameHeaderBytes] = {};
  if (frameBytes < frameHeaderBytes) frame = none, frameBytes = frameHeaderBytes;
  const uint8_t type = frame[4];
  const uint8_t* body = frame + frameHeaderBytes;
  std::size_t length = frameBytes - frameHeaderBytes;
  Rejection rejection = rejectionNone;
  if (ByteReader(frame).u32() != length || length < checksumBytes) {
    rejection = rejectionChecksum;
  } else {
    length -= checksumBytes;
    if (ByteReader(body + length).u32() != crc32(body, length, type)) rejection = rejectionChecksum;
  }
  if (rejection == rejectionNone && isTagged(type)) {
    uint8_t tag[tagBytes];
    const std::size_t bodyBytes = length < tagBytes ? 0 : length - tagBytes;
    authenticator_.tag(type, body, bodyBytes, tag);
    if (length < tagBytes || !isSame(tag, body + bodyBytes, tagBytes)) rejection = rejectionForged;
    length = bodyBytes;
  }
  // Whoever says STOP stops, whatever else is wrong with the message.
  if (rejection != rejectionNone && type == messageStop) stop(0);
  if (rejection == rejectionNone) rejection = takeBody(peer, sequence, type, body, length);
  if (rejection != rejectionNone) reject(peer, type, rejection);
}

Rejection Device::takeBody(Peer& peer, uint16_t sequence, uint8_t type, const uint8_t* body, std::size_t length) {
  if (type == messageStop) return takeStop(peer, body, length);
  if (peer.connection == nullptr) return type == messageHello ? takeHello(peer, sequence, body, length) : rejectionNotPermitted;
  if (peer.channel == roleData) return executeForData(type, length);
  return peer.channel == roleControl ? executeForControl(peer, type, body, length)
                                     : executeForWatchdog(type, body, length);
}

Rejection Device::takeStop(const Peer& peer, const uint8_t* body, std::size_t length) {
  uint64_t session = 0;
  const bool isRead = decodeStop(body, length, session);
  stop(isRead && peer.connection != nullptr ? session : 0);
  return isRead ? rejectionNone : rejectionUnreadable;
}

Rejection Device::takeHello(Peer& peer, uint16_t sequence, const uint8_t* body, std::size_t length) {
  Hello hello;
  if (!decodeHello(body, length, hello) || hello.role != peer.channel || hello.magic != protocolMagic)
    return rejectionUnreadable;
  if (hello.version != protocolVersion) {
    uint8_t message[bodyMaxBytes];
    JsonWriter json(message, sizeof message);
    json.begin();
    json.text("reason", "protocol");
    json.beginText("message");
    json.part("the device speaks protocol version ");
    json.part(protocolVersion);
    json.part(", not ");
    json.part(hello.version);
    json.endText();
    json.end();
    send(peer, messageClosing, message, json.length());
    return rejectionNone;
  }
  if (hello.tokenBytes != settings_.tokenBytes || !isSame(hello.token, settings_.token, settings_.tokenBytes)) {
    close(peer, "the token is not that of this device");
    return rejectionNone;
  }
  // The newest program counts: one that was killed could not say goodbye.
  leave(peer.channel);
  connections_[peer.channel].open(peer.number, sequence);
  peer = peerOf(peer.channel);
  sendIdentity(peer);
  uint8_t status[bodyMaxBytes];
  send(peer, messageStatus, status, writeStatus(status));
  return rejectionNone;
}

Rejection Device::executeForData(uint8_t type, std::size_t length) {
  if (type != messageStart) return rejectionNotPermitted;
  if (length != 0) return rejectionUnreadable;
  isStarted_ = true;
  return rejectionNone;
}

Rejection Device::executeForWatchdog(uint8_t type, const uint8_t* body, std::size_t length) {
  if (type != messageRenew) return rejectionNotPermitted;
  Renew renew;
  if (!decodeRenew(body, length, renew)) return rejectionUnreadable;
  stimulator_.renew(renew, board_.nowMicroseconds());
  sendStatus();
  return rejectionNone;
}

Rejection Device::executeForControl(Peer& peer, uint8_t type, const uint8_t* body, std::size_t length) {
  switch (type) {
    case messageEnable: {
      Enable enable;
      if (!decodeEnable(body, length, enable)) return rejectionUnreadable;
      stimulator_.enable(enable, board_.nowMicroseconds());
      followStimulator();
      sendStatus();
      return rejectionNone;
    }
    case messagePulse: {
      Pulse command;
      if (!decodePulse(body, length, command)) return rejectionUnreadable;
      pulse(command);
      return rejectionNone;
    }
    case messageSelfTest:
      if (length != 0) return rejectionUnreadable;
      if (stimulator_.state().isOutputOn) return rejectionNotNow;
      sendSelfTest(peer);
      return rejectionNone;
    case messageConfigure: {
      Configuration configuration;
      if (!decodeConfigure(body, length, configuration)) return rejectionUnreadable;
      if (stimulator_.state().isOutputOn) return rejectionNotNow;
      board_.configure(configuration);
      sendConfiguration(peer);
      return rejectionNone;
    }
    case messageSetDigitalOutputs: {
      uint16_t outputs;
      if (!decodeDigitalOutputs(body, length, outputs)) return rejectionUnreadable;
      board_.setDigitalOutputs(outputs);
      outputsSetMicroseconds_ = board_.nowMicroseconds();
      sendConfiguration(peer);
      return rejectionNone;
    }
    default:
      return rejectionNotPermitted;
  }
}

void Device::pulse(const Pulse& pulse) {
  const uint64_t now = board_.nowMicroseconds();
  const UnderWay started = {pulse, now, acquiredSamples_};
  const bool isMeasured = pulse.electrode < electrodesMax && isUnderWay_[pulse.electrode];
  const Outcome outcome = isMeasured ? stimulator_.refuseBusy() : stimulator_.judge(pulse, now);
  if (outcome != outcomeDelivered) {
    acknowledge(started, outcome, DeliveredPulse{});
    return;
  }
  isUnderWay_[pulse.electrode] = true;
  underWay_[pulse.electrode] = started;
  board_.begin(pulse, stimulator_.state().isDry);
  collectFinished();
}

void Device::stop(uint64_t session) {
  stimulator_.stop(session);
  followStimulator();
  sendStatus();
}

void Device::reject(Peer& peer, uint8_t type, Rejection rejection) {
  refusedFrames_++;
  const uint8_t body[2] = {type, rejection};
  send(peer, messageRejected, body, sizeof body);
  if (peer.connection != nullptr && !peer.connection->badFrames().note(board_.nowMicroseconds())) return;
  uint8_t message[bodyMaxBytes];
  JsonWriter json(message, sizeof message);
  json.begin();
  json.text("reason", "protocol");
  json.beginText("message");
  json.part("message ");
  json.part(type);
  json.part(peer.connection == nullptr ? " of a stranger" : " of the connection for ");
  json.part(peer.connection == nullptr ? "" : roleNames[peer.channel]);
  json.part(" was rejected: ");
  json.part(wordOf(rejection));
  json.endText();
  json.end();
  send(peer, messageClosing, message, json.length());
  if (peer.connection != nullptr) leave(peer.channel);
}

void Device::close(Peer& peer, const char* message) {
  uint8_t body[bodyMaxBytes];
  JsonWriter json(body, sizeof body);
  json.begin();
  json.text("reason", "protocol");
  json.text("message", message);
  json.end();
  send(peer, messageClosing, body, json.length());
}

void Device::leave(uint8_t channel) {
  if (!connections_[channel].isOpen()) return;
  connections_[channel].close();
  if (channel == roleControl) stop(0);
}

void Device::followStimulator() {
  const StimulatorState& state = stimulator_.state();
  const uint64_t newest = state.session > state.burnedSession ? state.session : state.burnedSession;
  const bool isNew = newest > keptSession_;
  if (isOutputOn_ && (isNew || !state.isOutputOn)) {
    board_.setOutput(false, state.isDry);
    isOutputOn_ = false;
  }
  // Kept before the output goes on: after a loss of power, what was enabled is burned.
  if (isNew) {
    board_.keepSession(newest);
    keptSession_ = newest;
  }
  if (state.isOutputOn && !isOutputOn_) {
    board_.setOutput(true, state.isDry);
    isOutputOn_ = true;
  }
}

void Device::collectFinished() {
  DeliveredPulse measured;
  while (board_.takeFinished(measured)) {
    isUnderWay_[measured.electrode] = false;
    acknowledge(underWay_[measured.electrode], outcomeDelivered, measured);
  }
}

}  // namespace exocortex
