// Finds where a loaded library keeps the address of a function that it imports, and puts another there.
#pragma once

#include <cstddef>
#include <string>

namespace exocortex {

// In every loaded library whose path ends in `library`. Returns in how many places; throws std::runtime_error where memory stays closed.
std::size_t replaceImport(const std::string& library, const std::string& function, void* replacement);

inline bool endsWith(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace exocortex
