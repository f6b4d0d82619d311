// Numbers of neurons that step kernels take many at once: they begin at a whole multiple of a register and end with room for one.
#pragma once

#include "kernel-arrays.hpp"

#include <cstddef>
#include <new>
#include <vector>

namespace exocortex {

template <typename T>
struct LaneAligned {
  using value_type = T;

  LaneAligned() = default;
  template <typename U>
  LaneAligned(const LaneAligned<U>&) {}

  T* allocate(std::size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), alignment)); }
  void deallocate(T* memory, std::size_t) { ::operator delete(memory, alignment); }

  bool operator==(const LaneAligned&) const { return true; }
  bool operator!=(const LaneAligned&) const { return false; }

 private:
  static constexpr std::align_val_t alignment{neuronsAtOnce * sizeof(int32_t)};
};

using LaneVector = std::vector<int32_t, LaneAligned<int32_t>>;

// How many places so many neurons take.
constexpr std::size_t placesFor(uint32_t neurons) {
  return (std::size_t{neurons} + neuronsAtOnce - 1) / neuronsAtOnce * neuronsAtOnce;
}

}  // namespace exocortex
