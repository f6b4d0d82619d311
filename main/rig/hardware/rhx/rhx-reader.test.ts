import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../../../common/base/disposable.ts';
import { rhxSource } from '../../../../common/experiment/rhx-source.ts';
import type { SyncWire } from '../../../../common/experiment/stimulator.ts';
import { madeWord } from '../../../virtual-rig/rhx/stream-source.ts';
import type { VirtualRhx, VirtualRhxOptions } from '../../../virtual-rig/rhx/virtual-rhx.ts';
import type { DeviceClosed, DigitalInputs } from '../device.ts';
import { hostClock } from '../host-clock.ts';
import type { GivenPulse } from '../prepared-pulses.ts';
import { connectRhxReader, type RhxReader } from './rhx-reader.ts';
import { codeOf, shortTimes, startRhx } from './rhx.fixture.ts';
import { startStreamReader } from './stream-reader.ts';

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

/** Electrodes in another order than RHX's columns: B-000, A-002, A-000. */
const wanted = {
  kind: 'intan-rhx',
  controller: 'rhs',
  sampleRateHz: 30_000,
  channels: ['B-000', 'A-002', 'A-000'],
} as const;
/** The column of each electrode among those that are sent, B-000. */
const columns = [2, 1, 0];

async function connect(
  rhx: VirtualRhx,
  change: object = {},
  tickMilliseconds = 10,
  watched: { sync?: SyncWire; hasDigitalInputs?: boolean; stimulated?: number[] } = {},
): Promise<RhxReader> {
  const source = rhxSource.parse({ ...wanted, commandPort: rhx.commandPort, ...change });
  return store.add(
    await connectRhxReader({
      ...{ source, tickMilliseconds, startReader: startStreamReader, times: shortTimes },
      ...watched,
    }),
  );
}

interface Heard {
  /** firstSample and sampleCount of each block. */
  readonly blocks: [number, number][];
  readonly wrong: number[];
  readonly ages: number[];
  readonly closed: DeviceClosed[];
}

function listened(reader: RhxReader): Heard {
  const heard: Heard = { blocks: [], wrong: [], ages: [], closed: [] };
  reader.onBlock(({ firstSample, sampleCount, channels, samples, acquiredNs }) => {
    heard.blocks.push([firstSample, sampleCount]);
    heard.ages.push((hostClock.nowNs() - acquiredNs) / 1e6);
    for (let index = 0; index < sampleCount * channels; index++) {
      const sample = firstSample + Math.floor(index / channels);
      if (samples[index] !== madeWord(sample, columns[index % channels]!) - 32_768) heard.wrong.push(sample);
    }
  });
  reader.onClosed((closed) => heard.closed.push(closed));
  return heard;
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 5000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error('it did not come about in 5 s');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A reader that has begun, and has handed out so many blocks. */
async function running(blocks: number, options: Partial<VirtualRhxOptions> = {}) {
  const rhx = await startRhx(store, options);
  const reader = await connect(rhx);
  const heard = listened(reader);
  reader.start();
  await until(() => heard.blocks.length >= blocks);
  return { rhx, reader, heard };
}

const samplesOf = ({ blocks }: Heard) => blocks.reduce((sum, [, count]) => sum + count, 0);

describe('a reader of RHX', () => {
  it('hands out the electrodes in the experiment’s order, in blocks of a tick, each sample as RHX sent it', async () => {
    const reader = await connect(await startRhx(store));
    expect(reader.identity).toMatchObject({
      kind: 'intan-rhx',
      channels: 3,
      sampleRateHz: 30_000,
      samplesPerBlock: 300,
      microvoltsPerBit: 0.195,
      firmware: 'RHX 3.4.0',
    });
    const heard = listened(reader);
    reader.start();
    await until(() => heard.blocks.length >= 20);
    expect(heard.blocks).toEqual(heard.blocks.map((_, index) => [index * 300, 300]));
    expect(heard.wrong).toEqual([]);
    expect(reader.health.problems).toEqual([]);
    expect(reader.newestPair.deviceMicroseconds).toBeGreaterThan(200_000);
  });

  it('prepares stimuli, tells each pulse at its sample before that is handed out, and takes them away when it ends', async () => {
    const rhx = await startRhx(store);
    // Electrode 2 is A-000.
    const reader = await connect(rhx, {}, 10, { stimulated: [2] });
    const pulse = { electrode: 2, amplitudeNanoamps: 4000, phaseMicroseconds: 200, interphaseMicroseconds: 100 };
    const deadMan = { isHeld: true };
    const pulses = await reader.prepare([{ ...pulse, leadingPhase: 'cathodic' }], deadMan);
    expect(pulses).toMatchObject({
      amplitudeStepNanoamps: 500,
      complianceMillivolts: 7000,
      serial: reader.identity.serial,
    });
    const isOn = () => true;
    expect(await pulses.fire(2, Infinity, isOn)).toBe('not-triggered');
    let handedOut = 0;
    const given: (GivenPulse & { newest: number })[] = [];
    reader.onBlock(({ firstSample, sampleCount }) => (handedOut = firstSample + sampleCount));
    pulses.onGiven((each) => given.push({ ...each, newest: handedOut }));
    reader.start();
    await until(() => handedOut > 3000);
    await pulses.verify();
    // Until it is proven that the board runs, nothing is triggered.
    await expect.poll(() => pulses.fire(2, hostClock.nowNs() - 1, isOn), { timeout: 5000 }).toBe('expired');
    expect(await pulses.fire(2, Infinity, () => false)).toBe('not-triggered');
    expect(await pulses.fire(2, Infinity, isOn)).toBeUndefined();
    await until(() => given.length > 0);
    const [seen] = given;
    expect(seen).toMatchObject({
      ...{ electrode: 2, firstFemtocoulombs: -800_000, secondFemtocoulombs: 800_000, isSaturated: false },
    });
    expect(seen!.sampleIndex).toBeGreaterThanOrEqual(seen!.newest);
    expect(Math.abs(hostClock.nowNs() - seen!.startedNs)).toBeLessThan(1e9);
    deadMan.isHeld = false;
    expect(await pulses.fire(2, Infinity, isOn)).toBe('not-triggered');
    expect(rhx.fired).toHaveLength(1);
    rhx.settings.force('a-000.polarity', 'PositiveFirst');
    await expect(pulses.verify()).rejects.toThrow('A-000.polarity = PositiveFirst, not NegativeFirst');
    reader.dispose();
    await until(() => rhx.settings.valueOf('a-000.stimenabled') === 'False');
  });

  it('tells when samples were acquired by the earliest of their kind, not by the lump they came in', async () => {
    const reader = await connect(await startRhx(store));
    const times: number[] = [];
    reader.onBlock(({ acquiredNs }) => times.push(acquiredNs));
    reader.start();
    await until(() => times.length >= 60);
    // A tick of 10 ms apart though three and four come at once; the line is found within the first bursts.
    const steps = times.slice(20).map((atNs, index) => (atNs - times[19 + index]!) / 1e6);
    expect(steps.filter((ms) => Math.abs(ms - 10) > 0.01).length).toBeLessThan(steps.length / 4);
    expect(hostClock.nowNs() - times.at(-1)!).toBeGreaterThan(5e6);
  });

  it('begins where RHX begins, and marks what RHX lost by a jump between shorter blocks', async () => {
    const { rhx, heard } = await running(5, { firstTimestamp: 1500 });
    rhx.faults.lostSamples = 333;
    const jumped = () => heard.blocks.findIndex(([first], index) => index > 0 && first !== endOf(heard, index - 1));
    await until(() => jumped() > 0 && heard.blocks.length > jumped() + 2);
    expect(heard.blocks[0]?.[0]).toBe(1500);
    const at = jumped();
    expect(heard.blocks[at]![0] - endOf(heard, at - 1)).toBe(333);
    expect(endOf(heard, at) % 300).toBe(0);
    expect(heard.wrong).toEqual([]);
  });

  it('ends with a name and its cure when RHX stops, and hands out all that came before', async () => {
    const { rhx, reader, heard } = await running(10);
    rhx.clickStop();
    await until(() => heard.closed.length > 0);
    expect(heard.closed).toEqual([
      {
        reason: 'stopped',
        message: expect.stringMatching(/^RHX stopped by itself: .*somebody clicked Stop/) as string,
      },
    ]);
    expect(samplesOf(heard) % 128).toBe(0);
    expect(heard.wrong).toEqual([]);
    expect(reader.health.problems.map(({ code }) => code)).toEqual(['stopped-by-itself']);
  });

  it('ends with the same name and cure when RHX stops before it is known that it runs', async () => {
    const { rhx, reader, heard } = await running(1);
    rhx.clickStop();
    await until(() => heard.closed.length > 0);
    expect(heard.closed).toEqual([
      {
        reason: 'stopped',
        message: expect.stringMatching(
          /^RHX stopped by itself: .*as soon as it had begun.*somebody clicked Stop/,
        ) as string,
      },
    ]);
    expect(samplesOf(heard) % 128).toBe(0);
    expect(heard.wrong).toEqual([]);
    expect(reader.health.problems.map(({ code }) => code)).toEqual(['stopped-by-itself']);
  });

  it('ends when RHX is closed, once, with its last whole block', async () => {
    const { rhx, heard } = await running(10);
    rhx.crash();
    await until(() => heard.closed.length > 0);
    const samples = samplesOf(heard);
    expect(samples % 128).toBe(0);
    expect(heard.closed).toHaveLength(1);
    expect(heard.closed[0]?.reason).toBe('disconnected');
    expect(heard.wrong).toEqual([]);
  });

  it('says that RHX is silent, and goes on when it speaks again', async () => {
    const { rhx, reader, heard } = await running(10);
    rhx.faults.isHolding = true;
    await until(() => reader.health.problems.some(({ code }) => code === 'silence'));
    expect(reader.health.problems.find(({ code }) => code === 'silence')?.toDo).toContain('message box');
    rhx.faults.isHolding = false;
    await until(() => reader.health.problems.length === 0);
    expect(heard.closed).toEqual([]);
    expect(heard.wrong).toEqual([]);
    expect(heard.blocks).toEqual(heard.blocks.map((_, index) => [index * 300, 300]));
  });

  it('takes a run that somebody begins in RHX for an end, not for more of the same', async () => {
    const { rhx, heard } = await running(10);
    rhx.clickStop();
    await new Promise((resolve) => setTimeout(resolve, 60));
    rhx.clickRun();
    await until(() => heard.closed.length > 0);
    expect(heard.blocks.every(([first], index) => index === 0 || first === endOf(heard, index - 1))).toBe(true);
  });

  it('stops RHX when it is let go', async () => {
    const { rhx, reader } = await running(3);
    reader.dispose();
    await until(() => rhx.runMode === 'Stop');
    await until(() => rhx.settings.valueOf('tcpwaveformdataoutputconnectionstatus') === 'Disconnected');
  });

  it('is refused, with what RHX has, where the experiment names another controller, rate, port or channel', async () => {
    const rhx = await startRhx(store);
    const wrong = {
      controller: 'rhd',
      sampleRateHz: 20_000,
      channels: ['A-009'],
      ports: [{ port: 'B', channels: 32 }],
    };
    await expect(connect(rhx, wrong)).rejects.toThrow(
      'RHX runs a controller rhs (Stim/Recording), the experiment says rhd; RHX samples at 30000 Hz, the experiment says 20000 Hz; ' +
        'RHX sees no channel A-009; RHX sees 2 channels on port B, the experiment says 32',
    );
    expect(rhx.packets.some((packet) => packet.includes(';set '))).toBe(false);
    await rhx.clickConnect();
    rhx.settings.force('a-002.enabled', 'False');
    expect(await codeOf(connect(rhx))).toBe('channel-disabled');
  });

  it('sets the port of the waveforms where the experiment names one', async () => {
    const rhx = await startRhx(store);
    expect(await codeOf(connect(rhx, { waveformPort: 9998 }))).toBeUndefined();
    expect(rhx.settings.valueOf('tcpwaveformdataoutputport')).toBe('9998');
  });
});

function endOf({ blocks }: Heard, index: number): number {
  const [first, count] = blocks[index]!;
  return first + count;
}

describe('an input of RHX that sees sync pulses', () => {
  it('tells the sample at which its line goes high, and of no other line; the electrodes are as without it', async () => {
    const rhx = await startRhx(store);
    rhx.setDigitalInputs(0, performance.now());
    const reader = await connect(rhx, {}, 10, { sync: { channel: 'DIGITAL-IN-02', levelVolts: 1.5 } });
    const heard = listened(reader);
    const edges: number[] = [];
    reader.onSyncEdge(({ sample }) => edges.push(sample));
    reader.start();
    await until(() => heard.blocks.length > 3);
    rhx.setDigitalInputs(0b1001, performance.now());
    const before = rhx.currentTimestamp;
    rhx.setDigitalInputs(0b1011, performance.now());
    const after = rhx.currentTimestamp;
    await until(() => edges.length > 0);
    rhx.setDigitalInputs(0b1001, performance.now());
    await until(() => heard.blocks.at(-1)![0] > rhx.currentTimestamp - 3000 && heard.blocks.length > 12);
    expect(edges).toHaveLength(1);
    expect(edges[0]).toBeGreaterThanOrEqual(before);
    // What is told while a block is made comes onto the next one.
    expect(edges[0]).toBeLessThanOrEqual(after + 8 * 128 + 1);
    expect(heard.wrong).toEqual([]);
  });

  it('is asked for by its name, and an analogue one has a column of its own', async () => {
    const rhx = await startRhx(store);
    const reader = await connect(rhx, {}, 10, { sync: { channel: 'ANALOG-IN-2', levelVolts: 1.5 } });
    const edges: number[] = [];
    reader.onSyncEdge(({ sample }) => edges.push(sample));
    const heard = listened(reader);
    reader.start();
    await until(() => heard.blocks.length > 3);
    // Its column holds what the emulation makes: it crosses the level up and down all the time.
    const volts = (sample: number) => 312.5e-6 * (madeWord(sample, 3) - 32_768);
    const rises = edges.filter((sample) => volts(sample) >= 1.5 && volts(sample - 1) < 1.5);
    expect(edges.length).toBeGreaterThan(100);
    expect(rises.length).toBe(edges.length);
    expect(heard.wrong).toEqual([]);
  });
});

describe('the digital inputs of RHX', () => {
  it('are told at first and when one changes, at its sample, beside sync pulses on another; the electrodes are as without them', async () => {
    const rhx = await startRhx(store);
    rhx.setDigitalInputs(0b100, performance.now());
    const sync = { channel: 'DIGITAL-IN-02', levelVolts: 1.5 };
    const reader = await connect(rhx, {}, 10, { sync, hasDigitalInputs: true });
    const heard = listened(reader);
    const told: DigitalInputs[] = [];
    const edges: number[] = [];
    reader.onDigitalInputs((inputs) => told.push(inputs));
    reader.onSyncEdge(({ sample }) => edges.push(sample));
    reader.start();
    await until(() => heard.blocks.length > 3);
    rhx.setDigitalInputs(0b110, performance.now());
    await until(() => told.length > 1);
    expect(told.map(({ lines, known }) => [lines, known])).toEqual([
      [0b100, 0xffff],
      [0b110, 0xffff],
    ]);
    expect(told[0]!.sample).toBe(heard.blocks[0]![0]);
    expect(edges).toEqual([told[1]!.sample]);
    expect(heard.wrong).toEqual([]);
  });
});
