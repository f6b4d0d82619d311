// Collapse compression: each part of a state is stored once and named by a number, a state is the vector of these numbers; for the model check.
import { channelKey } from './channel.ts';
import { deviceKey, reportKey } from './device-model.ts';
import { observerKey } from './observer.ts';
import { rigKey } from './rig-model.ts';
import type { ModelState } from './state.ts';
import { watchdogKey, wordsKey } from './watchdog-model.ts';
import { worldKey } from './world.ts';

/** Number of 32-bit words of a state's vector. */
export const vectorWords = 5;

/** The different values of one part, in the order in which they were met. */
class Parts<T> {
  readonly #name: string;
  readonly #bits: number;
  readonly #keyOf: (part: T) => number | string;
  readonly #numbers = new Map<number | string, number>();
  readonly #parts: T[] = [];
  /** The part that was asked for last: most steps leave most parts as they are. */
  #last = -1;

  constructor(name: string, bits: number, keyOf: (part: T) => number | string) {
    this.#name = name;
    this.#bits = bits;
    this.#keyOf = keyOf;
  }

  /** @throws Error when there are more different values than the vector has bits for */
  numberOf(part: T): number {
    if (part === this.#parts[this.#last]) return this.#last;
    const key = this.#keyOf(part);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#parts.length;
    if (number >= 2 ** this.#bits) throw new Error(`more than 2^${this.#bits} different values of ${this.#name}`);
    this.#numbers.set(key, number);
    this.#parts.push(part);
    return number;
  }

  at(number: number): T {
    this.#last = number;
    return this.#parts[number]!;
  }
}

export class Collapse {
  readonly #rig = new Parts('rig', 20, rigKey);
  readonly #words = new Parts('words', 4, wordsKey);
  readonly #status = new Parts('status', 8, reportKey);
  readonly #rigChannel = new Parts('rig channel', 18, channelKey);
  readonly #watchdog = new Parts('watchdog', 14, watchdogKey);
  readonly #device = new Parts('device', 14, deviceKey);
  readonly #world = new Parts('world', 18, worldKey);
  readonly #watchdogChannel = new Parts('watchdog channel', 16, channelKey);
  readonly #observer = new Parts('observer', 16, observerKey);
  readonly #recorded = new Parts('recorded', 14, channelKey);

  /** @param vector is written: `vectorWords` words */
  pack(state: ModelState, vector: Uint32Array): void {
    const { rig, words, status, rigChannel, watchdog, device, world, watchdogChannel, observer, recorded } = state;
    vector[0] = this.#rig.numberOf(rig) | (this.#words.numberOf(words) << 20) | (this.#status.numberOf(status) << 24);
    vector[1] = this.#rigChannel.numberOf(rigChannel) | (this.#watchdog.numberOf(watchdog) << 18);
    vector[2] = this.#device.numberOf(device) | (this.#world.numberOf(world) << 14);
    vector[3] = this.#watchdogChannel.numberOf(watchdogChannel) | (this.#observer.numberOf(observer) << 16);
    vector[4] = this.#recorded.numberOf(recorded);
  }

  /** @param at index of the first word */
  unpack(vectors: Uint32Array, at: number): ModelState {
    const [first, second] = [vectors[at]!, vectors[at + 1]!];
    const [third, fourth] = [vectors[at + 2]!, vectors[at + 3]!];
    return {
      rig: this.#rig.at(first & 0xfffff),
      words: this.#words.at((first >>> 20) & 0xf),
      status: this.#status.at(first >>> 24),
      rigChannel: this.#rigChannel.at(second & 0x3ffff),
      watchdog: this.#watchdog.at(second >>> 18),
      device: this.#device.at(third & 0x3fff),
      world: this.#world.at(third >>> 14),
      watchdogChannel: this.#watchdogChannel.at(fourth & 0xffff),
      observer: this.#observer.at(fourth >>> 16),
      recorded: this.#recorded.at(vectors[at + 4]!),
    };
  }
}
