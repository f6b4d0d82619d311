// A host for the tests of the core: makes frames and reports, and reads what the board answers.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "../host/simulated-board.hpp"
#include "../src/crc32.hpp"
#include "../src/device.hpp"
#include "../src/little-endian.hpp"

using namespace exocortex;

using Bytes = std::vector<uint8_t>;

inline const std::string testToken = "token of a test";
inline const Limits testLimits = {100000, 20000000, 1000, 100, 500, 1000, 10000, 3, 10};

inline Bytes numberBytes(uint64_t value, int length) {
  Bytes bytes;
  for (int index = 0; index < length; index++) bytes.push_back(static_cast<uint8_t>(value >> (8 * index)));
  return bytes;
}

// Numbers of the given lengths, one after the other.
inline Bytes body(std::initializer_list<std::pair<uint64_t, int>> fields) {
  Bytes bytes;
  for (const auto& [value, length] : fields)
    for (const uint8_t byte : numberBytes(value, length)) bytes.push_back(byte);
  return bytes;
}

inline Bytes helloBody(uint8_t role, uint16_t version = protocolVersion, const std::string& token = testToken, uint32_t magic = protocolMagic) {
  Bytes bytes = body({{magic, 4}, {version, 2}, {role, 1}});
  bytes.insert(bytes.end(), token.begin(), token.end());
  return bytes;
}

inline Bytes enableBody(uint64_t session, uint64_t expiry, uint32_t lease, uint8_t isDry = 0) {
  return body({{session, 8}, {expiry, 8}, {lease, 4}, {1, 4}, {2, 4}, {isDry, 1}});
}

inline Pulse testPulse(uint64_t session, uint32_t sequence, uint16_t electrode = 3) {
  return {session, sequence, wholeMax, electrode, -5000, 200, 50, 5000, 200, {1, 2}};
}

inline Bytes pulseBody(const Pulse& pulse) {
  return body({{pulse.session, 8},
               {pulse.sequence, 4},
               {pulse.expiryMicroseconds, 8},
               {pulse.electrode, 2},
               {static_cast<uint32_t>(pulse.firstNanoamps), 4},
               {pulse.firstMicroseconds, 4},
               {pulse.interphaseMicroseconds, 4},
               {static_cast<uint32_t>(pulse.secondNanoamps), 4},
               {pulse.secondMicroseconds, 4},
               {pulse.limits.high, 4},
               {pulse.limits.low, 4}});
}

// A whole frame, tagged where its type asks for it.
inline Bytes frameOf(uint8_t type, Bytes content, const std::string& token = testToken) {
  if (isTagged(type)) {
    uint8_t tag[tagBytes];
    const Authenticator authenticator(reinterpret_cast<const uint8_t*>(token.data()), token.size());
    authenticator.tag(type, content.data(), content.size(), tag);
    content.insert(content.end(), tag, tag + tagBytes);
  }
  Bytes frame = body({{content.size() + checksumBytes, 4}, {type, 1}});
  frame.insert(frame.end(), content.begin(), content.end());
  const Bytes checksum = numberBytes(crc32(content.data(), content.size(), type), 4);
  frame.insert(frame.end(), checksum.begin(), checksum.end());
  return frame;
}

struct Message {
  uint8_t channel;
  uint8_t connection;
  uint8_t type;
  Bytes body;
};

struct Samples {
  uint64_t first;
  uint64_t newestMicroseconds;
  uint16_t digitalInputs;
  std::vector<int16_t> values;
  uint16_t sequence;
};

inline BoardSettings testSettings(std::size_t reportBytes) {
  return {"rig-1", "1.0", "Rig of the tests", reinterpret_cast<const uint8_t*>(testToken.data()), testToken.size(), 16, 195, 8,
          reportBytes, testLimits, 7, 40};
}

class TestHost {
 public:
  SimulatedBoard board;
  Device device;
  std::vector<Message> messages;
  std::vector<Samples> samples;
  uint16_t sent[roleCount] = {};

  explicit TestHost(std::size_t reportBytes = 64) : device(board, testSettings(reportBytes)), reportBytes_(reportBytes) { board.now = 1000; }

  Bytes report(ReportHeader header, const Bytes& payload) const {
    Bytes bytes(reportBytes_);
    for (std::size_t index = 0; index < payload.size(); index++) bytes[reportHeaderBytes + index] = payload[index];
    sealReport(bytes.data(), reportBytes_, header, payload.size());
    return bytes;
  }

  // The reports of a frame, numbered on from the last one of the channel.
  std::vector<Bytes> reportsOf(uint8_t channel, const Bytes& frame, uint8_t connection = 9) {
    std::vector<Bytes> reports;
    const std::size_t most = reportBytes_ - reportOverheadBytes;
    for (std::size_t at = 0; at < frame.size(); at += most) {
      const std::size_t end = std::min(frame.size(), at + most);
      reports.push_back(report({reportFragment, channel, at == 0, end == frame.size(), connection, sent[channel]++},
                               Bytes(frame.begin() + static_cast<long>(at), frame.begin() + static_cast<long>(end))));
    }
    return reports;
  }

  void take(const Bytes& report) {
    device.take(report.data());
    read();
  }

  void send(uint8_t channel, uint8_t type, const Bytes& content, uint8_t connection = 9) {
    for (const Bytes& part : reportsOf(channel, frameOf(type, content), connection)) take(part);
  }

  void hello(uint8_t role, uint8_t connection = 9) { send(role, messageHello, helloBody(role), connection); }

  void poll() {
    device.poll();
    read();
  }

  // What the board has sent since the last call.
  std::vector<Message> takeMessages() { return std::exchange(messages, {}); }

  void read() {
    while (const uint8_t* bytes = device.nextReport()) {
      ReportHeader header;
      const uint8_t* payload;
      std::size_t length;
      if (!readReport(bytes, reportBytes_, header, payload, length)) std::abort();
      if (header.kind == reportSamples) {
        readSamples(header, payload);
      } else {
        if (header.isFirst) arriving_[header.channel].clear();
        arriving_[header.channel].insert(arriving_[header.channel].end(), payload, payload + length);
        if (header.isLast) readFrame(header);
      }
      device.reportSent();
    }
  }

 private:
  void readFrame(const ReportHeader& header) {
    const Bytes& frame = arriving_[header.channel];
    if (frameOf(frame[4], Bytes(frame.begin() + 5, frame.end() - 4)) != frame) std::abort();
    messages.push_back({header.channel, header.connection, frame[4], Bytes(frame.begin() + 5, frame.end() - 4)});
  }

  void readSamples(const ReportHeader& header, const uint8_t* payload) {
    ByteReader reader(payload);
    Samples block;
    block.first = reader.u64();
    block.newestMicroseconds = reader.u64();
    block.digitalInputs = reader.u16();
    const int count = reader.u8(), channels = reader.u8();
    for (int index = 0; index < count * channels; index++) block.values.push_back(static_cast<int16_t>(reader.u16()));
    block.sequence = header.sequence;
    samples.push_back(block);
  }

  std::size_t reportBytes_;
  Bytes arriving_[roleCount];
};
