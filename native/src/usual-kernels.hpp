// Written by `npx vitest run simulation/kernel -u` from simulation/models.
// Included in the namespace of lanes-usual.hpp, behind the kernels that compute the neurons to which something unusual happens.

constexpr int32_t mostUsualParameter = 5000000;
constexpr int32_t leastUsualShift = 3;
constexpr int32_t mostUsualShift = 10;

__attribute__((noinline))
void usualLif(const StepArrays* of, uint32_t steps, Stepped* stepped) {
  const StepArrays& arrays = of[0];
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
  const Share leak(leakMantissa, leakShift);
  const Share excitatoryLoss(excitatoryLossMantissa, excitatoryLossShift);
  const Share excitatoryGain(excitatoryGainMantissa, excitatoryGainShift);
  const SumOfShares sum(8388608, bias, leak, excitatoryGain);
  Fired fired[mostStepsAtOnce];
  for (uint32_t step = 0; step < steps; step++) fired[step] = Fired(of[step]);
  for (std::ptrdiff_t first = 0; first < arrays.neurons; first += lanes) {
    Int potential = load(potentialOf + first);
    Int refractory = load(refractoryOf + first);
    Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    for (uint32_t step = 0; step < steps; step++) {
      const StepArrays& now = of[step];
      int32_t* __restrict excitatoryReceivedOf = now.received[0];
      const Int excitatoryReceived = load(excitatoryReceivedOf + first);
      const Int t0 = (excitatoryCurrent + excitatoryReceived);
      const Int t1 = sum.encoded(sum.plus(sum.from(potential), t0, excitatoryGain));
      const Int t2 = sum.decoded(t1);
      const Bool t3 = (0 < refractory);
      const Float sizes = floatOf(t0);
      Int potentialNext = choose(t3, potential, t2);
      Int refractoryNext = choose(t3, (refractory - 1), 0);
      if (isAny(sizes, 8388608.0F, sum.reaches(t1, threshold))) {
        if (isAny(sizes, 8388608.0F, sum.isOutside(t1))) {
          store(potentialOf + first, potential);
          store(refractoryOf + first, refractory);
          store(excitatoryCurrentOf + first, excitatoryCurrent);
          stepFew<3, 1>(registers::stepLif, now, first, fired[step]);
          potential = load(potentialOf + first);
          refractory = load(refractoryOf + first);
          excitatoryCurrent = load(excitatoryCurrentOf + first);
          continue;
        }
        const Bool fires = (!t3 & (threshold <= t2));
        fired[step].add(first, fires);
        potentialNext = choose(fires, reset, potentialNext);
        refractoryNext = choose(fires, refractorySteps, refractoryNext);
      }
      const Int excitatoryCurrentNext = left(t0, excitatoryLoss);
      store(excitatoryReceivedOf + first, 0);
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
    }
    store(potentialOf + first, potential);
    store(refractoryOf + first, refractory);
    store(excitatoryCurrentOf + first, excitatoryCurrent);
  }
  for (uint32_t step = 0; step < steps; step++) stepped[step] = fired[step].stepped();
}

__attribute__((noinline))
void usualDualLif(const StepArrays* of, uint32_t steps, Stepped* stepped) {
  const StepArrays& arrays = of[0];
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
  const Share leak(leakMantissa, leakShift);
  const Share excitatoryLoss(excitatoryLossMantissa, excitatoryLossShift);
  const Share excitatoryGain(excitatoryGainMantissa, excitatoryGainShift);
  const Share inhibitoryLoss(inhibitoryLossMantissa, inhibitoryLossShift);
  const Share inhibitoryGain(inhibitoryGainMantissa, inhibitoryGainShift);
  const SumOfShares sum(8388608, bias, leak, excitatoryGain, inhibitoryGain);
  Fired fired[mostStepsAtOnce];
  for (uint32_t step = 0; step < steps; step++) fired[step] = Fired(of[step]);
  for (std::ptrdiff_t first = 0; first < arrays.neurons; first += lanes) {
    Int potential = load(potentialOf + first);
    Int refractory = load(refractoryOf + first);
    Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    Int inhibitoryCurrent = load(inhibitoryCurrentOf + first);
    for (uint32_t step = 0; step < steps; step++) {
      const StepArrays& now = of[step];
      int32_t* __restrict excitatoryReceivedOf = now.received[0];
      int32_t* __restrict inhibitoryReceivedOf = now.received[1];
      const Int excitatoryReceived = load(excitatoryReceivedOf + first);
      const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
      const Int t0 = (excitatoryCurrent + excitatoryReceived);
      const Int t1 = (inhibitoryCurrent + inhibitoryReceived);
      const Int t2 = sum.encoded(sum.plus(sum.plus(sum.from(potential), t0, excitatoryGain), t1, inhibitoryGain));
      const Int t3 = sum.decoded(t2);
      const Bool t4 = (0 < refractory);
      const Float sizes = larger(floatOf(t0), t1);
      Int potentialNext = choose(t4, potential, t3);
      Int refractoryNext = choose(t4, (refractory - 1), 0);
      if (isAny(sizes, 8388608.0F, sum.reaches(t2, threshold))) {
        if (isAny(sizes, 8388608.0F, sum.isOutside(t2))) {
          store(potentialOf + first, potential);
          store(refractoryOf + first, refractory);
          store(excitatoryCurrentOf + first, excitatoryCurrent);
          store(inhibitoryCurrentOf + first, inhibitoryCurrent);
          stepFew<4, 2>(registers::stepDualLif, now, first, fired[step]);
          potential = load(potentialOf + first);
          refractory = load(refractoryOf + first);
          excitatoryCurrent = load(excitatoryCurrentOf + first);
          inhibitoryCurrent = load(inhibitoryCurrentOf + first);
          continue;
        }
        const Bool fires = (!t4 & (threshold <= t3));
        fired[step].add(first, fires);
        potentialNext = choose(fires, reset, potentialNext);
        refractoryNext = choose(fires, refractorySteps, refractoryNext);
      }
      const Int excitatoryCurrentNext = left(t0, excitatoryLoss);
      const Int inhibitoryCurrentNext = left(t1, inhibitoryLoss);
      store(excitatoryReceivedOf + first, 0);
      store(inhibitoryReceivedOf + first, 0);
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
      inhibitoryCurrent = inhibitoryCurrentNext;
    }
    store(potentialOf + first, potential);
    store(refractoryOf + first, refractory);
    store(excitatoryCurrentOf + first, excitatoryCurrent);
    store(inhibitoryCurrentOf + first, inhibitoryCurrent);
  }
  for (uint32_t step = 0; step < steps; step++) stepped[step] = fired[step].stepped();
}

__attribute__((noinline))
void usualLifDriven(const StepArrays* of, uint32_t steps, Stepped* stepped) {
  const StepArrays& arrays = of[0];
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
  const Share leak(leakMantissa, leakShift);
  const Share excitatoryLoss(excitatoryLossMantissa, excitatoryLossShift);
  const Share excitatoryGain(excitatoryGainMantissa, excitatoryGainShift);
  const SumOfShares sum(8388608, bias, leak, excitatoryGain);
  Fired fired[mostStepsAtOnce];
  for (uint32_t step = 0; step < steps; step++) fired[step] = Fired(of[step]);
  for (std::ptrdiff_t first = 0; first < arrays.neurons; first += lanes) {
    Int potential = load(potentialOf + first);
    Int refractory = load(refractoryOf + first);
    Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    for (uint32_t step = 0; step < steps; step++) {
      const StepArrays& now = of[step];
      int32_t* __restrict excitatoryReceivedOf = now.received[0];
      const int32_t stepKey = now.stepKey;
      const Int neuron = numbersFrom(static_cast<int32_t>(first));
      const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      const Int excitatoryReceived = load(excitatoryReceivedOf + first);
      const Int t0 = mixed(randomBits);
      const Int t1 = lookup(backgroundTable, (t0 & 4095));
      const Int t2 = ((excitatoryCurrent + excitatoryReceived) + ((shiftedIn(t1, 20) + choose(((t1 & 1048575) <= shiftedIn(t0, 12)), 1, 0)) * backgroundWeight));
      const Int t3 = sum.encoded(sum.plus(sum.from(potential), t2, excitatoryGain));
      const Int t4 = sum.decoded(t3);
      const Bool t5 = (0 < refractory);
      const Float sizes = floatOf(t2);
      Int potentialNext = choose(t5, potential, t4);
      Int refractoryNext = choose(t5, (refractory - 1), 0);
      if (isAny(sizes, 8388608.0F, sum.reaches(t3, threshold))) {
        if (isAny(sizes, 8388608.0F, sum.isOutside(t3))) {
          store(potentialOf + first, potential);
          store(refractoryOf + first, refractory);
          store(excitatoryCurrentOf + first, excitatoryCurrent);
          stepFew<3, 1>(registers::stepLifDriven, now, first, fired[step]);
          potential = load(potentialOf + first);
          refractory = load(refractoryOf + first);
          excitatoryCurrent = load(excitatoryCurrentOf + first);
          continue;
        }
        const Bool fires = (!t5 & (threshold <= t4));
        fired[step].add(first, fires);
        potentialNext = choose(fires, reset, potentialNext);
        refractoryNext = choose(fires, refractorySteps, refractoryNext);
      }
      const Int excitatoryCurrentNext = left(t2, excitatoryLoss);
      store(excitatoryReceivedOf + first, 0);
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
    }
    store(potentialOf + first, potential);
    store(refractoryOf + first, refractory);
    store(excitatoryCurrentOf + first, excitatoryCurrent);
  }
  for (uint32_t step = 0; step < steps; step++) stepped[step] = fired[step].stepped();
}

__attribute__((noinline))
void usualDualLifDriven(const StepArrays* of, uint32_t steps, Stepped* stepped) {
  const StepArrays& arrays = of[0];
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
  const Share leak(leakMantissa, leakShift);
  const Share excitatoryLoss(excitatoryLossMantissa, excitatoryLossShift);
  const Share excitatoryGain(excitatoryGainMantissa, excitatoryGainShift);
  const Share inhibitoryLoss(inhibitoryLossMantissa, inhibitoryLossShift);
  const Share inhibitoryGain(inhibitoryGainMantissa, inhibitoryGainShift);
  const SumOfShares sum(8388608, bias, leak, excitatoryGain, inhibitoryGain);
  Fired fired[mostStepsAtOnce];
  for (uint32_t step = 0; step < steps; step++) fired[step] = Fired(of[step]);
  for (std::ptrdiff_t first = 0; first < arrays.neurons; first += lanes) {
    Int potential = load(potentialOf + first);
    Int refractory = load(refractoryOf + first);
    Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    Int inhibitoryCurrent = load(inhibitoryCurrentOf + first);
    for (uint32_t step = 0; step < steps; step++) {
      const StepArrays& now = of[step];
      int32_t* __restrict excitatoryReceivedOf = now.received[0];
      int32_t* __restrict inhibitoryReceivedOf = now.received[1];
      const int32_t stepKey = now.stepKey;
      const Int neuron = numbersFrom(static_cast<int32_t>(first));
      const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      const Int excitatoryReceived = load(excitatoryReceivedOf + first);
      const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
      const Int t0 = mixed(randomBits);
      const Int t1 = lookup(backgroundTable, (t0 & 4095));
      const Int t2 = ((excitatoryCurrent + excitatoryReceived) + ((shiftedIn(t1, 20) + choose(((t1 & 1048575) <= shiftedIn(t0, 12)), 1, 0)) * backgroundWeight));
      const Int t3 = (inhibitoryCurrent + inhibitoryReceived);
      const Int t4 = sum.encoded(sum.plus(sum.plus(sum.from(potential), t2, excitatoryGain), t3, inhibitoryGain));
      const Int t5 = sum.decoded(t4);
      const Bool t6 = (0 < refractory);
      const Float sizes = larger(floatOf(t2), t3);
      Int potentialNext = choose(t6, potential, t5);
      Int refractoryNext = choose(t6, (refractory - 1), 0);
      if (isAny(sizes, 8388608.0F, sum.reaches(t4, threshold))) {
        if (isAny(sizes, 8388608.0F, sum.isOutside(t4))) {
          store(potentialOf + first, potential);
          store(refractoryOf + first, refractory);
          store(excitatoryCurrentOf + first, excitatoryCurrent);
          store(inhibitoryCurrentOf + first, inhibitoryCurrent);
          stepFew<4, 2>(registers::stepDualLifDriven, now, first, fired[step]);
          potential = load(potentialOf + first);
          refractory = load(refractoryOf + first);
          excitatoryCurrent = load(excitatoryCurrentOf + first);
          inhibitoryCurrent = load(inhibitoryCurrentOf + first);
          continue;
        }
        const Bool fires = (!t6 & (threshold <= t5));
        fired[step].add(first, fires);
        potentialNext = choose(fires, reset, potentialNext);
        refractoryNext = choose(fires, refractorySteps, refractoryNext);
      }
      const Int excitatoryCurrentNext = left(t2, excitatoryLoss);
      const Int inhibitoryCurrentNext = left(t3, inhibitoryLoss);
      store(excitatoryReceivedOf + first, 0);
      store(inhibitoryReceivedOf + first, 0);
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
      inhibitoryCurrent = inhibitoryCurrentNext;
    }
    store(potentialOf + first, potential);
    store(refractoryOf + first, refractory);
    store(excitatoryCurrentOf + first, excitatoryCurrent);
    store(inhibitoryCurrentOf + first, inhibitoryCurrent);
  }
  for (uint32_t step = 0; step < steps; step++) stepped[step] = fired[step].stepped();
}

__attribute__((noinline))
void usualLifNoisy(const StepArrays* of, uint32_t steps, Stepped* stepped) {
  const StepArrays& arrays = of[0];
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
  const Share leak(leakMantissa, leakShift);
  const Share excitatoryLoss(excitatoryLossMantissa, excitatoryLossShift);
  const Share excitatoryGain(excitatoryGainMantissa, excitatoryGainShift);
  const SumOfShares sum(8388608, bias, leak, excitatoryGain);
  Fired fired[mostStepsAtOnce];
  for (uint32_t step = 0; step < steps; step++) fired[step] = Fired(of[step]);
  for (std::ptrdiff_t first = 0; first < arrays.neurons; first += lanes) {
    Int potential = load(potentialOf + first);
    Int refractory = load(refractoryOf + first);
    Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    for (uint32_t step = 0; step < steps; step++) {
      const StepArrays& now = of[step];
      int32_t* __restrict excitatoryReceivedOf = now.received[0];
      const int32_t stepKey = now.stepKey;
      const Int neuron = numbersFrom(static_cast<int32_t>(first));
      const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      const Int excitatoryReceived = load(excitatoryReceivedOf + first);
      const Int t0 = (excitatoryCurrent + excitatoryReceived);
      const Int t1 = sum.encoded(sum.plus(sum.from(potential), t0, excitatoryGain));
      const Int t2 = (sum.decoded(t1) + product((lookup(normalTable, (randomBits & 4095)) + lookup(normalTable, shiftedIn(randomBits, 20))), noise));
      const Bool t3 = (0 < refractory);
      const Float sizes = floatOf(t0);
      Int potentialNext = choose(t3, potential, t2);
      Int refractoryNext = choose(t3, (refractory - 1), 0);
      if (isAny(sizes, 8388608.0F, isAtLeastUnsigned(t2 - (-536870912), threshold - (-536870912)) | sum.isOutside(t1))) {
        if (isAny(sizes, 8388608.0F, isAtLeastUnsigned(t2 - (-536870912), 536870911 - (-536870912)) | sum.isOutside(t1))) {
          store(potentialOf + first, potential);
          store(refractoryOf + first, refractory);
          store(excitatoryCurrentOf + first, excitatoryCurrent);
          stepFew<3, 1>(registers::stepLifNoisy, now, first, fired[step]);
          potential = load(potentialOf + first);
          refractory = load(refractoryOf + first);
          excitatoryCurrent = load(excitatoryCurrentOf + first);
          continue;
        }
        const Bool fires = (!t3 & (threshold <= t2));
        fired[step].add(first, fires);
        potentialNext = choose(fires, reset, potentialNext);
        refractoryNext = choose(fires, refractorySteps, refractoryNext);
      }
      const Int excitatoryCurrentNext = left(t0, excitatoryLoss);
      store(excitatoryReceivedOf + first, 0);
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
    }
    store(potentialOf + first, potential);
    store(refractoryOf + first, refractory);
    store(excitatoryCurrentOf + first, excitatoryCurrent);
  }
  for (uint32_t step = 0; step < steps; step++) stepped[step] = fired[step].stepped();
}

__attribute__((noinline))
void usualDualLifNoisy(const StepArrays* of, uint32_t steps, Stepped* stepped) {
  const StepArrays& arrays = of[0];
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
  const Share leak(leakMantissa, leakShift);
  const Share excitatoryLoss(excitatoryLossMantissa, excitatoryLossShift);
  const Share excitatoryGain(excitatoryGainMantissa, excitatoryGainShift);
  const Share inhibitoryLoss(inhibitoryLossMantissa, inhibitoryLossShift);
  const Share inhibitoryGain(inhibitoryGainMantissa, inhibitoryGainShift);
  const SumOfShares sum(8388608, bias, leak, excitatoryGain, inhibitoryGain);
  Fired fired[mostStepsAtOnce];
  for (uint32_t step = 0; step < steps; step++) fired[step] = Fired(of[step]);
  for (std::ptrdiff_t first = 0; first < arrays.neurons; first += lanes) {
    Int potential = load(potentialOf + first);
    Int refractory = load(refractoryOf + first);
    Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    Int inhibitoryCurrent = load(inhibitoryCurrentOf + first);
    for (uint32_t step = 0; step < steps; step++) {
      const StepArrays& now = of[step];
      int32_t* __restrict excitatoryReceivedOf = now.received[0];
      int32_t* __restrict inhibitoryReceivedOf = now.received[1];
      const int32_t stepKey = now.stepKey;
      const Int neuron = numbersFrom(static_cast<int32_t>(first));
      const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      const Int excitatoryReceived = load(excitatoryReceivedOf + first);
      const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
      const Int t0 = (excitatoryCurrent + excitatoryReceived);
      const Int t1 = (inhibitoryCurrent + inhibitoryReceived);
      const Int t2 = sum.encoded(sum.plus(sum.plus(sum.from(potential), t0, excitatoryGain), t1, inhibitoryGain));
      const Int t3 = (sum.decoded(t2) + product((lookup(normalTable, (randomBits & 4095)) + lookup(normalTable, shiftedIn(randomBits, 20))), noise));
      const Bool t4 = (0 < refractory);
      const Float sizes = larger(floatOf(t0), t1);
      Int potentialNext = choose(t4, potential, t3);
      Int refractoryNext = choose(t4, (refractory - 1), 0);
      if (isAny(sizes, 8388608.0F, isAtLeastUnsigned(t3 - (-536870912), threshold - (-536870912)) | sum.isOutside(t2))) {
        if (isAny(sizes, 8388608.0F, isAtLeastUnsigned(t3 - (-536870912), 536870911 - (-536870912)) | sum.isOutside(t2))) {
          store(potentialOf + first, potential);
          store(refractoryOf + first, refractory);
          store(excitatoryCurrentOf + first, excitatoryCurrent);
          store(inhibitoryCurrentOf + first, inhibitoryCurrent);
          stepFew<4, 2>(registers::stepDualLifNoisy, now, first, fired[step]);
          potential = load(potentialOf + first);
          refractory = load(refractoryOf + first);
          excitatoryCurrent = load(excitatoryCurrentOf + first);
          inhibitoryCurrent = load(inhibitoryCurrentOf + first);
          continue;
        }
        const Bool fires = (!t4 & (threshold <= t3));
        fired[step].add(first, fires);
        potentialNext = choose(fires, reset, potentialNext);
        refractoryNext = choose(fires, refractorySteps, refractoryNext);
      }
      const Int excitatoryCurrentNext = left(t0, excitatoryLoss);
      const Int inhibitoryCurrentNext = left(t1, inhibitoryLoss);
      store(excitatoryReceivedOf + first, 0);
      store(inhibitoryReceivedOf + first, 0);
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
      inhibitoryCurrent = inhibitoryCurrentNext;
    }
    store(potentialOf + first, potential);
    store(refractoryOf + first, refractory);
    store(excitatoryCurrentOf + first, excitatoryCurrent);
    store(inhibitoryCurrentOf + first, inhibitoryCurrent);
  }
  for (uint32_t step = 0; step < steps; step++) stepped[step] = fired[step].stepped();
}

__attribute__((noinline))
void usualLifNoisyDriven(const StepArrays* of, uint32_t steps, Stepped* stepped) {
  const StepArrays& arrays = of[0];
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
  const Share leak(leakMantissa, leakShift);
  const Share excitatoryLoss(excitatoryLossMantissa, excitatoryLossShift);
  const Share excitatoryGain(excitatoryGainMantissa, excitatoryGainShift);
  const SumOfShares sum(8388608, bias, leak, excitatoryGain);
  Fired fired[mostStepsAtOnce];
  for (uint32_t step = 0; step < steps; step++) fired[step] = Fired(of[step]);
  for (std::ptrdiff_t first = 0; first < arrays.neurons; first += lanes) {
    Int potential = load(potentialOf + first);
    Int refractory = load(refractoryOf + first);
    Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    for (uint32_t step = 0; step < steps; step++) {
      const StepArrays& now = of[step];
      int32_t* __restrict excitatoryReceivedOf = now.received[0];
      const int32_t stepKey = now.stepKey;
      const Int neuron = numbersFrom(static_cast<int32_t>(first));
      const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      const Int excitatoryReceived = load(excitatoryReceivedOf + first);
      const Int t0 = mixed(randomBits);
      const Int t1 = lookup(backgroundTable, (t0 & 4095));
      const Int t2 = ((excitatoryCurrent + excitatoryReceived) + ((shiftedIn(t1, 20) + choose(((t1 & 1048575) <= shiftedIn(t0, 12)), 1, 0)) * backgroundWeight));
      const Int t3 = sum.encoded(sum.plus(sum.from(potential), t2, excitatoryGain));
      const Int t4 = (sum.decoded(t3) + product((lookup(normalTable, (randomBits & 4095)) + lookup(normalTable, shiftedIn(randomBits, 20))), noise));
      const Bool t5 = (0 < refractory);
      const Float sizes = floatOf(t2);
      Int potentialNext = choose(t5, potential, t4);
      Int refractoryNext = choose(t5, (refractory - 1), 0);
      if (isAny(sizes, 8388608.0F, isAtLeastUnsigned(t4 - (-536870912), threshold - (-536870912)) | sum.isOutside(t3))) {
        if (isAny(sizes, 8388608.0F, isAtLeastUnsigned(t4 - (-536870912), 536870911 - (-536870912)) | sum.isOutside(t3))) {
          store(potentialOf + first, potential);
          store(refractoryOf + first, refractory);
          store(excitatoryCurrentOf + first, excitatoryCurrent);
          stepFew<3, 1>(registers::stepLifNoisyDriven, now, first, fired[step]);
          potential = load(potentialOf + first);
          refractory = load(refractoryOf + first);
          excitatoryCurrent = load(excitatoryCurrentOf + first);
          continue;
        }
        const Bool fires = (!t5 & (threshold <= t4));
        fired[step].add(first, fires);
        potentialNext = choose(fires, reset, potentialNext);
        refractoryNext = choose(fires, refractorySteps, refractoryNext);
      }
      const Int excitatoryCurrentNext = left(t2, excitatoryLoss);
      store(excitatoryReceivedOf + first, 0);
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
    }
    store(potentialOf + first, potential);
    store(refractoryOf + first, refractory);
    store(excitatoryCurrentOf + first, excitatoryCurrent);
  }
  for (uint32_t step = 0; step < steps; step++) stepped[step] = fired[step].stepped();
}

__attribute__((noinline))
void usualDualLifNoisyDriven(const StepArrays* of, uint32_t steps, Stepped* stepped) {
  const StepArrays& arrays = of[0];
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
  const Share leak(leakMantissa, leakShift);
  const Share excitatoryLoss(excitatoryLossMantissa, excitatoryLossShift);
  const Share excitatoryGain(excitatoryGainMantissa, excitatoryGainShift);
  const Share inhibitoryLoss(inhibitoryLossMantissa, inhibitoryLossShift);
  const Share inhibitoryGain(inhibitoryGainMantissa, inhibitoryGainShift);
  const SumOfShares sum(8388608, bias, leak, excitatoryGain, inhibitoryGain);
  Fired fired[mostStepsAtOnce];
  for (uint32_t step = 0; step < steps; step++) fired[step] = Fired(of[step]);
  for (std::ptrdiff_t first = 0; first < arrays.neurons; first += lanes) {
    Int potential = load(potentialOf + first);
    Int refractory = load(refractoryOf + first);
    Int excitatoryCurrent = load(excitatoryCurrentOf + first);
    Int inhibitoryCurrent = load(inhibitoryCurrentOf + first);
    for (uint32_t step = 0; step < steps; step++) {
      const StepArrays& now = of[step];
      int32_t* __restrict excitatoryReceivedOf = now.received[0];
      int32_t* __restrict inhibitoryReceivedOf = now.received[1];
      const int32_t stepKey = now.stepKey;
      const Int neuron = numbersFrom(static_cast<int32_t>(first));
      const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      const Int excitatoryReceived = load(excitatoryReceivedOf + first);
      const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
      const Int t0 = mixed(randomBits);
      const Int t1 = lookup(backgroundTable, (t0 & 4095));
      const Int t2 = ((excitatoryCurrent + excitatoryReceived) + ((shiftedIn(t1, 20) + choose(((t1 & 1048575) <= shiftedIn(t0, 12)), 1, 0)) * backgroundWeight));
      const Int t3 = (inhibitoryCurrent + inhibitoryReceived);
      const Int t4 = sum.encoded(sum.plus(sum.plus(sum.from(potential), t2, excitatoryGain), t3, inhibitoryGain));
      const Int t5 = (sum.decoded(t4) + product((lookup(normalTable, (randomBits & 4095)) + lookup(normalTable, shiftedIn(randomBits, 20))), noise));
      const Bool t6 = (0 < refractory);
      const Float sizes = larger(floatOf(t2), t3);
      Int potentialNext = choose(t6, potential, t5);
      Int refractoryNext = choose(t6, (refractory - 1), 0);
      if (isAny(sizes, 8388608.0F, isAtLeastUnsigned(t5 - (-536870912), threshold - (-536870912)) | sum.isOutside(t4))) {
        if (isAny(sizes, 8388608.0F, isAtLeastUnsigned(t5 - (-536870912), 536870911 - (-536870912)) | sum.isOutside(t4))) {
          store(potentialOf + first, potential);
          store(refractoryOf + first, refractory);
          store(excitatoryCurrentOf + first, excitatoryCurrent);
          store(inhibitoryCurrentOf + first, inhibitoryCurrent);
          stepFew<4, 2>(registers::stepDualLifNoisyDriven, now, first, fired[step]);
          potential = load(potentialOf + first);
          refractory = load(refractoryOf + first);
          excitatoryCurrent = load(excitatoryCurrentOf + first);
          inhibitoryCurrent = load(inhibitoryCurrentOf + first);
          continue;
        }
        const Bool fires = (!t6 & (threshold <= t5));
        fired[step].add(first, fires);
        potentialNext = choose(fires, reset, potentialNext);
        refractoryNext = choose(fires, refractorySteps, refractoryNext);
      }
      const Int excitatoryCurrentNext = left(t2, excitatoryLoss);
      const Int inhibitoryCurrentNext = left(t3, inhibitoryLoss);
      store(excitatoryReceivedOf + first, 0);
      store(inhibitoryReceivedOf + first, 0);
      potential = potentialNext;
      refractory = refractoryNext;
      excitatoryCurrent = excitatoryCurrentNext;
      inhibitoryCurrent = inhibitoryCurrentNext;
    }
    store(potentialOf + first, potential);
    store(refractoryOf + first, refractory);
    store(excitatoryCurrentOf + first, excitatoryCurrent);
    store(inhibitoryCurrentOf + first, inhibitoryCurrent);
  }
  for (uint32_t step = 0; step < steps; step++) stepped[step] = fired[step].stepped();
}

__attribute__((noinline))
void usualConductanceLif(const StepArrays* of, uint32_t steps, Stepped* stepped) {
  const StepArrays& arrays = of[0];
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
  const Share excitatoryLoss(excitatoryLossMantissa, excitatoryLossShift);
  const Share inhibitoryLoss(inhibitoryLossMantissa, inhibitoryLossShift);
  Fired fired[mostStepsAtOnce];
  for (uint32_t step = 0; step < steps; step++) fired[step] = Fired(of[step]);
  for (uint32_t step = 0; step < steps; step++) {
    const StepArrays& now = of[step];
    int32_t* __restrict excitatoryReceivedOf = now.received[0];
    int32_t* __restrict inhibitoryReceivedOf = now.received[1];
    for (std::ptrdiff_t first = 0; first < arrays.neurons; first += lanes) {
      Int potential = load(potentialOf + first);
      Int refractory = load(refractoryOf + first);
      Int excitatory = load(excitatoryOf + first);
      Int inhibitory = load(inhibitoryOf + first);
      const Int excitatoryReceived = load(excitatoryReceivedOf + first);
      const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
      const Int t0 = ((excitatory + excitatoryReceived) + 0);
      const Int t1 = (inhibitory + inhibitoryReceived);
      const Int t2 = ((leak + t0) + t1);
      const Int t3 = lookup(relaxationTable, (t2 >> 19));
      const Int t4 = (potential + share(((product27(leak, bias, potential) + product27(t0, excitatoryReversal, potential)) + product27OfLarge(t1, inhibitoryReversal, potential)), (shiftedIn(t3, 16) + ((262144 - ((t3 & 65535) * (t2 & 524287))) >> 19)), 1));
      const Bool t5 = (0 < refractory);
      const Int unusual = (((potential - (-4194304))) & (-8388608)) | ((t0) & (-16777216)) | ((t1) & (-67108864)) | ((t2) & (-536870912));
      Int potentialNext = choose(t5, potential, t4);
      Int refractoryNext = choose(t5, (refractory - 1), 0);
      if (isAny(unusual, isAtLeastUnsigned(t4 - (-8388608), threshold - (-8388608)))) {
        if (isAny(unusual, isAtLeastUnsigned(t4 - (-8388608), 8388607 - (-8388608)))) {
          store(potentialOf + first, potential);
          store(refractoryOf + first, refractory);
          store(excitatoryOf + first, excitatory);
          store(inhibitoryOf + first, inhibitory);
          stepFew<4, 2>(registers::stepConductanceLif, now, first, fired[step]);
          potential = load(potentialOf + first);
          refractory = load(refractoryOf + first);
          excitatory = load(excitatoryOf + first);
          inhibitory = load(inhibitoryOf + first);
          continue;
        }
        const Bool fires = (!t5 & (threshold <= t4));
        fired[step].add(first, fires);
        potentialNext = choose(fires, reset, potentialNext);
        refractoryNext = choose(fires, refractorySteps, refractoryNext);
      }
      const Int excitatoryNext = left(t0, excitatoryLoss);
      const Int inhibitoryNext = (t1 - shareOfLarge(t1, inhibitoryLoss));
      store(excitatoryReceivedOf + first, 0);
      store(inhibitoryReceivedOf + first, 0);
      potential = potentialNext;
      refractory = refractoryNext;
      excitatory = excitatoryNext;
      inhibitory = inhibitoryNext;
      store(potentialOf + first, potential);
      store(refractoryOf + first, refractory);
      store(excitatoryOf + first, excitatory);
      store(inhibitoryOf + first, inhibitory);
    }
  }
  for (uint32_t step = 0; step < steps; step++) stepped[step] = fired[step].stepped();
}

__attribute__((noinline))
void usualConductanceLifDriven(const StepArrays* of, uint32_t steps, Stepped* stepped) {
  const StepArrays& arrays = of[0];
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
  const Share excitatoryLoss(excitatoryLossMantissa, excitatoryLossShift);
  const Share inhibitoryLoss(inhibitoryLossMantissa, inhibitoryLossShift);
  Fired fired[mostStepsAtOnce];
  for (uint32_t step = 0; step < steps; step++) fired[step] = Fired(of[step]);
  for (uint32_t step = 0; step < steps; step++) {
    const StepArrays& now = of[step];
    int32_t* __restrict excitatoryReceivedOf = now.received[0];
    int32_t* __restrict inhibitoryReceivedOf = now.received[1];
    const int32_t stepKey = now.stepKey;
    for (std::ptrdiff_t first = 0; first < arrays.neurons; first += lanes) {
      Int potential = load(potentialOf + first);
      Int refractory = load(refractoryOf + first);
      Int excitatory = load(excitatoryOf + first);
      Int inhibitory = load(inhibitoryOf + first);
      const Int neuron = numbersFrom(static_cast<int32_t>(first));
      const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      const Int excitatoryReceived = load(excitatoryReceivedOf + first);
      const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
      const Int t0 = mixed(randomBits);
      const Int t1 = lookup(backgroundTable, (t0 & 4095));
      const Int t2 = ((excitatory + excitatoryReceived) + ((shiftedIn(t1, 20) + choose(((t1 & 1048575) <= shiftedIn(t0, 12)), 1, 0)) * backgroundWeight));
      const Int t3 = (inhibitory + inhibitoryReceived);
      const Int t4 = ((leak + t2) + t3);
      const Int t5 = lookup(relaxationTable, (t4 >> 19));
      const Int t6 = (potential + share(((product27(leak, bias, potential) + product27(t2, excitatoryReversal, potential)) + product27OfLarge(t3, inhibitoryReversal, potential)), (shiftedIn(t5, 16) + ((262144 - ((t5 & 65535) * (t4 & 524287))) >> 19)), 1));
      const Bool t7 = (0 < refractory);
      const Int unusual = (((potential - (-4194304))) & (-8388608)) | ((t2) & (-16777216)) | ((t3) & (-67108864)) | ((t4) & (-536870912));
      Int potentialNext = choose(t7, potential, t6);
      Int refractoryNext = choose(t7, (refractory - 1), 0);
      if (isAny(unusual, isAtLeastUnsigned(t6 - (-8388608), threshold - (-8388608)))) {
        if (isAny(unusual, isAtLeastUnsigned(t6 - (-8388608), 8388607 - (-8388608)))) {
          store(potentialOf + first, potential);
          store(refractoryOf + first, refractory);
          store(excitatoryOf + first, excitatory);
          store(inhibitoryOf + first, inhibitory);
          stepFew<4, 2>(registers::stepConductanceLifDriven, now, first, fired[step]);
          potential = load(potentialOf + first);
          refractory = load(refractoryOf + first);
          excitatory = load(excitatoryOf + first);
          inhibitory = load(inhibitoryOf + first);
          continue;
        }
        const Bool fires = (!t7 & (threshold <= t6));
        fired[step].add(first, fires);
        potentialNext = choose(fires, reset, potentialNext);
        refractoryNext = choose(fires, refractorySteps, refractoryNext);
      }
      const Int excitatoryNext = left(t2, excitatoryLoss);
      const Int inhibitoryNext = (t3 - shareOfLarge(t3, inhibitoryLoss));
      store(excitatoryReceivedOf + first, 0);
      store(inhibitoryReceivedOf + first, 0);
      potential = potentialNext;
      refractory = refractoryNext;
      excitatory = excitatoryNext;
      inhibitory = inhibitoryNext;
      store(potentialOf + first, potential);
      store(refractoryOf + first, refractory);
      store(excitatoryOf + first, excitatory);
      store(inhibitoryOf + first, inhibitory);
    }
  }
  for (uint32_t step = 0; step < steps; step++) stepped[step] = fired[step].stepped();
}

__attribute__((noinline))
void usualConductanceLifNoisy(const StepArrays* of, uint32_t steps, Stepped* stepped) {
  const StepArrays& arrays = of[0];
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
  const Share excitatoryLoss(excitatoryLossMantissa, excitatoryLossShift);
  const Share inhibitoryLoss(inhibitoryLossMantissa, inhibitoryLossShift);
  Fired fired[mostStepsAtOnce];
  for (uint32_t step = 0; step < steps; step++) fired[step] = Fired(of[step]);
  for (uint32_t step = 0; step < steps; step++) {
    const StepArrays& now = of[step];
    int32_t* __restrict excitatoryReceivedOf = now.received[0];
    int32_t* __restrict inhibitoryReceivedOf = now.received[1];
    const int32_t stepKey = now.stepKey;
    for (std::ptrdiff_t first = 0; first < arrays.neurons; first += lanes) {
      Int potential = load(potentialOf + first);
      Int refractory = load(refractoryOf + first);
      Int excitatory = load(excitatoryOf + first);
      Int inhibitory = load(inhibitoryOf + first);
      const Int neuron = numbersFrom(static_cast<int32_t>(first));
      const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      const Int excitatoryReceived = load(excitatoryReceivedOf + first);
      const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
      const Int t0 = ((excitatory + excitatoryReceived) + 0);
      const Int t1 = (inhibitory + inhibitoryReceived);
      const Int t2 = ((leak + t0) + t1);
      const Int t3 = lookup(relaxationTable, (t2 >> 19));
      const Int t4 = ((potential + share(((product27(leak, bias, potential) + product27(t0, excitatoryReversal, potential)) + product27OfLarge(t1, inhibitoryReversal, potential)), (shiftedIn(t3, 16) + ((262144 - ((t3 & 65535) * (t2 & 524287))) >> 19)), 1)) + product((lookup(normalTable, (randomBits & 4095)) + lookup(normalTable, shiftedIn(randomBits, 20))), noise));
      const Bool t5 = (0 < refractory);
      const Int unusual = (((potential - (-4194304))) & (-8388608)) | ((t0) & (-16777216)) | ((t1) & (-67108864)) | ((t2) & (-536870912));
      Int potentialNext = choose(t5, potential, t4);
      Int refractoryNext = choose(t5, (refractory - 1), 0);
      if (isAny(unusual, isAtLeastUnsigned(t4 - (-8388608), threshold - (-8388608)))) {
        if (isAny(unusual, isAtLeastUnsigned(t4 - (-8388608), 8388607 - (-8388608)))) {
          store(potentialOf + first, potential);
          store(refractoryOf + first, refractory);
          store(excitatoryOf + first, excitatory);
          store(inhibitoryOf + first, inhibitory);
          stepFew<4, 2>(registers::stepConductanceLifNoisy, now, first, fired[step]);
          potential = load(potentialOf + first);
          refractory = load(refractoryOf + first);
          excitatory = load(excitatoryOf + first);
          inhibitory = load(inhibitoryOf + first);
          continue;
        }
        const Bool fires = (!t5 & (threshold <= t4));
        fired[step].add(first, fires);
        potentialNext = choose(fires, reset, potentialNext);
        refractoryNext = choose(fires, refractorySteps, refractoryNext);
      }
      const Int excitatoryNext = left(t0, excitatoryLoss);
      const Int inhibitoryNext = (t1 - shareOfLarge(t1, inhibitoryLoss));
      store(excitatoryReceivedOf + first, 0);
      store(inhibitoryReceivedOf + first, 0);
      potential = potentialNext;
      refractory = refractoryNext;
      excitatory = excitatoryNext;
      inhibitory = inhibitoryNext;
      store(potentialOf + first, potential);
      store(refractoryOf + first, refractory);
      store(excitatoryOf + first, excitatory);
      store(inhibitoryOf + first, inhibitory);
    }
  }
  for (uint32_t step = 0; step < steps; step++) stepped[step] = fired[step].stepped();
}

__attribute__((noinline))
void usualConductanceLifNoisyDriven(const StepArrays* of, uint32_t steps, Stepped* stepped) {
  const StepArrays& arrays = of[0];
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
  const Share excitatoryLoss(excitatoryLossMantissa, excitatoryLossShift);
  const Share inhibitoryLoss(inhibitoryLossMantissa, inhibitoryLossShift);
  Fired fired[mostStepsAtOnce];
  for (uint32_t step = 0; step < steps; step++) fired[step] = Fired(of[step]);
  for (uint32_t step = 0; step < steps; step++) {
    const StepArrays& now = of[step];
    int32_t* __restrict excitatoryReceivedOf = now.received[0];
    int32_t* __restrict inhibitoryReceivedOf = now.received[1];
    const int32_t stepKey = now.stepKey;
    for (std::ptrdiff_t first = 0; first < arrays.neurons; first += lanes) {
      Int potential = load(potentialOf + first);
      Int refractory = load(refractoryOf + first);
      Int excitatory = load(excitatoryOf + first);
      Int inhibitory = load(inhibitoryOf + first);
      const Int neuron = numbersFrom(static_cast<int32_t>(first));
      const Int randomBits = mixed((mixed((neuron + randomKey)) ^ stepKey));
      const Int excitatoryReceived = load(excitatoryReceivedOf + first);
      const Int inhibitoryReceived = load(inhibitoryReceivedOf + first);
      const Int t0 = mixed(randomBits);
      const Int t1 = lookup(backgroundTable, (t0 & 4095));
      const Int t2 = ((excitatory + excitatoryReceived) + ((shiftedIn(t1, 20) + choose(((t1 & 1048575) <= shiftedIn(t0, 12)), 1, 0)) * backgroundWeight));
      const Int t3 = (inhibitory + inhibitoryReceived);
      const Int t4 = ((leak + t2) + t3);
      const Int t5 = lookup(relaxationTable, (t4 >> 19));
      const Int t6 = ((potential + share(((product27(leak, bias, potential) + product27(t2, excitatoryReversal, potential)) + product27OfLarge(t3, inhibitoryReversal, potential)), (shiftedIn(t5, 16) + ((262144 - ((t5 & 65535) * (t4 & 524287))) >> 19)), 1)) + product((lookup(normalTable, (randomBits & 4095)) + lookup(normalTable, shiftedIn(randomBits, 20))), noise));
      const Bool t7 = (0 < refractory);
      const Int unusual = (((potential - (-4194304))) & (-8388608)) | ((t2) & (-16777216)) | ((t3) & (-67108864)) | ((t4) & (-536870912));
      Int potentialNext = choose(t7, potential, t6);
      Int refractoryNext = choose(t7, (refractory - 1), 0);
      if (isAny(unusual, isAtLeastUnsigned(t6 - (-8388608), threshold - (-8388608)))) {
        if (isAny(unusual, isAtLeastUnsigned(t6 - (-8388608), 8388607 - (-8388608)))) {
          store(potentialOf + first, potential);
          store(refractoryOf + first, refractory);
          store(excitatoryOf + first, excitatory);
          store(inhibitoryOf + first, inhibitory);
          stepFew<4, 2>(registers::stepConductanceLifNoisyDriven, now, first, fired[step]);
          potential = load(potentialOf + first);
          refractory = load(refractoryOf + first);
          excitatory = load(excitatoryOf + first);
          inhibitory = load(inhibitoryOf + first);
          continue;
        }
        const Bool fires = (!t7 & (threshold <= t6));
        fired[step].add(first, fires);
        potentialNext = choose(fires, reset, potentialNext);
        refractoryNext = choose(fires, refractorySteps, refractoryNext);
      }
      const Int excitatoryNext = left(t2, excitatoryLoss);
      const Int inhibitoryNext = (t3 - shareOfLarge(t3, inhibitoryLoss));
      store(excitatoryReceivedOf + first, 0);
      store(inhibitoryReceivedOf + first, 0);
      potential = potentialNext;
      refractory = refractoryNext;
      excitatory = excitatoryNext;
      inhibitory = inhibitoryNext;
      store(potentialOf + first, potential);
      store(refractoryOf + first, refractory);
      store(excitatoryOf + first, excitatory);
      store(inhibitoryOf + first, inhibitory);
    }
  }
  for (uint32_t step = 0; step < steps; step++) stepped[step] = fired[step].stepped();
}

constexpr NamedStepKernel usualKernels[] = {
    {"lif", roundedDown<usualLif>, 0xaa80},
    {"dualLif", roundedDown<usualDualLif>, 0xaa80},
    {"lifDriven", roundedDown<usualLifDriven>, 0xaa80},
    {"dualLifDriven", roundedDown<usualDualLifDriven>, 0xaa80},
    {"lifNoisy", roundedDown<usualLifNoisy>, 0xaa80},
    {"dualLifNoisy", roundedDown<usualDualLifNoisy>, 0xaa80},
    {"lifNoisyDriven", roundedDown<usualLifNoisyDriven>, 0xaa80},
    {"dualLifNoisyDriven", roundedDown<usualDualLifNoisyDriven>, 0xaa80},
    {"conductanceLif", roundedDown<usualConductanceLif>, 0x1400},
    {"conductanceLifDriven", roundedDown<usualConductanceLifDriven>, 0x1400},
    {"conductanceLifNoisy", roundedDown<usualConductanceLifNoisy>, 0x1400},
    {"conductanceLifNoisyDriven", roundedDown<usualConductanceLifNoisyDriven>, 0x1400},
};
