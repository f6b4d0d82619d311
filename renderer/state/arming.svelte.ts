// The two steps of arming as the page leads through them: self-test and summary, then a held control in time. Runs in the page.
import type { Disposable } from '../../common/base/disposable.ts';
import type { ArmingSummary, CommandRefusal } from '../../common/contract/commands.ts';
import type { InterlockState } from '../../common/contract/interlock-states.ts';
import type { PageTime } from '../time/page-time.ts';
import type { GiveCommand } from './give-command.ts';
import { HoldControl } from './hold-control.svelte.ts';

export type ArmingStep =
  | { step: 'closed' }
  /** The probe's serial number is asked for, before the self-test. */
  | { step: 'identify' }
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
  /** Serial number as it was read from the probe and typed; forgotten when the sheet closes, so that it is read each time. */
  probe = $state('');
  /** Who confirms beside the operator, where the profile demands two. */
  secondPerson = $state('');
  readonly hold: HoldControl;
  readonly #call: GiveCommand;
  readonly #time: PageTime;
  readonly #onArmed: () => void;
  #countdown: Disposable | undefined;
  #operator = $state('');
  /** Whether the rig has said that it waits for the second control. */
  #wasReady = false;

  /** @param onArmed called when the core has taken the confirmation. */
  constructor(call: GiveCommand, time: PageTime, onArmed: () => void) {
    this.#call = call;
    this.#time = time;
    this.#onArmed = onArmed;
    this.hold = new HoldControl((heldMilliseconds) => void this.#confirm(heldMilliseconds), time);
  }

  /** Whether the rig is at work on a step. */
  get isBusy(): boolean {
    return this.current.step === 'checking' || this.current.step === 'confirming';
  }

  /** Why the second control cannot be held; '' when it can. */
  get holdReason(): string {
    if (this.current.step !== 'summary' || !this.current.summary.needsSecondPerson) return '';
    const second = this.secondPerson.trim();
    if (second === '') return 'A second person writes their name first.';
    return second.toLowerCase() === this.#operator.toLowerCase() ? 'The second person is not the operator.' : '';
  }

  /** Opens the sheet and asks for the probe's serial number. */
  identify(): void {
    if (this.isBusy) return;
    this.#stopCountdown();
    this.current = { step: 'identify' };
  }

  /** First control: asks for the self-test. */
  async request(operator: string): Promise<void> {
    if (this.isBusy) return;
    this.#stopCountdown();
    this.#wasReady = false;
    this.#operator = operator.trim();
    this.secondPerson = '';
    this.current = { step: 'checking' };
    const probe = this.probe.trim();
    const outcome = await this.#call('arm.request', { operator: this.#operator, ...(probe === '' ? {} : { probe }) });
    if (this.current.step !== 'checking') return;
    if ('refusal' in outcome) {
      this.current = { step: 'refused', refusal: outcome.refusal };
      return;
    }
    this.current = { step: 'summary', summary: outcome.answer };
    if (outcome.answer.isReady) this.#startCountdown(outcome.answer.confirmWithinSeconds);
  }

  /** The second control goes down. */
  pressHold(): void {
    if (this.holdReason === '') this.hold.press();
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
    this.probe = this.secondPerson = '';
  }

  /**
   * Follows the rig: when it leaves the steps of arming, by a stop for example, the sheet goes too.
   * A status that is older than the answer changes nothing, and failed checks stay to be read.
   */
  note(state: InterlockState): void {
    // A trip comes before everything else.
    if (this.current.step === 'identify' && (state === 'tripped' || state === 'fault')) this.close();
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
    const secondPerson = this.secondPerson.trim();
    const outcome = await this.#call('arm.confirm', {
      heldMilliseconds: Math.round(heldMilliseconds),
      ...(secondPerson === '' ? {} : { secondPerson }),
    });
    if (this.current.step !== 'confirming') return;
    if ('refusal' in outcome) {
      this.current = { step: 'refused', refusal: outcome.refusal };
      return;
    }
    this.close();
    this.#onArmed();
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
