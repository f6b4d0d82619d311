// The two steps of arming as the page leads through them: self-test and summary, then a held control in time. Runs in the page.
import type { Disposable } from '../../common/base/disposable.ts';
import type { ArmingSummary, CommandRefusal } from '../../common/contract/commands.ts';
import type { InterlockState } from '../../common/contract/interlock-states.ts';
import type { PageTime } from '../time/page-time.ts';
import type { GiveCommand } from './give-command.ts';
import { HoldControl } from './hold-control.svelte.ts';

export type ArmingStep =
  | { step: 'closed' }
  | { step: 'checking' }
  | { step: 'summary'; summary: ArmingSummary }
  | { step: 'confirming' }
  | { step: 'expired' }
  | { step: 'refused'; refusal: CommandRefusal };

const countdownEveryMs = 100;
/** The rig's clock and this page's may call the time over by this much apart. */
const expiryToleranceSeconds = 0.5;

export class Arming implements Disposable {
  current = $state.raw<ArmingStep>({ step: 'closed' });
  /** Seconds in which the second control must have been held. */
  secondsLeft = $state(0);
  readonly hold: HoldControl;
  readonly #call: GiveCommand;
  readonly #time: PageTime;
  readonly #onArmed: () => void;
  #countdown: Disposable | undefined;
  /** Whether the rig has said that it waits for the second control. */
  #wasReady = false;

  /** @param onArmed called when the core has taken the confirmation. */
  constructor(call: GiveCommand, time: PageTime, onArmed: () => void) {
    this.#call = call;
    this.#time = time;
    this.#onArmed = onArmed;
    this.hold = new HoldControl((heldMilliseconds) => void this.#confirm(heldMilliseconds), time);
  }

  /** First control: asks for the self-test. */
  async request(operator: string): Promise<void> {
    if (this.current.step === 'checking' || this.current.step === 'confirming') return;
    this.#stopCountdown();
    this.#wasReady = false;
    this.current = { step: 'checking' };
    const outcome = await this.#call('arm.request', { operator });
    if (this.current.step !== 'checking') return;
    if ('refusal' in outcome) {
      this.current = { step: 'refused', refusal: outcome.refusal };
      return;
    }
    this.current = { step: 'summary', summary: outcome.answer };
    if (outcome.answer.isReady) this.#startCountdown(outcome.answer.confirmWithinSeconds);
  }

  /** Closes the sheet; the core is told when it waits for a confirmation. */
  cancel(): void {
    const { step } = this.current;
    this.close();
    if (step === 'checking' || step === 'summary') void this.#call('arm.cancel', {});
  }

  close(): void {
    this.#stopCountdown();
    this.current = { step: 'closed' };
  }

  /**
   * Follows the rig: when it leaves the steps of arming, by a stop for example, the sheet goes too.
   * A status that is older than the answer changes nothing, and failed checks stay to be read.
   */
  note(state: InterlockState): void {
    if (this.current.step !== 'summary') return;
    if (state === 'prearmed') this.#wasReady = true;
    else if (this.#wasReady && state !== 'check') {
      if (this.secondsLeft < expiryToleranceSeconds) this.#expire();
      else this.close();
    }
  }

  dispose(): void {
    this.#stopCountdown();
  }

  async #confirm(heldMilliseconds: number): Promise<void> {
    this.#stopCountdown();
    this.current = { step: 'confirming' };
    const outcome = await this.#call('arm.confirm', { heldMilliseconds: Math.round(heldMilliseconds) });
    if (this.current.step !== 'confirming') return;
    this.current = 'refusal' in outcome ? { step: 'refused', refusal: outcome.refusal } : { step: 'closed' };
    if ('answer' in outcome) this.#onArmed();
  }

  #startCountdown(seconds: number): void {
    const endMs = this.#time.nowMs() + 1000 * seconds;
    this.secondsLeft = seconds;
    this.#countdown = this.#time.every(countdownEveryMs, () => {
      this.secondsLeft = Math.max((endMs - this.#time.nowMs()) / 1000, 0);
      if (this.secondsLeft === 0) this.#expire();
    });
  }

  #expire(): void {
    this.#stopCountdown();
    this.current = { step: 'expired' };
  }

  #stopCountdown(): void {
    this.hold.release();
    this.#countdown?.dispose();
    this.#countdown = undefined;
  }
}
