// The writing half of a device: sessions, pulses and their acknowledgements; runs in the rig thread.
import type { Clock } from '../../../common/base/clock.ts';
import { Emitter } from '../../../common/base/event.ts';
import { deviceOutcomes, type PulseOutcome } from '../../../common/device-protocol/device-outcome.ts';
import type { DeviceStatus } from '../../../common/device-protocol/device-status.ts';
import { encodeJson } from '../../../common/device-protocol/json-messages.ts';
import {
  acknowledgementLayout,
  enableLayout,
  messageTypes,
  pulseLayout,
  stopLayout,
} from '../../../common/device-protocol/messages.ts';
import { virtualFaultSchema, type VirtualFaultRequest } from '../../../common/device-protocol/virtual-fault.ts';
import { type Acknowledgement, type DeviceWriter, type PulseCommand, unacknowledgedPulsesMax } from './device.ts';
import { DeviceConnection, type ConnectOptions } from './device-connection.ts';
import { hostClock } from './host-clock.ts';

/** @throws Error when the device cannot be reached, or does not accept this client */
export async function connectWritingHalf(
  address: string,
  token: string,
  options: ConnectOptions = {},
): Promise<DeviceWriter> {
  const connection = await DeviceConnection.open(address, 'control', token, options);
  return new WritingHalf(connection, options.clock ?? hostClock);
}

class WritingHalf implements DeviceWriter {
  readonly #connection: DeviceConnection;
  readonly #clock: Clock;
  readonly #acknowledgements = new Emitter<Acknowledgement>();
  readonly #unacknowledged = new Set<number>();
  /** Ends each ENABLE that waits for its answer. */
  readonly #giveUp = new Emitter<string>();
  #session = 0;

  constructor(connection: DeviceConnection, clock: Clock) {
    this.#connection = connection;
    this.#clock = clock;
    connection.onClosed(({ message }) => this.#giveUp.fire(message));
    connection.receive = (type, body) => type === messageTypes.acknowledgement && this.#takeAcknowledgement(body);
  }

  get identity() {
    return this.#connection.identity;
  }

  get status() {
    return this.#connection.status;
  }

  get onAcknowledgement() {
    return this.#acknowledgements.event;
  }

  get onStatus() {
    return this.#connection.onStatus;
  }

  get onClosed() {
    return this.#connection.onClosed;
  }

  enable(session: number, leaseMilliseconds: number): Promise<DeviceStatus> {
    this.#session = session;
    this.#unacknowledged.clear();
    const leaseMicroseconds = Math.floor(leaseMilliseconds * 1000);
    const leaseExpiryMicroseconds = Math.floor(this.#clock.nowNs() / 1000) + leaseMicroseconds;
    const body = enableLayout.encode({ session, leaseExpiryMicroseconds, leaseMicroseconds });
    return new Promise((resolve, reject) => {
      if (!this.#connection.isOpen) return reject(new Error('the device is not connected'));
      const answered = this.onStatus((status) => {
        if (status.enableSession !== session) return;
        answered.dispose();
        givenUp.dispose();
        resolve(status);
      });
      const givenUp = this.#giveUp.event((message) => reject(new Error(message)));
      this.#connection.send(messageTypes.enable, body);
    });
  }

  pulse(command: PulseCommand): void {
    if (!this.#connection.isOpen) return this.#notSent(command, 'disconnected');
    if (this.#unacknowledged.size >= unacknowledgedPulsesMax) return this.#notSent(command, 'too-many-unacknowledged');
    const { sequence, electrode, amplitudeNanoamps, phaseMicroseconds, interphaseMicroseconds } = command;
    const firstNanoamps = command.leadingPhase === 'cathodic' ? -amplitudeNanoamps : amplitudeNanoamps;
    const body = pulseLayout.encode({
      session: this.#session,
      sequence,
      expiryMicroseconds: Math.floor(command.expiryNs / 1000),
      electrode,
      firstNanoamps,
      firstMicroseconds: phaseMicroseconds,
      interphaseMicroseconds,
      secondNanoamps: -firstNanoamps,
      secondMicroseconds: phaseMicroseconds,
    });
    this.#unacknowledged.add(sequence);
    this.#connection.send(messageTypes.pulse, body);
  }

  stop(): void {
    this.#connection.send(messageTypes.stop, stopLayout.encode({ session: this.#session }));
  }

  injectFault(fault: VirtualFaultRequest): void {
    this.#connection.send(messageTypes.injectFault, encodeJson(virtualFaultSchema.parse(fault)));
  }

  dispose(): void {
    this.#connection.dispose();
    this.#giveUp.fire('the connection to the device was disposed of');
    this.#acknowledgements.dispose();
  }

  #notSent({ sequence, electrode, amplitudeNanoamps }: PulseCommand, outcome: PulseOutcome): void {
    const receivedNs = this.#clock.nowNs();
    queueMicrotask(() =>
      this.#acknowledgements.fire({ sequence, outcome, sampleIndex: -1, electrode, amplitudeNanoamps, receivedNs }),
    );
  }

  #takeAcknowledgement(body: Uint8Array): boolean {
    const receivedNs = this.#clock.nowNs();
    const record = acknowledgementLayout.decodeWhole(body);
    const outcome = record && deviceOutcomes[record.outcome];
    if (record === undefined || outcome === undefined) return false;
    const { session, sequence, electrode, amplitudeNanoamps } = record;
    // What a session was told that is over now concerns nobody any more.
    if (session !== this.#session) return true;
    this.#unacknowledged.delete(sequence);
    const sampleIndex = outcome === 'delivered' ? record.sampleIndex : -1;
    this.#acknowledgements.fire({ sequence, outcome, sampleIndex, electrode, amplitudeNanoamps, receivedNs });
    return true;
  }
}
