import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RuleStudy } from '../../../common/rule-study/study.ts';
import type { StudyResults } from '../../../common/rule-study/study-results.ts';
import { temporaryFolder } from '../../journal/temporary-folder.fixture.ts';
import { runStudy, type RunStudyOptions } from './run-study.ts';
import { smallStudy, unitWorker } from './small-study.fixture.ts';
import { studyKinds } from './study-kinds.ts';

let temporary: ReturnType<typeof temporaryFolder>;
beforeEach(() => (temporary = temporaryFolder()));
afterEach(() => temporary.dispose());

const start = (name: string, study: RuleStudy = smallStudy(), changes: Partial<RunStudyOptions> = {}) =>
  runStudy(study, {
    folder: join(temporary.path, name),
    hash: 'one',
    kinds: studyKinds,
    workers: 2,
    startWorker: () => unitWorker(),
    now: () => performance.now(),
    ...changes,
  });
const read = (...names: string[]) => readFileSync(join(temporary.path, ...names), 'utf8');

describe('a study', () => {
  it('gives the same results, byte by byte, in whatever order its units end', async () => {
    await start('one');
    await start('other', smallStudy(), { workers: 1 });
    expect(read('one', 'results.json')).toBe(read('other', 'results.json'));
    expect(read('one', 'learning-curves.svg')).toBe(read('other', 'learning-curves.svg'));
  });

  it('runs every rule, the control and every setting with every seed', async () => {
    const { units, resumed, results, nanosecondsPerSynapse } = await start('one');
    // Three rules with three seeds, and two factors with one seed.
    expect([units, resumed]).toEqual([3 * 3 + 3 * 2, 0]);
    expect(results.rules.map(({ label }) => label)).toEqual(['backpropagation', 'random', 'readout-only']);
    const [backpropagation, random, control] = results.rules;
    expect(backpropagation).toMatchObject({ locality: 'L5', seeds: 3, diverged: 0, wordsPerSynapse: 0 });
    expect(backpropagation?.curve.map(({ presentations }) => presentations)).toEqual([0, 20, 40, 60]);
    expect(backpropagation?.curve.at(-1)?.anglesDegrees[0]?.mean).toBeLessThan(1e-6);
    expect(random).toMatchObject({ wordsPerSynapse: 1, published: [{ value: 100, source: 'Somebody 2000' }] });
    expect(random?.curve[0]?.anglesDegrees[0]?.mean).toBeGreaterThan(30);
    // The control learns with the reference's rate, and nothing in its hidden layer.
    expect(control).toMatchObject({ parameters: { learningRate: 0.2 }, wordsPerSynapse: 0 });
    expect(control?.curve.every(({ anglesDegrees: [hidden] }) => hidden?.mean === null)).toBe(true);
    expect(control?.sensitivity.map(({ factor, value }) => [factor, value])).toEqual([
      [0.5, 0.1],
      [2, 0.4],
    ]);
    expect(results.gates[0]).toMatchObject({ isMet: true, words: 'accuracy of readout-only at most 75 %' });
    expect(Object.values(nanosecondsPerSynapse).every((each) => each > 0)).toBe(true);
  });

  it('goes on where it was stopped: finished units stay as they are, the rest is run', async () => {
    await start('whole');
    const cancelled = new AbortController();
    let begun = 0;
    const stopping = start('stopped', smallStudy(), {
      workers: 1,
      signal: cancelled.signal,
      startWorker: () =>
        unitWorker(() => {
          begun += 1;
          // The sixth unit never ends.
          return begun < 6 ? undefined : new Promise<void>(() => cancelled.abort(new Error('stopped')));
        }),
    });
    await expect(stopping).rejects.toThrow('stopped');
    const units = readdirSync(join(temporary.path, 'stopped', 'units')).sort();
    expect(units).toHaveLength(5 + 1);
    const before = units.map((name) => read('stopped', 'units', name));
    const soFar = JSON.parse(read('stopped', 'results.json')) as StudyResults;
    expect(soFar).toMatchObject({ unitsMissing: 10, gates: [] });
    expect(
      soFar.rules.reduce(
        (sum, { seeds, sensitivity }) => sum + seeds + sensitivity.reduce((all, each) => all + each.seeds, 0),
        0,
      ),
    ).toBe(5);

    const told: string[] = [];
    const { resumed } = await start('stopped', smallStudy(), { onProgress: (_, what) => told.push(what) });
    expect(resumed).toBe(5);
    expect(told[0]).toBe('5 of 15 units, 5 of them were there');
    expect(units.map((name) => read('stopped', 'units', name))).toEqual(before);
    expect(read('stopped', 'results.json')).toBe(read('whole', 'results.json'));
  });

  it('refuses a folder with units of another version, and a unit that is not its own', async () => {
    await start('one');
    await expect(start('one', smallStudy(), { hash: 'two' })).rejects.toThrow(/another version of this study/);
    const file = join(temporary.path, 'one', 'units', 'random.seed-1.json');
    writeFileSync(file, read('one', 'units', 'random.seed-2.json'));
    await expect(start('one')).rejects.toThrow(/random\.seed-1\.json is not the result of its unit/);
    writeFileSync(file, '{"format":');
    await expect(start('one')).rejects.toThrow(/is not JSON/);
  });

  it('takes more seeds later, and runs only those', async () => {
    await start('one', smallStudy({ seeds: 2 }));
    const { units, resumed } = await start('one', smallStudy({ seeds: 3 }));
    expect([units, resumed]).toEqual([15, 12]);
  });

  it('says which rule cannot learn its task', async () => {
    await expect(start('one', smallStudy({ rules: [{ rule: 'pair-stdp' }] }))).rejects.toThrow(
      "'pair-stdp' cannot learn the task 'parity'",
    );
  });

  it('counts a rule that diverges, ends its run and lets it meet nothing', async () => {
    const { results } = await start(
      'one',
      smallStudy({
        task: { kind: 'teacher-student', inputs: 3, teacherNeurons: 4, outputs: 2 },
        presentations: 200,
        rules: [{ rule: 'backpropagation', parameters: { learningRate: 10 } }],
        network: { kind: 'multilayer', hiddenNeurons: [6], activation: 'linear' },
        sensitivity: undefined,
        published: [],
        gates: [{ kind: 'score-at-most', rule: 'backpropagation', value: 1e9 }],
      }),
    );
    expect(results.rules[0]).toMatchObject({ diverged: 3, scores: [null, null, null], interval: null });
    expect(results.rules[0]?.divergences?.map(({ seed, presentations }) => [seed, presentations > 0])).toEqual([
      [1, true],
      [2, true],
      [3, true],
    ]);
    for (const { loss } of results.rules[0]!.divergences!) expect(Number(loss) <= 1e12).toBe(false);
    expect(results.gates[0]).toMatchObject({ measured: null, isMet: false });
    expect(JSON.parse(read('one', 'results.json'))).toEqual(results);
  });
});
