// Declarations of what the sketch uses of the library of this name.
#pragma once

#include <cstdint>

struct SPISettings {
  SPISettings(uint32_t hertz, int order, int mode);
};
struct SpiInterface {
  void begin();
  void beginTransaction(SPISettings settings);
  void endTransaction();
  uint16_t transfer16(uint16_t value);
};
extern SpiInterface SPI;
