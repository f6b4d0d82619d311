import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../../common/base/disposable.ts';
import type { DeviceIdentity } from '../../../common/device-protocol/device-identity.ts';
import { seal } from '../../../common/device-protocol/envelope.ts';
import { encodeJson } from '../../../common/device-protocol/json-messages.ts';
import { blockLayout, encodeStatus, messageTypes } from '../../../common/device-protocol/messages.ts';
import { encodeFrame } from '../../../common/transport/frame.ts';
import type { DeviceClosed, DeviceReader } from './device.ts';
import { connectReadingHalf } from './reading-half.ts';

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

const identity: DeviceIdentity = {
  ...{ kind: 'virtual', serial: '1', firmware: '1', description: '', channels: 2, sampleRateHz: 1000 },
  ...{ microvoltsPerBit: 1, samplesPerBlock: 1, canStimulate: true, clock: 'host-monotonic', pacing: 'real-time' },
  limits: {
    amplitudeMaxNanoamps: 1,
    chargePerPhaseMaxFemtocoulombs: 1,
    phaseMaxMicroseconds: 1,
    interphaseMaxMicroseconds: 1,
    rateMaxHz: 1,
    leaseMaxMilliseconds: 1,
  },
  bootNumber: 1,
};
const status = encodeStatus({
  ...{ bootNumber: 1, deviceMicroseconds: 1, isOutputOn: false, session: 0, burnedSession: 0, leaseMicroseconds: 0 },
  ...{ leaseRemainingMicroseconds: 0, lastSequence: 0, deliveredPulses: 0, refusedPulses: 0, enableSession: 0 },
  ...{ enableOutcome: 'output-off', acquiredSamples: 0 },
});
const introduction = [
  seal(messageTypes.identity, encodeJson(identity), crc32),
  seal(messageTypes.status, status, crc32),
];

function freshAddress(): string {
  const folder = mkdtempSync(join(tmpdir(), 'exocortex-connection-'));
  store.onDispose(() => rmSync(folder, { recursive: true, force: true }));
  return process.platform === 'win32' ? `\\\\.\\pipe\\${folder.replaceAll(/[\\/:]/g, '-')}` : join(folder, 'device');
}

interface Listener {
  readonly address: string;
  /** The device's ends of its connections. */
  readonly sockets: readonly Socket[];
}

/** Something that listens and answers the first message of a client with these frames. */
async function listen(address: string, ...frames: readonly Uint8Array[]): Promise<Listener> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.once('data', () => frames.forEach((frame) => socket.write(frame)));
  });
  store.onDispose(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  server.listen(address);
  await once(server, 'listening');
  return { address, sockets };
}

async function connected(): Promise<{ reader: DeviceReader; device: Socket; closed: Promise<DeviceClosed> }> {
  const { address, sockets } = await listen(freshAddress(), ...introduction);
  const reader = store.add(await connectReadingHalf(address, 'token'));
  return { reader, device: sockets[0]!, closed: new Promise((resolve) => reader.onClosed(resolve)) };
}

const header = { firstSample: 0, acquiredNs: 0, sampleCount: 1, channels: 2 };

describe('a connection to a device', () => {
  it('is refused in words when nobody listens, nobody answers, or somebody else does', async () => {
    const fast = { timeoutMilliseconds: 30 };
    const answeredBy = async (...frames: Uint8Array[]) => {
      const { address } = await listen(freshAddress(), ...frames);
      return connectReadingHalf(address, 'token', frames.length === 0 ? fast : {});
    };
    await expect(connectReadingHalf(freshAddress(), 'token', fast)).rejects.toThrow('is it running?');
    await expect(answeredBy()).rejects.toThrow('no answer in 30 ms');
    await expect(answeredBy(seal(messageTypes.identity, new Uint8Array(3), crc32))).rejects.toThrow('cannot be read');
    await expect(answeredBy(introduction[1]!)).rejects.toThrow('did not say what it is');
  });

  it('waits for a device that starts later than its client', async () => {
    const address = freshAddress();
    const waiting = connectReadingHalf(address, 'token', { timeoutMilliseconds: 20_000 });
    await new Promise((resolve) => setImmediate(resolve));
    await listen(address, ...introduction);
    expect(store.add(await waiting).identity).toEqual(identity);
  });

  it('hands out blocks, and ends by one that does not fit the identity', async () => {
    const { reader, device, closed } = await connected();
    const blocks: number[][] = [];
    reader.onBlock(({ samples }) => blocks.push([...samples]));
    const block = (part: Partial<typeof header>, bytes: number[]) =>
      seal(messageTypes.block, blockLayout.encode({ ...header, ...part }, Uint8Array.from(bytes)), crc32);
    device.write(block({}, [1, 0, 255, 255]));
    device.write(block({ firstSample: 1 }, [2, 0, 3, 0]));
    device.write(block({ sampleCount: 2 }, [1, 0, 2, 0]));
    device.write(block({}, [9, 0, 9, 0]));
    expect(await closed).toMatchObject({ reason: 'protocol' });
    expect(blocks).toEqual([
      [1, -1],
      [2, 3],
    ]);
  });

  it('ends by a wrong checksum, a message for another role, or a frame without end', async () => {
    const wrong = seal(messageTypes.status, status, crc32).with(20, 7);
    const foreign = seal(messageTypes.acknowledgement, new Uint8Array(28), crc32);
    const endless = encodeFrame(messageTypes.block, new Uint8Array(0)).fill(255, 0, 4);
    for (const frame of [wrong, foreign, endless]) {
      const { device, closed } = await connected();
      device.write(frame);
      expect(await closed).toMatchObject({ reason: 'protocol' });
    }
  });

  it('says that the device is gone, and says nothing after it was disposed of', async () => {
    const gone = await connected();
    gone.device.destroy();
    expect(await gone.closed).toMatchObject({ reason: 'disconnected' });
    const toldLate = new Promise<DeviceClosed>((resolve) => gone.reader.onClosed(resolve));
    expect(await toldLate).toEqual(await gone.closed);
    const disposed = await connected();
    let ends = 0;
    disposed.reader.onClosed(() => ends++);
    const left = once(disposed.device, 'close');
    disposed.reader.dispose();
    disposed.reader.dispose();
    disposed.device.resume();
    await left;
    expect(ends).toBe(0);
  });
});
