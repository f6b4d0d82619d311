// Computes what a learning rule's block makes of the neurons of one side, once for each of them in a step.
#pragma once

#include "block-owners.hpp"
#include "lane-plan.hpp"
#include "workspace.hpp"

namespace exocortex {

class NeuronPass {
 public:
  // `wanted`: registers of the block that are of the side's neurons.
  NeuronPass(const Block& block, const std::vector<Owner>& owners, Owner side, std::vector<uint32_t> wanted,
             std::size_t neurons, Workspace& workspace);

  // Of an input: the values of all neurons, valid during the step.
  void setSource(uint32_t input, const int32_t* values) { sources_[input] = values; }
  // `values`: of registers that are the same for all neurons.
  void run(const std::vector<int32_t>& values);
  // The numbers of all neurons, of a register that is wanted.
  const int32_t* numbersOf(uint32_t reg) const { return results_[reg].empty() ? sources_[reg] : results_[reg].data(); }

 private:
  const LaneFunctions* lanes_;
  LanePlan plan_;
  uint32_t neurons_;
  // For each register.
  std::vector<LaneSource> lies_;
  std::vector<const int32_t*> sources_;
  std::vector<std::vector<int32_t>> results_;
  std::vector<const int32_t*> from_;
  std::vector<int32_t*> into_;
};

}  // namespace exocortex
