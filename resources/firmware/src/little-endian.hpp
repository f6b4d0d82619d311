// Reads and writes whole numbers as they lie on the wire, lowest byte first.
#pragma once

#include <cstddef>
#include <cstdint>

namespace exocortex {

// Walks over bytes whose number the caller has checked.
class ByteReader {
 public:
  explicit ByteReader(const uint8_t* bytes) : at_(bytes) {}

  uint8_t u8() { return static_cast<uint8_t>(take(1)); }
  uint16_t u16() { return static_cast<uint16_t>(take(2)); }
  uint32_t u32() { return static_cast<uint32_t>(take(4)); }
  int32_t i32() { return static_cast<int32_t>(u32()); }
  uint64_t u64() { return take(8); }

 private:
  uint64_t take(int bytes) {
    uint64_t value = 0;
    for (int index = 0; index < bytes; index++) value |= static_cast<uint64_t>(at_[index]) << (8 * index);
    at_ += bytes;
    return value;
  }

  const uint8_t* at_;
};

// Writes into memory whose length the caller has checked.
class ByteWriter {
 public:
  explicit ByteWriter(uint8_t* bytes) : begin_(bytes), at_(bytes) {}

  void u8(uint8_t value) { put(value, 1); }
  void u16(uint16_t value) { put(value, 2); }
  void u32(uint32_t value) { put(value, 4); }
  void i32(int32_t value) { put(static_cast<uint32_t>(value), 4); }
  void u64(uint64_t value) { put(value, 8); }
  void i64(int64_t value) { put(static_cast<uint64_t>(value), 8); }

  std::size_t length() const { return static_cast<std::size_t>(at_ - begin_); }

 private:
  void put(uint64_t value, int bytes) {
    for (int index = 0; index < bytes; index++) *at_++ = static_cast<uint8_t>(value >> (8 * index));
  }

  uint8_t* begin_;
  uint8_t* at_;
};

}  // namespace exocortex
