// Stopping: sends `stop` at once and again until the rig confirms that the output is off. Runs in the page.
import type { Disposable } from '../../common/base/disposable.ts';
import type { RigStatus } from '../../common/contract/rig-status.ts';
import type { PageTime } from '../time/page-time.ts';

/** `answered`: the core has taken the command. */
export type SendStop = () => Promise<'answered' | 'not-sent'>;

/** The first repetition comes after this; each wait is twice the one before, up to the longest. */
const firstRepeatMs = 50;
const longestRepeatMs = 1000;
/** An unconfirmed stop is shown as a failure after this. */
const overdueAfterMs = 1000;

export type StopProgress =
  | { kind: 'idle' }
  | { kind: 'sent'; sends: number; isOverdue: boolean }
  | { kind: 'confirmed'; afterMs: number }
  | { kind: 'nothing-connected' };

export class StopControl implements Disposable {
  progress = $state.raw<StopProgress>({ kind: 'idle' });
  readonly #send: SendStop;
  readonly #time: PageTime;
  #pressedMs = 0;
  #sends = 0;
  #isAnswered = false;
  #repeat: Disposable | undefined;
  #repeatMs = firstRepeatMs;

  constructor(send: SendStop, time: PageTime) {
    this.#send = send;
    this.#time = time;
  }

  /** From every state, as often as anybody likes; a press while one is under way sends once more. */
  press(): void {
    if (this.progress.kind !== 'sent') {
      this.#pressedMs = this.#time.nowMs();
      this.#sends = 0;
      this.#isAnswered = false;
    }
    this.#repeatMs = firstRepeatMs;
    this.#sendOnce();
  }

  /**
   * Looks at a status that has just come. Only one that came after the core's answer can confirm a stop:
   * one before it may tell of the moment before the press.
   */
  note(status: RigStatus): void {
    if (this.progress.kind !== 'sent') {
      // What was confirmed is of the past once the rig is armed again.
      if (['armed', 'stimulating'].includes(status.interlock.state)) this.progress = { kind: 'idle' };
      return;
    }
    if (!this.#isAnswered) return;
    if (status.session.stage === 'idle') this.#end({ kind: 'nothing-connected' });
    else if (isConfirmedOff(status)) this.#end({ kind: 'confirmed', afterMs: this.#time.nowMs() - this.#pressedMs });
  }

  dispose(): void {
    this.#repeat?.dispose();
  }

  #end(progress: StopProgress): void {
    this.#repeat?.dispose();
    this.progress = progress;
  }

  #sendOnce(): void {
    this.#sends++;
    const isOverdue = this.#time.nowMs() - this.#pressedMs >= overdueAfterMs;
    this.progress = { kind: 'sent', sends: this.#sends, isOverdue };
    void this.#send().then((outcome) => {
      if (outcome === 'answered') this.#isAnswered = true;
    });
    this.#repeat?.dispose();
    this.#repeat = this.#time.after(this.#repeatMs, () => this.#sendOnce());
    this.#repeatMs = Math.min(2 * this.#repeatMs, longestRepeatMs);
  }
}

/** Off by the device's own word, and disarmed. */
function isConfirmedOff({ interlock }: RigStatus): boolean {
  return interlock.isOutputOn === false && ['safe', 'tripped', 'fault'].includes(interlock.state);
}
