import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../../../common/base/disposable.ts';
import { madeWord } from '../../../virtual-rig/rhx/stream-source.ts';
import type { RhxSession } from './rhx-session.ts';
import { codeOf, openSession, startRhx, wideAndSpikes } from './rhx.fixture.ts';
import type { RhxProblemCode } from './rhx-problem.ts';

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

function listened(session: RhxSession) {
  const starts: number[] = [];
  const wrong: number[] = [];
  const problems: RhxProblemCode[] = [];
  const gaps: { firstSample: number; samples: number }[] = [];
  const spikes: string[] = [];
  const { columns } = session.layout;
  const words = columns.length;
  /** Nothing is given here. */
  const wordAt = (sample: number, column: number) =>
    columns[column]?.band === 'STIM' ? 0x0100 : madeWord(sample, column);
  session.onBlock(({ firstSample, words: samples }) => {
    starts.push(firstSample);
    samples.forEach((word, index) => {
      if (word !== wordAt(firstSample + Math.floor(index / words), index % words)) wrong.push(firstSample);
    });
  });
  session.onProblem(({ code }) => problems.push(code));
  session.onGap((gap) => gaps.push(gap));
  session.onSpikes((all) => spikes.push(...all.map(({ channel }) => channel)));
  return { starts, wrong, problems, gaps, spikes };
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 5000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error('it did not come about in 5 s');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('a session with RHX', () => {
  it('reads what the controller is, sets what is sent and hands out each word and spike', async () => {
    const rhx = await startRhx(store);
    const session = await openSession(store, rhx);
    expect(session.description).toMatchObject({
      version: '3.4.0',
      isStimulator: true,
      sampleRateHz: 30_000,
      stepMicroamps: 0.5,
      amplifiers: { A: 4, B: 2, C: 0 },
    });
    expect(session.layout.columns).toHaveLength(4);
    expect(rhx.settings.wordsPerFrame).toBe(4);
    const heard = listened(session);
    await session.run();
    await until(() => heard.starts.length >= 20 && heard.spikes.length > 0);
    await session.stop();
    expect(heard.starts).toEqual(heard.starts.map((_, index) => index * 128));
    expect(heard.wrong).toEqual([]);
    expect(new Set(heard.spikes)).toEqual(new Set(['A-001']));
    expect(heard.problems).toEqual([]);
    expect(rhx.runMode).toBe('Stop');
  });

  it('reads a stream that is cut anywhere, and two runs on one connection', async () => {
    const rhx = await startRhx(store, { firstTimestamp: 1500 });
    rhx.faults.dataPieces = 611;
    const session = await openSession(store, rhx);
    const heard = listened(session);
    await session.run();
    await session.stop();
    const first = heard.starts.length;
    await session.run();
    await session.stop();
    expect(heard.starts[0]).toBe(1500);
    expect(heard.starts[first]).toBe(1500);
    expect(heard.wrong).toEqual([]);
    expect(heard.gaps).toEqual([]);
  });

  it('marks samples that RHX lost, and names damage', async () => {
    const rhx = await startRhx(store);
    const session = await openSession(store, rhx);
    const heard = listened(session);
    await session.run();
    rhx.faults.lostSamples = 333;
    await until(() => heard.gaps.length === 1);
    expect(heard.gaps[0]?.samples).toBe(333);
    rhx.faults.damage = (block) => block.subarray(10);
    await until(() => heard.gaps.length === 2);
    expect(heard.problems).toEqual(['damaged-stream']);
    expect(heard.wrong).toEqual([]);
  });

  it('says that somebody switched channels in mid-run, and hands out nothing after it', async () => {
    const rhx = await startRhx(store);
    const session = await openSession(store, rhx);
    const heard = listened(session);
    await session.run();
    rhx.settings.force('a-000.tcpdataoutputenabled', 'True');
    await until(() => heard.problems.length > 0);
    expect(heard.problems).toEqual(['layout-changed']);
    expect(heard.wrong).toEqual([]);
  });

  it('does not believe RunMode: a run without data or with a timestamp that stays is none', async () => {
    const rhx = await startRhx(store);
    const session = await openSession(store, rhx);
    rhx.faults.isFrozen = true;
    expect(await codeOf(session.run())).toBe('did-not-start');
    expect(rhx.runMode).toBe('Stop');
    const heard = listened(session);
    const running = session.run();
    await until(() => heard.starts.length > 0);
    rhx.faults.isFrozen = true;
    expect(await codeOf(running)).toBe('frozen-timestamp');
    expect(rhx.runMode).toBe('Stop');
  });

  it('tells a run that ended as soon as it had begun from one that stands still', async () => {
    const rhx = await startRhx(store);
    const session = await openSession(store, rhx);
    const heard = listened(session);
    const running = session.run();
    await until(() => heard.starts.length > 0);
    rhx.clickStop();
    expect(await codeOf(running)).toBe('stopped-by-itself');
  });

  it('stops until the board stands and no block comes any more', async () => {
    const rhx = await startRhx(store);
    const session = await openSession(store, rhx);
    await session.run();
    rhx.faults.ignoredStops = 2;
    await session.stop();
    expect(rhx.runMode).toBe('Stop');
    await session.run();
    rhx.faults.ignoredStops = 100;
    expect(await codeOf(session.stop())).toBe('did-not-stop');
  });

  it('tells of a stop by somebody else, of a closed data port and of RHX’s end', async () => {
    const rhx = await startRhx(store);
    const session = await openSession(store, rhx);
    const heard = listened(session);
    await session.run();
    rhx.clickStop();
    await until(() => heard.problems.includes('stopped-by-itself'));
    rhx.crash();
    await until(() => heard.problems.length === 3);
    expect(heard.problems.toSorted()).toEqual(['command-closed', 'data-port-closed', 'stopped-by-itself']);
  });

  it('tells of a run that somebody else began', async () => {
    const rhx = await startRhx(store);
    const session = await openSession(store, rhx);
    await session.run();
    await session.stop();
    const heard = listened(session);
    rhx.clickRun();
    await until(() => heard.problems.length > 0);
    expect(heard.problems).toEqual(['stopped-by-itself']);
  });

  it('lets the stream go when it is 5 s late, so that RHX does not stop its own recording', async () => {
    const rhx = await startRhx(store, { speed: 10 });
    const session = await openSession(store, rhx);
    const heard = listened(session);
    await session.run();
    rhx.faults.isHolding = true;
    await until(() => rhx.packets.join('').includes(';execute disconnecttcpwaveformdataoutput;'));
    expect(heard.problems).toContain('lag-too-long');
    expect(rhx.runMode).toBe('Run');
  });

  it('refuses to begin on a board that runs, on too many words and on channels that are not there', async () => {
    const rhx = await startRhx(store, { amplifiers: [32, 32] });
    const all = Array.from({ length: 32 }, (_, index) => `A-${String(index).padStart(3, '0')}`);
    const amplifiers = all.map((channel) => ({ channel, bands: ['WIDE', 'LOW'] as const, hasSpikes: false }));
    expect(await codeOf(openSession(store, rhx, { amplifiers, others: [] }))).toBe('too-many-words');
    await rhx.clickConnect();
    expect(await codeOf(openSession(store, rhx, { amplifiers: [], others: ['A-AUX1'] }))).toBe('unknown-parameter');
    await rhx.clickConnect();
    const session = await openSession(store, rhx);
    await session.run();
    session.dispose();
    await until(() => rhx.settings.valueOf('tcpwaveformdataoutputconnectionstatus') === 'Disconnected');
    await rhx.clickConnect();
    expect(await codeOf(openSession(store, rhx))).toBe('already-running');
    const empty = await startRhx(store, { amplifiers: [] });
    expect(await codeOf(openSession(store, empty, wideAndSpikes))).toBe('no-channels');
  });
});
