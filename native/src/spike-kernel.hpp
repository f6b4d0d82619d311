// Band-pass, running noise estimate and threshold detection; plain C++, runs in the thread that calls it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace exocortex {

// The fields are documented in native/native-addon.ts.
struct RunningNoisePlan {
  double startStep;
  double stepDecay;
  double slowStep;
  double fastStep;
  double changeRatio;
  double floorMicrovolts;
  double readySamples;
};

struct SpikeKernelPlan {
  std::size_t channels;
  double microvoltsPerBit;
  std::vector<double> sections;  // sections × 5: b0, b1, b2, a1, a2
  double thresholdSigmas;
  double refractorySamples;
  std::vector<double> initialNoiseMicrovolts;  // channels
  std::optional<RunningNoisePlan> runningNoise;
};

// Where the spikes of a block go: three arrays of `capacity`.
struct FoundSpikes {
  std::uint16_t* sampleOffsets;
  std::uint16_t* channels;
  float* amplitudesMicrovolts;
  std::size_t capacity;
};

// The same arithmetic in the same order as main/rig/signal/typescript-spike-kernel.ts, so that both find the same
// spikes: change both or neither, and never let the compiler contract or reorder floating-point operations.
class SpikeKernel {
 public:
  explicit SpikeKernel(SpikeKernelPlan plan);

  // samples: sample-major, sampleCount × channels. filteredMicrovolts: the same shape. noiseMicrovolts: channels.
  // Crossings in [blankFrom, blankUntil) are ignored and noise is not measured there. Allocates nothing.
  // Returns the number of crossings; those beyond the capacity are counted, not stored.
  std::size_t detect(const std::int16_t* samples, std::size_t sampleCount, std::size_t blankFrom,
                     std::size_t blankUntil, float* filteredMicrovolts, double* noiseMicrovolts,
                     const FoundSpikes& found);

  const SpikeKernelPlan& plan() const { return plan_; }

  // Filter, noise and refractory state as numbers, in the order of the TypeScript kernel; both take memoryLength().
  std::size_t memoryLength() const;
  void saveMemory(double* into) const;
  void loadMemory(const double* from);

 private:
  void filter(const std::int16_t* samples, float* filteredMicrovolts);
  void measureNoise(const RunningNoisePlan& plan);
  bool markCrossings();

  const SpikeKernelPlan plan_;
  std::vector<double> delays_;  // sections × 2 × channels
  std::vector<double> values_;  // the present sample of each channel, µV
  std::vector<double> sigmas_;
  std::vector<double> steps_;
  std::vector<double> fastSigmas_;
  double fastStep_;
  std::vector<std::uint8_t> isBelow_;
  std::vector<std::uint8_t> isCrossing_;
  std::vector<double> quietUntil_;
  double position_ = 0;
  double heardSamples_ = 0;
};

}  // namespace exocortex
