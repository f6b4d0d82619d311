import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Emitter } from '../../../../common/base/event.ts';
import { catalogue } from '../../../../common/learning-rule/catalogue/catalogue.ts';
import type { AnalysisMessage } from '../../../../common/journal/analysis-message.ts';
import type { CheckReport, RuleCheckReport } from '../../../../common/rule-study/check-report.ts';
import type { StudyOutcome } from '../../../../common/rule-study/study-results.ts';
import type { ChildProgram } from '../../../rig/platform.ts';
import type { ShellSetting } from '../shell-setting.ts';
import { rules } from './rules.ts';
import { timeLeft } from './follow-analysis.ts';

let printed: string[];
let errors: string[];
let started: string[][];
let folder: string;
beforeEach(() => {
  [printed, errors, started] = [[], [], []];
  folder = mkdtempSync(join(tmpdir(), 'exocortex-rules-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A shell whose analysis program answers at once. @param isInterrupted as if Ctrl+C had been pressed */
function shellThat(answer: (args: readonly string[]) => AnalysisMessage, isInterrupted = false): ShellSetting {
  const startProgram = (_: string, args: readonly string[]): ChildProgram => {
    started.push([...args]);
    const onMessage = new Emitter<unknown>();
    queueMicrotask(() => onMessage.fire(answer(args)));
    return {
      pid: undefined,
      send: (message) => void started.push([JSON.stringify(message)]),
      onMessage: onMessage.event,
      onExit: new Emitter<{ code: number | null; signal: string | null }>().event,
      dispose: () => onMessage.dispose(),
    };
  };
  return {
    platform: {
      shell: 'node',
      programsFolder: folder,
      applicationFolder: folder,
      stationFolder: folder,
      startProgram,
      preventSleep: () => ({ unsupported: 'a test' }),
    },
    version: '0',
    pageFolder: folder,
    print: (text) => void printed.push(text),
    printError: (text) => void errors.push(text),
    untilInterrupted: () => (isInterrupted ? Promise.resolve() : new Promise(() => {})),
  };
}

const places = {
  kind: 'done',
  job: 'rules-list',
  result: [{ rule: 'backpropagation', tasks: ['parity'], checks: ['a'] }],
} as const;
const check = (passed: boolean, killed: boolean): CheckReport => ({
  id: 'window',
  title: 'The window is exponential',
  rules: ['pair-stdp'],
  source: 'Gerstner 1996',
  gate: 'relative error < 1e-10',
  value: passed ? 6e-15 : 0.1234567,
  passed,
  ...(passed ? {} : { note: 'worst at 80 ms' }),
  seconds: 0.5,
  mutants: [{ name: 'time constants swapped', value: 0.3, killed, seconds: 0.25 }],
});
const reportOf = (...checks: CheckReport[]): RuleCheckReport => ({
  tests: checks.length,
  passed: checks.filter(({ passed }) => passed).length,
  mutants: checks.length,
  killed: checks.filter(({ mutants }) => mutants[0]?.killed).length,
  rules: 1,
  seconds: 1,
  checks,
});
const runCheck = (report: RuleCheckReport, ...args: string[]) =>
  rules(
    shellThat(() => ({ kind: 'done', job: 'rules-check', result: report })),
    ['check', '--json', ...args],
  );

describe('rules check', () => {
  it.each([
    ['all is right', reportOf(check(true, true)), 0],
    ['a check fails', reportOf(check(true, true), check(false, true)), 1],
    ['a mutant lives', reportOf(check(true, false)), 1],
    ['there is no check at all', reportOf(), 1],
  ])('when %s', async (_, report, code) => {
    expect(await runCheck(report)).toBe(code);
    expect(JSON.parse(printed.at(-1)!)).toEqual(report);
  });

  it('says what is wrong, and with which mistake', async () => {
    const report = reportOf(check(false, false));
    await rules(
      shellThat(() => ({ kind: 'done', job: 'rules-check', result: report })),
      ['check'],
    );
    expect(printed).toEqual([
      'CHECK   MEASURED  GATE                            MUTANTS KILLED  TIME',
      'window  0.123     relative error < 1e-10  FAILED  0 of 1          0.8 s',
      '',
      'window: The window is exponential',
      '  is not so: worst at 80 ms',
      '  lives: time constants swapped (measured 0.3)',
      '',
      '0 of 1 checks of 1 rules passed, 0 of 1 mutants were killed, in 1.0 s.',
    ]);
  });

  it('hands on which checks are wanted, in whichever way they are listed', async () => {
    const report = reportOf(check(true, true));
    await runCheck(report, '--only', 'a', 'b', '--only', 'c,d');
    expect(started).toEqual([['rules-check', 'a', 'c', 'd', 'b']]);
    await expect(runCheck(report, 'b')).rejects.toThrow(RangeError);
  });

  it('says why it could not be done', async () => {
    const shell = shellThat(() => ({ kind: 'failed', what: "There is no check 'x'.", cure: 'The checks are a, b.' }));
    expect(await rules(shell, ['check', '--only', 'x', '--json'])).toBe(1);
    expect(errors).toEqual(["There is no check 'x'. The checks are a, b."]);
  });
});

describe('rules list and show', () => {
  it('lists every rule with its class and where it runs', async () => {
    expect(
      await rules(
        shellThat(() => places),
        ['list', '--json'],
      ),
    ).toBe(0);
    const listed = JSON.parse(printed[0]!) as { name: string; locality: string; runs: string[]; checks: string[] }[];
    expect(listed.map(({ name }) => name)).toEqual(catalogue.map(({ name }) => name));
    expect(listed).toContainEqual(expect.objectContaining({ name: 'pair-stdp', locality: 'L1', runs: ['population'] }));
    expect(listed).toContainEqual(
      expect.objectContaining({ name: 'backpropagation', locality: 'L5', runs: ['studies'], checks: ['a'] }),
    );
    expect(
      await rules(
        shellThat(() => places),
        ['list'],
      ),
    ).toBe(0);
    expect(printed.some((line) => /^pair-stdp +Pair STDP +L1 +spiking +population +0$/.test(line))).toBe(true);
  });

  it('shows what a rule declares', async () => {
    expect(
      await rules(
        shellThat(() => places),
        ['show', 'pair-stdp'],
      ),
    ).toBe(0);
    const text = printed.join('\n');
    expect(text).toContain('Class L1. What a synapse must know: also memories of its own');
    expect(text).toMatch(/when a spike arrives +w becomes w - A_minus \* w_max \* y/);
    expect(text).toMatch(/potentiationTimeConstantMilliseconds +tau_plus +τ\+ +1 to 500 ms +default 20 ms/);
    expect(text).toMatch(/x +sender +Trace of the sender +trace of its spikes, decays with tau_plus/);
    expect(text).toContain('w stays at or above 0 and at or below w_max');
    expect(text).toContain('Gerstner, Kempter');
  });

  it.each(catalogue.map(({ name }) => name))('%s can be shown', async (name) => {
    expect(
      await rules(
        shellThat(() => places),
        ['show', name],
      ),
    ).toBe(0);
    expect(printed.join('\n')).not.toMatch(/undefined|\[object/);
  });

  it('refuses what it does not know', async () => {
    await expect(
      rules(
        shellThat(() => places),
        ['show', 'nothing'],
      ),
    ).rejects.toThrow(/There is no rule 'nothing'/);
    await expect(
      rules(
        shellThat(() => places),
        ['burn'],
      ),
    ).rejects.toThrow("There is no command 'rules burn'");
    expect(
      await rules(
        shellThat(() => places),
        [],
      ),
    ).toBe(0);
    expect(printed.join('\n')).toContain('exocortex rules compare <study file>');
  });
});

const study = `exocortex: rule-study/1
title: XOR
description: Whether errors reach a hidden layer.
task: { kind: parity, bits: 2 }
network: { kind: multilayer, hiddenNeurons: [6] }
presentations: 60
batchSamples: 4
evaluateEveryPresentations: 20
seeds: 3
reference: backpropagation
rules: [{ rule: backpropagation }]
`;

/** As far as it is printed. */
const outcome = (isMet: boolean): StudyOutcome => ({
  folder,
  units: 6,
  resumed: 2,
  seconds: 1,
  nanosecondsPerSynapse: { backpropagation: 12.3 },
  files: ['report.html'],
  results: {
    format: 'exocortex-rule-study-results/1',
    title: 'XOR',
    description: '',
    study: 'hash',
    task: { kind: 'parity', bits: 2 },
    layers: [2, 6, 1],
    presentations: 60,
    batchSamples: 4,
    score: { label: 'Accuracy', unit: '%', better: 'higher' },
    reference: 'backpropagation',
    rules: [
      {
        label: 'backpropagation',
        rule: 'backpropagation',
        title: 'Backpropagation',
        locality: 'L5',
        parameters: {},
        wordsPerSynapse: 0,
        synapses: 18,
        seeds: 3,
        diverged: 0,
        scores: [100, 100, 75],
        score: { mean: 91.6666, standardError: 8.3333 },
        interval: [55.8, 127.5],
        curve: [],
        sensitivity: [],
        published: [],
      },
    ],
    gates: [
      {
        gate: { kind: 'score-at-least', rule: 'backpropagation', value: 90 },
        words: 'accuracy of backpropagation at least 90 %',
        measured: 91.6666,
        isMet,
      },
    ],
  },
});

describe('rules compare', () => {
  const compare = async (
    text: string,
    result: () => AnalysisMessage = () => ({ kind: 'done', job: 'rules-compare', result: outcome(true) }),
    ...args: string[]
  ) => {
    const file = join(folder, 'xor.yaml');
    writeFileSync(file, text);
    const shell = shellThat(([job]) => (job === 'rules-list' ? places : result()));
    return rules(shell, ['compare', file, '--out', join(folder, 'out'), ...args]);
  };
  const prepared = () =>
    JSON.parse(readFileSync(join(folder, 'out', 'study.json'), 'utf8')) as { hash: string; study: { seeds: number } };

  it('hands the study on in its folder, and prints what came out', async () => {
    expect(await compare(study)).toBe(0);
    expect(started).toEqual([['rules-list'], ['rules-compare', join(folder, 'out')]]);
    expect(prepared()).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/), study: { seeds: 3 } });
    expect(printed.join('\n')).toMatch(/backpropagation +L5 +91\.7 \(55\.8 to 128\) +0 +12\.3/);
    expect(printed).toContain('met  accuracy of backpropagation at least 90 %: 91.7');
    expect(printed.at(-1)).toBe('6 units, 2 of which were there, in 1.0 s. report.html');
  });

  it('ends with 1 when something is not met, and prints one object with --json', async () => {
    const missed = () => ({ kind: 'done', job: 'rules-compare', result: outcome(false) }) as const;
    expect(await compare(study, missed, '--json', '--seeds', '5')).toBe(1);
    expect(prepared().study.seeds).toBe(5);
    expect(printed).toHaveLength(1);
    expect(JSON.parse(printed[0]!)).toMatchObject({ units: 6, resumed: 2, gates: [{ isMet: false }] });
  });

  it('answers a wrong file with its lines, and starts nothing', async () => {
    expect(await compare(study.replace('rule: backpropagation', 'rule: backprop'))).toBe(2);
    expect(errors).toContainEqual(
      expect.stringMatching(/xor\.yaml:11:17: error: There is no learning rule called backprop/),
    );
    expect(await compare(study.replace('rule: backpropagation', 'rule: pair-stdp'))).toBe(2);
    expect(errors).toContainEqual(
      expect.stringMatching(/pair-stdp cannot learn the task parity\. Write backpropagation/),
    );
    expect(started).toEqual([['rules-list'], ['rules-list']]);
  });

  it('refuses a folder of another version, which stays as it is, and takes one of the same', async () => {
    expect(await compare(study)).toBe(0);
    const { hash } = prepared();
    expect(await compare(study.replace('presentations: 60', 'presentations: 80'))).toBe(2);
    expect(errors.at(-1)).toMatch(/holds results of another version of this study.* Name another folder with --out/);
    expect(prepared().hash).toBe(hash);
    expect(await compare(study.replace('title: XOR', 'title: Parity'), undefined, '--seeds', '9')).toBe(0);
    expect(prepared()).toMatchObject({ hash, study: { seeds: 9 } });
  });

  it('tells how to go on when it was stopped', async () => {
    const stopped = () => ({ kind: 'failed', what: 'The job was cancelled.', cure: 'Start it again.' }) as const;
    expect(await compare(study, stopped)).toBe(1);
    expect(errors.at(-1)).toBe(`What is done is in ${join(folder, 'out')}; the same command goes on with it.`);
  });

  it('passes Ctrl+C on', async () => {
    writeFileSync(join(folder, 'xor.yaml'), study);
    const shell = shellThat(
      ([job]) => (job === 'rules-list' ? places : { kind: 'failed', what: 'Stopped', cure: 'Again' }),
      true,
    );
    await rules(shell, ['compare', join(folder, 'xor.yaml'), '--out', join(folder, 'out')]);
    expect(started).toContainEqual(['{"kind":"cancel"}']);
  });

  it.each([[['--seeds', '0']], [['--seeds', '1.5']], [['another.yaml']], [['--fast']]])('refuses %j', async (args) => {
    await expect(compare(study, undefined, ...args)).rejects.toThrow();
    expect(started).toEqual([]);
  });
});

it('the time that is left counts from what an earlier start had done', () => {
  expect(timeLeft(10, 0.5, 0.75)).toBe('10 s');
  expect(timeLeft(60, 0, 0.2)).toBe('4 min');
  expect(timeLeft(10, 0.5, 0.5)).toBeUndefined();
});
