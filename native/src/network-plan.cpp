// Checks that the parts of a network fit together, so that nothing reads beyond its arrays.
#include "network-plan.hpp"

#include "kernel-arrays.hpp"
#include "rule-program.hpp"

#include <algorithm>
#include <stdexcept>

namespace exocortex {

namespace {

void demand(bool holds, const char* what) {
  if (!holds) throw std::invalid_argument(what);
}

void checkPopulation(const PopulationPlan& plan) {
  demand(stepKernelsOf(plan.kernel, {}, Vectors::any).exact != nullptr, "no kernel of this name");
  for (const auto& state : plan.initialState) demand(state.length == plan.neurons, "a state is not one per neuron");
  demand(!plan.graded || *plan.graded < plan.initialState.size(), "no variable is sent");
}

void checkProjection(const ProjectionPlan& plan, const NetworkPlan& network) {
  demand(plan.from < network.populations.size() && plan.to < network.populations.size(), "a projection leads to no population");
  const auto& to = network.populations[plan.to];
  demand(plan.receptor < to.receptors, "a projection leads to no receptor");
  demand(plan.delaySteps >= 1, "a delay is shorter than a step");
  demand(plan.rowStart.length == network.populations[plan.from].neurons + 1u, "rows are not one per sender");
  demand(plan.rowStart[plan.rowStart.length - 1] == plan.targets.length && plan.targets.length == plan.weights.length,
         "rows do not cover the synapses");
  demand(std::is_sorted(plan.rowStart.begin(), plan.rowStart.end()), "rows are not in order");
  demand(std::all_of(plan.targets.begin(), plan.targets.end(), [&](uint32_t target) { return target < to.neurons; }),
         "a synapse leads to no neuron");
  if (!plan.rule) return;
  decodeProgram(*plan.rule, surroundingsOf(plan, network));
  const auto& parts = plan.rule->surveyParts;
  demand(parts.length >= 2 && std::is_sorted(parts.begin(), parts.end()) && parts[parts.length - 1] + 1u == plan.rowStart.length,
         "the parts of a survey do not cover the senders");
}

}  // namespace

uint32_t longestDelayOf(const NetworkPlan& network, std::size_t population) {
  uint32_t longest = 1;
  for (const auto& each : network.projections) {
    if (each.from == population) longest = std::max(longest, each.delaySteps);
  }
  return longest;
}

uint32_t stepsAtOnceOf(const NetworkPlan& network, uint32_t most) {
  uint32_t steps = std::min(most, network.stepsPerTick);
  for (const auto& each : network.projections) steps = each.rule ? 1 : std::min(steps, each.delaySteps + 1);
  return steps;
}

RuleSurroundings surroundingsOf(const ProjectionPlan& projection, const NetworkPlan& network) {
  const auto& to = network.populations[projection.to];
  return {to.neurons, !to.initialState.empty(), network.signalWords, network.populations[projection.from].graded.has_value()};
}

void checkPlan(const NetworkPlan& plan) {
  demand(plan.threads >= 1 && plan.threads <= 64, "threads are not 1 to 64");
  for (const auto& each : plan.populations) checkPopulation(each);
  for (const auto& each : plan.projections) checkProjection(each, plan);
  for (const auto& each : plan.inputs) {
    demand(each.to < plan.populations.size() && each.receptor < plan.populations[each.to].receptors,
           "an input leads to no receptor");
    demand(plan.populations[each.to].neurons > 0, "an input leads to no neuron");
  }
}

}  // namespace exocortex
