// What the core needs of the hardware around it, and what it must know of it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "limits.hpp"
#include "messages.hpp"

namespace exocortex {

// Measured of a pulse.
struct DeliveredPulse {
  uint16_t electrode;
  // Signed, of each phase.
  int64_t firstFemtocoulombs;
  int64_t secondFemtocoulombs;
  // Largest voltage over the electrode.
  uint32_t peakMillivolts;
  // Whether the output stage ran out of voltage.
  bool isSaturated;
  // Signed voltage of the electrode immediately before the pulse.
  int32_t residualMillivolts;
};

// Measured for a self-test, while the output is off.
struct BodyMeasurement {
  // Smallest step of the current, as its converter is set now: read back from it.
  uint32_t amplitudeStepNanoamps;
  uint32_t impedancesOhms[electrodesMax];
  // Whether a jumper has switched the board's own safety off.
  bool isSafetyDisabled;
  bool isEmergencyStopWired;
};

// The configuration that is in force, read back from the converters, and the digital lines.
struct BoardConfiguration {
  Configuration acquisition;
  uint16_t digitalOutputs;
  uint16_t digitalInputs;
};

class Board {
 public:
  // Since power came; never goes back and never stands still.
  virtual uint64_t nowMicroseconds() = 0;
  // Relay and output stage. Off: what has begun is finished, then all electrodes are shorted to ground.
  virtual void setOutput(bool isOn, bool isDry) = 0;
  // Begins a pulse that the core has judged; its electrode is not busy.
  virtual void begin(const Pulse& pulse, bool isDry) = 0;
  // Hands out a pulse that has ended since the last call. Answers whether there was one.
  virtual bool takeFinished(DeliveredPulse& pulse) = 0;
  // Keeps the number in memory that survives the loss of power, before it returns.
  virtual void keepSession(uint64_t session) = 0;
  virtual bool isEmergencyStopPressed() = 0;
  // Sum over all electrodes, measured now.
  virtual int32_t outputNanoamps() = 0;
  virtual int32_t temperatureDecidegrees() = 0;
  virtual void measureBody(BodyMeasurement& measurement) = 0;
  // Sets what the converters can do exactly, and nothing of what they cannot.
  virtual void configure(const Configuration& configuration) = 0;
  virtual void setDigitalOutputs(uint16_t outputs) = 0;
  virtual BoardConfiguration readConfiguration() = 0;

 protected:
  ~Board() = default;
};

// Plain text without quotes: what goes into JSON is not escaped.
struct BoardSettings {
  const char* serial;
  const char* firmware;
  const char* description;
  // At most tokenMaxBytes.
  const uint8_t* token;
  std::size_t tokenBytes;
  // At most electrodesMax; electrodes and channels are the same.
  uint16_t channels;
  uint32_t nanovoltsPerBit;
  uint32_t samplesPerBlock;
  // From reportBytesMin to reportBytesMax.
  std::size_t reportBytes;
  Limits limits;
  // Differs from one start to the next.
  uint64_t bootNumber;
  // What was kept by keepSession.
  uint64_t keptSession;
};

}  // namespace exocortex
