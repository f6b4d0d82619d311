// The voltage that pulses leave on the double layers of the virtual electrodes, and how it goes away; runs in the virtual rig.

/** Of each electrode: 10 nF. */
export const doubleLayerFemtocoulombsPerMillivolt = 10_000;
/** fC/mV are pF, and pF × Ω are ps. */
const shortingNsPerOhm = doubleLayerFemtocoulombsPerMillivolt / 1000;

/**
 * While no pulse flows, each electrode is shorted to the return electrode, on its own side of the output relay. What pulses have left
 * then goes off through the electrode's own impedance, the largest resistance in this circuit: τ = Z·C, 0.5 ms at 50 kΩ and 30 ms at
 * 3 MΩ. So imbalance adds up where pulses follow each other within a few τ. Times are the host's, in ns.
 */
export class DoubleLayers {
  /** What pulses have left on an electrode at the moment from which it is shorted. */
  readonly #left = new Map<number, { millivolts: number; fromNs: number }>();
  /** What no shorting takes away. */
  readonly #offsetsMillivolts = new Map<number, number>();

  /** @param ohms its impedance @returns its voltage, signed */
  millivoltsAt(electrode: number, ohms: number, nowNs: number): number {
    return this.#leftAt(electrode, ohms, nowNs) + (this.#offsetsMillivolts.get(electrode) ?? 0);
  }

  /** @param femtocoulombs net charge of a pulse that begins now and lasts so many µs; meanwhile the electrode is not shorted */
  add(electrode: number, ohms: number, femtocoulombs: number, nowNs: number, microseconds: number): void {
    const added = femtocoulombs / doubleLayerFemtocoulombsPerMillivolt;
    const millivolts = this.#leftAt(electrode, ohms, nowNs) + added;
    const fromNs = Math.max(this.#left.get(electrode)?.fromNs ?? 0, nowNs + microseconds * 1000);
    this.#left.set(electrode, { millivolts, fromNs });
  }

  /** It stays at this voltage, beside what pulses leave. */
  polarise(electrode: number, millivolts: number): void {
    this.#offsetsMillivolts.set(electrode, millivolts);
  }

  #leftAt(electrode: number, ohms: number, nowNs: number): number {
    const left = this.#left.get(electrode);
    if (left === undefined) return 0;
    const shortedNs = Math.max(0, nowNs - left.fromNs);
    return shortedNs === 0 ? left.millivolts : left.millivolts * Math.exp(-shortedNs / (ohms * shortingNsPerOhm));
  }
}
