// How plans become shapes, and which of them there are loops for.
#include "lane-shapes.hpp"

#include "fused-shapes.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace exocortex {

namespace {

class Shaper {
 public:
  LaneShape shapeOf(const LaneStep& step) {
    const bool isSum = step.kind == LaneKind::sum;
    LaneShape shape{};
    shape.kind = step.kind;
    shape.isProduct = isSum && step.isProduct;
    shape.sourceA = isOfPair(step.kind) ? step.sourceA : LaneSource::beside;
    shape.sourceB = isSum || isOfPair(step.kind) ? step.sourceB : LaneSource::beside;
    shape.joint = isSum ? step.joint : Joint::alone;
    shape.sink = step.sink;
    if (readsA(shape)) shape.a = numberOf(step.a);
    if (readsB(shape)) shape.b = numberOf(step.b);
    if (readsC(shape)) shape.c = numberOf(step.c);
    shape.into = numberOf(step.into);
    if (step.kind == LaneKind::fetchTwo) shape.second = numberOf(step.second);
    return shape;
  }

  std::vector<uint32_t> registers;

 private:
  uint8_t numberOf(uint32_t reg) {
    const auto found = std::find(registers.begin(), registers.end(), reg);
    const auto number = static_cast<uint8_t>(found - registers.begin());
    if (found == registers.end()) registers.push_back(reg);
    return number;
  }
};

auto partsOf(const LaneShape& of) {
  return std::tuple(of.kind, of.isProduct, of.sourceA, of.sourceB, of.joint, of.sink, of.a, of.b, of.c, of.into, of.second);
}
bool isSame(const LaneShape& one, const LaneShape& other) { return partsOf(one) == partsOf(other); }

template <std::size_t... number>
std::optional<std::size_t> findAmong(const std::vector<LaneShape>& steps, std::index_sequence<number...>) {
  std::optional<std::size_t> found;
  const auto compare = [&](std::size_t at, const auto& known) {
    if (std::equal(steps.begin(), steps.end(), known.begin(), known.end(), isSame)) found = at;
  };
  (compare(number, FusedShape<number>::steps), ...);
  return found;
}

const char* nameOf(LaneKind kind) {
  constexpr const char* names[] = {"sum", "lower", "higher", "below", "atMost", "shiftLeft", "shiftRight", "look", "fetchTwo"};
  return names[static_cast<std::size_t>(kind)];
}
const char* nameOf(LaneSource source) {
  constexpr const char* names[] = {"everywhere", "beside", "gathered"};
  return names[static_cast<std::size_t>(source)];
}
const char* nameOf(Joint joint) {
  constexpr const char* names[] = {"alone", "plus", "minus", "from"};
  return names[static_cast<std::size_t>(joint)];
}
const char* nameOf(Sink sink) {
  constexpr const char* names[] = {"place", "weight", "variable"};
  return names[static_cast<std::size_t>(sink)];
}

}  // namespace

ShapedPlan shapedPlan(const std::vector<LaneStep>& steps) {
  Shaper shaper;
  ShapedPlan plan;
  for (const auto& step : steps) plan.steps.push_back(shaper.shapeOf(step));
  plan.registers = std::move(shaper.registers);
  return plan;
}

std::string written(const std::vector<LaneShape>& steps) {
  std::string text;
  for (const auto& step : steps) {
    text += std::string("{LaneKind::") + nameOf(step.kind) + ", " + (step.isProduct ? "true" : "false") + ", LaneSource::" +
            nameOf(step.sourceA) + ", LaneSource::" + nameOf(step.sourceB) + ", Joint::" + nameOf(step.joint) +
            ", Sink::" + nameOf(step.sink);
    for (const uint8_t reg : {step.a, step.b, step.c, step.into, step.second}) text += ", " + std::to_string(reg);
    text += "},\n";
  }
  return text;
}

std::optional<std::size_t> fusedShapeOf(const std::vector<LaneShape>& steps) {
  return findAmong(steps, std::make_index_sequence<fusedShapes>{});
}

}  // namespace exocortex
