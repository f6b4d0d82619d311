// Counts lost samples over ten seconds, beside the single gap that trips by itself. Rig thread; pure.
import type { StateArchive } from '../../../common/base/state-archive.ts';
import type { Fault } from '../../../common/contract/faults.ts';
import { SlidingSum } from './sliding-sum.ts';

const windowSeconds = 10;

export class LostSamples {
  readonly #lost = new SlidingSum(1e9, windowSeconds);
  readonly #samplesInWindow: number;
  readonly #maxPartsPerMillion: number;

  constructor(sampleRateHz: number, maxPartsPerMillion: number) {
    this.#samplesInWindow = sampleRateHz * windowSeconds;
    this.#maxPartsPerMillion = maxPartsPerMillion;
  }

  /** @returns per cent of the samples of the last ten seconds, and at most one second more, that were lost */
  percentAt(nowNs: number): number {
    return (this.#lost.sumAt(nowNs) * 100) / this.#samplesInWindow;
  }

  /** @returns a fault when more are lost in ten seconds than allowed. */
  note(lostSamples: number, nowNs: number): Fault | undefined {
    this.#lost.add(nowNs, lostSamples);
    const partsPerMillion = (this.#lost.sumAt(nowNs) * 1e6) / this.#samplesInWindow;
    if (partsPerMillion <= this.#maxPartsPerMillion) return undefined;
    const [value, bound] = [partsPerMillion / 10_000, this.#maxPartsPerMillion / 10_000];
    const message = `${value.toPrecision(3)} % of the samples of the last ${windowSeconds} s were lost; ${bound} % are allowed.`;
    return { code: 'samples-lost', message, value, bound, unit: '%' };
  }

  /** Writes down or takes over what is remembered. */
  exchange(archive: StateArchive): void {
    this.#lost.exchange(archive);
  }
}
