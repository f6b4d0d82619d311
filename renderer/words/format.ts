// Numbers as a laboratory writes them: three significant digits, SI prefixes, spans in words. Runs in the page.
import { formatClock } from '../../common/figures/format-quantity.ts';

/** Stands for a number that is not known. */
export const unknownNumber = '–';

const prefixes = ['p', 'n', 'µ', 'm', '', 'k', 'M', 'G', 'T'];
const noPrefix = prefixes.indexOf('');

/** @returns three significant digits without a power of ten: 0.0420, 1.23, 12.3, 123, 1,234. */
export function threeDigits(value: number): string {
  if (!Number.isFinite(value)) return unknownNumber;
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(3));
  const size = Math.abs(rounded);
  if (size >= 1000) return count(rounded);
  return rounded.toFixed(Math.max(0, 2 - Math.floor(Math.log10(size)))).replace('-', '−');
}

/** @returns a value in `unit` as it stands, "1.23 nC". */
export function quantity(value: number, unit: string): string {
  return unit === '' ? plain(value) : `${threeDigits(value)}\u00a0${unit}`;
}

/** @returns a value of an unprefixed unit with the fitting prefix: 30000 Hz is "30.0 kHz". */
export function withPrefix(value: number, unit: string): string {
  if (!Number.isFinite(value)) return unknownNumber;
  const rounded = Number(value.toPrecision(3));
  const step = rounded === 0 ? 0 : Math.floor(Math.log10(Math.abs(rounded)) / 3);
  const index = Math.min(Math.max(noPrefix + step, 0), prefixes.length - 1);
  return `${threeDigits(rounded / 1000 ** (index - noPrefix))}\u00a0${prefixes[index] ?? ''}${unit}`;
}

/** @returns a rate without needless zeros: 30 kHz, 24.4 kHz. */
export function sampleRate(hertz: number): string {
  const kilohertz = Number((hertz / 1000).toPrecision(3));
  return `${kilohertz}\u00a0kHz`;
}

/** @returns a whole number with separators, 1,234,567. */
export function count(value: number): string {
  if (!Number.isFinite(value)) return unknownNumber;
  return Math.round(value).toLocaleString('en-US').replace('-', '−');
}

/** A number without a unit: whole numbers as counts, others with three digits. */
function plain(value: number): string {
  return Number.isInteger(value) ? count(value) : threeDigits(value);
}

/** @returns hh:mm:ss of stream time. */
export function clock(seconds: number): string {
  return Number.isFinite(seconds) ? formatClock(Math.floor(seconds)).slice(0, -'.000'.length) : '--:--:--';
}

/** @returns a span in words, rounded down: 3 h 10 min, 6 min 20 s, 4 s. */
export function span(seconds: number): string {
  if (!Number.isFinite(seconds)) return unknownNumber;
  const whole = Math.floor(Math.max(seconds, 0));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  if (hours >= 48) return `${Math.floor(hours / 24)}\u00a0d`;
  if (hours > 0) return `${hours}\u00a0h ${minutes}\u00a0min`;
  if (minutes > 0) return `${minutes}\u00a0min ${whole % 60}\u00a0s`;
  return `${whole}\u00a0s`;
}

/** @returns how long ago something was: "0.02 s", "12 s", "3 min 4 s". */
export function ago(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return unknownNumber;
  const seconds = Math.max(milliseconds, 0) / 1000;
  return seconds < 10 ? `${seconds.toFixed(2)}\u00a0s` : span(seconds);
}

/** @returns a measured current in µA, always with two decimals so that nothing moves when it changes: "0.00 µA". */
export function measuredCurrent(microamps: number): string {
  if (!Number.isFinite(microamps)) return unknownNumber;
  // Minus zero is zero.
  const rounded = Math.round(100 * microamps) / 100 + 0;
  return `${rounded.toFixed(2).replace('-', '−')}\u00a0µA`;
}

/** @returns the first eight digits of a hash, as people compare them. */
export function shortHash(hash: string): string {
  return hash.slice(0, 8);
}

/** @returns electrode numbers as everywhere in the program, counted from 0. */
export function electrodeName(electrode: number): string {
  return `E${electrode}`;
}

/** @returns the fraction in percent, whole above 10. */
export function percent(fraction: number): string {
  if (!Number.isFinite(fraction)) return unknownNumber;
  const value = 100 * fraction;
  return `${value >= 10 || value === 0 ? Math.round(value) : value.toFixed(1)}\u00a0%`;
}

/** Begins like a sentence. */
export function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Begins and ends like a sentence. */
export function sentence(words: string): string {
  return capitalized(words) + (/[.?:]$/.test(words) || words === '' ? '' : '.');
}
