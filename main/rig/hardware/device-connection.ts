// One connection to a device: handshake, checked messages in and out, one reason when it ends; runs in the rig and watchdog threads.
import { assert } from '../../../common/base/assert.ts';
import type { Clock } from '../../../common/base/clock.ts';
import { type Disposable, DisposableStore } from '../../../common/base/disposable.ts';
import { Emitter, type Event } from '../../../common/base/event.ts';
import type { HidFaultCode } from '../../../common/contract/hid-rigs.ts';
import type { DeviceIdentity } from '../../../common/device-protocol/device-identity.ts';
import { BadFrameBurst } from '../../../common/device-protocol/bad-frame-burst.ts';
import { seal, type Seals, unseal } from '../../../common/device-protocol/envelope.ts';
import { frameRejections } from '../../../common/device-protocol/frame-rejection.ts';
import { decodeClosing, decodeIdentity } from '../../../common/device-protocol/json-messages.ts';
import {
  decodeStatus,
  devicePayloadMaxBytes,
  helloLayout,
  messageTypes,
  protocolMagic,
  protocolVersion,
  rejectedLayout,
  type Role,
  roles,
} from '../../../common/device-protocol/messages.ts';
import { FrameDecoder, FrameError } from '../../../common/transport/frame.ts';
import type { DeviceClosed, HeardStatus, RejectedMessage } from './device.ts';
import { DeviceTime } from './device-time.ts';
import type { DeviceTransport } from './device-transport.ts';
import { hostClock } from './host-clock.ts';
import { openSocket } from './open-socket.ts';
import { hostSeals } from './seals.ts';

export interface ConnectOptions {
  /** The host's monotonic clock. */
  readonly clock?: Clock;
  /** A device that is still starting is waited for: so long until it listens, and once more until it has answered. */
  readonly timeoutMilliseconds?: number;
}

const defaultTimeoutMilliseconds = 10_000;

export class DeviceConnection implements Disposable {
  readonly #transport: DeviceTransport;
  readonly #seals: Seals;
  readonly #clock: Clock;
  readonly #closed = new Emitter<DeviceClosed>();
  readonly #statusReceived = new Emitter<HeardStatus>();
  readonly #rejected = new Emitter<RejectedMessage>();
  readonly #badFrame = new Emitter<string>();
  readonly #badFrames = new BadFrameBurst();
  #refusedFrames = 0;
  #identity: DeviceIdentity | undefined;
  #status: HeardStatus | undefined;
  #isOpen = true;
  #ended: DeviceClosed | undefined;

  /** A listener that comes too late is told all the same. */
  readonly onClosed: Event<DeviceClosed> = (listener) => {
    const ended = this.#ended;
    if (ended !== undefined) queueMicrotask(() => listener(ended));
    return this.#closed.event(listener);
  };
  readonly onStatus = this.#statusReceived.event;
  /** The device has executed nothing of a message. */
  readonly onRejected = this.#rejected.event;
  /** A message of the device was damaged or could not be read, and was dropped; says which. */
  readonly onBadFrame = this.#badFrame.event;
  readonly time = new DeviceTime();
  /** Takes each message that the connection does not know itself. @returns whether it could be read */
  receive: (type: number, body: Uint8Array) => boolean = () => false;

  /** @throws Error when the device cannot be reached, or does not accept this client */
  static async open(address: string, role: Role, token: string, options: ConnectOptions): Promise<DeviceConnection> {
    const { timeoutMilliseconds = defaultTimeoutMilliseconds } = options;
    return DeviceConnection.over(await openSocket(address, timeoutMilliseconds), role, token, options);
  }

  /** @throws Error when the device does not accept this client */
  static async over(
    transport: DeviceTransport,
    role: Role,
    token: string,
    options: ConnectOptions,
  ): Promise<DeviceConnection> {
    const { timeoutMilliseconds = defaultTimeoutMilliseconds, clock = hostClock } = options;
    const connection = new DeviceConnection(transport, hostSeals(token), clock);
    await connection.#shakeHands(role, token, timeoutMilliseconds);
    return connection;
  }

  private constructor(transport: DeviceTransport, seals: Seals, clock: Clock) {
    this.#transport = transport;
    this.#seals = seals;
    this.#clock = clock;
    const decoder = new FrameDecoder(devicePayloadMaxBytes, (type, payload) => this.#takeFrame(type, payload));
    transport.onData((bytes) => {
      try {
        decoder.push(bytes);
      } catch (error) {
        if (!(error instanceof FrameError)) throw error;
        this.#end('protocol', error.message);
      }
    });
    transport.onClosed((message, fault) => this.#end('disconnected', message, fault));
  }

  get identity(): DeviceIdentity {
    assert(this.#identity !== undefined, 'a device connection is used before it is open');
    return this.#identity;
  }

  /** The newest one that was received. */
  get status(): HeardStatus {
    assert(this.#status !== undefined, 'a device connection is used before it is open');
    return this.#status;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get clock(): Clock {
    return this.#clock;
  }

  /** Messages of the device that were dropped. */
  get refusedFrames(): number {
    return this.#refusedFrames;
  }

  /** Writes at once; to a connection that has ended, nothing. */
  send(type: number, body: Uint8Array): void {
    if (this.#isOpen) this.#transport.write(seal(type, body, this.#seals));
  }

  /** A whole frame for `sendSealed`, made ahead: stopping then allocates nothing. */
  sealed(type: number, body: Uint8Array): Uint8Array {
    return seal(type, body, this.#seals);
  }

  sendSealed(frame: Uint8Array): void {
    if (this.#isOpen) this.#transport.write(frame);
  }

  /** A message has brought a reading of the device's clock. */
  noteTime(deviceMicroseconds: number): void {
    this.time.note(deviceMicroseconds, this.#clock.nowNs());
  }

  /** Closes when all that was sent before has been written. */
  dispose(): void {
    this.#isOpen = false;
    this.#transport.close();
    this.#closed.dispose();
    this.#statusReceived.dispose();
    this.#rejected.dispose();
    this.#badFrame.dispose();
  }

  async #shakeHands(role: Role, token: string, timeoutMilliseconds: number): Promise<void> {
    const hello = { magic: protocolMagic, version: protocolVersion, role: roles.indexOf(role) };
    const waiting = new DisposableStore();
    try {
      await new Promise<void>((resolve, reject) => {
        const fail = (message: string) =>
          reject(new Error(`the device does not accept a connection for ${role}: ${message}`));
        let missing = 'it gave no answer';
        const giveUp = () => fail(`${missing} in ${timeoutMilliseconds} ms`);
        const timeout = setTimeout(giveUp, timeoutMilliseconds);
        waiting.onDispose(() => clearTimeout(timeout));
        waiting.add(this.onClosed(({ message }) => fail(message)));
        waiting.add(
          this.onStatus(() => {
            // Reports that it sends all the time may be older than the greeting; its answer begins with what it is.
            if (this.#identity === undefined) missing = 'it did not say what it is';
            else resolve();
          }),
        );
        this.send(messageTypes.hello, helloLayout.encode(hello, new TextEncoder().encode(token)));
      });
    } catch (error) {
      this.dispose();
      throw error;
    } finally {
      waiting.dispose();
    }
  }

  #takeFrame(type: number, payload: Uint8Array): void {
    if (!this.#isOpen) return;
    const body = unseal(type, payload, this.#seals);
    if (typeof body === 'string') this.#dropFrame(`message ${type} of the device has a wrong checksum`);
    else if (!this.#take(type, body)) this.#dropFrame(`message ${type} of the device cannot be read`);
  }

  /** Drops and counts. During the handshake, or when it happens too often, the connection ends. */
  #dropFrame(message: string): void {
    this.#refusedFrames++;
    const isBurst = this.#badFrames.note(this.#clock.nowNs() / 1000);
    this.#badFrame.fire(message);
    if (isBurst || this.#status === undefined) this.#end('protocol', message);
  }

  /** @returns whether it could be read */
  #take(type: number, body: Uint8Array): boolean {
    switch (type) {
      case messageTypes.identity:
        this.#identity = decodeIdentity(body);
        return this.#identity !== undefined;
      case messageTypes.status: {
        const status = decodeStatus(body);
        if (status === undefined) return false;
        this.noteTime(status.deviceMicroseconds);
        this.#status = { ...status, receivedNs: this.time.newest.hostNs };
        this.#statusReceived.fire(this.#status);
        return true;
      }
      case messageTypes.rejected:
        return this.#takeRejected(body);
      case messageTypes.closing: {
        const closing = decodeClosing(body);
        if (closing !== undefined) this.#end(closing.reason, closing.message);
        return closing !== undefined;
      }
      default:
        return this.receive(type, body);
    }
  }

  #takeRejected(body: Uint8Array): boolean {
    const record = rejectedLayout.decodeWhole(body);
    const reason = record && frameRejections[record.reason];
    if (record === undefined || reason === undefined) return false;
    this.#rejected.fire({ type: record.type, reason });
    return true;
  }

  /** The first reason counts. */
  #end(reason: DeviceClosed['reason'], message: string, fault?: HidFaultCode): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#transport.destroy();
    this.#ended = { reason, message, ...(fault === undefined ? {} : { fault }) };
    this.#closed.fire(this.#ended);
  }
}
