// The pulses of the last milliseconds over all electrodes: who stimulates at once, with how much, and beside whom. Rig thread; pure.
import type { StateArchive } from '../../../common/base/state-archive.ts';

/** Fields of pulses this close in space and time add up. */
const neighbourNs = 1e6;
export const neighbourMicrometres = 400;

interface RecentPulse {
  electrode: number;
  startNs: number;
  endNs: number;
  amplitudeNanoamps: number;
  chargeFemtocoulombs: number;
}

/** Answers of `at`. */
export interface Concurrency {
  /** Other electrodes that stimulate now, and their current. */
  electrodes: number;
  nanoamps: number;
  /** The fullest of the charges that neighbours share and that a pulse now would add to, and its bound. */
  sharedFemtocoulombs: number;
  sharedMaxFemtocoulombs: number;
}

/** Times must not decrease. */
export class RecentPulses {
  readonly #pulses: RecentPulse[];
  readonly #isNeighbour: (a: number, b: number) => boolean;
  readonly #chargeMax: (electrode: number) => number;
  readonly #answer: Concurrency = { electrodes: 0, nanoamps: 0, sharedFemtocoulombs: 0, sharedMaxFemtocoulombs: 0 };
  #newest = 0;
  /** How long a pulse can matter. */
  #longestNs = neighbourNs;

  /**
   * @param capacity the largest number of pulses that can begin while one of them matters.
   * @param isNeighbour whether two different electrodes are within `neighbourMicrometres`.
   * @param chargeMax what an electrode and its neighbours share, fC.
   */
  constructor(
    capacity: number,
    isNeighbour: (a: number, b: number) => boolean,
    chargeMax: (electrode: number) => number,
  ) {
    this.#pulses = Array.from({ length: Math.max(1, capacity) }, () => ({
      electrode: 0,
      startNs: -Infinity,
      endNs: 0,
      amplitudeNanoamps: 0,
      chargeFemtocoulombs: 0,
    }));
    this.#isNeighbour = isNeighbour;
    this.#chargeMax = chargeMax;
  }

  /** What a pulse of this electrode would meet now. Valid until the next call. */
  at(nowNs: number, electrode: number): Readonly<Concurrency> {
    const answer = this.#answer;
    answer.electrodes = 0;
    answer.nanoamps = 0;
    answer.sharedFemtocoulombs = this.#chargeAround(electrode, nowNs);
    answer.sharedMaxFemtocoulombs = this.#chargeMax(electrode);
    for (let age = 0; age < this.#pulses.length; age++) {
      const pulse = this.#ofAge(age);
      if (!(nowNs - pulse.startNs < this.#longestNs)) break;
      if (pulse.electrode === electrode) continue;
      if (pulse.endNs > nowNs) {
        answer.electrodes++;
        answer.nanoamps += pulse.amplitudeNanoamps;
      }
      if (nowNs - pulse.startNs < neighbourNs && this.#isNeighbour(pulse.electrode, electrode))
        this.#share(pulse, nowNs);
    }
    return answer;
  }

  add(
    electrode: number,
    startNs: number,
    durationNs: number,
    amplitudeNanoamps: number,
    chargeFemtocoulombs: number,
  ): void {
    this.#newest = (this.#newest + 1) % this.#pulses.length;
    const pulse = this.#pulses[this.#newest]!;
    pulse.electrode = electrode;
    pulse.startNs = startNs;
    pulse.endNs = startNs + durationNs;
    pulse.amplitudeNanoamps = amplitudeNanoamps;
    pulse.chargeFemtocoulombs = chargeFemtocoulombs;
    this.#longestNs = Math.max(this.#longestNs, durationNs);
  }

  /** 0: the newest. */
  #ofAge(age: number): RecentPulse {
    return this.#pulses[(this.#newest - age + this.#pulses.length) % this.#pulses.length]!;
  }

  /** A neighbour's pulse has its own bound, whoever came first. */
  #share({ electrode, chargeFemtocoulombs }: RecentPulse, nowNs: number): void {
    const answer = this.#answer;
    const shared = chargeFemtocoulombs + this.#chargeAround(electrode, nowNs);
    const most = this.#chargeMax(electrode);
    if (most - shared >= answer.sharedMaxFemtocoulombs - answer.sharedFemtocoulombs) return;
    answer.sharedFemtocoulombs = shared;
    answer.sharedMaxFemtocoulombs = most;
  }

  /** Charge of an electrode's neighbours in the last millisecond, fC. */
  #chargeAround(electrode: number, nowNs: number): number {
    let femtocoulombs = 0;
    for (let age = 0; age < this.#pulses.length; age++) {
      const pulse = this.#ofAge(age);
      if (!(nowNs - pulse.startNs < neighbourNs)) break;
      if (pulse.electrode !== electrode && this.#isNeighbour(pulse.electrode, electrode))
        femtocoulombs += pulse.chargeFemtocoulombs;
    }
    return femtocoulombs;
  }

  /** Writes down or takes over what is remembered. */
  exchange(archive: StateArchive): void {
    for (const pulse of this.#pulses) {
      pulse.electrode = archive.number(pulse.electrode);
      pulse.startNs = archive.number(pulse.startNs);
      pulse.endNs = archive.number(pulse.endNs);
      pulse.amplitudeNanoamps = archive.number(pulse.amplitudeNanoamps);
      pulse.chargeFemtocoulombs = archive.number(pulse.chargeFemtocoulombs);
    }
    this.#newest = archive.number(this.#newest);
    this.#longestNs = archive.number(this.#longestNs);
  }
}
