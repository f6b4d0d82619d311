// Carries out one block of a learning rule for up to `atOnce` synapses at a time.
#pragma once

#include "fused-steps.hpp"
#include "neuron-pass.hpp"

namespace exocortex {

// The order of calls: inputs of the step and `beginStep`; for each event its inputs and `beginEvent`; for each piece of it where its
// synapses are, and what becomes of them.
class BlockRunner {
 public:
  struct Neurons {
    std::size_t senders;
    std::size_t receivers;
  };

  BlockRunner(const Block& block, ProgramEvent event, const RuleProgram& program, const std::vector<bool>& isOfReceivers,
              const Neurons& neurons, Workspace& workspace);

  const Block& block() const { return block_; }
  Owner ownerOf(std::size_t input) const { return owners_[input]; }
  // Whether a sender's number is read for each synapse by itself.
  bool readsSenders() const { return readsSenders_; }
  // Whether it reads by the list of neurons that `run` takes.
  bool gathers() const { return gathers_; }
  // Whether all its steps are one loop; and how many synapses side by side it takes at once.
  bool isFused() const { return fused_.has_value(); }
  uint32_t atOnce() const { return fused_ ? synapsesOfFusedAtOnce : synapsesAtOnce; }
  // Of its steps, as in fused-shapes.hpp.
  std::string shape() const { return written(shapedPlan(plan_.steps).steps); }
  // Whether any result is of a synapse, and any of a receiver.
  bool storesRows() const { return !plan_.steps.empty(); }
  bool storesReceivers() const;
  // Whether a result is the same for all synapses of a receiver.
  bool isOfReceivers(const Output& output) const { return output.variable && isOfReceivers_[*output.variable]; }

  // Of an input of neurons: the values of all of them, valid during the step.
  void setSource(std::size_t input, const int32_t* values);
  // Of one that is the same for all synapses of the step or the event.
  void setUniform(std::size_t input, int32_t value) { values_[input] = value; }
  // Computes what is the same for all synapses of the step, or of a neuron.
  void beginStep();
  // Computes what is the same for all synapses of the event.
  void beginEvent() { computeUniforms(Owner::event); }

  // Synapses side by side; `arrays`: the weights, then each variable.
  void setRow(const std::vector<int32_t*>& arrays, std::size_t first);
  // Those that are read after these, whose neurons `neurons` lists: what is read of them is asked for now, or bit by bit while these are carried out.
  void expectRow(const std::vector<int32_t*>& arrays, const uint32_t* neurons, std::size_t first, uint32_t count);
  // The senders of some of these, `from` on.
  void readSender(uint32_t sender, uint32_t from, uint32_t count);
  // Some synapses of a row that begins at `first`, by their places in it.
  void readPlaces(const std::vector<int32_t*>& arrays, std::size_t first, const uint32_t* places, uint32_t count);
  // Of later firings: which registers synapses read of the firing and of their sender, and where these are filled in.
  const std::vector<uint32_t>& firingRegisters() const { return firingRegisters_; }
  const std::vector<uint32_t>& senderRegisters() const { return senderRegisters_; }
  int32_t* slotOf(uint32_t reg) const { return into_[reg]; }
  // What a register of an event holds.
  int32_t valueOf(uint32_t reg) const { return values_[reg]; }
  // Synapses anywhere among the arrays, and as many others that come later.
  void readColumn(const std::vector<int32_t*>& arrays, const uint32_t* places, const uint32_t* later, uint32_t count);

  // `neurons`: those of the other side. Synapses side by side are changed, of others the results wait; and it says how for each result.
  const std::vector<Stored>& run(const uint32_t* neurons, uint32_t count);

  // Puts a result where it belongs; `output` is its index.
  void storeColumn(std::size_t output, int32_t* to, const uint32_t* places, uint32_t count) const;
  // What a result is before it is brought between its bounds, of a receiver or in a firing: where it is the same for all synapses.
  int32_t resultOf(const Output& output, uint32_t receiver) const;
  bool isFault(const Output& output, uint32_t receiver) const {
    return output.isFaultBeyond && !output.isWithin(resultOf(output, receiver));
  }

 private:
  void computeUniforms(Owner owner);
  std::vector<uint32_t> wantedOf(Owner side) const;
  LaneTask taskOf(ProgramEvent event) const;

  const LaneFunctions* lanes_;
  Block block_;
  std::vector<bool> isOfReceivers_;
  std::vector<Owner> owners_;
  bool isOfColumns_;
  bool isLater_;
  bool readsSenders_;
  bool gathers_;
  uint32_t together_;
  // Of registers that are the same for all synapses.
  std::vector<int32_t> values_;
  NeuronPass senders_;
  NeuronPass receivers_;
  LanePlan plan_;
  std::optional<FusedSteps> fused_;
  // Of later firings.
  std::vector<uint32_t> firingRegisters_;
  // Of senders, in a step or of later firings.
  std::vector<uint32_t> senderRegisters_;
  // What is gathered two by two.
  std::vector<std::vector<int32_t>> twos_;
  std::vector<const int32_t*> from_;
  std::vector<int32_t*> into_;
  std::vector<Stored> stored_;
  std::vector<const int32_t*> expected_;
  // Of each of these.
  uint32_t expectedCount_ = 0;
};

}  // namespace exocortex
