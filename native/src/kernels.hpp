// Written by `npx vitest run simulation/kernel -u` from simulation/models.
#pragma once

#include "kernel-arrays.hpp"
#include "kernel-functions.hpp"

namespace exocortex {

namespace {

EXOCORTEX_CLONES
int32_t stepLif(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t reset = arrays.parameters[2];
  const int32_t refractorySteps = arrays.parameters[3];
  const int32_t leakMantissa = arrays.parameters[6];
  const int32_t leakShift = arrays.parameters[7];
  const int32_t excitatoryLossMantissa = arrays.parameters[8];
  const int32_t excitatoryLossShift = arrays.parameters[9];
  const int32_t excitatoryGainMantissa = arrays.parameters[10];
  const int32_t excitatoryGainShift = arrays.parameters[11];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t refractory = refractoryOf[neuron];
    const int32_t excitatoryCurrent = excitatoryCurrentOf[neuron];
    const int32_t excitatoryReceived = excitatoryReceivedOf[neuron];
    excitatoryReceivedOf[neuron] = 0;
    const bool t0 = (0 < refractory);
    const int32_t t1 = (excitatoryCurrent + excitatoryReceived);
    const int32_t t2 = clamped(t1, 536870912);
    const int32_t t3 = ((potential - share((potential - bias), leakMantissa, leakShift)) + share(t2, excitatoryGainMantissa, excitatoryGainShift));
    const bool t4 = (!t0 & (threshold <= t3));
    potentialOf[neuron] = (t0 ? potential : (t4 ? reset : clamped(t3, 536870912)));
    refractoryOf[neuron] = (t0 ? (refractory - 1) : (t4 ? refractorySteps : 0));
    excitatoryCurrentOf[neuron] = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift));
    firedOf[neuron] = t4;
    saturated += (((536870912 < t3) | (t3 < (-536870912))) | ((536870912 < t1) | (t1 < (-536870912))));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepDualLif(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t reset = arrays.parameters[2];
  const int32_t refractorySteps = arrays.parameters[3];
  const int32_t leakMantissa = arrays.parameters[6];
  const int32_t leakShift = arrays.parameters[7];
  const int32_t excitatoryLossMantissa = arrays.parameters[8];
  const int32_t excitatoryLossShift = arrays.parameters[9];
  const int32_t excitatoryGainMantissa = arrays.parameters[10];
  const int32_t excitatoryGainShift = arrays.parameters[11];
  const int32_t inhibitoryLossMantissa = arrays.parameters[12];
  const int32_t inhibitoryLossShift = arrays.parameters[13];
  const int32_t inhibitoryGainMantissa = arrays.parameters[14];
  const int32_t inhibitoryGainShift = arrays.parameters[15];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t refractory = refractoryOf[neuron];
    const int32_t excitatoryCurrent = excitatoryCurrentOf[neuron];
    const int32_t inhibitoryCurrent = inhibitoryCurrentOf[neuron];
    const int32_t excitatoryReceived = excitatoryReceivedOf[neuron];
    excitatoryReceivedOf[neuron] = 0;
    const int32_t inhibitoryReceived = inhibitoryReceivedOf[neuron];
    inhibitoryReceivedOf[neuron] = 0;
    const bool t0 = (0 < refractory);
    const int32_t t1 = (excitatoryCurrent + excitatoryReceived);
    const int32_t t2 = clamped(t1, 536870912);
    const int32_t t3 = (inhibitoryCurrent + inhibitoryReceived);
    const int32_t t4 = clamped(t3, 536870912);
    const int32_t t5 = (((potential - share((potential - bias), leakMantissa, leakShift)) + share(t2, excitatoryGainMantissa, excitatoryGainShift)) + share(t4, inhibitoryGainMantissa, inhibitoryGainShift));
    const bool t6 = (!t0 & (threshold <= t5));
    potentialOf[neuron] = (t0 ? potential : (t6 ? reset : clamped(t5, 536870912)));
    refractoryOf[neuron] = (t0 ? (refractory - 1) : (t6 ? refractorySteps : 0));
    excitatoryCurrentOf[neuron] = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift));
    inhibitoryCurrentOf[neuron] = (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift));
    firedOf[neuron] = t6;
    saturated += ((((536870912 < t5) | (t5 < (-536870912))) | ((536870912 < t1) | (t1 < (-536870912)))) | ((536870912 < t3) | (t3 < (-536870912))));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepLifDriven(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t randomKey = arrays.randomKey;
  const int32_t stepKey = arrays.stepKey;
  const int32_t* __restrict backgroundTable = arrays.tables[0];
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t reset = arrays.parameters[2];
  const int32_t refractorySteps = arrays.parameters[3];
  const int32_t backgroundWeight = arrays.parameters[5];
  const int32_t leakMantissa = arrays.parameters[6];
  const int32_t leakShift = arrays.parameters[7];
  const int32_t excitatoryLossMantissa = arrays.parameters[8];
  const int32_t excitatoryLossShift = arrays.parameters[9];
  const int32_t excitatoryGainMantissa = arrays.parameters[10];
  const int32_t excitatoryGainShift = arrays.parameters[11];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t refractory = refractoryOf[neuron];
    const int32_t excitatoryCurrent = excitatoryCurrentOf[neuron];
    const int32_t excitatoryReceived = excitatoryReceivedOf[neuron];
    excitatoryReceivedOf[neuron] = 0;
    const int32_t randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const bool t0 = (0 < refractory);
    const int32_t t1 = mixed(randomBits);
    const int32_t t2 = backgroundTable[(t1 & 4095)];
    const int32_t t3 = ((excitatoryCurrent + excitatoryReceived) + ((static_cast<int32_t>(static_cast<uint32_t>(t2) >> 20) + (((t2 & 1048575) <= static_cast<int32_t>(static_cast<uint32_t>(t1) >> 12)) ? 1 : 0)) * backgroundWeight));
    const int32_t t4 = clamped(t3, 536870912);
    const int32_t t5 = ((potential - share((potential - bias), leakMantissa, leakShift)) + share(t4, excitatoryGainMantissa, excitatoryGainShift));
    const bool t6 = (!t0 & (threshold <= t5));
    potentialOf[neuron] = (t0 ? potential : (t6 ? reset : clamped(t5, 536870912)));
    refractoryOf[neuron] = (t0 ? (refractory - 1) : (t6 ? refractorySteps : 0));
    excitatoryCurrentOf[neuron] = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift));
    firedOf[neuron] = t6;
    saturated += (((536870912 < t5) | (t5 < (-536870912))) | ((536870912 < t3) | (t3 < (-536870912))));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepDualLifDriven(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t randomKey = arrays.randomKey;
  const int32_t stepKey = arrays.stepKey;
  const int32_t* __restrict backgroundTable = arrays.tables[0];
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t reset = arrays.parameters[2];
  const int32_t refractorySteps = arrays.parameters[3];
  const int32_t backgroundWeight = arrays.parameters[5];
  const int32_t leakMantissa = arrays.parameters[6];
  const int32_t leakShift = arrays.parameters[7];
  const int32_t excitatoryLossMantissa = arrays.parameters[8];
  const int32_t excitatoryLossShift = arrays.parameters[9];
  const int32_t excitatoryGainMantissa = arrays.parameters[10];
  const int32_t excitatoryGainShift = arrays.parameters[11];
  const int32_t inhibitoryLossMantissa = arrays.parameters[12];
  const int32_t inhibitoryLossShift = arrays.parameters[13];
  const int32_t inhibitoryGainMantissa = arrays.parameters[14];
  const int32_t inhibitoryGainShift = arrays.parameters[15];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t refractory = refractoryOf[neuron];
    const int32_t excitatoryCurrent = excitatoryCurrentOf[neuron];
    const int32_t inhibitoryCurrent = inhibitoryCurrentOf[neuron];
    const int32_t excitatoryReceived = excitatoryReceivedOf[neuron];
    excitatoryReceivedOf[neuron] = 0;
    const int32_t inhibitoryReceived = inhibitoryReceivedOf[neuron];
    inhibitoryReceivedOf[neuron] = 0;
    const int32_t randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const bool t0 = (0 < refractory);
    const int32_t t1 = mixed(randomBits);
    const int32_t t2 = backgroundTable[(t1 & 4095)];
    const int32_t t3 = ((excitatoryCurrent + excitatoryReceived) + ((static_cast<int32_t>(static_cast<uint32_t>(t2) >> 20) + (((t2 & 1048575) <= static_cast<int32_t>(static_cast<uint32_t>(t1) >> 12)) ? 1 : 0)) * backgroundWeight));
    const int32_t t4 = clamped(t3, 536870912);
    const int32_t t5 = (inhibitoryCurrent + inhibitoryReceived);
    const int32_t t6 = clamped(t5, 536870912);
    const int32_t t7 = (((potential - share((potential - bias), leakMantissa, leakShift)) + share(t4, excitatoryGainMantissa, excitatoryGainShift)) + share(t6, inhibitoryGainMantissa, inhibitoryGainShift));
    const bool t8 = (!t0 & (threshold <= t7));
    potentialOf[neuron] = (t0 ? potential : (t8 ? reset : clamped(t7, 536870912)));
    refractoryOf[neuron] = (t0 ? (refractory - 1) : (t8 ? refractorySteps : 0));
    excitatoryCurrentOf[neuron] = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift));
    inhibitoryCurrentOf[neuron] = (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift));
    firedOf[neuron] = t8;
    saturated += ((((536870912 < t7) | (t7 < (-536870912))) | ((536870912 < t3) | (t3 < (-536870912)))) | ((536870912 < t5) | (t5 < (-536870912))));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepLifNoisy(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t randomKey = arrays.randomKey;
  const int32_t stepKey = arrays.stepKey;
  const int32_t* __restrict normalTable = arrays.tables[0];
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t reset = arrays.parameters[2];
  const int32_t refractorySteps = arrays.parameters[3];
  const int32_t noise = arrays.parameters[4];
  const int32_t leakMantissa = arrays.parameters[6];
  const int32_t leakShift = arrays.parameters[7];
  const int32_t excitatoryLossMantissa = arrays.parameters[8];
  const int32_t excitatoryLossShift = arrays.parameters[9];
  const int32_t excitatoryGainMantissa = arrays.parameters[10];
  const int32_t excitatoryGainShift = arrays.parameters[11];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t refractory = refractoryOf[neuron];
    const int32_t excitatoryCurrent = excitatoryCurrentOf[neuron];
    const int32_t excitatoryReceived = excitatoryReceivedOf[neuron];
    excitatoryReceivedOf[neuron] = 0;
    const int32_t randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const bool t0 = (0 < refractory);
    const int32_t t1 = (excitatoryCurrent + excitatoryReceived);
    const int32_t t2 = clamped(t1, 536870912);
    const int32_t t3 = (((potential - share((potential - bias), leakMantissa, leakShift)) + share(t2, excitatoryGainMantissa, excitatoryGainShift)) + product((normalTable[(randomBits & 4095)] + normalTable[static_cast<int32_t>(static_cast<uint32_t>(randomBits) >> 20)]), noise));
    const bool t4 = (!t0 & (threshold <= t3));
    potentialOf[neuron] = (t0 ? potential : (t4 ? reset : clamped(t3, 536870912)));
    refractoryOf[neuron] = (t0 ? (refractory - 1) : (t4 ? refractorySteps : 0));
    excitatoryCurrentOf[neuron] = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift));
    firedOf[neuron] = t4;
    saturated += (((536870912 < t3) | (t3 < (-536870912))) | ((536870912 < t1) | (t1 < (-536870912))));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepDualLifNoisy(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t randomKey = arrays.randomKey;
  const int32_t stepKey = arrays.stepKey;
  const int32_t* __restrict normalTable = arrays.tables[0];
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t reset = arrays.parameters[2];
  const int32_t refractorySteps = arrays.parameters[3];
  const int32_t noise = arrays.parameters[4];
  const int32_t leakMantissa = arrays.parameters[6];
  const int32_t leakShift = arrays.parameters[7];
  const int32_t excitatoryLossMantissa = arrays.parameters[8];
  const int32_t excitatoryLossShift = arrays.parameters[9];
  const int32_t excitatoryGainMantissa = arrays.parameters[10];
  const int32_t excitatoryGainShift = arrays.parameters[11];
  const int32_t inhibitoryLossMantissa = arrays.parameters[12];
  const int32_t inhibitoryLossShift = arrays.parameters[13];
  const int32_t inhibitoryGainMantissa = arrays.parameters[14];
  const int32_t inhibitoryGainShift = arrays.parameters[15];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t refractory = refractoryOf[neuron];
    const int32_t excitatoryCurrent = excitatoryCurrentOf[neuron];
    const int32_t inhibitoryCurrent = inhibitoryCurrentOf[neuron];
    const int32_t excitatoryReceived = excitatoryReceivedOf[neuron];
    excitatoryReceivedOf[neuron] = 0;
    const int32_t inhibitoryReceived = inhibitoryReceivedOf[neuron];
    inhibitoryReceivedOf[neuron] = 0;
    const int32_t randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const bool t0 = (0 < refractory);
    const int32_t t1 = (excitatoryCurrent + excitatoryReceived);
    const int32_t t2 = clamped(t1, 536870912);
    const int32_t t3 = (inhibitoryCurrent + inhibitoryReceived);
    const int32_t t4 = clamped(t3, 536870912);
    const int32_t t5 = ((((potential - share((potential - bias), leakMantissa, leakShift)) + share(t2, excitatoryGainMantissa, excitatoryGainShift)) + share(t4, inhibitoryGainMantissa, inhibitoryGainShift)) + product((normalTable[(randomBits & 4095)] + normalTable[static_cast<int32_t>(static_cast<uint32_t>(randomBits) >> 20)]), noise));
    const bool t6 = (!t0 & (threshold <= t5));
    potentialOf[neuron] = (t0 ? potential : (t6 ? reset : clamped(t5, 536870912)));
    refractoryOf[neuron] = (t0 ? (refractory - 1) : (t6 ? refractorySteps : 0));
    excitatoryCurrentOf[neuron] = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift));
    inhibitoryCurrentOf[neuron] = (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift));
    firedOf[neuron] = t6;
    saturated += ((((536870912 < t5) | (t5 < (-536870912))) | ((536870912 < t1) | (t1 < (-536870912)))) | ((536870912 < t3) | (t3 < (-536870912))));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepLifNoisyDriven(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t randomKey = arrays.randomKey;
  const int32_t stepKey = arrays.stepKey;
  const int32_t* __restrict backgroundTable = arrays.tables[0];
  const int32_t* __restrict normalTable = arrays.tables[1];
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t reset = arrays.parameters[2];
  const int32_t refractorySteps = arrays.parameters[3];
  const int32_t noise = arrays.parameters[4];
  const int32_t backgroundWeight = arrays.parameters[5];
  const int32_t leakMantissa = arrays.parameters[6];
  const int32_t leakShift = arrays.parameters[7];
  const int32_t excitatoryLossMantissa = arrays.parameters[8];
  const int32_t excitatoryLossShift = arrays.parameters[9];
  const int32_t excitatoryGainMantissa = arrays.parameters[10];
  const int32_t excitatoryGainShift = arrays.parameters[11];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t refractory = refractoryOf[neuron];
    const int32_t excitatoryCurrent = excitatoryCurrentOf[neuron];
    const int32_t excitatoryReceived = excitatoryReceivedOf[neuron];
    excitatoryReceivedOf[neuron] = 0;
    const int32_t randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const bool t0 = (0 < refractory);
    const int32_t t1 = mixed(randomBits);
    const int32_t t2 = backgroundTable[(t1 & 4095)];
    const int32_t t3 = ((excitatoryCurrent + excitatoryReceived) + ((static_cast<int32_t>(static_cast<uint32_t>(t2) >> 20) + (((t2 & 1048575) <= static_cast<int32_t>(static_cast<uint32_t>(t1) >> 12)) ? 1 : 0)) * backgroundWeight));
    const int32_t t4 = clamped(t3, 536870912);
    const int32_t t5 = (((potential - share((potential - bias), leakMantissa, leakShift)) + share(t4, excitatoryGainMantissa, excitatoryGainShift)) + product((normalTable[(randomBits & 4095)] + normalTable[static_cast<int32_t>(static_cast<uint32_t>(randomBits) >> 20)]), noise));
    const bool t6 = (!t0 & (threshold <= t5));
    potentialOf[neuron] = (t0 ? potential : (t6 ? reset : clamped(t5, 536870912)));
    refractoryOf[neuron] = (t0 ? (refractory - 1) : (t6 ? refractorySteps : 0));
    excitatoryCurrentOf[neuron] = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift));
    firedOf[neuron] = t6;
    saturated += (((536870912 < t5) | (t5 < (-536870912))) | ((536870912 < t3) | (t3 < (-536870912))));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepDualLifNoisyDriven(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t randomKey = arrays.randomKey;
  const int32_t stepKey = arrays.stepKey;
  const int32_t* __restrict backgroundTable = arrays.tables[0];
  const int32_t* __restrict normalTable = arrays.tables[1];
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t reset = arrays.parameters[2];
  const int32_t refractorySteps = arrays.parameters[3];
  const int32_t noise = arrays.parameters[4];
  const int32_t backgroundWeight = arrays.parameters[5];
  const int32_t leakMantissa = arrays.parameters[6];
  const int32_t leakShift = arrays.parameters[7];
  const int32_t excitatoryLossMantissa = arrays.parameters[8];
  const int32_t excitatoryLossShift = arrays.parameters[9];
  const int32_t excitatoryGainMantissa = arrays.parameters[10];
  const int32_t excitatoryGainShift = arrays.parameters[11];
  const int32_t inhibitoryLossMantissa = arrays.parameters[12];
  const int32_t inhibitoryLossShift = arrays.parameters[13];
  const int32_t inhibitoryGainMantissa = arrays.parameters[14];
  const int32_t inhibitoryGainShift = arrays.parameters[15];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t refractory = refractoryOf[neuron];
    const int32_t excitatoryCurrent = excitatoryCurrentOf[neuron];
    const int32_t inhibitoryCurrent = inhibitoryCurrentOf[neuron];
    const int32_t excitatoryReceived = excitatoryReceivedOf[neuron];
    excitatoryReceivedOf[neuron] = 0;
    const int32_t inhibitoryReceived = inhibitoryReceivedOf[neuron];
    inhibitoryReceivedOf[neuron] = 0;
    const int32_t randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const bool t0 = (0 < refractory);
    const int32_t t1 = mixed(randomBits);
    const int32_t t2 = backgroundTable[(t1 & 4095)];
    const int32_t t3 = ((excitatoryCurrent + excitatoryReceived) + ((static_cast<int32_t>(static_cast<uint32_t>(t2) >> 20) + (((t2 & 1048575) <= static_cast<int32_t>(static_cast<uint32_t>(t1) >> 12)) ? 1 : 0)) * backgroundWeight));
    const int32_t t4 = clamped(t3, 536870912);
    const int32_t t5 = (inhibitoryCurrent + inhibitoryReceived);
    const int32_t t6 = clamped(t5, 536870912);
    const int32_t t7 = ((((potential - share((potential - bias), leakMantissa, leakShift)) + share(t4, excitatoryGainMantissa, excitatoryGainShift)) + share(t6, inhibitoryGainMantissa, inhibitoryGainShift)) + product((normalTable[(randomBits & 4095)] + normalTable[static_cast<int32_t>(static_cast<uint32_t>(randomBits) >> 20)]), noise));
    const bool t8 = (!t0 & (threshold <= t7));
    potentialOf[neuron] = (t0 ? potential : (t8 ? reset : clamped(t7, 536870912)));
    refractoryOf[neuron] = (t0 ? (refractory - 1) : (t8 ? refractorySteps : 0));
    excitatoryCurrentOf[neuron] = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift));
    inhibitoryCurrentOf[neuron] = (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift));
    firedOf[neuron] = t8;
    saturated += ((((536870912 < t7) | (t7 < (-536870912))) | ((536870912 < t3) | (t3 < (-536870912)))) | ((536870912 < t5) | (t5 < (-536870912))));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepConductanceLif(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryOf = arrays.state[2];
  int32_t* __restrict inhibitoryOf = arrays.state[3];
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t* __restrict relaxationTable = arrays.tables[0];
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t reset = arrays.parameters[2];
  const int32_t refractorySteps = arrays.parameters[3];
  const int32_t leak = arrays.parameters[6];
  const int32_t excitatoryReversal = arrays.parameters[7];
  const int32_t inhibitoryReversal = arrays.parameters[8];
  const int32_t excitatoryLossMantissa = arrays.parameters[9];
  const int32_t excitatoryLossShift = arrays.parameters[10];
  const int32_t inhibitoryLossMantissa = arrays.parameters[11];
  const int32_t inhibitoryLossShift = arrays.parameters[12];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t refractory = refractoryOf[neuron];
    const int32_t excitatory = excitatoryOf[neuron];
    const int32_t inhibitory = inhibitoryOf[neuron];
    const int32_t excitatoryReceived = excitatoryReceivedOf[neuron];
    excitatoryReceivedOf[neuron] = 0;
    const int32_t inhibitoryReceived = inhibitoryReceivedOf[neuron];
    inhibitoryReceivedOf[neuron] = 0;
    const bool t0 = (0 < refractory);
    const int32_t t1 = ((excitatory + excitatoryReceived) + 0);
    const int32_t t2 = clamped(t1, 536870912);
    const int32_t t3 = (inhibitory + inhibitoryReceived);
    const int32_t t4 = clamped(t3, 536870912);
    const int32_t t5 = ((product27(leak, (bias - potential)) + product27(t2, (excitatoryReversal - potential))) + product27(t4, (inhibitoryReversal - potential)));
    const int32_t t6 = ((leak + t2) + t4);
    const int32_t t7 = ((t6 < 0) ? 0 : ((t6 < 536870912) ? t6 : 536870911));
    const int32_t t8 = (t7 >> 19);
    const int32_t t9 = relaxationTable[t8];
    const int32_t t10 = (potential + share(clamped(t5, 536870912), (t9 + product24((relaxationTable[(t8 + 1)] - t9), ((t7 & 524287) << 5))), 1));
    const bool t11 = (!t0 & (threshold <= t10));
    potentialOf[neuron] = (t0 ? potential : (t11 ? reset : clamped(t10, 8388608)));
    refractoryOf[neuron] = (t0 ? (refractory - 1) : (t11 ? refractorySteps : 0));
    excitatoryOf[neuron] = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift));
    inhibitoryOf[neuron] = (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift));
    firedOf[neuron] = t11;
    saturated += ((((((536870912 < t1) | (t1 < (-536870912))) | ((536870912 < t3) | (t3 < (-536870912)))) | (536870912 <= t6)) | ((536870912 < t5) | (t5 < (-536870912)))) | ((8388608 < t10) | (t10 < (-8388608))));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepConductanceLifDriven(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryOf = arrays.state[2];
  int32_t* __restrict inhibitoryOf = arrays.state[3];
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t randomKey = arrays.randomKey;
  const int32_t stepKey = arrays.stepKey;
  const int32_t* __restrict backgroundTable = arrays.tables[0];
  const int32_t* __restrict relaxationTable = arrays.tables[1];
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t reset = arrays.parameters[2];
  const int32_t refractorySteps = arrays.parameters[3];
  const int32_t backgroundWeight = arrays.parameters[5];
  const int32_t leak = arrays.parameters[6];
  const int32_t excitatoryReversal = arrays.parameters[7];
  const int32_t inhibitoryReversal = arrays.parameters[8];
  const int32_t excitatoryLossMantissa = arrays.parameters[9];
  const int32_t excitatoryLossShift = arrays.parameters[10];
  const int32_t inhibitoryLossMantissa = arrays.parameters[11];
  const int32_t inhibitoryLossShift = arrays.parameters[12];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t refractory = refractoryOf[neuron];
    const int32_t excitatory = excitatoryOf[neuron];
    const int32_t inhibitory = inhibitoryOf[neuron];
    const int32_t excitatoryReceived = excitatoryReceivedOf[neuron];
    excitatoryReceivedOf[neuron] = 0;
    const int32_t inhibitoryReceived = inhibitoryReceivedOf[neuron];
    inhibitoryReceivedOf[neuron] = 0;
    const int32_t randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const bool t0 = (0 < refractory);
    const int32_t t1 = mixed(randomBits);
    const int32_t t2 = backgroundTable[(t1 & 4095)];
    const int32_t t3 = ((excitatory + excitatoryReceived) + ((static_cast<int32_t>(static_cast<uint32_t>(t2) >> 20) + (((t2 & 1048575) <= static_cast<int32_t>(static_cast<uint32_t>(t1) >> 12)) ? 1 : 0)) * backgroundWeight));
    const int32_t t4 = clamped(t3, 536870912);
    const int32_t t5 = (inhibitory + inhibitoryReceived);
    const int32_t t6 = clamped(t5, 536870912);
    const int32_t t7 = ((product27(leak, (bias - potential)) + product27(t4, (excitatoryReversal - potential))) + product27(t6, (inhibitoryReversal - potential)));
    const int32_t t8 = ((leak + t4) + t6);
    const int32_t t9 = ((t8 < 0) ? 0 : ((t8 < 536870912) ? t8 : 536870911));
    const int32_t t10 = (t9 >> 19);
    const int32_t t11 = relaxationTable[t10];
    const int32_t t12 = (potential + share(clamped(t7, 536870912), (t11 + product24((relaxationTable[(t10 + 1)] - t11), ((t9 & 524287) << 5))), 1));
    const bool t13 = (!t0 & (threshold <= t12));
    potentialOf[neuron] = (t0 ? potential : (t13 ? reset : clamped(t12, 8388608)));
    refractoryOf[neuron] = (t0 ? (refractory - 1) : (t13 ? refractorySteps : 0));
    excitatoryOf[neuron] = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift));
    inhibitoryOf[neuron] = (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift));
    firedOf[neuron] = t13;
    saturated += ((((((536870912 < t3) | (t3 < (-536870912))) | ((536870912 < t5) | (t5 < (-536870912)))) | (536870912 <= t8)) | ((536870912 < t7) | (t7 < (-536870912)))) | ((8388608 < t12) | (t12 < (-8388608))));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepConductanceLifNoisy(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryOf = arrays.state[2];
  int32_t* __restrict inhibitoryOf = arrays.state[3];
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t randomKey = arrays.randomKey;
  const int32_t stepKey = arrays.stepKey;
  const int32_t* __restrict relaxationTable = arrays.tables[0];
  const int32_t* __restrict normalTable = arrays.tables[1];
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t reset = arrays.parameters[2];
  const int32_t refractorySteps = arrays.parameters[3];
  const int32_t noise = arrays.parameters[4];
  const int32_t leak = arrays.parameters[6];
  const int32_t excitatoryReversal = arrays.parameters[7];
  const int32_t inhibitoryReversal = arrays.parameters[8];
  const int32_t excitatoryLossMantissa = arrays.parameters[9];
  const int32_t excitatoryLossShift = arrays.parameters[10];
  const int32_t inhibitoryLossMantissa = arrays.parameters[11];
  const int32_t inhibitoryLossShift = arrays.parameters[12];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t refractory = refractoryOf[neuron];
    const int32_t excitatory = excitatoryOf[neuron];
    const int32_t inhibitory = inhibitoryOf[neuron];
    const int32_t excitatoryReceived = excitatoryReceivedOf[neuron];
    excitatoryReceivedOf[neuron] = 0;
    const int32_t inhibitoryReceived = inhibitoryReceivedOf[neuron];
    inhibitoryReceivedOf[neuron] = 0;
    const int32_t randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const bool t0 = (0 < refractory);
    const int32_t t1 = ((excitatory + excitatoryReceived) + 0);
    const int32_t t2 = clamped(t1, 536870912);
    const int32_t t3 = (inhibitory + inhibitoryReceived);
    const int32_t t4 = clamped(t3, 536870912);
    const int32_t t5 = ((product27(leak, (bias - potential)) + product27(t2, (excitatoryReversal - potential))) + product27(t4, (inhibitoryReversal - potential)));
    const int32_t t6 = ((leak + t2) + t4);
    const int32_t t7 = ((t6 < 0) ? 0 : ((t6 < 536870912) ? t6 : 536870911));
    const int32_t t8 = (t7 >> 19);
    const int32_t t9 = relaxationTable[t8];
    const int32_t t10 = ((potential + share(clamped(t5, 536870912), (t9 + product24((relaxationTable[(t8 + 1)] - t9), ((t7 & 524287) << 5))), 1)) + product((normalTable[(randomBits & 4095)] + normalTable[static_cast<int32_t>(static_cast<uint32_t>(randomBits) >> 20)]), noise));
    const bool t11 = (!t0 & (threshold <= t10));
    potentialOf[neuron] = (t0 ? potential : (t11 ? reset : clamped(t10, 8388608)));
    refractoryOf[neuron] = (t0 ? (refractory - 1) : (t11 ? refractorySteps : 0));
    excitatoryOf[neuron] = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift));
    inhibitoryOf[neuron] = (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift));
    firedOf[neuron] = t11;
    saturated += ((((((536870912 < t1) | (t1 < (-536870912))) | ((536870912 < t3) | (t3 < (-536870912)))) | (536870912 <= t6)) | ((536870912 < t5) | (t5 < (-536870912)))) | ((8388608 < t10) | (t10 < (-8388608))));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepConductanceLifNoisyDriven(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryOf = arrays.state[2];
  int32_t* __restrict inhibitoryOf = arrays.state[3];
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t randomKey = arrays.randomKey;
  const int32_t stepKey = arrays.stepKey;
  const int32_t* __restrict backgroundTable = arrays.tables[0];
  const int32_t* __restrict relaxationTable = arrays.tables[1];
  const int32_t* __restrict normalTable = arrays.tables[2];
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t reset = arrays.parameters[2];
  const int32_t refractorySteps = arrays.parameters[3];
  const int32_t noise = arrays.parameters[4];
  const int32_t backgroundWeight = arrays.parameters[5];
  const int32_t leak = arrays.parameters[6];
  const int32_t excitatoryReversal = arrays.parameters[7];
  const int32_t inhibitoryReversal = arrays.parameters[8];
  const int32_t excitatoryLossMantissa = arrays.parameters[9];
  const int32_t excitatoryLossShift = arrays.parameters[10];
  const int32_t inhibitoryLossMantissa = arrays.parameters[11];
  const int32_t inhibitoryLossShift = arrays.parameters[12];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t refractory = refractoryOf[neuron];
    const int32_t excitatory = excitatoryOf[neuron];
    const int32_t inhibitory = inhibitoryOf[neuron];
    const int32_t excitatoryReceived = excitatoryReceivedOf[neuron];
    excitatoryReceivedOf[neuron] = 0;
    const int32_t inhibitoryReceived = inhibitoryReceivedOf[neuron];
    inhibitoryReceivedOf[neuron] = 0;
    const int32_t randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const bool t0 = (0 < refractory);
    const int32_t t1 = mixed(randomBits);
    const int32_t t2 = backgroundTable[(t1 & 4095)];
    const int32_t t3 = ((excitatory + excitatoryReceived) + ((static_cast<int32_t>(static_cast<uint32_t>(t2) >> 20) + (((t2 & 1048575) <= static_cast<int32_t>(static_cast<uint32_t>(t1) >> 12)) ? 1 : 0)) * backgroundWeight));
    const int32_t t4 = clamped(t3, 536870912);
    const int32_t t5 = (inhibitory + inhibitoryReceived);
    const int32_t t6 = clamped(t5, 536870912);
    const int32_t t7 = ((product27(leak, (bias - potential)) + product27(t4, (excitatoryReversal - potential))) + product27(t6, (inhibitoryReversal - potential)));
    const int32_t t8 = ((leak + t4) + t6);
    const int32_t t9 = ((t8 < 0) ? 0 : ((t8 < 536870912) ? t8 : 536870911));
    const int32_t t10 = (t9 >> 19);
    const int32_t t11 = relaxationTable[t10];
    const int32_t t12 = ((potential + share(clamped(t7, 536870912), (t11 + product24((relaxationTable[(t10 + 1)] - t11), ((t9 & 524287) << 5))), 1)) + product((normalTable[(randomBits & 4095)] + normalTable[static_cast<int32_t>(static_cast<uint32_t>(randomBits) >> 20)]), noise));
    const bool t13 = (!t0 & (threshold <= t12));
    potentialOf[neuron] = (t0 ? potential : (t13 ? reset : clamped(t12, 8388608)));
    refractoryOf[neuron] = (t0 ? (refractory - 1) : (t13 ? refractorySteps : 0));
    excitatoryOf[neuron] = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift));
    inhibitoryOf[neuron] = (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift));
    firedOf[neuron] = t13;
    saturated += ((((((536870912 < t3) | (t3 < (-536870912))) | ((536870912 < t5) | (t5 < (-536870912)))) | (536870912 <= t8)) | ((536870912 < t7) | (t7 < (-536870912)))) | ((8388608 < t12) | (t12 < (-8388608))));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepAdex(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
  int32_t* __restrict adaptedOf = arrays.state[4];
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t* __restrict exponentialTable = arrays.tables[0];
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t reset = arrays.parameters[2];
  const int32_t refractorySteps = arrays.parameters[3];
  const int32_t leakMantissa = arrays.parameters[6];
  const int32_t leakShift = arrays.parameters[7];
  const int32_t excitatoryLossMantissa = arrays.parameters[8];
  const int32_t excitatoryLossShift = arrays.parameters[9];
  const int32_t excitatoryGainMantissa = arrays.parameters[10];
  const int32_t excitatoryGainShift = arrays.parameters[11];
  const int32_t inhibitoryLossMantissa = arrays.parameters[12];
  const int32_t inhibitoryLossShift = arrays.parameters[13];
  const int32_t inhibitoryGainMantissa = arrays.parameters[14];
  const int32_t inhibitoryGainShift = arrays.parameters[15];
  const int32_t peak = arrays.parameters[16];
  const int32_t perSlope = arrays.parameters[17];
  const int32_t upswingMantissa = arrays.parameters[18];
  const int32_t upswingShift = arrays.parameters[19];
  const int32_t adaptation = arrays.parameters[20];
  const int32_t adaptationLossMantissa = arrays.parameters[21];
  const int32_t adaptationLossShift = arrays.parameters[22];
  const int32_t adaptationJump = arrays.parameters[23];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t refractory = refractoryOf[neuron];
    const int32_t excitatoryCurrent = excitatoryCurrentOf[neuron];
    const int32_t inhibitoryCurrent = inhibitoryCurrentOf[neuron];
    const int32_t adapted = adaptedOf[neuron];
    const int32_t excitatoryReceived = excitatoryReceivedOf[neuron];
    excitatoryReceivedOf[neuron] = 0;
    const int32_t inhibitoryReceived = inhibitoryReceivedOf[neuron];
    inhibitoryReceivedOf[neuron] = 0;
    const bool t0 = (0 < refractory);
    const int32_t t1 = (excitatoryCurrent + excitatoryReceived);
    const int32_t t2 = clamped(t1, 536870912);
    const int32_t t3 = (inhibitoryCurrent + inhibitoryReceived);
    const int32_t t4 = clamped(t3, 536870912);
    const int32_t t5 = product((potential - threshold), perSlope);
    const int32_t t6 = (((t5 < (-786432)) ? (-786432) : ((524287 < t5) ? 524287 : t5)) - (-786432));
    const int32_t t7 = (t6 >> 10);
    const int32_t t8 = exponentialTable[t7];
    const int32_t t9 = ((((potential - share(clamped(((potential - bias) + adapted), 536870912), leakMantissa, leakShift)) + share(t2, excitatoryGainMantissa, excitatoryGainShift)) + share(t4, inhibitoryGainMantissa, inhibitoryGainShift)) + (share((t8 + product24((exponentialTable[(t7 + 1)] - t8), ((t6 & 1023) << 14))), upswingMantissa, upswingShift) << 3));
    const bool t10 = (!t0 & (peak <= t9));
    const int32_t t11 = ((adapted + share(clamped((product(potential, adaptation) - adapted), 536870912), adaptationLossMantissa, adaptationLossShift)) + (t10 ? adaptationJump : 0));
    potentialOf[neuron] = (t0 ? potential : (t10 ? reset : clamped(t9, 8388608)));
    refractoryOf[neuron] = (t0 ? (refractory - 1) : (t10 ? refractorySteps : 0));
    excitatoryCurrentOf[neuron] = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift));
    inhibitoryCurrentOf[neuron] = (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift));
    adaptedOf[neuron] = clamped(t11, 536870912);
    firedOf[neuron] = t10;
    saturated += (((((536870912 < t1) | (t1 < (-536870912))) | ((536870912 < t3) | (t3 < (-536870912)))) | (t9 < (-8388608))) | ((536870912 < t11) | (t11 < (-536870912))));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepAdexDriven(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
  int32_t* __restrict adaptedOf = arrays.state[4];
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t randomKey = arrays.randomKey;
  const int32_t stepKey = arrays.stepKey;
  const int32_t* __restrict backgroundTable = arrays.tables[0];
  const int32_t* __restrict exponentialTable = arrays.tables[1];
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t reset = arrays.parameters[2];
  const int32_t refractorySteps = arrays.parameters[3];
  const int32_t backgroundWeight = arrays.parameters[5];
  const int32_t leakMantissa = arrays.parameters[6];
  const int32_t leakShift = arrays.parameters[7];
  const int32_t excitatoryLossMantissa = arrays.parameters[8];
  const int32_t excitatoryLossShift = arrays.parameters[9];
  const int32_t excitatoryGainMantissa = arrays.parameters[10];
  const int32_t excitatoryGainShift = arrays.parameters[11];
  const int32_t inhibitoryLossMantissa = arrays.parameters[12];
  const int32_t inhibitoryLossShift = arrays.parameters[13];
  const int32_t inhibitoryGainMantissa = arrays.parameters[14];
  const int32_t inhibitoryGainShift = arrays.parameters[15];
  const int32_t peak = arrays.parameters[16];
  const int32_t perSlope = arrays.parameters[17];
  const int32_t upswingMantissa = arrays.parameters[18];
  const int32_t upswingShift = arrays.parameters[19];
  const int32_t adaptation = arrays.parameters[20];
  const int32_t adaptationLossMantissa = arrays.parameters[21];
  const int32_t adaptationLossShift = arrays.parameters[22];
  const int32_t adaptationJump = arrays.parameters[23];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t refractory = refractoryOf[neuron];
    const int32_t excitatoryCurrent = excitatoryCurrentOf[neuron];
    const int32_t inhibitoryCurrent = inhibitoryCurrentOf[neuron];
    const int32_t adapted = adaptedOf[neuron];
    const int32_t excitatoryReceived = excitatoryReceivedOf[neuron];
    excitatoryReceivedOf[neuron] = 0;
    const int32_t inhibitoryReceived = inhibitoryReceivedOf[neuron];
    inhibitoryReceivedOf[neuron] = 0;
    const int32_t randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const bool t0 = (0 < refractory);
    const int32_t t1 = mixed(randomBits);
    const int32_t t2 = backgroundTable[(t1 & 4095)];
    const int32_t t3 = ((excitatoryCurrent + excitatoryReceived) + ((static_cast<int32_t>(static_cast<uint32_t>(t2) >> 20) + (((t2 & 1048575) <= static_cast<int32_t>(static_cast<uint32_t>(t1) >> 12)) ? 1 : 0)) * backgroundWeight));
    const int32_t t4 = clamped(t3, 536870912);
    const int32_t t5 = (inhibitoryCurrent + inhibitoryReceived);
    const int32_t t6 = clamped(t5, 536870912);
    const int32_t t7 = product((potential - threshold), perSlope);
    const int32_t t8 = (((t7 < (-786432)) ? (-786432) : ((524287 < t7) ? 524287 : t7)) - (-786432));
    const int32_t t9 = (t8 >> 10);
    const int32_t t10 = exponentialTable[t9];
    const int32_t t11 = ((((potential - share(clamped(((potential - bias) + adapted), 536870912), leakMantissa, leakShift)) + share(t4, excitatoryGainMantissa, excitatoryGainShift)) + share(t6, inhibitoryGainMantissa, inhibitoryGainShift)) + (share((t10 + product24((exponentialTable[(t9 + 1)] - t10), ((t8 & 1023) << 14))), upswingMantissa, upswingShift) << 3));
    const bool t12 = (!t0 & (peak <= t11));
    const int32_t t13 = ((adapted + share(clamped((product(potential, adaptation) - adapted), 536870912), adaptationLossMantissa, adaptationLossShift)) + (t12 ? adaptationJump : 0));
    potentialOf[neuron] = (t0 ? potential : (t12 ? reset : clamped(t11, 8388608)));
    refractoryOf[neuron] = (t0 ? (refractory - 1) : (t12 ? refractorySteps : 0));
    excitatoryCurrentOf[neuron] = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift));
    inhibitoryCurrentOf[neuron] = (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift));
    adaptedOf[neuron] = clamped(t13, 536870912);
    firedOf[neuron] = t12;
    saturated += (((((536870912 < t3) | (t3 < (-536870912))) | ((536870912 < t5) | (t5 < (-536870912)))) | (t11 < (-8388608))) | ((536870912 < t13) | (t13 < (-536870912))));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepAdexNoisy(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
  int32_t* __restrict adaptedOf = arrays.state[4];
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t randomKey = arrays.randomKey;
  const int32_t stepKey = arrays.stepKey;
  const int32_t* __restrict exponentialTable = arrays.tables[0];
  const int32_t* __restrict normalTable = arrays.tables[1];
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t reset = arrays.parameters[2];
  const int32_t refractorySteps = arrays.parameters[3];
  const int32_t noise = arrays.parameters[4];
  const int32_t leakMantissa = arrays.parameters[6];
  const int32_t leakShift = arrays.parameters[7];
  const int32_t excitatoryLossMantissa = arrays.parameters[8];
  const int32_t excitatoryLossShift = arrays.parameters[9];
  const int32_t excitatoryGainMantissa = arrays.parameters[10];
  const int32_t excitatoryGainShift = arrays.parameters[11];
  const int32_t inhibitoryLossMantissa = arrays.parameters[12];
  const int32_t inhibitoryLossShift = arrays.parameters[13];
  const int32_t inhibitoryGainMantissa = arrays.parameters[14];
  const int32_t inhibitoryGainShift = arrays.parameters[15];
  const int32_t peak = arrays.parameters[16];
  const int32_t perSlope = arrays.parameters[17];
  const int32_t upswingMantissa = arrays.parameters[18];
  const int32_t upswingShift = arrays.parameters[19];
  const int32_t adaptation = arrays.parameters[20];
  const int32_t adaptationLossMantissa = arrays.parameters[21];
  const int32_t adaptationLossShift = arrays.parameters[22];
  const int32_t adaptationJump = arrays.parameters[23];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t refractory = refractoryOf[neuron];
    const int32_t excitatoryCurrent = excitatoryCurrentOf[neuron];
    const int32_t inhibitoryCurrent = inhibitoryCurrentOf[neuron];
    const int32_t adapted = adaptedOf[neuron];
    const int32_t excitatoryReceived = excitatoryReceivedOf[neuron];
    excitatoryReceivedOf[neuron] = 0;
    const int32_t inhibitoryReceived = inhibitoryReceivedOf[neuron];
    inhibitoryReceivedOf[neuron] = 0;
    const int32_t randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const bool t0 = (0 < refractory);
    const int32_t t1 = (excitatoryCurrent + excitatoryReceived);
    const int32_t t2 = clamped(t1, 536870912);
    const int32_t t3 = (inhibitoryCurrent + inhibitoryReceived);
    const int32_t t4 = clamped(t3, 536870912);
    const int32_t t5 = product((potential - threshold), perSlope);
    const int32_t t6 = (((t5 < (-786432)) ? (-786432) : ((524287 < t5) ? 524287 : t5)) - (-786432));
    const int32_t t7 = (t6 >> 10);
    const int32_t t8 = exponentialTable[t7];
    const int32_t t9 = (((((potential - share(clamped(((potential - bias) + adapted), 536870912), leakMantissa, leakShift)) + share(t2, excitatoryGainMantissa, excitatoryGainShift)) + share(t4, inhibitoryGainMantissa, inhibitoryGainShift)) + (share((t8 + product24((exponentialTable[(t7 + 1)] - t8), ((t6 & 1023) << 14))), upswingMantissa, upswingShift) << 3)) + product((normalTable[(randomBits & 4095)] + normalTable[static_cast<int32_t>(static_cast<uint32_t>(randomBits) >> 20)]), noise));
    const bool t10 = (!t0 & (peak <= t9));
    const int32_t t11 = ((adapted + share(clamped((product(potential, adaptation) - adapted), 536870912), adaptationLossMantissa, adaptationLossShift)) + (t10 ? adaptationJump : 0));
    potentialOf[neuron] = (t0 ? potential : (t10 ? reset : clamped(t9, 8388608)));
    refractoryOf[neuron] = (t0 ? (refractory - 1) : (t10 ? refractorySteps : 0));
    excitatoryCurrentOf[neuron] = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift));
    inhibitoryCurrentOf[neuron] = (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift));
    adaptedOf[neuron] = clamped(t11, 536870912);
    firedOf[neuron] = t10;
    saturated += (((((536870912 < t1) | (t1 < (-536870912))) | ((536870912 < t3) | (t3 < (-536870912)))) | (t9 < (-8388608))) | ((536870912 < t11) | (t11 < (-536870912))));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepAdexNoisyDriven(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
  int32_t* __restrict adaptedOf = arrays.state[4];
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t randomKey = arrays.randomKey;
  const int32_t stepKey = arrays.stepKey;
  const int32_t* __restrict backgroundTable = arrays.tables[0];
  const int32_t* __restrict exponentialTable = arrays.tables[1];
  const int32_t* __restrict normalTable = arrays.tables[2];
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t reset = arrays.parameters[2];
  const int32_t refractorySteps = arrays.parameters[3];
  const int32_t noise = arrays.parameters[4];
  const int32_t backgroundWeight = arrays.parameters[5];
  const int32_t leakMantissa = arrays.parameters[6];
  const int32_t leakShift = arrays.parameters[7];
  const int32_t excitatoryLossMantissa = arrays.parameters[8];
  const int32_t excitatoryLossShift = arrays.parameters[9];
  const int32_t excitatoryGainMantissa = arrays.parameters[10];
  const int32_t excitatoryGainShift = arrays.parameters[11];
  const int32_t inhibitoryLossMantissa = arrays.parameters[12];
  const int32_t inhibitoryLossShift = arrays.parameters[13];
  const int32_t inhibitoryGainMantissa = arrays.parameters[14];
  const int32_t inhibitoryGainShift = arrays.parameters[15];
  const int32_t peak = arrays.parameters[16];
  const int32_t perSlope = arrays.parameters[17];
  const int32_t upswingMantissa = arrays.parameters[18];
  const int32_t upswingShift = arrays.parameters[19];
  const int32_t adaptation = arrays.parameters[20];
  const int32_t adaptationLossMantissa = arrays.parameters[21];
  const int32_t adaptationLossShift = arrays.parameters[22];
  const int32_t adaptationJump = arrays.parameters[23];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t refractory = refractoryOf[neuron];
    const int32_t excitatoryCurrent = excitatoryCurrentOf[neuron];
    const int32_t inhibitoryCurrent = inhibitoryCurrentOf[neuron];
    const int32_t adapted = adaptedOf[neuron];
    const int32_t excitatoryReceived = excitatoryReceivedOf[neuron];
    excitatoryReceivedOf[neuron] = 0;
    const int32_t inhibitoryReceived = inhibitoryReceivedOf[neuron];
    inhibitoryReceivedOf[neuron] = 0;
    const int32_t randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const bool t0 = (0 < refractory);
    const int32_t t1 = mixed(randomBits);
    const int32_t t2 = backgroundTable[(t1 & 4095)];
    const int32_t t3 = ((excitatoryCurrent + excitatoryReceived) + ((static_cast<int32_t>(static_cast<uint32_t>(t2) >> 20) + (((t2 & 1048575) <= static_cast<int32_t>(static_cast<uint32_t>(t1) >> 12)) ? 1 : 0)) * backgroundWeight));
    const int32_t t4 = clamped(t3, 536870912);
    const int32_t t5 = (inhibitoryCurrent + inhibitoryReceived);
    const int32_t t6 = clamped(t5, 536870912);
    const int32_t t7 = product((potential - threshold), perSlope);
    const int32_t t8 = (((t7 < (-786432)) ? (-786432) : ((524287 < t7) ? 524287 : t7)) - (-786432));
    const int32_t t9 = (t8 >> 10);
    const int32_t t10 = exponentialTable[t9];
    const int32_t t11 = (((((potential - share(clamped(((potential - bias) + adapted), 536870912), leakMantissa, leakShift)) + share(t4, excitatoryGainMantissa, excitatoryGainShift)) + share(t6, inhibitoryGainMantissa, inhibitoryGainShift)) + (share((t10 + product24((exponentialTable[(t9 + 1)] - t10), ((t8 & 1023) << 14))), upswingMantissa, upswingShift) << 3)) + product((normalTable[(randomBits & 4095)] + normalTable[static_cast<int32_t>(static_cast<uint32_t>(randomBits) >> 20)]), noise));
    const bool t12 = (!t0 & (peak <= t11));
    const int32_t t13 = ((adapted + share(clamped((product(potential, adaptation) - adapted), 536870912), adaptationLossMantissa, adaptationLossShift)) + (t12 ? adaptationJump : 0));
    potentialOf[neuron] = (t0 ? potential : (t12 ? reset : clamped(t11, 8388608)));
    refractoryOf[neuron] = (t0 ? (refractory - 1) : (t12 ? refractorySteps : 0));
    excitatoryCurrentOf[neuron] = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift));
    inhibitoryCurrentOf[neuron] = (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift));
    adaptedOf[neuron] = clamped(t13, 536870912);
    firedOf[neuron] = t12;
    saturated += (((((536870912 < t3) | (t3 < (-536870912))) | ((536870912 < t5) | (t5 < (-536870912)))) | (t11 < (-8388608))) | ((536870912 < t13) | (t13 < (-536870912))));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepIzhikevich(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict recoveryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t stepMantissa = arrays.parameters[0];
  const int32_t stepShift = arrays.parameters[1];
  const int32_t recoveryMantissa = arrays.parameters[2];
  const int32_t recoveryShift = arrays.parameters[3];
  const int32_t sensitivity = arrays.parameters[4];
  const int32_t reset = arrays.parameters[5];
  const int32_t jump = arrays.parameters[6];
  const int32_t peak = arrays.parameters[7];
  const int32_t bias = arrays.parameters[8];
  const int32_t excitatoryLossMantissa = arrays.parameters[10];
  const int32_t excitatoryLossShift = arrays.parameters[11];
  const int32_t excitatoryGainMantissa = arrays.parameters[12];
  const int32_t excitatoryGainShift = arrays.parameters[13];
  const int32_t inhibitoryLossMantissa = arrays.parameters[14];
  const int32_t inhibitoryLossShift = arrays.parameters[15];
  const int32_t inhibitoryGainMantissa = arrays.parameters[16];
  const int32_t inhibitoryGainShift = arrays.parameters[17];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t recovery = recoveryOf[neuron];
    const int32_t excitatoryCurrent = excitatoryCurrentOf[neuron];
    const int32_t inhibitoryCurrent = inhibitoryCurrentOf[neuron];
    const int32_t excitatoryReceived = excitatoryReceivedOf[neuron];
    excitatoryReceivedOf[neuron] = 0;
    const int32_t inhibitoryReceived = inhibitoryReceivedOf[neuron];
    inhibitoryReceivedOf[neuron] = 0;
    const int32_t t0 = (excitatoryCurrent + excitatoryReceived);
    const int32_t t1 = clamped(t0, 536870912);
    const int32_t t2 = (inhibitoryCurrent + inhibitoryReceived);
    const int32_t t3 = clamped(t2, 536870912);
    const int32_t t4 = (((potential + share(clamped(((((product(share(potential, 20972, 5), potential) + (potential * 5)) + 9175040) - recovery) + bias), 536870912), stepMantissa, stepShift)) + share(t1, excitatoryGainMantissa, excitatoryGainShift)) + share(t3, inhibitoryGainMantissa, inhibitoryGainShift));
    const bool t5 = (peak <= t4);
    const int32_t t6 = ((recovery + share(clamped((product(sensitivity, potential) - recovery), 536870912), recoveryMantissa, recoveryShift)) + (t5 ? jump : 0));
    potentialOf[neuron] = (t5 ? reset : clamped(t4, 11796480));
    recoveryOf[neuron] = clamped(t6, 536870912);
    excitatoryCurrentOf[neuron] = (t1 - share(t1, excitatoryLossMantissa, excitatoryLossShift));
    inhibitoryCurrentOf[neuron] = (t3 - share(t3, inhibitoryLossMantissa, inhibitoryLossShift));
    firedOf[neuron] = t5;
    saturated += (((((536870912 < t0) | (t0 < (-536870912))) | ((536870912 < t2) | (t2 < (-536870912)))) | (t4 < (-11796480))) | ((536870912 < t6) | (t6 < (-536870912))));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepIzhikevichNoisy(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict recoveryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t randomKey = arrays.randomKey;
  const int32_t stepKey = arrays.stepKey;
  const int32_t* __restrict normalTable = arrays.tables[0];
  const int32_t stepMantissa = arrays.parameters[0];
  const int32_t stepShift = arrays.parameters[1];
  const int32_t recoveryMantissa = arrays.parameters[2];
  const int32_t recoveryShift = arrays.parameters[3];
  const int32_t sensitivity = arrays.parameters[4];
  const int32_t reset = arrays.parameters[5];
  const int32_t jump = arrays.parameters[6];
  const int32_t peak = arrays.parameters[7];
  const int32_t bias = arrays.parameters[8];
  const int32_t noise = arrays.parameters[9];
  const int32_t excitatoryLossMantissa = arrays.parameters[10];
  const int32_t excitatoryLossShift = arrays.parameters[11];
  const int32_t excitatoryGainMantissa = arrays.parameters[12];
  const int32_t excitatoryGainShift = arrays.parameters[13];
  const int32_t inhibitoryLossMantissa = arrays.parameters[14];
  const int32_t inhibitoryLossShift = arrays.parameters[15];
  const int32_t inhibitoryGainMantissa = arrays.parameters[16];
  const int32_t inhibitoryGainShift = arrays.parameters[17];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t recovery = recoveryOf[neuron];
    const int32_t excitatoryCurrent = excitatoryCurrentOf[neuron];
    const int32_t inhibitoryCurrent = inhibitoryCurrentOf[neuron];
    const int32_t excitatoryReceived = excitatoryReceivedOf[neuron];
    excitatoryReceivedOf[neuron] = 0;
    const int32_t inhibitoryReceived = inhibitoryReceivedOf[neuron];
    inhibitoryReceivedOf[neuron] = 0;
    const int32_t randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const int32_t t0 = (excitatoryCurrent + excitatoryReceived);
    const int32_t t1 = clamped(t0, 536870912);
    const int32_t t2 = (inhibitoryCurrent + inhibitoryReceived);
    const int32_t t3 = clamped(t2, 536870912);
    const int32_t t4 = ((((potential + share(clamped(((((product(share(potential, 20972, 5), potential) + (potential * 5)) + 9175040) - recovery) + bias), 536870912), stepMantissa, stepShift)) + share(t1, excitatoryGainMantissa, excitatoryGainShift)) + share(t3, inhibitoryGainMantissa, inhibitoryGainShift)) + product((normalTable[(randomBits & 4095)] + normalTable[static_cast<int32_t>(static_cast<uint32_t>(randomBits) >> 20)]), noise));
    const bool t5 = (peak <= t4);
    const int32_t t6 = ((recovery + share(clamped((product(sensitivity, potential) - recovery), 536870912), recoveryMantissa, recoveryShift)) + (t5 ? jump : 0));
    potentialOf[neuron] = (t5 ? reset : clamped(t4, 11796480));
    recoveryOf[neuron] = clamped(t6, 536870912);
    excitatoryCurrentOf[neuron] = (t1 - share(t1, excitatoryLossMantissa, excitatoryLossShift));
    inhibitoryCurrentOf[neuron] = (t3 - share(t3, inhibitoryLossMantissa, inhibitoryLossShift));
    firedOf[neuron] = t5;
    saturated += (((((536870912 < t0) | (t0 < (-536870912))) | ((536870912 < t2) | (t2 < (-536870912)))) | (t4 < (-11796480))) | ((536870912 < t6) | (t6 < (-536870912))));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepRate(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict dueOf = arrays.state[1];
  int32_t* __restrict sentOf = arrays.state[2];
  int32_t* __restrict receivedOf = arrays.received[0];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t leakMantissa = arrays.parameters[3];
  const int32_t leakShift = arrays.parameters[4];
  const int32_t gainMantissa = arrays.parameters[5];
  const int32_t gainShift = arrays.parameters[6];
  const int32_t most = arrays.parameters[7];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t due = dueOf[neuron];
    const int32_t received = receivedOf[neuron];
    receivedOf[neuron] = 0;
    const int32_t t0 = ((potential - share((potential - bias), leakMantissa, leakShift)) + received);
    const int32_t t1 = clamped(t0, 536870912);
    const int32_t t2 = clamped((t1 - threshold), 16777216);
    const int32_t t3 = (share(t2, gainMantissa, gainShift) << 6);
    const int32_t t4 = (due + ((0 < t2) ? ((most < t3) ? most : t3) : 0));
    potentialOf[neuron] = t1;
    dueOf[neuron] = (t4 & 16777215);
    sentOf[neuron] = (((t4 >> 20) - (due >> 20)) << 11);
    firedOf[neuron] = (16777216 <= t4);
    saturated += ((536870912 < t0) | (t0 < (-536870912)));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepRateNoisy(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict dueOf = arrays.state[1];
  int32_t* __restrict sentOf = arrays.state[2];
  int32_t* __restrict receivedOf = arrays.received[0];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t randomKey = arrays.randomKey;
  const int32_t stepKey = arrays.stepKey;
  const int32_t* __restrict normalTable = arrays.tables[0];
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t noise = arrays.parameters[2];
  const int32_t leakMantissa = arrays.parameters[3];
  const int32_t leakShift = arrays.parameters[4];
  const int32_t gainMantissa = arrays.parameters[5];
  const int32_t gainShift = arrays.parameters[6];
  const int32_t most = arrays.parameters[7];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t due = dueOf[neuron];
    const int32_t received = receivedOf[neuron];
    receivedOf[neuron] = 0;
    const int32_t randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const int32_t t0 = (((potential - share((potential - bias), leakMantissa, leakShift)) + received) + product((normalTable[(randomBits & 4095)] + normalTable[static_cast<int32_t>(static_cast<uint32_t>(randomBits) >> 20)]), noise));
    const int32_t t1 = clamped(t0, 536870912);
    const int32_t t2 = clamped((t1 - threshold), 16777216);
    const int32_t t3 = (share(t2, gainMantissa, gainShift) << 6);
    const int32_t t4 = (due + ((0 < t2) ? ((most < t3) ? most : t3) : 0));
    potentialOf[neuron] = t1;
    dueOf[neuron] = (t4 & 16777215);
    sentOf[neuron] = (((t4 >> 20) - (due >> 20)) << 11);
    firedOf[neuron] = (16777216 <= t4);
    saturated += ((536870912 < t0) | (t0 < (-536870912)));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepPoisson(const StepArrays& arrays) {
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t randomKey = arrays.randomKey;
  const int32_t stepKey = arrays.stepKey;
  const int32_t chance = arrays.parameters[0];
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    firedOf[neuron] = (static_cast<int32_t>(static_cast<uint32_t>(randomBits) >> 1) < chance);
  }
  return 0;
}

EXOCORTEX_CLONES
int32_t stepSpikeSource(const StepArrays& arrays) {
  int32_t* __restrict receivedOf = arrays.received[0];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t received = receivedOf[neuron];
    receivedOf[neuron] = 0;
    firedOf[neuron] = (0 < received);
  }
  return 0;
}

}  // namespace

const std::map<std::string, StepKernel> stepKernels = {
    {"lif", stepLif},
    {"dualLif", stepDualLif},
    {"lifDriven", stepLifDriven},
    {"dualLifDriven", stepDualLifDriven},
    {"lifNoisy", stepLifNoisy},
    {"dualLifNoisy", stepDualLifNoisy},
    {"lifNoisyDriven", stepLifNoisyDriven},
    {"dualLifNoisyDriven", stepDualLifNoisyDriven},
    {"conductanceLif", stepConductanceLif},
    {"conductanceLifDriven", stepConductanceLifDriven},
    {"conductanceLifNoisy", stepConductanceLifNoisy},
    {"conductanceLifNoisyDriven", stepConductanceLifNoisyDriven},
    {"adex", stepAdex},
    {"adexDriven", stepAdexDriven},
    {"adexNoisy", stepAdexNoisy},
    {"adexNoisyDriven", stepAdexNoisyDriven},
    {"izhikevich", stepIzhikevich},
    {"izhikevichNoisy", stepIzhikevichNoisy},
    {"rate", stepRate},
    {"rateNoisy", stepRateNoisy},
    {"poisson", stepPoisson},
    {"spikeSource", stepSpikeSource},
};

}  // namespace exocortex
