// The tag of messages that let current flow: the first 16 bytes of HMAC-SHA-256, keyed with the device's token.
#pragma once

#include <cstddef>
#include <cstdint>

namespace exocortex {

constexpr std::size_t tagBytes = 16;
// Longest token: with it, HELLO still fits into one report of 64 bytes.
constexpr std::size_t tokenMaxBytes = 38;

// SHA-256 (FIPS 180-4) of bytes that come in parts.
class Sha256 {
 public:
  static constexpr std::size_t blockBytes = 64;
  static constexpr std::size_t digestBytes = 32;

  void add(const uint8_t* bytes, std::size_t length);
  // Ends it: nothing may be added afterwards.
  void finish(uint8_t digest[digestBytes]);

 private:
  void takeBlock();

  uint32_t state_[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  uint8_t block_[blockBytes] = {};
  std::size_t held_ = 0;
  uint64_t bytes_ = 0;
};

class Authenticator {
 public:
  // At most `tokenMaxBytes` of the token.
  Authenticator(const uint8_t* token, std::size_t length);

  // Over the type and the body of a message.
  void tag(uint8_t type, const uint8_t* body, std::size_t length, uint8_t tag[tagBytes]) const;

 private:
  Sha256 inner_;
  Sha256 outer_;
};

// Takes the same time wherever they differ.
bool isSame(const uint8_t* a, const uint8_t* b, std::size_t length);

}  // namespace exocortex
