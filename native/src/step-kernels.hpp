// Written by `npx vitest run simulation/kernel -u` from simulation/models.
// Included once for each kind of lanes, in the namespace of lanes-*.hpp.

inline Int mixed(Int value) {
  const Int t0 = ((value ^ shiftedIn(value, 16)) * 569420461);
  const Int t1 = ((t0 ^ shiftedIn(t0, 15)) * 1935289751);
  return (t1 ^ shiftedIn(t1, 15));
}

inline Int relaxationOf(Int entry, Int z) {
  return ((entry & 65535) + ((262144 - (((entry >> 16) & 127) * ((z & 524287) + 8388608))) >> 19));
}

EXOCORTEX_STEP
Stepped stepLif(const StepArrays& arrays) {
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
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
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int potential = load(potentialOf + first);
    const Int refractory = load(refractoryOf + first);
    const Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    const Int excitatoryReceived = load(excitatoryReceivedOf + first);
    store(excitatoryReceivedOf + first, 0);
    const Bool t0 = (0 < refractory);
    const Int t1 = (excitatoryCurrent + excitatoryReceived);
    const Int t2 = clamped(t1, 536870912);
    const Int t3 = ((potential - share((potential - bias), leakMantissa, leakShift)) + share(t2, excitatoryGainMantissa, excitatoryGainShift));
    const Bool t4 = (!t0 & (threshold <= t3));
    const Int t5 = clamped(t3, 536870912);
    store(potentialOf + first, choose(t4, reset, choose(t0, potential, t5)));
    store(refractoryOf + first, choose(t4, refractorySteps, choose(t0, (refractory - 1), 0)));
    store(excitatoryCurrentOf + first, (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift)));
    fired.add(first, t4);
    saturated += countOf(((t5 != t3) | (t2 != t1)), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepDualLif(const StepArrays& arrays) {
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
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
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int potential = load(potentialOf + first);
    const Int refractory = load(refractoryOf + first);
    const Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    const Int inhibitoryCurrent = load(inhibitoryCurrentOf + first);
    const Int excitatoryReceived = load(excitatoryReceivedOf + first);
    store(excitatoryReceivedOf + first, 0);
    const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
    store(inhibitoryReceivedOf + first, 0);
    const Bool t0 = (0 < refractory);
    const Int t1 = (excitatoryCurrent + excitatoryReceived);
    const Int t2 = clamped(t1, 536870912);
    const Int t3 = (inhibitoryCurrent + inhibitoryReceived);
    const Int t4 = clamped(t3, 536870912);
    const Int t5 = (((potential - share((potential - bias), leakMantissa, leakShift)) + share(t2, excitatoryGainMantissa, excitatoryGainShift)) + share(t4, inhibitoryGainMantissa, inhibitoryGainShift));
    const Bool t6 = (!t0 & (threshold <= t5));
    const Int t7 = clamped(t5, 536870912);
    store(potentialOf + first, choose(t6, reset, choose(t0, potential, t7)));
    store(refractoryOf + first, choose(t6, refractorySteps, choose(t0, (refractory - 1), 0)));
    store(excitatoryCurrentOf + first, (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift)));
    store(inhibitoryCurrentOf + first, (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift)));
    fired.add(first, t6);
    saturated += countOf((((t7 != t5) | (t2 != t1)) | (t4 != t3)), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepLifDriven(const StepArrays& arrays) {
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  const int32_t stepKey = arrays.stepKey;
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  const int32_t randomKey = arrays.randomKey;
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
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int neuron = numbersFrom(static_cast<int32_t>(first));
    const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const Int potential = load(potentialOf + first);
    const Int refractory = load(refractoryOf + first);
    const Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    const Int excitatoryReceived = load(excitatoryReceivedOf + first);
    store(excitatoryReceivedOf + first, 0);
    const Bool t0 = (0 < refractory);
    const Int t1 = mixed(randomBits);
    const Int t2 = lookup(backgroundTable, (t1 & 4095));
    const Int t3 = ((excitatoryCurrent + excitatoryReceived) + ((shiftedIn(t2, 20) + choose(((t2 & 1048575) <= shiftedIn(t1, 12)), 1, 0)) * backgroundWeight));
    const Int t4 = clamped(t3, 536870912);
    const Int t5 = ((potential - share((potential - bias), leakMantissa, leakShift)) + share(t4, excitatoryGainMantissa, excitatoryGainShift));
    const Bool t6 = (!t0 & (threshold <= t5));
    const Int t7 = clamped(t5, 536870912);
    store(potentialOf + first, choose(t6, reset, choose(t0, potential, t7)));
    store(refractoryOf + first, choose(t6, refractorySteps, choose(t0, (refractory - 1), 0)));
    store(excitatoryCurrentOf + first, (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift)));
    fired.add(first, t6);
    saturated += countOf(((t7 != t5) | (t4 != t3)), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepDualLifDriven(const StepArrays& arrays) {
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  const int32_t stepKey = arrays.stepKey;
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
  const int32_t randomKey = arrays.randomKey;
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
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int neuron = numbersFrom(static_cast<int32_t>(first));
    const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const Int potential = load(potentialOf + first);
    const Int refractory = load(refractoryOf + first);
    const Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    const Int inhibitoryCurrent = load(inhibitoryCurrentOf + first);
    const Int excitatoryReceived = load(excitatoryReceivedOf + first);
    store(excitatoryReceivedOf + first, 0);
    const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
    store(inhibitoryReceivedOf + first, 0);
    const Bool t0 = (0 < refractory);
    const Int t1 = mixed(randomBits);
    const Int t2 = lookup(backgroundTable, (t1 & 4095));
    const Int t3 = ((excitatoryCurrent + excitatoryReceived) + ((shiftedIn(t2, 20) + choose(((t2 & 1048575) <= shiftedIn(t1, 12)), 1, 0)) * backgroundWeight));
    const Int t4 = clamped(t3, 536870912);
    const Int t5 = (inhibitoryCurrent + inhibitoryReceived);
    const Int t6 = clamped(t5, 536870912);
    const Int t7 = (((potential - share((potential - bias), leakMantissa, leakShift)) + share(t4, excitatoryGainMantissa, excitatoryGainShift)) + share(t6, inhibitoryGainMantissa, inhibitoryGainShift));
    const Bool t8 = (!t0 & (threshold <= t7));
    const Int t9 = clamped(t7, 536870912);
    store(potentialOf + first, choose(t8, reset, choose(t0, potential, t9)));
    store(refractoryOf + first, choose(t8, refractorySteps, choose(t0, (refractory - 1), 0)));
    store(excitatoryCurrentOf + first, (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift)));
    store(inhibitoryCurrentOf + first, (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift)));
    fired.add(first, t8);
    saturated += countOf((((t9 != t7) | (t4 != t3)) | (t6 != t5)), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepLifNoisy(const StepArrays& arrays) {
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  const int32_t stepKey = arrays.stepKey;
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  const int32_t randomKey = arrays.randomKey;
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
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int neuron = numbersFrom(static_cast<int32_t>(first));
    const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const Int potential = load(potentialOf + first);
    const Int refractory = load(refractoryOf + first);
    const Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    const Int excitatoryReceived = load(excitatoryReceivedOf + first);
    store(excitatoryReceivedOf + first, 0);
    const Bool t0 = (0 < refractory);
    const Int t1 = (excitatoryCurrent + excitatoryReceived);
    const Int t2 = clamped(t1, 536870912);
    const Int t3 = (((potential - share((potential - bias), leakMantissa, leakShift)) + share(t2, excitatoryGainMantissa, excitatoryGainShift)) + product((lookup(normalTable, (randomBits & 4095)) + lookup(normalTable, shiftedIn(randomBits, 20))), noise));
    const Bool t4 = (!t0 & (threshold <= t3));
    const Int t5 = clamped(t3, 536870912);
    store(potentialOf + first, choose(t4, reset, choose(t0, potential, t5)));
    store(refractoryOf + first, choose(t4, refractorySteps, choose(t0, (refractory - 1), 0)));
    store(excitatoryCurrentOf + first, (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift)));
    fired.add(first, t4);
    saturated += countOf(((t5 != t3) | (t2 != t1)), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepDualLifNoisy(const StepArrays& arrays) {
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  const int32_t stepKey = arrays.stepKey;
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
  const int32_t randomKey = arrays.randomKey;
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
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int neuron = numbersFrom(static_cast<int32_t>(first));
    const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const Int potential = load(potentialOf + first);
    const Int refractory = load(refractoryOf + first);
    const Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    const Int inhibitoryCurrent = load(inhibitoryCurrentOf + first);
    const Int excitatoryReceived = load(excitatoryReceivedOf + first);
    store(excitatoryReceivedOf + first, 0);
    const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
    store(inhibitoryReceivedOf + first, 0);
    const Bool t0 = (0 < refractory);
    const Int t1 = (excitatoryCurrent + excitatoryReceived);
    const Int t2 = clamped(t1, 536870912);
    const Int t3 = (inhibitoryCurrent + inhibitoryReceived);
    const Int t4 = clamped(t3, 536870912);
    const Int t5 = ((((potential - share((potential - bias), leakMantissa, leakShift)) + share(t2, excitatoryGainMantissa, excitatoryGainShift)) + share(t4, inhibitoryGainMantissa, inhibitoryGainShift)) + product((lookup(normalTable, (randomBits & 4095)) + lookup(normalTable, shiftedIn(randomBits, 20))), noise));
    const Bool t6 = (!t0 & (threshold <= t5));
    const Int t7 = clamped(t5, 536870912);
    store(potentialOf + first, choose(t6, reset, choose(t0, potential, t7)));
    store(refractoryOf + first, choose(t6, refractorySteps, choose(t0, (refractory - 1), 0)));
    store(excitatoryCurrentOf + first, (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift)));
    store(inhibitoryCurrentOf + first, (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift)));
    fired.add(first, t6);
    saturated += countOf((((t7 != t5) | (t2 != t1)) | (t4 != t3)), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepLifNoisyDriven(const StepArrays& arrays) {
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  const int32_t stepKey = arrays.stepKey;
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  const int32_t randomKey = arrays.randomKey;
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
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int neuron = numbersFrom(static_cast<int32_t>(first));
    const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const Int potential = load(potentialOf + first);
    const Int refractory = load(refractoryOf + first);
    const Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    const Int excitatoryReceived = load(excitatoryReceivedOf + first);
    store(excitatoryReceivedOf + first, 0);
    const Bool t0 = (0 < refractory);
    const Int t1 = mixed(randomBits);
    const Int t2 = lookup(backgroundTable, (t1 & 4095));
    const Int t3 = ((excitatoryCurrent + excitatoryReceived) + ((shiftedIn(t2, 20) + choose(((t2 & 1048575) <= shiftedIn(t1, 12)), 1, 0)) * backgroundWeight));
    const Int t4 = clamped(t3, 536870912);
    const Int t5 = (((potential - share((potential - bias), leakMantissa, leakShift)) + share(t4, excitatoryGainMantissa, excitatoryGainShift)) + product((lookup(normalTable, (randomBits & 4095)) + lookup(normalTable, shiftedIn(randomBits, 20))), noise));
    const Bool t6 = (!t0 & (threshold <= t5));
    const Int t7 = clamped(t5, 536870912);
    store(potentialOf + first, choose(t6, reset, choose(t0, potential, t7)));
    store(refractoryOf + first, choose(t6, refractorySteps, choose(t0, (refractory - 1), 0)));
    store(excitatoryCurrentOf + first, (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift)));
    fired.add(first, t6);
    saturated += countOf(((t7 != t5) | (t4 != t3)), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepDualLifNoisyDriven(const StepArrays& arrays) {
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  const int32_t stepKey = arrays.stepKey;
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
  const int32_t randomKey = arrays.randomKey;
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
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int neuron = numbersFrom(static_cast<int32_t>(first));
    const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const Int potential = load(potentialOf + first);
    const Int refractory = load(refractoryOf + first);
    const Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    const Int inhibitoryCurrent = load(inhibitoryCurrentOf + first);
    const Int excitatoryReceived = load(excitatoryReceivedOf + first);
    store(excitatoryReceivedOf + first, 0);
    const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
    store(inhibitoryReceivedOf + first, 0);
    const Bool t0 = (0 < refractory);
    const Int t1 = mixed(randomBits);
    const Int t2 = lookup(backgroundTable, (t1 & 4095));
    const Int t3 = ((excitatoryCurrent + excitatoryReceived) + ((shiftedIn(t2, 20) + choose(((t2 & 1048575) <= shiftedIn(t1, 12)), 1, 0)) * backgroundWeight));
    const Int t4 = clamped(t3, 536870912);
    const Int t5 = (inhibitoryCurrent + inhibitoryReceived);
    const Int t6 = clamped(t5, 536870912);
    const Int t7 = ((((potential - share((potential - bias), leakMantissa, leakShift)) + share(t4, excitatoryGainMantissa, excitatoryGainShift)) + share(t6, inhibitoryGainMantissa, inhibitoryGainShift)) + product((lookup(normalTable, (randomBits & 4095)) + lookup(normalTable, shiftedIn(randomBits, 20))), noise));
    const Bool t8 = (!t0 & (threshold <= t7));
    const Int t9 = clamped(t7, 536870912);
    store(potentialOf + first, choose(t8, reset, choose(t0, potential, t9)));
    store(refractoryOf + first, choose(t8, refractorySteps, choose(t0, (refractory - 1), 0)));
    store(excitatoryCurrentOf + first, (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift)));
    store(inhibitoryCurrentOf + first, (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift)));
    fired.add(first, t8);
    saturated += countOf((((t9 != t7) | (t4 != t3)) | (t6 != t5)), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepConductanceLif(const StepArrays& arrays) {
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryOf = arrays.state[2];
  int32_t* __restrict inhibitoryOf = arrays.state[3];
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
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int potential = load(potentialOf + first);
    const Int refractory = load(refractoryOf + first);
    const Int excitatory = load(excitatoryOf + first);
    const Int inhibitory = load(inhibitoryOf + first);
    const Int excitatoryReceived = load(excitatoryReceivedOf + first);
    store(excitatoryReceivedOf + first, 0);
    const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
    store(inhibitoryReceivedOf + first, 0);
    const Bool t0 = (0 < refractory);
    const Int t1 = ((excitatory + excitatoryReceived) + 0);
    const Int t2 = clamped(t1, 536870912);
    const Int t3 = (inhibitory + inhibitoryReceived);
    const Int t4 = clamped(t3, 536870912);
    const Int t5 = ((product27(leak, (bias - potential)) + product27(t2, (excitatoryReversal - potential))) + product27(t4, (inhibitoryReversal - potential)));
    const Int t6 = clamped(t5, 536870912);
    const Int t7 = ((leak + t2) + t4);
    const Int t8 = fromZeroTo(t7, 536870911);
    const Int t9 = (potential + share(t6, relaxationOf(lookup(relaxationTable, (t8 >> 19)), t8), 1));
    const Bool t10 = (!t0 & (threshold <= t9));
    const Int t11 = clamped(t9, 8388608);
    store(potentialOf + first, choose(t10, reset, choose(t0, potential, t11)));
    store(refractoryOf + first, choose(t10, refractorySteps, choose(t0, (refractory - 1), 0)));
    store(excitatoryOf + first, (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift)));
    store(inhibitoryOf + first, (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift)));
    fired.add(first, t10);
    saturated += countOf((((((t2 != t1) | (t4 != t3)) | (536870912 <= t7)) | (t6 != t5)) | (t11 != t9)), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepConductanceLifDriven(const StepArrays& arrays) {
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  const int32_t stepKey = arrays.stepKey;
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryOf = arrays.state[2];
  int32_t* __restrict inhibitoryOf = arrays.state[3];
  const int32_t randomKey = arrays.randomKey;
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
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int neuron = numbersFrom(static_cast<int32_t>(first));
    const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const Int potential = load(potentialOf + first);
    const Int refractory = load(refractoryOf + first);
    const Int excitatory = load(excitatoryOf + first);
    const Int inhibitory = load(inhibitoryOf + first);
    const Int excitatoryReceived = load(excitatoryReceivedOf + first);
    store(excitatoryReceivedOf + first, 0);
    const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
    store(inhibitoryReceivedOf + first, 0);
    const Bool t0 = (0 < refractory);
    const Int t1 = mixed(randomBits);
    const Int t2 = lookup(backgroundTable, (t1 & 4095));
    const Int t3 = ((excitatory + excitatoryReceived) + ((shiftedIn(t2, 20) + choose(((t2 & 1048575) <= shiftedIn(t1, 12)), 1, 0)) * backgroundWeight));
    const Int t4 = clamped(t3, 536870912);
    const Int t5 = (inhibitory + inhibitoryReceived);
    const Int t6 = clamped(t5, 536870912);
    const Int t7 = ((product27(leak, (bias - potential)) + product27(t4, (excitatoryReversal - potential))) + product27(t6, (inhibitoryReversal - potential)));
    const Int t8 = clamped(t7, 536870912);
    const Int t9 = ((leak + t4) + t6);
    const Int t10 = fromZeroTo(t9, 536870911);
    const Int t11 = (potential + share(t8, relaxationOf(lookup(relaxationTable, (t10 >> 19)), t10), 1));
    const Bool t12 = (!t0 & (threshold <= t11));
    const Int t13 = clamped(t11, 8388608);
    store(potentialOf + first, choose(t12, reset, choose(t0, potential, t13)));
    store(refractoryOf + first, choose(t12, refractorySteps, choose(t0, (refractory - 1), 0)));
    store(excitatoryOf + first, (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift)));
    store(inhibitoryOf + first, (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift)));
    fired.add(first, t12);
    saturated += countOf((((((t4 != t3) | (t6 != t5)) | (536870912 <= t9)) | (t8 != t7)) | (t13 != t11)), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepConductanceLifNoisy(const StepArrays& arrays) {
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  const int32_t stepKey = arrays.stepKey;
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryOf = arrays.state[2];
  int32_t* __restrict inhibitoryOf = arrays.state[3];
  const int32_t randomKey = arrays.randomKey;
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
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int neuron = numbersFrom(static_cast<int32_t>(first));
    const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const Int potential = load(potentialOf + first);
    const Int refractory = load(refractoryOf + first);
    const Int excitatory = load(excitatoryOf + first);
    const Int inhibitory = load(inhibitoryOf + first);
    const Int excitatoryReceived = load(excitatoryReceivedOf + first);
    store(excitatoryReceivedOf + first, 0);
    const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
    store(inhibitoryReceivedOf + first, 0);
    const Bool t0 = (0 < refractory);
    const Int t1 = ((excitatory + excitatoryReceived) + 0);
    const Int t2 = clamped(t1, 536870912);
    const Int t3 = (inhibitory + inhibitoryReceived);
    const Int t4 = clamped(t3, 536870912);
    const Int t5 = ((product27(leak, (bias - potential)) + product27(t2, (excitatoryReversal - potential))) + product27(t4, (inhibitoryReversal - potential)));
    const Int t6 = clamped(t5, 536870912);
    const Int t7 = ((leak + t2) + t4);
    const Int t8 = fromZeroTo(t7, 536870911);
    const Int t9 = ((potential + share(t6, relaxationOf(lookup(relaxationTable, (t8 >> 19)), t8), 1)) + product((lookup(normalTable, (randomBits & 4095)) + lookup(normalTable, shiftedIn(randomBits, 20))), noise));
    const Bool t10 = (!t0 & (threshold <= t9));
    const Int t11 = clamped(t9, 8388608);
    store(potentialOf + first, choose(t10, reset, choose(t0, potential, t11)));
    store(refractoryOf + first, choose(t10, refractorySteps, choose(t0, (refractory - 1), 0)));
    store(excitatoryOf + first, (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift)));
    store(inhibitoryOf + first, (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift)));
    fired.add(first, t10);
    saturated += countOf((((((t2 != t1) | (t4 != t3)) | (536870912 <= t7)) | (t6 != t5)) | (t11 != t9)), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepConductanceLifNoisyDriven(const StepArrays& arrays) {
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  const int32_t stepKey = arrays.stepKey;
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryOf = arrays.state[2];
  int32_t* __restrict inhibitoryOf = arrays.state[3];
  const int32_t randomKey = arrays.randomKey;
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
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int neuron = numbersFrom(static_cast<int32_t>(first));
    const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const Int potential = load(potentialOf + first);
    const Int refractory = load(refractoryOf + first);
    const Int excitatory = load(excitatoryOf + first);
    const Int inhibitory = load(inhibitoryOf + first);
    const Int excitatoryReceived = load(excitatoryReceivedOf + first);
    store(excitatoryReceivedOf + first, 0);
    const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
    store(inhibitoryReceivedOf + first, 0);
    const Bool t0 = (0 < refractory);
    const Int t1 = mixed(randomBits);
    const Int t2 = lookup(backgroundTable, (t1 & 4095));
    const Int t3 = ((excitatory + excitatoryReceived) + ((shiftedIn(t2, 20) + choose(((t2 & 1048575) <= shiftedIn(t1, 12)), 1, 0)) * backgroundWeight));
    const Int t4 = clamped(t3, 536870912);
    const Int t5 = (inhibitory + inhibitoryReceived);
    const Int t6 = clamped(t5, 536870912);
    const Int t7 = ((product27(leak, (bias - potential)) + product27(t4, (excitatoryReversal - potential))) + product27(t6, (inhibitoryReversal - potential)));
    const Int t8 = clamped(t7, 536870912);
    const Int t9 = ((leak + t4) + t6);
    const Int t10 = fromZeroTo(t9, 536870911);
    const Int t11 = ((potential + share(t8, relaxationOf(lookup(relaxationTable, (t10 >> 19)), t10), 1)) + product((lookup(normalTable, (randomBits & 4095)) + lookup(normalTable, shiftedIn(randomBits, 20))), noise));
    const Bool t12 = (!t0 & (threshold <= t11));
    const Int t13 = clamped(t11, 8388608);
    store(potentialOf + first, choose(t12, reset, choose(t0, potential, t13)));
    store(refractoryOf + first, choose(t12, refractorySteps, choose(t0, (refractory - 1), 0)));
    store(excitatoryOf + first, (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift)));
    store(inhibitoryOf + first, (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift)));
    fired.add(first, t12);
    saturated += countOf((((((t4 != t3) | (t6 != t5)) | (536870912 <= t9)) | (t8 != t7)) | (t13 != t11)), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepAdex(const StepArrays& arrays) {
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
  int32_t* __restrict adaptedOf = arrays.state[4];
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
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int potential = load(potentialOf + first);
    const Int refractory = load(refractoryOf + first);
    const Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    const Int inhibitoryCurrent = load(inhibitoryCurrentOf + first);
    const Int adapted = load(adaptedOf + first);
    const Int excitatoryReceived = load(excitatoryReceivedOf + first);
    store(excitatoryReceivedOf + first, 0);
    const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
    store(inhibitoryReceivedOf + first, 0);
    const Bool t0 = (0 < refractory);
    const Int t1 = (excitatoryCurrent + excitatoryReceived);
    const Int t2 = clamped(t1, 536870912);
    const Int t3 = (inhibitoryCurrent + inhibitoryReceived);
    const Int t4 = clamped(t3, 536870912);
    const Int t5 = product((potential - threshold), perSlope);
    const Int t6 = (choose((t5 < (-786432)), (-786432), choose((524287 < t5), 524287, t5)) - (-786432));
    const Int t7 = (t6 >> 10);
    const Int t8 = lookup(exponentialTable, t7);
    const Int t9 = ((((potential - share(clamped(((potential - bias) + adapted), 536870912), leakMantissa, leakShift)) + share(t2, excitatoryGainMantissa, excitatoryGainShift)) + share(t4, inhibitoryGainMantissa, inhibitoryGainShift)) + (share((t8 + product24((lookup(exponentialTable, (t7 + 1)) - t8), ((t6 & 1023) << 14))), upswingMantissa, upswingShift) << 3));
    const Bool t10 = (!t0 & (peak <= t9));
    const Int t11 = ((adapted + share(clamped((product(potential, adaptation) - adapted), 536870912), adaptationLossMantissa, adaptationLossShift)) + choose(t10, adaptationJump, 0));
    store(potentialOf + first, choose(t10, reset, choose(t0, potential, clamped(t9, 8388608))));
    store(refractoryOf + first, choose(t10, refractorySteps, choose(t0, (refractory - 1), 0)));
    store(excitatoryCurrentOf + first, (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift)));
    store(inhibitoryCurrentOf + first, (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift)));
    store(adaptedOf + first, clamped(t11, 536870912));
    fired.add(first, t10);
    saturated += countOf(((((t2 != t1) | (t4 != t3)) | (t9 < (-8388608))) | ((536870912 < t11) | (t11 < (-536870912)))), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepAdexDriven(const StepArrays& arrays) {
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  const int32_t stepKey = arrays.stepKey;
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
  int32_t* __restrict adaptedOf = arrays.state[4];
  const int32_t randomKey = arrays.randomKey;
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
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int neuron = numbersFrom(static_cast<int32_t>(first));
    const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const Int potential = load(potentialOf + first);
    const Int refractory = load(refractoryOf + first);
    const Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    const Int inhibitoryCurrent = load(inhibitoryCurrentOf + first);
    const Int adapted = load(adaptedOf + first);
    const Int excitatoryReceived = load(excitatoryReceivedOf + first);
    store(excitatoryReceivedOf + first, 0);
    const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
    store(inhibitoryReceivedOf + first, 0);
    const Bool t0 = (0 < refractory);
    const Int t1 = mixed(randomBits);
    const Int t2 = lookup(backgroundTable, (t1 & 4095));
    const Int t3 = ((excitatoryCurrent + excitatoryReceived) + ((shiftedIn(t2, 20) + choose(((t2 & 1048575) <= shiftedIn(t1, 12)), 1, 0)) * backgroundWeight));
    const Int t4 = clamped(t3, 536870912);
    const Int t5 = (inhibitoryCurrent + inhibitoryReceived);
    const Int t6 = clamped(t5, 536870912);
    const Int t7 = product((potential - threshold), perSlope);
    const Int t8 = (choose((t7 < (-786432)), (-786432), choose((524287 < t7), 524287, t7)) - (-786432));
    const Int t9 = (t8 >> 10);
    const Int t10 = lookup(exponentialTable, t9);
    const Int t11 = ((((potential - share(clamped(((potential - bias) + adapted), 536870912), leakMantissa, leakShift)) + share(t4, excitatoryGainMantissa, excitatoryGainShift)) + share(t6, inhibitoryGainMantissa, inhibitoryGainShift)) + (share((t10 + product24((lookup(exponentialTable, (t9 + 1)) - t10), ((t8 & 1023) << 14))), upswingMantissa, upswingShift) << 3));
    const Bool t12 = (!t0 & (peak <= t11));
    const Int t13 = ((adapted + share(clamped((product(potential, adaptation) - adapted), 536870912), adaptationLossMantissa, adaptationLossShift)) + choose(t12, adaptationJump, 0));
    store(potentialOf + first, choose(t12, reset, choose(t0, potential, clamped(t11, 8388608))));
    store(refractoryOf + first, choose(t12, refractorySteps, choose(t0, (refractory - 1), 0)));
    store(excitatoryCurrentOf + first, (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift)));
    store(inhibitoryCurrentOf + first, (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift)));
    store(adaptedOf + first, clamped(t13, 536870912));
    fired.add(first, t12);
    saturated += countOf(((((t4 != t3) | (t6 != t5)) | (t11 < (-8388608))) | ((536870912 < t13) | (t13 < (-536870912)))), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepAdexNoisy(const StepArrays& arrays) {
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  const int32_t stepKey = arrays.stepKey;
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
  int32_t* __restrict adaptedOf = arrays.state[4];
  const int32_t randomKey = arrays.randomKey;
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
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int neuron = numbersFrom(static_cast<int32_t>(first));
    const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const Int potential = load(potentialOf + first);
    const Int refractory = load(refractoryOf + first);
    const Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    const Int inhibitoryCurrent = load(inhibitoryCurrentOf + first);
    const Int adapted = load(adaptedOf + first);
    const Int excitatoryReceived = load(excitatoryReceivedOf + first);
    store(excitatoryReceivedOf + first, 0);
    const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
    store(inhibitoryReceivedOf + first, 0);
    const Bool t0 = (0 < refractory);
    const Int t1 = (excitatoryCurrent + excitatoryReceived);
    const Int t2 = clamped(t1, 536870912);
    const Int t3 = (inhibitoryCurrent + inhibitoryReceived);
    const Int t4 = clamped(t3, 536870912);
    const Int t5 = product((potential - threshold), perSlope);
    const Int t6 = (choose((t5 < (-786432)), (-786432), choose((524287 < t5), 524287, t5)) - (-786432));
    const Int t7 = (t6 >> 10);
    const Int t8 = lookup(exponentialTable, t7);
    const Int t9 = (((((potential - share(clamped(((potential - bias) + adapted), 536870912), leakMantissa, leakShift)) + share(t2, excitatoryGainMantissa, excitatoryGainShift)) + share(t4, inhibitoryGainMantissa, inhibitoryGainShift)) + (share((t8 + product24((lookup(exponentialTable, (t7 + 1)) - t8), ((t6 & 1023) << 14))), upswingMantissa, upswingShift) << 3)) + product((lookup(normalTable, (randomBits & 4095)) + lookup(normalTable, shiftedIn(randomBits, 20))), noise));
    const Bool t10 = (!t0 & (peak <= t9));
    const Int t11 = ((adapted + share(clamped((product(potential, adaptation) - adapted), 536870912), adaptationLossMantissa, adaptationLossShift)) + choose(t10, adaptationJump, 0));
    store(potentialOf + first, choose(t10, reset, choose(t0, potential, clamped(t9, 8388608))));
    store(refractoryOf + first, choose(t10, refractorySteps, choose(t0, (refractory - 1), 0)));
    store(excitatoryCurrentOf + first, (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift)));
    store(inhibitoryCurrentOf + first, (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift)));
    store(adaptedOf + first, clamped(t11, 536870912));
    fired.add(first, t10);
    saturated += countOf(((((t2 != t1) | (t4 != t3)) | (t9 < (-8388608))) | ((536870912 < t11) | (t11 < (-536870912)))), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepAdexNoisyDriven(const StepArrays& arrays) {
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  const int32_t stepKey = arrays.stepKey;
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict refractoryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
  int32_t* __restrict adaptedOf = arrays.state[4];
  const int32_t randomKey = arrays.randomKey;
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
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int neuron = numbersFrom(static_cast<int32_t>(first));
    const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const Int potential = load(potentialOf + first);
    const Int refractory = load(refractoryOf + first);
    const Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    const Int inhibitoryCurrent = load(inhibitoryCurrentOf + first);
    const Int adapted = load(adaptedOf + first);
    const Int excitatoryReceived = load(excitatoryReceivedOf + first);
    store(excitatoryReceivedOf + first, 0);
    const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
    store(inhibitoryReceivedOf + first, 0);
    const Bool t0 = (0 < refractory);
    const Int t1 = mixed(randomBits);
    const Int t2 = lookup(backgroundTable, (t1 & 4095));
    const Int t3 = ((excitatoryCurrent + excitatoryReceived) + ((shiftedIn(t2, 20) + choose(((t2 & 1048575) <= shiftedIn(t1, 12)), 1, 0)) * backgroundWeight));
    const Int t4 = clamped(t3, 536870912);
    const Int t5 = (inhibitoryCurrent + inhibitoryReceived);
    const Int t6 = clamped(t5, 536870912);
    const Int t7 = product((potential - threshold), perSlope);
    const Int t8 = (choose((t7 < (-786432)), (-786432), choose((524287 < t7), 524287, t7)) - (-786432));
    const Int t9 = (t8 >> 10);
    const Int t10 = lookup(exponentialTable, t9);
    const Int t11 = (((((potential - share(clamped(((potential - bias) + adapted), 536870912), leakMantissa, leakShift)) + share(t4, excitatoryGainMantissa, excitatoryGainShift)) + share(t6, inhibitoryGainMantissa, inhibitoryGainShift)) + (share((t10 + product24((lookup(exponentialTable, (t9 + 1)) - t10), ((t8 & 1023) << 14))), upswingMantissa, upswingShift) << 3)) + product((lookup(normalTable, (randomBits & 4095)) + lookup(normalTable, shiftedIn(randomBits, 20))), noise));
    const Bool t12 = (!t0 & (peak <= t11));
    const Int t13 = ((adapted + share(clamped((product(potential, adaptation) - adapted), 536870912), adaptationLossMantissa, adaptationLossShift)) + choose(t12, adaptationJump, 0));
    store(potentialOf + first, choose(t12, reset, choose(t0, potential, clamped(t11, 8388608))));
    store(refractoryOf + first, choose(t12, refractorySteps, choose(t0, (refractory - 1), 0)));
    store(excitatoryCurrentOf + first, (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift)));
    store(inhibitoryCurrentOf + first, (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift)));
    store(adaptedOf + first, clamped(t13, 536870912));
    fired.add(first, t12);
    saturated += countOf(((((t4 != t3) | (t6 != t5)) | (t11 < (-8388608))) | ((536870912 < t13) | (t13 < (-536870912)))), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepIzhikevich(const StepArrays& arrays) {
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict recoveryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
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
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int potential = load(potentialOf + first);
    const Int recovery = load(recoveryOf + first);
    const Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    const Int inhibitoryCurrent = load(inhibitoryCurrentOf + first);
    const Int excitatoryReceived = load(excitatoryReceivedOf + first);
    store(excitatoryReceivedOf + first, 0);
    const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
    store(inhibitoryReceivedOf + first, 0);
    const Int t0 = (excitatoryCurrent + excitatoryReceived);
    const Int t1 = clamped(t0, 536870912);
    const Int t2 = (inhibitoryCurrent + inhibitoryReceived);
    const Int t3 = clamped(t2, 536870912);
    const Int t4 = (((potential + share(clamped(((((product(share(potential, 20972, 5), potential) + (potential * 5)) + 9175040) - recovery) + bias), 536870912), stepMantissa, stepShift)) + share(t1, excitatoryGainMantissa, excitatoryGainShift)) + share(t3, inhibitoryGainMantissa, inhibitoryGainShift));
    const Bool t5 = (peak <= t4);
    const Int t6 = ((recovery + share(clamped((product(sensitivity, potential) - recovery), 536870912), recoveryMantissa, recoveryShift)) + choose(t5, jump, 0));
    store(potentialOf + first, choose(t5, reset, clamped(t4, 11796480)));
    store(recoveryOf + first, clamped(t6, 536870912));
    store(excitatoryCurrentOf + first, (t1 - share(t1, excitatoryLossMantissa, excitatoryLossShift)));
    store(inhibitoryCurrentOf + first, (t3 - share(t3, inhibitoryLossMantissa, inhibitoryLossShift)));
    fired.add(first, t5);
    saturated += countOf(((((t1 != t0) | (t3 != t2)) | (t4 < (-11796480))) | ((536870912 < t6) | (t6 < (-536870912)))), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepIzhikevichNoisy(const StepArrays& arrays) {
  int32_t* __restrict excitatoryReceivedOf = arrays.received[0];
  int32_t* __restrict inhibitoryReceivedOf = arrays.received[1];
  const int32_t stepKey = arrays.stepKey;
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict recoveryOf = arrays.state[1];
  int32_t* __restrict excitatoryCurrentOf = arrays.state[2];
  int32_t* __restrict inhibitoryCurrentOf = arrays.state[3];
  const int32_t randomKey = arrays.randomKey;
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
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int neuron = numbersFrom(static_cast<int32_t>(first));
    const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const Int potential = load(potentialOf + first);
    const Int recovery = load(recoveryOf + first);
    const Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    const Int inhibitoryCurrent = load(inhibitoryCurrentOf + first);
    const Int excitatoryReceived = load(excitatoryReceivedOf + first);
    store(excitatoryReceivedOf + first, 0);
    const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
    store(inhibitoryReceivedOf + first, 0);
    const Int t0 = (excitatoryCurrent + excitatoryReceived);
    const Int t1 = clamped(t0, 536870912);
    const Int t2 = (inhibitoryCurrent + inhibitoryReceived);
    const Int t3 = clamped(t2, 536870912);
    const Int t4 = ((((potential + share(clamped(((((product(share(potential, 20972, 5), potential) + (potential * 5)) + 9175040) - recovery) + bias), 536870912), stepMantissa, stepShift)) + share(t1, excitatoryGainMantissa, excitatoryGainShift)) + share(t3, inhibitoryGainMantissa, inhibitoryGainShift)) + product((lookup(normalTable, (randomBits & 4095)) + lookup(normalTable, shiftedIn(randomBits, 20))), noise));
    const Bool t5 = (peak <= t4);
    const Int t6 = ((recovery + share(clamped((product(sensitivity, potential) - recovery), 536870912), recoveryMantissa, recoveryShift)) + choose(t5, jump, 0));
    store(potentialOf + first, choose(t5, reset, clamped(t4, 11796480)));
    store(recoveryOf + first, clamped(t6, 536870912));
    store(excitatoryCurrentOf + first, (t1 - share(t1, excitatoryLossMantissa, excitatoryLossShift)));
    store(inhibitoryCurrentOf + first, (t3 - share(t3, inhibitoryLossMantissa, inhibitoryLossShift)));
    fired.add(first, t5);
    saturated += countOf(((((t1 != t0) | (t3 != t2)) | (t4 < (-11796480))) | ((536870912 < t6) | (t6 < (-536870912)))), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepRate(const StepArrays& arrays) {
  int32_t* __restrict receivedOf = arrays.received[0];
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict dueOf = arrays.state[1];
  int32_t* __restrict sentOf = arrays.state[2];
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t leakMantissa = arrays.parameters[3];
  const int32_t leakShift = arrays.parameters[4];
  const int32_t gainMantissa = arrays.parameters[5];
  const int32_t gainShift = arrays.parameters[6];
  const int32_t most = arrays.parameters[7];
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int potential = load(potentialOf + first);
    const Int due = load(dueOf + first);
    const Int received = load(receivedOf + first);
    store(receivedOf + first, 0);
    const Int t0 = ((potential - share((potential - bias), leakMantissa, leakShift)) + received);
    const Int t1 = clamped(t0, 536870912);
    const Int t2 = clamped((t1 - threshold), 16777216);
    const Int t3 = (share(t2, gainMantissa, gainShift) << 6);
    const Int t4 = (due + choose((0 < t2), choose((most < t3), most, t3), 0));
    store(potentialOf + first, t1);
    store(dueOf + first, (t4 & 16777215));
    store(sentOf + first, (((t4 >> 20) - (due >> 20)) << 11));
    fired.add(first, (16777216 <= t4));
    saturated += countOf((t1 != t0), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepRateNoisy(const StepArrays& arrays) {
  int32_t* __restrict receivedOf = arrays.received[0];
  const int32_t stepKey = arrays.stepKey;
  int32_t* __restrict potentialOf = arrays.state[0];
  int32_t* __restrict dueOf = arrays.state[1];
  int32_t* __restrict sentOf = arrays.state[2];
  const int32_t randomKey = arrays.randomKey;
  const int32_t* __restrict normalTable = arrays.tables[0];
  const int32_t bias = arrays.parameters[0];
  const int32_t threshold = arrays.parameters[1];
  const int32_t noise = arrays.parameters[2];
  const int32_t leakMantissa = arrays.parameters[3];
  const int32_t leakShift = arrays.parameters[4];
  const int32_t gainMantissa = arrays.parameters[5];
  const int32_t gainShift = arrays.parameters[6];
  const int32_t most = arrays.parameters[7];
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int neuron = numbersFrom(static_cast<int32_t>(first));
    const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    const Int potential = load(potentialOf + first);
    const Int due = load(dueOf + first);
    const Int received = load(receivedOf + first);
    store(receivedOf + first, 0);
    const Int t0 = (((potential - share((potential - bias), leakMantissa, leakShift)) + received) + product((lookup(normalTable, (randomBits & 4095)) + lookup(normalTable, shiftedIn(randomBits, 20))), noise));
    const Int t1 = clamped(t0, 536870912);
    const Int t2 = clamped((t1 - threshold), 16777216);
    const Int t3 = (share(t2, gainMantissa, gainShift) << 6);
    const Int t4 = (due + choose((0 < t2), choose((most < t3), most, t3), 0));
    store(potentialOf + first, t1);
    store(dueOf + first, (t4 & 16777215));
    store(sentOf + first, (((t4 >> 20) - (due >> 20)) << 11));
    fired.add(first, (16777216 <= t4));
    saturated += countOf((t1 != t0), neurons - first);
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepPoisson(const StepArrays& arrays) {
  const int32_t stepKey = arrays.stepKey;
  const int32_t randomKey = arrays.randomKey;
  const int32_t chance = arrays.parameters[0];
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int neuron = numbersFrom(static_cast<int32_t>(first));
    const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
    fired.add(first, (shiftedIn(randomBits, 1) < chance));
  }
  return {saturated, fired.list(arrays)};
}

EXOCORTEX_STEP
Stepped stepSpikeSource(const StepArrays& arrays) {
  int32_t* __restrict receivedOf = arrays.received[0];
  const std::ptrdiff_t neurons = arrays.neurons;
  Fired fired(arrays);
  int32_t saturated = 0;
  EXOCORTEX_INDEPENDENT
  for (std::ptrdiff_t first = 0; first < neurons; first += lanes) {
    const Int received = load(receivedOf + first);
    store(receivedOf + first, 0);
    fired.add(first, (0 < received));
  }
  return {saturated, fired.list(arrays)};
}

constexpr NamedStepKernel stepKernels[] = {
    {"lif", stepByStep<stepLif>, 0xaa80},
    {"dualLif", stepByStep<stepDualLif>, 0xaa80},
    {"lifDriven", stepByStep<stepLifDriven>, 0xaa80},
    {"dualLifDriven", stepByStep<stepDualLifDriven>, 0xaa80},
    {"lifNoisy", stepByStep<stepLifNoisy>, 0xaa80},
    {"dualLifNoisy", stepByStep<stepDualLifNoisy>, 0xaa80},
    {"lifNoisyDriven", stepByStep<stepLifNoisyDriven>, 0xaa80},
    {"dualLifNoisyDriven", stepByStep<stepDualLifNoisyDriven>, 0xaa80},
    {"conductanceLif", stepByStep<stepConductanceLif>, 0x1400},
    {"conductanceLifDriven", stepByStep<stepConductanceLifDriven>, 0x1400},
    {"conductanceLifNoisy", stepByStep<stepConductanceLifNoisy>, 0x1400},
    {"conductanceLifNoisyDriven", stepByStep<stepConductanceLifNoisyDriven>, 0x1400},
    {"adex", stepByStep<stepAdex>, 0x48aa80},
    {"adexDriven", stepByStep<stepAdexDriven>, 0x48aa80},
    {"adexNoisy", stepByStep<stepAdexNoisy>, 0x48aa80},
    {"adexNoisyDriven", stepByStep<stepAdexNoisyDriven>, 0x48aa80},
    {"izhikevich", stepByStep<stepIzhikevich>, 0x2a80a},
    {"izhikevichNoisy", stepByStep<stepIzhikevichNoisy>, 0x2a80a},
    {"rate", stepByStep<stepRate>, 0x50},
    {"rateNoisy", stepByStep<stepRateNoisy>, 0x50},
    {"poisson", stepByStep<stepPoisson>, 0x0},
    {"spikeSource", stepByStep<stepSpikeSource>, 0x0},
};
