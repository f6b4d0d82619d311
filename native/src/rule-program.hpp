// A learning rule as whole-number instructions, decoded and checked; common/learning-rule/program/program.ts says what they mean.
#pragma once

#include "network-plan.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace exocortex {

enum class Side : int32_t { sender, receiver };

// In the order of their numbers in a plan.
enum class InputKind : int32_t { weight, variable, trace, average, potential, fired, factor };
enum class InstructionKind : int32_t { constant, add, subtract, min, max, below, atMost, multiply, shiftLeft, shiftRight, look };

// What a register holds at the beginning.
struct Input {
  InputKind kind;
  Side side;
  uint32_t index;
};

struct Instruction {
  InstructionKind kind;
  // Registers; of an instruction with one operand both are the same.
  uint32_t a;
  uint32_t b;
  // The constant, or by how many bits something is shifted.
  int32_t amount;
  uint32_t table;
  int32_t low;
  // By how many more bits a product is shifted and rounded once more.
  int32_t right = 0;
};

// Where a result goes: brought between the bounds, then shifted left.
struct Output {
  uint32_t from;
  // Absent: the weight.
  std::optional<uint32_t> variable;
  int32_t low;
  int32_t high;
  int32_t shiftLeft;
  bool isFaultBeyond;

  // Whether it goes where an input comes from.
  bool replaces(const Input& input) const {
    return variable ? input.kind == InputKind::variable && input.index == *variable : input.kind == InputKind::weight;
  }
  bool isWithin(int32_t value) const { return low <= value && value <= high; }
  int32_t stored(int32_t value) const {
    const int32_t within = value < low ? low : (high < value ? high : value);
    return static_cast<int32_t>(static_cast<uint32_t>(within) << shiftLeft);
  }
};

struct Block {
  std::vector<Input> inputs;
  std::vector<Instruction> instructions;
  std::vector<Output> outputs;
  std::vector<std::vector<int32_t>> tables;

  bool reads(InputKind kind, Side side) const;
};

struct Average {
  bool isOfFired;
  int32_t low;
  int32_t high;
  int32_t shiftLeft;
  int32_t factor;
  int32_t shift;
};

// Place among the signals of a tick: of one number, or of one for each receiver.
struct Factor {
  uint32_t start;
  bool isPerReceiver;
};

struct RuleProgram {
  std::optional<Block> arrival;
  std::optional<Block> firing;
  std::optional<Block> step;
  std::vector<Average> senderAverages;
  std::vector<Average> receiverAverages;
  std::vector<int32_t> variables;
  std::vector<Factor> factors;

  const std::vector<Average>& averages(Side side) const { return side == Side::sender ? senderAverages : receiverAverages; }
  // Whether it reads who fires: itself, or as a mean.
  bool readsFired(Side side) const;
};

// The last number within the span of a table.
int32_t lastOf(const Instruction& look, const std::vector<int32_t>& table);

// What one instruction makes of two numbers.
int32_t computed(const Block& block, const Instruction& instruction, int32_t a, int32_t b);

// Throws std::invalid_argument for a program that would read beyond its registers, tables, neurons or signals.
RuleProgram decodeProgram(const RulePlan& plan, const RuleSurroundings& surroundings);

// floor((a * b + 2^(shift - 1)) / 2^shift), the lower 32 bits of it; a * b with a shift of 0. Two ways, because the vector units of most
// processors shift 64 bits only without sign.
inline int64_t halfOf(int32_t shift) { return shift == 0 ? 0 : int64_t{1} << (shift - 1); }
inline int64_t halfOf(const Instruction& product) {
  return halfOf(product.amount) + (product.right == 0 ? 0 : halfOf(product.amount + product.right));
}
inline int32_t multiplyUpTo32(int32_t a, int32_t b, int64_t half, int32_t shift) {
  return static_cast<int32_t>(static_cast<uint32_t>(static_cast<uint64_t>(int64_t{a} * b + half) >> shift));
}
inline int32_t multiplyAbove32(int32_t a, int32_t b, int64_t half, int32_t shift) {
  return static_cast<int32_t>(static_cast<uint32_t>(static_cast<uint64_t>(int64_t{a} * b + half) >> 32)) >> (shift - 32);
}
inline int32_t multiply(int32_t a, int32_t b, int64_t half, int32_t shift) {
  return shift <= 32 ? multiplyUpTo32(a, b, half, shift) : multiplyAbove32(a, b, half, shift);
}

}  // namespace exocortex
