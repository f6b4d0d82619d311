// Knows the units that people write into keys and values, and converts between them; used by the main process.
import { plainWord } from './nearest.ts';

interface Unit {
  quantity: 'current' | 'time' | 'voltage' | 'charge' | 'frequency' | 'resistance' | 'area';
  /** How many of the quantity's base unit it is. */
  factor: number;
  /** As a key ends: amplitudeMicroamps. */
  word: string;
  symbol: string;
}

const units: readonly Unit[] = [
  { quantity: 'current', factor: 1, word: 'Amps', symbol: 'A' },
  { quantity: 'current', factor: 1e-3, word: 'Milliamps', symbol: 'mA' },
  { quantity: 'current', factor: 1e-6, word: 'Microamps', symbol: 'µA' },
  { quantity: 'current', factor: 1e-9, word: 'Nanoamps', symbol: 'nA' },
  { quantity: 'time', factor: 3600, word: 'Hours', symbol: 'h' },
  { quantity: 'time', factor: 60, word: 'Minutes', symbol: 'min' },
  { quantity: 'time', factor: 1, word: 'Seconds', symbol: 's' },
  { quantity: 'time', factor: 1e-3, word: 'Milliseconds', symbol: 'ms' },
  { quantity: 'time', factor: 1e-6, word: 'Microseconds', symbol: 'µs' },
  { quantity: 'time', factor: 1e-9, word: 'Nanoseconds', symbol: 'ns' },
  { quantity: 'voltage', factor: 1, word: 'Volts', symbol: 'V' },
  { quantity: 'voltage', factor: 1e-3, word: 'Millivolts', symbol: 'mV' },
  { quantity: 'voltage', factor: 1e-6, word: 'Microvolts', symbol: 'µV' },
  { quantity: 'charge', factor: 1e-6, word: 'Microcoulombs', symbol: 'µC' },
  { quantity: 'charge', factor: 1e-9, word: 'Nanocoulombs', symbol: 'nC' },
  { quantity: 'charge', factor: 1e-12, word: 'Picocoulombs', symbol: 'pC' },
  { quantity: 'frequency', factor: 1, word: 'Hertz', symbol: 'Hz' },
  { quantity: 'frequency', factor: 1e3, word: 'Kilohertz', symbol: 'kHz' },
  { quantity: 'resistance', factor: 1, word: 'Ohms', symbol: 'Ω' },
  { quantity: 'resistance', factor: 1e3, word: 'Kiloohms', symbol: 'kΩ' },
  { quantity: 'resistance', factor: 1e6, word: 'Megaohms', symbol: 'MΩ' },
  { quantity: 'area', factor: 1e-4, word: 'SquareCentimetres', symbol: 'cm²' },
  { quantity: 'area', factor: 1e-6, word: 'SquareMillimetres', symbol: 'mm²' },
  { quantity: 'area', factor: 1e-12, word: 'SquareMicrometres', symbol: 'µm²' },
];

/** Whether two symbols mean the same unit: `u` and both micro signs do, `2` and `²`, and both signs of the ohm. */
export function isSameSymbol(a: string, b: string): boolean {
  return plainSymbol(a) === plainSymbol(b);
}

function plainSymbol(symbol: string): string {
  return symbol
    .replace(/^[µμ]/, 'u')
    .replace(/²$/, '2')
    .replace(/\u2126$/, 'Ω');
}

export function unitOfSymbol(symbol: string): Unit | undefined {
  return units.find((unit) => isSameSymbol(unit.symbol, symbol));
}

/** Whole words before symbols, the longer before those that they end with: Milliseconds before Seconds, mV before V. */
const keyEndings = [
  ...units.map((unit) => ({
    unit,
    length: 100 + unit.word.length,
    pattern: new RegExp(`^(.*)${unit.word.slice(0, -1)}${unit.word.slice(-1)}?$`, 'i'),
  })),
  // A `Min` at the end of a key is a minimum, not a minute.
  ...units
    .filter(({ symbol }) => symbol !== 'min')
    .map((unit) => ({ unit, length: unit.symbol.length, pattern: symbolEnding(unit.symbol) })),
].sort((a, b) => b.length - a.length);

/** As people shorten it: amplitude_mA, amplitude_ma, amplitudeMa, amplitudemA; but the s of `neurons` is no unit. */
function symbolEnding(symbol: string): RegExp {
  const plain = plainSymbol(symbol);
  const lower = plain.toLowerCase();
  const capitalised = lower.charAt(0).toUpperCase() + lower.slice(1);
  const endings = [`[_-](?:${symbol}|${plain}|${lower})`, capitalised];
  if (/[A-Zµ]/.test(symbol)) endings.push(symbol, plain);
  return new RegExp(`^(.*[a-z])(?:${endings.join('|')})$`);
}

/** Splits `amplitudeMilliamps`, `amplitude_mA` or `amplitudeMa` into the quantity's name and its unit, if it has one. */
export function splitKey(key: string): { base: string; unit: Unit | undefined } {
  for (const { unit, pattern } of keyEndings) {
    const base = pattern.exec(key)?.[1];
    if (base !== undefined) return { base: plainWord(base), unit };
  }
  return { base: plainWord(key), unit: undefined };
}

/** @returns the number in the other unit without the dust of binary fractions, or undefined between different quantities. */
export function convert(value: number, from: Unit, to: Unit): number | undefined {
  if (from.quantity !== to.quantity) return undefined;
  return Number(((value * from.factor) / to.factor).toPrecision(12));
}

/** Reads `2 mA`, `2mA`, `2,5` or `1_000`. @returns undefined for anything else, such as `1,000`, which may be one or a thousand. */
export function parseMeasure(text: string): { value: number; symbol: string } | undefined {
  const match = /^\s*([+-]?(?:\d[\d_]*)?(?:[.,]\d+)?(?:e[+-]?\d+)?)\s*((?:[a-zA-Zµμσ%Ω\u2126]+[2²]?)?)\s*$/i.exec(text);
  const digits = match?.[1];
  if (digits === undefined || !/\d/.test(digits)) return undefined;
  if (/,\d{3}$/.test(digits)) return undefined; // A thousand or one? Nobody can tell.
  const value = Number(digits.replaceAll('_', '').replace(',', '.'));
  return Number.isFinite(value) ? { value, symbol: match?.[2] ?? '' } : undefined;
}
