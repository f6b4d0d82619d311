// Carries out one block of a learning rule for up to `synapsesAtOnce` synapses at a time.
#pragma once

#include "block-layout.hpp"
#include "block-loops.hpp"

#include <deque>
#include <memory>
#include <vector>

namespace exocortex {

constexpr uint32_t synapsesAtOnce = 256;

// Where registers are filled; all blocks of a thread use the same, so that it stays in the nearest cache.
class Workspace {
 public:
  int32_t* slot(uint32_t index) {
    while (slots_.size() <= index) slots_.emplace_back();
    return slots_[index].values;
  }

 private:
  struct alignas(64) Slot {
    int32_t values[synapsesAtOnce] = {};
  };
  // Its elements stay where they are when it grows.
  std::deque<Slot> slots_;
};

// The order of calls: sources once per step; uniform inputs and `beginEvent` once per event; for each piece of it, inputs, `run`, results.
class BlockRunner {
 public:
  BlockRunner(const Block& block, ProgramEvent event, const std::vector<Factor>& factors, Workspace& workspace);
  BlockRunner(BlockRunner&&) = default;
  BlockRunner& operator=(BlockRunner&&) = default;

  const Block& block() const { return block_; }
  bool isUniform(std::size_t input) const { return layout_.lies[input] == Lie::uniform; }
  // Whether a sender's value is read for each synapse by itself.
  bool readsSenders() const;

  // Of an input that differs among the synapses of an event: the values of all its neurons, valid during the step.
  void setSource(std::size_t input, const int32_t* values) { sources_[input] = values; }
  void setUniform(std::size_t input, int32_t value) { values_[input] = value; }
  // Computes what is the same for all synapses of the event.
  void beginEvent();

  // Synapses side by side; `arrays`: the weights, then each variable, of the first of them, with a group of lanes behind the last one.
  void readRow(const std::vector<int32_t*>& arrays, std::size_t first, const uint32_t* receivers, uint32_t count);
  // The senders of some of these, `from` on.
  void readSender(uint32_t sender, uint32_t from, uint32_t count);
  // Synapses anywhere among the arrays, and as many others that come later. `senders` is used where `readsSenders`.
  void readColumn(const std::vector<int32_t*>& arrays, const uint32_t* places, const uint32_t* later, const uint32_t* senders,
                  uint32_t count);

  void run(uint32_t count) {
    carryOut(steps_.data(), steps_.size(), registers_.data(), (count + lanesInGroup - 1) / lanesInGroup);
  }

  Stored storeRow(const Output& output, int32_t* to, uint32_t count) const {
    return storeInRow(output, registers_[output.from], layout_.lies[output.from] == Lie::uniform, to, count);
  }
  Stored storeColumn(const Output& output, int32_t* to, const uint32_t* places, uint32_t count) const {
    return storeAt(output, registers_[output.from], layout_.lies[output.from] == Lie::uniform, to, places, count);
  }
  // The first of the synapses whose result is beyond its bounds, or `count`; before another `run`.
  uint32_t firstBeyond(const Output& output, uint32_t count) const;

 private:
  VectorStep stepOf(const Instruction& instruction) const;

  Block block_;
  BlockLayout layout_;
  std::vector<const int32_t*> sources_;
  // Of registers that are the same for all synapses.
  std::vector<int32_t> values_;
  std::vector<const int32_t*> registers_;
  // The slot of each register that has one.
  std::vector<int32_t*> slots_;
  struct UniformStep {
    VectorStep step;
    std::size_t into;
  };
  // What changes from event to event.
  std::vector<UniformStep> uniformSteps_;
  std::vector<VectorStep> steps_;
};

}  // namespace exocortex
