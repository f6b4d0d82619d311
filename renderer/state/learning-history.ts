// What signals and synapses were over the last minute, from the pictures that the core sends; runs in the page.
import type { NetworkPicture } from '../../common/contract/network-picture.ts';
import { networkSamplesHz } from '../../common/contract/network-picture.ts';

/** Values that are kept of each line: a minute. */
export const historyCapacity = 60 * networkSamplesHz;

export class LearningHistory {
  readonly #signals = new Map<string, number[][]>();
  readonly #variables = new Map<string, number[]>();
  #tick: number | undefined;

  /** A picture of an earlier tick than the one before is of another network. */
  take({ tick, signals, projections }: NetworkPicture): void {
    if (this.#tick !== undefined && tick < this.#tick) this.forget();
    if (tick === this.#tick) return;
    this.#tick = tick;
    for (const { name, values } of signals) {
      const lines = this.#signals.get(name) ?? values.map(() => []);
      for (const [index, value] of values.entries()) append(lines[index]!, value);
      this.#signals.set(name, lines);
    }
    for (const { name, synapsesNow } of projections) {
      for (const { symbol, mean } of synapsesNow?.variables ?? []) {
        const key = keyOf(name, symbol);
        const line = this.#variables.get(key) ?? [];
        append(line, mean);
        this.#variables.set(key, line);
      }
    }
  }

  /** @returns one line for each number of a signal, oldest first; copies. */
  signal(name: string): number[][] {
    return (this.#signals.get(name) ?? []).map((line) => [...line]);
  }

  /** @returns the mean of a variable over the sampled synapses of a projection, oldest first; a copy. */
  variable(projection: string, symbol: string): number[] {
    return [...(this.#variables.get(keyOf(projection, symbol)) ?? [])];
  }

  forget(): void {
    this.#signals.clear();
    this.#variables.clear();
    this.#tick = undefined;
  }
}

const keyOf = (projection: string, symbol: string) => `${projection}/${symbol}`;

function append(line: number[], value: number): void {
  line.push(value);
  if (line.length > historyCapacity) line.shift();
}
