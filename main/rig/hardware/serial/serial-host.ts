// Answers the rig's questions about one serial stimulator, and looks whether it is still there while nothing is asked; runs in the program that has it open.
import type { Clock } from '../../../../common/base/clock.ts';
import type { Disposable } from '../../../../common/base/disposable.ts';
import type { SerialAnswer, SerialQuestion } from '../../../../common/serial-protocol/serial-program.ts';
import { hostClock } from '../host-clock.ts';
import { durationMaxMicroseconds, type SerialPulse } from './exact-pulse.ts';
import { findSerialStimulator, serialStimulatorsOf } from './find-serial-stimulator.ts';
import { PulsePal } from './pulse-pal.ts';
import type { SerialPorts } from './serial-connection.ts';
import { SerialError } from './serial-error.ts';
import type { SerialTimes } from './serial-line.ts';
import { SerialStimulator } from './serial-stimulator.ts';
import { StimJim } from './stimjim.ts';
import type { StimulatorProtocol } from './stimulator-protocol.ts';

type Prepare = Extract<SerialQuestion, { kind: 'prepare' }>;

/** A device of which nothing was heard for so long is asked whether it is there. A pulse comes at once after a read-back, and never meets this. */
const quietMilliseconds = 1000;

export interface SerialHostOptions {
  readonly ports: SerialPorts;
  /** The device is gone: why. Once. */
  readonly onLost: (message: string) => void;
  readonly clock?: Clock;
  readonly times?: SerialTimes;
}

/** Disposing tells the device to stop and closes the port. */
export class SerialHost implements Disposable {
  readonly #options: SerialHostOptions;
  readonly #clock: Clock;
  #stimulator: SerialStimulator | undefined;
  #isDisposed = false;
  #quiet: NodeJS.Timeout | undefined;
  /** The rig looks at the hand immediately before it tells a pulse to be given. What it saw counts no longer than the pulse may wait. */
  #heldUntilNs = -Infinity;

  constructor(options: SerialHostOptions) {
    this.#options = options;
    this.#clock = options.clock ?? hostClock;
  }

  /** Resolves when the port can be opened again. */
  get closed(): Promise<void> {
    return this.#stimulator?.closed ?? Promise.resolve();
  }

  async answer(question: SerialQuestion): Promise<SerialAnswer> {
    clearTimeout(this.#quiet);
    try {
      return await this.#answer(question);
    } catch (error) {
      return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
    } finally {
      this.#lookLater();
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#quiet);
    this.#stimulator?.dispose();
  }

  #answer(question: SerialQuestion): Promise<SerialAnswer> {
    switch (question.kind) {
      case 'prepare':
        return this.#prepare(question);
      case 'verify':
        return this.#opened.verify().then(() => ({ kind: 'verified' }));
      case 'fire':
        return this.#fire(question.channel, question.expiryNs);
    }
  }

  get #opened(): SerialStimulator {
    if (this.#stimulator === undefined) throw new Error('no stimulator is open');
    return this.#stimulator;
  }

  async #prepare(question: Prepare): Promise<SerialAnswer> {
    if (this.#stimulator !== undefined) throw new Error('the stimulator is open already');
    const protocol = protocolOf(question);
    this.#stimulator = await this.#open(question, protocol);
    if (this.#isDisposed) this.#stimulator.dispose();
    void this.#stimulator.ended.then(({ message }) => {
      if (!this.#isDisposed) this.#options.onLost(message);
    });
    const exact: SerialPulse[] = [];
    for (const asked of question.pulses) {
      const given = await this.#stimulator.prepare(asked);
      if ('code' in given) return { kind: 'refused', ...given };
      const { channel, leadingPhase, amplitudeMicroamps, phaseMicroseconds, interphaseMicroseconds } = given;
      exact.push({ channel, leadingPhase, amplitudeMicroamps, phaseMicroseconds, interphaseMicroseconds });
    }
    const { name, firmware, range } = protocol;
    return {
      ...{ kind: 'prepared', name, firmware, exact },
      amplitudeMaxMicroamps: range.stepsMax * range.stepMicroamps,
      phaseMaxMicroseconds: durationMaxMicroseconds,
    };
  }

  async #open({ protocol: kind, serialNumber }: Prepare, protocol: StimulatorProtocol): Promise<SerialStimulator> {
    const { ports, times } = this.#options;
    const { path } = findSerialStimulator(serialStimulatorsOf(await listed(ports)), kind, serialNumber);
    const isHeld = () => this.#clock.nowNs() <= this.#heldUntilNs;
    const deadMan = {
      get isHeld() {
        return isHeld();
      },
    };
    const clock = this.#clock;
    return SerialStimulator.open({ ports, path, protocol, deadMan, clock, ...(times === undefined ? {} : { times }) });
  }

  async #fire(channel: number, expiryNs: number): Promise<SerialAnswer> {
    this.#heldUntilNs = expiryNs;
    const report = await this.#opened.fire(channel, expiryNs);
    if ('code' in report) return { kind: 'refused', ...report };
    const [first, second] = report.measuredMicroamps ?? [];
    const isMeasured = first !== undefined && second !== undefined;
    return { kind: 'fired', measuredMicroamps: isMeasured ? [first, second] : null };
  }

  /** A port whose plug was pulled may say nothing of it until it is asked. */
  #lookLater(): void {
    if (this.#stimulator === undefined || this.#isDisposed) return;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      const lookAgain = () => this.#lookLater();
      // What it fails with has ended the line, which is told.
      this.#stimulator?.check().then(lookAgain, () => {});
    }, quietMilliseconds);
  }
}

async function listed(ports: SerialPorts) {
  try {
    return await ports.list();
  } catch (error) {
    throw new SerialError('enumeration-failed', `the system does not list its serial ports (${String(error)})`);
  }
}

function protocolOf({ protocol, microampsPerVolt }: Prepare): StimulatorProtocol {
  if (protocol === 'stimjim') return new StimJim();
  return new PulsePal({ microampsPerVolt: microampsPerVolt ?? NaN });
}
