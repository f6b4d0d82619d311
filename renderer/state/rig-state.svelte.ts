// The last word of the rig and how old it is. Runs in the page; shows what the rig says and guesses nothing.
import type { Disposable } from '../../common/base/disposable.ts';
import type { RigStatus } from '../../common/contract/rig-status.ts';
import type { PageTime } from '../time/page-time.ts';
import type { ShownState } from '../words/state-words.ts';

/** A status older than this is no longer shown as true. */
export const unknownAfterMs = 1000;
/** Numbers change on the page at most this often; a change of state is shown at once. */
const showEveryMs = 100;
const checkEveryMs = 100;

export class RigState implements Disposable {
  /** The newest status that is shown; undefined before the first. It stays when it grows old: see `isKnown`. */
  status = $state.raw<RigStatus | undefined>();
  /** Whether the status is younger than a second. */
  isKnown = $state(false);
  /** Time since the rig was last heard; Infinity before the first time. */
  ageMs = $state(Infinity);
  #newest: RigStatus | undefined;
  #heardMs = -Infinity;
  #shownMs = -Infinity;
  readonly #time: PageTime;
  readonly #check: Disposable;

  constructor(time: PageTime) {
    this.#time = time;
    this.#check = time.every(checkEveryMs, () => this.#update());
  }

  /** The interlock's state as it may be shown now. */
  get shownState(): ShownState {
    return this.isKnown && this.status !== undefined ? this.status.interlock.state : 'unknown';
  }

  /** Takes a status from the stream. One that repeats the moment of the last is not news: the rig itself has stopped. */
  take(status: RigStatus): void {
    if (this.#newest?.hostNs === status.hostNs) return;
    const mustShow = this.#newest === undefined || isOtherState(status, this.#newest);
    this.#newest = status;
    this.#heardMs = this.#time.nowMs();
    if (mustShow || !this.isKnown || this.#heardMs - this.#shownMs >= showEveryMs) this.#update();
  }

  dispose(): void {
    this.#check.dispose();
  }

  #update(): void {
    const nowMs = this.#time.nowMs();
    this.ageMs = nowMs - this.#heardMs;
    this.isKnown = this.ageMs <= unknownAfterMs;
    if (this.status === this.#newest) return;
    this.status = this.#newest;
    this.#shownMs = nowMs;
  }
}

function isOtherState(a: RigStatus, b: RigStatus): boolean {
  return (
    a.interlock.state !== b.interlock.state ||
    a.interlock.isOutputOn !== b.interlock.isOutputOn ||
    a.interlock.isAcknowledged !== b.interlock.isAcknowledged ||
    a.interlock.isEmergencyStopPressed !== b.interlock.isEmergencyStopPressed ||
    a.interlock.stopInputs !== b.interlock.stopInputs ||
    a.session.stage !== b.session.stage ||
    a.source.closedReason !== b.source.closedReason
  );
}
