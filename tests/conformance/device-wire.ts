// Host halves and a virtual device in one process, without sockets: what a bad line does to the frames between them is the test's to say.
import { FakeClock } from '../../common/base/clock.ts';
import { type Disposable, DisposableStore } from '../../common/base/disposable.ts';
import { freshSession } from '../../common/device-protocol/device-status.ts';
import type { VirtualFaultRequest } from '../../common/device-protocol/virtual-fault.ts';
import { virtualRigOptionsSchema, type VirtualRigRequest } from '../../common/device-protocol/virtual-rig-options.ts';
import type {
  Acknowledgement,
  DeviceKeepAlive,
  DeviceWriter,
  EnableOrder,
  PulseCommand,
} from '../../main/rig/hardware/device.ts';
import type { DeviceTransport } from '../../main/rig/hardware/device-transport.ts';
import { connectKeepAliveOver } from '../../main/rig/hardware/keep-alive.ts';
import { connectWritingHalfOver } from '../../main/rig/hardware/writing-half.ts';
import { createVirtualDevice } from '../../main/virtual-rig/create-virtual-device.ts';
import type { DeviceClient } from '../../main/virtual-rig/device-client.ts';
import { OutputJudge, type OutputEvent } from '../../main/virtual-rig/output-judge.ts';
import type { VirtualDevice } from '../../main/virtual-rig/virtual-device.ts';
import { order, testPulse, tissue, token } from './device-bench.ts';

/** What arrives instead of a frame: the frame itself, parts of it, others, or nothing. */
export type Line = (frame: Uint8Array) => readonly Uint8Array[];

/** Both ends of one connection. Frames arrive in order, after the code that has sent them has run to its end. */
export class Wire {
  toDevice: Line = (frame) => [frame];
  toHost: Line = (frame) => [frame];
  /** All frames that the host has sent, whatever became of them. */
  readonly sent: Uint8Array[] = [];
  readonly client: DeviceClient;
  readonly transport: DeviceTransport;
  #hear: (bytes: Uint8Array) => void = () => {};
  #end: (message: string) => void = () => {};
  #arriving: (() => void)[] = [];

  constructor(device: VirtualDevice) {
    this.client = device.connect({
      send: (frame) => this.#deliver(this.toHost(frame), (bytes) => this.#hear(bytes)),
      bufferedBytes: 0,
      close: () => this.#arrive(() => this.#end('the device closed the connection')),
      destroy: () => this.#arrive(() => this.#end('the device is gone')),
    });
    const leave = () => this.#arrive(() => this.client.gone());
    this.transport = {
      write: (bytes) => {
        this.sent.push(bytes.slice());
        this.#deliver(this.toDevice(bytes), (part) => this.client.take(part));
      },
      close: leave,
      destroy: leave,
      onData: (listener) => void (this.#hear = listener),
      onClosed: (listener) => void (this.#end = listener),
    };
  }

  /** Bytes reach the device that no half has sent. */
  inject(...parts: readonly Uint8Array[]): void {
    this.#deliver(parts, (part) => this.client.take(part));
  }

  #deliver(parts: readonly Uint8Array[], take: (part: Uint8Array) => void): void {
    for (const part of parts) this.#arrive(() => take(part));
  }

  #arrive(arrival: () => void): void {
    this.#arriving.push(arrival);
    if (this.#arriving.length > 1) return;
    queueMicrotask(() => {
      for (let at = 0; at < this.#arriving.length; at++) this.#arriving[at]!();
      this.#arriving = [];
    });
  }
}

/** Everything that was sent has arrived, and everything that came of it. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export interface WiredBench extends Disposable {
  readonly clock: FakeClock;
  readonly device: VirtualDevice;
  /** What the output did, judged apart from the stimulator. */
  readonly judge: OutputJudge;
  readonly events: readonly OutputEvent[];
  readonly control: Wire;
  readonly watchdog: Wire;
  readonly writer: DeviceWriter;
  readonly keepAlive: DeviceKeepAlive;
  readonly acknowledgements: readonly Acknowledgement[];
  /** Moves time on, a millisecond at a time, and lets everybody work in each. */
  pass(milliseconds: number): Promise<void>;
  /** Moves time on at once: nobody works meanwhile. */
  skip(milliseconds: number): Promise<void>;
  enable(change?: Partial<EnableOrder>): Promise<number>;
  /** Sends a pulse. @returns its answer, or undefined when none has come by then */
  pulse(command?: Partial<PulseCommand>): Promise<Acknowledgement | undefined>;
  inject(fault: VirtualFaultRequest): Promise<void>;
}

export async function startWiredBench(request: Partial<VirtualRigRequest> = {}, startNs = 5e9): Promise<WiredBench> {
  const store = new DisposableStore();
  const clock = new FakeClock(startNs);
  const judge = new OutputJudge();
  const events: OutputEvent[] = [];
  const options = virtualRigOptionsSchema.parse({
    address: 'none',
    pacing: 'real-time',
    seed: 7,
    tickMilliseconds: 1,
    source: tissue,
    ...request,
  });
  const { device, owned } = createVirtualDevice(options, token, clock, (event) => {
    judge.note(event);
    events.push(event);
  });
  store.add(owned);
  const [control, watchdog] = [new Wire(device), new Wire(device)];
  const writer = store.add(await connectWritingHalfOver(control.transport, token, { clock }));
  const keepAlive = store.add(await connectKeepAliveOver(watchdog.transport, token, { clock }));
  const acknowledgements: Acknowledgement[] = [];
  writer.onAcknowledgement((acknowledgement) => acknowledgements.push(acknowledgement));
  let sequence = 0;
  const skip = async (milliseconds: number) => {
    clock.advanceMilliseconds(milliseconds);
    device.poll();
    await settled();
  };
  return {
    clock,
    device,
    judge,
    events,
    control,
    watchdog,
    writer,
    keepAlive,
    acknowledgements,
    async pass(milliseconds) {
      for (let passed = 0; passed < milliseconds; passed++) await skip(1);
    },
    skip,
    async enable(change = {}) {
      const session = freshSession(writer.status, () => 0);
      await writer.enable(order(session, change));
      await settled();
      return session;
    },
    async pulse(command = {}) {
      const before = acknowledgements.length;
      writer.pulse({ ...testPulse, sequence: ++sequence, expiryNs: clock.nowNs() + 20e6, ...command });
      await settled();
      return acknowledgements[before];
    },
    async inject(fault) {
      writer.injectFault(fault);
      await settled();
      device.poll();
      await settled();
    },
    dispose: () => store.dispose(),
  };
}
