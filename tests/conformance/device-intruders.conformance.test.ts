import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../common/base/disposable.ts';
import { seal, unseal } from '../../common/device-protocol/envelope.ts';
import { freshSession } from '../../common/device-protocol/device-status.ts';
import { decodeClosing } from '../../common/device-protocol/json-messages.ts';
import {
  devicePayloadMaxBytes,
  enableLayout,
  helloLayout,
  messageTypes,
  protocolMagic,
  protocolVersion,
  pulseLayout,
  type Role,
  roles,
  stopLayout,
} from '../../common/device-protocol/messages.ts';
import { encodeFrame, FrameDecoder } from '../../common/transport/frame.ts';
import { hostSeals } from '../../main/rig/hardware/seals.ts';
import { connectReadingHalf } from '../../main/rig/hardware/reading-half.ts';
import { connectWritingHalf } from '../../main/rig/hardware/writing-half.ts';
import { type Bench, next, order, startBench, token } from './device-bench.ts';

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

/** A stranger knows how messages are made, and not the token. */
const strangerSeals = hostSeals('guess');
/** Somebody in this program who means harm: his tags are right. */
const insiderSeals = hostSeals(token);

const startDevice = async () => store.add(await startBench());

async function open(device: Bench): Promise<Socket> {
  const socket = connect(device.address);
  store.onDispose(() => socket.destroy());
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** Sends bytes that the device must not like, and waits until it has closed. @returns what it said, if anything */
async function closingOf(socket: Socket, bytes: Uint8Array): Promise<string | undefined> {
  let message: string | undefined;
  const decoder = new FrameDecoder(devicePayloadMaxBytes, (type, payload) => {
    const body = unseal(type, payload, strangerSeals);
    if (type === messageTypes.closing && typeof body !== 'string') message = decodeClosing(body)?.message;
  });
  socket.on('data', (chunk) => decoder.push(chunk));
  const closed = once(socket, 'close');
  socket.end(bytes);
  await closed;
  return message;
}

function hello(role: Role, presented: string, version = protocolVersion, magic = protocolMagic): Uint8Array {
  const body = helloLayout.encode({ magic, version, role: roles.indexOf(role) }, new TextEncoder().encode(presented));
  return seal(messageTypes.hello, body, strangerSeals);
}

const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

/** The device still serves its rightful clients. */
async function expectAlive(device: Bench): Promise<void> {
  await device.enable();
  expect(device.writer.status.isOutputOn).toBe(true);
  const off = next(device.writer.onStatus, ({ isOutputOn }) => !isOutputOn);
  device.writer.stop();
  await off;
}

describe('a device meets a stranger', () => {
  it('who sends random bytes: it closes the connection and serves the others', async () => {
    const device = await startDevice();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
        await closingOf(await open(device), bytes);
      }),
      { numRuns: 50 },
    );
    await expectAlive(device);
  });

  it('who is admitted and sends frames with right checksums and any content: the output stays off and the next may come', async () => {
    const device = await startDevice();
    const off = next(device.keepAlive.onStatus);
    device.writer.dispose();
    await off;
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.uint8Array({ minLength: pulseLayout.bytes, maxLength: pulseLayout.bytes }),
      fc.uint8Array({ minLength: enableLayout.bytes, maxLength: enableLayout.bytes }),
      fc
        .constantFrom('{"fault":"stall"}', '{"fault":"refuse","pulses":1}', '[]')
        .map((json) => new TextEncoder().encode(json)),
    );
    const types = fc.oneof(fc.integer({ min: 0, max: 10 }), fc.nat(255));
    const messages = fc.array(fc.tuple(types, bodies), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...roles), messages, async (role, list) => {
        const frames = list.map(([type, body]) => seal(type, body, insiderSeals));
        await closingOf(await open(device), join(hello(role, token), ...frames));
      }),
      { numRuns: 100 },
    );
    const quiet = next(device.keepAlive.onStatus, ({ isOutputOn }) => !isOutputOn);
    device.pass(1000);
    await quiet;
    const rightful = store.add(await connectWritingHalf(device.address, token, { clock: device.clock }));
    const session = freshSession(rightful.status, () => 0);
    expect(await rightful.enable(order(session))).toMatchObject({ isOutputOn: true, session });
  });

  it('who sends a frame longer than any message: it says so and closes', async () => {
    const device = await startDevice();
    const long = encodeFrame(messageTypes.hello, new Uint8Array(100_000));
    expect(await closingOf(await open(device), long)).toContain('100000 bytes');
    expect(await closingOf(await open(device), encodeFrame(messageTypes.hello, new Uint8Array(10)))).toContain(
      'checksum',
    );
    await expectAlive(device);
  });

  it('who stops: the output goes off, and no later session is shut out', async () => {
    const device = await startDevice();
    const session = await device.enable();
    const off = next(device.writer.onStatus, ({ isOutputOn }) => !isOutputOn);
    const stranger = await open(device);
    stranger.write(seal(messageTypes.stop, stopLayout.encode({ session: Number.MAX_SAFE_INTEGER }), strangerSeals));
    expect(await off).toMatchObject({ session, burnedSession: session });
    await expectAlive(device);
  });

  it('without the token, with another version, or for a role that is taken: it says why and closes', async () => {
    const device = await startDevice();
    await expect(connectReadingHalf(device.address, 'guess')).rejects.toThrow('the token is not that of this device');
    await expect(connectWritingHalf(device.address, token)).rejects.toThrow('another client is connected for control');
    expect(await closingOf(await open(device), hello('data', token, 99))).toContain('protocol version 4, not 99');
    expect(await closingOf(await open(device), hello('data', token, protocolVersion, 7))).toContain('unreadable');
    await expectAlive(device);
  });
});
