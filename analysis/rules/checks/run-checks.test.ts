import { describe, expect, it } from 'vitest';
import type { Worker } from '../crew/crew.ts';
import { allChecks } from './all-checks.ts';
import { below, ruleCheck } from './check.ts';
import { measureOnce, type MeasuredOnce } from './measure-once.ts';
import { type CheckPiece, runChecks } from './run-checks.ts';

const check = (id: string, subject: number, mutants: Record<string, number>) =>
  ruleCheck<number>({
    id,
    rules: [`${id}-rule`],
    title: 'The number is below one',
    source: 'Nobody 1900',
    gate: 'number < 1',
    subject,
    mutants,
    measure(value) {
      if (value === 13) throw new RangeError('shapes do not fit');
      return below(value, 1, `it was ${value}`);
    },
  });
const good = check('good', 0.5, { 'twice as much': 2, 'not a number': NaN, 'does not run': 13 });
const failing = check('failing', 3, { worse: 4 });
const surviving = check('surviving', 0.5, { 'a little more': 0.7, 'much more': 9 });

const run = (checks: Parameters<typeof runChecks>[0]['checks'], only: readonly string[] = []) =>
  runChecks({
    checks,
    only,
    workers: 3,
    now: () => 0,
    startWorker: (): Worker<CheckPiece, MeasuredOnce> => ({
      work: (piece) => Promise.resolve(measureOnce(checks, piece, () => 0)),
      dispose: () => {},
    }),
  });

describe('running checks', () => {
  it('counts what passes and what is killed', async () => {
    const report = await run([good]);
    expect(report).toMatchObject({ tests: 1, passed: 1, mutants: 3, killed: 3, rules: 1 });
    expect(report.checks[0]).toMatchObject({ id: 'good', value: 0.5, passed: true, note: 'it was 0.5' });
    expect(report.checks[0]?.mutants).toMatchObject([
      { name: 'twice as much', value: 2, killed: true },
      { name: 'not a number', value: null, killed: true },
      { name: 'does not run', value: null, killed: true, note: 'stopped with: shapes do not fit' },
    ]);
  });

  it('shows a check that fails and a mutant that lives', async () => {
    const report = await run([good, failing, surviving]);
    expect(report).toMatchObject({ tests: 3, passed: 2, mutants: 6, killed: 5, rules: 3 });
    expect(report.checks.map(({ passed }) => passed)).toEqual([true, false, true]);
    expect(report.checks[2]?.mutants.map(({ killed }) => killed)).toEqual([false, true]);
  });

  it('does not take an error of the implementation for a pass', async () => {
    expect(await run([check('broken', 13, { other: 2 })])).toMatchObject({ tests: 1, passed: 0, killed: 1 });
  });

  it('takes those that are named, by check or by rule, and says what there is', async () => {
    const ids = async (...only: string[]) => (await run([good, failing, surviving], only)).checks.map(({ id }) => id);
    expect(await ids('failing')).toEqual(['failing']);
    expect(await ids('surviving-rule', 'good')).toEqual(['good', 'surviving']);
    await expect(ids('nothing')).rejects.toMatchObject({ cure: 'The checks are good, failing, surviving.' });
  });
});

describe('the checks of the program', () => {
  it('have names of their own, and each a mistake to catch', () => {
    const ids = allChecks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, mutants } of allChecks) {
      const names = mutants.map(({ name }) => name);
      expect(names.length, id).toBeGreaterThan(0);
      expect(new Set(names).size, id).toBe(names.length);
    }
  });
});
