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
  const Int is1 = everywhere(1);
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
      Int refractoryNext = choose(t3, (refractory - is1), 0);
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
  const Int is1 = everywhere(1);
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
      Int refractoryNext = choose(t4, (refractory - is1), 0);
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
  const Int is4095 = everywhere(4095);
  const Int is20 = everywhere(20);
  const Int is1048575 = everywhere(1048575);
  const Int is12 = everywhere(12);
  const Int is1 = everywhere(1);
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
      const Int t1 = lookup(backgroundTable, (t0 & is4095));
      const Int t2 = ((excitatoryCurrent + excitatoryReceived) + ((shiftedIn(t1, is20) + choose(((t1 & is1048575) <= shiftedIn(t0, is12)), is1, 0)) * backgroundWeight));
      const Int t3 = sum.encoded(sum.plus(sum.from(potential), t2, excitatoryGain));
      const Int t4 = sum.decoded(t3);
      const Bool t5 = (0 < refractory);
      const Float sizes = floatOf(t2);
      Int potentialNext = choose(t5, potential, t4);
      Int refractoryNext = choose(t5, (refractory - is1), 0);
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
  const Int is4095 = everywhere(4095);
  const Int is20 = everywhere(20);
  const Int is1048575 = everywhere(1048575);
  const Int is12 = everywhere(12);
  const Int is1 = everywhere(1);
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
      const Int t1 = lookup(backgroundTable, (t0 & is4095));
      const Int t2 = ((excitatoryCurrent + excitatoryReceived) + ((shiftedIn(t1, is20) + choose(((t1 & is1048575) <= shiftedIn(t0, is12)), is1, 0)) * backgroundWeight));
      const Int t3 = (inhibitoryCurrent + inhibitoryReceived);
      const Int t4 = sum.encoded(sum.plus(sum.plus(sum.from(potential), t2, excitatoryGain), t3, inhibitoryGain));
      const Int t5 = sum.decoded(t4);
      const Bool t6 = (0 < refractory);
      const Float sizes = larger(floatOf(t2), t3);
      Int potentialNext = choose(t6, potential, t5);
      Int refractoryNext = choose(t6, (refractory - is1), 0);
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
  const Int is4095 = everywhere(4095);
  const Int is20 = everywhere(20);
  const Int is1 = everywhere(1);
  const Int isMinus536870912 = everywhere((-536870912));
  const Int is536870911 = everywhere(536870911);
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
      const Int t2 = (sum.decoded(t1) + product((lookup(normalTable, (randomBits & is4095)) + lookup(normalTable, shiftedIn(randomBits, is20))), noise));
      const Bool t3 = (0 < refractory);
      const Float sizes = floatOf(t0);
      Int potentialNext = choose(t3, potential, t2);
      Int refractoryNext = choose(t3, (refractory - is1), 0);
      if (isAny(sizes, 8388608.0F, isAtLeastUnsigned(t2 - isMinus536870912, threshold - isMinus536870912) | sum.isOutside(t1))) {
        if (isAny(sizes, 8388608.0F, isAtLeastUnsigned(t2 - isMinus536870912, is536870911 - isMinus536870912) | sum.isOutside(t1))) {
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
  const Int is4095 = everywhere(4095);
  const Int is20 = everywhere(20);
  const Int is1 = everywhere(1);
  const Int isMinus536870912 = everywhere((-536870912));
  const Int is536870911 = everywhere(536870911);
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
      const Int t3 = (sum.decoded(t2) + product((lookup(normalTable, (randomBits & is4095)) + lookup(normalTable, shiftedIn(randomBits, is20))), noise));
      const Bool t4 = (0 < refractory);
      const Float sizes = larger(floatOf(t0), t1);
      Int potentialNext = choose(t4, potential, t3);
      Int refractoryNext = choose(t4, (refractory - is1), 0);
      if (isAny(sizes, 8388608.0F, isAtLeastUnsigned(t3 - isMinus536870912, threshold - isMinus536870912) | sum.isOutside(t2))) {
        if (isAny(sizes, 8388608.0F, isAtLeastUnsigned(t3 - isMinus536870912, is536870911 - isMinus536870912) | sum.isOutside(t2))) {
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
  const Int is4095 = everywhere(4095);
  const Int is20 = everywhere(20);
  const Int is1048575 = everywhere(1048575);
  const Int is12 = everywhere(12);
  const Int is1 = everywhere(1);
  const Int isMinus536870912 = everywhere((-536870912));
  const Int is536870911 = everywhere(536870911);
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
      const Int t1 = lookup(backgroundTable, (t0 & is4095));
      const Int t2 = ((excitatoryCurrent + excitatoryReceived) + ((shiftedIn(t1, is20) + choose(((t1 & is1048575) <= shiftedIn(t0, is12)), is1, 0)) * backgroundWeight));
      const Int t3 = sum.encoded(sum.plus(sum.from(potential), t2, excitatoryGain));
      const Int t4 = (sum.decoded(t3) + product((lookup(normalTable, (randomBits & is4095)) + lookup(normalTable, shiftedIn(randomBits, is20))), noise));
      const Bool t5 = (0 < refractory);
      const Float sizes = floatOf(t2);
      Int potentialNext = choose(t5, potential, t4);
      Int refractoryNext = choose(t5, (refractory - is1), 0);
      if (isAny(sizes, 8388608.0F, isAtLeastUnsigned(t4 - isMinus536870912, threshold - isMinus536870912) | sum.isOutside(t3))) {
        if (isAny(sizes, 8388608.0F, isAtLeastUnsigned(t4 - isMinus536870912, is536870911 - isMinus536870912) | sum.isOutside(t3))) {
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
  const Int is4095 = everywhere(4095);
  const Int is20 = everywhere(20);
  const Int is1048575 = everywhere(1048575);
  const Int is12 = everywhere(12);
  const Int is1 = everywhere(1);
  const Int isMinus536870912 = everywhere((-536870912));
  const Int is536870911 = everywhere(536870911);
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
      const Int t1 = lookup(backgroundTable, (t0 & is4095));
      const Int t2 = ((excitatoryCurrent + excitatoryReceived) + ((shiftedIn(t1, is20) + choose(((t1 & is1048575) <= shiftedIn(t0, is12)), is1, 0)) * backgroundWeight));
      const Int t3 = (inhibitoryCurrent + inhibitoryReceived);
      const Int t4 = sum.encoded(sum.plus(sum.plus(sum.from(potential), t2, excitatoryGain), t3, inhibitoryGain));
      const Int t5 = (sum.decoded(t4) + product((lookup(normalTable, (randomBits & is4095)) + lookup(normalTable, shiftedIn(randomBits, is20))), noise));
      const Bool t6 = (0 < refractory);
      const Float sizes = larger(floatOf(t2), t3);
      Int potentialNext = choose(t6, potential, t5);
      Int refractoryNext = choose(t6, (refractory - is1), 0);
      if (isAny(sizes, 8388608.0F, isAtLeastUnsigned(t5 - isMinus536870912, threshold - isMinus536870912) | sum.isOutside(t4))) {
        if (isAny(sizes, 8388608.0F, isAtLeastUnsigned(t5 - isMinus536870912, is536870911 - isMinus536870912) | sum.isOutside(t4))) {
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
  const SumOfProducts change({leak}, {bias, excitatoryReversal, inhibitoryReversal}, -3145728, 5242879);
  if (!change.isExact()) return stepByStep<registers::stepConductanceLif>(of, steps, stepped);
  const Relaxation relaxation(relaxationTable);
  const LargeNumbers large;
  const Int isMinus3145728 = everywhere((-3145728));
  const Int isMinus8388608 = everywhere((-8388608));
  const Int isMinus16777216 = everywhere((-16777216));
  const Int isMinus67108864 = everywhere((-67108864));
  const Int is1 = everywhere(1);
  const auto fire = [=](std::ptrdiff_t neuron) {
    potentialOf[neuron] = reset;
    refractoryOf[neuron] = refractorySteps;
  };
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
      const Int t3 = (potential + share(change.of(product27(leak, bias, potential), product27(t0, excitatoryReversal, potential), large.product27(t1, inhibitoryReversal, potential)), relaxation.at(t2)));
      const Bool t4 = (0 < refractory);
      const Int unusual = (((potential - isMinus3145728)) & isMinus8388608) | ((t0) & isMinus16777216) | ((t1 | t2) & isMinus67108864);
      if (isAny(unusual)) {
        fired[step].list(first, fire);
        stepFew<4, 2>(registers::stepConductanceLif, now, first, fired[step]);
        continue;
      }
      fired[step].addLater(first, (!t4 & (threshold <= t3)));
      const Int potentialNext = choose(t4, potential, t3);
      const Int refractoryNext = choose(t4, (refractory - is1), 0);
      const Int excitatoryNext = left(t0, excitatoryLoss);
      const Int inhibitoryNext = (t1 - large.share(t1, inhibitoryLoss));
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
    fired[step].list(arrays.neurons, fire);
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
  const SumOfProducts change({leak}, {bias, excitatoryReversal, inhibitoryReversal}, -3145728, 5242879);
  if (!change.isExact()) return stepByStep<registers::stepConductanceLifDriven>(of, steps, stepped);
  const Relaxation relaxation(relaxationTable);
  const LargeNumbers large;
  const Int is4095 = everywhere(4095);
  const Int is20 = everywhere(20);
  const Int is1048575 = everywhere(1048575);
  const Int is12 = everywhere(12);
  const Int is1 = everywhere(1);
  const Int isMinus3145728 = everywhere((-3145728));
  const Int isMinus8388608 = everywhere((-8388608));
  const Int isMinus16777216 = everywhere((-16777216));
  const Int isMinus67108864 = everywhere((-67108864));
  const auto fire = [=](std::ptrdiff_t neuron) {
    potentialOf[neuron] = reset;
    refractoryOf[neuron] = refractorySteps;
  };
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
      const Int t1 = lookup(backgroundTable, (t0 & is4095));
      const Int t2 = ((excitatory + excitatoryReceived) + ((shiftedIn(t1, is20) + choose(((t1 & is1048575) <= shiftedIn(t0, is12)), is1, 0)) * backgroundWeight));
      const Int t3 = (inhibitory + inhibitoryReceived);
      const Int t4 = ((leak + t2) + t3);
      const Int t5 = (potential + share(change.of(product27(leak, bias, potential), product27(t2, excitatoryReversal, potential), large.product27(t3, inhibitoryReversal, potential)), relaxation.at(t4)));
      const Bool t6 = (0 < refractory);
      const Int unusual = (((potential - isMinus3145728)) & isMinus8388608) | ((t2) & isMinus16777216) | ((t3 | t4) & isMinus67108864);
      if (isAny(unusual)) {
        fired[step].list(first, fire);
        stepFew<4, 2>(registers::stepConductanceLifDriven, now, first, fired[step]);
        continue;
      }
      fired[step].addLater(first, (!t6 & (threshold <= t5)));
      const Int potentialNext = choose(t6, potential, t5);
      const Int refractoryNext = choose(t6, (refractory - is1), 0);
      const Int excitatoryNext = left(t2, excitatoryLoss);
      const Int inhibitoryNext = (t3 - large.share(t3, inhibitoryLoss));
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
    fired[step].list(arrays.neurons, fire);
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
  const SumOfProducts change({leak}, {bias, excitatoryReversal, inhibitoryReversal}, -3145728, 5242879);
  if (!change.isExact()) return stepByStep<registers::stepConductanceLifNoisy>(of, steps, stepped);
  const Relaxation relaxation(relaxationTable);
  const LargeNumbers large;
  const Int is4095 = everywhere(4095);
  const Int is20 = everywhere(20);
  const Int isMinus3145728 = everywhere((-3145728));
  const Int isMinus8388608 = everywhere((-8388608));
  const Int isMinus16777216 = everywhere((-16777216));
  const Int isMinus67108864 = everywhere((-67108864));
  const Int is8388607 = everywhere(8388607);
  const Int is1 = everywhere(1);
  const auto fire = [=](std::ptrdiff_t neuron) {
    potentialOf[neuron] = reset;
    refractoryOf[neuron] = refractorySteps;
  };
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
      const Int t3 = ((potential + share(change.of(product27(leak, bias, potential), product27(t0, excitatoryReversal, potential), large.product27(t1, inhibitoryReversal, potential)), relaxation.at(t2))) + product((lookup(normalTable, (randomBits & is4095)) + lookup(normalTable, shiftedIn(randomBits, is20))), noise));
      const Bool t4 = (0 < refractory);
      const Int unusual = (((potential - isMinus3145728)) & isMinus8388608) | ((t0) & isMinus16777216) | ((t1 | t2) & isMinus67108864);
      if (isAny(unusual, isAtLeastUnsigned(t3 - isMinus8388608, is8388607 - isMinus8388608))) {
        fired[step].list(first, fire);
        stepFew<4, 2>(registers::stepConductanceLifNoisy, now, first, fired[step]);
        continue;
      }
      fired[step].addLater(first, (!t4 & (threshold <= t3)));
      const Int potentialNext = choose(t4, potential, t3);
      const Int refractoryNext = choose(t4, (refractory - is1), 0);
      const Int excitatoryNext = left(t0, excitatoryLoss);
      const Int inhibitoryNext = (t1 - large.share(t1, inhibitoryLoss));
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
    fired[step].list(arrays.neurons, fire);
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
  const SumOfProducts change({leak}, {bias, excitatoryReversal, inhibitoryReversal}, -3145728, 5242879);
  if (!change.isExact()) return stepByStep<registers::stepConductanceLifNoisyDriven>(of, steps, stepped);
  const Relaxation relaxation(relaxationTable);
  const LargeNumbers large;
  const Int is4095 = everywhere(4095);
  const Int is20 = everywhere(20);
  const Int is1048575 = everywhere(1048575);
  const Int is12 = everywhere(12);
  const Int is1 = everywhere(1);
  const Int isMinus3145728 = everywhere((-3145728));
  const Int isMinus8388608 = everywhere((-8388608));
  const Int isMinus16777216 = everywhere((-16777216));
  const Int isMinus67108864 = everywhere((-67108864));
  const Int is8388607 = everywhere(8388607);
  const auto fire = [=](std::ptrdiff_t neuron) {
    potentialOf[neuron] = reset;
    refractoryOf[neuron] = refractorySteps;
  };
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
      const Int t1 = lookup(backgroundTable, (t0 & is4095));
      const Int t2 = ((excitatory + excitatoryReceived) + ((shiftedIn(t1, is20) + choose(((t1 & is1048575) <= shiftedIn(t0, is12)), is1, 0)) * backgroundWeight));
      const Int t3 = (inhibitory + inhibitoryReceived);
      const Int t4 = ((leak + t2) + t3);
      const Int t5 = ((potential + share(change.of(product27(leak, bias, potential), product27(t2, excitatoryReversal, potential), large.product27(t3, inhibitoryReversal, potential)), relaxation.at(t4))) + product((lookup(normalTable, (randomBits & is4095)) + lookup(normalTable, shiftedIn(randomBits, is20))), noise));
      const Bool t6 = (0 < refractory);
      const Int unusual = (((potential - isMinus3145728)) & isMinus8388608) | ((t2) & isMinus16777216) | ((t3 | t4) & isMinus67108864);
      if (isAny(unusual, isAtLeastUnsigned(t5 - isMinus8388608, is8388607 - isMinus8388608))) {
        fired[step].list(first, fire);
        stepFew<4, 2>(registers::stepConductanceLifNoisyDriven, now, first, fired[step]);
        continue;
      }
      fired[step].addLater(first, (!t6 & (threshold <= t5)));
      const Int potentialNext = choose(t6, potential, t5);
      const Int refractoryNext = choose(t6, (refractory - is1), 0);
      const Int excitatoryNext = left(t2, excitatoryLoss);
      const Int inhibitoryNext = (t3 - large.share(t3, inhibitoryLoss));
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
    fired[step].list(arrays.neurons, fire);
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
