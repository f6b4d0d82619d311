// Turns the stimulator's output on for an armed session and off at any time, and hears whether it obeys. Rig thread.
import { type ControlBlock, controlWord, requestStop } from '../../common/base/control-block.ts';
import { type DeviceStatus, freshSession } from '../../common/device-protocol/device-status.ts';
import type { DeviceWriter } from './hardware/device.ts';
import type { WatchdogLine } from './supervision/watchdog-line.ts';

const repeatStopEveryNs = 20e6;

/** Stops through two handles: the rig thread's own and the watchdog's. */
export class OutputControl {
  readonly #writer: DeviceWriter;
  readonly #watchdog: WatchdogLine;
  readonly #control: ControlBlock;
  readonly #nowNs: () => number;
  #isStopping = false;
  #lastStopNs = -Infinity;
  #ownStops = 0;
  /** Armed session, 0 when none. */
  session = 0;
  /** When the device last said anything about its output. */
  heardNs = -Infinity;
  status: DeviceStatus;

  constructor(writer: DeviceWriter, watchdog: WatchdogLine, control: ControlBlock, nowNs: () => number) {
    this.#writer = writer;
    this.#watchdog = watchdog;
    this.#control = control;
    this.#nowNs = nowNs;
    this.#ownStops = this.#stops();
    this.status = writer.status;
    this.heardNs = nowNs();
  }

  /** Notes a status; @returns whether it confirms that a stop is complete. */
  hear(status: DeviceStatus): boolean {
    this.status = status;
    this.heardNs = this.#nowNs();
    if (!this.#isStopping || status.isOutputOn || status.burnedSession < this.session) return false;
    this.#isStopping = false;
    this.session = 0;
    return true;
  }

  /** Whether another thread has asked for a stop, or the watchdog has made one, since this one last stopped. */
  get isStoppedElsewhere(): boolean {
    return this.#stops() !== this.#ownStops;
  }

  #stops(): number {
    return (
      Atomics.load(this.#control, controlWord.stopRequests) + Atomics.load(this.#control, controlWord.watchdogStops)
    );
  }

  /** Turns the output on for a fresh session. @returns why the device refuses, or undefined. */
  async enable(leaseMilliseconds: number, random: () => number): Promise<string | undefined> {
    const session = freshSession(this.status, random);
    this.session = session;
    this.#watchdog.setSession(session);
    Atomics.store(this.#control, controlWord.isLeaseWanted, 1);
    const status = await this.#writer.enable(session, leaseMilliseconds);
    this.hear(status);
    if (status.isOutputOn && status.session === session && !this.#isStopping) return undefined;
    return this.#isStopping ? 'stimulation was stopped meanwhile' : `the stimulator answered: ${status.enableOutcome}`;
  }

  /** Off, through both handles. Free at any time; repeat it by `repeatStop` until it is confirmed. */
  stop(): void {
    this.#isStopping = true;
    this.#lastStopNs = this.#nowNs();
    Atomics.store(this.#control, controlWord.isLeaseWanted, 0);
    this.#writer.stop();
    requestStop(this.#control);
    this.#ownStops = this.#stops();
  }

  /** Sends the stop again while it is not confirmed. */
  repeatStop(nowNs: number): void {
    if (this.#isStopping && nowNs - this.#lastStopNs >= repeatStopEveryNs) this.stop();
  }

  /** Whether the device says that its output is off. */
  get isOff(): boolean {
    return !this.status.isOutputOn && !this.#isStopping;
  }
}
