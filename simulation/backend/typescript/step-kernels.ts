// Written by `npx vitest run simulation/kernel -u`: a step of a population, for each model in simulation/models. Simulation process.
import type { SpikeList } from '../../spike-list.ts';
import type { PopulationArrays } from './population-arrays.ts';

function share(value: number, mantissa: number, shift: number): number {
  return (
    (((((Math.imul(value >> 14, mantissa) + (Math.imul(value & 16383, mantissa) >> 14)) | 0) >> ((shift - 1) | 0)) +
      1) |
      0) >>
    1
  );
}

function clamped(value: number, bound: number): number {
  const t0 = Math.imul(bound, -1);
  return value < t0 ? t0 : bound < value ? bound : value;
}

function mixed(value: number): number {
  const t0 = Math.imul(value ^ ((value >>> 16) | 0), 569420461);
  const t1 = Math.imul(t0 ^ ((t0 >>> 15) | 0), 1935289751);
  return t1 ^ ((t1 >>> 15) | 0);
}

function product(a: number, b: number): number {
  const t0 = a >> 16;
  const t1 = b >> 16;
  const t2 = b & 65535;
  const t3 = a & 65535;
  return (
    ((((((Math.imul(t0, t1) << 16) + Math.imul(t0, t2)) | 0) + Math.imul(t3, t1)) | 0) +
      ((Math.imul(t3, t2) >>> 16) | 0)) |
    0
  );
}

function product27(a: number, b: number): number {
  const t0 = a >> 15;
  const t1 = b >> 12;
  const t2 = b & 4095;
  const t3 = a & 32767;
  return (
    (Math.imul(t0, t1) +
      ((((((((Math.imul(t0, t2) << 3) + Math.imul(t3, t1)) | 0) + (Math.imul(t3, t2) >> 12)) | 0) + 16384) | 0) >>
        15)) |
    0
  );
}

function fromZeroTo(value: number, most: number): number {
  return value < 0 ? 0 : most < value ? most : value;
}

function relaxationOf(entry: number, z: number): number {
  return ((entry & 65535) + (((262144 - Math.imul((entry >> 16) & 127, ((z & 524287) + 8388608) | 0)) | 0) >> 19)) | 0;
}

function product24(a: number, b: number): number {
  const t0 = a >> 12;
  const t1 = b >> 12;
  const t2 = b & 4095;
  const t3 = a & 4095;
  return (
    (Math.imul(t0, t1) +
      (((((((Math.imul(t0, t2) + Math.imul(t3, t1)) | 0) + (Math.imul(t3, t2) >> 12)) | 0) + 2048) | 0) >> 12)) |
    0
  );
}

/** @returns in how many neurons a value was brought back to its bounds. */
function lif(population: PopulationArrays, _stepKey: number, fired: SpikeList): number {
  const { neurons, state, received } = population;
  const potentialOf = state[0]!;
  const refractoryOf = state[1]!;
  const excitatoryCurrentOf = state[2]!;
  const excitatoryReceivedOf = received[0]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const reset = population.parameters[2]!;
  const refractorySteps = population.parameters[3]!;
  const leakMantissa = population.parameters[6]!;
  const leakShift = population.parameters[7]!;
  const excitatoryLossMantissa = population.parameters[8]!;
  const excitatoryLossShift = population.parameters[9]!;
  const excitatoryGainMantissa = population.parameters[10]!;
  const excitatoryGainShift = population.parameters[11]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const refractory = refractoryOf[neuron]!;
    const excitatoryCurrent = excitatoryCurrentOf[neuron]!;
    const excitatoryReceived = excitatoryReceivedOf[neuron]!;
    excitatoryReceivedOf[neuron] = 0;
    const t0 = 0 < refractory;
    const t1 = (excitatoryCurrent + excitatoryReceived) | 0;
    const t2 = clamped(t1, 536870912);
    const t3 =
      (((potential - share((potential - bias) | 0, leakMantissa, leakShift)) | 0) +
        share(t2, excitatoryGainMantissa, excitatoryGainShift)) |
      0;
    const t4 = !t0 && threshold <= t3;
    const t5 = clamped(t3, 536870912);
    potentialOf[neuron] = t4 ? reset : t0 ? potential : t5;
    refractoryOf[neuron] = t4 ? refractorySteps : t0 ? (refractory - 1) | 0 : 0;
    excitatoryCurrentOf[neuron] = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift)) | 0;
    if (t4) fired.add(neuron);
    if (t5 !== t3 || t2 !== t1) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function dualLif(population: PopulationArrays, _stepKey: number, fired: SpikeList): number {
  const { neurons, state, received } = population;
  const potentialOf = state[0]!;
  const refractoryOf = state[1]!;
  const excitatoryCurrentOf = state[2]!;
  const inhibitoryCurrentOf = state[3]!;
  const excitatoryReceivedOf = received[0]!;
  const inhibitoryReceivedOf = received[1]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const reset = population.parameters[2]!;
  const refractorySteps = population.parameters[3]!;
  const leakMantissa = population.parameters[6]!;
  const leakShift = population.parameters[7]!;
  const excitatoryLossMantissa = population.parameters[8]!;
  const excitatoryLossShift = population.parameters[9]!;
  const excitatoryGainMantissa = population.parameters[10]!;
  const excitatoryGainShift = population.parameters[11]!;
  const inhibitoryLossMantissa = population.parameters[12]!;
  const inhibitoryLossShift = population.parameters[13]!;
  const inhibitoryGainMantissa = population.parameters[14]!;
  const inhibitoryGainShift = population.parameters[15]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const refractory = refractoryOf[neuron]!;
    const excitatoryCurrent = excitatoryCurrentOf[neuron]!;
    const inhibitoryCurrent = inhibitoryCurrentOf[neuron]!;
    const excitatoryReceived = excitatoryReceivedOf[neuron]!;
    excitatoryReceivedOf[neuron] = 0;
    const inhibitoryReceived = inhibitoryReceivedOf[neuron]!;
    inhibitoryReceivedOf[neuron] = 0;
    const t0 = 0 < refractory;
    const t1 = (excitatoryCurrent + excitatoryReceived) | 0;
    const t2 = clamped(t1, 536870912);
    const t3 = (inhibitoryCurrent + inhibitoryReceived) | 0;
    const t4 = clamped(t3, 536870912);
    const t5 =
      (((((potential - share((potential - bias) | 0, leakMantissa, leakShift)) | 0) +
        share(t2, excitatoryGainMantissa, excitatoryGainShift)) |
        0) +
        share(t4, inhibitoryGainMantissa, inhibitoryGainShift)) |
      0;
    const t6 = !t0 && threshold <= t5;
    const t7 = clamped(t5, 536870912);
    potentialOf[neuron] = t6 ? reset : t0 ? potential : t7;
    refractoryOf[neuron] = t6 ? refractorySteps : t0 ? (refractory - 1) | 0 : 0;
    excitatoryCurrentOf[neuron] = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift)) | 0;
    inhibitoryCurrentOf[neuron] = (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift)) | 0;
    if (t6) fired.add(neuron);
    if (t7 !== t5 || t2 !== t1 || t4 !== t3) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function lifDriven(population: PopulationArrays, stepKey: number, fired: SpikeList): number {
  const { neurons, state, received, tables, randomKey } = population;
  const potentialOf = state[0]!;
  const refractoryOf = state[1]!;
  const excitatoryCurrentOf = state[2]!;
  const excitatoryReceivedOf = received[0]!;
  const backgroundTable = tables[0]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const reset = population.parameters[2]!;
  const refractorySteps = population.parameters[3]!;
  const backgroundWeight = population.parameters[5]!;
  const leakMantissa = population.parameters[6]!;
  const leakShift = population.parameters[7]!;
  const excitatoryLossMantissa = population.parameters[8]!;
  const excitatoryLossShift = population.parameters[9]!;
  const excitatoryGainMantissa = population.parameters[10]!;
  const excitatoryGainShift = population.parameters[11]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const refractory = refractoryOf[neuron]!;
    const excitatoryCurrent = excitatoryCurrentOf[neuron]!;
    const excitatoryReceived = excitatoryReceivedOf[neuron]!;
    excitatoryReceivedOf[neuron] = 0;
    const randomBits = mixed(mixed((neuron + randomKey) | 0) ^ stepKey);
    const t0 = 0 < refractory;
    const t1 = mixed(randomBits);
    const t2 = backgroundTable[t1 & 4095]!;
    const t3 =
      (((excitatoryCurrent + excitatoryReceived) | 0) +
        Math.imul((((t2 >>> 20) | 0) + ((t2 & 1048575) <= ((t1 >>> 12) | 0) ? 1 : 0)) | 0, backgroundWeight)) |
      0;
    const t4 = clamped(t3, 536870912);
    const t5 =
      (((potential - share((potential - bias) | 0, leakMantissa, leakShift)) | 0) +
        share(t4, excitatoryGainMantissa, excitatoryGainShift)) |
      0;
    const t6 = !t0 && threshold <= t5;
    const t7 = clamped(t5, 536870912);
    potentialOf[neuron] = t6 ? reset : t0 ? potential : t7;
    refractoryOf[neuron] = t6 ? refractorySteps : t0 ? (refractory - 1) | 0 : 0;
    excitatoryCurrentOf[neuron] = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift)) | 0;
    if (t6) fired.add(neuron);
    if (t7 !== t5 || t4 !== t3) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function dualLifDriven(population: PopulationArrays, stepKey: number, fired: SpikeList): number {
  const { neurons, state, received, tables, randomKey } = population;
  const potentialOf = state[0]!;
  const refractoryOf = state[1]!;
  const excitatoryCurrentOf = state[2]!;
  const inhibitoryCurrentOf = state[3]!;
  const excitatoryReceivedOf = received[0]!;
  const inhibitoryReceivedOf = received[1]!;
  const backgroundTable = tables[0]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const reset = population.parameters[2]!;
  const refractorySteps = population.parameters[3]!;
  const backgroundWeight = population.parameters[5]!;
  const leakMantissa = population.parameters[6]!;
  const leakShift = population.parameters[7]!;
  const excitatoryLossMantissa = population.parameters[8]!;
  const excitatoryLossShift = population.parameters[9]!;
  const excitatoryGainMantissa = population.parameters[10]!;
  const excitatoryGainShift = population.parameters[11]!;
  const inhibitoryLossMantissa = population.parameters[12]!;
  const inhibitoryLossShift = population.parameters[13]!;
  const inhibitoryGainMantissa = population.parameters[14]!;
  const inhibitoryGainShift = population.parameters[15]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const refractory = refractoryOf[neuron]!;
    const excitatoryCurrent = excitatoryCurrentOf[neuron]!;
    const inhibitoryCurrent = inhibitoryCurrentOf[neuron]!;
    const excitatoryReceived = excitatoryReceivedOf[neuron]!;
    excitatoryReceivedOf[neuron] = 0;
    const inhibitoryReceived = inhibitoryReceivedOf[neuron]!;
    inhibitoryReceivedOf[neuron] = 0;
    const randomBits = mixed(mixed((neuron + randomKey) | 0) ^ stepKey);
    const t0 = 0 < refractory;
    const t1 = mixed(randomBits);
    const t2 = backgroundTable[t1 & 4095]!;
    const t3 =
      (((excitatoryCurrent + excitatoryReceived) | 0) +
        Math.imul((((t2 >>> 20) | 0) + ((t2 & 1048575) <= ((t1 >>> 12) | 0) ? 1 : 0)) | 0, backgroundWeight)) |
      0;
    const t4 = clamped(t3, 536870912);
    const t5 = (inhibitoryCurrent + inhibitoryReceived) | 0;
    const t6 = clamped(t5, 536870912);
    const t7 =
      (((((potential - share((potential - bias) | 0, leakMantissa, leakShift)) | 0) +
        share(t4, excitatoryGainMantissa, excitatoryGainShift)) |
        0) +
        share(t6, inhibitoryGainMantissa, inhibitoryGainShift)) |
      0;
    const t8 = !t0 && threshold <= t7;
    const t9 = clamped(t7, 536870912);
    potentialOf[neuron] = t8 ? reset : t0 ? potential : t9;
    refractoryOf[neuron] = t8 ? refractorySteps : t0 ? (refractory - 1) | 0 : 0;
    excitatoryCurrentOf[neuron] = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift)) | 0;
    inhibitoryCurrentOf[neuron] = (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift)) | 0;
    if (t8) fired.add(neuron);
    if (t9 !== t7 || t4 !== t3 || t6 !== t5) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function lifNoisy(population: PopulationArrays, stepKey: number, fired: SpikeList): number {
  const { neurons, state, received, tables, randomKey } = population;
  const potentialOf = state[0]!;
  const refractoryOf = state[1]!;
  const excitatoryCurrentOf = state[2]!;
  const excitatoryReceivedOf = received[0]!;
  const normalTable = tables[0]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const reset = population.parameters[2]!;
  const refractorySteps = population.parameters[3]!;
  const noise = population.parameters[4]!;
  const leakMantissa = population.parameters[6]!;
  const leakShift = population.parameters[7]!;
  const excitatoryLossMantissa = population.parameters[8]!;
  const excitatoryLossShift = population.parameters[9]!;
  const excitatoryGainMantissa = population.parameters[10]!;
  const excitatoryGainShift = population.parameters[11]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const refractory = refractoryOf[neuron]!;
    const excitatoryCurrent = excitatoryCurrentOf[neuron]!;
    const excitatoryReceived = excitatoryReceivedOf[neuron]!;
    excitatoryReceivedOf[neuron] = 0;
    const randomBits = mixed(mixed((neuron + randomKey) | 0) ^ stepKey);
    const t0 = 0 < refractory;
    const t1 = (excitatoryCurrent + excitatoryReceived) | 0;
    const t2 = clamped(t1, 536870912);
    const t3 =
      (((((potential - share((potential - bias) | 0, leakMantissa, leakShift)) | 0) +
        share(t2, excitatoryGainMantissa, excitatoryGainShift)) |
        0) +
        product((normalTable[randomBits & 4095]! + normalTable[(randomBits >>> 20) | 0]!) | 0, noise)) |
      0;
    const t4 = !t0 && threshold <= t3;
    const t5 = clamped(t3, 536870912);
    potentialOf[neuron] = t4 ? reset : t0 ? potential : t5;
    refractoryOf[neuron] = t4 ? refractorySteps : t0 ? (refractory - 1) | 0 : 0;
    excitatoryCurrentOf[neuron] = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift)) | 0;
    if (t4) fired.add(neuron);
    if (t5 !== t3 || t2 !== t1) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function dualLifNoisy(population: PopulationArrays, stepKey: number, fired: SpikeList): number {
  const { neurons, state, received, tables, randomKey } = population;
  const potentialOf = state[0]!;
  const refractoryOf = state[1]!;
  const excitatoryCurrentOf = state[2]!;
  const inhibitoryCurrentOf = state[3]!;
  const excitatoryReceivedOf = received[0]!;
  const inhibitoryReceivedOf = received[1]!;
  const normalTable = tables[0]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const reset = population.parameters[2]!;
  const refractorySteps = population.parameters[3]!;
  const noise = population.parameters[4]!;
  const leakMantissa = population.parameters[6]!;
  const leakShift = population.parameters[7]!;
  const excitatoryLossMantissa = population.parameters[8]!;
  const excitatoryLossShift = population.parameters[9]!;
  const excitatoryGainMantissa = population.parameters[10]!;
  const excitatoryGainShift = population.parameters[11]!;
  const inhibitoryLossMantissa = population.parameters[12]!;
  const inhibitoryLossShift = population.parameters[13]!;
  const inhibitoryGainMantissa = population.parameters[14]!;
  const inhibitoryGainShift = population.parameters[15]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const refractory = refractoryOf[neuron]!;
    const excitatoryCurrent = excitatoryCurrentOf[neuron]!;
    const inhibitoryCurrent = inhibitoryCurrentOf[neuron]!;
    const excitatoryReceived = excitatoryReceivedOf[neuron]!;
    excitatoryReceivedOf[neuron] = 0;
    const inhibitoryReceived = inhibitoryReceivedOf[neuron]!;
    inhibitoryReceivedOf[neuron] = 0;
    const randomBits = mixed(mixed((neuron + randomKey) | 0) ^ stepKey);
    const t0 = 0 < refractory;
    const t1 = (excitatoryCurrent + excitatoryReceived) | 0;
    const t2 = clamped(t1, 536870912);
    const t3 = (inhibitoryCurrent + inhibitoryReceived) | 0;
    const t4 = clamped(t3, 536870912);
    const t5 =
      (((((((potential - share((potential - bias) | 0, leakMantissa, leakShift)) | 0) +
        share(t2, excitatoryGainMantissa, excitatoryGainShift)) |
        0) +
        share(t4, inhibitoryGainMantissa, inhibitoryGainShift)) |
        0) +
        product((normalTable[randomBits & 4095]! + normalTable[(randomBits >>> 20) | 0]!) | 0, noise)) |
      0;
    const t6 = !t0 && threshold <= t5;
    const t7 = clamped(t5, 536870912);
    potentialOf[neuron] = t6 ? reset : t0 ? potential : t7;
    refractoryOf[neuron] = t6 ? refractorySteps : t0 ? (refractory - 1) | 0 : 0;
    excitatoryCurrentOf[neuron] = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift)) | 0;
    inhibitoryCurrentOf[neuron] = (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift)) | 0;
    if (t6) fired.add(neuron);
    if (t7 !== t5 || t2 !== t1 || t4 !== t3) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function lifNoisyDriven(population: PopulationArrays, stepKey: number, fired: SpikeList): number {
  const { neurons, state, received, tables, randomKey } = population;
  const potentialOf = state[0]!;
  const refractoryOf = state[1]!;
  const excitatoryCurrentOf = state[2]!;
  const excitatoryReceivedOf = received[0]!;
  const backgroundTable = tables[0]!;
  const normalTable = tables[1]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const reset = population.parameters[2]!;
  const refractorySteps = population.parameters[3]!;
  const noise = population.parameters[4]!;
  const backgroundWeight = population.parameters[5]!;
  const leakMantissa = population.parameters[6]!;
  const leakShift = population.parameters[7]!;
  const excitatoryLossMantissa = population.parameters[8]!;
  const excitatoryLossShift = population.parameters[9]!;
  const excitatoryGainMantissa = population.parameters[10]!;
  const excitatoryGainShift = population.parameters[11]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const refractory = refractoryOf[neuron]!;
    const excitatoryCurrent = excitatoryCurrentOf[neuron]!;
    const excitatoryReceived = excitatoryReceivedOf[neuron]!;
    excitatoryReceivedOf[neuron] = 0;
    const randomBits = mixed(mixed((neuron + randomKey) | 0) ^ stepKey);
    const t0 = 0 < refractory;
    const t1 = mixed(randomBits);
    const t2 = backgroundTable[t1 & 4095]!;
    const t3 =
      (((excitatoryCurrent + excitatoryReceived) | 0) +
        Math.imul((((t2 >>> 20) | 0) + ((t2 & 1048575) <= ((t1 >>> 12) | 0) ? 1 : 0)) | 0, backgroundWeight)) |
      0;
    const t4 = clamped(t3, 536870912);
    const t5 =
      (((((potential - share((potential - bias) | 0, leakMantissa, leakShift)) | 0) +
        share(t4, excitatoryGainMantissa, excitatoryGainShift)) |
        0) +
        product((normalTable[randomBits & 4095]! + normalTable[(randomBits >>> 20) | 0]!) | 0, noise)) |
      0;
    const t6 = !t0 && threshold <= t5;
    const t7 = clamped(t5, 536870912);
    potentialOf[neuron] = t6 ? reset : t0 ? potential : t7;
    refractoryOf[neuron] = t6 ? refractorySteps : t0 ? (refractory - 1) | 0 : 0;
    excitatoryCurrentOf[neuron] = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift)) | 0;
    if (t6) fired.add(neuron);
    if (t7 !== t5 || t4 !== t3) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function dualLifNoisyDriven(population: PopulationArrays, stepKey: number, fired: SpikeList): number {
  const { neurons, state, received, tables, randomKey } = population;
  const potentialOf = state[0]!;
  const refractoryOf = state[1]!;
  const excitatoryCurrentOf = state[2]!;
  const inhibitoryCurrentOf = state[3]!;
  const excitatoryReceivedOf = received[0]!;
  const inhibitoryReceivedOf = received[1]!;
  const backgroundTable = tables[0]!;
  const normalTable = tables[1]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const reset = population.parameters[2]!;
  const refractorySteps = population.parameters[3]!;
  const noise = population.parameters[4]!;
  const backgroundWeight = population.parameters[5]!;
  const leakMantissa = population.parameters[6]!;
  const leakShift = population.parameters[7]!;
  const excitatoryLossMantissa = population.parameters[8]!;
  const excitatoryLossShift = population.parameters[9]!;
  const excitatoryGainMantissa = population.parameters[10]!;
  const excitatoryGainShift = population.parameters[11]!;
  const inhibitoryLossMantissa = population.parameters[12]!;
  const inhibitoryLossShift = population.parameters[13]!;
  const inhibitoryGainMantissa = population.parameters[14]!;
  const inhibitoryGainShift = population.parameters[15]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const refractory = refractoryOf[neuron]!;
    const excitatoryCurrent = excitatoryCurrentOf[neuron]!;
    const inhibitoryCurrent = inhibitoryCurrentOf[neuron]!;
    const excitatoryReceived = excitatoryReceivedOf[neuron]!;
    excitatoryReceivedOf[neuron] = 0;
    const inhibitoryReceived = inhibitoryReceivedOf[neuron]!;
    inhibitoryReceivedOf[neuron] = 0;
    const randomBits = mixed(mixed((neuron + randomKey) | 0) ^ stepKey);
    const t0 = 0 < refractory;
    const t1 = mixed(randomBits);
    const t2 = backgroundTable[t1 & 4095]!;
    const t3 =
      (((excitatoryCurrent + excitatoryReceived) | 0) +
        Math.imul((((t2 >>> 20) | 0) + ((t2 & 1048575) <= ((t1 >>> 12) | 0) ? 1 : 0)) | 0, backgroundWeight)) |
      0;
    const t4 = clamped(t3, 536870912);
    const t5 = (inhibitoryCurrent + inhibitoryReceived) | 0;
    const t6 = clamped(t5, 536870912);
    const t7 =
      (((((((potential - share((potential - bias) | 0, leakMantissa, leakShift)) | 0) +
        share(t4, excitatoryGainMantissa, excitatoryGainShift)) |
        0) +
        share(t6, inhibitoryGainMantissa, inhibitoryGainShift)) |
        0) +
        product((normalTable[randomBits & 4095]! + normalTable[(randomBits >>> 20) | 0]!) | 0, noise)) |
      0;
    const t8 = !t0 && threshold <= t7;
    const t9 = clamped(t7, 536870912);
    potentialOf[neuron] = t8 ? reset : t0 ? potential : t9;
    refractoryOf[neuron] = t8 ? refractorySteps : t0 ? (refractory - 1) | 0 : 0;
    excitatoryCurrentOf[neuron] = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift)) | 0;
    inhibitoryCurrentOf[neuron] = (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift)) | 0;
    if (t8) fired.add(neuron);
    if (t9 !== t7 || t4 !== t3 || t6 !== t5) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function conductanceLif(population: PopulationArrays, _stepKey: number, fired: SpikeList): number {
  const { neurons, state, received, tables } = population;
  const potentialOf = state[0]!;
  const refractoryOf = state[1]!;
  const excitatoryOf = state[2]!;
  const inhibitoryOf = state[3]!;
  const excitatoryReceivedOf = received[0]!;
  const inhibitoryReceivedOf = received[1]!;
  const relaxationTable = tables[0]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const reset = population.parameters[2]!;
  const refractorySteps = population.parameters[3]!;
  const leak = population.parameters[6]!;
  const excitatoryReversal = population.parameters[7]!;
  const inhibitoryReversal = population.parameters[8]!;
  const excitatoryLossMantissa = population.parameters[9]!;
  const excitatoryLossShift = population.parameters[10]!;
  const inhibitoryLossMantissa = population.parameters[11]!;
  const inhibitoryLossShift = population.parameters[12]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const refractory = refractoryOf[neuron]!;
    const excitatory = excitatoryOf[neuron]!;
    const inhibitory = inhibitoryOf[neuron]!;
    const excitatoryReceived = excitatoryReceivedOf[neuron]!;
    excitatoryReceivedOf[neuron] = 0;
    const inhibitoryReceived = inhibitoryReceivedOf[neuron]!;
    inhibitoryReceivedOf[neuron] = 0;
    const t0 = 0 < refractory;
    const t1 = (((excitatory + excitatoryReceived) | 0) + 0) | 0;
    const t2 = clamped(t1, 536870912);
    const t3 = (inhibitory + inhibitoryReceived) | 0;
    const t4 = clamped(t3, 536870912);
    const t5 =
      (((product27(leak, (bias - potential) | 0) + product27(t2, (excitatoryReversal - potential) | 0)) | 0) +
        product27(t4, (inhibitoryReversal - potential) | 0)) |
      0;
    const t6 = clamped(t5, 536870912);
    const t7 = (((leak + t2) | 0) + t4) | 0;
    const t8 = fromZeroTo(t7, 536870911);
    const t9 = (potential + share(t6, relaxationOf(relaxationTable[t8 >> 19]!, t8), 1)) | 0;
    const t10 = !t0 && threshold <= t9;
    const t11 = clamped(t9, 8388608);
    potentialOf[neuron] = t10 ? reset : t0 ? potential : t11;
    refractoryOf[neuron] = t10 ? refractorySteps : t0 ? (refractory - 1) | 0 : 0;
    excitatoryOf[neuron] = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift)) | 0;
    inhibitoryOf[neuron] = (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift)) | 0;
    if (t10) fired.add(neuron);
    if (t2 !== t1 || t4 !== t3 || 536870912 <= t7 || t6 !== t5 || t11 !== t9) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function conductanceLifDriven(population: PopulationArrays, stepKey: number, fired: SpikeList): number {
  const { neurons, state, received, tables, randomKey } = population;
  const potentialOf = state[0]!;
  const refractoryOf = state[1]!;
  const excitatoryOf = state[2]!;
  const inhibitoryOf = state[3]!;
  const excitatoryReceivedOf = received[0]!;
  const inhibitoryReceivedOf = received[1]!;
  const backgroundTable = tables[0]!;
  const relaxationTable = tables[1]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const reset = population.parameters[2]!;
  const refractorySteps = population.parameters[3]!;
  const backgroundWeight = population.parameters[5]!;
  const leak = population.parameters[6]!;
  const excitatoryReversal = population.parameters[7]!;
  const inhibitoryReversal = population.parameters[8]!;
  const excitatoryLossMantissa = population.parameters[9]!;
  const excitatoryLossShift = population.parameters[10]!;
  const inhibitoryLossMantissa = population.parameters[11]!;
  const inhibitoryLossShift = population.parameters[12]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const refractory = refractoryOf[neuron]!;
    const excitatory = excitatoryOf[neuron]!;
    const inhibitory = inhibitoryOf[neuron]!;
    const excitatoryReceived = excitatoryReceivedOf[neuron]!;
    excitatoryReceivedOf[neuron] = 0;
    const inhibitoryReceived = inhibitoryReceivedOf[neuron]!;
    inhibitoryReceivedOf[neuron] = 0;
    const randomBits = mixed(mixed((neuron + randomKey) | 0) ^ stepKey);
    const t0 = 0 < refractory;
    const t1 = mixed(randomBits);
    const t2 = backgroundTable[t1 & 4095]!;
    const t3 =
      (((excitatory + excitatoryReceived) | 0) +
        Math.imul((((t2 >>> 20) | 0) + ((t2 & 1048575) <= ((t1 >>> 12) | 0) ? 1 : 0)) | 0, backgroundWeight)) |
      0;
    const t4 = clamped(t3, 536870912);
    const t5 = (inhibitory + inhibitoryReceived) | 0;
    const t6 = clamped(t5, 536870912);
    const t7 =
      (((product27(leak, (bias - potential) | 0) + product27(t4, (excitatoryReversal - potential) | 0)) | 0) +
        product27(t6, (inhibitoryReversal - potential) | 0)) |
      0;
    const t8 = clamped(t7, 536870912);
    const t9 = (((leak + t4) | 0) + t6) | 0;
    const t10 = fromZeroTo(t9, 536870911);
    const t11 = (potential + share(t8, relaxationOf(relaxationTable[t10 >> 19]!, t10), 1)) | 0;
    const t12 = !t0 && threshold <= t11;
    const t13 = clamped(t11, 8388608);
    potentialOf[neuron] = t12 ? reset : t0 ? potential : t13;
    refractoryOf[neuron] = t12 ? refractorySteps : t0 ? (refractory - 1) | 0 : 0;
    excitatoryOf[neuron] = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift)) | 0;
    inhibitoryOf[neuron] = (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift)) | 0;
    if (t12) fired.add(neuron);
    if (t4 !== t3 || t6 !== t5 || 536870912 <= t9 || t8 !== t7 || t13 !== t11) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function conductanceLifNoisy(population: PopulationArrays, stepKey: number, fired: SpikeList): number {
  const { neurons, state, received, tables, randomKey } = population;
  const potentialOf = state[0]!;
  const refractoryOf = state[1]!;
  const excitatoryOf = state[2]!;
  const inhibitoryOf = state[3]!;
  const excitatoryReceivedOf = received[0]!;
  const inhibitoryReceivedOf = received[1]!;
  const relaxationTable = tables[0]!;
  const normalTable = tables[1]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const reset = population.parameters[2]!;
  const refractorySteps = population.parameters[3]!;
  const noise = population.parameters[4]!;
  const leak = population.parameters[6]!;
  const excitatoryReversal = population.parameters[7]!;
  const inhibitoryReversal = population.parameters[8]!;
  const excitatoryLossMantissa = population.parameters[9]!;
  const excitatoryLossShift = population.parameters[10]!;
  const inhibitoryLossMantissa = population.parameters[11]!;
  const inhibitoryLossShift = population.parameters[12]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const refractory = refractoryOf[neuron]!;
    const excitatory = excitatoryOf[neuron]!;
    const inhibitory = inhibitoryOf[neuron]!;
    const excitatoryReceived = excitatoryReceivedOf[neuron]!;
    excitatoryReceivedOf[neuron] = 0;
    const inhibitoryReceived = inhibitoryReceivedOf[neuron]!;
    inhibitoryReceivedOf[neuron] = 0;
    const randomBits = mixed(mixed((neuron + randomKey) | 0) ^ stepKey);
    const t0 = 0 < refractory;
    const t1 = (((excitatory + excitatoryReceived) | 0) + 0) | 0;
    const t2 = clamped(t1, 536870912);
    const t3 = (inhibitory + inhibitoryReceived) | 0;
    const t4 = clamped(t3, 536870912);
    const t5 =
      (((product27(leak, (bias - potential) | 0) + product27(t2, (excitatoryReversal - potential) | 0)) | 0) +
        product27(t4, (inhibitoryReversal - potential) | 0)) |
      0;
    const t6 = clamped(t5, 536870912);
    const t7 = (((leak + t2) | 0) + t4) | 0;
    const t8 = fromZeroTo(t7, 536870911);
    const t9 =
      (((potential + share(t6, relaxationOf(relaxationTable[t8 >> 19]!, t8), 1)) | 0) +
        product((normalTable[randomBits & 4095]! + normalTable[(randomBits >>> 20) | 0]!) | 0, noise)) |
      0;
    const t10 = !t0 && threshold <= t9;
    const t11 = clamped(t9, 8388608);
    potentialOf[neuron] = t10 ? reset : t0 ? potential : t11;
    refractoryOf[neuron] = t10 ? refractorySteps : t0 ? (refractory - 1) | 0 : 0;
    excitatoryOf[neuron] = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift)) | 0;
    inhibitoryOf[neuron] = (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift)) | 0;
    if (t10) fired.add(neuron);
    if (t2 !== t1 || t4 !== t3 || 536870912 <= t7 || t6 !== t5 || t11 !== t9) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function conductanceLifNoisyDriven(population: PopulationArrays, stepKey: number, fired: SpikeList): number {
  const { neurons, state, received, tables, randomKey } = population;
  const potentialOf = state[0]!;
  const refractoryOf = state[1]!;
  const excitatoryOf = state[2]!;
  const inhibitoryOf = state[3]!;
  const excitatoryReceivedOf = received[0]!;
  const inhibitoryReceivedOf = received[1]!;
  const backgroundTable = tables[0]!;
  const relaxationTable = tables[1]!;
  const normalTable = tables[2]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const reset = population.parameters[2]!;
  const refractorySteps = population.parameters[3]!;
  const noise = population.parameters[4]!;
  const backgroundWeight = population.parameters[5]!;
  const leak = population.parameters[6]!;
  const excitatoryReversal = population.parameters[7]!;
  const inhibitoryReversal = population.parameters[8]!;
  const excitatoryLossMantissa = population.parameters[9]!;
  const excitatoryLossShift = population.parameters[10]!;
  const inhibitoryLossMantissa = population.parameters[11]!;
  const inhibitoryLossShift = population.parameters[12]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const refractory = refractoryOf[neuron]!;
    const excitatory = excitatoryOf[neuron]!;
    const inhibitory = inhibitoryOf[neuron]!;
    const excitatoryReceived = excitatoryReceivedOf[neuron]!;
    excitatoryReceivedOf[neuron] = 0;
    const inhibitoryReceived = inhibitoryReceivedOf[neuron]!;
    inhibitoryReceivedOf[neuron] = 0;
    const randomBits = mixed(mixed((neuron + randomKey) | 0) ^ stepKey);
    const t0 = 0 < refractory;
    const t1 = mixed(randomBits);
    const t2 = backgroundTable[t1 & 4095]!;
    const t3 =
      (((excitatory + excitatoryReceived) | 0) +
        Math.imul((((t2 >>> 20) | 0) + ((t2 & 1048575) <= ((t1 >>> 12) | 0) ? 1 : 0)) | 0, backgroundWeight)) |
      0;
    const t4 = clamped(t3, 536870912);
    const t5 = (inhibitory + inhibitoryReceived) | 0;
    const t6 = clamped(t5, 536870912);
    const t7 =
      (((product27(leak, (bias - potential) | 0) + product27(t4, (excitatoryReversal - potential) | 0)) | 0) +
        product27(t6, (inhibitoryReversal - potential) | 0)) |
      0;
    const t8 = clamped(t7, 536870912);
    const t9 = (((leak + t4) | 0) + t6) | 0;
    const t10 = fromZeroTo(t9, 536870911);
    const t11 =
      (((potential + share(t8, relaxationOf(relaxationTable[t10 >> 19]!, t10), 1)) | 0) +
        product((normalTable[randomBits & 4095]! + normalTable[(randomBits >>> 20) | 0]!) | 0, noise)) |
      0;
    const t12 = !t0 && threshold <= t11;
    const t13 = clamped(t11, 8388608);
    potentialOf[neuron] = t12 ? reset : t0 ? potential : t13;
    refractoryOf[neuron] = t12 ? refractorySteps : t0 ? (refractory - 1) | 0 : 0;
    excitatoryOf[neuron] = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift)) | 0;
    inhibitoryOf[neuron] = (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift)) | 0;
    if (t12) fired.add(neuron);
    if (t4 !== t3 || t6 !== t5 || 536870912 <= t9 || t8 !== t7 || t13 !== t11) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function adex(population: PopulationArrays, _stepKey: number, fired: SpikeList): number {
  const { neurons, state, received, tables } = population;
  const potentialOf = state[0]!;
  const refractoryOf = state[1]!;
  const excitatoryCurrentOf = state[2]!;
  const inhibitoryCurrentOf = state[3]!;
  const adaptedOf = state[4]!;
  const excitatoryReceivedOf = received[0]!;
  const inhibitoryReceivedOf = received[1]!;
  const exponentialTable = tables[0]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const reset = population.parameters[2]!;
  const refractorySteps = population.parameters[3]!;
  const leakMantissa = population.parameters[6]!;
  const leakShift = population.parameters[7]!;
  const excitatoryLossMantissa = population.parameters[8]!;
  const excitatoryLossShift = population.parameters[9]!;
  const excitatoryGainMantissa = population.parameters[10]!;
  const excitatoryGainShift = population.parameters[11]!;
  const inhibitoryLossMantissa = population.parameters[12]!;
  const inhibitoryLossShift = population.parameters[13]!;
  const inhibitoryGainMantissa = population.parameters[14]!;
  const inhibitoryGainShift = population.parameters[15]!;
  const peak = population.parameters[16]!;
  const perSlope = population.parameters[17]!;
  const upswingMantissa = population.parameters[18]!;
  const upswingShift = population.parameters[19]!;
  const adaptation = population.parameters[20]!;
  const adaptationLossMantissa = population.parameters[21]!;
  const adaptationLossShift = population.parameters[22]!;
  const adaptationJump = population.parameters[23]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const refractory = refractoryOf[neuron]!;
    const excitatoryCurrent = excitatoryCurrentOf[neuron]!;
    const inhibitoryCurrent = inhibitoryCurrentOf[neuron]!;
    const adapted = adaptedOf[neuron]!;
    const excitatoryReceived = excitatoryReceivedOf[neuron]!;
    excitatoryReceivedOf[neuron] = 0;
    const inhibitoryReceived = inhibitoryReceivedOf[neuron]!;
    inhibitoryReceivedOf[neuron] = 0;
    const t0 = 0 < refractory;
    const t1 = (excitatoryCurrent + excitatoryReceived) | 0;
    const t2 = clamped(t1, 536870912);
    const t3 = (inhibitoryCurrent + inhibitoryReceived) | 0;
    const t4 = clamped(t3, 536870912);
    const t5 = product((potential - threshold) | 0, perSlope);
    const t6 = ((t5 < -786432 ? -786432 : 524287 < t5 ? 524287 : t5) - -786432) | 0;
    const t7 = t6 >> 10;
    const t8 = exponentialTable[t7]!;
    const t9 =
      (((((((potential - share(clamped((((potential - bias) | 0) + adapted) | 0, 536870912), leakMantissa, leakShift)) |
        0) +
        share(t2, excitatoryGainMantissa, excitatoryGainShift)) |
        0) +
        share(t4, inhibitoryGainMantissa, inhibitoryGainShift)) |
        0) +
        (share(
          (t8 + product24((exponentialTable[(t7 + 1) | 0]! - t8) | 0, (t6 & 1023) << 14)) | 0,
          upswingMantissa,
          upswingShift,
        ) <<
          3)) |
      0;
    const t10 = !t0 && peak <= t9;
    const t11 =
      (((adapted +
        share(
          clamped((product(potential, adaptation) - adapted) | 0, 536870912),
          adaptationLossMantissa,
          adaptationLossShift,
        )) |
        0) +
        (t10 ? adaptationJump : 0)) |
      0;
    potentialOf[neuron] = t10 ? reset : t0 ? potential : clamped(t9, 8388608);
    refractoryOf[neuron] = t10 ? refractorySteps : t0 ? (refractory - 1) | 0 : 0;
    excitatoryCurrentOf[neuron] = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift)) | 0;
    inhibitoryCurrentOf[neuron] = (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift)) | 0;
    adaptedOf[neuron] = clamped(t11, 536870912);
    if (t10) fired.add(neuron);
    if (t2 !== t1 || t4 !== t3 || t9 < -8388608 || 536870912 < t11 || t11 < -536870912) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function adexDriven(population: PopulationArrays, stepKey: number, fired: SpikeList): number {
  const { neurons, state, received, tables, randomKey } = population;
  const potentialOf = state[0]!;
  const refractoryOf = state[1]!;
  const excitatoryCurrentOf = state[2]!;
  const inhibitoryCurrentOf = state[3]!;
  const adaptedOf = state[4]!;
  const excitatoryReceivedOf = received[0]!;
  const inhibitoryReceivedOf = received[1]!;
  const backgroundTable = tables[0]!;
  const exponentialTable = tables[1]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const reset = population.parameters[2]!;
  const refractorySteps = population.parameters[3]!;
  const backgroundWeight = population.parameters[5]!;
  const leakMantissa = population.parameters[6]!;
  const leakShift = population.parameters[7]!;
  const excitatoryLossMantissa = population.parameters[8]!;
  const excitatoryLossShift = population.parameters[9]!;
  const excitatoryGainMantissa = population.parameters[10]!;
  const excitatoryGainShift = population.parameters[11]!;
  const inhibitoryLossMantissa = population.parameters[12]!;
  const inhibitoryLossShift = population.parameters[13]!;
  const inhibitoryGainMantissa = population.parameters[14]!;
  const inhibitoryGainShift = population.parameters[15]!;
  const peak = population.parameters[16]!;
  const perSlope = population.parameters[17]!;
  const upswingMantissa = population.parameters[18]!;
  const upswingShift = population.parameters[19]!;
  const adaptation = population.parameters[20]!;
  const adaptationLossMantissa = population.parameters[21]!;
  const adaptationLossShift = population.parameters[22]!;
  const adaptationJump = population.parameters[23]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const refractory = refractoryOf[neuron]!;
    const excitatoryCurrent = excitatoryCurrentOf[neuron]!;
    const inhibitoryCurrent = inhibitoryCurrentOf[neuron]!;
    const adapted = adaptedOf[neuron]!;
    const excitatoryReceived = excitatoryReceivedOf[neuron]!;
    excitatoryReceivedOf[neuron] = 0;
    const inhibitoryReceived = inhibitoryReceivedOf[neuron]!;
    inhibitoryReceivedOf[neuron] = 0;
    const randomBits = mixed(mixed((neuron + randomKey) | 0) ^ stepKey);
    const t0 = 0 < refractory;
    const t1 = mixed(randomBits);
    const t2 = backgroundTable[t1 & 4095]!;
    const t3 =
      (((excitatoryCurrent + excitatoryReceived) | 0) +
        Math.imul((((t2 >>> 20) | 0) + ((t2 & 1048575) <= ((t1 >>> 12) | 0) ? 1 : 0)) | 0, backgroundWeight)) |
      0;
    const t4 = clamped(t3, 536870912);
    const t5 = (inhibitoryCurrent + inhibitoryReceived) | 0;
    const t6 = clamped(t5, 536870912);
    const t7 = product((potential - threshold) | 0, perSlope);
    const t8 = ((t7 < -786432 ? -786432 : 524287 < t7 ? 524287 : t7) - -786432) | 0;
    const t9 = t8 >> 10;
    const t10 = exponentialTable[t9]!;
    const t11 =
      (((((((potential - share(clamped((((potential - bias) | 0) + adapted) | 0, 536870912), leakMantissa, leakShift)) |
        0) +
        share(t4, excitatoryGainMantissa, excitatoryGainShift)) |
        0) +
        share(t6, inhibitoryGainMantissa, inhibitoryGainShift)) |
        0) +
        (share(
          (t10 + product24((exponentialTable[(t9 + 1) | 0]! - t10) | 0, (t8 & 1023) << 14)) | 0,
          upswingMantissa,
          upswingShift,
        ) <<
          3)) |
      0;
    const t12 = !t0 && peak <= t11;
    const t13 =
      (((adapted +
        share(
          clamped((product(potential, adaptation) - adapted) | 0, 536870912),
          adaptationLossMantissa,
          adaptationLossShift,
        )) |
        0) +
        (t12 ? adaptationJump : 0)) |
      0;
    potentialOf[neuron] = t12 ? reset : t0 ? potential : clamped(t11, 8388608);
    refractoryOf[neuron] = t12 ? refractorySteps : t0 ? (refractory - 1) | 0 : 0;
    excitatoryCurrentOf[neuron] = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift)) | 0;
    inhibitoryCurrentOf[neuron] = (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift)) | 0;
    adaptedOf[neuron] = clamped(t13, 536870912);
    if (t12) fired.add(neuron);
    if (t4 !== t3 || t6 !== t5 || t11 < -8388608 || 536870912 < t13 || t13 < -536870912) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function adexNoisy(population: PopulationArrays, stepKey: number, fired: SpikeList): number {
  const { neurons, state, received, tables, randomKey } = population;
  const potentialOf = state[0]!;
  const refractoryOf = state[1]!;
  const excitatoryCurrentOf = state[2]!;
  const inhibitoryCurrentOf = state[3]!;
  const adaptedOf = state[4]!;
  const excitatoryReceivedOf = received[0]!;
  const inhibitoryReceivedOf = received[1]!;
  const exponentialTable = tables[0]!;
  const normalTable = tables[1]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const reset = population.parameters[2]!;
  const refractorySteps = population.parameters[3]!;
  const noise = population.parameters[4]!;
  const leakMantissa = population.parameters[6]!;
  const leakShift = population.parameters[7]!;
  const excitatoryLossMantissa = population.parameters[8]!;
  const excitatoryLossShift = population.parameters[9]!;
  const excitatoryGainMantissa = population.parameters[10]!;
  const excitatoryGainShift = population.parameters[11]!;
  const inhibitoryLossMantissa = population.parameters[12]!;
  const inhibitoryLossShift = population.parameters[13]!;
  const inhibitoryGainMantissa = population.parameters[14]!;
  const inhibitoryGainShift = population.parameters[15]!;
  const peak = population.parameters[16]!;
  const perSlope = population.parameters[17]!;
  const upswingMantissa = population.parameters[18]!;
  const upswingShift = population.parameters[19]!;
  const adaptation = population.parameters[20]!;
  const adaptationLossMantissa = population.parameters[21]!;
  const adaptationLossShift = population.parameters[22]!;
  const adaptationJump = population.parameters[23]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const refractory = refractoryOf[neuron]!;
    const excitatoryCurrent = excitatoryCurrentOf[neuron]!;
    const inhibitoryCurrent = inhibitoryCurrentOf[neuron]!;
    const adapted = adaptedOf[neuron]!;
    const excitatoryReceived = excitatoryReceivedOf[neuron]!;
    excitatoryReceivedOf[neuron] = 0;
    const inhibitoryReceived = inhibitoryReceivedOf[neuron]!;
    inhibitoryReceivedOf[neuron] = 0;
    const randomBits = mixed(mixed((neuron + randomKey) | 0) ^ stepKey);
    const t0 = 0 < refractory;
    const t1 = (excitatoryCurrent + excitatoryReceived) | 0;
    const t2 = clamped(t1, 536870912);
    const t3 = (inhibitoryCurrent + inhibitoryReceived) | 0;
    const t4 = clamped(t3, 536870912);
    const t5 = product((potential - threshold) | 0, perSlope);
    const t6 = ((t5 < -786432 ? -786432 : 524287 < t5 ? 524287 : t5) - -786432) | 0;
    const t7 = t6 >> 10;
    const t8 = exponentialTable[t7]!;
    const t9 =
      (((((((((potential -
        share(clamped((((potential - bias) | 0) + adapted) | 0, 536870912), leakMantissa, leakShift)) |
        0) +
        share(t2, excitatoryGainMantissa, excitatoryGainShift)) |
        0) +
        share(t4, inhibitoryGainMantissa, inhibitoryGainShift)) |
        0) +
        (share(
          (t8 + product24((exponentialTable[(t7 + 1) | 0]! - t8) | 0, (t6 & 1023) << 14)) | 0,
          upswingMantissa,
          upswingShift,
        ) <<
          3)) |
        0) +
        product((normalTable[randomBits & 4095]! + normalTable[(randomBits >>> 20) | 0]!) | 0, noise)) |
      0;
    const t10 = !t0 && peak <= t9;
    const t11 =
      (((adapted +
        share(
          clamped((product(potential, adaptation) - adapted) | 0, 536870912),
          adaptationLossMantissa,
          adaptationLossShift,
        )) |
        0) +
        (t10 ? adaptationJump : 0)) |
      0;
    potentialOf[neuron] = t10 ? reset : t0 ? potential : clamped(t9, 8388608);
    refractoryOf[neuron] = t10 ? refractorySteps : t0 ? (refractory - 1) | 0 : 0;
    excitatoryCurrentOf[neuron] = (t2 - share(t2, excitatoryLossMantissa, excitatoryLossShift)) | 0;
    inhibitoryCurrentOf[neuron] = (t4 - share(t4, inhibitoryLossMantissa, inhibitoryLossShift)) | 0;
    adaptedOf[neuron] = clamped(t11, 536870912);
    if (t10) fired.add(neuron);
    if (t2 !== t1 || t4 !== t3 || t9 < -8388608 || 536870912 < t11 || t11 < -536870912) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function adexNoisyDriven(population: PopulationArrays, stepKey: number, fired: SpikeList): number {
  const { neurons, state, received, tables, randomKey } = population;
  const potentialOf = state[0]!;
  const refractoryOf = state[1]!;
  const excitatoryCurrentOf = state[2]!;
  const inhibitoryCurrentOf = state[3]!;
  const adaptedOf = state[4]!;
  const excitatoryReceivedOf = received[0]!;
  const inhibitoryReceivedOf = received[1]!;
  const backgroundTable = tables[0]!;
  const exponentialTable = tables[1]!;
  const normalTable = tables[2]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const reset = population.parameters[2]!;
  const refractorySteps = population.parameters[3]!;
  const noise = population.parameters[4]!;
  const backgroundWeight = population.parameters[5]!;
  const leakMantissa = population.parameters[6]!;
  const leakShift = population.parameters[7]!;
  const excitatoryLossMantissa = population.parameters[8]!;
  const excitatoryLossShift = population.parameters[9]!;
  const excitatoryGainMantissa = population.parameters[10]!;
  const excitatoryGainShift = population.parameters[11]!;
  const inhibitoryLossMantissa = population.parameters[12]!;
  const inhibitoryLossShift = population.parameters[13]!;
  const inhibitoryGainMantissa = population.parameters[14]!;
  const inhibitoryGainShift = population.parameters[15]!;
  const peak = population.parameters[16]!;
  const perSlope = population.parameters[17]!;
  const upswingMantissa = population.parameters[18]!;
  const upswingShift = population.parameters[19]!;
  const adaptation = population.parameters[20]!;
  const adaptationLossMantissa = population.parameters[21]!;
  const adaptationLossShift = population.parameters[22]!;
  const adaptationJump = population.parameters[23]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const refractory = refractoryOf[neuron]!;
    const excitatoryCurrent = excitatoryCurrentOf[neuron]!;
    const inhibitoryCurrent = inhibitoryCurrentOf[neuron]!;
    const adapted = adaptedOf[neuron]!;
    const excitatoryReceived = excitatoryReceivedOf[neuron]!;
    excitatoryReceivedOf[neuron] = 0;
    const inhibitoryReceived = inhibitoryReceivedOf[neuron]!;
    inhibitoryReceivedOf[neuron] = 0;
    const randomBits = mixed(mixed((neuron + randomKey) | 0) ^ stepKey);
    const t0 = 0 < refractory;
    const t1 = mixed(randomBits);
    const t2 = backgroundTable[t1 & 4095]!;
    const t3 =
      (((excitatoryCurrent + excitatoryReceived) | 0) +
        Math.imul((((t2 >>> 20) | 0) + ((t2 & 1048575) <= ((t1 >>> 12) | 0) ? 1 : 0)) | 0, backgroundWeight)) |
      0;
    const t4 = clamped(t3, 536870912);
    const t5 = (inhibitoryCurrent + inhibitoryReceived) | 0;
    const t6 = clamped(t5, 536870912);
    const t7 = product((potential - threshold) | 0, perSlope);
    const t8 = ((t7 < -786432 ? -786432 : 524287 < t7 ? 524287 : t7) - -786432) | 0;
    const t9 = t8 >> 10;
    const t10 = exponentialTable[t9]!;
    const t11 =
      (((((((((potential -
        share(clamped((((potential - bias) | 0) + adapted) | 0, 536870912), leakMantissa, leakShift)) |
        0) +
        share(t4, excitatoryGainMantissa, excitatoryGainShift)) |
        0) +
        share(t6, inhibitoryGainMantissa, inhibitoryGainShift)) |
        0) +
        (share(
          (t10 + product24((exponentialTable[(t9 + 1) | 0]! - t10) | 0, (t8 & 1023) << 14)) | 0,
          upswingMantissa,
          upswingShift,
        ) <<
          3)) |
        0) +
        product((normalTable[randomBits & 4095]! + normalTable[(randomBits >>> 20) | 0]!) | 0, noise)) |
      0;
    const t12 = !t0 && peak <= t11;
    const t13 =
      (((adapted +
        share(
          clamped((product(potential, adaptation) - adapted) | 0, 536870912),
          adaptationLossMantissa,
          adaptationLossShift,
        )) |
        0) +
        (t12 ? adaptationJump : 0)) |
      0;
    potentialOf[neuron] = t12 ? reset : t0 ? potential : clamped(t11, 8388608);
    refractoryOf[neuron] = t12 ? refractorySteps : t0 ? (refractory - 1) | 0 : 0;
    excitatoryCurrentOf[neuron] = (t4 - share(t4, excitatoryLossMantissa, excitatoryLossShift)) | 0;
    inhibitoryCurrentOf[neuron] = (t6 - share(t6, inhibitoryLossMantissa, inhibitoryLossShift)) | 0;
    adaptedOf[neuron] = clamped(t13, 536870912);
    if (t12) fired.add(neuron);
    if (t4 !== t3 || t6 !== t5 || t11 < -8388608 || 536870912 < t13 || t13 < -536870912) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function izhikevich(population: PopulationArrays, _stepKey: number, fired: SpikeList): number {
  const { neurons, state, received } = population;
  const potentialOf = state[0]!;
  const recoveryOf = state[1]!;
  const excitatoryCurrentOf = state[2]!;
  const inhibitoryCurrentOf = state[3]!;
  const excitatoryReceivedOf = received[0]!;
  const inhibitoryReceivedOf = received[1]!;
  const stepMantissa = population.parameters[0]!;
  const stepShift = population.parameters[1]!;
  const recoveryMantissa = population.parameters[2]!;
  const recoveryShift = population.parameters[3]!;
  const sensitivity = population.parameters[4]!;
  const reset = population.parameters[5]!;
  const jump = population.parameters[6]!;
  const peak = population.parameters[7]!;
  const bias = population.parameters[8]!;
  const excitatoryLossMantissa = population.parameters[10]!;
  const excitatoryLossShift = population.parameters[11]!;
  const excitatoryGainMantissa = population.parameters[12]!;
  const excitatoryGainShift = population.parameters[13]!;
  const inhibitoryLossMantissa = population.parameters[14]!;
  const inhibitoryLossShift = population.parameters[15]!;
  const inhibitoryGainMantissa = population.parameters[16]!;
  const inhibitoryGainShift = population.parameters[17]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const recovery = recoveryOf[neuron]!;
    const excitatoryCurrent = excitatoryCurrentOf[neuron]!;
    const inhibitoryCurrent = inhibitoryCurrentOf[neuron]!;
    const excitatoryReceived = excitatoryReceivedOf[neuron]!;
    excitatoryReceivedOf[neuron] = 0;
    const inhibitoryReceived = inhibitoryReceivedOf[neuron]!;
    inhibitoryReceivedOf[neuron] = 0;
    const t0 = (excitatoryCurrent + excitatoryReceived) | 0;
    const t1 = clamped(t0, 536870912);
    const t2 = (inhibitoryCurrent + inhibitoryReceived) | 0;
    const t3 = clamped(t2, 536870912);
    const t4 =
      (((((potential +
        share(
          clamped(
            (((((((product(share(potential, 20972, 5), potential) + Math.imul(potential, 5)) | 0) + 9175040) | 0) -
              recovery) |
              0) +
              bias) |
              0,
            536870912,
          ),
          stepMantissa,
          stepShift,
        )) |
        0) +
        share(t1, excitatoryGainMantissa, excitatoryGainShift)) |
        0) +
        share(t3, inhibitoryGainMantissa, inhibitoryGainShift)) |
      0;
    const t5 = peak <= t4;
    const t6 =
      (((recovery +
        share(clamped((product(sensitivity, potential) - recovery) | 0, 536870912), recoveryMantissa, recoveryShift)) |
        0) +
        (t5 ? jump : 0)) |
      0;
    potentialOf[neuron] = t5 ? reset : clamped(t4, 11796480);
    recoveryOf[neuron] = clamped(t6, 536870912);
    excitatoryCurrentOf[neuron] = (t1 - share(t1, excitatoryLossMantissa, excitatoryLossShift)) | 0;
    inhibitoryCurrentOf[neuron] = (t3 - share(t3, inhibitoryLossMantissa, inhibitoryLossShift)) | 0;
    if (t5) fired.add(neuron);
    if (t1 !== t0 || t3 !== t2 || t4 < -11796480 || 536870912 < t6 || t6 < -536870912) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function izhikevichNoisy(population: PopulationArrays, stepKey: number, fired: SpikeList): number {
  const { neurons, state, received, tables, randomKey } = population;
  const potentialOf = state[0]!;
  const recoveryOf = state[1]!;
  const excitatoryCurrentOf = state[2]!;
  const inhibitoryCurrentOf = state[3]!;
  const excitatoryReceivedOf = received[0]!;
  const inhibitoryReceivedOf = received[1]!;
  const normalTable = tables[0]!;
  const stepMantissa = population.parameters[0]!;
  const stepShift = population.parameters[1]!;
  const recoveryMantissa = population.parameters[2]!;
  const recoveryShift = population.parameters[3]!;
  const sensitivity = population.parameters[4]!;
  const reset = population.parameters[5]!;
  const jump = population.parameters[6]!;
  const peak = population.parameters[7]!;
  const bias = population.parameters[8]!;
  const noise = population.parameters[9]!;
  const excitatoryLossMantissa = population.parameters[10]!;
  const excitatoryLossShift = population.parameters[11]!;
  const excitatoryGainMantissa = population.parameters[12]!;
  const excitatoryGainShift = population.parameters[13]!;
  const inhibitoryLossMantissa = population.parameters[14]!;
  const inhibitoryLossShift = population.parameters[15]!;
  const inhibitoryGainMantissa = population.parameters[16]!;
  const inhibitoryGainShift = population.parameters[17]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const recovery = recoveryOf[neuron]!;
    const excitatoryCurrent = excitatoryCurrentOf[neuron]!;
    const inhibitoryCurrent = inhibitoryCurrentOf[neuron]!;
    const excitatoryReceived = excitatoryReceivedOf[neuron]!;
    excitatoryReceivedOf[neuron] = 0;
    const inhibitoryReceived = inhibitoryReceivedOf[neuron]!;
    inhibitoryReceivedOf[neuron] = 0;
    const randomBits = mixed(mixed((neuron + randomKey) | 0) ^ stepKey);
    const t0 = (excitatoryCurrent + excitatoryReceived) | 0;
    const t1 = clamped(t0, 536870912);
    const t2 = (inhibitoryCurrent + inhibitoryReceived) | 0;
    const t3 = clamped(t2, 536870912);
    const t4 =
      (((((((potential +
        share(
          clamped(
            (((((((product(share(potential, 20972, 5), potential) + Math.imul(potential, 5)) | 0) + 9175040) | 0) -
              recovery) |
              0) +
              bias) |
              0,
            536870912,
          ),
          stepMantissa,
          stepShift,
        )) |
        0) +
        share(t1, excitatoryGainMantissa, excitatoryGainShift)) |
        0) +
        share(t3, inhibitoryGainMantissa, inhibitoryGainShift)) |
        0) +
        product((normalTable[randomBits & 4095]! + normalTable[(randomBits >>> 20) | 0]!) | 0, noise)) |
      0;
    const t5 = peak <= t4;
    const t6 =
      (((recovery +
        share(clamped((product(sensitivity, potential) - recovery) | 0, 536870912), recoveryMantissa, recoveryShift)) |
        0) +
        (t5 ? jump : 0)) |
      0;
    potentialOf[neuron] = t5 ? reset : clamped(t4, 11796480);
    recoveryOf[neuron] = clamped(t6, 536870912);
    excitatoryCurrentOf[neuron] = (t1 - share(t1, excitatoryLossMantissa, excitatoryLossShift)) | 0;
    inhibitoryCurrentOf[neuron] = (t3 - share(t3, inhibitoryLossMantissa, inhibitoryLossShift)) | 0;
    if (t5) fired.add(neuron);
    if (t1 !== t0 || t3 !== t2 || t4 < -11796480 || 536870912 < t6 || t6 < -536870912) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function rate(population: PopulationArrays, _stepKey: number, fired: SpikeList): number {
  const { neurons, state, received } = population;
  const potentialOf = state[0]!;
  const dueOf = state[1]!;
  const sentOf = state[2]!;
  const receivedOf = received[0]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const leakMantissa = population.parameters[3]!;
  const leakShift = population.parameters[4]!;
  const gainMantissa = population.parameters[5]!;
  const gainShift = population.parameters[6]!;
  const most = population.parameters[7]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const due = dueOf[neuron]!;
    const received = receivedOf[neuron]!;
    receivedOf[neuron] = 0;
    const t0 = (((potential - share((potential - bias) | 0, leakMantissa, leakShift)) | 0) + received) | 0;
    const t1 = clamped(t0, 536870912);
    const t2 = clamped((t1 - threshold) | 0, 16777216);
    const t3 = share(t2, gainMantissa, gainShift) << 6;
    const t4 = (due + (0 < t2 ? (most < t3 ? most : t3) : 0)) | 0;
    potentialOf[neuron] = t1;
    dueOf[neuron] = t4 & 16777215;
    sentOf[neuron] = (((t4 >> 20) - (due >> 20)) | 0) << 11;
    if (16777216 <= t4) fired.add(neuron);
    if (t1 !== t0) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function rateNoisy(population: PopulationArrays, stepKey: number, fired: SpikeList): number {
  const { neurons, state, received, tables, randomKey } = population;
  const potentialOf = state[0]!;
  const dueOf = state[1]!;
  const sentOf = state[2]!;
  const receivedOf = received[0]!;
  const normalTable = tables[0]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const noise = population.parameters[2]!;
  const leakMantissa = population.parameters[3]!;
  const leakShift = population.parameters[4]!;
  const gainMantissa = population.parameters[5]!;
  const gainShift = population.parameters[6]!;
  const most = population.parameters[7]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const due = dueOf[neuron]!;
    const received = receivedOf[neuron]!;
    receivedOf[neuron] = 0;
    const randomBits = mixed(mixed((neuron + randomKey) | 0) ^ stepKey);
    const t0 =
      (((((potential - share((potential - bias) | 0, leakMantissa, leakShift)) | 0) + received) | 0) +
        product((normalTable[randomBits & 4095]! + normalTable[(randomBits >>> 20) | 0]!) | 0, noise)) |
      0;
    const t1 = clamped(t0, 536870912);
    const t2 = clamped((t1 - threshold) | 0, 16777216);
    const t3 = share(t2, gainMantissa, gainShift) << 6;
    const t4 = (due + (0 < t2 ? (most < t3 ? most : t3) : 0)) | 0;
    potentialOf[neuron] = t1;
    dueOf[neuron] = t4 & 16777215;
    sentOf[neuron] = (((t4 >> 20) - (due >> 20)) | 0) << 11;
    if (16777216 <= t4) fired.add(neuron);
    if (t1 !== t0) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function poisson(population: PopulationArrays, stepKey: number, fired: SpikeList): number {
  const { neurons, randomKey } = population;
  const chance = population.parameters[0]!;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const randomBits = mixed(mixed((neuron + randomKey) | 0) ^ stepKey);
    if (((randomBits >>> 1) | 0) < chance) fired.add(neuron);
  }
  return 0;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function spikeSource(population: PopulationArrays, _stepKey: number, fired: SpikeList): number {
  const { neurons, received } = population;
  const receivedOf = received[0]!;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const received = receivedOf[neuron]!;
    receivedOf[neuron] = 0;
    if (0 < received) fired.add(neuron);
  }
  return 0;
}

export const stepKernels = {
  lif,
  dualLif,
  lifDriven,
  dualLifDriven,
  lifNoisy,
  dualLifNoisy,
  lifNoisyDriven,
  dualLifNoisyDriven,
  conductanceLif,
  conductanceLifDriven,
  conductanceLifNoisy,
  conductanceLifNoisyDriven,
  adex,
  adexDriven,
  adexNoisy,
  adexNoisyDriven,
  izhikevich,
  izhikevichNoisy,
  rate,
  rateNoisy,
  poisson,
  spikeSource,
} as const;
