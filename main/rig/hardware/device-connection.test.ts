import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../../common/base/disposable.ts';
import { seal } from '../../../common/device-protocol/envelope.ts';
import { encodeJson } from '../../../common/device-protocol/json-messages.ts';
import { blockLayout, encodeStatus, messageTypes } from '../../../common/device-protocol/messages.ts';
import { encodeFrame } from '../../../common/transport/frame.ts';
import type { DeviceClosed, DeviceReader } from './device.ts';
import { deviceIdentity } from './device-identity.fixture.ts';
import { offStatus } from './device-status.fixture.ts';
import { connectReadingHalf } from './reading-half.ts';
import { hostSeals } from './seals.ts';

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

const seals = hostSeals('token');
const identity = deviceIdentity({ channels: 2 });
const status = encodeStatus(offStatus());
const introduction = [
  seal(messageTypes.identity, encodeJson(identity), seals),
  seal(messageTypes.status, status, seals),
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

const header = { firstSample: 0, acquiredNs: 0, deviceMicroseconds: 5, sampleCount: 1, channels: 2 };

describe('a connection to a device', () => {
  it('is refused in words when nobody listens, nobody answers, or somebody else does', async () => {
    const fast = { timeoutMilliseconds: 30 };
    const answeredBy = async (...frames: Uint8Array[]) => {
      const { address } = await listen(freshAddress(), ...frames);
      return connectReadingHalf(address, 'token', fast);
    };
    await expect(connectReadingHalf(freshAddress(), 'token', fast)).rejects.toThrow('is it running?');
    await expect(answeredBy()).rejects.toThrow('it gave no answer in 30 ms');
    await expect(answeredBy(seal(messageTypes.identity, new Uint8Array(3), seals))).rejects.toThrow('cannot be read');
    await expect(answeredBy(introduction[1]!)).rejects.toThrow('it did not say what it is in 30 ms');
  });

  it('passes over a status that is older than the greeting', async () => {
    const { address } = await listen(freshAddress(), introduction[1]!, ...introduction);
    expect(store.add(await connectReadingHalf(address, 'token')).identity).toEqual(identity);
  });

  it('waits for a device that starts later than its client', async () => {
    const address = freshAddress();
    const waiting = connectReadingHalf(address, 'token', { timeoutMilliseconds: 20_000 });
    await new Promise((resolve) => setImmediate(resolve));
    await listen(address, ...introduction);
    expect(store.add(await waiting).identity).toEqual(identity);
  });

  it('hands out blocks and their times, and drops one that does not fit the identity', async () => {
    const { reader, device } = await connected();
    const blocks: number[][] = [];
    const dropped: string[] = [];
    reader.onBlock(({ samples }) => blocks.push([...samples]));
    reader.onBadFrame((message) => dropped.push(message));
    const block = (part: Partial<typeof header>, bytes: number[]) =>
      seal(messageTypes.block, blockLayout.encode({ ...header, ...part }, Uint8Array.from(bytes)), seals);
    const last = new Promise<void>((resolve) => {
      reader.onBlock(({ firstSample }) => firstSample === 3 && resolve());
    });
    device.write(block({}, [1, 0, 255, 255]));
    device.write(block({ sampleCount: 2 }, [1, 0, 2, 0]));
    device.write(block({ channels: 1 }, [1, 0]));
    device.write(block({ sampleCount: 0 }, []));
    device.write(block({ firstSample: 3, deviceMicroseconds: 7 }, [2, 0, 3, 0]));
    await last;
    expect(blocks).toEqual([
      [1, -1],
      [2, 3],
    ]);
    expect(reader.newestPair.deviceMicroseconds).toBe(7);
    expect(reader.refusedFrames).toBe(3);
    expect(dropped).toEqual(Array.from({ length: 3 }, () => 'message 67 of the device cannot be read'));
  });

  it('H18: drops and counts damaged messages, and ends at the fourth within a second', async () => {
    const damaged = seal(messageTypes.status, status, seals).with(20, 7);
    const foreign = seal(messageTypes.acknowledgement, new Uint8Array(28), seals);
    const rejection = seal(messageTypes.rejected, Uint8Array.of(2, 99), seals);
    const { reader, device, closed } = await connected();
    const third = new Promise<void>((resolve) => {
      reader.onBadFrame(() => reader.refusedFrames === 3 && resolve());
    });
    for (const frame of [damaged, foreign, rejection]) device.write(frame);
    await third;
    device.write(damaged);
    expect(await closed).toEqual({ reason: 'protocol', message: 'message 65 of the device has a wrong checksum' });
    expect(reader.refusedFrames).toBe(4);
  });

  it('H23: ends at once by a frame without end', async () => {
    const { device, closed } = await connected();
    device.write(encodeFrame(messageTypes.block, new Uint8Array(0)).fill(255, 0, 4));
    expect(await closed).toMatchObject({ reason: 'protocol' });
  });

  it('tells which message the device has refused', async () => {
    const { reader, device } = await connected();
    const refused = new Promise((resolve) => reader.onRejected(resolve));
    device.write(seal(messageTypes.rejected, Uint8Array.of(messageTypes.start, 2), seals));
    expect(await refused).toEqual({ type: messageTypes.start, reason: 'not-permitted' });
    expect(reader.refusedFrames).toBe(0);
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
