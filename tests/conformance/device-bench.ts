// A virtual device behind a real socket, with its clients, whose time stands still unless a test moves it.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClock } from '../../common/base/clock.ts';
import { type Disposable, DisposableStore } from '../../common/base/disposable.ts';
import type { Event } from '../../common/base/event.ts';
import { freshSession } from '../../common/device-protocol/device-status.ts';
import { virtualRigOptionsSchema, type VirtualRigRequest } from '../../common/device-protocol/virtual-rig-options.ts';
import type {
  Acknowledgement,
  DeviceKeepAlive,
  DeviceReader,
  DeviceWriter,
  EnableOrder,
  PulseCommand,
  SampleBlock,
} from '../../main/rig/hardware/device.ts';
import { connectKeepAlive } from '../../main/rig/hardware/keep-alive.ts';
import { connectReadingHalf } from '../../main/rig/hardware/reading-half.ts';
import { connectWritingHalf } from '../../main/rig/hardware/writing-half.ts';
import { createVirtualDevice } from '../../main/virtual-rig/create-virtual-device.ts';
import { serveDevice } from '../../main/virtual-rig/device-server.ts';

export const token = 'token of a test';

/** Sixteen electrodes at 30 kHz: a block of 1 ms has thirty samples. */
export const tissue = { kind: 'virtual', channels: 16, sampleRateHz: 30_000 } as const;

/** Hash of the limits that the tests' sessions are enabled with. */
export const limitsHash = { high: 0xfeed_beef, low: 7 };

/** What ENABLE says in a test that does not care. */
export function order(session: number, change: Partial<EnableOrder> = {}): EnableOrder {
  return { session, leaseMilliseconds: 100, limitsHash, isDry: false, ...change };
}

/** Device time of a bench whose clock nobody has stepped. */
export function deviceMicrosecondsAt(hostNs: number): number {
  return Math.floor(hostNs / 1000) + 123_456_789;
}

export function privateAddress(folder: string): string {
  return process.platform === 'win32' ? `\\\\.\\pipe\\${folder.replaceAll(/[\\/:]/g, '-')}` : join(folder, 'device');
}

/** A folder that is gone when the store is disposed of. */
export function temporaryFolder(store: DisposableStore): string {
  const folder = mkdtempSync(join(tmpdir(), 'exocortex-device-'));
  store.onDispose(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a recording of four channels at 10 kHz in which every value is different from its neighbours. */
export function writeRecording(
  folder: string,
  sampleCount: number,
): { samples: Int16Array } & Pick<VirtualRigRequest, 'recording'> {
  const channels = 4;
  const samples = Int16Array.from({ length: sampleCount * channels }, (_, at) => ((at * 7919) % 65_536) - 32_768);
  const bytes = new Uint8Array(samples.buffer);
  const samplesFile = join(folder, 'recording.dat');
  writeFileSync(samplesFile, bytes);
  const sidecar = {
    format: 'exocortex-recording/1',
    samples: 'recording.dat',
    sampleType: 'int16le',
    layout: 'sample-major',
    channels,
    sampleCount,
    sampleRateHz: 10_000,
    microvoltsPerBit: 0.5,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    source: 'made for a test',
    licence: 'none',
  } as const;
  return { samples, recording: { sidecar, samplesFile } };
}

/** A block whose samples stay. */
export interface KeptBlock extends Omit<SampleBlock, 'samples'> {
  readonly samples: Int16Array;
}

export interface Bench extends Disposable {
  readonly clock: FakeClock;
  readonly address: string;
  readonly reader: DeviceReader;
  readonly writer: DeviceWriter;
  readonly keepAlive: DeviceKeepAlive;
  /** All blocks that the reader has received. */
  readonly blocks: readonly KeptBlock[];
  /** Begins acquisition; resolves when the device has begun. */
  start(): Promise<void>;
  /** Moves time on, one millisecond after the other, and lets the device work in each. */
  pass(milliseconds: number): void;
  /** Lets the device work without time passing. */
  pump(): void;
  /** Resolves when so many blocks have been received in all. */
  received(blocks: number): Promise<void>;
  /** Requests so many more blocks and resolves when they have come: stepped pacing only. */
  step(blocks: number): Promise<void>;
  /** Turns the output on for a fresh session; resolves when writer and keep-alive know. */
  enable(leaseMilliseconds?: number, isDry?: boolean): Promise<number>;
  /** Sends a pulse and waits for its answer. */
  pulse(command?: Partial<PulseCommand>): Promise<Acknowledgement>;
}

export async function startBench(request: Partial<VirtualRigRequest> = {}, startNs = 5e9): Promise<Bench> {
  const store = new DisposableStore();
  const clock = new FakeClock(startNs);
  const address = privateAddress(temporaryFolder(store));
  const options = virtualRigOptionsSchema.parse({
    address,
    pacing: 'real-time',
    seed: 7,
    tickMilliseconds: 1,
    source: tissue,
    ...request,
  });
  const { device, owned } = createVirtualDevice(options, token, clock);
  const started = next(device.onStarted);
  store.add(owned);
  const server = store.add(await serveDevice(device, address));
  const reader = store.add(await connectReadingHalf(address, token, { clock }));
  const writer = store.add(await connectWritingHalf(address, token, { clock }));
  const keepAlive = store.add(await connectKeepAlive(address, token, { clock }));
  const blocks: KeptBlock[] = [];
  reader.onBlock((block) => blocks.push({ ...block, samples: block.samples.slice() }));
  const received = async (count: number) => {
    while (blocks.length < count) await next(reader.onBlock);
  };
  let sequence = 0;
  return {
    clock,
    address,
    reader,
    writer,
    keepAlive,
    blocks,
    start() {
      reader.start();
      return started;
    },
    pump: () => server.pump(),
    pass(milliseconds) {
      for (let passed = 0; passed < milliseconds; passed++) {
        clock.advanceMilliseconds(1);
        server.pump();
      }
    },
    received,
    step(count) {
      reader.requestBlocks(count);
      return received(blocks.length + count);
    },
    async enable(leaseMilliseconds = 100, isDry = false) {
      const session = freshSession(writer.status, () => 0.5);
      const known = next(keepAlive.onStatus, (status) => status.session === session);
      await writer.enable(order(session, { leaseMilliseconds, isDry }));
      await known;
      return session;
    },
    pulse(command = {}) {
      const answered = next(writer.onAcknowledgement);
      writer.pulse({ ...testPulse, sequence: ++sequence, expiryNs: clock.nowNs() + 20e6, ...command });
      return answered;
    },
    dispose: () => store.dispose(),
  };
}

/** 10 µA for 200 µs: 2 nC in each phase. */
export const testPulse = {
  electrode: 5,
  amplitudeNanoamps: 10_000,
  phaseMicroseconds: 200,
  interphaseMicroseconds: 0,
  leadingPhase: 'cathodic',
} as const;

/** The next value of an event that fulfils the condition. */
export function next<T>(event: Event<T>, condition: (value: T) => boolean = () => true): Promise<T> {
  return new Promise((resolve) => {
    const listening = event((value) => {
      if (!condition(value)) return;
      listening.dispose();
      resolve(value);
    });
  });
}
