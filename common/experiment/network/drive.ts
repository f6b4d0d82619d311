// What can be injected into a population while it runs: a steady current, or a rate where neurons fire by chance; used in every process.
import { z } from 'zod';
import type { Population } from './population.ts';

/** mV: depolarisation that the current holds, its product with the membrane's resistance; pA where the leak is known; mV/ms: of Izhikevich's neurons. */
export const driveUnits = ['mV', 'pA', 'mV/ms', 'Hz'] as const;
export type DriveUnit = (typeof driveUnits)[number];

/** A steady input to all neurons of a population, added to what its file says, for a time of the model. */
export const driveSchema = z.strictObject({
  strength: z.number(),
  unit: z.enum(driveUnits),
  milliseconds: z.number(),
});
export type Drive = z.output<typeof driveSchema>;

/** An hour. */
export const longestDriveMilliseconds = 3_600_000;

/** What can be injected beside what the file of the population says. */
export interface DriveRange {
  readonly unit: DriveUnit;
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Largest sizes of what the file says and the drive together. With less the potential of a neuron without other input stays where the whole
 * numbers of its model can hold it: within 8192 mV, 128 mV of rest for lif-conductance and adex, 180 mV for izhikevich; and the rate of
 * a rate neuron does not reach the 256 mV above threshold beyond which it grows no further.
 */
const most = { lif: 1000, 'lif-conductance': 100, adex: 100, izhikevich: 200, rate: 200 } as const;
const mostPoissonHz = 20_000;

/**
 * @param stepMilliseconds length of a step of the network
 * @returns undefined where nothing can be injected.
 */
export function driveRange(population: Population, stepMilliseconds: number): DriveRange | undefined {
  switch (population.model) {
    case 'lif':
    case 'adex':
    case 'rate':
      return around(most[population.model], population.biasMillivolts, 'mV', 1);
    case 'lif-conductance':
      return around(most[population.model], population.biasMillivolts, 'pA', population.leakNanosiemens);
    case 'izhikevich':
      return around(most[population.model], population.biasMillivoltsPerMillisecond, 'mV/ms', 1);
    case 'poisson': {
      const { rateHz } = population;
      const highest = Math.min(mostPoissonHz, 1000 / stepMilliseconds) - rateHz;
      return { unit: 'Hz', lowest: -rateHz, highest: Math.max(0, highest) };
    }
    case 'spike-source':
      return undefined;
  }
}

const around = (size: number, bias: number, unit: DriveUnit, perMillivolt: number): DriveRange => ({
  unit,
  lowest: (-size - bias) * perMillivolt,
  highest: (size - bias) * perMillivolt,
});

/** @returns the population while it is driven: what its file would say of neurons that are always so. @param strength in its unit */
export function driven(population: Population, strength: number): Population {
  switch (population.model) {
    case 'lif':
    case 'adex':
    case 'rate':
      return { ...population, biasMillivolts: population.biasMillivolts + strength };
    case 'lif-conductance':
      // pA / nS is mV.
      return { ...population, biasMillivolts: population.biasMillivolts + strength / population.leakNanosiemens };
    case 'izhikevich':
      return {
        ...population,
        biasMillivoltsPerMillisecond: population.biasMillivoltsPerMillisecond + strength,
      };
    case 'poisson':
      return { ...population, rateHz: population.rateHz + strength };
    case 'spike-source':
      return population;
  }
}

const digits = (value: number) => String(Number(value.toPrecision(6))).replace('-', '−');

/** "from −62 to 38 mV". */
export const rangeWords = ({ lowest, highest, unit }: DriveRange): string =>
  `from ${digits(lowest)} to ${digits(highest)} ${unit}`;

/** As people read it: "5 mV for 500 ms". */
export const driveWords = ({ strength, unit, milliseconds }: Drive): string =>
  `${digits(strength)} ${unit} for ${digits(milliseconds)} ms`;

/** What is wrong with a drive, and what to do. */
export interface DriveProblem {
  readonly at: keyof Drive | 'population';
  readonly what: string;
  readonly fix: string;
}

/** Of a population for which there is no range. */
export const noDrive = ({ name }: Pick<Population, 'name'>): DriveProblem => ({
  at: 'population',
  what: `${name} fires when recorded units do: nothing can be injected into it`,
  fix: 'Choose a population that it leads to',
});

/**
 * @param population into which it is to be injected
 * @param stepMilliseconds length of a step. @param tickMilliseconds length of a tick, the shortest drive
 * @returns undefined when nothing is wrong.
 */
export function driveProblem(
  population: Population,
  drive: Drive,
  stepMilliseconds: number,
  tickMilliseconds: number,
): DriveProblem | undefined {
  const range = driveRange(population, stepMilliseconds);
  return range === undefined ? noDrive(population) : problemWithin(population, range, drive, tickMilliseconds);
}

/** The same where the range is known. */
export function problemWithin(
  { name }: Pick<Population, 'name'>,
  range: DriveRange,
  { strength, unit, milliseconds }: Drive,
  tickMilliseconds: number,
): DriveProblem | undefined {
  if (unit !== range.unit)
    return { at: 'unit', what: `${name} is driven in ${range.unit}, not in ${unit}`, fix: `Say it in ${range.unit}` };
  if (!(strength >= range.lowest && strength <= range.highest) || strength === 0)
    return {
      at: 'strength',
      what: `a drive of ${digits(strength)} ${unit} ${strength === 0 ? 'does nothing' : `is more than ${name} can hold`}`,
      fix: `Choose a strength ${rangeWords(range)}, other than 0`,
    };
  if (!(milliseconds >= tickMilliseconds && milliseconds <= longestDriveMilliseconds))
    return {
      at: 'milliseconds',
      what: `a drive cannot last ${digits(milliseconds)} ms`,
      fix: `Choose a duration from ${tickMilliseconds} ms, a tick, to ${longestDriveMilliseconds} ms, an hour`,
    };
  return undefined;
}

/** How many ticks a drive lasts: the nearest whole number, at least one. */
export const driveTicks = (milliseconds: number, tickMilliseconds: number): number =>
  Math.max(1, Math.round(milliseconds / tickMilliseconds));
