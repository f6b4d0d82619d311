// A board without hardware: its electrodes are resistors, its samples a pattern that a test can predict. Runs on the computer.
#pragma once

#include <cstdint>
#include <algorithm>
#include <cstdlib>
#include <functional>

#include "../src/board.hpp"

namespace exocortex {

class SimulatedBoard final : public Board {
 public:
  uint64_t now = 0;
  bool isPressed = false;
  // Thousandths of the commanded charge that are delivered.
  int64_t scalePermille = 1000;

  uint64_t nowMicroseconds() override { return now; }
  void setOutput(bool isOn, bool) override { isOn_ = isOn; }
  void begin(const Pulse& pulse, bool isDry) override {
    const int64_t ohms = isDry ? referenceOhms : electrodeOhms(pulse.electrode);
    const int64_t first = static_cast<int64_t>(pulse.firstNanoamps) * pulse.firstMicroseconds;
    const int64_t second = static_cast<int64_t>(pulse.secondNanoamps) * pulse.secondMicroseconds;
    const int64_t largest = std::max(std::llabs(pulse.firstNanoamps), std::llabs(pulse.secondNanoamps));
    finished_ = {pulse.electrode,
                 first * scalePermille / 1000,
                 second * scalePermille / 1000,
                 static_cast<uint32_t>(largest * ohms / 1000000),
                 false,
                 0};
    hasFinished_ = true;
  }
  bool takeFinished(DeliveredPulse& pulse) override {
    if (!hasFinished_) return false;
    pulse = finished_;
    hasFinished_ = false;
    return true;
  }
  void keepSession(uint64_t session) override { keptSession = session; }
  bool isEmergencyStopPressed() override { return isPressed; }
  int32_t outputNanoamps() override { return 0; }
  int32_t temperatureDecidegrees() override { return 280; }
  void measureBody(BodyMeasurement& measurement) override {
    measurement.amplitudeStepNanoamps = 10;
    for (uint16_t electrode = 0; electrode < electrodesMax; electrode++)
      measurement.impedancesOhms[electrode] = static_cast<uint32_t>(electrodeOhms(electrode));
    measurement.isSafetyDisabled = false;
    measurement.isEmergencyStopWired = true;
  }
  void configure(const Configuration& configuration) override {
    const uint32_t rate = configuration.sampleRateHz;
    if (rate >= 1000 && rate <= 30000 && rate % 1000 == 0) configuration_.acquisition = configuration;
  }
  void setDigitalOutputs(uint16_t outputs) override {
    configuration_.digitalOutputs = outputs;
    if (onOutputs) onOutputs(outputs);
  }
  // Whoever is wired to the outputs.
  std::function<void(uint16_t)> onOutputs;
  // Its outputs are wired to its inputs.
  BoardConfiguration readConfiguration() override {
    configuration_.digitalInputs = configuration_.digitalOutputs;
    return configuration_;
  }

  bool isOn() const { return isOn_; }
  uint32_t sampleRateHz() const { return configuration_.acquisition.sampleRateHz; }
  static int16_t valueOf(uint64_t sample, uint16_t channel) { return static_cast<int16_t>(sample * 7 + channel * 131u); }
  // Noise of some 5 uV and, on every channel in turn, spikes of 100 uV: something for a spike detector, the same for the same sample.
  static int16_t tissueAt(uint64_t sample, uint16_t channel) {
    uint64_t mixed = (sample * electrodesMax + channel + 1) * 0x9e3779b97f4a7c15u;
    mixed ^= mixed >> 29;
    mixed *= 0xbf58476d1ce4e5b9u;
    // Four bytes added up are nearly normal, of 148 standard deviation.
    const uint32_t bits = static_cast<uint32_t>(mixed >> 32);
    const int32_t noise = static_cast<int32_t>((bits & 255) + (bits >> 8 & 255) + (bits >> 16 & 255) + (bits >> 24)) - 510;
    const uint64_t phase = (sample + channel * 499u) % samplesBetweenSpikes;
    const int32_t spike = phase < 4 ? -512 : 0;
    return static_cast<int16_t>(noise / 6 + spike);
  }

  uint64_t keptSession = 0;

 private:
  static constexpr uint64_t samplesBetweenSpikes = 4000;
  static constexpr int64_t referenceOhms = 10000;
  static int64_t electrodeOhms(uint16_t electrode) { return 50000 + 1000 * electrode; }

  bool isOn_ = false;
  bool hasFinished_ = false;
  DeliveredPulse finished_ = {};
  BoardConfiguration configuration_ = {{8000, 1000, 5000}, 0, 0};
};

}  // namespace exocortex
