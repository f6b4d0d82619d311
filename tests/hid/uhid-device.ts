// An input device of the kernel, made with uhid: plugged in, pressed and unplugged by the test (linux/uhid.h).
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Disposable } from '../../common/base/disposable.ts';

export interface UhidDescription {
  readonly name: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly descriptor: readonly number[];
}

/** Eight bits of Ctrl, Shift and the like, a byte of nothing, six keys: what a keyboard, and a pedal that behaves as one, sends. */
export const keyboardDescriptor: readonly number[] = [
  ...[0x05, 0x01, 0x09, 0x06, 0xa1, 0x01], // generic desktop, keyboard, application
  ...[0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15, 0x00, 0x25, 0x01], // keys 224 to 231, each 0 or 1
  ...[0x75, 0x01, 0x95, 0x08, 0x81, 0x02], // eight bits: data, variable
  ...[0x75, 0x08, 0x95, 0x01, 0x81, 0x01], // a byte that is constant
  ...[0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x15, 0x00, 0x25, 0x65], // keys 0 to 101
  ...[0x75, 0x08, 0x95, 0x06, 0x81, 0x00, 0xc0], // six bytes: data, array
];

/** Sixteen buttons and two axes. */
export const gamePadDescriptor: readonly number[] = [
  ...[0x05, 0x01, 0x09, 0x05, 0xa1, 0x01], // generic desktop, game pad, application
  ...[0x05, 0x09, 0x19, 0x01, 0x29, 0x10, 0x15, 0x00, 0x25, 0x01], // buttons 1 to 16
  ...[0x75, 0x01, 0x95, 0x10, 0x81, 0x02], // sixteen bits
  ...[0x05, 0x01, 0x09, 0x30, 0x09, 0x31, 0x15, 0x81, 0x25, 0x7f], // X and Y, −127 to 127
  ...[0x75, 0x08, 0x95, 0x02, 0x81, 0x02, 0xc0],
];

const create2 = 11;
const input2 = 12;
const typeBytes = 4;
/** Of UHID_CREATE2: behind the texts of 128, 64 and 64 bytes. */
const at = { name: typeBytes, descriptorBytes: 260, bus: 262, vendor: 264, product: 268, descriptor: 280 } as const;
const usb = 3;

export class UhidDevice implements Disposable {
  readonly #description: UhidDescription;
  #file: number | undefined;

  constructor(description: UhidDescription) {
    this.#description = description;
    this.plug();
  }

  plug(): void {
    const { name, vendorId, productId, descriptor } = this.#description;
    const event = Buffer.alloc(at.descriptor + descriptor.length);
    event.writeUInt32LE(create2);
    event.write(name, at.name);
    event.writeUInt16LE(descriptor.length, at.descriptorBytes);
    event.writeUInt16LE(usb, at.bus);
    event.writeUInt32LE(vendorId, at.vendor);
    event.writeUInt32LE(productId, at.product);
    event.set(descriptor, at.descriptor);
    // eslint-disable-next-line exocortex/no-device-path -- the kernel's own door for devices of a test
    this.#file = openSync('/dev/uhid', 'r+');
    writeSync(this.#file, event);
  }

  report(...bytes: number[]): void {
    if (this.#file === undefined) throw new Error('the device is not plugged in');
    const event = Buffer.alloc(typeBytes + 2 + bytes.length);
    event.writeUInt32LE(input2);
    event.writeUInt16LE(bytes.length, typeBytes);
    event.set(bytes, typeBytes + 2);
    writeSync(this.#file, event);
  }

  unplug(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  dispose(): void {
    this.unplug();
  }
}
