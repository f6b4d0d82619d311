// How traces decay and grow.
#include "traces.hpp"

#include "kernel-arrays.hpp"

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
void decayIn(int32_t value, int32_t before, uint32_t since, const int32_t* __restrict factors, uint32_t oldest,
             const uint32_t* __restrict steps, uint32_t count, int32_t* __restrict into) {
  const int32_t high = value >> factorBits;
  const int32_t low = value & 0x7fff;
  EXOCORTEX_INDEPENDENT
  for (uint32_t index = 0; index < count; index++) {
    const uint32_t age = steps[index] - since;
    const int32_t factor = factors[static_cast<int32_t>(age < oldest ? age : oldest)];
    into[index] = age == 0 ? before : high * factor + ((low * factor) >> factorBits);
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
  decayIn(values_[neuron], before_[neuron], static_cast<uint32_t>(since_[neuron]), factors_.data(),
          static_cast<uint32_t>(factors_.size() - 1), steps, count, into);
}

bool Traces::add(uint32_t neuron, uint32_t step) {
  before_[neuron] = at(neuron, step);
  const int32_t value = before_[neuron] + unit;
  values_[neuron] = value < largest ? value : largest;
  since_[neuron] = static_cast<int32_t>(step);
  return value > largest;
}

}  // namespace exocortex
