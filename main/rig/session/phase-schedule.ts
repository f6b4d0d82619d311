// Which phase of the protocol a moment of the run belongs to. Rig thread; pure.
import type { Phase } from '../../../common/experiment/experiment.ts';

/** The phases one after another; the last one goes on for as long as the run. */
export class PhaseSchedule {
  readonly #ends: number[] = [];
  readonly #phases: readonly Phase[];

  constructor(phases: readonly Phase[]) {
    this.#phases = phases;
    let end = 0;
    for (const phase of phases) this.#ends.push((end += phase.seconds));
  }

  /** Duration of all phases as written in the experiment, s. */
  get seconds(): number {
    return this.#ends.at(-1) ?? 0;
  }

  /** Index of the phase at `seconds` after the run's start. */
  indexAt(seconds: number): number {
    const index = this.#ends.findIndex((end) => seconds < end);
    return index < 0 ? this.#phases.length - 1 : index;
  }

  phase(index: number): Phase | undefined {
    return this.#phases[index];
  }
}
