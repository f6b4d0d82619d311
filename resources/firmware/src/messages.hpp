// The messages between a host and the board: the same frames as common/device-protocol/messages.ts declares.
#pragma once

#include <cstddef>
#include <cstdint>

namespace exocortex {

constexpr uint32_t protocolMagic = 0x56445845;
constexpr uint16_t protocolVersion = 4;
// Larger numbers are not whole numbers to every program that reads them.
constexpr uint64_t wholeMax = 9007199254740991;

// Length and type in front of a payload, checksum behind it.
constexpr std::size_t frameHeaderBytes = 5;
constexpr std::size_t checksumBytes = 4;

enum Role : uint8_t { roleData, roleControl, roleWatchdog, roleCount };

enum MessageType : uint8_t {
  messageHello = 1,
  messageStart = 2,
  messageEnable = 4,
  messageRenew = 5,
  messagePulse = 6,
  messageStop = 7,
  messageSelfTest = 9,
  messageConfigure = 10,
  messageSetDigitalOutputs = 11,
  messageIdentity = 64,
  messageStatus = 65,
  messageAcknowledgement = 66,
  messageClosing = 68,
  messageSelfTestReport = 69,
  messageRejected = 70,
  messageConfiguration = 71,
};

// Whether messages of this type carry a tag.
bool isTagged(uint8_t type);

enum Outcome : uint8_t {
  outcomeDelivered,
  outcomeOutputOff,
  outcomeWrongSession,
  outcomeSessionBurned,
  outcomeReplayed,
  outcomeExpired,
  outcomeLeaseTooLong,
  outcomeNoSuchElectrode,
  outcomeUnbalanced,
  outcomeAmplitude,
  outcomeCharge,
  outcomePhase,
  outcomeInterphase,
  outcomeBusy,
  outcomeRate,
  outcomeCannotStimulate,
  outcomeRefusedOnRequest,
  outcomeWrongLimits,
  outcomeEmergencyStop,
  outcomeSimultaneous,
  outcomeTotalRate,
};

// Why nothing of a message was executed; `rejectionNone` is not on the wire.
enum Rejection : uint8_t {
  rejectionChecksum,
  rejectionUnreadable,
  rejectionNotPermitted,
  rejectionForged,
  rejectionNotNow,
  rejectionNone,
};

// As the host's program names it.
const char* wordOf(Rejection rejection);

struct LimitsHash {
  uint32_t high = 0;
  uint32_t low = 0;
};

inline bool isSame(const LimitsHash& a, const LimitsHash& b) { return a.high == b.high && a.low == b.low; }

struct Hello {
  uint32_t magic;
  uint16_t version;
  uint8_t role;
  const uint8_t* token;
  std::size_t tokenBytes;
};

struct Enable {
  uint64_t session;
  uint64_t leaseExpiryMicroseconds;
  uint32_t leaseMicroseconds;
  LimitsHash limits;
  bool isDry;
};

struct Renew {
  uint64_t session;
  uint64_t leaseExpiryMicroseconds;
};

struct Pulse {
  uint64_t session;
  uint32_t sequence;
  uint64_t expiryMicroseconds;
  uint16_t electrode;
  int32_t firstNanoamps;
  uint32_t firstMicroseconds;
  uint32_t interphaseMicroseconds;
  int32_t secondNanoamps;
  uint32_t secondMicroseconds;
  LimitsHash limits;
};

inline uint64_t durationOf(const Pulse& pulse) {
  return static_cast<uint64_t>(pulse.firstMicroseconds) + pulse.interphaseMicroseconds + pulse.secondMicroseconds;
}

// What the board acquires, and how.
struct Configuration {
  uint32_t sampleRateHz;
  uint32_t lowCutMillihertz;
  uint32_t highCutHertz;
};

// Each answers whether the body is that message, whole and of numbers that its fields allow.
bool decodeHello(const uint8_t* body, std::size_t length, Hello& hello);
bool decodeEnable(const uint8_t* body, std::size_t length, Enable& enable);
bool decodeRenew(const uint8_t* body, std::size_t length, Renew& renew);
bool decodePulse(const uint8_t* body, std::size_t length, Pulse& pulse);
bool decodeStop(const uint8_t* body, std::size_t length, uint64_t& session);
bool decodeConfigure(const uint8_t* body, std::size_t length, Configuration& configuration);
bool decodeDigitalOutputs(const uint8_t* body, std::size_t length, uint16_t& outputs);

}  // namespace exocortex
