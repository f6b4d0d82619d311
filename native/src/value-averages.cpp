// How averages follow their values.
#include "value-averages.hpp"

#include "kernel-arrays.hpp"

namespace exocortex {

namespace {

EXOCORTEX_CLONES
void follow(std::size_t neurons, const Average& how, const int32_t* __restrict now, int32_t* __restrict values) {
  const Average own = how;
  const int64_t half = halfOf(own.shift);
  const auto move = [&](std::size_t neuron, auto multiplied) {
    const int32_t held = now[neuron] < own.low ? own.low : (own.high < now[neuron] ? own.high : now[neuron]);
    const int32_t value = static_cast<int32_t>(static_cast<uint32_t>(held) << own.shiftLeft);
    values[neuron] += multiplied(value - values[neuron], own.factor, half, own.shift);
  };
  if (own.shift <= 32) {
    EXOCORTEX_INDEPENDENT
    for (std::size_t neuron = 0; neuron < neurons; neuron++)
      move(neuron, [](int32_t a, int32_t b, int64_t h, int32_t shift) { return multiplyUpTo32(a, b, h, shift); });
  } else {
    EXOCORTEX_INDEPENDENT
    for (std::size_t neuron = 0; neuron < neurons; neuron++)
      move(neuron, [](int32_t a, int32_t b, int64_t h, int32_t shift) { return multiplyAbove32(a, b, h, shift); });
  }
}

}  // namespace

void ValueAverages::step(const int32_t* now) { follow(values_.size(), how_, now, values_.data()); }

}  // namespace exocortex
