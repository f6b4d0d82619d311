// Scales of plots: where a number stands, and which numbers are written beside the axis; analysis process.
import { figure } from '../figures.ts';

export interface Scale {
  /** 0 at the lower end of the axis, 1 at the upper. */
  at(value: number): number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

/** @returns a linear scale over all values, from and to a round number. @param values at least one finite number counts */
export function linearScale(values: readonly number[], wantedTicks = 5): Scale {
  const [least, most] = extent(values);
  const span = most > least ? most - least : Math.abs(most) || 1;
  const step = roundStep(span / wantedTicks);
  const low = Math.floor(least / step) * step;
  const high = Math.max(Math.ceil(most / step) * step, low + step);
  const count = Math.round((high - low) / step);
  return {
    at: (value) => (value - low) / (high - low),
    ticks: Array.from({ length: count + 1 }, (_, index) => ({
      value: low + index * step,
      text: figure(low + index * step, 6),
    })),
  };
}

/** @returns a logarithmic scale with ticks at 1, 2 and 5 times powers of ten, or at the powers alone where there are many. */
export function logarithmicScale(values: readonly number[]): Scale {
  const positive = values.filter((value) => value > 0);
  const [least, most] = positive.length === 0 ? [1, 10] : extent(positive);
  const [from, until] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  const factors = Math.log10(most / least) > 2.5 ? [1] : [1, 2, 5];
  const candidates: number[] = [];
  for (let power = from; power <= until; power++) candidates.push(...factors.map((factor) => factor * 10 ** power));
  const low = candidates.findLast((value) => value <= least) ?? candidates[0]!;
  const high = candidates.find((value) => value >= most && value > low) ?? low * 10;
  const [bottom, height] = [Math.log10(low), Math.log10(high) - Math.log10(low)];
  return {
    at: (value) => (Math.log10(value) - bottom) / height,
    ticks: candidates.filter((value) => value >= low && value <= high).map((value) => ({ value, text: figure(value) })),
  };
}

function extent(values: readonly number[]): readonly [number, number] {
  const finite = values.filter(Number.isFinite);
  return finite.length === 0 ? [0, 1] : [Math.min(...finite), Math.max(...finite)];
}

/** The smallest of 1, 2 and 5 times a power of ten that is not below the wanted step. */
function roundStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  return power * ([1, 2, 5].find((factor) => factor * power >= wanted * (1 - 1e-9)) ?? 10);
}
