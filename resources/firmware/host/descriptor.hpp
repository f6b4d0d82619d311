// The report descriptor of the board: one vendor-defined collection with an input and an output report of the same length.
#pragma once

#include <cstdint>
#include <vector>

namespace exocortex {

constexpr uint16_t usagePage = 0xFFEC;
constexpr uint8_t usage = 0x01;

inline std::vector<uint8_t> reportDescriptor(uint16_t reportBytes) {
  const uint8_t low = static_cast<uint8_t>(reportBytes), high = static_cast<uint8_t>(reportBytes >> 8);
  return {
      0x06, usagePage & 0xff, usagePage >> 8,  // usage page: vendor-defined
      0x09, usage,                             // usage
      0xa1, 0x01,                              // collection: application
      0x15, 0x00,                              //   logical minimum 0
      0x26, 0xff, 0x00,                        //   logical maximum 255
      0x75, 0x08,                              //   report size: 8 bits
      0x96, low,  high,                        //   report count
      0x09, 0x02,                              //   usage: to the host
      0x81, 0x02,                              //   input: data, variable, absolute
      0x96, low,  high,                        //   report count
      0x09, 0x03,                              //   usage: to the board
      0x91, 0x02,                              //   output: data, variable, absolute
      0xc0,                                    // end of collection
  };
}

}  // namespace exocortex
