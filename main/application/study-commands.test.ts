import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Emitter } from '../../common/base/event.ts';
import type { CoreNotice } from '../../common/contract/commands.ts';
import { studyTaskName } from '../../common/contract/studies.ts';
import type { AnalysisMessage } from '../../common/journal/analysis-message.ts';
import type { StudyOutcome, StudyResults } from '../../common/rule-study/study-results.ts';
import type { ChildProgram, Platform } from '../rig/platform.ts';
import { studyCommands } from './study-commands.ts';
import { StudyRuns } from './study-runs.ts';

const text = `exocortex: rule-study/1
title: XOR
description: Whether errors reach a hidden layer.
task: { kind: parity, bits: 2 }
network: { kind: multilayer, hiddenNeurons: [6] }
presentations: 60
batchSamples: 4
evaluateEveryPresentations: 20
seeds: 3
reference: backpropagation
rules:
  - { rule: backpropagation, parameters: { learningRate: 0.2 } }
  - { rule: feedback-alignment, label: random }
gates:
  - { kind: times-reference, rule: random, atMost: 2 }
  - { kind: score-at-most, rule: readout-only, value: 75 }
`;
const places = ['backpropagation', 'feedback-alignment', 'kolen-pollack'].map((rule) => ({
  rule,
  tasks: ['parity'],
  checks: [],
}));

let folder: string;
let notices: CoreNotice[];
/** What the analysis program was started with and told. */
let asked: string[];
let say: (message: AnalysisMessage) => void;
let nowMs: number;
let isRecording: boolean;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-studies-'));
  for (const name of ['shipped', 'own']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'shipped', 'xor.yaml'), text);
  [notices, asked, nowMs, isRecording] = [[], [], 0, false];
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The analysis program knows its rules at once; a comparison waits for `say`, and ends when it is cancelled. */
function startProgram(_: string, args: readonly string[]): ChildProgram {
  const onMessage = new Emitter<unknown>();
  asked.push(args.join(' '));
  if (args[0] === 'rules-list')
    queueMicrotask(() => onMessage.fire({ kind: 'done', job: 'rules-list', result: places }));
  else say = (message) => onMessage.fire(message);
  return {
    pid: undefined,
    send: (message) => {
      asked.push(JSON.stringify(message));
      queueMicrotask(() => onMessage.fire({ kind: 'failed', what: 'The job was cancelled.', cure: 'Again.' }));
    },
    onMessage: onMessage.event,
    onExit: new Emitter<{ code: number | null; signal: string | null }>().event,
    dispose: () => onMessage.dispose(),
  };
}

function core() {
  const platform = { startProgram } as unknown as Platform;
  const runs = new StudyRuns({ platform, notify: (notice) => void notices.push(notice), nowMs: () => nowMs });
  const folders = { shipped: join(folder, 'shipped'), own: join(folder, 'own') };
  return studyCommands({ platform, folders, runs, isRecording: () => isRecording });
}
const xor = () => ({ file: join(folder, 'shipped', 'xor.yaml') });
const results = () => join(folder, 'own', 'xor');
const settle = () => new Promise<void>((resolve) => setTimeout(resolve));

async function list(commands: ReturnType<typeof core>) {
  const outcome = await commands['studies.list']({});
  if ('refusal' in outcome) throw new Error(outcome.refusal.what);
  return outcome.answer.studies;
}

/** What the analysis program leaves of a finished study. */
function leaveResults({ seeds = 3, ...more }: Partial<Pick<StudyResults, 'unitsMissing'>> & { seeds?: number } = {}) {
  const { hash, study } = JSON.parse(readFileSync(join(results(), 'study.json'), 'utf8')) as {
    hash: string;
    study: { title: string; description: string; gates: object[] };
  };
  const found = {
    format: 'exocortex-rule-study-results/1',
    title: study.title,
    description: study.description,
    study: hash,
    rules: [{ label: 'backpropagation', seeds }],
    gates: study.gates.map((gate) => ({ gate, words: '', measured: 1, isMet: true })),
    ...more,
  } as unknown as StudyResults;
  writeFileSync(join(results(), 'results.json'), JSON.stringify(found));
  writeFileSync(join(results(), 'timing.json'), '{"nanosecondsPerSynapse":{"backpropagation":12.5}}');
  for (const name of ['report.html', 'angles-layer-1.svg']) writeFileSync(join(results(), name), 'x');
}

describe('the list of studies', () => {
  it('tells what each asks and which rules could learn its task, and asks the analysis program once', async () => {
    const commands = core();
    expect(await list(commands)).toEqual([
      {
        ...xor(),
        name: 'xor',
        title: 'XOR',
        description: 'Whether errors reach a hidden layer.',
        isShipped: true,
        task: 'parity',
        rules: [
          { rule: 'backpropagation', label: 'backpropagation' },
          { rule: 'feedback-alignment', label: 'random' },
        ],
        seeds: 3,
        eligible: ['backpropagation', 'feedback-alignment', 'kolen-pollack'],
        problems: [],
        folder: results(),
        progress: 'untouched',
        hasResults: false,
        isRunning: false,
      },
    ]);
    await list(commands);
    expect(asked).toEqual(['rules-list']);
  });

  it('shows a wrong file of the user with what is wrong, after those that came with the program', async () => {
    writeFileSync(join(folder, 'own', 'mine.yaml'), text.replace('rule: feedback-alignment', 'rule: feedback'));
    const [, mine] = await list(core());
    expect(mine).toMatchObject({ name: 'mine', isShipped: false, title: 'mine', rules: [] });
    expect(mine?.problems).toMatchObject([{ severity: 'error', line: 13, what: expect.stringContaining('feedback') }]);
  });
});

describe('a study', () => {
  it('runs as a task whose progress and time left are told, and is done when its results are there', async () => {
    const commands = core();
    expect(await commands['studies.start'](xor())).toEqual({ answer: { folder: results() } });
    expect(asked).toContain(`rules-compare ${results()}`);
    expect(await list(commands)).toMatchObject([{ isRunning: true, progress: 'begun' }]);
    say({ kind: 'progress', fraction: 0.25, what: '1 of 5 units, 1 of them were there' });
    nowMs = 4000;
    say({ kind: 'progress', fraction: 0.5, what: '3 of 5 units' });
    nowMs = 4100;
    say({ kind: 'progress', fraction: 0.7, what: 'too soon to be told' });
    leaveResults();
    say({
      kind: 'done',
      job: 'rules-compare',
      result: { files: [join(results(), 'report.html')] } as unknown as StudyOutcome,
    });
    await settle();
    const task = { notice: 'task', task: studyTaskName(results()), title: 'Study “XOR”' };
    expect(notices).toEqual([
      { ...task, state: 'running', fraction: 0 },
      { ...task, state: 'running', fraction: 0.25, what: '1 of 5 units, 1 of them were there' },
      { ...task, state: 'running', fraction: 0.5, what: '3 of 5 units', secondsLeft: 8 },
      { ...task, state: 'done', fraction: 1, result: join(results(), 'report.html') },
    ]);
    expect(await list(commands)).toMatchObject([{ isRunning: false, progress: 'done', hasResults: true }]);
  });

  it('is stopped in order when it is cancelled, and goes on with what is there', async () => {
    const commands = core();
    await commands['studies.start'](xor());
    say({ kind: 'progress', fraction: 0.5, what: 'half' });
    expect(await commands['studies.cancel'](xor())).toEqual({ answer: { done: true } });
    expect(asked).toContain('{"kind":"cancel"}');
    expect(notices.at(-1)).toMatchObject({ state: 'stopped', fraction: 0.5 });
    expect(await list(commands)).toMatchObject([{ isRunning: false, progress: 'begun' }]);
    expect(await commands['studies.cancel'](xor())).toMatchObject({ refusal: { code: 'not-now' } });
    expect(await commands['studies.start'](xor())).toHaveProperty('answer');
    await commands['studies.cancel'](xor());
  });

  it('says why it failed', async () => {
    await core()['studies.start'](xor());
    say({ kind: 'failed', what: 'The disk is full.', cure: 'Make room.' });
    await settle();
    expect(notices.at(-1)).toMatchObject({ state: 'failed', problem: 'The disk is full. Make room.' });
  });

  it('waits for a recording, and for another study, also one that is asked for at the same moment', async () => {
    const commands = core();
    isRecording = true;
    expect(await commands['studies.start'](xor())).toMatchObject({ refusal: { code: 'not-now' } });
    isRecording = false;
    const outcomes = await Promise.all([commands['studies.start'](xor()), commands['studies.start'](xor())]);
    expect(outcomes).toMatchObject([{ answer: {} }, { refusal: { what: 'the study “XOR” is running' } }]);
    await commands['studies.cancel'](xor());
  });

  it('does not touch a folder of another version, and says that it is one', async () => {
    const commands = core();
    await commands['studies.start'](xor());
    await commands['studies.cancel'](xor());
    writeFileSync(xor().file, text.replace('presentations: 60', 'presentations: 80'));
    expect(await list(commands)).toMatchObject([{ progress: 'other-version' }]);
    expect(await commands['studies.start'](xor())).toMatchObject({
      refusal: { code: 'failed', what: expect.stringContaining('another version') },
    });
  });

  it.each([
    ['more seeds', 'seeds: 3', 'seeds: 5', 'begun'],
    ['other expectations', 'atMost: 2', 'atMost: 3', 'begun'],
    ['fewer seeds', 'seeds: 3', 'seeds: 2', 'done'],
  ])('with %s than its results (%s, now %s) is %s', async (_, before, after, progress) => {
    const commands = core();
    await commands['studies.start'](xor());
    leaveResults();
    await commands['studies.cancel'](xor());
    writeFileSync(xor().file, text.replace(before, after));
    expect(await list(commands)).toMatchObject([{ progress }]);
  });

  it('is begun, and can be read, while only a part of its units is there', async () => {
    const commands = core();
    await commands['studies.start'](xor());
    leaveResults({ unitsMissing: 2 });
    await commands['studies.cancel'](xor());
    expect(await list(commands)).toMatchObject([{ progress: 'begun', hasResults: true }]);
    expect(await commands['studies.results'](xor())).toMatchObject({ answer: { results: { unitsMissing: 2 } } });
  });

  it('with a wrong file is refused with its lines, and one that is not listed is not found', async () => {
    const commands = core();
    writeFileSync(xor().file, text.replace('seeds: 3', 'seeds: none'));
    expect(await commands['studies.start'](xor())).toMatchObject({
      refusal: { code: 'invalid', diagnostics: [{ line: 9 }] },
    });
    for (const name of ['studies.start', 'studies.cancel', 'studies.results'] as const)
      expect(await commands[name]({ file: '/etc/passwd' })).toMatchObject({ refusal: { code: 'not-found' } });
    expect(asked).toEqual(['rules-list']);
  });

  it('hands on its results, times and files, the report first; before that it says that there are none', async () => {
    const commands = core();
    expect(await commands['studies.results'](xor())).toMatchObject({ refusal: { code: 'not-found' } });
    await commands['studies.start'](xor());
    leaveResults();
    await commands['studies.cancel'](xor());
    expect(await commands['studies.results'](xor())).toMatchObject({
      answer: {
        folder: results(),
        results: { title: 'XOR' },
        nanosecondsPerSynapse: { backpropagation: 12.5 },
        files: ['report.html', 'angles-layer-1.svg', 'results.json', 'timing.json'].map((name) =>
          join(results(), name),
        ),
      },
    });
  });
});

describe('a new study', () => {
  const wanted = () => ({
    from: xor().file,
    name: 'xor-again',
    title: 'XOR again',
    rules: ['backpropagation', 'kolen-pollack'],
    seeds: 5,
  });

  it('is a valid file in the folder of the user, with other rules and seeds', async () => {
    const commands = core();
    const file = join(folder, 'own', 'xor-again.yaml');
    expect(await commands['studies.create'](wanted())).toEqual({ answer: { file } });
    expect(readFileSync(file, 'utf8')).toMatch(/^# After xor\.yaml\.\nexocortex: rule-study\/1\n/);
    expect((await list(commands)).at(-1)).toMatchObject({
      file,
      isShipped: false,
      title: 'XOR again',
      rules: [{ rule: 'backpropagation' }, { rule: 'kolen-pollack' }],
      seeds: 5,
      problems: [],
    });
  });

  it('is never written over another, nor left behind when its rules cannot learn the task', async () => {
    const commands = core();
    expect(await commands['studies.create']({ ...wanted(), name: 'xor' })).toMatchObject({
      refusal: { what: 'there is a study called xor' },
    });
    expect(await commands['studies.create']({ ...wanted(), rules: ['pair-stdp'] })).toMatchObject({
      refusal: { code: 'invalid', what: expect.stringContaining('pair-stdp cannot learn the task parity') },
    });
    expect(await commands['studies.create']({ ...wanted(), from: '/etc/passwd' })).toMatchObject({
      refusal: { code: 'not-found' },
    });
    expect((await list(commands)).map(({ name }) => name)).toEqual(['xor']);
  });
});
