// One loop for each instruction and kind of operands.
#include "block-loops.hpp"

#include "kernel-arrays.hpp"

namespace exocortex {

namespace {

template <typename Of>
EXOCORTEX_INLINE void fill(int32_t* into, std::size_t lanes, Of of) {
  EXOCORTEX_INDEPENDENT
  for (std::size_t lane = 0; lane < lanes; lane++) into[lane] = of(lane);
}

template <typename Of>
EXOCORTEX_INLINE void withOne(const VectorStep& step, const int32_t* const* registers, std::size_t lanes, Of of) {
  const int32_t* a = registers[step.a];
  fill(step.into, lanes, [=](std::size_t lane) { return of(a[lane]); });
}

template <typename Of>
EXOCORTEX_INLINE void withTwo(const VectorStep& step, const int32_t* const* registers, std::size_t lanes, Of of) {
  const int32_t* a = registers[step.a];
  const int32_t* b = registers[step.b];
  if (step.isUniformA) {
    const int32_t all = *a;
    fill(step.into, lanes, [=](std::size_t lane) { return of(all, b[lane]); });
  } else if (step.isUniformB) {
    const int32_t all = *b;
    fill(step.into, lanes, [=](std::size_t lane) { return of(a[lane], all); });
  } else {
    fill(step.into, lanes, [=](std::size_t lane) { return of(a[lane], b[lane]); });
  }
}

EXOCORTEX_INLINE int32_t lookUp(const VectorStep& step, int32_t value) {
  const int32_t within = value < step.low ? step.low : (step.high < value ? step.high : value);
  const int32_t distance = within - step.low;
  const int32_t piece = distance >> step.amount;
  const int32_t from = step.table[piece];
  const int32_t rest = distance & ((1 << step.amount) - 1);
  return from + multiplyUpTo32(step.table[piece + 1] - from, rest, halfOf(step.amount), step.amount);
}

EXOCORTEX_INLINE int32_t bounded(int32_t value, const Output& output) {
  return value < output.low ? output.low : (output.high < value ? output.high : value);
}

}  // namespace

EXOCORTEX_CLONES
void carryOut(const VectorStep* steps, std::size_t count, const int32_t* const* registers, uint32_t groups) {
  const std::size_t lanes = std::size_t{groups} * lanesInGroup;
  for (std::size_t index = 0; index < count; index++) {
    const VectorStep& step = steps[index];
    const int32_t amount = step.amount;
    switch (step.kind) {
      case InstructionKind::constant:
        fill(step.into, lanes, [=](std::size_t) { return amount; });
        break;
      case InstructionKind::add:
        withTwo(step, registers, lanes, [](int32_t a, int32_t b) { return a + b; });
        break;
      case InstructionKind::subtract:
        withTwo(step, registers, lanes, [](int32_t a, int32_t b) { return a - b; });
        break;
      case InstructionKind::min:
        withTwo(step, registers, lanes, [](int32_t a, int32_t b) { return a < b ? a : b; });
        break;
      case InstructionKind::max:
        withTwo(step, registers, lanes, [](int32_t a, int32_t b) { return a < b ? b : a; });
        break;
      case InstructionKind::below:
        withTwo(step, registers, lanes, [](int32_t a, int32_t b) { return static_cast<int32_t>(a < b); });
        break;
      case InstructionKind::atMost:
        withTwo(step, registers, lanes, [](int32_t a, int32_t b) { return static_cast<int32_t>(a <= b); });
        break;
      case InstructionKind::multiply: {
        const int64_t half = halfOf(amount);
        if (amount <= 32)
          withTwo(step, registers, lanes, [=](int32_t a, int32_t b) { return multiplyUpTo32(a, b, half, amount); });
        else
          withTwo(step, registers, lanes, [=](int32_t a, int32_t b) { return multiplyAbove32(a, b, half, amount); });
        break;
      }
      case InstructionKind::shiftLeft:
        withOne(step, registers, lanes, [=](int32_t a) { return static_cast<int32_t>(static_cast<uint32_t>(a) << amount); });
        break;
      case InstructionKind::shiftRight:
        withOne(step, registers, lanes, [=](int32_t a) { return ((a >> (amount - 1)) + 1) >> 1; });
        break;
      case InstructionKind::look: {
        const VectorStep look = step;
        withOne(step, registers, lanes, [&](int32_t a) { return lookUp(look, a); });
        break;
      }
    }
  }
}

int32_t carryOutOne(const VectorStep& step, int32_t a, int32_t b) {
  int32_t lanes[lanesInGroup] = {};
  VectorStep one = step;
  one.a = 0;
  one.b = 1;
  one.into = lanes;
  int32_t as[lanesInGroup] = {a};
  int32_t bs[lanesInGroup] = {b};
  one.isUniformA = one.isUniformB = false;
  const int32_t* registers[] = {as, bs};
  carryOut(&one, 1, registers, 1);
  return lanes[0];
}

EXOCORTEX_CLONES
Stored storeInRow(const Output& output, const int32_t* values, bool isUniform, int32_t* to, uint32_t count) {
  int64_t change = 0;
  uint32_t beyond = 0;
  const Output where = output;
  const auto store = [&](uint32_t index, int32_t value) {
    const int32_t within = bounded(value, where);
    const int32_t after = static_cast<int32_t>(static_cast<uint32_t>(within) << where.shiftLeft);
    beyond |= static_cast<uint32_t>(within ^ value);
    change += int64_t{after} - to[index];
    to[index] = after;
  };
  if (isUniform) {
    const int32_t all = *values;
    EXOCORTEX_INDEPENDENT
    for (uint32_t index = 0; index < count; index++) store(index, all);
  } else {
    EXOCORTEX_INDEPENDENT
    for (uint32_t index = 0; index < count; index++) store(index, values[index]);
  }
  return {change, beyond != 0};
}

Stored storeAt(const Output& output, const int32_t* values, bool isUniform, int32_t* to, const uint32_t* places, uint32_t count) {
  int64_t change = 0;
  uint32_t beyond = 0;
  const Output where = output;
  for (uint32_t index = 0; index < count; index++) {
    const int32_t value = values[isUniform ? 0 : index];
    const int32_t within = bounded(value, where);
    const int32_t after = static_cast<int32_t>(static_cast<uint32_t>(within) << where.shiftLeft);
    beyond |= static_cast<uint32_t>(within ^ value);
    int32_t& place = to[places[index]];
    change += int64_t{after} - place;
    place = after;
  }
  return {change, beyond != 0};
}

EXOCORTEX_CLONES
void gather(const int32_t* of, const uint32_t* places, int32_t* into, uint32_t count) {
  EXOCORTEX_INDEPENDENT
  for (uint32_t index = 0; index < count; index++) into[index] = of[static_cast<int32_t>(places[index])];
}

void gatherFromFar(const int32_t* of, const uint32_t* places, const uint32_t* later, int32_t* into, uint32_t count) {
  for (uint32_t index = 0; index < count; index++) {
    EXOCORTEX_PREFETCH(&of[later[index]]);
    into[index] = of[places[index]];
  }
}

}  // namespace exocortex
