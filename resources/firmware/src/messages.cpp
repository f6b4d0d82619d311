// Reads what a host sends; a body that is too short, too long or holds a number beyond 2^53 - 1 is no message.
#include "messages.hpp"

#include "little-endian.hpp"

namespace exocortex {

namespace {

constexpr std::size_t helloBytes = 7;
constexpr std::size_t enableBytes = 29;
constexpr std::size_t renewBytes = 16;
constexpr std::size_t pulseBytes = 50;
constexpr std::size_t stopBytes = 8;
constexpr std::size_t configureBytes = 12;
constexpr std::size_t digitalOutputsBytes = 2;

bool areWhole(uint64_t a, uint64_t b) { return (a > b ? a : b) <= wholeMax; }

}  // namespace

bool isTagged(uint8_t type) { return type == messageEnable || type == messageRenew || type == messagePulse; }

const char* wordOf(Rejection rejection) {
  static const char* const words[] = {"checksum", "unreadable", "not-permitted", "forged", "not-now", ""};
  return words[rejection];
}

bool decodeHello(const uint8_t* body, std::size_t length, Hello& hello) {
  if (length < helloBytes) return false;
  ByteReader reader(body);
  hello = {reader.u32(), reader.u16(), reader.u8(), body + helloBytes, length - helloBytes};
  return true;
}

bool decodeEnable(const uint8_t* body, std::size_t length, Enable& enable) {
  if (length != enableBytes) return false;
  ByteReader reader(body);
  enable.session = reader.u64();
  enable.leaseExpiryMicroseconds = reader.u64();
  enable.leaseMicroseconds = reader.u32();
  enable.limits.high = reader.u32();
  enable.limits.low = reader.u32();
  const uint8_t isDry = reader.u8();
  enable.isDry = isDry != 0;
  return isDry <= 1 && areWhole(enable.session, enable.leaseExpiryMicroseconds);
}

bool decodeRenew(const uint8_t* body, std::size_t length, Renew& renew) {
  if (length != renewBytes) return false;
  ByteReader reader(body);
  renew.session = reader.u64();
  renew.leaseExpiryMicroseconds = reader.u64();
  return areWhole(renew.session, renew.leaseExpiryMicroseconds);
}

bool decodePulse(const uint8_t* body, std::size_t length, Pulse& pulse) {
  if (length != pulseBytes) return false;
  ByteReader reader(body);
  pulse.session = reader.u64();
  pulse.sequence = reader.u32();
  pulse.expiryMicroseconds = reader.u64();
  pulse.electrode = reader.u16();
  pulse.firstNanoamps = reader.i32();
  pulse.firstMicroseconds = reader.u32();
  pulse.interphaseMicroseconds = reader.u32();
  pulse.secondNanoamps = reader.i32();
  pulse.secondMicroseconds = reader.u32();
  pulse.limits.high = reader.u32();
  pulse.limits.low = reader.u32();
  return areWhole(pulse.session, pulse.expiryMicroseconds);
}

bool decodeStop(const uint8_t* body, std::size_t length, uint64_t& session) {
  if (length != stopBytes) return false;
  session = ByteReader(body).u64();
  return session <= wholeMax;
}

bool decodeConfigure(const uint8_t* body, std::size_t length, Configuration& configuration) {
  if (length != configureBytes) return false;
  ByteReader reader(body);
  configuration = {reader.u32(), reader.u32(), reader.u32()};
  return true;
}

bool decodeDigitalOutputs(const uint8_t* body, std::size_t length, uint16_t& outputs) {
  if (length != digitalOutputsBytes) return false;
  outputs = ByteReader(body).u16();
  return true;
}

}  // namespace exocortex
