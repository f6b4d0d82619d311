// Where an axis has its ticks and what stands beside them; used in the page and in reports.
import { formatNumber } from './format-quantity.ts';

/** The largest of 1, 2, 5 × 10ⁿ that is not above `value`. */
export function roundDownNice(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const lead = value / decade + 1e-9;
  return (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * decade;
}

/** The smallest of 1, 2, 5 × 10ⁿ that is not below `value`. */
export function roundUpNice(value: number): number {
  const below = roundDownNice(value);
  return below >= value * (1 - 1e-9) ? below : roundDownNice(below * 2.5);
}

export interface Ticks {
  step: number;
  values: number[];
}

/** Ticks at round values from `from` to `to`, at most `most` of them (and one). */
export function linearTicks(from: number, to: number, most: number): Ticks {
  const step = roundUpNice((to - from) / Math.max(1, most));
  const first = Math.ceil(from / step - 1e-6);
  const values: number[] = [];
  // Adding 0 turns −0 into 0.
  for (let index = first; index * step <= to + step * 1e-6; index++) values.push(index * step + 0);
  return { step, values };
}

/** A tick of time with the digits that its step needs: "0.25 s", "50 ms". @param isShort whether ms read better. */
export function formatTimeTick(seconds: number, step: number, isShort: boolean): string {
  const unit = isShort ? 1e3 : 1;
  const digits = Math.max(0, -Math.floor(Math.log10(step * unit) + 1e-9));
  const text = (seconds * unit).toFixed(digits).replace('-', '−');
  return `${Number(text.replace('−', '-')) === 0 ? text.replace('−', '') : text} ${isShort ? 'ms' : 's'}`;
}

/** A tick of a logarithmic axis of ms: "0.1 ms", "10 ms", "1 s". */
export function formatLatencyTick(milliseconds: number): string {
  return milliseconds >= 1_000 ? `${formatNumber(milliseconds / 1_000)} s` : `${formatNumber(milliseconds)} ms`;
}

/** The largest round quantity whose bar is no longer than `mostPixels`. */
export function scaleBarLength(quantityPerPixel: number, mostPixels: number): { quantity: number; pixels: number } {
  const quantity = roundDownNice(quantityPerPixel * mostPixels);
  return { quantity, pixels: quantity / quantityPerPixel };
}
