// Whose number each register of a learning rule's block is: what is of a neuron need not be computed for each of its synapses.
#pragma once

#include "rule-program.hpp"

#include <vector>

namespace exocortex {

// `laterFiring`: a firing that the synapses of a row catch up on, each at its own time.
enum class ProgramEvent : uint32_t { arrival, firing, step, laterFiring };

// One number for ever, one for all in a step, one for all synapses of an event, one for each neuron, one for each synapse.
enum class Owner { nobody, step, event, sender, receiver, synapse };

// For each variable of a synapse, whether it stays the same for all synapses of a receiver because nothing makes them differ.
// `areSame`: whether it is now.
std::vector<bool> variablesOfReceivers(const RuleProgram& program, std::vector<bool> areSame);

// For each register. What would have to be fetched in more pieces than it is made of is left to the synapses.
std::vector<Owner> ownersOf(const Block& block, ProgramEvent event, const RuleProgram& program,
                            const std::vector<bool>& isOfReceivers);

}  // namespace exocortex
