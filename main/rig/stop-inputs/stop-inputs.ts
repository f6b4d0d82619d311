// All inputs of the station: looks for those that are not open, but only while nothing is armed, and keeps the shared word about them. Stop-input thread.
import { type ControlBlock, controlWord, stopInputState } from '../../../common/base/control-block.ts';
import type { Disposable } from '../../../common/base/disposable.ts';
import type { StopInputProblem, StopInputSetting, StopInputsReport } from '../../../common/contract/stop-inputs.ts';
import type { HidSource } from '../hardware/hid-input.ts';
import { mayLook } from './may-look.ts';
import { StopInput } from './stop-input.ts';

const lookEveryNs = 2e9;
/** Enumeration was seen to take up to 10 s and to come back. */
const noAnswerAfterNs = 15e9;

export class StopInputs implements Disposable {
  readonly #inputs: StopInput[];
  readonly #source: HidSource;
  readonly #control: ControlBlock;
  #isLooking = false;
  #lookingSinceNs = 0;
  #lookedNs = -Infinity;
  #problem: StopInputProblem | undefined;
  #isReportDue = true;
  #isDisposed = false;

  constructor(settings: readonly StopInputSetting[], source: HidSource, control: ControlBlock) {
    this.#source = source;
    this.#control = control;
    this.#inputs = settings.map((setting) => new StopInput(setting, control, () => this.#changed()));
    this.#changed();
  }

  /** Repeats what held inputs raise, and looks for missing inputs when it is time. @param nowNs monotonic */
  round(nowNs: number): void {
    for (const input of this.#inputs) input.repeat();
    if (this.#isLooking) {
      this.#lookedNs = nowNs;
      // There is never a second look beside one that hangs: each would hold one more of the threads that files are written with.
      const silentNs = nowNs - this.#lookingSinceNs;
      if (silentNs >= noAnswerAfterNs && this.#problem?.code !== 'no-answer') this.#setProblem(noAnswer(silentNs));
      return;
    }
    if (!this.#mayLook || nowNs - this.#lookedNs < lookEveryNs || this.#inputs.every(({ isOpen }) => isOpen)) return;
    this.#isLooking = true;
    this.#lookingSinceNs = this.#lookedNs = nowNs;
    void this.#look();
  }

  /** @returns what is known, if it has changed since the last time */
  takeReport(): StopInputsReport | undefined {
    if (!this.#isReportDue) return undefined;
    this.#isReportDue = false;
    return {
      inputs: this.#inputs.map(({ state }) => state),
      problems: this.#problem === undefined ? [] : [this.#problem],
    };
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const input of this.#inputs) input.dispose();
    this.#changed();
  }

  get #mayLook(): boolean {
    return mayLook(this.#control);
  }

  async #look(): Promise<void> {
    try {
      const devices = await this.#source.devices();
      for (const input of this.#inputs) {
        // Arming began meanwhile: what is open is heard, and nothing else is touched.
        if (!this.#mayLook || this.#isDisposed) break;
        if (!input.isOpen) await input.open(this.#source, devices);
      }
      this.#setProblem(undefined);
    } catch (error) {
      this.#setProblem({
        code: 'not-found',
        what: `the HID devices of this computer cannot be listed: ${error instanceof Error ? error.message : String(error)}`,
        cure: 'Restart Exocortex; if that does not help, restart this computer',
      });
    } finally {
      this.#isLooking = false;
    }
  }

  #setProblem(problem: StopInputProblem | undefined): void {
    if (problem?.what === this.#problem?.what) return;
    this.#problem = problem;
    this.#isReportDue = true;
  }

  #changed(): void {
    this.#isReportDue = true;
    const stops = this.#inputs.filter(({ doesStop }) => doesStop);
    const { none, ready, missing } = stopInputState;
    const state = stops.length === 0 ? none : stops.every(({ isOpen }) => isOpen) ? ready : missing;
    Atomics.store(this.#control, controlWord.stopInputState, state);
  }
}

function noAnswer(silentNs: number): StopInputProblem {
  return {
    code: 'no-answer',
    what: `the system has not answered for ${(silentNs / 1e9).toFixed(0)} s when asked for its HID devices`,
    cure: 'Unplug and plug in the input that was connected last; if that does not help, restart this computer',
  };
}
