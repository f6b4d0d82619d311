// CRC-32 (IEEE 802.3), as frames and reports end in it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace exocortex {

// Of `length` bytes, continued from `initial`.
uint32_t crc32(const uint8_t* bytes, std::size_t length, uint32_t initial = 0);

}  // namespace exocortex
