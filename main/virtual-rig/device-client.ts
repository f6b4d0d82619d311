// One connection to the virtual device: checks what arrives and passes on what its role may ask; runs in the virtual rig.
import { BadFrameBurst } from '../../common/device-protocol/bad-frame-burst.ts';
import { seal, type Seals, unseal } from '../../common/device-protocol/envelope.ts';
import { type FrameRejection, frameRejections } from '../../common/device-protocol/frame-rejection.ts';
import { type Closing, encodeJson } from '../../common/device-protocol/json-messages.ts';
import {
  clientPayloadMaxBytes,
  helloLayout,
  messageTypes,
  protocolMagic,
  protocolVersion,
  rejectedLayout,
  type Role,
  roles,
  stopLayout,
} from '../../common/device-protocol/messages.ts';
import { FrameDecoder, FrameError } from '../../common/transport/frame.ts';
import { type DeviceCommands, execute } from './execute-message.ts';
import { ReceiveBuffer, receiveBufferBytes } from './receive-buffer.ts';

/** The way back to a client. */
export interface Link {
  send(frame: Uint8Array): void;
  /** What has been sent and not yet taken. */
  readonly bufferedBytes: number;
  /** Closes after what was sent before. */
  close(): void;
  /** Closes at once. */
  destroy(): void;
}

/** The device as its connections see it. */
export interface ClientDevice extends DeviceCommands {
  /** @returns why the client is not admitted, or undefined */
  admit(client: DeviceClient, role: Role, token: Uint8Array): string | undefined;
  /** @param session 0 from a client that has not been admitted; @param by who stops, in words */
  stop(session: number, by: string): void;
  leave(client: DeviceClient): void;
  /** The firmware hangs: what arrives is kept, nothing is read. */
  readonly isHung: boolean;
  /** @returns device time, µs, at which a bad message was counted */
  countRefusedFrame(): number;
  /** Whether the next outgoing message is damaged on the way. */
  takeCorruption(): boolean;
}

/**
 * Of a message that it cannot read, that is forged, or that its role may not send, nothing is executed; it is counted and
 * answered by REJECTED. Too many of them, or a stream that is out of step, end the connection; a stranger, who has not said
 * HELLO, is sent away at the first. Whoever says STOP stops, whatever else is wrong with the message.
 */
export class DeviceClient {
  readonly #device: ClientDevice;
  readonly #link: Link;
  readonly #seals: Seals;
  readonly #decoder = new FrameDecoder(clientPayloadMaxBytes, (type, payload) => this.#takeFrame(type, payload));
  readonly #buffer = new ReceiveBuffer();
  readonly #badFrames = new BadFrameBurst();
  #role: Role | undefined;
  #isOpen = true;

  constructor(device: ClientDevice, link: Link, seals: Seals) {
    this.#device = device;
    this.#link = link;
    this.#seals = seals;
  }

  get role(): Role | undefined {
    return this.#role;
  }

  get bufferedBytes(): number {
    return this.#link.bufferedBytes;
  }

  /** Takes what has arrived: any part of the stream. */
  take(bytes: Uint8Array): void {
    if (this.#device.isHung) return this.#buffer.keep(bytes);
    this.resume();
    this.#push(bytes);
  }

  /** Reads what arrived while the firmware hung. */
  resume(): void {
    if (this.#buffer.isEmpty) return;
    const { isWhole } = this.#buffer;
    for (const chunk of this.#buffer.take()) this.#push(chunk);
    if (!isWhole) this.close('protocol', `more than ${receiveBufferBytes} bytes came while nothing could be read`);
  }

  send(type: number, body: Uint8Array): void {
    if (!this.#isOpen) return;
    const frame = seal(type, body, this.#seals);
    if (this.#device.takeCorruption()) frame[frame.length - 1]! ^= 1;
    this.#link.send(frame);
  }

  close(reason: Closing['reason'], message: string): void {
    if (!this.#isOpen) return;
    this.send(messageTypes.closing, encodeJson({ reason, message }));
    this.#link.close();
    this.gone();
  }

  /** Cuts the connection without a word. */
  cut(): void {
    this.#link.destroy();
    this.gone();
  }

  /** The connection has ended. */
  gone(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#device.leave(this);
  }

  get #name(): string {
    return this.#role === undefined ? 'a stranger' : `the connection for ${this.#role}`;
  }

  #push(bytes: Uint8Array): void {
    if (!this.#isOpen) return;
    try {
      this.#decoder.push(bytes);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.close('protocol', error.message);
    }
  }

  #takeFrame(type: number, payload: Uint8Array): void {
    if (!this.#isOpen) return;
    const body = unseal(type, payload, this.#seals);
    if (typeof body === 'string' && type === messageTypes.stop) this.#device.stop(0, this.#name);
    const rejection = typeof body === 'string' ? body : this.#takeBody(type, body);
    if (rejection !== undefined) this.#reject(type, rejection);
  }

  #reject(type: number, rejection: FrameRejection): void {
    const isBurst = this.#badFrames.note(this.#device.countRefusedFrame());
    this.send(messageTypes.rejected, rejectedLayout.encode({ type, reason: frameRejections.indexOf(rejection) }));
    if (isBurst || this.#role === undefined)
      this.close('protocol', `message ${type} of ${this.#name} was rejected: ${rejection}`);
  }

  /** @returns why nothing of the message was executed, or undefined */
  #takeBody(type: number, body: Uint8Array): FrameRejection | undefined {
    if (type === messageTypes.stop) {
      const stop = stopLayout.decodeWhole(body);
      this.#device.stop(this.#role === undefined ? 0 : (stop?.session ?? 0), this.#name);
      return stop === undefined ? 'unreadable' : undefined;
    }
    if (this.#role !== undefined) return execute(this.#device, this.#role, type, body, this);
    return type === messageTypes.hello ? this.#takeHello(body) : 'not-permitted';
  }

  #takeHello(body: Uint8Array): FrameRejection | undefined {
    const hello = helloLayout.decode(body);
    const role = hello && roles[hello.role];
    if (hello === undefined || role === undefined || hello.magic !== protocolMagic) return 'unreadable';
    const refusal =
      hello.version === protocolVersion
        ? this.#device.admit(this, role, body.subarray(helloLayout.bytes))
        : `the device speaks protocol version ${protocolVersion}, not ${hello.version}`;
    if (refusal === undefined) this.#role = role;
    else this.close('protocol', refusal);
    return undefined;
  }
}
