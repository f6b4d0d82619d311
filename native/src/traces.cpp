// How traces decay and grow.
#include "traces.hpp"

#include "lane-steps.hpp"

#include <algorithm>

namespace exocortex {

namespace {

constexpr int32_t factorBits = 15;
constexpr int32_t unit = 1 << 20;
constexpr int32_t largest = 1 << 29;

EXOCORTEX_CLONES
void decay(std::size_t neurons, const int32_t* __restrict values, const int32_t* __restrict since,
           const int32_t* __restrict factors, uint32_t oldest, uint32_t step, int32_t* __restrict now) {
  EXOCORTEX_INDEPENDENT
  for (std::size_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t value = values[neuron];
    const uint32_t age = step - static_cast<uint32_t>(since[neuron]);
    const int32_t factor = factors[age < oldest ? age : oldest];
    const int32_t decayed = (value >> factorBits) * factor + (((value & 0x7fff) * factor) >> factorBits);
    now[neuron] = age == 0 ? value : decayed;
  }
}

EXOCORTEX_CLONES
void agesAt(const uint32_t* __restrict steps, uint32_t count, uint32_t since, uint32_t oldest, uint32_t* __restrict ages) {
  EXOCORTEX_INDEPENDENT
  for (uint32_t index = 0; index < count; index++) ages[index] = std::min(steps[index] - since, oldest);
}

// `into`: first by what the value is multiplied.
EXOCORTEX_CLONES
void decayIn(int32_t value, int32_t before, uint32_t since, const uint32_t* __restrict steps, uint32_t count, int32_t* __restrict into) {
  const int32_t high = value >> factorBits;
  const int32_t low = value & 0x7fff;
  EXOCORTEX_INDEPENDENT
  for (uint32_t index = 0; index < count; index++) {
    const int32_t factor = into[index];
    into[index] = steps[index] == since ? before : high * factor + ((low * factor) >> factorBits);
  }
}

}  // namespace

Traces::Traces(std::size_t neurons, const Span<int32_t>& factors)
    : values_(neurons), since_(neurons), before_(neurons), now_(neurons), factors_(factors.begin(), factors.end()) {
  // What is older than the table has decayed to nothing.
  factors_.push_back(0);
}

const int32_t* Traces::at(uint32_t step) {
  if (!isNow_)
    decay(values_.size(), values_.data(), since_.data(), factors_.data(), static_cast<uint32_t>(factors_.size() - 1), step,
          now_.data());
  isNow_ = true;
  return now_.data();
}

int32_t Traces::at(uint32_t neuron, uint32_t step) const {
  int32_t now;
  decay(1, &values_[neuron], &since_[neuron], factors_.data(), static_cast<uint32_t>(factors_.size() - 1), step, &now);
  return now;
}

void Traces::at(uint32_t neuron, const uint32_t* steps, uint32_t count, int32_t* into) const {
  const auto since = static_cast<uint32_t>(since_[neuron]);
  const auto ages = reinterpret_cast<uint32_t*>(into);
  agesAt(steps, count, since, static_cast<uint32_t>(factors_.size() - 1), ages);
  gather(factors_.data(), ages, into, count);
  decayIn(values_[neuron], before_[neuron], since, steps, count, into);
}

bool Traces::add(uint32_t neuron, uint32_t step) {
  before_[neuron] = at(neuron, step);
  const int32_t value = before_[neuron] + unit;
  values_[neuron] = value < largest ? value : largest;
  since_[neuron] = static_cast<int32_t>(step);
  return value > largest;
}

}  // namespace exocortex
