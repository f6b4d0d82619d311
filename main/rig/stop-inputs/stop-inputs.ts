// All inputs of the station: looks for those that are not open, but only while nothing is armed, and keeps the shared words about them. Stop-input thread.
import { type ControlBlock, controlWord, stopInputState } from '../../../common/base/control-block.ts';
import type { Disposable } from '../../../common/base/disposable.ts';
import type { StationSettings } from '../../../common/contract/station-settings.ts';
import type { StopInputProblem, StopInputsReport } from '../../../common/contract/stop-inputs.ts';
import type { HidSource } from '../hardware/hid-input.ts';
import { mayLook } from './may-look.ts';
import { StopInput } from './stop-input.ts';
import type { TriggerPresses } from './stop-input-messages.ts';
import { TriggerInput } from './trigger-input.ts';

const lookEveryNs = 2e9;
/** Enumeration was seen to take up to 10 s and to come back. */
const noAnswerAfterNs = 15e9;

/** Whether inputs of a kind are all there, as the shared words have it. */
function stateOf(inputs: readonly { isOpen: boolean }[]): number {
  const { none, ready, missing } = stopInputState;
  return inputs.length === 0 ? none : inputs.every(({ isOpen }) => isOpen) ? ready : missing;
}

export class StopInputs implements Disposable {
  readonly #stopInputs: readonly StopInput[];
  readonly #triggerInputs: readonly TriggerInput[];
  readonly #source: HidSource;
  readonly #control: ControlBlock;
  #isLooking = false;
  #lookingSinceNs = 0;
  #lookedNs = -Infinity;
  #problem: StopInputProblem | undefined;
  #isReportDue = true;
  #isDisposed = false;

  /** @param nowNs the host's monotonic clock */
  constructor(
    { stopInputs, triggerInputs }: Pick<StationSettings, 'stopInputs' | 'triggerInputs'>,
    source: HidSource,
    control: ControlBlock,
    nowNs: () => number,
  ) {
    this.#source = source;
    this.#control = control;
    const onChange = () => this.#changed();
    this.#stopInputs = stopInputs.map((setting) => new StopInput(setting, control, onChange));
    this.#triggerInputs = triggerInputs.map((setting) => new TriggerInput(setting, nowNs, onChange));
    this.#changed();
  }

  /** Repeats what held inputs raise, and looks for missing inputs when it is time. @param nowNs monotonic */
  round(nowNs: number): void {
    for (const input of this.#stopInputs) input.repeat();
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

  /** @returns what was pressed of each trigger input since the last time */
  takePresses(): TriggerPresses[] {
    return this.#triggerInputs.flatMap((input) => input.takePresses() ?? []);
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const input of this.#inputs) input.dispose();
    this.#changed();
  }

  /** Those that stop come first, and are looked for first. */
  get #inputs(): (StopInput | TriggerInput)[] {
    return [...this.#stopInputs, ...this.#triggerInputs];
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
    // A trigger input that is missing keeps nothing from arming, and trips nothing.
    const stops = this.#stopInputs.filter(({ doesStop }) => doesStop);
    Atomics.store(this.#control, controlWord.stopInputState, stateOf(stops));
    Atomics.store(this.#control, controlWord.triggerInputState, stateOf(this.#triggerInputs));
  }
}

function noAnswer(silentNs: number): StopInputProblem {
  return {
    code: 'no-answer',
    what: `the system has not answered for ${(silentNs / 1e9).toFixed(0)} s when asked for its HID devices`,
    cure: 'Unplug and plug in the input that was connected last; if that does not help, restart this computer',
  };
}
