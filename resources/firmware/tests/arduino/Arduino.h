// Declarations, and nothing more, of what the sketch uses of Arduino's and Teensy's libraries: it is compiled against them, never run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>

constexpr uint8_t LOW = 0, HIGH = 1, INPUT_PULLUP = 2, INPUT_PULLDOWN = 3, OUTPUT = 1;
constexpr int MSBFIRST = 1, SPI_MODE1 = 4;

uint32_t micros();
void pinMode(uint8_t pin, uint8_t mode);
void digitalWriteFast(uint8_t pin, uint8_t value);
uint8_t digitalReadFast(uint8_t pin);
void digitalToggleFast(uint8_t pin);
void analogReadResolution(unsigned int bits);
int analogRead(uint8_t pin);
float tempmonGetTemp();
extern volatile uint8_t usb_configuration;

class IntervalTimer {
 public:
  bool begin(void (*function)(), uint32_t microseconds);
  void end();
};

struct RawHidInterface {
  int recv(void* buffer, uint16_t timeout);
  int send(const void* buffer, uint16_t timeout);
};
extern RawHidInterface RawHID;
