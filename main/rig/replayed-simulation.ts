// The simulation of a replay: the real program, whose answers are taken when the recorded ones came. Replay thread.
import type { SimulationResult } from '../../common/simulation-protocol/result.ts';
import type { SimulationLink } from './simulation-link/simulation-link.ts';

/** What the loop asks, and when it gets the answer. */
export class ReplayedSimulation {
  readonly #link: Pick<SimulationLink, 'sendTick'>;
  #answer: Promise<SimulationResult> | undefined;
  #settle: { resolve: (result: SimulationResult) => void; reject: (error: Error) => void } | undefined;
  #failure: Error | undefined;

  constructor(link: Pick<SimulationLink, 'sendTick'>) {
    this.#link = link;
  }

  /** Whether a tick was asked whose answer has not been taken. */
  get isBusy(): boolean {
    return this.#answer !== undefined;
  }

  sendTick(tick: number, ticksToAdvance: number, channels: Uint16Array, count: number): void {
    this.#answer = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    // It may never be taken.
    this.#answer.catch(() => {});
    if (this.#failure === undefined) this.#link.sendTick(tick, ticksToAdvance, channels, count);
    else this.#settle?.reject(this.#failure);
  }

  /** The program has answered. @param result valid during the call only */
  onResult(result: Readonly<SimulationResult>): void {
    this.#settle?.resolve({
      ...result,
      spikes: result.spikes.slice(),
      requests: result.requests.map((request) => ({ ...request })),
    });
  }

  /** The program is gone. */
  fail(error: Error): void {
    this.#failure = error;
    this.#settle?.reject(error);
  }

  /** Waits for the answer and takes it. @returns undefined when nothing was asked. @throws (rejects) when the program is gone. */
  async take(): Promise<SimulationResult | undefined> {
    const result = await this.#answer;
    this.#answer = undefined;
    return result;
  }
}
