// CRC-32 by half bytes: a table of 64 bytes instead of 1,024.
#include "crc32.hpp"

namespace exocortex {

namespace {

constexpr uint32_t ofHalfByte[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
                                     0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
                                     0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};

}  // namespace

uint32_t crc32(const uint8_t* bytes, std::size_t length, uint32_t initial) {
  uint32_t crc = ~initial;
  for (std::size_t index = 0; index < length; index++) {
    crc ^= bytes[index];
    crc = (crc >> 4) ^ ofHalfByte[crc & 15];
    crc = (crc >> 4) ^ ofHalfByte[crc & 15];
  }
  return ~crc;
}

}  // namespace exocortex
