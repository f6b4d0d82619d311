// What the tick reports when a value has left its range: nothing that follows is what the network says.
#pragma once

#include <cstdint>
#include <tuple>

namespace exocortex {

struct Saturation {
  enum class Kind : uint32_t { population = 1, trace = 2, variable = 3 };
  Kind kind;
  // Index of the population or the projection.
  uint32_t index;
  // How many neurons; or which neuron's trace; or which variable of the synapse.
  uint32_t part;
  uint64_t step;
  // What comes first within a step of a projection: phase of its learning, then event, place within the event, and number among several
  // values of one place.
  uint32_t phase = 0;
  uint32_t event = 0;
  uint32_t place = 0;
  uint32_t number = 0;

  // As the reference meets them: in a step all populations, then projection after projection.
  bool isBefore(const Saturation& other) const { return order() < other.order(); }

 private:
  std::tuple<uint64_t, bool, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t> order() const {
    return {step, kind != Kind::population, index, phase, event, place, number};
  }
};

}  // namespace exocortex
