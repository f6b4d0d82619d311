// Watches the simulated population's answers: finite numbers, a bounded rate, weights inside their bounds. Rig thread; pure.
import type { StateArchive } from '../../../common/base/state-archive.ts';
import type { Fault } from '../../../common/contract/faults.ts';
import type { TimingLimits } from '../../../common/limits/timing-limits.ts';
import { SlidingSum } from './sliding-sum.ts';

export interface PopulationBounds {
  neurons: number;
  /** Of plastic weights, mV; the network model's own. */
  weightMinMillivolts: number;
  weightMaxMillivolts: number;
}

/** The part of a simulation's result that is judged. */
interface PopulationResult {
  readonly spikes: { readonly length: number };
  readonly meanPlasticWeightMillivolts: number;
}

const windowSeconds = 1;
const bucketNs = 50e6;

export class PopulationWatch {
  readonly #bounds: PopulationBounds;
  readonly #rateMaxHz: number;
  readonly #spikes = new SlidingSum(bucketNs, (windowSeconds * 1e9) / bucketNs);

  constructor(
    bounds: PopulationBounds,
    { populationRateMaxMillihertz }: Pick<TimingLimits, 'populationRateMaxMillihertz'>,
  ) {
    this.#bounds = bounds;
    this.#rateMaxHz = populationRateMaxMillihertz / 1000;
  }

  /** @returns the first thing that is wrong with a result. */
  note({ spikes, meanPlasticWeightMillivolts: weight }: PopulationResult, nowNs: number): Fault | undefined {
    this.#spikes.add(nowNs, spikes.length);
    if (!Number.isFinite(weight)) {
      return { code: 'not-finite', message: 'The mean weight of the simulation is not a finite number.' };
    }
    const { neurons, weightMinMillivolts, weightMaxMillivolts } = this.#bounds;
    if (!(weight >= weightMinMillivolts && weight <= weightMaxMillivolts)) {
      const bound = weight < weightMinMillivolts ? weightMinMillivolts : weightMaxMillivolts;
      const message = `The mean plastic weight is ${weight.toPrecision(4)} mV; ${weightMinMillivolts} to ${weightMaxMillivolts} mV are its bounds.`;
      return { code: 'weights-out-of-bounds', message, value: weight, bound, unit: 'mV' };
    }
    const rateHz = this.#spikes.sumAt(nowNs) / windowSeconds / Math.max(1, neurons);
    if (rateHz <= this.#rateMaxHz) return undefined;
    const message = `The simulated population fires at ${rateHz.toFixed(0)} Hz on average; ${this.#rateMaxHz} Hz are allowed.`;
    return { code: 'runaway-population', message, value: rateHz, bound: this.#rateMaxHz, unit: 'Hz' };
  }

  /** Writes down or takes over what is remembered. */
  exchange(archive: StateArchive): void {
    this.#spikes.exchange(archive);
  }
}
