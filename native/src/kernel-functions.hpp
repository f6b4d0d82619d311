// Written by `npx vitest run simulation/kernel -u` from simulation/models.
#pragma once

#include <cstdint>

namespace exocortex {

inline int32_t share(int32_t value, int32_t mantissa, int32_t shift) {
  return ((((((value >> 14) * mantissa) + (((value & 16383) * mantissa) >> 14)) >> (shift - 1)) + 1) >> 1);
}

inline int32_t clamped(int32_t value, int32_t bound) {
  const int32_t t0 = (bound * (-1));
  return ((value < t0) ? t0 : ((bound < value) ? bound : value));
}

inline int32_t mixed(int32_t value) {
  const int32_t t0 = ((value ^ static_cast<int32_t>(static_cast<uint32_t>(value) >> 16)) * 569420461);
  const int32_t t1 = ((t0 ^ static_cast<int32_t>(static_cast<uint32_t>(t0) >> 15)) * 1935289751);
  return (t1 ^ static_cast<int32_t>(static_cast<uint32_t>(t1) >> 15));
}

inline int32_t product(int32_t a, int32_t b) {
  const int32_t t0 = (a >> 16);
  const int32_t t1 = (b >> 16);
  const int32_t t2 = (b & 65535);
  const int32_t t3 = (a & 65535);
  return (((((t0 * t1) << 16) + (t0 * t2)) + (t3 * t1)) + static_cast<int32_t>(static_cast<uint32_t>((t3 * t2)) >> 16));
}

inline int32_t product27(int32_t a, int32_t b) {
  const int32_t t0 = (a >> 15);
  const int32_t t1 = (b >> 12);
  const int32_t t2 = (b & 4095);
  const int32_t t3 = (a & 32767);
  return ((t0 * t1) + ((((((t0 * t2) << 3) + (t3 * t1)) + ((t3 * t2) >> 12)) + 16384) >> 15));
}

inline int32_t fromZeroTo(int32_t value, int32_t most) {
  return ((value < 0) ? 0 : ((most < value) ? most : value));
}

inline int32_t relaxationOf(int32_t entry, int32_t z) {
  return ((entry & 65535) + ((262144 - (((entry >> 16) & 127) * ((z & 524287) + 8388608))) >> 19));
}

inline int32_t product24(int32_t a, int32_t b) {
  const int32_t t0 = (a >> 12);
  const int32_t t1 = (b >> 12);
  const int32_t t2 = (b & 4095);
  const int32_t t3 = (a & 4095);
  return ((t0 * t1) + (((((t0 * t2) + (t3 * t1)) + ((t3 * t2) >> 12)) + 2048) >> 12));
}

inline int32_t facilitated(int32_t before, int32_t factor, int32_t utilisation) {
  const int32_t t0 = product24(before, factor);
  return ((utilisation + t0) - product24(t0, utilisation));
}

inline int32_t recovered(int32_t resources, int32_t used, int32_t factor) {
  return ((product24((((resources * (-1)) + 16777216) + product24(resources, used)), factor) * (-1)) + 16777216);
}

inline int32_t efficacy(int32_t utilisation, int32_t resources) {
  return (product24(utilisation, resources) >> 9);
}

inline int32_t partOf(int32_t weight, int32_t part) {
  return share(weight, part, 1);
}

}  // namespace exocortex
