// The loops that carry out a learning rule's block for many synapses at once, written so that compilers make vector instructions of them.
#pragma once

#include "rule-program.hpp"

#include <cstddef>
#include <cstdint>

namespace exocortex {

// One number for each synapse, or one for all.
struct VectorStep {
  InstructionKind kind;
  bool isUniformA;
  bool isUniformB;
  uint32_t a;
  uint32_t b;
  int32_t* into;
  int32_t amount;
  // Of a table: the span that it covers, and its entries.
  int32_t low;
  int32_t high;
  const int32_t* table;
};

// Whole groups are computed, also where the last one is not full.
constexpr uint32_t lanesInGroup = 16;

// Carries out `count` steps for `groups` groups of synapses; `registers` says where the numbers of each register lie.
void carryOut(const VectorStep* steps, std::size_t count, const int32_t* const* registers, uint32_t groups);

// The same for one synapse.
int32_t carryOutOne(const VectorStep& step, int32_t a, int32_t b);

struct Stored {
  // Sum of all changes.
  int64_t change;
  // Whether a value was brought back to its bounds.
  bool isBeyond;
};

// Stores a result side by side.
Stored storeInRow(const Output& output, const int32_t* values, bool isUniform, int32_t* to, uint32_t count);
// Stores it at places among `to`.
Stored storeAt(const Output& output, const int32_t* values, bool isUniform, int32_t* to, const uint32_t* places, uint32_t count);

void gather(const int32_t* of, const uint32_t* places, int32_t* into, uint32_t count);
// As `gather`, from all over memory; for each place it asks for what lies at another, which is read later.
void gatherFromFar(const int32_t* of, const uint32_t* places, const uint32_t* later, int32_t* into, uint32_t count);

}  // namespace exocortex
