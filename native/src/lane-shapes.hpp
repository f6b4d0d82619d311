// What the steps of a plan look like when their numbers are left out: plans of one shape are carried out by one loop that is made for it.
#pragma once

#include "lane-steps.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace exocortex {

// As in `LaneStep`, with registers numbered as they are met. A register that a kind of step does not have is 0, and lies side by side.
struct LaneShape {
  LaneKind kind;
  bool isProduct;
  LaneSource sourceA;
  LaneSource sourceB;
  Joint joint;
  Sink sink;
  uint8_t a;
  uint8_t b;
  uint8_t c;
  uint8_t into;
  uint8_t second;
};

constexpr bool isOfPair(LaneKind kind) {
  return kind == LaneKind::lower || kind == LaneKind::higher || kind == LaneKind::below || kind == LaneKind::atMost;
}
constexpr bool readsA(const LaneShape& of) { return of.kind == LaneKind::sum ? of.isProduct : of.kind != LaneKind::fetchTwo; }
// Of `fetchTwo` it is what they are fetched from.
constexpr bool readsB(const LaneShape& of) { return of.kind == LaneKind::sum || of.kind == LaneKind::fetchTwo || isOfPair(of.kind); }
constexpr bool readsC(const LaneShape& of) { return of.kind == LaneKind::sum && of.joint != Joint::alone; }

// One for each shape that there is a loop for: `steps`, an array of `LaneShape`. fused-shapes.hpp.
template <std::size_t number>
struct FusedShape;

struct ShapedPlan {
  std::vector<LaneShape> steps;
  // The plan's register for each number in the shape.
  std::vector<uint32_t> registers;
};

ShapedPlan shapedPlan(const std::vector<LaneStep>& steps);

// As it is written in fused-shapes.hpp, a line for each step.
std::string written(const std::vector<LaneShape>& steps);

// The number of a shape in fused-shapes.hpp.
std::optional<std::size_t> fusedShapeOf(const std::vector<LaneShape>& steps);

}  // namespace exocortex
