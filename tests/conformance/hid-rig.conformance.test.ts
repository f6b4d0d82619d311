// The HID driver against the firmware's own core, over a pipe instead of USB: sessions, samples, and a line that misbehaves.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../common/base/disposable.ts';
import type { SampleBlock } from '../../main/rig/hardware/device.ts';
import { connectReadingHalfOver } from '../../main/rig/hardware/reading-half.ts';
import { buildHostBoard } from '../../scripts/build-firmware.mjs';
import { connectHidBench, enableFor, type HidBench, hidToken, hidUser, pulseOn } from '../support/hid-bench.ts';
import { HostBoard, type HostBoardOptions, pipeSystem } from '../support/host-board.ts';

const built = buildHostBoard();
if ('reason' in built) console.warn(`The HID driver is not tested against the board's core: ${built.reason}.`);
const program = 'path' in built ? built.path : '';

let owner = new DisposableStore();
const boards = new Map<string, { board: HostBoard; options: HostBoardOptions }>();
beforeEach(() => {
  owner = new DisposableStore();
  boards.clear();
});
afterEach(async () => {
  owner.dispose();
  for (const { board } of boards.values()) board.dispose();
  for (const { board } of boards.values()) await board.ended;
});

function plug(path: string, serialNumber: string, reportBytes: number): HostBoard {
  const options = { program, mode: 'real-time', reportBytes, serialNumber, token: hidToken } as const;
  const board = new HostBoard(options);
  boards.set(path, { board, options });
  return board;
}

/** Resolves with the block that ends so many. */
function received(bench: HidBench, count: number, onBlock: (block: SampleBlock) => void = () => {}): Promise<void> {
  return new Promise((resolve) => {
    let left = count;
    const blocks = bench.reader.onBlock((block) => {
      onBlock(block);
      if (--left > 0) return;
      blocks.dispose();
      resolve();
    });
  });
}

/** What the board's emulation samples. */
const valueOf = (sample: number, channel: number) => ((sample * 7 + channel * 131) << 16) >> 16;

async function untilStatus(bench: HidBench, isIt: (status: HidBench['writer']['status']) => boolean): Promise<void> {
  while (!isIt(bench.writer.status))
    await new Promise<void>((resolve) => {
      const statuses = bench.writer.onStatus(() => {
        statuses.dispose();
        resolve();
      });
    });
}

describe.runIf('path' in built)('a HID rig', () => {
  it.each([64, 128, 1024])('reads samples and drives pulses over reports of %i bytes', async (reportBytes) => {
    plug('/a', 'A', reportBytes);
    const bench = await connectHidBench(pipeSystem(boards), 'A', owner);
    expect(bench.writer.identity).toMatchObject({ kind: 'hid', serial: 'A', channels: 16, samplesPerBlock: 8 });
    expect((await bench.writer.selfTest()).impedancesOhms).toHaveLength(16);
    let next: number | undefined;
    bench.reader.start();
    await received(bench, 100, ({ firstSample, sampleCount, samples, acquiredNs }) => {
      expect(firstSample).toBe(next ?? firstSample);
      next = firstSample + sampleCount;
      for (let at = 0; at < samples.length; at++) expect(samples[at]).toBe(valueOf(firstSample + (at >> 4), at % 16));
      expect(acquiredNs).toBeLessThanOrEqual(Number(process.hrtime.bigint()));
    });
    const session = await enableFor(bench.writer, 500);
    for (let sequence = 1; sequence <= 5; sequence++) {
      bench.keepAlive.renew(session);
      expect(await pulseOn(bench.writer, sequence, sequence)).toMatchObject({
        sequence,
        outcome: 'delivered',
        electrode: sequence,
        amplitudeNanoamps: 5000,
        firstFemtocoulombs: -1_000_000,
        secondFemtocoulombs: 1_000_000,
      });
    }
    expect(await pulseOn(bench.writer, 5)).toMatchObject({ outcome: 'replayed' });
    bench.keepAlive.stop(session);
    await untilStatus(bench, ({ isOutputOn, burnedSession }) => !isOutputOn && burnedSession >= session);
    expect((await bench.user.counts()).counts).toMatchObject({
      lost: 0,
      repeated: 0,
      late: 0,
      damaged: 0,
      brokenFrames: 0,
    });
  });

  it('H26: turns its output off by itself when the lease is not renewed', async () => {
    plug('/a', 'A', 64);
    const bench = await connectHidBench(pipeSystem(boards), 'A', owner);
    const session = await enableFor(bench.writer, 60);
    await untilStatus(bench, ({ isOutputOn, burnedSession }) => !isOutputOn && burnedSession === session);
  });

  it('counts what its line loses, repeats, delays and damages, and shows lost samples as a jump', async () => {
    const board = plug('/a', 'A', 64);
    const bench = await connectHidBench(pipeSystem(boards), 'A', owner);
    bench.reader.start();
    await received(bench, 10);
    for (const fault of ['lose 5', 'repeat 2', 'damage 1', 'delay 1']) {
      board.command(fault);
      await received(bench, 10);
    }
    const { counts } = await bench.user.counts();
    // A late report has been counted as lost before; so has a damaged one.
    expect(counts).toMatchObject({ lost: 5 + 1 + 1, repeated: 2, late: 1, damaged: 1 });
    expect(bench.user.fault).toBeUndefined();
  });

  it('an acknowledgement that lies about its amplitude is heard as it was said', async () => {
    const board = plug('/a', 'A', 128);
    const bench = await connectHidBench(pipeSystem(boards), 'A', owner);
    await enableFor(bench.writer, 500);
    board.command('lie 1');
    expect(await pulseOn(bench.writer, 1)).toMatchObject({ outcome: 'delivered', amplitudeNanoamps: 5000 ^ 16 });
  });

  it('sets how it acquires and its digital lines, and says what it has not set', async () => {
    plug('/a', 'A', 64);
    const bench = await connectHidBench(pipeSystem(boards), 'A', owner);
    const settings = { sampleRateHz: 2000, lowCutMillihertz: 300, highCutHertz: 900 };
    expect(await bench.writer.configure(settings)).toMatchObject(settings);
    await expect(bench.writer.configure({ ...settings, sampleRateHz: 2001 })).rejects.toThrow(
      'the device has not set sampleRateHz to 2001: it is 2000',
    );
    expect(await bench.writer.setDigitalOutputs(0x105)).toMatchObject({ ...settings, digitalInputs: 0x105 });
    bench.reader.start();
    await received(bench, 2);
    expect((await bench.user.counts()).digitalInputs).toBe(0x105);
    await enableFor(bench.writer, 500);
    await expect(bench.writer.configure(settings)).rejects.toThrow('not-now');
  });

  it('makes blocks of the length that its user works in, and says so', async () => {
    plug('/a', 'A', 64);
    const user = hidUser(pipeSystem(boards), owner);
    await user.open('A', 5);
    const reader = owner.add(await connectReadingHalfOver(user.transport('data'), hidToken));
    expect(reader.identity).toMatchObject({ sampleRateHz: 8000, samplesPerBlock: 40 });
    const block = new Promise<SampleBlock>((resolve) => reader.onBlock(resolve));
    reader.start();
    expect((await block).sampleCount).toBe(40);
  });

  it('ends by the emergency stop', async () => {
    const board = plug('/a', 'A', 64);
    const bench = await connectHidBench(pipeSystem(boards), 'A', owner);
    await enableFor(bench.writer, 500);
    board.command('press 1');
    await untilStatus(bench, ({ isOutputOn, isEmergencyStopPressed }) => !isOutputOn && isEmergencyStopPressed);
  });

  it('H14: an unplugged rig is a named fault, and ends every connection', async () => {
    const board = plug('/a', 'A', 64);
    const bench = await connectHidBench(pipeSystem(boards), 'A', owner);
    const ends = [bench.reader, bench.writer, bench.keepAlive].map(
      (half) => new Promise((resolve) => half.onClosed(({ reason }) => resolve(reason))),
    );
    board.command('unplug');
    expect(await Promise.all(ends)).toEqual(['disconnected', 'disconnected', 'disconnected']);
    expect(bench.user.fault?.code).toBe('unplugged');
  });

  it('a program that comes later takes over, and the output goes off', async () => {
    plug('/a', 'A', 64);
    const first = await connectHidBench(pipeSystem(boards), 'A', owner);
    const session = await enableFor(first.writer, 500);
    const second = await connectHidBench(pipeSystem(boards), 'A', owner);
    expect(second.writer.status).toMatchObject({ isOutputOn: false, burnedSession: session });
  });

  it('is refused with a wrong token', async () => {
    plug('/a', 'A', 64).dispose();
    const options = { program, mode: 'real-time', reportBytes: 64, serialNumber: 'A', token: 'another' } as const;
    boards.set('/a', { board: new HostBoard(options), options });
    await expect(connectHidBench(pipeSystem(boards), 'A', owner)).rejects.toThrow(
      'the token is not that of this device',
    );
  });

  it('H13: is refused when another one has the same serial number', async () => {
    plug('/a', 'A', 64);
    plug('/b', 'A', 64);
    const user = hidUser(pipeSystem(boards), owner);
    expect((await user.list()).map(({ path }) => path)).toEqual(['/a', '/b']);
    await expect(user.open('A')).rejects.toThrow('2 HID rigs have serial number A');
    expect(user.fault?.code).toBe('ambiguous-identity');
  });
});
