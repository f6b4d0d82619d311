// Turns the stimulator's output on for an armed session and off at any time, and hears whether it obeys. Rig thread.
import { type ControlBlock, controlWord, requestStop } from '../../common/base/control-block.ts';
import { type DeviceStatus, freshSession } from '../../common/device-protocol/device-status.ts';
import type { LimitsHash } from '../../common/device-protocol/limits-hash.ts';
import type { DeviceWriter, EnableOrder } from './hardware/device.ts';
import type { WatchdogLine } from './supervision/watchdog-line.ts';

const repeatStopEveryNs = 20e6;
const stoppedMeanwhile = 'stimulation was stopped meanwhile';

/** Stops through two handles: the rig thread's own and the watchdog's. */
export class OutputControl {
  readonly #writer: Pick<DeviceWriter, 'enable' | 'stop' | 'status'>;
  readonly #watchdog: Pick<WatchdogLine, 'guard'>;
  readonly #control: ControlBlock;
  readonly #nowNs: () => number;
  /** Counts orders to turn on or off: what was overtaken while it waited is not carried out. */
  #orders = 0;
  #isStopping = false;
  #lastStopNs = -Infinity;
  #ownStops = 0;
  #session = 0;
  /** When the device last said anything about its output. */
  heardNs = -Infinity;
  status: DeviceStatus;

  constructor(
    writer: Pick<DeviceWriter, 'enable' | 'stop' | 'status'>,
    watchdog: Pick<WatchdogLine, 'guard'>,
    control: ControlBlock,
    nowNs: () => number,
  ) {
    this.#writer = writer;
    this.#watchdog = watchdog;
    this.#control = control;
    this.#nowNs = nowNs;
    this.#ownStops = this.#stops();
    this.status = writer.status;
    this.heardNs = nowNs();
  }

  /** Armed session, 0 when none. */
  get session(): number {
    return this.#session;
  }

  /** A session number that this device has never seen, above `beyond`. */
  nextSession(beyond: number, random: () => number): number {
    const { session, burnedSession } = this.status;
    return freshSession({ session: Math.max(session, beyond), burnedSession }, random);
  }

  /** Notes a status. Once it says that output is off and session burned, a stop is complete. */
  hear(status: DeviceStatus): void {
    this.status = status;
    this.heardNs = this.#nowNs();
    if (!this.#isStopping || status.isOutputOn || !(status.burnedSession >= this.#session)) return;
    this.#isStopping = false;
    this.#session = 0;
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

  /** Turns the output on for an armed session, once the watchdog watches it. @returns why it is not on, or undefined. */
  async enable(session: number, leaseMilliseconds: number, limitsHash: LimitsHash): Promise<string | undefined> {
    const order = this.#beginOrder();
    this.#session = session;
    this.#ownStops = this.#stops();
    Atomics.store(this.#control, controlWord.isLeaseWanted, 1);
    await this.#watchdog.guard(session);
    if (order !== this.#orders) return stoppedMeanwhile;
    return this.#enable({ session, leaseMilliseconds, limitsHash, isDry: false }, order);
  }

  /** Turns the output on with its relay open, for the self-test. Its lease is not renewed. @returns why the device refuses, or undefined. */
  async enableDry(session: number, leaseMilliseconds: number, limitsHash: LimitsHash): Promise<string | undefined> {
    return this.#enable({ session, leaseMilliseconds, limitsHash, isDry: true }, this.#beginOrder());
  }

  #beginOrder(): number {
    this.#isStopping = false;
    return ++this.#orders;
  }

  async #enable(wanted: EnableOrder, order: number): Promise<string | undefined> {
    const status = await this.#writer.enable(wanted);
    this.hear(status);
    if (order !== this.#orders) return stoppedMeanwhile;
    const isAsWanted = status.isOutputOn && status.session === wanted.session && status.isDry === wanted.isDry;
    return isAsWanted ? undefined : `the stimulator answered: ${status.enableOutcome}`;
  }

  /** Off, through both handles. Free at any time; repeat it by `repeatStop` until it is confirmed. */
  stop(): void {
    this.#orders++;
    this.#isStopping = true;
    this.#lastStopNs = this.#nowNs();
    Atomics.store(this.#control, controlWord.isLeaseWanted, 0);
    this.#writer.stop();
    requestStop(this.#control);
    this.#ownStops = this.#stops();
  }

  /** Sends the stop again while it is not confirmed. */
  repeatStop(nowNs: number): void {
    if (this.#isStopping && !(nowNs - this.#lastStopNs < repeatStopEveryNs)) this.stop();
  }

  /** Whether the device says that its output is off. */
  get isOff(): boolean {
    return !this.status.isOutputOn && !this.#isStopping;
  }
}
