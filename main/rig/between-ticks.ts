// Does things with the simulated population between two ticks, one after the other, while it stands still. Rig thread.
import type { ClosedLoop } from './closed-loop.ts';
import { holdsWithin, type RigTime } from './rig-time.ts';
import type { SimulationLink } from './simulation-link/simulation-link.ts';

/** A tick that is underway ends in this time, or is a fault by itself. */
const tickWithinMilliseconds = 1000;

export interface Problem {
  problem: string;
}

export class BetweenTicks {
  readonly #loop: Pick<ClosedLoop, 'isSimulationPaused' | 'pauseSimulation' | 'resumeSimulation'>;
  readonly #link: Pick<SimulationLink, 'isBusy'>;
  readonly #time: RigTime;
  /** Ends with what was asked for last. */
  #last: Promise<unknown> = Promise.resolve();
  #underway = 0;

  constructor(
    loop: Pick<ClosedLoop, 'isSimulationPaused' | 'pauseSimulation' | 'resumeSimulation'>,
    link: Pick<SimulationLink, 'isBusy'>,
    time: RigTime,
  ) {
    this.#loop = loop;
    this.#link = link;
    this.#time = time;
  }

  /** Whether something is done, or waits for its turn. */
  get isBusy(): boolean {
    return this.#underway > 0;
  }

  /**
   * Ticks go on without the population meanwhile. Never rejects.
   * @param act is told whether the population stands still anyway. @returns why nothing was done, or what `act` answers.
   */
  async run<T>(act: (wasPaused: boolean) => Promise<T>): Promise<T | Problem> {
    this.#underway++;
    const turn = this.#last.then(() => this.#act(act));
    this.#last = turn;
    const answer = await turn;
    this.#underway--;
    return answer;
  }

  async #act<T>(act: (wasPaused: boolean) => Promise<T>): Promise<T | Problem> {
    const wasPaused = this.#loop.isSimulationPaused;
    this.#loop.pauseSimulation();
    try {
      if (!(await holdsWithin(this.#time, tickWithinMilliseconds, () => !this.#link.isBusy)))
        return { problem: 'the simulation does not answer' };
      return await act(wasPaused);
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    } finally {
      if (!wasPaused) this.#loop.resumeSimulation();
    }
  }
}
