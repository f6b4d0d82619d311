// A step kernel's view of one neuron; from neuron to neuron the compiler makes vector code of it where it can.
#pragma once

#include "kernel-arrays.hpp"
#include "kernel-functions.hpp"

#include <algorithm>
#include <cstring>

namespace exocortex::one {

using Int = int32_t;
using Bool = bool;
constexpr int32_t lanes = 1;

inline Int load(const int32_t* from) { return *from; }
inline void store(int32_t* to, Int value) { *to = value; }
inline Int numbersFrom(int32_t first) { return first; }
inline Int choose(Bool condition, Int yes, Int no) { return condition ? yes : no; }
inline Int shiftedIn(Int value, int32_t bits) { return static_cast<int32_t>(static_cast<uint32_t>(value) >> bits); }
inline Int lookup(const int32_t* table, Int index) { return table[index]; }
// Without a branch: where the compiler makes one of it, a table that is looked into at the result keeps the loop from becoming vector code.
inline Int fromZeroTo(Int value, Int most) { return std::min(std::max(value, 0), most); }
inline int32_t countOf(Bool condition, std::ptrdiff_t) { return condition; }

// Few neurons fire in a step: their flags are looked at many at once.
class Fired {
 public:
  explicit Fired(const StepArrays& arrays) : flags_(arrays.flags) {}

  void add(std::ptrdiff_t first, Bool fires) { flags_[first] = fires; }

  uint32_t list(const StepArrays& arrays) const {
    uint32_t count = 0;
    for (int32_t from = 0; from < arrays.neurons; from += flagsAtOnce) {
      uint64_t words[flagsAtOnce / 8] = {};
      const int32_t flags = arrays.neurons - from < flagsAtOnce ? arrays.neurons - from : flagsAtOnce;
      std::memcpy(words, flags_ + from, static_cast<std::size_t>(flags));
      uint64_t any = 0;
      for (const uint64_t word : words) any |= word;
      if (any == 0) continue;
      for (int32_t neuron = from; neuron < from + flags; neuron++) {
        if (flags_[neuron] != 0) arrays.fired[count++] = static_cast<uint32_t>(neuron);
      }
    }
    return count;
  }

 private:
  static constexpr int32_t flagsAtOnce = 64;
  uint8_t* flags_;
};

}  // namespace exocortex::one
