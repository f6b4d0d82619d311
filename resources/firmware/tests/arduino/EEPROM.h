// Declarations of what the sketch uses of the library of this name.
#pragma once

struct EepromInterface {
  template <typename T>
  T& get(int at, T& value);
  template <typename T>
  const T& put(int at, const T& value);
};
extern EepromInterface EEPROM;
