// A user's end of the line to the HID thread: transports for the halves of a device. Never waits; what it hands over is bounded. Runs in the rig and watchdog threads.
import type { Disposable } from '../../../../common/base/disposable.ts';
import { Emitter } from '../../../../common/base/event.ts';
import type { HidFault, HidFaultCode, HidRig } from '../../../../common/contract/hid-rigs.ts';
import type { Role } from '../../../../common/device-protocol/messages.ts';
import type { DeviceTransport } from '../device-transport.ts';
import type { DigitalInputs } from '../device.ts';
import { takenAtOnce } from './hand-over.ts';
import { framesMax } from './hid-line.ts';
import type { FromHid, ToHid } from './hid-messages.ts';
import type { LineCounts } from './line-counts.ts';

/** The end of a port, as a user has it. */
export interface UserPort {
  postMessage(message: ToHid): void;
  on(event: 'message', listener: (message: FromHid) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
}

/** More frames than the thread itself holds, and some that are on their way to it. */
const handedOverMax = 2 * framesMax;

interface Listeners {
  onData(bytes: Uint8Array): void;
  onClosed(message: string, fault: HidFaultCode): void;
}

export class HidUser implements Disposable {
  readonly #port: UserPort;
  readonly #faults = new Emitter<HidFault>();
  readonly #messages = new Emitter<FromHid>();
  readonly #digitalInputs = new Emitter<DigitalInputs>();
  readonly #listeners = new Map<Role, Listeners>();
  /** Frames of each role that the system has not taken yet. */
  readonly #handedOver = new Map<Role, number>();
  /** Frames and changes of digital inputs that the thread has not been told of. */
  #taken = 0;
  #fault: HidFault | undefined;
  #isDisposed = false;

  /** The rig cannot be used any more, and why. */
  readonly onFault = this.#faults.event;
  /** The first state that is known, and each change. */
  readonly onDigitalInputs = this.#digitalInputs.event;

  constructor(port: UserPort) {
    this.#port = port;
    port.on('message', (message) => {
      this.#take(message);
      if (message.kind === 'frame' || message.kind === 'digital-inputs') this.#noteTaken();
    });
    port.on('close', () =>
      this.#end({ code: 'thread-ended', message: 'the HID thread has ended: connect again, and report this' }),
    );
  }

  get fault(): HidFault | undefined {
    return this.#fault;
  }

  /** @throws Error with the fault's message */
  list(): Promise<readonly HidRig[]> {
    return this.#ask({ kind: 'list' }, (message) => (message.kind === 'rigs' ? message.rigs : undefined));
  }

  /** Opens the rig. @param blockMilliseconds length of its blocks; without it, as the rig says @throws Error with the fault's message: `fault` says which it was */
  open(serialNumber: string, blockMilliseconds?: number): Promise<HidRig> {
    this.#fault = undefined;
    const blocks = blockMilliseconds === undefined ? {} : { blockMilliseconds };
    return this.#ask({ kind: 'open', serialNumber, ...blocks }, (message) =>
      message.kind === 'opened' ? message.rig : undefined,
    );
  }

  /** What has gone wrong on the line so far. @throws Error with the fault's message */
  counts(): Promise<{ readonly counts: LineCounts; readonly digitalInputs: number }> {
    return this.#ask({ kind: 'count' }, (message) => (message.kind === 'counts' ? message : undefined));
  }

  /** A connection for one role over the rig that is open; each frame is written whole. */
  transport(role: Role): DeviceTransport {
    this.#handedOver.set(role, 0);
    const listeners: Listeners = { onData: () => {}, onClosed: () => {} };
    this.#listeners.set(role, listeners);
    this.#send({ kind: 'open-role', role });
    const close = () => this.#send({ kind: 'close-role', role });
    return {
      write: (frame) => this.#write(role, frame),
      close,
      destroy: close,
      onData: (listener) => void (listeners.onData = listener),
      onClosed: (listener) => void (listeners.onClosed = listener),
    };
  }

  /** What was handed over before is still written, and then the thread ends. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#send({ kind: 'end' });
    this.#listeners.clear();
    this.#faults.dispose();
    this.#messages.dispose();
    this.#digitalInputs.dispose();
  }

  #write(role: Role, frame: Uint8Array): void {
    if (this.#fault !== undefined) return;
    const waiting = (this.#handedOver.get(role) ?? 0) + 1;
    this.#handedOver.set(role, waiting);
    if (waiting <= handedOverMax) return this.#send({ kind: 'frame', role, frame });
    this.#end({
      code: 'hand-over-full',
      message: `the HID thread has not taken ${handedOverMax} messages: restart the program`,
    });
  }

  #take(message: FromHid): void {
    if (message.kind === 'frame') this.#listeners.get(message.role)?.onData(message.frame);
    else if (message.kind === 'taken')
      this.#handedOver.set(message.role, (this.#handedOver.get(message.role) ?? 1) - 1);
    else if (message.kind === 'digital-inputs') this.#digitalInputs.fire(message);
    else if (message.kind === 'fault') this.#end(message.fault);
    else this.#messages.fire(message);
  }

  /** The thread holds samples back, and in the end closes the line, when it does not hear of it. */
  #noteTaken(): void {
    if (++this.#taken < takenAtOnce) return;
    this.#send({ kind: 'messages-taken', messages: this.#taken });
    this.#taken = 0;
  }

  #end(fault: HidFault): void {
    if (this.#isDisposed) return;
    this.#fault = fault;
    this.#faults.fire(fault);
    for (const { onClosed } of this.#listeners.values()) onClosed(fault.message, fault.code);
  }

  #ask<T>(question: ToHid, read: (message: FromHid) => T | undefined): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const answers = this.#messages.event((message) => {
        const answer = read(message);
        if (answer === undefined) return;
        end();
        resolve(answer);
      });
      const faults = this.#faults.event(({ message }) => {
        end();
        reject(new Error(message));
      });
      const end = () => {
        answers.dispose();
        faults.dispose();
      };
      this.#send(question);
    });
  }

  #send(message: ToHid): void {
    this.#port.postMessage(message);
  }
}
