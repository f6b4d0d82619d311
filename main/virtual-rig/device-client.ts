// One connection to the virtual device: checks what arrives and passes on what its role may ask; runs in the virtual rig.
import type { Checksum } from '../../common/device-protocol/envelope.ts';
import { seal, unseal } from '../../common/device-protocol/envelope.ts';
import type { Closing } from '../../common/device-protocol/json-messages.ts';
import { decodeFault, encodeJson } from '../../common/device-protocol/json-messages.ts';
import {
  enableLayout,
  helloLayout,
  messageTypes,
  protocolMagic,
  protocolVersion,
  pulseLayout,
  type PulseMessage,
  renewLayout,
  requestBlocksLayout,
  type Role,
  roles,
  stopLayout,
} from '../../common/device-protocol/messages.ts';
import type { VirtualFault } from '../../common/device-protocol/virtual-fault.ts';

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

/** What a connection may ask of the device. */
export interface DeviceCommands {
  /** @returns why the client is not admitted, or undefined */
  admit(client: DeviceClient, role: Role, token: Uint8Array): string | undefined;
  start(): void;
  requestBlocks(count: number): void;
  enable(session: number, leaseExpiryMicroseconds: number, leaseMicroseconds: number): void;
  renew(session: number, leaseExpiryMicroseconds: number): void;
  pulse(pulse: PulseMessage): void;
  /** @param session 0 from a client that has not been admitted */
  stop(session: number): void;
  injectFault(fault: VirtualFault): void;
  leave(client: DeviceClient): void;
}

/** Whatever it cannot read, or its role may not send, closes the connection and does nothing else. */
export class DeviceClient {
  readonly #device: DeviceCommands;
  readonly #link: Link;
  readonly #checksum: Checksum;
  #role: Role | undefined;
  #isOpen = true;

  constructor(device: DeviceCommands, link: Link, checksum: Checksum) {
    this.#device = device;
    this.#link = link;
    this.#checksum = checksum;
  }

  get role(): Role | undefined {
    return this.#role;
  }

  get bufferedBytes(): number {
    return this.#link.bufferedBytes;
  }

  /** Takes one frame. */
  receive(type: number, payload: Uint8Array): void {
    if (!this.#isOpen) return;
    const body = unseal(type, payload, this.#checksum);
    if (body === undefined) this.close('protocol', 'a message has a wrong checksum');
    else if (!this.#take(type, body)) {
      this.close(
        'protocol',
        `a ${this.#role ?? 'new'} connection may not send message ${type}, or not with this content`,
      );
    }
  }

  send(type: number, body: Uint8Array): void {
    if (this.#isOpen) this.#link.send(seal(type, body, this.#checksum));
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

  /** @returns whether the message was understood and allowed */
  #take(type: number, body: Uint8Array): boolean {
    if (type === messageTypes.stop) {
      const stop = stopLayout.decodeWhole(body);
      this.#device.stop(this.#role === undefined ? 0 : (stop?.session ?? 0));
      return stop !== undefined;
    }
    switch (this.#role) {
      case undefined:
        return type === messageTypes.hello && this.#takeHello(body);
      case 'data':
        return this.#takeData(type, body);
      case 'control':
        return this.#takeControl(type, body);
      case 'watchdog': {
        const renewal = type === messageTypes.renew ? renewLayout.decodeWhole(body) : undefined;
        if (renewal !== undefined) this.#device.renew(renewal.session, renewal.leaseExpiryMicroseconds);
        return renewal !== undefined;
      }
    }
  }

  #takeHello(body: Uint8Array): boolean {
    const hello = helloLayout.decode(body);
    const role = hello && roles[hello.role];
    if (hello === undefined || role === undefined || hello.magic !== protocolMagic) return false;
    const refusal =
      hello.version === protocolVersion
        ? this.#device.admit(this, role, body.subarray(helloLayout.bytes))
        : `the device speaks protocol version ${protocolVersion}, not ${hello.version}`;
    if (refusal === undefined) this.#role = role;
    else this.close('protocol', refusal);
    return true;
  }

  #takeData(type: number, body: Uint8Array): boolean {
    if (type === messageTypes.start && body.length === 0) {
      this.#device.start();
      return true;
    }
    const request = type === messageTypes.requestBlocks ? requestBlocksLayout.decodeWhole(body) : undefined;
    if (request !== undefined) this.#device.requestBlocks(request.count);
    return request !== undefined;
  }

  #takeControl(type: number, body: Uint8Array): boolean {
    switch (type) {
      case messageTypes.enable: {
        const enable = enableLayout.decodeWhole(body);
        if (enable === undefined) return false;
        this.#device.enable(enable.session, enable.leaseExpiryMicroseconds, enable.leaseMicroseconds);
        return true;
      }
      case messageTypes.pulse: {
        const pulse = pulseLayout.decodeWhole(body);
        if (pulse !== undefined) this.#device.pulse(pulse);
        return pulse !== undefined;
      }
      case messageTypes.injectFault: {
        const fault = decodeFault(body);
        if (fault !== undefined) this.#device.injectFault(fault);
        return fault !== undefined;
      }
      default:
        return false;
    }
  }
}
