// Tests of the whole core through its reports.
#include <cstdlib>
#include <random>
#include <string>

#include "check.hpp"
#include "test-host.hpp"

namespace {

std::string textOf(const Message& message) { return std::string(message.body.begin(), message.body.end()); }

uint8_t outcomeOf(const Message& acknowledgement) { return acknowledgement.body[12]; }

const uint32_t lease = 100000;

void enable(TestHost& host, uint64_t session, uint8_t isDry = 0) {
  host.send(roleControl, messageEnable, enableBody(session, host.board.now + lease, lease, isDry));
}

void pulse(TestHost& host, const Pulse& command) { host.send(roleControl, messagePulse, pulseBody(command)); }

// With control and watchdog connected; what they have been told is forgotten.
void connect(TestHost& host) {
  host.hello(roleControl);
  host.hello(roleWatchdog);
  host.poll();
  host.takeMessages();
}

void testHello() {
  TestHost host;
  host.hello(roleControl);
  const auto messages = host.takeMessages();
  CHECK(messages.size() == 2 && messages[0].type == messageIdentity && messages[1].type == messageStatus);
  CHECK(textOf(messages[0]).find("\"serial\":\"rig-1\"") != std::string::npos);
  const auto refused = [&](const Bytes& hello) {
    host.send(roleData, messageHello, hello, 5);
    return host.takeMessages();
  };
  CHECK(refused({1, 2})[0].body == (Bytes{messageHello, rejectionUnreadable}));
  CHECK(refused(helloBody(roleControl))[0].type == messageRejected);
  CHECK(refused(helloBody(roleData, protocolVersion, testToken, 1))[0].type == messageRejected);
  CHECK(textOf(refused(helloBody(roleData, 2))[0]) ==
        "{\"reason\":\"protocol\",\"message\":\"the device speaks protocol version 4, not 2\"}");
  CHECK(textOf(refused(helloBody(roleData, protocolVersion, "short"))[0]).find("token") != std::string::npos);
  CHECK(textOf(refused(helloBody(roleData, protocolVersion, "token of a tesT"))[0]).find("token") != std::string::npos);
  // A second one of an open connection is no HELLO any more.
  host.hello(roleControl);
  CHECK(host.takeMessages()[0].body == (Bytes{messageHello, rejectionNotPermitted}));
  // Another program takes over, and the output goes off.
  enable(host, 41);
  CHECK(host.board.isOn());
  host.hello(roleControl, 10);
  CHECK(!host.board.isOn() && host.device.state().burnedSession == 41);
  host.takeMessages();
  host.send(roleControl, messageSelfTest, {});
  const auto stranger = host.takeMessages();
  CHECK(stranger.size() == 2 && stranger[0].connection == 9 && stranger[1].type == messageClosing);
  CHECK(textOf(stranger[1]).find("message 9 of a stranger was rejected: not-permitted") != std::string::npos);
}

void testRoles() {
  TestHost host;
  connect(host);
  host.hello(roleData);
  host.takeMessages();
  const auto rejected = [&](uint8_t role, uint8_t type, const Bytes& content) -> int {
    host.board.now += 1000000;
    host.send(role, type, content);
    for (const Message& message : host.takeMessages())
      if (message.type == messageRejected) return message.body[1];
    return rejectionNone;
  };
  CHECK(rejected(roleData, messagePulse, pulseBody(testPulse(1, 1))) == rejectionNotPermitted);
  CHECK(rejected(roleData, messageStart, {1}) == rejectionUnreadable);
  CHECK(rejected(roleData, messageStart, {}) == rejectionNone && host.device.isStarted());
  CHECK(rejected(roleWatchdog, messageEnable, enableBody(1, 1, 1)) == rejectionNotPermitted);
  CHECK(rejected(roleWatchdog, messageRenew, {1}) == rejectionUnreadable);
  CHECK(rejected(roleWatchdog, messageRenew, body({{41, 8}, {1, 8}})) == rejectionNone);
  CHECK(rejected(roleControl, messageRenew, body({{41, 8}, {1, 8}})) == rejectionNotPermitted);
  CHECK(rejected(roleControl, messageEnable, {1}) == rejectionUnreadable);
  CHECK(rejected(roleControl, messagePulse, {1}) == rejectionUnreadable);
  CHECK(rejected(roleControl, messageSelfTest, {1}) == rejectionUnreadable);
  CHECK(rejected(roleControl, messageConfigure, {1}) == rejectionUnreadable);
  CHECK(rejected(roleControl, messageSetDigitalOutputs, {1}) == rejectionUnreadable);
  CHECK(rejected(roleControl, messageStop, {1}) == rejectionUnreadable);
  enable(host, 41);
  CHECK(rejected(roleControl, 200, {}) == rejectionNotPermitted);
  enable(host, 42);
  host.takeMessages();
  host.send(roleControl, messageSelfTest, {});
  CHECK(host.takeMessages()[0].body[1] == rejectionNotNow);
  host.send(roleControl, messageConfigure, body({{2000, 4}, {1, 4}, {2, 4}}));
  CHECK(host.takeMessages()[0].body[1] == rejectionNotNow);
}

void testConfiguration() {
  TestHost host;
  connect(host);
  host.send(roleControl, messageConfigure, body({{2000, 4}, {300, 4}, {900, 4}}));
  CHECK(host.takeMessages()[0].body == body({{2000, 4}, {300, 4}, {900, 4}, {0, 2}, {0, 2}, {0, 8}}));
  // What cannot be set is not: the answer tells.
  host.send(roleControl, messageConfigure, body({{2001, 4}, {300, 4}, {900, 4}}));
  CHECK(host.takeMessages()[0].body == body({{2000, 4}, {300, 4}, {900, 4}, {0, 2}, {0, 2}, {0, 8}}));
  host.board.now += 777;
  const uint64_t set = host.board.now;
  host.send(roleControl, messageSetDigitalOutputs, {5, 1});
  CHECK(host.takeMessages()[0].body == body({{2000, 4}, {300, 4}, {900, 4}, {261, 2}, {261, 2}, {set, 8}}));
  // The time is that of the outputs, not of the answer.
  host.board.now += 1000;
  host.send(roleControl, messageConfigure, body({{2001, 4}, {300, 4}, {900, 4}}));
  CHECK(host.takeMessages()[0].body == body({{2000, 4}, {300, 4}, {900, 4}, {261, 2}, {261, 2}, {set, 8}}));
  host.send(roleControl, messageSelfTest, {});
  const auto report = host.takeMessages();
  CHECK(report[0].type == messageSelfTestReport);
  CHECK(textOf(report[0]).find("\"amplitudeStepNanoamps\":10,\"impedancesOhms\":[50000,51000,") != std::string::npos);
}

void testBadFrames() {
  TestHost host;
  connect(host);
  const auto damaged = [&](Bytes frame, std::size_t at) {
    frame[at] ^= 1;
    for (const Bytes& part : host.reportsOf(roleControl, frame)) host.take(part);
    return host.takeMessages();
  };
  const Bytes enabling = frameOf(messageEnable, enableBody(41, host.board.now + lease, lease));
  CHECK(damaged(enabling, 20)[0].body == (Bytes{messageEnable, rejectionChecksum}));
  CHECK(damaged(enabling, 0)[0].body == (Bytes{messageEnable, rejectionChecksum}));
  for (const Bytes& part : host.reportsOf(roleControl, frameOf(messageEnable, enableBody(41, host.board.now + lease, lease), "another token"))) host.take(part);
  CHECK(host.takeMessages()[0].body == (Bytes{messageEnable, rejectionForged}));
  CHECK(!host.board.isOn());
  // A year of silence later, four more in a second: the connection ends.
  host.board.now += 31536000000000;
  enable(host, 41);
  CHECK(host.board.isOn());
  host.takeMessages();
  for (int index = 0; index < 3; index++) CHECK(damaged(enabling, 20).size() == 1);
  Bytes tagless = body({{4, 4}, {messagePulse, 1}});
  const Bytes checksum = numberBytes(crc32(nullptr, 0, messagePulse), 4);
  tagless.insert(tagless.end(), checksum.begin(), checksum.end());
  for (const Bytes& part : host.reportsOf(roleControl, tagless)) host.take(part);
  const auto last = host.takeMessages();
  CHECK(last[0].body == (Bytes{messagePulse, rejectionForged}));
  CHECK(textOf(last[1]).find("message 6 of the connection for control was rejected: forged") != std::string::npos);
  CHECK(!host.board.isOn());
  // Too short for a frame, and for a checksum.
  for (const Bytes& frame : {Bytes{1, 0}, Bytes{0, 0, 0, 0, messageHello}})
    for (const Bytes& part : host.reportsOf(roleData, frame)) host.take(part);
  CHECK(host.takeMessages()[0].body == (Bytes{0, rejectionChecksum}));
}

void testStop() {
  for (const bool isKnown : {false, true}) {
    for (const bool isDamaged : {false, true}) {
      TestHost host;
      connect(host);
      enable(host, 41);
      host.takeMessages();
      Bytes frame = frameOf(messageStop, numberBytes(77, 8));
      if (isDamaged) frame[7] ^= 1;
      for (const Bytes& part : host.reportsOf(isKnown ? roleWatchdog : roleData, frame)) host.take(part);
      CHECK(!host.board.isOn());
      CHECK(host.device.state().burnedSession == (isKnown && !isDamaged ? 77u : 41u));
      CHECK(host.board.keptSession == host.device.state().burnedSession);
      CHECK(host.takeMessages()[0].type == messageStatus);
    }
  }
}

void testSessions() {
  TestHost host;
  connect(host);
  enable(host, 41);
  CHECK(host.board.isOn() && host.board.keptSession == 41);
  pulse(host, testPulse(41, 1));
  const auto messages = host.takeMessages();
  const Message& answer = messages.back();
  CHECK(answer.type == messageAcknowledgement && outcomeOf(answer) == outcomeDelivered);
  CHECK(answer.body == body({{41, 8}, {1, 4}, {0, 1}, {3, 2}, {5000, 4}, {0, 8}, {1000, 8}, {static_cast<uint64_t>(-1000000), 8}, {1000000, 8}, {265, 4}, {0, 1}, {0, 4}, {1, 4}, {2, 4}}));
  // A new session while the output is on: it goes off in between, since the relay may change.
  enable(host, 42, 1);
  CHECK(host.board.isOn() && host.device.state().isDry && host.board.keptSession == 42);
  host.takeMessages();
  Pulse anodic = testPulse(42, 1, 17);
  anodic.firstNanoamps = 5000;
  pulse(host, anodic);
  CHECK(outcomeOf(host.takeMessages()[0]) == outcomeNoSuchElectrode);
  // The lease ends without a word, and the clients are told.
  host.board.now += lease;
  host.poll();
  CHECK(!host.board.isOn());
  CHECK(host.takeMessages().size() == 2);
  host.poll();
  CHECK(host.takeMessages().empty());
  // It ends at the next report too.
  enable(host, 43);
  host.board.now += lease;
  host.send(roleWatchdog, messageRenew, body({{43, 8}, {host.board.now + lease, 8}}));
  CHECK(!host.board.isOn() && host.device.state().burnedSession == 43);
  enable(host, 44);
  host.board.isPressed = true;
  host.takeMessages();
  host.poll();
  CHECK(!host.board.isOn() && host.device.state().isEmergencyStopPressed && host.takeMessages().size() == 2);
  host.board.isPressed = false;
  host.poll();
  enable(host, 45);
  CHECK(host.board.isOn());
  // Both clients are told at each stop, and 20 ms after the last time.
  host.takeMessages();
  host.send(roleControl, messageStop, numberBytes(45, 8));
  host.board.now += 20000;
  host.poll();
  CHECK(host.takeMessages().size() == 4);
}

// A board whose pulses take their time.
class SlowBoard final : public Board {
 public:
  uint64_t now = 1000;
  bool isEnded = false;
  uint64_t nowMicroseconds() override { return now++; }
  void setOutput(bool, bool) override {}
  void begin(const Pulse&, bool) override { begun++; }
  bool takeFinished(DeliveredPulse& pulse) override {
    pulse = {3, 0, 0, 0, true, 0};
    return std::exchange(isEnded, false);
  }
  void keepSession(uint64_t) override {}
  bool isEmergencyStopPressed() override { return false; }
  int32_t outputNanoamps() override { return 0; }
  int32_t temperatureDecidegrees() override { return -5; }
  void measureBody(BodyMeasurement&) override {}
  void configure(const Configuration&) override {}
  void setDigitalOutputs(uint16_t) override {}
  BoardConfiguration readConfiguration() override { return {}; }
  int begun = 0;
};

void testSlowPulse() {
  SlowBoard board;
  Device device(board, testSettings(128));
  TestHost host(128);
  const auto send = [&](uint8_t type, const Bytes& content) {
    for (const Bytes& part : host.reportsOf(roleControl, frameOf(type, content))) device.take(part.data());
  };
  const auto acknowledged = [&] {
    int count = 0;
    while (const uint8_t* report = device.nextReport()) {
      if (report[reportHeaderBytes + 4] == messageAcknowledgement) count++;
      device.reportSent();
    }
    return count;
  };
  send(messageHello, helloBody(roleControl));
  send(messageEnable, enableBody(41, 100000, 100000));
  send(messagePulse, pulseBody(testPulse(41, 1)));
  CHECK(board.begun == 1 && acknowledged() == 0);
  board.now += 10000;
  send(messagePulse, pulseBody(testPulse(41, 2)));
  CHECK(board.begun == 1 && acknowledged() == 1 && device.state().refusedPulses == 1);
  board.isEnded = true;
  device.poll();
  CHECK(acknowledged() == 1);
  // The lease ends between two readings of the clock: what is left of it is not negative.
  send(messageStop, numberBytes(0, 8));
  acknowledged();
  send(messageEnable, enableBody(42, board.now + 3, 100));
  CHECK(device.state().enableOutcome == outcomeDelivered);
  const uint8_t* status = device.nextReport();
  CHECK(status != nullptr && ByteReader(status + reportHeaderBytes + frameHeaderBytes + 37).u32() == 0);
}

void testFragments() {
  TestHost host;
  connect(host);
  const Bytes frame = frameOf(messageEnable, enableBody(41, host.board.now + lease, lease));
  const auto parts = host.reportsOf(roleControl, frame);
  CHECK(parts.size() == 1);
  const Bytes long1 = frameOf(messagePulse, pulseBody(testPulse(41, 1)));
  host.take(parts[0]);
  host.take(parts[0]);
  CHECK(host.device.state().enableOutcome == outcomeDelivered);
  const auto delivered = [&] { return host.device.state().deliveredPulses; };
  // The first half is lost.
  auto halves = host.reportsOf(roleControl, long1);
  CHECK(halves.size() == 2);
  host.take(halves[1]);
  CHECK(delivered() == 0);
  // The second half is lost, and the next frame comes.
  halves = host.reportsOf(roleControl, long1);
  host.take(halves[0]);
  halves = host.reportsOf(roleControl, long1);
  host.take(halves[0]);
  host.take(halves[1]);
  CHECK(delivered() == 1);
  // The same without a gap in the numbers.
  auto again = host.reportsOf(roleControl, frameOf(messagePulse, pulseBody(testPulse(41, 2, 4))));
  host.sent[roleControl]--;
  host.take(again[0]);
  again = host.reportsOf(roleControl, frameOf(messagePulse, pulseBody(testPulse(41, 3, 5))));
  host.take(again[0]);
  host.take(again[1]);
  CHECK(delivered() == 2);
  // An end without a beginning, without a gap.
  host.take(host.report({reportFragment, roleControl, false, true, 9, host.sent[roleControl]++}, {1, 2}));
  // Longer than any message.
  for (int index = 0; index < 6; index++)
    host.take(host.report({reportFragment, roleControl, index == 0, false, 9, host.sent[roleControl]++}, Bytes(54)));
  CHECK(delivered() == 2);
  // Of strangers only whole messages are looked at.
  for (const bool isFirst : {false, true})
    host.take(host.report({reportFragment, roleData, isFirst, !isFirst, 3, 0}, {1, 2}));
  // Samples and damaged reports do not come from a host.
  host.take(host.report({reportSamples, roleData, true, true, 3, 0}, {1, 2}));
  host.take(Bytes(64, 7));
  host.takeMessages();
  host.board.now += 20000;
  host.poll();
  const Bytes status = host.takeMessages()[0].body;
  CHECK(ByteReader(status.data() + 76).u32() == 10);
  // Goodbye of a stranger, then of the client.
  host.take(host.report({reportGoodbye, roleControl, true, true, 8, 0}, {}));
  CHECK(host.board.isOn());
  host.take(host.report({reportGoodbye, roleControl, true, true, 9, 0}, {}));
  CHECK(!host.board.isOn());
  host.take(host.report({reportGoodbye, roleControl, true, true, 9, 0}, {}));
}

void testSamples() {
  TestHost host(128);
  const int16_t values[16] = {-1, 2, 3};
  host.device.addSample(0, values, 10, 0);
  host.hello(roleData);
  host.device.addSample(1, values, 20, 0);
  host.send(roleData, messageStart, {});
  for (uint64_t sample = 2; sample < 6; sample++) host.device.addSample(sample, values, sample * 10, 9);
  host.device.addSample(8, values, 80, 1);
  host.device.addSample(10, values, 100, 1);
  host.read();
  CHECK(host.samples.size() == 3);
  CHECK(host.samples[0].first == 2 && host.samples[0].newestMicroseconds == 40 && host.samples[0].digitalInputs == 9);
  CHECK(host.samples[0].values.size() == 48 && host.samples[0].values[16] == -1 && host.samples[0].values[1] == 2);
  CHECK(host.samples[1].first == 5 && host.samples[1].values.size() == 16 && host.samples[2].first == 8);
  // A host that does not read: numbers go on, so that it sees what it has lost; control has its room.
  host.samples.clear();
  for (uint64_t sample = 11; sample < 311; sample++) host.device.addSample(sample, values, sample, 0);
  host.hello(roleControl);
  CHECK(host.samples.size() == 40 && host.takeMessages().back().type == messageStatus);
  for (uint64_t sample = 311; sample < 317; sample++) host.device.addSample(sample, values, sample, 0);
  host.read();
  CHECK(static_cast<uint16_t>(host.samples.back().sequence - host.samples[39].sequence) > 50);
  host.device.linkLost();
  host.device.addSample(400, values, 400, 0);
  CHECK(host.device.nextReport() == nullptr);
}

void testFullQueue() {
  TestHost host;
  connect(host);
  for (int index = 0; index < 400; index++) {
    const Bytes part = host.reportsOf(roleControl, frameOf(messageStop, numberBytes(0, 8)))[0];
    host.device.take(part.data());
  }
  int reports = 0;
  while (host.device.nextReport() != nullptr) {
    host.device.reportSent();
    reports++;
  }
  CHECK(reports == ReportQueue::capacity);
}

// Of 200,000 damaged reports none lets anything flow. Half of them are sealed anew, so that only the frame's checksum and tag are left.
void testMutations() {
  std::mt19937 random(20261126);
  TestHost host;
  uint64_t session = 100;
  for (int round = 0; round < 200000; round++) {
    if (round % 50 == 0) {
      const uint8_t connection = static_cast<uint8_t>(round / 50);
      for (const Bytes& part : host.reportsOf(roleControl, frameOf(messageHello, helloBody(roleControl)), connection)) host.take(part);
      host.send(roleControl, messageEnable, enableBody(++session, host.board.now + lease, lease), connection);
      CHECK(host.board.isOn());
    }
    const uint8_t connection = static_cast<uint8_t>(round / 50);
    const Bytes frame = round % 2 == 0 ? frameOf(messagePulse, pulseBody(testPulse(session, 1000)))
                                       : frameOf(messageEnable, enableBody(1000000, host.board.now + lease, lease));
    auto parts = host.reportsOf(roleControl, frame, connection);
    Bytes& part = parts[random() % parts.size()];
    const Bytes whole = part;
    const bool isSealedAnew = random() % 2 == 0;
    const std::size_t from = isSealedAnew ? reportHeaderBytes : 0;
    const std::size_t count = isSealedAnew ? part[4] : part.size();
    for (uint32_t bit = random() % 8 + 1; bit > 0; bit--) part[from + random() % count] ^= static_cast<uint8_t>(1 << random() % 8);
    if (isSealedAnew) ByteWriter(part.data() + part.size() - 4).u32(crc32(part.data(), part.size() - 4));
    if (part == whole) continue;
    for (const Bytes& each : parts) host.take(each);
    host.messages.clear();
  }
  CHECK(host.device.state().deliveredPulses == 0 && host.device.state().session == session);
}

}  // namespace

void testDevice() {
  testHello();
  testRoles();
  testConfiguration();
  testBadFrames();
  testStop();
  testSessions();
  testSlowPulse();
  testFragments();
  testSamples();
  testFullQueue();
  testMutations();
}
