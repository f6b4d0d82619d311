// No number is rounded and no text is escaped: quotes, backslashes and control characters become question marks.
#include "json-writer.hpp"

namespace exocortex {

void JsonWriter::begin() {
  put('{');
  isFirst_ = true;
}

void JsonWriter::end() {
  put('}');
  isFirst_ = false;
}

void JsonWriter::beginNested(const char* key) {
  name(key);
  begin();
}

void JsonWriter::text(const char* key, const char* value) {
  beginText(key);
  part(value);
  endText();
}

void JsonWriter::beginText(const char* key) {
  name(key);
  put('"');
}

void JsonWriter::part(const char* text) {
  for (; *text != 0; text++) {
    const bool isPlain = static_cast<uint8_t>(*text) >= 0x20 && *text != '"' && *text != '\\';
    put(isPlain ? *text : '?');
  }
}

void JsonWriter::part(int64_t number) { digits(number); }

void JsonWriter::endText() { put('"'); }

void JsonWriter::number(const char* key, int64_t value) {
  name(key);
  digits(value);
}

void JsonWriter::thousandths(const char* key, uint32_t value) {
  name(key);
  digits(value / 1000);
  put('.');
  for (uint32_t place = 100; place > 0; place /= 10) digits(value / place % 10);
}

void JsonWriter::boolean(const char* key, bool value) {
  name(key);
  raw(value ? "true" : "false");
}

void JsonWriter::nothing(const char* key) {
  name(key);
  raw("null");
}

void JsonWriter::numbers(const char* key, const uint32_t* values, std::size_t count) {
  name(key);
  put('[');
  for (std::size_t index = 0; index < count; index++) {
    if (index > 0) put(',');
    digits(values[index]);
  }
  put(']');
}

void JsonWriter::put(char character) {
  if (length_ < capacity_) bytes_[length_++] = static_cast<uint8_t>(character);
}

void JsonWriter::raw(const char* text) {
  while (*text != 0) put(*text++);
}

void JsonWriter::name(const char* name) {
  if (!isFirst_) put(',');
  isFirst_ = false;
  put('"');
  raw(name);
  put('"');
  put(':');
}

void JsonWriter::digits(int64_t value) {
  char reversed[20];
  int count = 0;
  uint64_t rest = static_cast<uint64_t>(value);
  if (value < 0) {
    put('-');
    rest = 0 - rest;
  }
  do {
    reversed[count++] = static_cast<char>('0' + rest % 10);
    rest /= 10;
  } while (rest > 0);
  while (count > 0) put(reversed[--count]);
}

}  // namespace exocortex
