// A stimulator on a serial port: pulses are checked here, uploaded, read back, and fired one by one under a held dead-man and before a deadline. Class L1: no lease. Runs in the main thread of a program of its own.
import type { Clock } from '../../../../common/base/clock.ts';
import type { Disposable } from '../../../../common/base/disposable.ts';
import type { SerialFault } from '../../../../common/contract/serial-stimulators.ts';
import type { DeadMan, WithCapability } from '../capability-class.ts';
import { hostClock } from '../host-clock.ts';
import { SinglePulseRule } from '../single-pulse-rule.ts';
import { type ExactPulse, exactPulse, type SerialPulse, type SerialRefusal } from './exact-pulse.ts';
import type { SerialPorts } from './serial-connection.ts';
import { SerialLine, type SerialTimes, serialTimes } from './serial-line.ts';
import type { PulseReport, StimulatorProtocol } from './stimulator-protocol.ts';

/** A read-back that is older proves nothing: somebody may have turned a knob since. */
const readBackMaxMilliseconds = 5000;

export interface SerialStimulatorOptions {
  readonly ports: Pick<SerialPorts, 'open'>;
  readonly path: string;
  readonly protocol: StimulatorProtocol;
  /** Asked at each pulse. */
  readonly deadMan: DeadMan;
  readonly clock?: Clock;
  readonly times?: SerialTimes;
}

/**
 * After the first fault the device was told to stop, the port is closed and every step fails with that fault. Disposing ends it in the same
 * way.
 */
export class SerialStimulator implements Disposable, WithCapability<'L1'> {
  /** No lease, no limits that it was told, and a line without checksums. */
  readonly capability = 'L1';
  readonly #protocol: StimulatorProtocol;
  readonly #line: SerialLine;
  readonly #rule: SinglePulseRule;
  readonly #clock: Clock;
  /** When all parameters were what they should be. */
  #readBackNs = -Infinity;
  /** By channel. */
  readonly #prepared = new Map<number, ExactPulse>();
  #turn: Promise<unknown> = Promise.resolve();

  /** Opens the port, asks who is there and takes away what others have left. @throws SerialError */
  static async open(options: SerialStimulatorOptions): Promise<SerialStimulator> {
    const { ports, path, protocol, times = serialTimes } = options;
    const line = await SerialLine.open(ports, path, protocol.stop, times);
    const stimulator = new SerialStimulator(line, options);
    await protocol.identify(line);
    await protocol.clear(line);
    await stimulator.#compare();
    return stimulator;
  }

  private constructor(line: SerialLine, { protocol, deadMan, clock = hostClock }: SerialStimulatorOptions) {
    this.#protocol = protocol;
    this.#line = line;
    this.#clock = clock;
    this.#rule = new SinglePulseRule(deadMan, clock);
  }

  /** Why the line has ended; undefined: it has not. */
  get fault(): SerialFault | undefined {
    return this.#line.error?.fault;
  }

  /** Resolves with the fault that ended the line. */
  get ended(): Promise<SerialFault> {
    return this.#line.ended.then(({ fault }) => fault);
  }

  /** Resolves when the port can be opened again. */
  get closed(): Promise<void> {
    return this.#line.closed;
  }

  /**
   * Uploads a pulse and reads everything back.
   * @returns what will be given, to be checked against the limits, or why it cannot be
   * @throws SerialError
   */
  prepare(pulse: SerialPulse): Promise<ExactPulse | SerialRefusal> {
    const exact = exactPulse(pulse, this.#protocol.range);
    if ('code' in exact) return Promise.resolve(exact);
    return this.#inTurn(async () => {
      await this.#hold(exact.channel, exact);
      return exact;
    });
  }

  /** Takes a pulse from the device. @throws SerialError */
  clear(channel: number): Promise<void> {
    return this.#inTurn(() => this.#hold(channel, undefined));
  }

  /** Reads all parameters back, for the device has knobs: before each pulse, which takes longer than a pulse may wait. @throws SerialError */
  verify(): Promise<void> {
    return this.#inTurn(() => this.#compare());
  }

  /** Asks whether the same device is still there. @throws SerialError */
  check(): Promise<void> {
    return this.#inTurn(() => this.#protocol.identify(this.#line));
  }

  /**
   * Fires one pulse. All that may forbid it is asked immediately before the trigger is written.
   * @param expiryNs by the stimulator's clock, after which nothing is written
   * @returns what the device says of it, or why it was not fired
   * @throws SerialError
   */
  fire(channel: number, expiryNs: number): Promise<PulseReport | SerialRefusal> {
    return this.#inTurn(async (): Promise<PulseReport | SerialRefusal> => {
      const pulse = this.#prepared.get(channel);
      if (pulse === undefined) return { code: 'not-prepared', message: `no pulse is prepared on channel ${channel}` };
      const late = this.#lateness(expiryNs);
      if (late !== undefined) return late;
      await this.#protocol.settle(this.#line, pulse);
      return this.#refusal(expiryNs) ?? this.#protocol.fire(this.#line, pulse);
    });
  }

  /** Ends all stimulation at once, whatever is being asked, and with it the line. */
  stop(): void {
    this.#line.end('stopped', `the ${this.#protocol.name} was stopped`);
  }

  dispose(): void {
    this.stop();
  }

  #lateness(expiryNs: number): SerialRefusal | undefined {
    if (this.#clock.nowNs() <= expiryNs) return undefined;
    return { code: 'expired', message: 'the pulse would begin after its deadline' };
  }

  #refusal(expiryNs: number): SerialRefusal | undefined {
    const late = this.#lateness(expiryNs);
    if (late !== undefined) return late;
    const agoMs = (this.#clock.nowNs() - this.#readBackNs) / 1e6;
    if (!(agoMs <= readBackMaxMilliseconds))
      return { code: 'not-read-back', message: `the parameters were read back ${Math.round(agoMs)} ms ago` };
    // Last, for it counts as fired then.
    const message = this.#rule.refusal();
    return message === undefined ? undefined : { code: 'without-lease', message };
  }

  async #hold(channel: number, pulse: ExactPulse | undefined): Promise<void> {
    this.#prepared.delete(channel);
    const others = [...this.#prepared.values()];
    await this.#protocol.upload(this.#line, pulse === undefined ? others : [...others, pulse]);
    if (pulse !== undefined) this.#prepared.set(channel, pulse);
    await this.#compare();
  }

  /** @throws SerialError when the device holds something else than it was given */
  async #compare(): Promise<void> {
    const difference = await this.#protocol.difference(this.#line, [...this.#prepared.values()]);
    if (difference !== undefined) throw this.#line.end('setting-not-taken', `the ${this.#protocol.name} ${difference}`);
    this.#readBackNs = this.#clock.nowNs();
  }

  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(() => {
      if (this.#line.error !== undefined) throw this.#line.error;
      return step();
    });
    this.#turn = turn.catch(() => {});
    return turn;
  }
}
