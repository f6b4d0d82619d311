// What the loops over synapses, or over neurons, carry out one after the other: few steps, each of several instructions of a learning rule.
#pragma once

#include "kernel-arrays.hpp"
#include "rule-program.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace exocortex {

// Where the numbers of a register lie: one for all, side by side, or by the places of a list.
enum class LaneSource : uint8_t { everywhere, beside, gathered };

enum class LaneKind : uint8_t { sum, lower, higher, below, atMost, shiftLeft, shiftRight, look, fetchTwo };

// How a sum is made of its term t and of c, which is shifted right before: t, c + t, c - t, t - c.
enum class Joint : uint8_t { alone, plus, minus, from };

// Where the result goes: to a register, or brought between bounds and shifted left to the weights or a variable.
enum class Sink : uint8_t { place, weight, variable };

struct LaneStep {
  LaneKind kind;
  // Of a sum: whether its term is a * b, otherwise it is b.
  bool isProduct = false;
  LaneSource sourceA = LaneSource::beside;
  LaneSource sourceB = LaneSource::beside;
  Joint joint = Joint::alone;
  Sink sink = Sink::place;
  // Indices of registers; c and what a result goes to lie side by side.
  uint32_t a = 0;
  uint32_t b = 0;
  uint32_t c = 0;
  uint32_t into = 0;
  // Of two that are fetched, what the other one goes to.
  uint32_t second = 0;
  // Which result of the block, where one is stored.
  uint32_t output = 0;
  // By how many bits c is shifted, 0 for not at all.
  int32_t right = 0;
  // How a product is rounded, or by how many bits something is shifted.
  int64_t half = 0;
  int32_t shift = 0;
  // The span of a table, or the bounds of a result, which is then shifted left.
  int32_t low = 0;
  int32_t high = 0;
  int32_t left = 0;
  const int32_t* table = nullptr;
};

// What becomes of a result that is stored.
struct Stored {
  // The first place of a value that was brought back to its bounds; of variables.
  uint32_t firstBeyond = UINT32_MAX;
};

// Rows of numbers that are read soon after the piece, and are asked for bit by bit while it is carried out.
struct Expected {
  const int32_t* const* rows = nullptr;
  std::size_t length = 0;
  // Of each row.
  uint32_t count = 0;
};

// Some neurons or synapses.
struct LanePiece {
  const int32_t* const* registers;
  // Where each register is written that is.
  int32_t* const* results;
  // Where gathered registers are read.
  const uint32_t* places;
  // For each result of the block.
  Stored* stored;
  uint32_t count;
  // So many are carried out by all steps before the next ones: while they are computed, what the next ones gather is on its way.
  uint32_t together;
  Expected expected{};
  // Where to begin.
  uint32_t first = 0;
};

// The steps and registers of a plan, whose shape the loop is made for. It asks for the memory of the next pieces of the same rows itself.
using FusedLoop = void (*)(const LaneStep* steps, const uint32_t* registers, const LanePiece& piece);

// The loops of some kind of lanes.
struct LaneFunctions {
  // Steps that store say so in `stored`.
  void (*carryOut)(const std::vector<LaneStep>& steps, const LanePiece& piece);
  // As `gather` below.
  void (*gather)(const int32_t* of, const uint32_t* places, int32_t* into, uint32_t count);
  // By the number of a shape in fused-shapes.hpp; nothing where steps are always carried out one after the other.
  FusedLoop (*fusedLoop)(std::size_t shape);
};

// The fastest that this processor has and that are made for `most` or less.
const LaneFunctions& laneFunctions(Vectors most);
// Nothing where these registers are not there. lane-steps-*.cpp.
const LaneFunctions* avx512LaneFunctions();
const LaneFunctions* avx2LaneFunctions();

// `into` may be `places`.
void gather(const int32_t* of, const uint32_t* places, int32_t* into, uint32_t count);
// The other way; no place is there twice.
void scatter(const int32_t* from, const uint32_t* places, int32_t* to, uint32_t count);
// As `gather`, from all over memory; for each place it asks for what lies at another, which is read later.
void gatherFromFar(const int32_t* of, const uint32_t* places, const uint32_t* later, int32_t* into, uint32_t count);

}  // namespace exocortex
