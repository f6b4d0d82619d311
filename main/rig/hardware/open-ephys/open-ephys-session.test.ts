import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../../../common/base/disposable.ts';
import type { OpenEphysSource } from '../../../../common/experiment/open-ephys-source.ts';
import { madeStep } from '../../../virtual-rig/open-ephys/encode-message.ts';
import type { VirtualOpenEphys } from '../../../virtual-rig/open-ephys/virtual-open-ephys.ts';
import type { DigitalInputs } from '../device.ts';
import { NetworkEvents } from './network-events.ts';
import { codeOf, host, isMade, nextOf, openSession, optionsFor, shortTimes, startGui } from './open-ephys.fixture.ts';
import type { OpenEphysProblem } from './open-ephys-problem.ts';
import { connectOpenEphysReader, OpenEphysReader } from './open-ephys-reader.ts';
import { OpenEphysSession } from './open-ephys-session.ts';
import { startStreamReader } from './stream-reader.ts';

/** As an experiment names the emulated GUI. */
const sourceOf = ({ dataPort, httpPort, channels, sampleRateHz }: VirtualOpenEphys): OpenEphysSource => ({
  kind: 'open-ephys',
  host,
  dataPort,
  httpPort,
  channels: channels.length,
  sampleRateHz,
  microvoltsPerBit: 0.195,
});

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

/** @returns the first samples of so many blocks, all of which hold what was sampled */
async function blocks(session: OpenEphysSession, count: number): Promise<number[]> {
  const firsts: number[] = [];
  const subscription = session.onBlock(({ firstSample, samples }) => {
    expect(isMade(firstSample, samples, session.layout.channels)).toBe(true);
    firsts.push(firstSample);
  });
  await nextOf(session.onBlock, () => firsts.length >= count);
  subscription.dispose();
  return firsts;
}

const problem = (session: OpenEphysSession, code: OpenEphysProblem['code']) =>
  nextOf(session.onProblem, (each) => each.code === code);

/** Steps between blocks, in blocks. */
const steps = (firsts: readonly number[]) => firsts.slice(1).map((first, at) => (first - firsts[at]!) / 300);

describe('a channel of the GUI that sees sync pulses', () => {
  it('tells the samples at which it goes high, and is recorded as any other', async () => {
    const gui = await startGui(store, { channels: [0, 5] });
    const sync = { output: 0, channel: 'CHANNEL-1', levelVolts: 1.5 };
    const options = { source: sourceOf(gui), tickMilliseconds: 10, uuid: '4', startReader: startStreamReader };
    const reader = store.add(await connectOpenEphysReader({ ...options, times: shortTimes, sync }));
    const edges: number[] = [];
    const seen: number[] = [];
    reader.onSyncEdge(({ sample }) => edges.push(sample));
    reader.onBlock(({ firstSample, samples }) => {
      expect(isMade(firstSample, samples, gui.channels)).toBe(true);
      seen.push(firstSample);
    });
    reader.start();
    await nextOf(reader.onBlock, () => seen.length >= 5);
    // What the emulation makes of it crosses the level all the time.
    const volts = (sample: number) => 0.195 * madeStep(sample, 5);
    const made = Array.from({ length: 1500 }, (_, index) => seen[0]! + index).filter(
      (sample, index) => index > 0 && volts(sample) >= 1.5 && volts(sample - 1) <= 0.75,
    );
    const near = edges.filter((sample) => sample < seen[0]! + 1500);
    expect(made.length).toBeGreaterThan(100);
    expect(near).toEqual(expect.arrayContaining(made));
    expect(near.every((sample) => volts(sample) >= 1.5)).toBe(true);
  });
});

describe('TTL lines of the GUI', () => {
  it('are told at their samples, and those that have not changed are not known', async () => {
    const gui = await startGui(store, { isAcquiring: true });
    const events = store.add(await NetworkEvents.connect({ host, port: gui.eventsPort }, 1000));
    const options = { source: sourceOf(gui), tickMilliseconds: 10, uuid: '5', startReader: startStreamReader };
    const reader = store.add(await connectOpenEphysReader({ ...options, times: shortTimes }));
    const told: DigitalInputs[] = [];
    reader.onDigitalInputs((inputs) => told.push(inputs));
    reader.start();
    const { firstSample } = await nextOf(reader.onBlock, () => true);
    await events.setTtl(3, true);
    await events.setTtl(17, true);
    await events.setTtl(1, true);
    await events.setTtl(3, false);
    const later = await nextOf(reader.onBlock, () => told.length >= 3);
    expect(told.map(({ lines, known }) => [lines, known])).toEqual([
      [0b100, 0b100],
      [0b101, 0b101],
      [0b001, 0b101],
    ]);
    for (const { sample } of told) {
      expect(sample).toBeGreaterThan(firstSample);
      expect(sample).toBeLessThan(later.firstSample + 3000);
    }
  });
});

describe('a stream of the Open Ephys GUI', () => {
  it('is joined where it is, and comes whole in blocks of the rig', async () => {
    const gui = await startGui(store, { channels: [3, 0, 7] });
    const session = await openSession(store, gui);
    expect(session.layout).toEqual({ stream: 'Rhythm Data', sampleRateHz: 30_000, channels: [3, 0, 7] });
    expect(session.bufferMilliseconds).toBeCloseTo(10, 5);
    const firsts = await blocks(session, 20);
    expect(firsts.every((first) => first % 300 === 0)).toBe(true);
    expect(new Set(steps(firsts))).toEqual(new Set([1]));
    expect(session.counts).toMatchObject({ lostSamples: 0, lostMessages: 0, damagedMessages: 0, clippedValues: 0 });
    expect(session.heartbeats).toBeGreaterThan(0);
    expect([...gui.applications]).toEqual(['Exocortex']);
  });

  it('is begun when the GUI is idle, and left alone when it records', async () => {
    const idle = await startGui(store, { isAcquiring: false });
    await openSession(store, idle);
    expect(idle.gui.mode).toBe('ACQUIRE');
    const recording = await startGui(store);
    recording.gui.setMode('RECORD');
    await openSession(store, recording);
    expect(recording.gui.mode).toBe('RECORD');
  });

  it.each<[string, Partial<VirtualOpenEphys['faults']>]>([
    ['cut into single bytes', { dataPieces: 1 }],
    ['cut into pieces of 1000 bytes', { dataPieces: 1000 }],
  ])('loses nothing when it is %s', async (_, faults) => {
    const gui = await startGui(store, { channels: [0, 1] });
    Object.assign(gui.faults, faults);
    const session = await openSession(store, gui);
    expect(new Set(steps(await blocks(session, 10)))).toEqual(new Set([1]));
  });

  it('shows what was lost as a gap, by messages and by samples', async () => {
    const gui = await startGui(store);
    const session = await openSession(store, gui);
    const found = problem(session, 'messages-lost');
    const collected = blocks(session, 12);
    await nextOf(session.onBlock);
    gui.faults.lostMessages = 2;
    const firsts = await collected;
    expect(steps(firsts).some((step) => step > 1)).toBe(true);
    await found;
    while (session.counts.lostMessages === 0) await nextOf(session.onBlock);
    expect(session.counts.lostMessages).toBe(2);
    gui.faults.lostSamples = 900;
    while (session.counts.lostSamples < 900) await nextOf(session.onBlock);
    expect(session.counts.lostMessages).toBe(2);
  });

  it('drops what comes twice, and says so', async () => {
    const gui = await startGui(store);
    const session = await openSession(store, gui);
    const found = problem(session, 'repeated-messages');
    gui.faults.copies = 2;
    expect(new Set(steps(await blocks(session, 10)))).toEqual(new Set([1]));
    await found;
  });

  it('does not believe a message of a wrong size, and goes on', async () => {
    const gui = await startGui(store);
    const session = await openSession(store, gui);
    const found = problem(session, 'damaged-message');
    gui.faults.damage = ([envelope, head, payload]) => [envelope!, head!, payload!.subarray(4)];
    expect((await found).message).toContain('bytes of data, not');
    await blocks(session, 5);
    expect(session.counts.damagedMessages).toBe(1);
  });

  it('tells of silence, and goes on when it is over', async () => {
    const gui = await startGui(store);
    const session = await openSession(store, gui);
    const found = problem(session, 'silence');
    gui.faults.isHolding = true;
    await found;
    gui.faults.isHolding = false;
    await blocks(session, 2);
  });

  it('tells when heartbeats are not answered, and reads on', async () => {
    const gui = await startGui(store);
    const session = await openSession(store, gui);
    const found = problem(session, 'no-heartbeat-answer');
    gui.faults.isHeartbeatMute = true;
    await found;
    await blocks(session, 3);
    gui.faults.isHeartbeatMute = false;
    const answered = session.heartbeats;
    while (session.heartbeats === answered) await nextOf(session.onBlock);
  });

  it.each<[OpenEphysProblem['code'], (gui: VirtualOpenEphys) => void]>([
    ['rate-changed', (gui) => (gui.sampleRateHz = 25_000)],
    ['layout-changed', (gui) => (gui.channels = [0, 1, 2])],
    ['layout-changed', (gui) => (gui.channels = [0, 1, 2, 3, 4])],
    ['other-stream', (gui) => (gui.stream = 'Example Data')],
    ['run-restarted', (gui) => gui.restart()],
    ['port-closed', (gui) => gui.dispose()],
    ['answer-not-understood', (gui) => gui.sendRaw(Uint8Array.of(0xff, 0xff, 0xff))],
  ])('ends with %s, and the rig is told once', async (code, change) => {
    const gui = await startGui(store);
    const session = await openSession(store, gui);
    const reader = new OpenEphysReader(session, sourceOf(gui));
    const ends: string[] = [];
    reader.onClosed(({ reason }) => ends.push(reason));
    reader.start();
    await nextOf(reader.onBlock);
    const found = problem(session, code);
    change(gui);
    await found;
    const reasons: Partial<Record<typeof code, string>> = { 'port-closed': 'disconnected', 'run-restarted': 'stopped' };
    expect(ends).toEqual([reasons[code] ?? 'protocol']);
  });
});

describe('a stream that cannot be had', () => {
  it('is refused with what to do', async () => {
    const gui = await startGui(store);
    const refused = (over: object) => codeOf(OpenEphysSession.open(optionsFor(gui, over)));
    expect(await refused({ host: 'localhost' })).toBe('not-a-literal-address');
    expect(await refused({ dataPort: 9 })).toBe('not-listening');
    expect(await refused({ dataPort: gui.eventsPort })).toBe('not-zeromq');
    expect(await refused({ dataPort: gui.httpPort })).toBe('not-zeromq');
    expect(await refused({ httpPort: 9 })).toBe('not-listening');
    expect(await refused({ stream: 'Example Data' })).toBe('other-stream');
    gui.faults.isHolding = true;
    expect(await refused({ times: { ...shortTimes, layout: 200 } })).toBe('no-blocks');
    gui.faults.wrongAnswer = 'what?';
    expect(await refused({})).toBe('answer-not-understood');
    const idle = await startGui(store, { isAcquiring: false });
    idle.faults.isStuck = true;
    expect(await codeOf(OpenEphysSession.open(optionsFor(idle)))).toBe('did-not-start');
    const wide = await startGui(store, {
      channels: Array.from({ length: 512 }, (_, channel) => channel),
      rateShare: 0.01,
    });
    expect(await codeOf(OpenEphysSession.open(optionsFor(wide)))).toBe('too-many-values');
  });
});

describe('the GUI as a source', () => {
  const connect = (gui: VirtualOpenEphys, over: Partial<OpenEphysSource> = {}) =>
    connectOpenEphysReader({
      source: { ...sourceOf(gui), ...over },
      tickMilliseconds: 10,
      uuid: 'a reader',
      startReader: startStreamReader,
      times: shortTimes,
    });

  it('says what it is, how it is and when its samples were taken', async () => {
    const gui = await startGui(store);
    const reader = store.add(await connect(gui, { stream: 'Rhythm Data' }));
    expect(reader.identity).toMatchObject({
      kind: 'open-ephys',
      description: 'Open Ephys GUI, Rhythm Data (4 channels, 30000 Hz, buffer of 10.0 ms)',
      channels: 4,
      samplesPerBlock: 300,
      pacing: 'real-time',
    });
    const before = Number(process.hrtime.bigint());
    reader.start();
    const block = await nextOf(reader.onBlock);
    expect(block).toMatchObject({ sampleCount: 300, channels: 4 });
    expect(block.deviceMicroseconds).toBe(Math.round(((block.firstSample + 300) / 30_000) * 1e6));
    expect(block.acquiredNs).toBeLessThanOrEqual(Number(process.hrtime.bigint()));
    expect(block.acquiredNs).toBeGreaterThan(before - 1e9);
    expect(reader.health).toMatchObject({ droppedSamples: 0, problems: [] });
    const bad = nextOf(reader.onBadFrame);
    gui.faults.damage = ([envelope, head]) => [envelope!, head!];
    expect(await bad).toContain('0 bytes of data');
    expect(reader.refusedFrames).toBe(1);
    expect(reader.health.problems.map(({ code, toDo }) => [code, toDo.length > 0])).toContainEqual([
      'damaged-message',
      true,
    ]);
  });

  it('is refused when it is not what the experiment names', async () => {
    const gui = await startGui(store);
    expect(await codeOf(connect(gui, { channels: 5 }))).toBe('another-layout');
    expect(await codeOf(connect(gui, { sampleRateHz: 25_000 }))).toBe('another-layout');
    expect(await codeOf(connect(gui, { stream: 'Example Data' }))).toBe('other-stream');
  });
});
