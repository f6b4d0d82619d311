// Tests of the parts of the core: checksum, tags, reports, messages, JSON, limits, times, stimulator.
#include <string>

#include "../src/json-writer.hpp"
#include "check.hpp"
#include "test-host.hpp"

namespace {

std::string hexOf(const uint8_t* bytes, std::size_t length) {
  std::string text;
  char two[3];
  for (std::size_t index = 0; index < length; index++) {
    std::snprintf(two, sizeof two, "%02x", bytes[index]);
    text += two;
  }
  return text;
}

std::string sha256(const std::string& text) {
  Sha256 hash;
  hash.add(reinterpret_cast<const uint8_t*>(text.data()), text.size());
  uint8_t digest[Sha256::digestBytes];
  hash.finish(digest);
  return hexOf(digest, sizeof digest);
}

// Published values: CRC catalogue (CRC-32/ISO-HDLC), FIPS 180-4 examples, RFC 4231 case 2.
void testSums() {
  CHECK(crc32(reinterpret_cast<const uint8_t*>("123456789"), 9) == 0xcbf43926);
  CHECK(crc32(reinterpret_cast<const uint8_t*>("456789"), 6, crc32(reinterpret_cast<const uint8_t*>("123"), 3)) == 0xcbf43926);
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  const std::string text = "hat do ya want for nothing?";
  const Authenticator jefe(reinterpret_cast<const uint8_t*>("Jefe"), 4);
  uint8_t tag[tagBytes];
  jefe.tag('w', reinterpret_cast<const uint8_t*>(text.data()), text.size(), tag);
  CHECK(hexOf(tag, tagBytes) == "5bdcc146bf60754e6a042426089575c7");
  const std::string longest(tokenMaxBytes, 'k'), longer(tokenMaxBytes + 1, 'k');
  uint8_t same[tagBytes];
  Authenticator(reinterpret_cast<const uint8_t*>(longest.data()), longest.size()).tag(1, nullptr, 0, tag);
  Authenticator(reinterpret_cast<const uint8_t*>(longer.data()), longer.size()).tag(1, nullptr, 0, same);
  CHECK(isSame(tag, same, tagBytes));
  same[3] ^= 1;
  CHECK(!isSame(tag, same, tagBytes));
}

bool reads(const Bytes& report) {
  ReportHeader header;
  const uint8_t* payload;
  std::size_t length;
  return readReport(report.data(), report.size(), header, payload, length);
}

void reseal(Bytes& report) {
  ByteWriter(report.data() + report.size() - 4).u32(crc32(report.data(), report.size() - 4));
}

void testReports() {
  const TestHost host;
  const ReportHeader header = {reportSamples, roleWatchdog, true, false, 200, 65535};
  const Bytes report = host.report(header, {1, 2, 3});
  ReportHeader read;
  const uint8_t* payload;
  std::size_t length;
  CHECK(readReport(report.data(), report.size(), read, payload, length));
  CHECK(read.kind == reportSamples && read.channel == roleWatchdog && read.isFirst && !read.isLast);
  CHECK(read.connection == 200 && read.sequence == 65535 && length == 3 && payload[2] == 3);
  for (std::size_t bit = 0; bit < report.size() * 8; bit++) {
    Bytes damaged = report;
    damaged[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
    CHECK(!reads(damaged));
  }
  for (const uint8_t flags : {0x40, 0x80, 0x03, 0x0c}) {
    Bytes wrong = report;
    wrong[0] = flags;
    reseal(wrong);
    CHECK(!reads(wrong));
  }
  Bytes tooLong = report;
  tooLong[4] = 55;
  reseal(tooLong);
  CHECK(!reads(tooLong));
}

void testMessages() {
  Hello hello;
  Enable enable;
  Renew renew;
  Pulse pulse;
  Configuration configuration;
  uint64_t session;
  uint16_t outputs;
  const Bytes none;
  CHECK(!decodeHello(none.data(), 6, hello));
  CHECK(!decodeEnable(none.data(), 28, enable));
  CHECK(!decodeRenew(none.data(), 17, renew));
  CHECK(!decodePulse(none.data(), 49, pulse));
  CHECK(!decodeStop(none.data(), 7, session));
  CHECK(!decodeConfigure(none.data(), 11, configuration));
  CHECK(!decodeDigitalOutputs(none.data(), 1, outputs));
  const auto readsEnable = [&](const Bytes& bytes) { return decodeEnable(bytes.data(), bytes.size(), enable); };
  CHECK(readsEnable(enableBody(wholeMax, wholeMax, 1, 1)) && enable.isDry && enable.session == wholeMax);
  CHECK(!readsEnable(enableBody(1, 1, 1, 2)));
  CHECK(!readsEnable(enableBody(wholeMax + 1, 1, 1)));
  CHECK(!readsEnable(enableBody(1, wholeMax + 1, 1)));
  const Bytes largest = body({{wholeMax, 8}, {wholeMax + 1, 8}});
  CHECK(decodeStop(largest.data(), 8, session) && session == wholeMax);
  CHECK(!decodeStop(largest.data() + 8, 8, session));
  CHECK(!decodeRenew(largest.data(), 16, renew));
  Pulse late = testPulse(1, 1);
  late.expiryMicroseconds = wholeMax + 1;
  CHECK(!decodePulse(pulseBody(late).data(), 50, pulse));
  CHECK(decodePulse(pulseBody(testPulse(1, 2)).data(), 50, pulse) && pulse.firstNanoamps == -5000 && pulse.sequence == 2);
  CHECK(isTagged(messageEnable) && isTagged(messageRenew) && isTagged(messagePulse) && !isTagged(messageStop));
  CHECK(!isSame(LimitsHash{1, 2}, LimitsHash{1, 3}) && !isSame(LimitsHash{1, 2}, LimitsHash{2, 2}));
  CHECK(std::string(wordOf(rejectionNotNow)) == "not-now");
}

void testJson() {
  uint8_t bytes[400];
  JsonWriter json(bytes, sizeof bytes);
  const uint32_t values[] = {4294967295u, 0};
  json.begin();
  json.text("text", "a\"b\\c\n");
  json.number("number", -9223372036854775807 - 1);
  json.beginNested("inner");
  json.end();
  json.thousandths("factor", 12095);
  json.boolean("yes", true);
  json.boolean("no", false);
  json.nothing("nothing");
  json.numbers("numbers", values, 2);
  json.end();
  CHECK(std::string(bytes, bytes + json.length()) ==
        "{\"text\":\"a?b?c?\",\"number\":-9223372036854775808,\"inner\":{},\"factor\":12.095,\"yes\":true,\"no\":false,"
        "\"nothing\":null,\"numbers\":[4294967295,0]}");
  JsonWriter small(bytes, 3);
  small.text("key", "value");
  CHECK(small.length() == 3);
}

void testShape() {
  const auto judged = [](int32_t first, uint32_t firstUs, uint32_t gap, int32_t second, uint32_t secondUs, uint16_t electrode = 15) {
    return judgeShape({1, 1, 1, electrode, first, firstUs, gap, second, secondUs, {}}, 16, testLimits);
  };
  CHECK(judged(-100000, 200, 100, 100000, 200) == outcomeDelivered);
  CHECK(judged(100000, 100, 0, -50000, 200) == outcomeDelivered);
  CHECK(judged(50000, 200, 0, -100000, 100) == outcomeDelivered);
  CHECK(judged(-100, 200, 0, 100, 200, 16) == outcomeNoSuchElectrode);
  CHECK(judged(-100, 200, 0, 100, 201) == outcomeUnbalanced);
  CHECK(judged(-100, 200, 0, -100, 200) == outcomeUnbalanced);
  CHECK(judged(INT32_MIN, UINT32_MAX, 0, INT32_MIN, UINT32_MAX) == outcomeUnbalanced);
  CHECK(judged(-100001, 100, 0, 100001, 100) == outcomeAmplitude);
  CHECK(judged(0, 100, 0, 0, 100) == outcomeAmplitude);
  CHECK(judged(-100, 0, 0, 0, 100) == outcomePhase);
  CHECK(judged(0, 100, 0, 100, 0) == outcomePhase);
  CHECK(judged(-100, 1001, 0, 100, 1001) == outcomePhase);
  CHECK(judged(-100000, 201, 0, 100000, 201) == outcomeCharge);
  CHECK(judged(100000, 201, 0, -100000, 201) == outcomeCharge);
  CHECK(judged(-100, 200, 101, 100, 200) == outcomeInterphase);
}

void testTimes() {
  PulseTimes times(testLimits);
  CHECK(times.judge(0, 0) == outcomeDelivered);
  times.add(0, 0, 3000);
  CHECK(times.judge(0, 2999) == outcomeBusy);
  CHECK(times.judge(0, 3000) == outcomeDelivered);
  times.add(1, 3000, 100);
  CHECK(times.judge(1, 4999) == outcomeRate);
  CHECK(times.judge(1, 5000) == outcomeDelivered);
  for (uint16_t electrode = 2; electrode < 5; electrode++) times.add(electrode, 5000, 1000);
  CHECK(times.judge(5, 5999) == outcomeSimultaneous);
  CHECK(times.judge(5, 6000) == outcomeDelivered);
  for (uint16_t electrode = 5; electrode < 10; electrode++) times.add(electrode, 6000, 0);
  CHECK(times.judge(10, 999999) == outcomeTotalRate);
  CHECK(times.judge(10, 1000000) == outcomeDelivered);
  Limits fast = testLimits;
  fast.totalRateMaxHz = totalRateCeilingHz + 1;
  fast.rateMaxHz = 3;
  PulseTimes ring(fast);
  for (uint32_t index = 0; index < totalRateCeilingHz; index++) ring.add(0, index, 0);
  CHECK(ring.judge(1, totalRateCeilingHz) == outcomeTotalRate);
  CHECK(ring.judge(1, 1000000) == outcomeDelivered);
  // A third of a second, rounded up.
  CHECK(ring.judge(0, totalRateCeilingHz - 1 + 333333) == outcomeRate);
}

Enable enabling(uint64_t session, uint64_t expiry, uint32_t lease) { return {session, expiry, lease, {1, 2}, false}; }

void testStimulator() {
  Stimulator stimulator(testLimits, 16, 40);
  const StimulatorState& state = stimulator.state();
  CHECK(stimulator.judge(testPulse(41, 1), 0) == outcomeOutputOff);
  const auto enabled = [&](const Enable& enable, uint64_t now) {
    stimulator.enable(enable, now);
    return state.enableOutcome;
  };
  CHECK(enabled(enabling(40, 100, 100), 0) == outcomeSessionBurned);
  CHECK(enabled(enabling(41, 100, 100), 100) == outcomeExpired);
  CHECK(enabled(enabling(41, 201, 100), 100) == outcomeLeaseTooLong);
  CHECK(enabled(enabling(41, 101, 1000001), 100) == outcomeLeaseTooLong);
  CHECK(enabled(enabling(41, 100000, 100000), 100) == outcomeDelivered && state.isOutputOn);
  CHECK(enabled(enabling(41, 100000, 100000), 100) == outcomeSessionBurned && state.isOutputOn);
  CHECK(stimulator.judge(testPulse(40, 1), 200) == outcomeWrongSession);
  CHECK(stimulator.judge(testPulse(41, 0), 200) == outcomeReplayed);
  CHECK(stimulator.judge(testPulse(41, 1), 200) == outcomeDelivered);
  CHECK(stimulator.judge(testPulse(41, 1), 200) == outcomeReplayed);
  Pulse other = testPulse(41, 2);
  other.limits.low = 3;
  CHECK(stimulator.judge(other, 200) == outcomeWrongLimits);
  Pulse late = testPulse(41, 3);
  late.expiryMicroseconds = 199;
  CHECK(stimulator.judge(late, 200) == outcomeExpired);
  CHECK(stimulator.judge(testPulse(41, 4), 200) == outcomeBusy);
  CHECK(stimulator.judge(testPulse(41, 5, 16), 200) == outcomeNoSuchElectrode);
  CHECK(stimulator.refuseBusy() == outcomeBusy && state.refusedPulses == 9);
  stimulator.renew({41, 100300}, 250);
  CHECK(state.leaseExpiry == 100000);
  stimulator.renew({40, 100200}, 250);
  stimulator.renew({41, 100250}, 250);
  CHECK(state.leaseExpiry == 100250);
  stimulator.renew({41, 105249}, 5249);
  CHECK(state.leaseExpiry == 100250 && state.ignoredRenewals == 1);
  stimulator.renew({41, 50000}, 5250);
  CHECK(state.leaseExpiry == 100250);
  stimulator.lapse(100249);
  CHECK(state.isOutputOn);
  stimulator.lapse(100250);
  CHECK(!state.isOutputOn && state.burnedSession == 41);
  stimulator.renew({41, 100300}, 100260);
  CHECK(!state.isOutputOn);
  stimulator.stop(50);
  CHECK(state.burnedSession == 50);
  CHECK(enabled(enabling(50, 100400, 1000), 100300) == outcomeSessionBurned);
  stimulator.pressEmergencyStop(true);
  CHECK(enabled(enabling(51, 100400, 1000), 100300) == outcomeEmergencyStop);
  CHECK(stimulator.judge(testPulse(51, 1), 100300) == outcomeEmergencyStop);
  stimulator.pressEmergencyStop(false);
  CHECK(enabled(enabling(51, 100400, 1000), 100300) == outcomeDelivered);
}

}  // namespace

void testParts() {
  testSums();
  testReports();
  testMessages();
  testJson();
  testShape();
  testTimes();
  testStimulator();
}
