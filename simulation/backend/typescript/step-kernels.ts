// Written by `npx vitest run simulation/kernel -u`: a step of a population, for each model in simulation/models. Simulation process.
import { normalTable } from '../../network/normal-table.ts';
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

function mixed(value: number): number {
  const t0 = Math.imul(value ^ ((value >>> 16) | 0), 569420461);
  const t1 = Math.imul(t0 ^ ((t0 >>> 15) | 0), 1935289751);
  return t1 ^ ((t1 >>> 15) | 0);
}

/** @returns in how many neurons a value was brought back to its bounds. */
function lif(population: PopulationArrays, _stepKey: number, fired: SpikeList): number {
  const { neurons, state, received } = population;
  const potentialOf = state[0]!;
  const driveOf = state[1]!;
  const refractoryOf = state[2]!;
  const receivedOf = received[0]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const reset = population.parameters[2]!;
  const refractorySteps = population.parameters[3]!;
  const leakMantissa = population.parameters[4]!;
  const leakShift = population.parameters[5]!;
  const driveLossMantissa = population.parameters[6]!;
  const driveLossShift = population.parameters[7]!;
  const gainMantissa = population.parameters[8]!;
  const gainShift = population.parameters[9]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const drive = driveOf[neuron]!;
    const refractory = refractoryOf[neuron]!;
    const received = receivedOf[neuron]!;
    receivedOf[neuron] = 0;
    const t0 = 0 < refractory;
    const t1 = (drive + received) | 0;
    const t2 = clamped(t1, 536870912);
    const t3 =
      (((potential - share((potential - bias) | 0, leakMantissa, leakShift)) | 0) +
        share(t2, gainMantissa, gainShift)) |
      0;
    const t4 = !t0 && threshold <= t3;
    potentialOf[neuron] = t0 ? potential : t4 ? reset : clamped(t3, 536870912);
    driveOf[neuron] = (t2 - share(t2, driveLossMantissa, driveLossShift)) | 0;
    refractoryOf[neuron] = t0 ? (refractory - 1) | 0 : t4 ? refractorySteps : 0;
    if (t4) fired.add(neuron);
    if (536870912 < t1 || t1 < -536870912 || 536870912 < t3 || t3 < -536870912) saturated++;
  }
  return saturated;
}

/** @returns in how many neurons a value was brought back to its bounds. */
function noisyLif(population: PopulationArrays, stepKey: number, fired: SpikeList): number {
  const { neurons, state, received, randomKey } = population;
  const potentialOf = state[0]!;
  const driveOf = state[1]!;
  const refractoryOf = state[2]!;
  const receivedOf = received[0]!;
  const bias = population.parameters[0]!;
  const threshold = population.parameters[1]!;
  const reset = population.parameters[2]!;
  const refractorySteps = population.parameters[3]!;
  const leakMantissa = population.parameters[4]!;
  const leakShift = population.parameters[5]!;
  const driveLossMantissa = population.parameters[6]!;
  const driveLossShift = population.parameters[7]!;
  const gainMantissa = population.parameters[8]!;
  const gainShift = population.parameters[9]!;
  const noise = population.parameters[10]!;
  let saturated = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    const potential = potentialOf[neuron]!;
    const drive = driveOf[neuron]!;
    const refractory = refractoryOf[neuron]!;
    const received = receivedOf[neuron]!;
    receivedOf[neuron] = 0;
    const randomBits = mixed(mixed((neuron + randomKey) | 0) ^ stepKey);
    const t0 = 0 < refractory;
    const t1 = (drive + received) | 0;
    const t2 = clamped(t1, 536870912);
    const t3 =
      (((((potential - share((potential - bias) | 0, leakMantissa, leakShift)) | 0) +
        share(t2, gainMantissa, gainShift)) |
        0) +
        product((normalTable[randomBits & 4095]! + normalTable[(randomBits >>> 20) | 0]!) | 0, noise)) |
      0;
    const t4 = !t0 && threshold <= t3;
    potentialOf[neuron] = t0 ? potential : t4 ? reset : clamped(t3, 536870912);
    driveOf[neuron] = (t2 - share(t2, driveLossMantissa, driveLossShift)) | 0;
    refractoryOf[neuron] = t0 ? (refractory - 1) | 0 : t4 ? refractorySteps : 0;
    if (t4) fired.add(neuron);
    if (536870912 < t1 || t1 < -536870912 || 536870912 < t3 || t3 < -536870912) saturated++;
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

export const stepKernels = { lif, noisyLif, poisson } as const;
