// Written by `npx vitest run simulation/kernel -u` from simulation/models and simulation/learning.
#pragma once

#include "kernel-arrays.hpp"

namespace exocortex {

namespace {

inline int32_t share(int32_t value, int32_t mantissa, int32_t shift) {
  return ((((((value >> 14) * mantissa) + (((value & 16383) * mantissa) >> 14)) >> (shift - 1)) + 1) >> 1);
}

inline int32_t clamped(int32_t value, int32_t bound) {
  const int32_t t0 = (bound * (-1));
  return ((value < t0) ? t0 : ((bound < value) ? bound : value));
}

inline int32_t product(int32_t a, int32_t b) {
  const int32_t t0 = (a >> 16);
  const int32_t t1 = (b >> 16);
  const int32_t t2 = (b & 65535);
  const int32_t t3 = (a & 65535);
  return (((((t0 * t1) << 16) + (t0 * t2)) + (t3 * t1)) + static_cast<int32_t>(static_cast<uint32_t>((t3 * t2)) >> 16));
}

inline int32_t mixed(int32_t value) {
  const int32_t t0 = ((value ^ static_cast<int32_t>(static_cast<uint32_t>(value) >> 16)) * 569420461);
  const int32_t t1 = ((t0 ^ static_cast<int32_t>(static_cast<uint32_t>(t0) >> 15)) * 1935289751);
  return (t1 ^ static_cast<int32_t>(static_cast<uint32_t>(t1) >> 15));
}

EXOCORTEX_CLONES
int32_t stepLif(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict driveOf = arrays.state[1];
  int32_t* __restrict refractoryOf = arrays.state[2];
  int32_t* __restrict receivedOf = arrays.received[0];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t reset = arrays.parameters[2];
  const int32_t refractorySteps = arrays.parameters[3];
  const int32_t leakMantissa = arrays.parameters[4];
  const int32_t leakShift = arrays.parameters[5];
  const int32_t driveLossMantissa = arrays.parameters[6];
  const int32_t driveLossShift = arrays.parameters[7];
  const int32_t gainMantissa = arrays.parameters[8];
  const int32_t gainShift = arrays.parameters[9];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t drive = driveOf[neuron];
    const int32_t refractory = refractoryOf[neuron];
    const int32_t received = receivedOf[neuron];
    receivedOf[neuron] = 0;
    const bool t0 = (0 < refractory);
    const int32_t t1 = (drive + received);
    const int32_t t2 = clamped(t1, 536870912);
    const int32_t t3 = ((potential - share((potential - bias), leakMantissa, leakShift)) + share(t2, gainMantissa, gainShift));
    const bool t4 = (!t0 & (threshold <= t3));
    potentialOf[neuron] = (t0 ? potential : (t4 ? reset : clamped(t3, 536870912)));
    driveOf[neuron] = (t2 - share(t2, driveLossMantissa, driveLossShift));
    refractoryOf[neuron] = (t0 ? (refractory - 1) : (t4 ? refractorySteps : 0));
    firedOf[neuron] = t4;
    saturated += (((536870912 < t1) | (t1 < (-536870912))) | ((536870912 < t3) | (t3 < (-536870912))));
  }
  return saturated;
}

EXOCORTEX_CLONES
int32_t stepNoisyLif(const StepArrays& arrays) {
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict driveOf = arrays.state[1];
  int32_t* __restrict refractoryOf = arrays.state[2];
  int32_t* __restrict receivedOf = arrays.received[0];
  uint8_t* __restrict firedOf = arrays.fired;
  const int32_t neurons = arrays.neurons;
  const int32_t randomKey = arrays.randomKey;
  const int32_t stepKey = arrays.stepKey;
  const int32_t* __restrict normalTable = arrays.normalTable;
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t reset = arrays.parameters[2];
  const int32_t refractorySteps = arrays.parameters[3];
  const int32_t leakMantissa = arrays.parameters[4];
  const int32_t leakShift = arrays.parameters[5];
  const int32_t driveLossMantissa = arrays.parameters[6];
  const int32_t driveLossShift = arrays.parameters[7];
  const int32_t gainMantissa = arrays.parameters[8];
  const int32_t gainShift = arrays.parameters[9];
  const int32_t noise = arrays.parameters[10];
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (int32_t neuron = 0; neuron < neurons; neuron++) {
    const int32_t potential = potentialOf[neuron];
    const int32_t drive = driveOf[neuron];
    const int32_t refractory = refractoryOf[neuron];
    const int32_t received = receivedOf[neuron];
    receivedOf[neuron] = 0;
    const int32_t randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const bool t0 = (0 < refractory);
    const int32_t t1 = (drive + received);
    const int32_t t2 = clamped(t1, 536870912);
    const int32_t t3 = (((potential - share((potential - bias), leakMantissa, leakShift)) + share(t2, gainMantissa, gainShift)) + product((normalTable[(randomBits & 4095)] + normalTable[static_cast<int32_t>(static_cast<uint32_t>(randomBits) >> 20)]), noise));
    const bool t4 = (!t0 & (threshold <= t3));
    potentialOf[neuron] = (t0 ? potential : (t4 ? reset : clamped(t3, 536870912)));
    driveOf[neuron] = (t2 - share(t2, driveLossMantissa, driveLossShift));
    refractoryOf[neuron] = (t0 ? (refractory - 1) : (t4 ? refractorySteps : 0));
    firedOf[neuron] = t4;
    saturated += (((536870912 < t1) | (t1 < (-536870912))) | ((536870912 < t3) | (t3 < (-536870912))));
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

int64_t pairStdpOnArrival(const PlasticArrays& arrays, uint32_t sender) {
  const int32_t depressionMantissa = arrays.parameters[2];
  const int32_t depressionShift = arrays.parameters[3];
  int64_t change = 0;
  for (uint32_t synapse = arrays.rowStart[sender]; synapse < arrays.rowStart[sender + 1]; synapse++) {
    const uint32_t receiver = arrays.targets[synapse];
    const int32_t receiverTrace = arrays.receiverTraces[0][receiver];
    const int32_t weight = arrays.weights[synapse];
    const int32_t t0 = (weight - share(receiverTrace, depressionMantissa, depressionShift));
    const int32_t after = ((t0 < 0) ? 0 : t0);
    arrays.weights[synapse] = after;
    change += after - weight;
  }
  return change;
}

int64_t pairStdpOnFiring(const PlasticArrays& arrays, uint32_t receiver) {
  const int32_t potentiationMantissa = arrays.parameters[0];
  const int32_t potentiationShift = arrays.parameters[1];
  const int32_t maximum = arrays.parameters[4];
  int64_t change = 0;
  for (uint32_t entry = arrays.columnStart[receiver]; entry < arrays.columnStart[receiver + 1]; entry++) {
    EXOCORTEX_PREFETCH(&arrays.weights[arrays.synapses[entry + prefetchAhead]]);
    const uint32_t synapse = arrays.synapses[entry];
    const uint32_t sender = arrays.senders[entry];
    const int32_t senderTrace = arrays.senderTraces[0][sender];
    const int32_t weight = arrays.weights[synapse];
    const int32_t t0 = (weight + share(senderTrace, potentiationMantissa, potentiationShift));
    const int32_t after = ((maximum < t0) ? maximum : t0);
    arrays.weights[synapse] = after;
    change += after - weight;
  }
  return change;
}

}  // namespace

inline const std::map<std::string, StepKernel> stepKernels = {
    {"lif", stepLif},
    {"noisyLif", stepNoisyLif},
    {"poisson", stepPoisson},
};

inline const std::map<std::string, RuleKernel> ruleKernels = {
    {"pairStdp", {pairStdpOnArrival, pairStdpOnFiring}},
};

}  // namespace exocortex
