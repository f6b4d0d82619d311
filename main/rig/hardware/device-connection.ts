// One connection to a device: handshake, checked messages in and out, one reason when it ends; runs in the rig and watchdog threads.
import type { Socket } from 'node:net';
import { crc32 } from 'node:zlib';
import { assert } from '../../../common/base/assert.ts';
import type { Clock } from '../../../common/base/clock.ts';
import { type Disposable, DisposableStore } from '../../../common/base/disposable.ts';
import { Emitter, type Event } from '../../../common/base/event.ts';
import type { DeviceIdentity } from '../../../common/device-protocol/device-identity.ts';
import type { DeviceStatus } from '../../../common/device-protocol/device-status.ts';
import { seal, unseal } from '../../../common/device-protocol/envelope.ts';
import { decodeClosing, decodeIdentity } from '../../../common/device-protocol/json-messages.ts';
import {
  decodeStatus,
  devicePayloadMaxBytes,
  helloLayout,
  messageTypes,
  protocolMagic,
  protocolVersion,
  type Role,
  roles,
} from '../../../common/device-protocol/messages.ts';
import { FrameDecoder, FrameError } from '../../../common/transport/frame.ts';
import type { DeviceClosed } from './device.ts';
import { openSocket } from './open-socket.ts';

export interface ConnectOptions {
  /** The host's monotonic clock. */
  readonly clock?: Clock;
  /** A device that is still starting is waited for: so long until it listens, and once more until it has answered. */
  readonly timeoutMilliseconds?: number;
}

const defaultTimeoutMilliseconds = 10_000;

export class DeviceConnection implements Disposable {
  readonly #socket: Socket;
  readonly #closed = new Emitter<DeviceClosed>();
  readonly #statusReceived = new Emitter<DeviceStatus>();
  #identity: DeviceIdentity | undefined;
  #status: DeviceStatus | undefined;
  #isOpen = true;
  #ended: DeviceClosed | undefined;

  /** A listener that comes too late is told all the same. */
  readonly onClosed: Event<DeviceClosed> = (listener) => {
    const ended = this.#ended;
    if (ended !== undefined) queueMicrotask(() => listener(ended));
    return this.#closed.event(listener);
  };
  readonly onStatus = this.#statusReceived.event;
  /** Takes each message that the connection does not know itself. @returns whether it could be read */
  receive: (type: number, body: Uint8Array) => boolean = () => false;

  /** @throws Error when the device cannot be reached, or does not accept this client */
  static async open(address: string, role: Role, token: string, options: ConnectOptions): Promise<DeviceConnection> {
    const { timeoutMilliseconds = defaultTimeoutMilliseconds } = options;
    const connection = new DeviceConnection(await openSocket(address, timeoutMilliseconds));
    await connection.#shakeHands(role, token, timeoutMilliseconds);
    return connection;
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    const decoder = new FrameDecoder(devicePayloadMaxBytes, (type, payload) => this.#takeFrame(type, payload));
    socket.setNoDelay(true);
    socket.on('data', (bytes) => {
      try {
        decoder.push(bytes);
      } catch (error) {
        if (!(error instanceof FrameError)) throw error;
        this.#end('protocol', error.message);
      }
    });
    socket.on('error', (error) => this.#end('disconnected', `the connection to the device failed: ${error.message}`));
    socket.on('close', () => this.#end('disconnected', 'the device closed the connection'));
  }

  get identity(): DeviceIdentity {
    assert(this.#identity !== undefined, 'a device connection is used before it is open');
    return this.#identity;
  }

  /** The newest one that was received. */
  get status(): DeviceStatus {
    assert(this.#status !== undefined, 'a device connection is used before it is open');
    return this.#status;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Writes at once; to a connection that has ended, nothing. */
  send(type: number, body: Uint8Array): void {
    if (this.#isOpen) this.#socket.write(seal(type, body, crc32));
  }

  /** Closes when all that was sent before has been written. */
  dispose(): void {
    this.#isOpen = false;
    this.#socket.destroySoon();
    this.#closed.dispose();
    this.#statusReceived.dispose();
  }

  async #shakeHands(role: Role, token: string, timeoutMilliseconds: number): Promise<void> {
    const hello = { magic: protocolMagic, version: protocolVersion, role: roles.indexOf(role) };
    const waiting = new DisposableStore();
    try {
      await new Promise<void>((resolve, reject) => {
        const fail = (message: string) =>
          reject(new Error(`the device does not accept a connection for ${role}: ${message}`));
        const timeout = setTimeout(() => fail(`no answer in ${timeoutMilliseconds} ms`), timeoutMilliseconds);
        waiting.onDispose(() => clearTimeout(timeout));
        waiting.add(this.onClosed(({ message }) => fail(message)));
        waiting.add(
          this.onStatus(() => (this.#identity === undefined ? fail('it did not say what it is') : resolve())),
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
    const body = unseal(type, payload, crc32);
    if (body === undefined) this.#end('protocol', `message ${type} of the device has a wrong checksum`);
    else if (!this.#take(type, body)) this.#end('protocol', `message ${type} of the device cannot be read`);
  }

  /** @returns whether it could be read */
  #take(type: number, body: Uint8Array): boolean {
    switch (type) {
      case messageTypes.identity:
        this.#identity = decodeIdentity(body);
        return this.#identity !== undefined;
      case messageTypes.status:
        this.#status = decodeStatus(body);
        if (this.#status !== undefined) this.#statusReceived.fire(this.#status);
        return this.#status !== undefined;
      case messageTypes.closing: {
        const closing = decodeClosing(body);
        if (closing !== undefined) this.#end(closing.reason, closing.message);
        return closing !== undefined;
      }
      default:
        return this.receive(type, body);
    }
  }

  /** The first reason counts. */
  #end(reason: DeviceClosed['reason'], message: string): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#socket.destroy();
    this.#ended = { reason, message };
    this.#closed.fire(this.#ended);
  }
}
