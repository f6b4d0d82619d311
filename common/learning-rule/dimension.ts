// Physical dimensions of what equations of learning rules are made of: powers of time, potential, conductance and weight.
import { EquationError } from './parse-equation.ts';

/** Exponents. `weight` is what the weight of the synapse is in: mV, nS, or a pure number in rate networks. */
export interface Dimension {
  readonly time: number;
  readonly potential: number;
  readonly conductance: number;
  readonly weight: number;
}

export const pure: Dimension = { time: 0, potential: 0, conductance: 0, weight: 0 };

const units: Readonly<Record<string, Dimension>> = {
  '': pure,
  '1': pure,
  ms: { ...pure, time: 1 },
  Hz: { ...pure, time: -1 },
  mV: { ...pure, potential: 1 },
  nS: { ...pure, conductance: 1 },
  w: { ...pure, weight: 1 },
};

/** How much one of a unit is in ms, mV, nS and w. */
const scales: Readonly<Record<string, number>> = { Hz: 1e-3 };

export const combine = (a: Dimension, b: Dimension, power = 1): Dimension => ({
  time: a.time + power * b.time,
  potential: a.potential + power * b.potential,
  conductance: a.conductance + power * b.conductance,
  weight: a.weight + power * b.weight,
});

export const isSame = (a: Dimension, b: Dimension) =>
  a.time === b.time && a.potential === b.potential && a.conductance === b.conductance && a.weight === b.weight;

/** @returns 'ms·w' and the like; 'no unit' for a pure number. */
export function wordsOf(dimension: Dimension): string {
  const words = (
    [
      ['ms', dimension.time],
      ['mV', dimension.potential],
      ['nS', dimension.conductance],
      ['w', dimension.weight],
    ] as const
  ).flatMap(([unit, power]) => (power === 0 ? [] : [power === 1 ? unit : `${unit}^${power}`]));
  return words.length === 0 ? 'no unit' : words.join('·');
}

/**
 * @param unit a product or quotient of units, 'w/ms' or '1/mV^2' for example
 * @throws EquationError for a unit that is not known.
 */
export function dimensionOf(unit: string): Dimension {
  return factorsOf(unit).reduce((all, { dimension, power }) => combine(all, dimension, power), pure);
}

/** @returns what a number in this unit is multiplied with to be in ms, mV, nS and w. */
export function scaleOf(unit: string): number {
  return factorsOf(unit).reduce((all, { scale, power }) => all * scale ** power, 1);
}

function factorsOf(unit: string) {
  const [over = '', ...under] = unit.split('/');
  return [
    ...over.split('·').map((each) => factorOf(each, 1, unit)),
    ...under.flatMap((part) => part.split('·').map((each) => factorOf(each, -1, unit))),
  ];
}

function factorOf(text: string, sign: number, whole: string) {
  const [name = '', power = '1'] = text.trim().split('^');
  const dimension = units[name];
  if (dimension === undefined || !/^\d+$/.test(power)) {
    throw new EquationError(
      `'${whole}' is not a unit; units are ms, Hz, mV, nS, w and their products (·), quotients (/) and powers (^)`,
    );
  }
  return { dimension, scale: scales[name] ?? 1, power: sign * Number(power) };
}
