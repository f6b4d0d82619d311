// Judges a pulse by its shape alone. Comparisons say what is accepted; everything else is refused.
#include "limits.hpp"

namespace exocortex {

namespace {

bool isBetween(uint64_t value, uint64_t max) { return value > 0 && value <= max; }

uint64_t magnitude(int64_t value) {
  return value < 0 ? static_cast<uint64_t>(-value) : static_cast<uint64_t>(value);
}

int64_t charge(int32_t nanoamps, uint32_t microseconds) { return static_cast<int64_t>(nanoamps) * microseconds; }

}  // namespace

Outcome judgeShape(const Pulse& pulse, uint16_t electrodes, const Limits& limits) {
  if (!(pulse.electrode < electrodes)) return outcomeNoSuchElectrode;
  const int64_t first = charge(pulse.firstNanoamps, pulse.firstMicroseconds);
  if (!(first == -charge(pulse.secondNanoamps, pulse.secondMicroseconds))) return outcomeUnbalanced;
  const uint64_t firstNanoamps = magnitude(pulse.firstNanoamps), secondNanoamps = magnitude(pulse.secondNanoamps);
  const uint64_t largestNanoamps = firstNanoamps > secondNanoamps ? firstNanoamps : secondNanoamps;
  if (!isBetween(largestNanoamps, limits.amplitudeMaxNanoamps)) return outcomeAmplitude;
  if (!isBetween(pulse.firstMicroseconds, limits.phaseMaxMicroseconds)) return outcomePhase;
  if (!isBetween(pulse.secondMicroseconds, limits.phaseMaxMicroseconds)) return outcomePhase;
  if (!(magnitude(first) <= limits.chargePerPhaseMaxFemtocoulombs)) return outcomeCharge;
  if (!(pulse.interphaseMicroseconds <= limits.interphaseMaxMicroseconds)) return outcomeInterphase;
  return outcomeDelivered;
}

}  // namespace exocortex
