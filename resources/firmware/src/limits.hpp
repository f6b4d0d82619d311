// The hard ceilings of the board, which hold whatever the computer says.
#pragma once

#include <cstdint>

#include "messages.hpp"

namespace exocortex {

constexpr uint16_t electrodesMax = 16;
// Starts of pulses within a second that the board can remember.
constexpr uint32_t totalRateCeilingHz = 4096;

// Every rate is above 0.
struct Limits {
  uint32_t amplitudeMaxNanoamps;
  uint64_t chargePerPhaseMaxFemtocoulombs;
  uint32_t phaseMaxMicroseconds;
  uint32_t interphaseMaxMicroseconds;
  // Per electrode.
  uint32_t rateMaxHz;
  uint32_t leaseMaxMilliseconds;
  // Voltage that the output stage can reach.
  uint32_t complianceMillivolts;
  uint32_t simultaneousElectrodesMax;
  // Over all electrodes, at most `totalRateCeilingHz`.
  uint32_t totalRateMaxHz;
};

// What is wrong with the pulse's shape, or outcomeDelivered. Exact: nA x us = fC, and no product of its fields exceeds 63 bits.
Outcome judgeShape(const Pulse& pulse, uint16_t electrodes, const Limits& limits);

}  // namespace exocortex
