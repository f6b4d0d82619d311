// Counts spikes, ticks, pulses and edges of digital inputs per bin at every coarse level while a session's records go by, in constant memory; analysis process.
import { join } from 'node:path';
import {
  addCounts,
  binSamples,
  type CountColumns,
  countLevelName,
  type CountWords,
  countWords,
  firstCountLevel,
  levelCount,
  levelFactor,
} from './review-layout.ts';
import { RowWriter } from './row-file.ts';

interface Level {
  writer: RowWriter;
  row: CountWords;
  bytes: Uint8Array;
  parts: number;
}

/** Bins stay open for a while, since spikes and ticks come later than the samples they belong to. */
export class CountLevels {
  readonly #columns: CountColumns;
  readonly #levels: Level[];
  /** Bins that are open, a ring: bin `b` lies at `b` modulo the ring's length. */
  readonly #open: CountWords;
  readonly #openBytes: Uint8Array;
  readonly #openBins: number;
  readonly #samples = binSamples(firstCountLevel);
  /** The oldest open bin. */
  #oldest = 0;

  /** @param memorySamples how much older than the newest sample something may be; older things are counted in the oldest open bin. */
  constructor(folder: string, columns: CountColumns, memorySamples: number) {
    this.#columns = columns;
    this.#openBins = Math.ceil(memorySamples / this.#samples) + 2;
    this.#openBytes = new Uint8Array(this.#openBins * columns.bytes);
    this.#open = countWords(this.#openBytes);
    this.#levels = Array.from({ length: levelCount - firstCountLevel }, (_, index) => {
      const bytes = new Uint8Array(columns.bytes);
      const writer = new RowWriter(join(folder, countLevelName(firstCountLevel + index)), columns.bytes);
      return { writer, row: countWords(bytes), bytes, parts: 0 };
    });
  }

  get writers(): ReadonlyMap<string, RowWriter> {
    return new Map(this.#levels.map(({ writer }, index) => [countLevelName(firstCountLevel + index), writer]));
  }

  /** Time goes on to a sample: bins that are old enough are closed. */
  advance(newestAt: number): void {
    const newest = Math.floor(newestAt / this.#samples);
    while (this.#oldest <= newest - this.#openBins) this.#closeOldest();
  }

  electrodeSpike(at: number, channel: number): void {
    this.#open.counts[this.#rowOf(at) + channel]!++;
  }

  populationSpikes(at: number, population: number, count: number): void {
    this.#open.counts[this.#rowOf(at) + this.#columns.population + population]! += count;
  }

  /** @param input place of the line among the digital inputs */
  edge(at: number, input: number, isRise: boolean): void {
    const { rises, falls } = this.#columns;
    this.#open.counts[this.#rowOf(at) + (isRise ? rises : falls) + input]!++;
  }

  /** @param weightMillivolts mean over the plastic synapses when the result was made */
  result(at: number, weightMillivolts: number): void {
    const row = this.#rowOf(at);
    this.#open.counts[row + this.#columns.results]!++;
    this.#open.numbers[row + this.#columns.summedWeight]! += weightMillivolts;
  }

  pulse(at: number, isDelivered: boolean): void {
    this.#open.counts[this.#rowOf(at) + (isDelivered ? this.#columns.delivered : this.#columns.refused)]!++;
  }

  tick(at: number, latencyMilliseconds: number, isLate: boolean): void {
    const row = this.#rowOf(at);
    const { counts, numbers } = this.#open;
    const { ticks, lateTicks, lowestLatency, highestLatency, summedLatency } = this.#columns;
    const isFirst = counts[row + ticks]!++ === 0;
    if (isLate) counts[row + lateTicks]!++;
    if (isFirst || latencyMilliseconds < numbers[row + lowestLatency]!)
      numbers[row + lowestLatency] = latencyMilliseconds;
    if (isFirst || latencyMilliseconds > numbers[row + highestLatency]!)
      numbers[row + highestLatency] = latencyMilliseconds;
    numbers[row + summedLatency]! += latencyMilliseconds;
  }

  /** Closes every bin up to the one that holds a sample. */
  finish(lastAt: number): void {
    while (this.#oldest * this.#samples <= lastAt) this.#closeOldest();
  }

  /** Word at which the bin of a sample begins among the open ones. */
  #rowOf(at: number): number {
    this.advance(at);
    const bin = Math.max(Math.floor(at / this.#samples), this.#oldest);
    return (bin % this.#openBins) * this.#columns.words;
  }

  #closeOldest(): void {
    const { bytes, words } = this.#columns;
    const slot = this.#oldest++ % this.#openBins;
    const row = this.#openBytes.subarray(slot * bytes, (slot + 1) * bytes);
    this.#add(0, row, this.#open, slot * words);
    row.fill(0);
  }

  #add(index: number, bytes: Uint8Array, words: CountWords, at: number): void {
    this.#levels[index]!.writer.add(bytes);
    const coarser = this.#levels[index + 1];
    if (coarser === undefined) return;
    addCounts(this.#columns, coarser.row, 0, words, at);
    if (++coarser.parts < levelFactor) return;
    this.#add(index + 1, coarser.bytes, coarser.row, 0);
    coarser.bytes.fill(0);
    coarser.parts = 0;
  }
}
