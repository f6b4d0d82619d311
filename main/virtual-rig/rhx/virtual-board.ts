// The board of an emulated RHX: it samples by the clock, in batches, and sends whole writes to the data ports; runs in the virtual RHX.
import type { Disposable } from '../../../common/base/disposable.ts';
import type { DataOutput } from './data-output.ts';
import type { RhxFaults } from './rhx-faults.ts';
import type { RhxSettings } from './rhx-settings.ts';
import { type CapturedStream, encodeBlock, encodeSpike, type SpecialColumn } from './stream-source.ts';
import type { Timers } from './timers.ts';

export interface BoardOptions {
  readonly sampleRateHz: number;
  /** Time runs so many times faster. */
  readonly speed?: number;
  /** First timestamp of a run. */
  readonly firstTimestamp?: number;
  /** Share of the nominal rate at which the board really samples, as a demo does on a slow computer. */
  readonly rateShare?: number;
  /** What its columns hold; made words where it is not said. */
  readonly wordAt?: (sample: number, column: number) => number;
  /** Each block is sent as soon as it is sampled, and not in the batches of RHX. */
  readonly isPrompt?: boolean;
  /** After so many seconds of its time with a client that does not read, RHX stops. */
  readonly stallSeconds?: number;
  /** These bytes are sent by a run, as they were captured. */
  readonly captured?: { readonly waveform: CapturedStream; readonly spike?: CapturedStream };
}

export interface BoardParts {
  readonly settings: RhxSettings;
  readonly faults: RhxFaults;
  readonly waveform: DataOutput;
  readonly spike: DataOutput;
  readonly timers: Timers;
  /** A client has not read for so long that the board has stopped by itself. */
  onStalled(): void;
}

const samplesPerBlock = 128;
/** More changes than that between two blocks are not wired. */
const linesKept = 64;
/** Of a STIM column while nothing flows, as it was seen in the demo. */
const restingWord = 0x0100;
/** More pulses than that between two blocks are not given. */
const pulsesKept = 16;
/** So soon after a stop, ms, a run goes on where the last one was. */
const stopTakes = 50;

export class VirtualBoard implements Disposable {
  readonly #options: BoardOptions;
  readonly #parts: BoardParts;
  readonly #speed: number;
  #isRunning = false;
  #startedMs = 0;
  #stoppedMs = -Infinity;
  #base = 0;
  #sentBlocks = 0;
  #skippedSamples = 0;
  #stalledSinceMs: number | undefined;
  #ticker: NodeJS.Timeout | undefined;
  readonly #given: { readonly channel: string; readonly firstSample: number; readonly words: readonly number[] }[] = [];
  /** What came onto the digital inputs, and from which sample on; nothing before the first. */
  readonly #lines: { readonly sample: number; readonly lines: number }[] = [];

  constructor(options: BoardOptions, parts: BoardParts) {
    this.#options = options;
    this.#parts = parts;
    this.#speed = options.speed ?? 1;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** The newest sample that the board has sampled. */
  get currentTimestamp(): number {
    if (!this.#isRunning) return -1;
    return this.#parts.faults.isFrozen === true ? this.#base : this.#base + this.#sampled() - 1;
  }

  run(): void {
    const isTooSoon = performance.now() - this.#stoppedMs < stopTakes / this.#speed;
    this.#isRunning = true;
    if (!isTooSoon) {
      this.#base = this.#options.firstTimestamp ?? 0;
      this.#startedMs = performance.now();
      this.#sentBlocks = 0;
      this.#skippedSamples = 0;
      this.#given.length = 0;
      // What is on the inputs stays there.
      const lines = this.#lines.at(-1)?.lines;
      if (lines !== undefined) this.#lines.splice(0, this.#lines.length, { sample: this.#base, lines });
    }
    const { captured } = this.#options;
    if (captured !== undefined) {
      this.#replay(captured.waveform, this.#parts.waveform);
      if (captured.spike !== undefined) this.#replay(captured.spike, this.#parts.spike);
      return;
    }
    // RHX reads the board by batches of 5 blocks at 20 kHz and 8 at 30 kHz.
    const batch = this.#options.isPrompt === true ? 1 : this.#options.sampleRateHz > 25_000 ? 8 : 5;
    const batchMs = (1000 * batch * samplesPerBlock) / this.#options.sampleRateHz / this.#speed;
    clearInterval(this.#ticker);
    this.#ticker = setInterval(() => this.#send(batch), batchMs);
  }

  /**
   * Something is wired to the digital inputs. @param lines a bit for each @param atMs when, on the clock of `performance`: what is told later than
   * its samples are sent comes onto the next ones
   */
  setDigitalInputs(lines: number, atMs: number): void {
    this.#lines.push({ sample: this.#base + this.#sampledAt(atMs), lines });
    if (this.#lines.length > linesKept) this.#lines.shift();
  }

  /** Current flows from the next sample on. @param words of the STIM column */
  give(channel: string, words: readonly number[]): void {
    this.#given.push({
      channel,
      firstSample: this.#base + Math.max(this.#sampled(), this.#sentBlocks * samplesPerBlock),
      words,
    });
    if (this.#given.length > pulsesKept) this.#given.shift();
  }

  stop(): void {
    this.dispose();
    this.#isRunning = false;
    this.#stoppedMs = performance.now();
    this.#stalledSinceMs = undefined;
    this.#parts.faults.isFrozen = false;
  }

  dispose(): void {
    clearInterval(this.#ticker);
    this.#ticker = undefined;
  }

  #sampled(): number {
    return this.#sampledAt(performance.now());
  }

  #sampledAt(ms: number): number {
    const seconds = ((ms - this.#startedMs) / 1000) * this.#speed * (this.#options.rateShare ?? 1);
    return Math.floor(seconds * this.#options.sampleRateHz);
  }

  #replay(stream: CapturedStream, output: DataOutput): void {
    for (const { atMilliseconds, offset, length } of stream.bursts)
      this.#parts.timers.later(atMilliseconds / this.#speed, () => {
        if (this.#isRunning) output.write(stream.bytes.subarray(offset, offset + length));
      });
  }

  /** Whole writes only, each when its blocks and one more have been read from the board. */
  #send(batch: number): void {
    const { faults, settings, waveform } = this.#parts;
    if (faults.isFrozen === true || faults.isHolding === true) return;
    const perWrite = Number(settings.valueOf('TCPNumberDataBlocksPerWrite'));
    const read = Math.floor(this.#sampled() / (batch * samplesPerBlock)) * batch;
    const more = this.#options.isPrompt === true ? 0 : 1;
    while (read - this.#sentBlocks >= perWrite + more) {
      const blocks = Array.from({ length: perWrite }, (_, index) => this.#block(this.#sentBlocks + index));
      this.#sentBlocks += perWrite;
      if (settings.valueOf('TCPWaveformDataOutputConnectionStatus') === 'Connected')
        waveform.write(Buffer.concat(blocks));
      this.#sendSpikes(perWrite);
    }
    this.#watchStall();
  }

  #block(index: number): Uint8Array {
    const { faults, settings } = this.#parts;
    this.#skippedSamples += faults.lostSamples ?? 0;
    delete faults.lostSamples;
    const first = this.#base + index * samplesPerBlock + this.#skippedSamples;
    const column = this.#lines.length === 0 ? undefined : settings.digitalInputColumn;
    const linesAt = (sample: number) => this.#lines.findLast((change) => change.sample <= sample)?.lines ?? 0;
    const special: SpecialColumn[] = column === undefined ? [] : [{ column, wordAt: linesAt }];
    for (const channel of settings.stimChannels)
      special.push({ column: settings.stimColumn(channel)!, wordAt: (sample) => this.#givenAt(channel, sample) });
    const block = encodeBlock(settings.wordsPerFrame, (sample) => first + sample, special, this.#options.wordAt);
    const { damage } = faults;
    delete faults.damage;
    return damage === undefined ? block : damage(block);
  }

  #givenAt(channel: string, sample: number): number {
    for (const { channel: of, firstSample, words } of this.#given) {
      const word = of === channel ? words[sample - firstSample] : undefined;
      if (word !== undefined) return word;
    }
    return restingWord;
  }

  /** One spike per write on each channel that sends its spikes. */
  #sendSpikes(perWrite: number): void {
    const { settings, spike } = this.#parts;
    if (settings.valueOf('TCPSpikeDataOutputConnectionStatus') !== 'Connected') return;
    const sample = this.#base + (this.#sentBlocks - perWrite) * samplesPerBlock + 7;
    const records = settings.spikingChannels.map((channel) => encodeSpike(channel, sample, 1));
    if (records.length > 0) spike.write(Buffer.concat(records));
  }

  /** A client that does not read costs the whole run after about 40 s. */
  #watchStall(): void {
    if (this.#parts.waveform.backlogBytes === 0) this.#stalledSinceMs = undefined;
    else this.#stalledSinceMs ??= performance.now();
    const stalledSeconds = ((performance.now() - (this.#stalledSinceMs ?? Infinity)) / 1000) * this.#speed;
    if (stalledSeconds > (this.#options.stallSeconds ?? 40)) this.#parts.onStalled();
  }
}
