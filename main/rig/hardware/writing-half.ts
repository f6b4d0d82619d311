// The writing half of a device: sessions, pulses and their acknowledgements; runs in the rig thread.
import { type Disposable, DisposableStore } from '../../../common/base/disposable.ts';
import { Emitter } from '../../../common/base/event.ts';
import { decodeSelfTest, encodeJson } from '../../../common/device-protocol/json-messages.ts';
import type { LimitsHash } from '../../../common/device-protocol/limits-hash.ts';
import {
  type AcquisitionSettings,
  configurationLayout,
  configureLayout,
  type DeviceConfiguration,
  enableLayout,
  messageTypes,
  pulseLayout,
  setDigitalOutputsLayout,
  stopLayout,
} from '../../../common/device-protocol/messages.ts';
import type { SelfTestReport } from '../../../common/device-protocol/self-test-report.ts';
import { virtualFaultSchema, type VirtualFaultRequest } from '../../../common/device-protocol/virtual-fault.ts';
import { ConnectionHalf } from './connection-half.ts';
import { decodeAcknowledgement, notSent } from './decode-acknowledgement.ts';
import {
  type Acknowledgement,
  type DeviceWriter,
  type EnableOrder,
  type HeardStatus,
  type PulseCommand,
  unacknowledgedPulsesMax,
} from './device.ts';
import { DeviceConnection, type ConnectOptions } from './device-connection.ts';
import type { DeviceTransport } from './device-transport.ts';

/** @throws Error when the device cannot be reached, or does not accept this client */
export async function connectWritingHalf(
  address: string,
  token: string,
  options: ConnectOptions = {},
): Promise<DeviceWriter> {
  return new WritingHalf(await DeviceConnection.open(address, 'control', token, options), options);
}

/** The same over bytes that are there already. @throws Error when the device does not accept this client */
export async function connectWritingHalfOver(
  transport: DeviceTransport,
  token: string,
  options: ConnectOptions = {},
): Promise<DeviceWriter> {
  return new WritingHalf(await DeviceConnection.over(transport, 'control', token, options), options);
}

/** The self-test, which measures every electrode, takes the longest. */
const answersWithinMilliseconds = 5000;

class WritingHalf extends ConnectionHalf implements DeviceWriter {
  readonly capability = 'L3';
  readonly #acknowledgements = new Emitter<Acknowledgement>();
  readonly #selfTested = new Emitter<SelfTestReport>();
  readonly #configured = new Emitter<DeviceConfiguration>();
  /** Ends everything that waits for an answer. */
  readonly #givenUp = new Emitter<string>();
  readonly #unacknowledged = new Set<number>();
  readonly onAcknowledgement = this.#acknowledgements.event;
  readonly #answersWithinMilliseconds: number;
  #session = 0;
  #limitsHash: LimitsHash = { high: 0, low: 0 };
  /** STOP of the session, ready to be sent. */
  #stopFrame: Uint8Array;

  constructor(connection: DeviceConnection, { timeoutMilliseconds = answersWithinMilliseconds }: ConnectOptions) {
    super(connection);
    this.#answersWithinMilliseconds = timeoutMilliseconds;
    this.#stopFrame = this.#sealStop();
    connection.onClosed(({ message }) => this.#givenUp.fire(message));
    connection.receive = (type, body) => this.#take(type, body);
  }

  get status() {
    return this.connection.status;
  }

  get onStatus() {
    return this.connection.onStatus;
  }

  enable({ session, leaseMilliseconds, limitsHash, isDry }: EnableOrder): Promise<HeardStatus> {
    this.#session = session;
    this.#limitsHash = limitsHash;
    this.#stopFrame = this.#sealStop();
    this.#unacknowledged.clear();
    const { time, clock } = this.connection;
    const leaseMicroseconds = Math.floor(leaseMilliseconds * 1000);
    const body = enableLayout.encode({
      session,
      leaseExpiryMicroseconds: time.toDevice(clock.nowNs()) + leaseMicroseconds,
      leaseMicroseconds,
      limitsHashHigh: limitsHash.high,
      limitsHashLow: limitsHash.low,
      isDry: isDry ? 1 : 0,
    });
    return this.#ask(messageTypes.enable, body, (settle) =>
      this.onStatus((status) => status.enableSession === session && settle(status)),
    );
  }

  pulse(command: PulseCommand): void {
    if (!this.connection.isOpen) return this.#answer(notSent(command, 'disconnected', this.#limitsHash, this.#nowNs()));
    if (this.#unacknowledged.size >= unacknowledgedPulsesMax)
      return this.#answer(notSent(command, 'too-many-unacknowledged', this.#limitsHash, this.#nowNs()));
    const { sequence, electrode, amplitudeNanoamps, phaseMicroseconds, interphaseMicroseconds } = command;
    const firstNanoamps = command.leadingPhase === 'cathodic' ? -amplitudeNanoamps : amplitudeNanoamps;
    const body = pulseLayout.encode({
      session: this.#session,
      sequence,
      expiryMicroseconds: this.connection.time.toDevice(command.expiryNs),
      electrode,
      firstNanoamps,
      firstMicroseconds: phaseMicroseconds,
      interphaseMicroseconds,
      secondNanoamps: -firstNanoamps,
      secondMicroseconds: phaseMicroseconds,
      limitsHashHigh: this.#limitsHash.high,
      limitsHashLow: this.#limitsHash.low,
    });
    this.#unacknowledged.add(sequence);
    this.connection.send(messageTypes.pulse, body);
  }

  stop(): void {
    this.connection.sendSealed(this.#stopFrame);
  }

  selfTest(): Promise<SelfTestReport> {
    return this.#ask(messageTypes.selfTest, new Uint8Array(0), (settle) => this.#selfTested.event(settle));
  }

  async configure(settings: AcquisitionSettings): Promise<DeviceConfiguration> {
    return this.#set(messageTypes.configure, configureLayout.encode(settings), settings);
  }

  async setDigitalOutputs(digitalOutputs: number): Promise<DeviceConfiguration> {
    const settings = { digitalOutputs };
    return this.#set(messageTypes.setDigitalOutputs, setDigitalOutputsLayout.encode(settings), settings);
  }

  injectFault(fault: VirtualFaultRequest): void {
    this.connection.send(messageTypes.injectFault, encodeJson(virtualFaultSchema.parse(fault)));
  }

  override dispose(): void {
    super.dispose();
    this.#givenUp.fire('the connection to the device was disposed of');
    this.#givenUp.dispose();
    this.#acknowledgements.dispose();
    this.#selfTested.dispose();
    this.#configured.dispose();
  }

  /** Sends, and waits for what `listen` waits for, for the device's no, for the end of the connection, or until an answer must have been lost. */
  #ask<T>(type: number, body: Uint8Array, listen: (settle: (answer: T) => void) => Disposable): Promise<T> {
    const waiting = new DisposableStore();
    const answer = new Promise<T>((resolve, reject) => {
      if (!this.connection.isOpen) return reject(new Error('the device is not connected'));
      const lost = `the device has not answered message ${type} in ${this.#answersWithinMilliseconds} ms`;
      const timeout = setTimeout(() => reject(new Error(lost)), this.#answersWithinMilliseconds);
      waiting.onDispose(() => clearTimeout(timeout));
      waiting.add(listen(resolve));
      waiting.add(this.#givenUp.event((message) => reject(new Error(message))));
      waiting.add(
        this.onRejected((rejected) => {
          if (rejected.type === type) reject(new Error(`the device rejected message ${type}: ${rejected.reason}`));
        }),
      );
      this.connection.send(type, body);
    });
    return answer.finally(() => waiting.dispose());
  }

  /** Sends settings and compares what is in force after them. */
  async #set(type: number, body: Uint8Array, asked: Partial<DeviceConfiguration>): Promise<DeviceConfiguration> {
    const inForce = await this.#ask<DeviceConfiguration>(type, body, (settle) => this.#configured.event(settle));
    for (const [name, value] of Object.entries(asked)) {
      const actual = inForce[name as keyof DeviceConfiguration];
      if (actual !== value) throw new Error(`the device has not set ${name} to ${value}: it is ${actual}`);
    }
    return inForce;
  }

  /** Never before the caller has gone on. */
  #answer(acknowledgement: Acknowledgement): void {
    queueMicrotask(() => this.#acknowledgements.fire(acknowledgement));
  }

  #take(type: number, body: Uint8Array): boolean {
    switch (type) {
      case messageTypes.acknowledgement:
        return this.#takeAcknowledgement(body);
      case messageTypes.selfTestReport: {
        const report = decodeSelfTest(body);
        if (report !== undefined) this.#selfTested.fire(report);
        return report !== undefined;
      }
      case messageTypes.configuration: {
        const configuration = configurationLayout.decodeWhole(body);
        if (configuration !== undefined) this.#configured.fire(configuration);
        return configuration !== undefined;
      }
      default:
        return false;
    }
  }

  #takeAcknowledgement(body: Uint8Array): boolean {
    const decoded = decodeAcknowledgement(body, this.#nowNs());
    if (decoded === undefined) return false;
    // What a session was told that is over now concerns nobody any more.
    if (decoded.session !== this.#session) return true;
    this.#unacknowledged.delete(decoded.acknowledgement.sequence);
    this.#acknowledgements.fire(decoded.acknowledgement);
    return true;
  }

  #nowNs(): number {
    return this.connection.clock.nowNs();
  }

  #sealStop(): Uint8Array {
    return this.connection.sealed(messageTypes.stop, stopLayout.encode({ session: this.#session }));
  }
}
