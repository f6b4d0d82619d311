// Tissue that fires by itself and after stimulation, and does not learn; runs in the virtual rig.
import type { VirtualSource } from '../../common/experiment/source.ts';
import { gridDistance } from '../../common/experiment/electrode-grid.ts';
import type { AppliedPulse } from './electrodes.ts';
import { highWord, lowWord, SeededRandom } from './seeded-random.ts';
import type { Tissue } from './tissue.ts';

const refractorySeconds = 0.003;
/** No evoked spike comes sooner where the mean latency allows it: it would be lost in the artefact. */
const shortestLatencyMilliseconds = 3;
/** Added for each electrode pitch: conduction and one more synapse. */
const latencyMillisecondsPerPitch = 0.5;
/** Steepness of the probability against charge: 0.02 at half the threshold, 0.98 at twice. */
const hillExponent = 6;

/** Streams of randomness that must not touch: spontaneous spikes are the same with and without stimulation. */
const spontaneous = 1;
const evoked = 2;

interface Neuron {
  readonly home: number;
  /** Mean samples between two spontaneous spikes; Infinity when it never fires by itself. */
  readonly meanInterval: number;
  readonly random: SeededRandom;
  /** Spontaneous and evoked spikes to come, in samples. */
  next: number;
  evoked: number[];
  last: number;
}

/**
 * Neurons with Poisson firing and an absolute refractory time. A pulse of charge Q makes a neuron at distance d fire
 * with probability x⁶ / (1 + x⁶), x = Q·exp(−d / spread) / threshold; its latency is exponential above a minimum.
 */
export class SpikingTissue implements Tissue {
  readonly homeElectrodes: readonly number[];
  readonly #source: VirtualSource;
  readonly #seed: number;
  readonly #neurons: readonly Neuron[];

  constructor(source: VirtualSource, seed: number) {
    this.#source = source;
    this.#seed = seed;
    this.#neurons = Array.from({ length: source.channels * source.unitsPerElectrode }, (_, index) => {
      const random = new SeededRandom(seed, spontaneous, index);
      const rateHz = source.spontaneousRateHz * (0.5 + random.uniform());
      const meanInterval = rateHz > 0 ? source.sampleRateHz / rateHz : Infinity;
      const home = Math.floor(index / source.unitsPerElectrode);
      return { home, meanInterval, random, next: meanInterval * random.exponential(), evoked: [], last: -Infinity };
    });
    this.homeElectrodes = this.#neurons.map(({ home }) => home);
  }

  stimulate(pulse: AppliedPulse): void {
    const chargeNanocoulombs = (Math.abs(pulse.firstNanoamps) * pulse.firstMicroseconds) / 1e6;
    for (const [index, neuron] of this.#neurons.entries()) {
      const distance = gridDistance(this.#source.channels, neuron.home, pulse.electrode);
      const random = new SeededRandom(
        this.#seed,
        evoked,
        index,
        lowWord(pulse.sample),
        highWord(pulse.sample),
        pulse.electrode,
      );
      if (random.uniform() >= this.#probability(chargeNanocoulombs, distance)) continue;
      const latencySamples = (this.#latencyMilliseconds(random, distance) / 1000) * this.#source.sampleRateHz;
      neuron.evoked.push(pulse.sample + Math.ceil(latencySamples));
      neuron.evoked.sort((a, b) => a - b);
    }
  }

  advance(untilSample: number, onSpike: (neuron: number, sample: number) => void): void {
    const refractory = refractorySeconds * this.#source.sampleRateHz;
    for (const [index, neuron] of this.#neurons.entries()) {
      for (;;) {
        const firstEvoked = neuron.evoked[0] ?? Infinity;
        const sample = Math.floor(Math.min(neuron.next, firstEvoked));
        if (sample >= untilSample) break;
        if (firstEvoked <= neuron.next) neuron.evoked.shift();
        else neuron.next += neuron.meanInterval * neuron.random.exponential();
        if (sample - neuron.last < refractory) continue;
        neuron.last = sample;
        onSpike(index, sample);
      }
    }
  }

  #probability(chargeNanocoulombs: number, distance: number): number {
    const { thresholdChargeNanocoulombs, spreadElectrodes } = this.#source;
    const excitation = (chargeNanocoulombs * Math.exp(-distance / spreadElectrodes)) / thresholdChargeNanocoulombs;
    const power = excitation ** hillExponent;
    return power === Infinity ? 1 : power / (1 + power);
  }

  #latencyMilliseconds(random: SeededRandom, distance: number): number {
    const mean = this.#source.evokedLatencyMilliseconds;
    const shortest = Math.min(shortestLatencyMilliseconds, 0.75 * mean);
    return shortest + (mean - shortest) * random.exponential() + latencyMillisecondsPerPitch * distance;
  }
}
