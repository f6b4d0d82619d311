// Asks for numbers that lie side by side and are read soon.
#pragma once

#include "kernel-arrays.hpp"

#include <cstddef>
#include <cstdint>

namespace exocortex {

template <typename T>
void prefetchRow(const T* first, uint32_t count) {
  constexpr uint32_t inLine = 64 / sizeof(T);
  for (uint32_t at = 0; at < count; at += inLine) EXOCORTEX_PREFETCH_MANY(first + at);
}

}  // namespace exocortex
