// Counts spikes around stimuli while both go by, so that it can be read whether tissue answers; analysis process.
import type { EvokedResponse } from '../../common/journal/session-summary.ts';

const histogramFromMs = -30;
const histogramToMs = 60;
const binMs = 1;
/** Behind the artefact; long enough for spikes that the stimulus evokes directly and over a few synapses. */
const evokedWindowMs = [2, 30] as const;
/** As long, and ending as far before the stimulus as the other begins behind it. */
const baselineWindowMs = [-30, -2] as const;
/** How much later than its moment a spike or a stimulus may be told. */
const memorySeconds = 1;

interface Moment {
  sample: number;
  electrode: number;
}

/** The newest moments, oldest first; what is older than the memory is forgotten. */
class RecentMoments {
  readonly #memorySamples: number;
  #moments: Moment[] = [];
  #from = 0;
  #newest = -Infinity;

  constructor(memorySamples: number) {
    this.#memorySamples = memorySamples;
  }

  add(moment: Moment): void {
    this.#moments.push(moment);
    this.#newest = Math.max(this.#newest, moment.sample);
    while ((this.#moments[this.#from]?.sample ?? Infinity) < this.#newest - this.#memorySamples) this.#from++;
    if (this.#from > 1024 && this.#from > this.#moments.length / 2) {
      this.#moments = this.#moments.slice(this.#from);
      this.#from = 0;
    }
  }

  /** Calls `visit` for every moment that is remembered. */
  forEach(visit: (moment: Moment) => void): void {
    for (let index = this.#from; index < this.#moments.length; index++) {
      const moment = this.#moments[index];
      if (moment) visit(moment);
    }
  }
}

/** A peri-stimulus time histogram. Each pair of spike and stimulus is counted when the second of the two is told. */
export class PeriStimulus {
  readonly #sampleRateHz: number;
  readonly #areNeighbours: (a: number, b: number) => boolean;
  readonly #spikes: RecentMoments;
  readonly #stimuli: RecentMoments;
  readonly #allElectrodes: number[] = new Array<number>((histogramToMs - histogramFromMs) / binMs).fill(0);
  readonly #stimulatedElectrode: number[] = this.#allElectrodes.slice();
  #stimulusCount = 0;
  #evoked = 0;
  #baseline = 0;

  constructor(sampleRateHz: number, areNeighbours: (a: number, b: number) => boolean) {
    this.#sampleRateHz = sampleRateHz;
    this.#areNeighbours = areNeighbours;
    this.#spikes = new RecentMoments(memorySeconds * sampleRateHz);
    this.#stimuli = new RecentMoments(memorySeconds * sampleRateHz);
  }

  spike(sample: number, electrode: number): void {
    const spike = { sample, electrode };
    this.#spikes.add(spike);
    this.#stimuli.forEach((stimulus) => this.#count(spike, stimulus));
  }

  stimulus(sample: number, electrode: number): void {
    const stimulus = { sample, electrode };
    this.#stimulusCount++;
    this.#stimuli.add(stimulus);
    this.#spikes.forEach((spike) => this.#count(spike, stimulus));
  }

  #count(spike: Moment, stimulus: Moment): void {
    const ms = ((spike.sample - stimulus.sample) * 1000) / this.#sampleRateHz;
    if (ms < histogramFromMs || ms >= histogramToMs) return;
    const bin = Math.floor((ms - histogramFromMs) / binMs);
    this.#allElectrodes[bin] = (this.#allElectrodes[bin] ?? 0) + 1;
    if (spike.electrode === stimulus.electrode)
      this.#stimulatedElectrode[bin] = (this.#stimulatedElectrode[bin] ?? 0) + 1;
    if (!this.#areNeighbours(stimulus.electrode, spike.electrode)) return;
    if (ms >= evokedWindowMs[0] && ms < evokedWindowMs[1]) this.#evoked++;
    if (ms >= baselineWindowMs[0] && ms < baselineWindowMs[1]) this.#baseline++;
  }

  result(): EvokedResponse {
    const perStimulus = (count: number) => (this.#stimulusCount === 0 ? 0 : count / this.#stimulusCount);
    return {
      stimuli: this.#stimulusCount,
      evokedSpikesPerDelivery: perStimulus(this.#evoked),
      baselineSpikesPerDelivery: perStimulus(this.#baseline),
      evokedWindowMs,
      baselineWindowMs,
      histogram: {
        fromMs: histogramFromMs,
        binMs,
        allElectrodes: this.#allElectrodes,
        stimulatedElectrode: this.#stimulatedElectrode,
      },
    };
  }
}
