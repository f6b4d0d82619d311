// An emulated device at the end of a line that the test plays, and time that moves on only while a step is waited for.
import { vi } from 'vitest';
import { FakeClock } from '../../../../common/base/clock.ts';
import type { SerialFaultCode } from '../../../../common/contract/serial-stimulators.ts';
import { VirtualPulsePal } from '../../../virtual-rig/serial/virtual-pulse-pal.ts';
import { VirtualStimJim } from '../../../virtual-rig/serial/virtual-stimjim.ts';
import type { VirtualSerialDevice } from '../../../virtual-rig/serial/virtual-serial-device.ts';
import { PulsePal } from './pulse-pal.ts';
import type { SerialConnection, SerialListener } from './serial-connection.ts';
import { SerialError } from './serial-error.ts';
import { SerialStimulator } from './serial-stimulator.ts';
import { StimJim } from './stimjim.ts';
import type { StimulatorProtocol } from './stimulator-protocol.ts';

/** The port of one device. */
export class PlayedPort {
  readonly #device: VirtualSerialDevice;
  /** What was written, in one array for each write. */
  readonly written: Uint8Array[] = [];
  isClosed = false;
  /** Bytes that arrive together. */
  togetherMax = Infinity;
  /** What becomes of bytes on their way to the computer. */
  change: (bytes: Uint8Array) => Uint8Array = (bytes) => bytes;
  /** The system takes no more. */
  isStuck = false;
  #listener: SerialListener | undefined;

  constructor(device: VirtualSerialDevice) {
    this.#device = device;
    device.onBytes((sent) => {
      const bytes = this.change(sent);
      for (let from = 0; from < bytes.length; from += this.togetherMax)
        this.#listener?.onBytes(bytes.subarray(from, from + this.togetherMax));
    });
  }

  open(_path: string, listener: SerialListener): Promise<SerialConnection> {
    this.#listener = listener;
    return Promise.resolve({
      write: (bytes: Uint8Array) => {
        this.written.push(bytes);
        if (this.isStuck) return new Promise<void>(() => {});
        this.#device.take(bytes);
        return Promise.resolve();
      },
      close: () => {
        this.isClosed = true;
        this.#listener = undefined;
        return Promise.resolve();
      },
    });
  }

  lose(): void {
    this.#listener?.onLost('bad file descriptor');
  }

  say(text: string): void {
    this.#listener?.onBytes(Buffer.from(text, 'latin1'));
  }
}

export function playTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
}

/** Lets time pass until the step is done. */
export async function elapsed<T>(step: Promise<T>): Promise<T> {
  let isDone = false;
  const end = () => void (isDone = true);
  step.then(end, end);
  while (!isDone) await vi.advanceTimersByTimeAsync(10);
  return step;
}

/** What a step failed with; undefined: it did not. */
export async function codeOf(step: Promise<unknown>): Promise<SerialFaultCode | undefined> {
  try {
    await elapsed(step);
    return undefined;
  } catch (error) {
    if (error instanceof SerialError) return error.fault.code;
    throw error;
  }
}

async function opened<D extends VirtualSerialDevice>(device: D, protocol: StimulatorProtocol) {
  const port = new PlayedPort(device);
  const deadMan = { isHeld: true };
  const clock = new FakeClock();
  const open = () => SerialStimulator.open({ ports: port, path: '/port', protocol, deadMan, clock });
  return { device, port, deadMan, clock, open };
}

/** An isolator of 1 mA/V: one step is 4.88 µA. */
export const pulsePalBench = () => opened(new VirtualPulsePal(), new PulsePal({ microampsPerVolt: 1000 }));

export const stimJimBench = () =>
  opened(new VirtualStimJim((milliseconds, then) => void setTimeout(then, milliseconds)), new StimJim());
