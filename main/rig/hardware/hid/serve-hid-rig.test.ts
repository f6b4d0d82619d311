import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../common/base/clock.ts';
import { DisposableStore } from '../../../../common/base/disposable.ts';
import { hostClock } from '../host-clock.ts';
import { statusReports } from './hid-line.fixture.ts';
import { framesMax } from './hid-line.ts';
import type { FromHid, ToHid } from './hid-messages.ts';
import { HidUser } from './hid-user.ts';
import type { ReportDevice, ReportListener } from './report-device.ts';
import { firstSamplesOf, missingBetween, samplesPerReport, samplingBoard } from './sampling-board.fixture.ts';
import { type HidSystem, serveHidRig } from './serve-hid-rig.ts';

let owner = new DisposableStore();
afterEach(() => {
  owner.dispose();
  owner = new DisposableStore();
});

const listed = { path: '/a', vendorId: 1, productId: 2, product: 'Exocortex HID rig 128', serialNumber: 'A' };
const quiet: ReportDevice = { write: () => Promise.resolve(), close: () => {} };
const working: HidSystem = { devices: () => Promise.resolve([listed]), open: () => Promise.resolve(quiet) };

/** Never settles by itself. */
const stalled = <T>() => new Promise<T>(() => {});

function use(system: HidSystem | { unsupported: string }): HidUser {
  const { port1, port2 } = new MessageChannel();
  const load = () => Promise.resolve(system);
  owner.add(serveHidRig({ load, port: port2, clock: hostClock, random: () => 0, answerMilliseconds: 20 }));
  owner.onDispose(() => port1.close());
  return new HidUser(port1);
}

/** A thread whose messages lie where they are until the test lets its user take them. */
function useHeld(system: HidSystem) {
  const held: FromHid[] = [];
  let serve: (message: ToHid) => void = () => {};
  let hear: (message: FromHid) => void = () => {};
  const port = {
    postMessage: (message: FromHid) => void held.push(structuredClone(message)),
    on: (event: string, listener: (message: ToHid) => void) => event === 'message' && (serve = listener),
    close: () => {},
  };
  const connection = 7;
  const random = () => connection / 256;
  const load = () => Promise.resolve(system);
  owner.add(serveHidRig({ load, port, clock: new FakeClock(1e9), random }));
  const user = new HidUser({
    postMessage: (message) => serve(message),
    on: (event: string, listener: (message: FromHid) => void) => event === 'message' && (hear = listener),
  });
  return { user, held, take: (messages: number) => held.splice(0, messages).forEach(hear) };
}

/** A rig that does what the test says, opened by a user that takes messages when the test says so. */
async function openHeld() {
  let arrive: (report: Uint8Array) => void = () => {};
  const { user, held, take } = useHeld({
    devices: () => Promise.resolve([{ ...listed, product: 'Exocortex HID rig 64' }]),
    open(_, listener: ReportListener) {
      arrive = (report) => listener.onReport(report);
      return Promise.resolve(quiet);
    },
  });
  const opened = user.open('A');
  while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
  take(1);
  await opened;
  const frames: { readonly frame: Uint8Array }[] = [];
  user.transport('data').onData((frame) => frames.push({ frame }));
  user.transport('control');
  const counts = async () => {
    const asked = user.counts();
    take(Infinity);
    return (await asked).counts;
  };
  return { user, held, take, frames, counts, arrive: (report: Uint8Array) => arrive(report) };
}

/** Blocks of 2 ms, one in each report: a thousand of them may wait. */
const fast = { sampleRateHz: 1000, samplesPerBlock: samplesPerReport };
const blocksMax = 1000;

describe('the HID thread', () => {
  it('lists rigs and opens one', async () => {
    const user = use(working);
    expect(await user.list()).toMatchObject([{ path: '/a', reportBytes: 128 }]);
    expect(await user.open('A')).toMatchObject({ serialNumber: 'A' });
    expect((await user.counts()).counts.received).toBe(0);
  });

  it('H17: gives up on a system that does not list its devices, or does not open one, and closes what comes too late', async () => {
    const listing = use({ ...working, devices: () => stalled() });
    await expect(listing.list()).rejects.toThrow('listing the HID devices has taken more than 20 ms');
    expect(listing.fault?.code).toBe('enumeration-stalled');
    let open: (device: ReportDevice) => void = () => {};
    const opening = use({ ...working, open: () => new Promise((resolve) => (open = resolve)) });
    await expect(opening.open('A')).rejects.toThrow('opening HID rig A has taken more than 20 ms');
    const closed = new Promise<void>((resolve) => open({ ...quiet, close: resolve }));
    await closed;
  });

  it('says why there is no rig to use', async () => {
    await expect(use({ unsupported: 'no libusb' }).open('A')).rejects.toThrow('no libusb');
    await expect(use(working).open('B')).rejects.toThrow('there is no HID rig with serial number B');
    await expect(use(working).counts()).rejects.toThrow('no HID rig has been opened');
    const refusing = use({ ...working, open: () => Promise.reject(new Error('Permission denied')) });
    await expect(refusing.open('A')).rejects.toThrow('opening HID rig A failed: Permission denied');
    expect(refusing.fault?.code).toBe('open-failed');
  });

  it('H14: tells of a rig that is unplugged while it is being opened', async () => {
    const user = use({
      ...working,
      open(_, listener: ReportListener) {
        listener.onReport(new Uint8Array(128));
        listener.onLost('gone');
        return Promise.resolve(quiet);
      },
    });
    const fault = new Promise((resolve) => user.onFault(({ code }) => resolve(code)));
    await user.open('A');
    expect(await fault).toBe('unplugged');
  });

  it('says goodbye before it ends, and ends with its user', async () => {
    const written: number[] = [];
    const closed: string[] = [];
    const device = (name: string): HidSystem => ({
      ...working,
      open: () =>
        Promise.resolve({
          write: (report) => Promise.resolve(void written.push(report[0]! >> 2)),
          close: () => void closed.push(name),
        }),
    });
    const user = use(device('told'));
    await user.open('A');
    user.transport('control').close();
    user.dispose();
    const { port1, port2 } = new MessageChannel();
    owner.add(
      serveHidRig({ load: () => Promise.resolve(device('left')), port: port2, clock: hostClock, random: () => 0 }),
    );
    const left = new HidUser(port1);
    await left.open('A');
    const fault = new Promise((resolve) => left.onFault(({ code }) => resolve(code)));
    port1.close();
    while (closed.length < 2) await new Promise((resolve) => setImmediate(resolve));
    // A goodbye, alone in its report.
    expect(written).toEqual([0b1110]);
    expect(closed.toSorted()).toEqual(['left', 'told']);
    expect(await fault).toBe('thread-ended');
  });

  it('H24: a user hands over no more than a line holds, whether or not anybody takes it', async () => {
    const user = use({ ...working, open: () => Promise.resolve({ ...quiet, write: () => stalled() }) });
    await user.open('A');
    const transport = user.transport('control');
    const ends: string[] = [];
    transport.onClosed((message) => ends.push(message));
    for (let count = 0; count <= 2 * framesMax; count++) transport.write(new Uint8Array(20));
    expect(user.fault?.code).toBe('hand-over-full');
    transport.write(new Uint8Array(20));
    expect(ends).toHaveLength(1);
  });

  it('H30: a user that is slower than the board finds two seconds of blocks, then a gap that is counted, and goes on', async () => {
    const { user, held, take, frames, counts, arrive } = await openHeld();
    const board = samplingBoard(arrive, fast);
    board.send(3 * blocksMax);
    expect(held).toHaveLength(blocksMax);
    for (const report of statusReports(0)) arrive(report);
    expect(held.at(-1)).toMatchObject({ kind: 'frame', role: 'control' });
    take(Infinity);
    for (let round = 0; round < 100; round++) {
      board.send(50);
      take(Infinity);
    }
    const { samplesNotTaken, lost, samplesBesideGaps } = await counts();
    expect([lost, samplesBesideGaps]).toEqual([0, 0]);
    expect(samplesNotTaken).toBeGreaterThanOrEqual(2 * blocksMax * samplesPerReport);
    const blocks = firstSamplesOf(frames);
    expect(missingBetween(blocks, samplesPerReport)).toBe(samplesNotTaken);
    expect((blocks.length + samplesNotTaken / samplesPerReport) * samplesPerReport).toBe(8000 * samplesPerReport);
    expect(user.fault).toBeUndefined();
  });

  it('H24: a user that never takes anything is left with a line that has ended, by name, and can open it again', async () => {
    const { user, held, take, frames, counts, arrive } = await openHeld();
    const board = samplingBoard(arrive, fast);
    for (let sent = 0; sent < 3 * blocksMax; sent++) {
      board.send(1);
      for (const report of statusReports(2 * sent)) arrive(report);
    }
    expect(held).toHaveLength(2 * blocksMax + 1);
    take(Infinity);
    expect(user.fault?.code).toBe('hand-over-full');
    const opened = user.open('A');
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    take(Infinity);
    await opened;
    frames.length = 0;
    user.transport('data').onData((frame) => frames.push({ frame }));
    samplingBoard(arrive, fast).send(blocksMax / 2);
    expect((await counts()).samplesNotTaken).toBe(0);
    expect(firstSamplesOf(frames)).toHaveLength(blocksMax / 2);
  });

  it('H15: a report that is never taken ends the line, and the user has not waited for it', async () => {
    const user = use({ ...working, open: () => Promise.resolve({ ...quiet, write: () => stalled() }) });
    await user.open('A');
    const fault = new Promise((resolve) => user.onFault(({ code }) => resolve(code)));
    user.transport('control').write(new Uint8Array(20));
    expect(user.fault).toBeUndefined();
    expect(await fault).toBe('write-stalled');
  });
});
