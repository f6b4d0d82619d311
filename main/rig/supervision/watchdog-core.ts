// The watchdog without its thread: looks at the shared words and at its own handle, and carries out what a round decides. Watchdog thread.
import { answerTo, type ControlBlock, controlWord } from '../../../common/base/control-block.ts';
import { interlockStates } from '../../../common/contract/interlock-states.ts';
import type { DeviceKeepAlive } from '../hardware/device.ts';
import {
  takeSession,
  watchdogAtRest,
  type WatchdogCause,
  type WatchdogLook,
  type WatchdogMemory,
  watchRound,
  type WatchdogTiming,
} from './watchdog-round.ts';

const renewEveryNs = 20e6;
const repeatStopNs = 20e6;
const wrongStateMaxNs = 50e6;

export interface WatchdogListener {
  onStopped(cause: WatchdogCause, silentMilliseconds: number): void;
}

export class WatchdogCore {
  readonly #control: ControlBlock;
  readonly #listener: WatchdogListener;
  #memory: WatchdogMemory;
  #timing: WatchdogTiming = { renewEveryNs, repeatStopNs, wrongStateMaxNs, beatMaxNs: 50e6 };
  #handle: DeviceKeepAlive | undefined;
  #isOutputOn = false;
  #isDry = false;
  #told: WatchdogCause | undefined;
  /** The rig thread's port is closed. */
  isRigGone = false;

  constructor(control: ControlBlock, listener: WatchdogListener) {
    this.#control = control;
    this.#listener = listener;
    this.#memory = { ...watchdogAtRest, stopRequests: Atomics.load(control, controlWord.stopRequests) };
  }

  /** Takes a handle to the stimulator, which belongs to the caller; undefined where a stimulator has no second one. */
  attach(handle: DeviceKeepAlive | undefined, beatMaxMilliseconds: number): void {
    this.#handle = handle;
    this.#timing = { ...this.#timing, beatMaxNs: beatMaxMilliseconds * 1e6 };
    handle?.onStatus(({ isOutputOn, isDry }) => {
      this.#isOutputOn = isOutputOn;
      this.#isDry = isDry;
    });
  }

  detach(): void {
    this.stop();
    this.#handle = undefined;
    this.#isOutputOn = false;
    this.#memory = { ...this.#memory, session: 0, isStopped: true };
  }

  /** A session was armed. */
  setSession(session: number, nowNs: number): void {
    this.#memory = takeSession(this.#memory, session, nowNs);
    this.#told = undefined;
    Atomics.store(this.#control, controlWord.challenge, this.#memory.challenge);
  }

  /** Output off, now. */
  stop(): void {
    this.#handle?.stop(this.#memory.session === 0 ? undefined : this.#memory.session);
  }

  /** Value of the stop word that the last round saw: the thread sleeps on it. */
  get stopRequests(): number {
    return this.#memory.stopRequests;
  }

  round(nowNs: number): void {
    const look = this.#look(nowNs);
    const { memory, doesStop, doesRenew, cause } = watchRound(this.#memory, look, this.#timing);
    const silentNs = nowNs - memory.beatChangedNs;
    this.#memory = memory;
    if (doesStop) {
      this.stop();
      if (cause !== undefined) this.#tell(cause, silentNs / 1e6);
    } else if (doesRenew) {
      Atomics.store(this.#control, controlWord.challenge, memory.challenge);
      this.#handle?.renew(memory.session);
    }
  }

  #look(nowNs: number): WatchdogLook {
    const load = (word: number) => Atomics.load(this.#control, word);
    return {
      nowNs,
      beat: load(controlWord.rigBeat),
      answer: load(controlWord.answer),
      isLeaseWanted: load(controlWord.isLeaseWanted) !== 0,
      state: interlockStates[load(controlWord.interlockState)] ?? 'fault',
      stopRequests: load(controlWord.stopRequests),
      isRigGone: this.isRigGone,
      isOutputOn: this.#isOutputOn,
      isDry: this.#isDry,
    };
  }

  /** Once for each cause of a session. */
  #tell(cause: WatchdogCause, silentMilliseconds: number): void {
    if (this.#told === cause) return;
    this.#told = cause;
    Atomics.add(this.#control, controlWord.watchdogStops, 1);
    this.#listener.onStopped(cause, silentMilliseconds);
  }
}

/** The rig thread's side: answers the newest challenge after completed work. */
export function completeWork(control: ControlBlock): void {
  Atomics.store(control, controlWord.answer, answerTo(Atomics.load(control, controlWord.challenge)));
  Atomics.add(control, controlWord.rigBeat, 1);
}
