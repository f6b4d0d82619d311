// SHA-256 (FIPS 180-4) and HMAC (RFC 2104).
#include "authenticate.hpp"

#include <string.h>

namespace exocortex {

namespace {

constexpr uint32_t roundConstants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

uint32_t turned(uint32_t word, int bits) { return (word >> bits) | (word << (32 - bits)); }

uint32_t bigEndian(const uint8_t* at) {
  return static_cast<uint32_t>(at[0]) << 24 | static_cast<uint32_t>(at[1]) << 16 | static_cast<uint32_t>(at[2]) << 8 |
         at[3];
}

}  // namespace

void Sha256::add(const uint8_t* bytes, std::size_t length) {
  bytes_ += length;
  for (std::size_t index = 0; index < length; index++) {
    block_[held_++] = bytes[index];
    if (held_ == blockBytes) takeBlock();
  }
}

void Sha256::finish(uint8_t digest[digestBytes]) {
  const uint64_t bits = bytes_ * 8;
  const uint8_t end = 0x80, zero = 0;
  add(&end, 1);
  while (held_ != blockBytes - 8) add(&zero, 1);
  for (int shift = 56; shift >= 0; shift -= 8) {
    const uint8_t byte = static_cast<uint8_t>(bits >> shift);
    add(&byte, 1);
  }
  for (std::size_t index = 0; index < digestBytes; index++)
    digest[index] = static_cast<uint8_t>(state_[index / 4] >> (24 - 8 * (index % 4)));
}

void Sha256::takeBlock() {
  uint32_t words[64];
  for (int index = 0; index < 16; index++) words[index] = bigEndian(block_ + 4 * index);
  for (int index = 16; index < 64; index++) {
    const uint32_t w15 = words[index - 15], w2 = words[index - 2];
    const uint32_t s0 = turned(w15, 7) ^ turned(w15, 18) ^ (w15 >> 3);
    const uint32_t s1 = turned(w2, 17) ^ turned(w2, 19) ^ (w2 >> 10);
    words[index] = words[index - 16] + s0 + words[index - 7] + s1;
  }
  uint32_t a = state_[0], b = state_[1], c = state_[2], d = state_[3];
  uint32_t e = state_[4], f = state_[5], g = state_[6], h = state_[7];
  for (int index = 0; index < 64; index++) {
    const uint32_t s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + roundConstants[index] + words[index];
    const uint32_t s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
  }
  const uint32_t sums[8] = {a, b, c, d, e, f, g, h};
  for (int index = 0; index < 8; index++) state_[index] += sums[index];
  held_ = 0;
}

Authenticator::Authenticator(const uint8_t* token, std::size_t length) {
  uint8_t key[Sha256::blockBytes] = {};
  memcpy(key, token, length < tokenMaxBytes ? length : tokenMaxBytes);
  uint8_t inner[Sha256::blockBytes], outer[Sha256::blockBytes];
  for (std::size_t index = 0; index < Sha256::blockBytes; index++) {
    inner[index] = key[index] ^ 0x36;
    outer[index] = key[index] ^ 0x5c;
  }
  inner_.add(inner, sizeof inner);
  outer_.add(outer, sizeof outer);
}

void Authenticator::tag(uint8_t type, const uint8_t* body, std::size_t length, uint8_t tag[tagBytes]) const {
  uint8_t digest[Sha256::digestBytes];
  Sha256 inner = inner_;
  inner.add(&type, 1);
  inner.add(body, length);
  inner.finish(digest);
  Sha256 outer = outer_;
  outer.add(digest, sizeof digest);
  outer.finish(digest);
  memcpy(tag, digest, tagBytes);
}

bool isSame(const uint8_t* a, const uint8_t* b, std::size_t length) {
  uint8_t difference = 0;
  for (std::size_t index = 0; index < length; index++) difference |= static_cast<uint8_t>(a[index] ^ b[index]);
  return difference == 0;
}

}  // namespace exocortex
