// Writes the few messages that are JSON into memory of a fixed size; a board writes JSON and never reads any.
#pragma once

#include <cstddef>
#include <cstdint>

namespace exocortex {

class JsonWriter {
 public:
  JsonWriter(uint8_t* bytes, std::size_t capacity) : bytes_(bytes), capacity_(capacity) {}

  void begin();
  void end();
  void beginNested(const char* name);
  void text(const char* name, const char* value);
  // A text in parts: begin, as many parts as needed, end.
  void beginText(const char* name);
  void part(const char* text);
  void part(int64_t number);
  void endText();
  void number(const char* name, int64_t value);
  // value / 1000 with three decimals; `value` is at least 0.
  void thousandths(const char* name, uint32_t value);
  void boolean(const char* name, bool value);
  void nothing(const char* name);
  void numbers(const char* name, const uint32_t* values, std::size_t count);

  // What does not fit is not written.
  std::size_t length() const { return length_; }

 private:
  void put(char character);
  void raw(const char* text);
  void name(const char* name);
  void digits(int64_t value);

  uint8_t* bytes_;
  std::size_t capacity_;
  std::size_t length_ = 0;
  bool isFirst_ = true;
};

}  // namespace exocortex
