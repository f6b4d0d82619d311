// Says when pulses are followed at once by spikes on many channels: an artefact that is read as spikes can feed itself. Rig thread; pure.
import type { StateArchive } from '../../../../common/base/state-archive.ts';
import type { ActivityLimits } from '../../../../common/limits/activity-limits.ts';
import type { ActivityFinding } from './activity-finding.ts';
import type { ActivityGeometry, BlockSpikes } from './activity-input.ts';
import { isWidespread } from './is-widespread.ts';

/** Tissue answers a pulse over many milliseconds; what is left of an artefact crosses the threshold everywhere as soon as blanking ends. */
const lockedSeconds = 0.001;
/** Spikes that are kept for each channel: an acknowledgement comes after the blocks in which its pulse shows. */
const keptPerChannel = 16;

export class LockedSpikes {
  readonly #geometry: ActivityGeometry;
  #limits: ActivityLimits;
  readonly #lockedSamples: number;
  /** Newest spikes: a ring. */
  readonly #samples: Float64Array;
  readonly #channels: Uint16Array;
  #spikes = 0;
  /** Number of the judgement in which each channel was counted last. */
  readonly #countedIn: Float64Array;
  #judgement = 0;
  /** What is judged: spikes of [from, until), samples; NaN: no pulse waits. */
  #from = NaN;
  #until = NaN;
  #inARow = 0;

  constructor(geometry: ActivityGeometry, limits: ActivityLimits) {
    const { channels, sampleRateHz } = geometry;
    this.#geometry = geometry;
    this.#limits = limits;
    this.#lockedSamples = Math.max(1, Math.round(lockedSeconds * sampleRateHz));
    this.#samples = new Float64Array(keptPerChannel * channels);
    this.#channels = new Uint16Array(keptPerChannel * channels);
    this.#countedIn = new Float64Array(channels);
  }

  tighten(limits: ActivityLimits): void {
    this.#limits = limits;
  }

  /** A pulse that comes while another one waits is judged with it. @param blankedUntil sample at which detection goes on, as far as is known. */
  notePulse(sample: number, blankedUntil: number): void {
    if (!Number.isNaN(this.#until)) return;
    this.#from = sample;
    this.#until = Math.max(sample, blankedUntil) + this.#lockedSamples;
  }

  /** @param blankedUntil end of the newest blanking, sample. @returns a finding when too many pulses in a row were read as spikes. */
  note(
    firstSample: number,
    sampleCount: number,
    spikes: BlockSpikes,
    blankedUntil: number,
  ): ActivityFinding | undefined {
    const kept = this.#samples.length;
    for (let index = 0; index < spikes.count; index++, this.#spikes++) {
      this.#samples[this.#spikes % kept] = firstSample + spikes.sampleOffsets[index]!;
      this.#channels[this.#spikes % kept] = spikes.channels[index]!;
    }
    return firstSample + sampleCount >= this.#until ? this.#judge(blankedUntil) : undefined;
  }

  #judge(blankedUntil: number): ActivityFinding | undefined {
    const { channels } = this.#geometry;
    const locked = this.#countLocked();
    const isCutShort = blankedUntil > this.#until - this.#lockedSamples;
    this.#until = NaN;
    if (isWidespread(this.#limits, locked, channels)) this.#inARow++;
    // Where the next pulse is blanked, silence says nothing.
    else if (!isCutShort) this.#inARow = 0;
    const bound = this.#limits.lockedPulsesMax;
    const value = this.#inARow;
    if (value <= bound) return undefined;
    this.#inARow = 0;
    return {
      code: 'runaway-tissue',
      message:
        `${value} pulses in a row were followed by spikes within 1 ms of their blanking, the last one on ${locked} of ${channels} channels; ` +
        `at most ${bound} are allowed.`,
      value,
      bound,
      unit: 'pulses',
    };
  }

  /** Channels with a spike in the time that is locked to the pulse. */
  #countLocked(): number {
    const kept = this.#samples.length;
    this.#judgement++;
    let locked = 0;
    for (let index = this.#spikes - 1; index >= 0 && index >= this.#spikes - kept; index--) {
      const sample = this.#samples[index % kept]!;
      const channel = this.#channels[index % kept]!;
      // Spikes come in order of time: those before are older.
      if (sample < this.#from) break;
      if (sample >= this.#until || this.#countedIn[channel] === this.#judgement) continue;
      this.#countedIn[channel] = this.#judgement;
      locked++;
    }
    return locked;
  }

  /** Writes down or takes over what is remembered. */
  exchange(archive: StateArchive): void {
    archive.array(this.#samples);
    archive.array(this.#channels);
    this.#spikes = archive.number(this.#spikes);
    archive.array(this.#countedIn);
    this.#judgement = archive.number(this.#judgement);
    this.#from = archive.number(this.#from);
    this.#until = archive.number(this.#until);
    this.#inARow = archive.number(this.#inARow);
  }
}
