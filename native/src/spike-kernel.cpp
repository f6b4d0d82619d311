// Band-pass, running noise estimate and threshold detection; loops run over channels, so that they can be vectorised.
#include "spike-kernel.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace exocortex {

namespace {
constexpr std::size_t coefficientsPerSection = 5;
constexpr double medianPerSigma = 0.6745;
}  // namespace

SpikeKernel::SpikeKernel(SpikeKernelPlan plan)
    : plan_(std::move(plan)),
      delays_(plan_.sections.size() / coefficientsPerSection * 2 * plan_.channels),
      values_(plan_.channels),
      sigmas_(plan_.initialNoiseMicrovolts),
      steps_(plan_.channels, plan_.runningNoise ? plan_.runningNoise->startStep : 0),
      fastSigmas_(plan_.initialNoiseMicrovolts),
      fastStep_(plan_.runningNoise ? plan_.runningNoise->startStep : 0),
      isBelow_(plan_.channels),
      isCrossing_(plan_.channels),
      quietUntil_(plan_.channels) {}

std::size_t SpikeKernel::detect(const std::int16_t* samples, std::size_t sampleCount, std::size_t blankFrom,
                                std::size_t blankUntil, float* filteredMicrovolts, double* noiseMicrovolts,
                                const FoundSpikes& found) {
  const std::size_t channels = plan_.channels;
  const double readySamples = plan_.runningNoise ? plan_.runningNoise->readySamples : 0;
  std::size_t count = 0;
  for (std::size_t offset = 0; offset < sampleCount; offset++) {
    filter(samples + offset * channels, filteredMicrovolts + offset * channels);
    const bool isBlanked = offset >= blankFrom && offset < blankUntil;
    if (!isBlanked) {
      if (plan_.runningNoise) measureNoise(*plan_.runningNoise);
      heardSamples_++;
    }
    if (markCrossings() && !isBlanked && heardSamples_ >= readySamples) {
      for (std::size_t channel = 0; channel < channels; channel++) {
        if (!isCrossing_[channel] || position_ < quietUntil_[channel]) continue;
        quietUntil_[channel] = position_ + plan_.refractorySamples;
        if (count < found.capacity) {
          found.sampleOffsets[count] = static_cast<std::uint16_t>(offset);
          found.channels[count] = static_cast<std::uint16_t>(channel);
          found.amplitudesMicrovolts[count] = static_cast<float>(values_[channel]);
        }
        count++;
      }
    }
    position_++;
  }
  std::copy(sigmas_.begin(), sigmas_.end(), noiseMicrovolts);
  return count;
}

std::size_t SpikeKernel::memoryLength() const { return 3 + delays_.size() + 5 * plan_.channels; }

void SpikeKernel::saveMemory(double* into) const {
  *into++ = position_;
  *into++ = heardSamples_;
  *into++ = fastStep_;
  for (const auto* values : {&delays_, &sigmas_, &steps_, &fastSigmas_, &quietUntil_}) {
    into = std::copy(values->begin(), values->end(), into);
  }
  std::copy(isBelow_.begin(), isBelow_.end(), into);
}

void SpikeKernel::loadMemory(const double* from) {
  position_ = *from++;
  heardSamples_ = *from++;
  fastStep_ = *from++;
  for (auto* values : {&delays_, &sigmas_, &steps_, &fastSigmas_, &quietUntil_}) {
    std::copy(from, from + values->size(), values->begin());
    from += values->size();
  }
  for (auto& below : isBelow_) below = *from++ != 0;
}

// Takes one sample of all channels through the cascade (transposed direct form II).
void SpikeKernel::filter(const std::int16_t* samples, float* filteredMicrovolts) {
  const std::size_t channels = plan_.channels;
  double* const values = values_.data();
  for (std::size_t channel = 0; channel < channels; channel++) {
    values[channel] = samples[channel] * plan_.microvoltsPerBit;
  }
  double* first = delays_.data();
  for (std::size_t at = 0; at < plan_.sections.size(); at += coefficientsPerSection, first += 2 * channels) {
    const double b0 = plan_.sections[at];
    const double b1 = plan_.sections[at + 1];
    const double b2 = plan_.sections[at + 2];
    const double a1 = plan_.sections[at + 3];
    const double a2 = plan_.sections[at + 4];
    double* const second = first + channels;
    for (std::size_t channel = 0; channel < channels; channel++) {
      const double input = values[channel];
      const double output = b0 * input + first[channel];
      first[channel] = b1 * input - a1 * output + second[channel];
      second[channel] = b2 * input - a2 * output;
      values[channel] = output;
    }
  }
  for (std::size_t channel = 0; channel < channels; channel++) {
    filteredMicrovolts[channel] = static_cast<float>(values[channel]);
  }
}

void SpikeKernel::measureNoise(const RunningNoisePlan& plan) {
  const double slowStep = plan.slowStep;
  const double stepDecay = plan.stepDecay;
  const double changeRatio = plan.changeRatio;
  const double floor = plan.floorMicrovolts;
  const double restart = fastStep_;
  const double fastUp = 1 + fastStep_;
  const double fastDown = 1 - fastStep_;
  const double* const values = values_.data();
  double* const sigmas = sigmas_.data();
  double* const steps = steps_.data();
  double* const fastSigmas = fastSigmas_.data();
  // Choices instead of branches, so that the loop is vectorised.
  for (std::size_t channel = 0; channel < plan_.channels; channel++) {
    const double magnitude = std::fabs(values[channel]);
    double slow = sigmas[channel];
    double fast = fastSigmas[channel];
    double step = steps[channel];
    slow *= magnitude > medianPerSigma * slow ? 1 + step : 1 - step;
    fast *= magnitude > medianPerSigma * fast ? fastUp : fastDown;
    step -= stepDecay * step * step;
    step = step < slowStep ? slowStep : step;
    fast = fast < floor ? floor : fast;
    const bool hasChanged = (slow > changeRatio * fast) | (fast > changeRatio * slow);
    slow = hasChanged ? fast : slow;
    step = hasChanged ? restart : step;
    slow = slow < floor ? floor : slow;
    sigmas[channel] = slow;
    steps[channel] = step;
    fastSigmas[channel] = fast;
  }
  fastStep_ = std::max(plan.fastStep, fastStep_ - stepDecay * fastStep_ * fastStep_);
}

// Compares the present sample with the thresholds. Returns whether any channel has just gone below.
bool SpikeKernel::markCrossings() {
  const double minusThreshold = -plan_.thresholdSigmas;
  const double* const values = values_.data();
  const double* const sigmas = sigmas_.data();
  std::uint8_t* const below = isBelow_.data();
  std::uint8_t* const crossing = isCrossing_.data();
  std::uint8_t any = 0;
  for (std::size_t channel = 0; channel < plan_.channels; channel++) {
    const std::uint8_t is = values[channel] < minusThreshold * sigmas[channel];
    crossing[channel] = is & static_cast<std::uint8_t>(below[channel] ^ 1);
    below[channel] = is;
    any |= crossing[channel];
  }
  return any != 0;
}

}  // namespace exocortex
