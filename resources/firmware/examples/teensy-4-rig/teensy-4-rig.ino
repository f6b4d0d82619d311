// A HID rig on a Teensy 4.1 (Tools > USB Type: Raw HID): connects the core to USB, clock, converters, relay and emergency stop.
// Compiled against declarations in the tests; it has not been run on a board. Everything that decides is in the core, which is tested.
#include <Arduino.h>
#include <EEPROM.h>
#include <SPI.h>
#include <device.hpp>

#include <initializer_list>

#include "board-settings.h"

using namespace exocortex;

namespace {

constexpr size_t reportBytes = 64;
constexpr int bootNumberAt = 0, keptSessionAt = 8;

// micros() wraps round after 71 minutes; the loop looks far more often.
uint64_t clockMicroseconds() {
  static uint32_t last = 0;
  static uint64_t passed = 0;
  const uint32_t now = micros();
  passed += now - last;
  last = now;
  return passed;
}

// One pulse: phases that a timer's interrupt goes through. The loop reads it when it has ended.
IntervalTimer phaseTimer;
struct Phase {
  int32_t nanoamps;
  uint32_t microseconds;
};
Phase phases[3];
volatile uint8_t nextPhase = 0;
volatile uint8_t phaseCount = 0;
volatile bool hasEnded = false;
int32_t measuredNanoamps[3];

void setCurrent(int32_t nanoamps) {
  SPI.beginTransaction(SPISettings(30000000, MSBFIRST, SPI_MODE1));
  digitalWriteFast(dacSelectPin, LOW);
  SPI.transfer16(static_cast<uint16_t>(32768 + nanoamps / nanoampsPerStep));
  digitalWriteFast(dacSelectPin, HIGH);
  SPI.endTransaction();
}

int32_t senseNanoamps() { return (analogRead(sensePin) - senseZero) * senseNanoampsPerBit; }

void onPhaseEnd() {
  if (nextPhase > 0) measuredNanoamps[nextPhase - 1] = senseNanoamps();
  if (nextPhase == phaseCount) {
    phaseTimer.end();
    setCurrent(0);
    digitalWriteFast(shortPin, HIGH);
    hasEnded = true;
    return;
  }
  const Phase& phase = phases[nextPhase];
  nextPhase = nextPhase + 1;
  setCurrent(phase.nanoamps);
  phaseTimer.begin(onPhaseEnd, phase.microseconds);
}

// Samples are taken by a timer's interrupt and handed to the core by the loop.
IntervalTimer sampleTimer;
struct Sample {
  int16_t values[electrodesMax];
  uint32_t microseconds;
};
constexpr uint32_t sampleRingLength = 256;
Sample sampleRing[sampleRingLength];
volatile uint32_t sampledCount = 0;
// Number of the next sample to be handed over; its lower half runs behind `sampledCount`.
uint64_t handedCount = 0;

void onSampleDue() {
  Sample& sample = sampleRing[sampledCount % sampleRingLength];
  for (uint16_t channel = 0; channel < electrodesMax; channel++)
    sample.values[channel] = static_cast<int16_t>(analogRead(electrodePins[channel]) - 2048);
  sample.microseconds = micros();
  sampledCount = sampledCount + 1;
}

class TeensyBoard final : public Board {
 public:
  uint64_t nowMicroseconds() override { return clockMicroseconds(); }

  void setOutput(bool isOn, bool isDry) override {
    // What has begun is finished: to cut it off would leave its charge in the tissue.
    while (isPulsing()) {
    }
    digitalWriteFast(referencePin, isOn && isDry ? HIGH : LOW);
    digitalWriteFast(relayPin, isOn && !isDry ? HIGH : LOW);
    digitalWriteFast(shortPin, HIGH);
  }

  void begin(const Pulse& pulse, bool) override {
    underWay_ = pulse;
    for (uint8_t bit = 0; bit < 4; bit++) digitalWriteFast(muxPins[bit], (pulse.electrode >> bit) & 1);
    uint8_t count = 0;
    phases[count++] = {pulse.firstNanoamps, pulse.firstMicroseconds};
    if (pulse.interphaseMicroseconds > 0) phases[count++] = {0, pulse.interphaseMicroseconds};
    phases[count++] = {pulse.secondNanoamps, pulse.secondMicroseconds};
    digitalWriteFast(shortPin, LOW);
    nextPhase = 0;
    phaseCount = count;
    onPhaseEnd();
  }

  bool takeFinished(DeliveredPulse& pulse) override {
    if (!hasEnded) return false;
    hasEnded = false;
    const int32_t second = measuredNanoamps[phaseCount - 1];
    phaseCount = 0;
    pulse = {};
    pulse.electrode = underWay_.electrode;
    pulse.firstFemtocoulombs = static_cast<int64_t>(measuredNanoamps[0]) * underWay_.firstMicroseconds;
    pulse.secondFemtocoulombs = static_cast<int64_t>(second) * underWay_.secondMicroseconds;
    // A source that has run out of voltage delivers less than it was told to.
    const int64_t commanded = static_cast<int64_t>(abs(underWay_.firstNanoamps));
    pulse.isSaturated = abs(measuredNanoamps[0]) * int64_t{10} < commanded * 9;
    return true;
  }

  void keepSession(uint64_t session) override { EEPROM.put(keptSessionAt, session); }
  bool isEmergencyStopPressed() override { return digitalReadFast(emergencyStopPin) == HIGH; }
  int32_t outputNanoamps() override { return isPulsing() ? senseNanoamps() : 0; }
  int32_t temperatureDecidegrees() override { return static_cast<int32_t>(tempmonGetTemp() * 10); }

  // This circuit has no way to measure impedances: 0 is outside of every range, so that a rig with it does not arm on tissue.
  void measureBody(BodyMeasurement& measurement) override {
    measurement.amplitudeStepNanoamps = nanoampsPerStep;
    measurement.isEmergencyStopWired = true;
  }

  // The filters in front of the converters are fixed.
  void configure(const Configuration& configuration) override {
    const uint32_t rate = configuration.sampleRateHz;
    if (rate < 500 || rate > 8000 || 1000000 % rate != 0) return;
    sampleRateHz_ = rate;
    sampleTimer.begin(onSampleDue, 1000000 / rate);
  }

  void setDigitalOutputs(uint16_t outputs) override {
    outputs_ = outputs & 15;
    for (uint8_t line = 0; line < 4; line++) digitalWriteFast(digitalOutputPins[line], (outputs_ >> line) & 1);
  }

  BoardConfiguration readConfiguration() override { return {{sampleRateHz_, 1000, 3000}, outputs_, digitalInputs()}; }

  static uint16_t digitalInputs() {
    uint16_t inputs = 0;
    for (uint8_t line = 0; line < 4; line++) inputs |= digitalReadFast(digitalInputPins[line]) << line;
    return inputs;
  }

 private:
  static bool isPulsing() { return phaseCount > 0 && !hasEnded; }

  Pulse underWay_ = {};
  uint32_t sampleRateHz_ = 4000;
  uint16_t outputs_ = 0;
};

BoardSettings settings() {
  uint64_t bootNumber = 0, keptSession = 0;
  EEPROM.get(bootNumberAt, bootNumber);
  EEPROM.get(keptSessionAt, keptSession);
  // A memory that has never been written reads as all ones.
  bootNumber = bootNumber > wholeMax ? 0 : bootNumber + 1;
  EEPROM.put(bootNumberAt, bootNumber);
  if (keptSession > wholeMax) keptSession = 0;
  return {serialNumber, "exocortex-hid-rig/1 teensy-4.1", "HID rig on a Teensy 4.1", reinterpret_cast<const uint8_t*>(token),
          sizeof token - 1, electrodesMax, nanovoltsPerBit, 4, reportBytes, limits, bootNumber, keptSession};
}

TeensyBoard board;

Device& device() {
  static Device it(board, settings());
  return it;
}

// All samples that the interrupt has taken since the last time. What the ring could not hold is missing in their numbers.
void handOverSamples() {
  uint32_t waiting = sampledCount - static_cast<uint32_t>(handedCount);
  for (; waiting >= sampleRingLength; waiting--) handedCount++;
  const uint64_t now = clockMicroseconds();
  for (; waiting > 0; waiting--, handedCount++) {
    const Sample& sample = sampleRing[handedCount % sampleRingLength];
    const uint32_t age = static_cast<uint32_t>(now) - sample.microseconds;
    device().addSample(handedCount, sample.values, now - age, TeensyBoard::digitalInputs());
  }
}

}  // namespace

void setup() {
  for (const uint8_t pin : {relayPin, alivePin, shortPin, referencePin, dacSelectPin}) pinMode(pin, OUTPUT);
  for (const uint8_t pin : muxPins) pinMode(pin, OUTPUT);
  for (const uint8_t pin : digitalOutputPins) pinMode(pin, OUTPUT);
  for (const uint8_t pin : digitalInputPins) pinMode(pin, INPUT_PULLDOWN);
  pinMode(emergencyStopPin, INPUT_PULLUP);
  digitalWriteFast(relayPin, LOW);
  digitalWriteFast(shortPin, HIGH);
  digitalWriteFast(dacSelectPin, HIGH);
  analogReadResolution(12);
  SPI.begin();
  setCurrent(0);
  board.configure({4000, 1000, 3000});
}

void loop() {
  uint8_t report[reportBytes];
  if (RawHID.recv(report, 0) > 0) device().take(report);
  device().poll();
  handOverSamples();
  // Without a computer that is awake nobody is connected.
  if (!usb_configuration) device().linkLost();
  if (const uint8_t* waiting = device().nextReport())
    if (RawHID.send(waiting, 0) > 0) device().reportSent();
  digitalToggleFast(alivePin);
}
