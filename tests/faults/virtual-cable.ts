// The cable between a client and the simulated device: bytes arrive in order after a while; it can be slow, damaged, replayed or cut.
import type { DeviceTransport } from '../../main/rig/hardware/device-transport.ts';
import type { DeviceClient, Link } from '../../main/virtual-rig/device-client.ts';
import type { VirtualDevice } from '../../main/virtual-rig/virtual-device.ts';
import type { Domain } from './domain.ts';
import type { VirtualTime } from './virtual-time.ts';

const latencyNs = 60_000;

/** What is wrong with a cable now. */
export interface CableFaults {
  /** Bytes that are written before this time arrive only then: a stalled line that then bursts. */
  stalledUntilNs: number;
  /** So many writes have a bit flipped. */
  toCorrupt: number;
  /** So many writes arrive twice. */
  toRepeat: number;
}

export const soundCable = (): CableFaults => ({ stalledUntilNs: -Infinity, toCorrupt: 0, toRepeat: 0 });

export interface Ends {
  time: VirtualTime;
  /** The client's thread. */
  client: Domain;
  device: VirtualDevice;
  /** Lets the device work after each message. */
  onDeviceWork: () => void;
  faults: CableFaults;
}

/** Connects. @returns the client's end. */
export function connectCable({
  time,
  client: domain,
  device,
  onDeviceWork,
  faults,
}: Ends): DeviceTransport & { cut(): void } {
  let onData: (bytes: Uint8Array) => void = () => {};
  let onClosed: (message: string) => void = () => {};
  let isCut = false;
  let newestNs = -Infinity;
  const link: Link = {
    send: (frame) => carry(frame, (bytes) => domain.run(() => !isCut && onData(bytes))),
    bufferedBytes: 0,
    close: () => later(() => cut('the device closed the connection')),
    destroy: () => later(() => cut('the device closed the connection')),
  };
  const deviceClient: DeviceClient = device.connect(link);

  /** After the latency, behind everything that was sent before. */
  function later(act: () => void): void {
    newestNs = Math.max(newestNs, time.nowNs + latencyNs, faults.stalledUntilNs);
    time.at(newestNs, act);
  }

  function carry(frame: Uint8Array, arrive: (bytes: Uint8Array) => void): void {
    if (isCut) return;
    const bytes = frame.slice();
    if (faults.toCorrupt > 0) {
      faults.toCorrupt--;
      bytes[bytes.length - 1]! ^= 0x10;
    }
    const times = faults.toRepeat > 0 ? 2 : 1;
    if (times === 2) faults.toRepeat--;
    for (let copy = 0; copy < times; copy++) later(() => !isCut && arrive(bytes));
  }

  function push(bytes: Uint8Array): void {
    deviceClient.take(bytes);
    onDeviceWork();
  }

  function cut(message: string): void {
    if (isCut) return;
    isCut = true;
    time.at(time.nowNs + latencyNs, () => {
      deviceClient.gone();
      onDeviceWork();
    });
    domain.run(() => onClosed(message));
  }

  return {
    write: (bytes) => carry(bytes, push),
    close: () => later(() => cut('closed')),
    destroy: () => cut('destroyed'),
    onData: (listener) => void (onData = listener),
    onClosed: (listener) => void (onClosed = listener),
    cut: () => cut('the cable was pulled'),
  };
}
