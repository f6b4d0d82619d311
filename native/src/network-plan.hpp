// A network in flat arrays, as JavaScript hands it over: views that are valid while the network is built.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace exocortex {

template <typename T>
struct Span {
  const T* values = nullptr;
  std::size_t length = 0;

  const T* begin() const { return values; }
  const T* end() const { return values + length; }
  const T& operator[](std::size_t index) const { return values[index]; }
};

struct PopulationPlan {
  uint32_t neurons;
  std::string kernel;
  // One array for each variable of the state.
  std::vector<Span<int32_t>> initialState;
  uint32_t receptors;
  Span<int32_t> parameters;
  std::vector<Span<int32_t>> tables;
  int32_t randomKey;
  // The variable of the state that is sent as a share of a spike in every step, if spikes are not.
  std::optional<uint32_t> graded;
};

struct RulePlan {
  std::string kernel;
  Span<int32_t> parameters;
  // Decays of each trace, by age in steps.
  std::vector<Span<int32_t>> senderFactors;
  std::vector<Span<int32_t>> receiverFactors;
};

struct ShortTermPlan {
  int32_t utilisation;
  Span<int32_t> facilitationFactors;
  Span<int32_t> recoveryFactors;
};

struct ProjectionPlan {
  uint32_t from;
  uint32_t to;
  uint32_t receptor;
  uint32_t delaySteps;
  Span<uint32_t> rowStart;
  Span<uint32_t> targets;
  Span<int32_t> weights;
  std::optional<ShortTermPlan> shortTerm;
  std::optional<RulePlan> rule;
};

struct InputPlan {
  uint32_t to;
  uint32_t receptor;
  uint32_t neuronsPerElectrode;
  int32_t weight;
};

struct NetworkPlan {
  uint32_t stepsPerTick;
  // How many threads compute it; the calling one is among them.
  uint32_t threads;
  std::vector<PopulationPlan> populations;
  std::vector<ProjectionPlan> projections;
  std::vector<InputPlan> inputs;
};

// Throws std::invalid_argument for what does not fit together.
void checkPlan(const NetworkPlan& plan);

}  // namespace exocortex
