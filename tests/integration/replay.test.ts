// A session to which everything was done is replayed bit for bit, and every change of its record is found where it was made.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JournalFrame } from '../../common/journal/frame.ts';
import * as records from '../../common/journal/records.ts';
import { recordType } from '../../common/journal/records.ts';
import type { ReplayReport } from '../../common/journal/replay-report.ts';
import {
  journalFileName,
  type Mark,
  populationStartFile,
  type SessionOpening,
} from '../../common/journal/session-documents.ts';
import { simulationConfiguration } from '../../common/simulation-protocol/configuration.ts';
import { replaySession } from '../../main/rig/replay-session.ts';
import type { ReplayInput } from '../../main/rig/turns.ts';
import { startChildProgram } from '../../main/shells/start-child-program.ts';
import { fingerprint } from '../../simulation/state/state-file.ts';
import { withLab } from '../support/lab.ts';
import { readFrames, writeFrames } from '../support/rewrite-journal.ts';
import { lastJson, programsFolder, root, runExocortex } from '../support/run-exocortex.ts';

const experiment = join(root, 'experiments', 'reward-learning-virtual', 'experiment.yaml');
/** One block now and then. */
const lost = Array.from({ length: 60 }, (_, index) => ({
  fault: 'lost-samples' as const,
  atSample: 30_000 + index * 12_000,
  blocks: 1,
}));

const drive = { kind: 'drive', unit: 'mV', strength: 8 } as const;
const longDrive = { ...drive, population: 1, milliseconds: 60_000 };
const shortDrive = { ...drive, population: 0, milliseconds: 40 };

let out = '';
let session = '';
let frames: JournalFrame[] = [];

/** Everything that an operator can do to a session, as far as this computer's load lets it. */
async function recordBusySession(): Promise<void> {
  await withLab(
    async ({ operator, finished }) => {
      const attempt = (doing: Promise<unknown>) => doing.catch(() => undefined);
      const pulse = () => attempt(operator.give('stimulus.test', { stimulus: 'pulse' }));
      await operator.connect(experiment, 'real-time');
      await attempt(operator.give('limits.tighten', { timing: { refusalsInTenSecondsToTrip: 20 } }));
      await attempt(operator.arm('test'));
      await operator.give('run.start', { operator: 'test' });
      for (let pulses = 0; pulses < 3; pulses++) {
        await pulse();
        await wait(120);
      }
      await attempt(operator.give('population.pause', {}));
      await wait(30);
      await attempt(operator.give('population.resume', {}));
      await attempt(operator.give('population.control', { kind: 'freeze', projection: 0, isFrozen: true }));
      await attempt(operator.give('population.control', longDrive));
      await attempt(operator.give('population.control', shortDrive));
      await wait(100);
      await attempt(operator.give('limits.tighten', { total: { rateMaxHz: 20 } }));
      await attempt(operator.give('mark.add', { text: 'stopped' }));
      await attempt(operator.give('stop', {}));
      await wait(60);
      await attempt(operator.arm('test'));
      await pulse();
      // A hand that does not leave the button: refused until the rig trips.
      for (let pulses = 0; pulses < 200 && operator.status?.interlock.firstCause === undefined; pulses++) await pulse();
      await wait(100);
      await operator.give('run.end', {});
      cpSync((await finished).folder, session, { recursive: true });
    },
    { faults: lost },
  );
}

beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'exocortex-replay-'));
  session = join(out, 'session');
  await recordBusySession();
  frames = readFrames(join(session, journalFileName));
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

let copies = 0;
/** A session with these records, and the population's state that `change` makes of the recorded one. */
function copyWith(changed: readonly JournalFrame[], change: (state: Buffer) => Buffer = (state) => state): string {
  const folder = join(out, `copy-${++copies}`);
  mkdirSync(folder);
  writeFrames(join(folder, journalFileName), changed);
  writeFileSync(join(folder, populationStartFile), change(readFileSync(join(session, populationStartFile))));
  return folder;
}

/** With the TypeScript kernels, while the session was recorded with native ones where these are there. */
async function replay(folder: string): Promise<ReplayReport> {
  let program: ReturnType<typeof startChildProgram> | undefined;
  try {
    return await replaySession({
      folder,
      backend: 'typescript',
      kernels: undefined,
      startSimulation: (environment) => {
        const start = { ...environment, EXOCORTEX_BACKEND: 'typescript' };
        program = startChildProgram(join(programsFolder, 'simulation.js'), [], start);
      },
      onProgress: () => {},
    });
  } finally {
    program?.dispose();
  }
}

const documentOf = ({ payload }: JournalFrame) => JSON.parse(new TextDecoder().decode(payload)) as unknown;
const viewOf = ({ payload }: JournalFrame) => new DataView(payload.buffer, payload.byteOffset, payload.length);
/** The records of the first ticks. */
const firstTicks = (count: number) => {
  let blocks = 0;
  const end = frames.findIndex(({ type }) => type === recordType.block && ++blocks > count);
  return frames.slice(0, end < 0 ? frames.length : end);
};
const changedAt = (all: readonly JournalFrame[], at: number, change: (frame: JournalFrame, view: DataView) => void) =>
  all.map((frame, index) => {
    if (index !== at) return frame;
    const changed = { ...frame, payload: frame.payload.slice() };
    change(changed, viewOf(changed));
    return changed;
  });
const withOpening = (all: readonly JournalFrame[], change: (opening: SessionOpening) => void) => {
  const opening = JSON.parse(new TextDecoder().decode(all[0]!.payload)) as SessionOpening;
  change(opening);
  const changed = all.map((frame, index) =>
    index === 0 ? { ...frame, payload: new TextEncoder().encode(JSON.stringify(opening)) } : frame,
  );
  /** As if the state belonged to the changed network. */
  const adopt = (state: Buffer) => {
    const end = state.indexOf(0x0a);
    const head = JSON.parse(state.subarray(0, end).toString()) as { network: string };
    head.network = fingerprint(simulationConfiguration(opening.checked));
    return Buffer.concat([Buffer.from(JSON.stringify(head).padEnd(end)), state.subarray(end)]);
  };
  return { changed, adopt };
};

describe('a session to which everything was done', () => {
  it('is replayed by the command line: everything is equal, bit for bit', async () => {
    const finished = await runExocortex(['replay', session, '--json']);
    expect(finished.code, finished.stderr + finished.stdout).toBe(0);
    const report = lastJson<ReplayReport>(finished);
    expect(report).toMatchObject({
      isEqual: true,
      difference: null,
      end: 'closed',
      backend: { replayed: 'typescript' },
    });
    for (const { recorded, computed, equal } of Object.values(report.compared))
      expect([computed, equal]).toEqual([recorded, recorded]);
    const ofType = (type: number) => frames.filter((frame) => frame.type === type).length;
    expect(report.compared.ticks.recorded).toBe(ofType(recordType.tick));
    expect(report.compared.transitions.recorded).toBe(ofType(recordType.state));
    expect(report.compared.limits.recorded).toBe(1);
    for (const kind of ['spikes', 'results', 'populationSpikes', 'requests', 'refusals', 'gaps'] as const)
      expect([kind, report.compared[kind].recorded > 0]).toEqual([kind, true]);
  });

  it('has a drive that ends by its time, and one that ends because the output was turned off', () => {
    const documents = (type: number) => frames.filter((frame) => frame.type === type).map(documentOf);
    expect(documents(recordType.input).filter((each) => (each as ReplayInput).kind === 'drive')).toEqual([
      { kind: 'drive', control: longDrive },
      { kind: 'drive', control: shortDrive },
      { kind: 'drive', control: { kind: 'end-drive', population: null } },
    ]);
    const marks = documents(recordType.mark).map((mark) => (mark as Mark).text);
    expect(marks).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^The operator drives hidden with 8 mV for 60000 ms, begun before step \d+ \(tick \d+\)\.$/,
        ),
        'The drive of sensory has ended: its time is over.',
        expect.stringMatching(
          /^The drive of hidden was ended before step \d+ \(tick \d+\): the output was turned off\.$/,
        ),
      ]),
    );
  });

  it('is replayed as far as it is whole, when it was cut off and when it is damaged', async () => {
    const cut = copyWith(firstTicks(150));
    truncateSync(join(cut, journalFileName), readFileSync(join(cut, journalFileName)).length - 11);
    const turns = firstTicks(150).filter(({ type }) => type === recordType.turn).length;
    // The record that is cut ends a turn.
    expect(await replay(cut)).toMatchObject({ isEqual: true, end: 'cut off', turns: turns - 1 });

    const damaged = copyWith(firstTicks(150));
    const bytes = readFileSync(join(damaged, journalFileName));
    bytes[bytes.length - 3000]! ^= 1;
    writeFileSync(join(damaged, journalFileName), bytes);
    const report = await replay(damaged);
    expect(report).toMatchObject({ isEqual: true, end: 'damaged' });
    expect(report.damage).toMatch(/record \d+ at byte \d+ is damaged/);
  });
});

describe('a changed record is found where it was changed:', () => {
  it('a sample', async () => {
    const some = firstTicks(150);
    const loud: number[] = [recordType.spikes, recordType.gap, recordType.permit, recordType.delivery];
    const isQuiet = (at: number) => !some.slice(at - 20, at + 6).some(({ type }) => loud.includes(type));
    const at = some.findIndex(({ type }, index) => type === recordType.block && index > 150 && isQuiet(index));
    expect(at).toBeGreaterThan(0);
    const { firstSample, sampleCount, channels } = records.blockHeader.read(viewOf(some[at]!), 0);
    const changed = changedAt(some, at, (_, view) =>
      view.setInt16(records.blockHeader.bytes + 2 * (10 * channels + 3), -30_000, true),
    );
    const { isEqual, difference } = await replay(copyWith(changed));
    expect(isEqual).toBe(false);
    expect(difference).toMatchObject({ kind: 'spikes', turn: 'block', recorded: null });
    expect(difference?.sample).toBeGreaterThanOrEqual(firstSample + 10);
    expect(difference?.sample).toBeLessThan(firstSample + sampleCount);
  });

  it('a drive', async () => {
    const at = frames.findIndex(
      (frame) => frame.type === recordType.input && (documentOf(frame) as ReplayInput).kind === 'drive',
    );
    const blocks = frames.slice(at).flatMap(({ type }, index) => (type === recordType.block ? [at + index] : []));
    const changed = frames.slice(0, blocks[90]).map((frame, index) => {
      const weaker = { kind: 'drive', control: { ...longDrive, strength: 7 } };
      return index === at ? { ...frame, payload: new TextEncoder().encode(JSON.stringify(weaker)) } : frame;
    });
    const { isEqual, difference } = await replay(copyWith(changed));
    expect(isEqual).toBe(false);
    expect(difference?.turn).toBe('result');
  });

  it('a decision', async () => {
    const at = frames.findIndex(({ type }) => type === recordType.request);
    const tick = records.request.read(viewOf(frames[at]!), 0).tick;
    const isDecision = ({ type }: JournalFrame) => type === recordType.permit || type === recordType.refusal;
    const decision = frames.slice(at).find(isDecision)!;
    const place = frames.indexOf(decision);
    const until = frames.findIndex(({ type }, index) => index > place && type === recordType.block);
    // Behind the request that it answers: how long the permit holds, or the value that was refused.
    const changed = changedAt(frames.slice(0, until), place, (_, view) =>
      view.setFloat64(8, view.getFloat64(8, true) + 1, true),
    );
    const { difference, compared } = await replay(copyWith(changed));
    expect(difference?.kind).toBe(decision.type === recordType.permit ? 'permits' : 'refusals');
    expect(difference?.tick).toBe(tick);
    expect(compared.requests.equal).toBe(compared.requests.recorded);
  });

  it('the seed, which the state of the population does not fit', async () => {
    const { changed } = withOpening(firstTicks(10), ({ checked }) => void checked.experiment.seed++);
    await expect(replay(copyWith(changed))).rejects.toThrow(/belongs to another network/);
  });

  it('a parameter of a rule', async () => {
    const { changed, adopt } = withOpening(firstTicks(60), ({ checked }) => {
      const text = JSON.stringify(checked.ownRules);
      checked.ownRules = JSON.parse(text.replace('"default":10000', '"default":500')) as typeof checked.ownRules;
      expect(JSON.stringify(checked.ownRules)).not.toBe(text);
    });
    const { difference } = await replay(copyWith(changed, adopt));
    expect(difference).toMatchObject({ kind: 'results', turn: 'result' });
    const first = frames.find(({ type }) => type === recordType.simulation)!;
    const { tick } = records.simulationHeader.read(viewOf(first), 0);
    expect(difference?.tick).toBeGreaterThanOrEqual(tick);
    expect(difference?.tick).toBeLessThan(tick + 5);
  });

  it('the state of the population, which is not the one that the journal speaks of', async () => {
    const broken = (state: Buffer) => {
      state[state.length - 1]! ^= 1;
      return state;
    };
    await expect(replay(copyWith(firstTicks(10), broken))).rejects.toThrow(/is damaged/);
  });
});

it('a session without a beginning to replay from is refused in a sentence', async () => {
  const older = firstTicks(10).filter(({ type }) => type < recordType.memory);
  const finished = await runExocortex(['replay', copyWith(older)]);
  expect(finished.code).toBe(2);
  expect(finished.stderr).toContain('did not keep what a replay begins with. ');
  expect((await runExocortex(['replay', join(out, 'nowhere')])).code).toBe(2);
});
