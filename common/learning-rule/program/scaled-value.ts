// A value in a program being written: its register, its binary places and the range of what it can be; runs in every process.
import type { Instruction, Register } from './program.ts';

/** Values stay within ±2²⁹, so that sums of a few of them and every product are exact. */
const stateMax = 2 ** 29;

/** Back ends shift no further. What would be shifted further is 0: to the left because it must fit, to the right because it has 30 bits. */
export const shiftMost = 31;

/** Of what is always tiny; more make no difference. */
const placesMost = 60;

/** What is multiplied with a value of up to 2²⁹. */
const factorMax = 2 ** 23;

export interface Scaled {
  readonly register: Register;
  /** The whole number is the value × 2^places. */
  readonly places: number;
  /** Range of the value itself. */
  readonly low: number;
  readonly high: number;
  readonly isUniform: boolean;
  /** What it always is, where that is known: then other places cost nothing. */
  readonly constant?: number;
}

/** @returns the most binary places with which all values between the bounds stay within ±2^bits. */
export function placesFor(low: number, high: number, bound = stateMax): number {
  const most = Math.max(Math.abs(low), Math.abs(high));
  return most === 0 ? 30 : Math.floor(Math.log2(bound / most));
}

const sizeOf = ({ low, high, places }: Scaled) => Math.max(Math.abs(low), Math.abs(high)) * 2 ** places;

type Change<T> = T extends unknown ? Omit<T, 'a' | 'b'> : never;
type Binary = Extract<Instruction, { b: Register }>;

/** Writes instructions, each with the range of its result, so that nothing can overflow. */
export class ProgramWriter {
  readonly instructions: Instruction[] = [];
  readonly isUniform: boolean[];
  readonly tables: Int32Array[] = [];
  readonly #inputs: number;
  /** By what they are: nothing is computed twice. */
  readonly #registers = new Map<string, Register>();

  /** @param inputs for each whether it is the same for all synapses of an event */
  constructor(inputs: readonly boolean[]) {
    this.#inputs = inputs.length;
    this.isUniform = [...inputs];
  }

  /** @param bound of the whole number. With all its bits; a power of two costs no place. */
  constant(value: number, bound = factorMax): Scaled {
    const places = Math.min(placesMost, placesFor(value, value, bound));
    return this.constantAt(value, places);
  }

  constantAt(constant: number, places: number): Scaled {
    const value = Math.round(constant * 2 ** places);
    return this.#push(
      { kind: 'constant', value },
      { places, low: constant, high: constant, isUniform: true, constant },
    );
  }

  /** The sum or difference. */
  add(kind: 'add' | 'subtract', a: Scaled, b: Scaled): Scaled {
    const [low, high] = kind === 'add' ? [a.low + b.low, a.high + b.high] : [a.low - b.high, a.high - b.low];
    return this.#aligned({ kind }, a, b, low, high);
  }

  /** The lower or the higher of two. */
  choose(kind: 'min' | 'max', a: Scaled, b: Scaled): Scaled {
    const of = kind === 'min' ? Math.min : Math.max;
    return this.#aligned({ kind }, a, b, of(a.low, b.low), of(a.high, b.high));
  }

  /** 1 or 0. */
  compare(kind: 'below' | 'atMost', a: Scaled, b: Scaled): Scaled {
    const compared = this.#aligned({ kind }, a, b, Math.min(a.low, b.low), Math.max(a.high, b.high));
    return { ...compared, places: 0, low: 0, high: 1 };
  }

  /** @param first where both have too many bits it is the one that loses some: what is shared by more synapses, see order-factors.ts */
  multiply(first: Scaled, second: Scaled): Scaled {
    const shifted = byPowerOfTwo(first, second) ?? byPowerOfTwo(second, first);
    if (shifted !== undefined) return shifted;
    const isSecondWide = sizeOf(second) > factorMax || sizeOf(second) > sizeOf(first);
    const [a, wide] = isSecondWide ? [second, first] : [first, second];
    const b = this.places(wide, Math.min(wide.places, placesFor(wide.low, wide.high, factorMax)));
    const ends = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    const both = a.places + b.places;
    const shift = Math.max(0, both - Math.min(placesFor(low, high), placesMost));
    return this.#push(
      { kind: 'multiply', a: a.register, b: b.register, shift },
      { places: both - shift, low, high, isUniform: a.isUniform && b.isUniform },
    );
  }

  /** The same value with other binary places. It must fit. */
  places(value: Scaled, places: number): Scaled {
    const bits = places - value.places;
    if (bits === 0) return value;
    if (value.constant !== undefined) return this.constantAt(value.constant, places);
    return this.#push(
      bits > 0
        ? { kind: 'shiftLeft', a: value.register, bits: Math.min(shiftMost, bits) }
        : { kind: 'shiftRight', a: value.register, bits: Math.min(shiftMost, -bits) },
      { ...value, places },
    );
  }

  /** @param of a function that is finite on the whole range of the value. 512 straight pieces. */
  look(value: Scaled, of: (x: number) => number): Scaled {
    const from = Math.floor(value.low * 2 ** value.places);
    const to = Math.ceil(value.high * 2 ** value.places);
    const shift = Math.max(1, Math.ceil(Math.log2(Math.max(1, to - from) / 512)));
    const entries = Array.from({ length: Math.ceil((to - from) / 2 ** shift) + 2 }, (_, index) =>
      of(Math.min(value.high, Math.max(value.low, (from + index * 2 ** shift) / 2 ** value.places))),
    );
    const [low, high] = [Math.min(...entries), Math.max(...entries)];
    // Differences of neighbours must fit as well.
    const places = Math.min(30, placesFor(low, high, stateMax / 2));
    const table = this.#tableOf(Int32Array.from(entries, (entry) => Math.round(entry * 2 ** places)));
    return this.#push(
      { kind: 'look', a: value.register, table, low: from, shift },
      { places, low, high, isUniform: value.isUniform },
    );
  }

  /** The same entries stand once. */
  #tableOf(entries: Int32Array): number {
    const same = (table: Int32Array) =>
      table.length === entries.length && table.every((entry, at) => entry === entries[at]);
    const before = this.tables.findIndex(same);
    return before >= 0 ? before : this.tables.push(entries) - 1;
  }

  /** Both at places of which the result, and each of them, has room; no more than the finer has, and no shift for a few of many. */
  #aligned(change: Change<Binary>, first: Scaled, second: Scaled, low: number, high: number): Scaled {
    const finest = Math.max(digitsOf(first), digitsOf(second));
    const places = Math.min(finest, roomOf(first), roomOf(second), placesFor(low, high));
    const [a, b] = [this.places(first, places), this.places(second, places)];
    return this.#push({ ...change, a: a.register, b: b.register } as Instruction, {
      places,
      low,
      high,
      isUniform: a.isUniform && b.isUniform,
    });
  }

  #push(instruction: Instruction, result: Omit<Scaled, 'register'>): Scaled {
    const what = JSON.stringify(instruction);
    const before = this.#registers.get(what);
    if (before !== undefined) return { ...result, register: before };
    const register = this.#inputs + this.instructions.length;
    this.#registers.set(what, register);
    this.instructions.push(instruction);
    this.isUniform.push(result.isUniform);
    return { ...result, register };
  }
}

/** Places that a value has anyway, or gets by a shift where it has room for many more: a spike that counts 1 has none of its own. */
function roomOf({ places, low, high, constant }: Scaled): number {
  if (constant !== undefined) return Math.min(placesMost, placesFor(constant, constant));
  const room = Math.min(30, placesFor(low, high));
  return room - places > fewPlaces ? room : places;
}

/** Places that a value has; a constant has as many as it needs: 0.5 has one. */
function digitsOf({ places, constant }: Scaled): number {
  if (constant === undefined) return places;
  const needed = Array.from({ length: 30 }, (_, count) => count).find((count) =>
    Number.isInteger(constant * 2 ** count),
  );
  return needed ?? 30;
}

/** Fewer than these are not worth an instruction. */
const fewPlaces = 6;

/** A product with a power of two is the same whole number at other places. */
function byPowerOfTwo(value: Scaled, { constant }: Scaled): Scaled | undefined {
  const power = constant === undefined || constant <= 0 ? NaN : Math.log2(constant);
  if (value.constant !== undefined || !Number.isInteger(power)) return undefined;
  return { ...value, places: value.places - power, low: value.low * 2 ** power, high: value.high * 2 ** power };
}
