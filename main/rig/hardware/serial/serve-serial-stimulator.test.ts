import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeFrame } from '../../../../common/transport/frame.ts';
import { encodeQuestion, encodeSerialHello, serialMessage } from '../../../../common/serial-protocol/serial-program.ts';
import { VirtualStimJim } from '../../../virtual-rig/serial/virtual-stimjim.ts';
import type { SerialPorts } from './serial-connection.ts';
import { PlayedPort } from './serial.fixture.ts';
import { SerialLink } from './serial-link.ts';
import { serveSerialStimulator } from './serve-serial-stimulator.ts';
import { pulse } from './serial-pulse.fixture.ts';

const token = 'a token of thirty-two characters';
const times = { answer: 200, quiet: 5, quietAtMost: 500, stop: 20 };
const prepare = { kind: 'prepare' as const, protocol: 'stimjim' as const, serialNumber: '7', pulses: [pulse] };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-serve-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inHalfASecond = () => Number(process.hrtime.bigint()) + 5e8;

async function serve(unsupported?: string) {
  const address = process.platform === 'win32' ? `\\\\.\\pipe\\exocortex-serve-${process.pid}` : join(folder, 'sock');
  const device = new VirtualStimJim((milliseconds, then) => void setTimeout(then, milliseconds));
  const port = new PlayedPort(device);
  const ports: SerialPorts = {
    list: () => Promise.resolve([{ path: '/port', serialNumber: '7', vendorId: 0x16c0, productId: 0x0483 }]),
    open: (path, listener) => port.open(path, listener),
  };
  let tellEnd: () => void = () => {};
  const ended = new Promise<void>((resolve) => (tellEnd = resolve));
  const load = () => Promise.resolve(unsupported === undefined ? ports : { unsupported });
  const served = await serveSerialStimulator({ address, token, onEnd: tellEnd, load, times });
  return { address, device, port, served, ended };
}

describe('a serial stimulator that is served', () => {
  it('S39: answers the rig, is told to stop when the rig goes, and ends', async () => {
    const { address, device, port, ended } = await serve();
    const link = await SerialLink.connect(address, token);
    expect(await link.ask(prepare)).toMatchObject({ kind: 'prepared', name: 'StimJim' });
    expect(await link.ask({ kind: 'verify' })).toEqual({ kind: 'verified' });
    const fired = await link.ask({ kind: 'fire', channel: 1, expiryNs: inHalfASecond() });
    expect(fired).toEqual({ kind: 'fired', measuredMicroamps: [-100, 100] });
    const before = device.stops.T;
    link.dispose();
    await ended;
    expect(device.stops.T).toBe(before + 1);
    expect(port.isClosed).toBe(true);
    expect(existsSync(address)).toBe(false);
  });

  it('is told to stop when its program is asked to end, and the rig hears of it', async () => {
    const { address, device, served, ended } = await serve();
    const link = await SerialLink.connect(address, token);
    const lost: string[] = [];
    link.onLost((message) => lost.push(message));
    await link.ask(prepare);
    served.dispose();
    await ended;
    await expect.poll(() => lost).toEqual(['its program has ended']);
    expect(device.outputModes).toEqual([3, 3]);
    await expect(link.ask({ kind: 'verify' })).rejects.toThrow('its program has ended');
  });

  it('is lost to the rig when the plug is pulled', async () => {
    const { address, port, ended } = await serve();
    const link = await SerialLink.connect(address, token);
    const lost: string[] = [];
    link.onLost((message) => lost.push(message));
    await link.ask(prepare);
    port.lose();
    await expect.poll(() => lost).toHaveLength(1);
    expect(lost[0]).toContain('the port /port was lost');
    await ended;
  });

  it.each([
    ['another token', encodeSerialHello('another token of the same length')],
    ['a question without a token', encodeQuestion({ id: 1, question: prepare })],
    ['an endless frame', Uint8Array.of(255, 255, 255, 255, 1)],
  ])('turns away %s, and goes on waiting for the rig', async (_what, bytes) => {
    const { address, served, ended } = await serve();
    const stranger = connect(address);
    stranger.on('error', () => {});
    stranger.write(bytes);
    await once(stranger, 'close');
    const link = await SerialLink.connect(address, token);
    expect(await link.ask(prepare)).toMatchObject({ kind: 'prepared' });
    const second = connect(address);
    second.on('error', () => {});
    second.write(encodeSerialHello(token));
    await once(second, 'close');
    served.dispose();
    await ended;
    link.dispose();
  });

  it('ends the connection on what is no question, and the device is told to stop', async () => {
    const { address, port, ended } = await serve();
    const rig = connect(address);
    rig.on('error', () => {});
    rig.write(encodeSerialHello(token));
    rig.write(encodeQuestion({ id: 1, question: prepare }));
    await once(rig, 'data');
    rig.write(encodeFrame(serialMessage.question, new TextEncoder().encode('{"id":2,"question":{"kind":"fire"}}')));
    await once(rig, 'close');
    await ended;
    expect(port.isClosed).toBe(true);
  });

  it('says why there are no serial ports', async () => {
    const { address, ended } = await serve('no binary for this system');
    const link = await SerialLink.connect(address, token);
    await expect(link.ask(prepare)).rejects.toThrow('no binary for this system');
    link.dispose();
    await ended;
  });
});
