// When a sample was acquired, though it arrives in lumps: the earliest arrivals of each second lie on a line; pure, runs in the rig thread.

const binNs = 1e9;
const keptBins = 60;

/** The sample that was least late in its second. */
interface Earliest {
  readonly bin: number;
  readonly sample: number;
  readonly receivedNs: number;
  /** How late it was against the nominal rate, ns, plus a constant. */
  readonly delayNs: number;
}

export class ClockFit {
  readonly #sampleNs: number;
  #earliest: Earliest[] = [];

  constructor(sampleRateHz: number) {
    this.#sampleNs = 1e9 / sampleRateHz;
  }

  /** A new run: its samples count anew. */
  reset(): void {
    this.#earliest = [];
  }

  /** @param sample the newest one that has arrived @param receivedNs host monotonic */
  note(sample: number, receivedNs: number): void {
    const bin = Math.floor(receivedNs / binNs);
    const delayNs = receivedNs - sample * this.#sampleNs;
    const current = this.#earliest.at(-1);
    if (current === undefined || current.bin !== bin) {
      this.#earliest.push({ bin, sample, receivedNs, delayNs });
      if (this.#earliest.length > keptBins) this.#earliest.shift();
    } else if (delayNs < current.delayNs)
      this.#earliest[this.#earliest.length - 1] = { bin, sample, receivedNs, delayNs };
  }

  /**
   * @returns the host time, ns, at which a sample that was least late would have arrived. RHX has had it for some 5 ms and one
   *   USB batch longer; no stream tells how long. undefined before the first.
   */
  expectedNs(sample: number): number | undefined {
    const fit = this.#fit();
    if (fit === undefined) return undefined;
    return fit.receivedNs + (sample - fit.sample) * fit.sampleNs;
  }

  /**
   * Samples per second of this computer's clock, by the earliest arrivals of some seconds.
   * @returns undefined before `seconds` are whole
   */
  rateHz(seconds: number): number | undefined {
    // The newest second is not over yet, and the first began in the middle.
    const whole = this.#earliest.slice(1, -1);
    const last = whole.at(-1);
    if (last === undefined) return undefined;
    const first = whole.find(({ bin }) => last.bin - bin <= seconds);
    if (first === undefined || last.bin - first.bin < seconds) return undefined;
    return ((last.sample - first.sample) / (last.receivedNs - first.receivedNs)) * 1e9;
  }

  /** The line under all arrivals that touches the earliest: through the least late one, with the slope of the whole seconds. */
  #fit(): { sample: number; receivedNs: number; sampleNs: number } | undefined {
    const first = this.#earliest[0];
    if (first === undefined) return undefined;
    const span = Math.min(keptBins, this.#earliest.length) - 3;
    const rate = span < 10 ? undefined : this.rateHz(span);
    const sampleNs = rate === undefined ? this.#sampleNs : 1e9 / rate;
    const lateness = ({ sample, receivedNs }: Earliest) =>
      receivedNs - first.receivedNs - (sample - first.sample) * sampleNs;
    const least = this.#earliest.reduce((best, each) => (lateness(each) < lateness(best) ? each : best), first);
    return { sample: least.sample, receivedNs: least.receivedNs, sampleNs };
  }
}
