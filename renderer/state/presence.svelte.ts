// Tells the rig that the operator is there: a sign now and then, and the presence control while it is held. Runs in the page.
import type { Disposable } from '../../common/base/disposable.ts';
import type { RigStatus } from '../../common/contract/rig-status.ts';
import type { PageTime } from '../time/page-time.ts';
import type { GiveCommand } from './give-command.ts';

/** Keys and clicks are told at most this often. */
const signEveryMs = 10_000;
/** While the control is held. */
const holdEveryMs = 500;
/** From here on the operator is reminded, s. */
const remindBelowSeconds = 60;

export class Presence implements Disposable {
  /** Whether the control is held down here; whether the rig knows it is in its status. */
  isHolding = $state(false);
  readonly #call: GiveCommand;
  readonly #time: PageTime;
  #signMs = -Infinity;
  #isHoldUnderWay = false;
  #beat: Disposable | undefined;

  constructor(call: GiveCommand, time: PageTime) {
    this.#call = call;
    this.#time = time;
  }

  /** Somebody pressed a key or clicked: a sign, told at most once every ten seconds. */
  noteInput(): void {
    if (this.#time.nowMs() - this.#signMs >= signEveryMs) this.confirm();
  }

  /** "I am here", said on purpose: told at once. */
  confirm(): void {
    this.#signMs = this.#time.nowMs();
    void this.#call('presence.confirm', { isHeld: this.isHolding });
  }

  /** The control goes down: told at once and every half second until it is let go. */
  hold(): void {
    if (this.isHolding) return;
    this.isHolding = true;
    this.#beat = this.#time.every(holdEveryMs, () => this.#tellHeld());
    this.#tellHeld();
  }

  /** The control is let go, or the page can no longer know that it is held. */
  release(): void {
    if (!this.isHolding) return;
    this.isHolding = false;
    this.#beat?.dispose();
    this.confirm();
  }

  dispose(): void {
    this.#beat?.dispose();
  }

  /** One at a time: a rig that was busy does not find old ones in a row and take them for now. */
  #tellHeld(): void {
    if (this.#isHoldUnderWay) return;
    this.#isHoldUnderWay = true;
    void this.#call('presence.confirm', { isHeld: true }).then(() => (this.#isHoldUnderWay = false));
  }
}

/** Whether the operator is to be reminded: current may flow, and a sign is due soon. */
export function isSignDue({ interlock }: RigStatus): boolean {
  const mayFlow = interlock.state === 'armed' || interlock.state === 'stimulating';
  return mayFlow && interlock.presence.dueSeconds < remindBelowSeconds;
}
