import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatDiagnostic } from '../../common/experiment/diagnostic.ts';
import { loadRuleStudy } from './load-rule-study.ts';
import { validate } from './validate.ts';

const shipped = fileURLToPath(new URL('../../experiments/rule-studies/', import.meta.url));

const right = `exocortex: rule-study/1
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
  - rule: backpropagation
    parameters: { learningRate: 0.2 }
  - rule: feedback-alignment
    label: random
sensitivity: { parameters: [learningRate], factors: [0.5, 2], seeds: 1 }
gates:
  - { kind: angle-at-most, rule: random, layer: 1, degrees: 80 }
published:
  - { rule: random, value: 100, source: Somebody 2000 }
`;

const rewarded = `exocortex: rule-study/1
title: Late reward
description: How credit falls with the delay.
task: { kind: temporal-credit, delaysMilliseconds: [200, 400] }
network: { kind: spiking-actor, hiddenNeurons: [8] }
presentations: 20
batchSamples: 1
evaluateEveryPresentations: 20
seeds: 1
reference: reward-stdp
controlLearningRate: 0.003
rules:
  - rule: reward-stdp
    rewardBaseline: none
gates:
  - { kind: holds-over-delay, rule: reward-stdp, value: 60, milliseconds: 400 }
`;

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'rule-study-'))));
afterAll(() => rmSync(folder, { recursive: true }));

async function load(text: string, more: Parameters<typeof loadRuleStudy>[1] = {}) {
  const file = join(folder, 'study.yaml');
  writeFileSync(file, text);
  const loaded = await loadRuleStudy(file, more);
  return { loaded, lines: loaded.diagnostics.map((each) => formatDiagnostic(each).replace(`${file}:`, '')) };
}
const hashOf = async (text: string, seeds?: number) => {
  const { loaded } = await load(text, { seeds });
  if (!loaded.ok) throw new Error('not loaded');
  return loaded.prepared.hash;
};

describe('a study that is right', () => {
  it('comes with its defaults and the hash of what decides its numbers', async () => {
    const { loaded, lines } = await load(right);
    expect(lines).toEqual([]);
    expect(loaded).toMatchObject({
      ok: true,
      prepared: { hash: expect.stringMatching(/^[0-9a-f]{64}$/), study: { network: { activation: 'tanh' }, seeds: 3 } },
    });
  });

  it('keeps its hash when words, seeds and expectations change, and no other', async () => {
    const hash = await hashOf(right);
    expect(await hashOf(right, 7)).toBe(hash);
    expect(await hashOf(right.replace('title: XOR', 'title: Another'))).toBe(hash);
    expect(await hashOf(right.replace('degrees: 80', 'degrees: 70'))).toBe(hash);
    expect(await hashOf(right.replace('0.2 }', '0.3 }'))).not.toBe(hash);
    expect(await hashOf(right.replace('bits: 2', 'bits: 3'))).not.toBe(hash);
    expect(await hashOf(right.replace('[6]', '[7]'))).not.toBe(hash);
    expect(await hashOf(right.replace('presentations: 60', 'presentations: 61'))).not.toBe(hash);
  });

  it('changes its hash with what is set of a rule beside its parameters', async () => {
    const hash = await hashOf(rewarded);
    expect(await hashOf(rewarded.replace('rewardBaseline: none', 'rewardBaseline: running-mean'))).not.toBe(hash);
    expect(await hashOf(rewarded.replace('milliseconds: 400', 'milliseconds: 200'))).toBe(hash);
  });

  it('is known to the command that validates files', async () => {
    const printed: string[] = [];
    writeFileSync(join(folder, 'study.yaml'), right);
    expect(await validate(join(folder, 'study.yaml'), (line) => void printed.push(line))).toBe(0);
    expect(printed).toEqual([expect.stringMatching(/is valid: a study of learning rules$/)]);
    writeFileSync(join(folder, 'study.yaml'), right.replace('rule: backpropagation', 'rule: backprop'));
    expect(await validate(join(folder, 'study.yaml'), (line) => void printed.push(line))).toBe(1);
  });

  it.each(readdirSync(shipped).filter((name) => name.endsWith('.yaml')))('%s is shipped', async (name) => {
    expect((await loadRuleStudy(join(shipped, name))).diagnostics).toEqual([]);
  });
});

describe('a study that is wrong is answered with line, column and cure', () => {
  it.each([
    [
      'rule: backpropagation',
      'rule: backpropagatoin',
      /^12:11: error: There is no learning rule called backpropagatoin\. Did you mean backpropagation\?/,
    ],
    [
      'learningRate: 0.2',
      'learningrate: 0.2',
      /^13:19: error: learningrate is not known here\. Did you mean learningRate\?/,
    ],
    [
      'learningRate: 0.2',
      'learningRate: 200',
      /^13:33: error: Learning rate \(learningRate\) is 200, outside of 0 to 10\. Write a number from 0 to 10/,
    ],
    [
      'learningRate: 0.2',
      'learningRate: fast',
      /^13:33: error: learningRate is "fast" and should be a number\. Write a plain number/,
    ],
    [
      'parameters: { learningRate: 0.2 }',
      'parameters: 0.2',
      /^13:17: error: parameters is 0\.2\. Write "key: value" lines below it/,
    ],
    [
      'label: random',
      'label: backpropagation',
      /^15:12: error: A second rule is called backpropagation\. Give this rule a label of its own/,
    ],
    [
      'label: random',
      'label: readout-only',
      /^15:12: error: readout-only is the control, which always runs along\. Remove it/,
    ],
    [
      'reference: backpropagation',
      'reference: backprop',
      /^10:12: error: There is no rule called backprop\. Write backpropagation or random/,
    ],
    [
      'rule: random, layer: 1',
      'rule: randon, layer: 1',
      /^18:34: error: There is no rule called randon\. Did you mean random\?/,
    ],
    [
      'layer: 1',
      'layer: 3',
      /^18:49: error: There is no layer 3: the network has 2, the output among them\. Choose layer from 1 to 2/,
    ],
    ['rule: random, value', 'rule: me, value', /^20:13: error: There is no rule called me/],
    [
      'parameters: [learningRate]',
      'parameters: [learnRate]',
      /^16:29: error: There is no parameter called learnRate\. Did you mean learningRate\?/,
    ],
    [
      'factors: [0.5, 2]',
      'factors: [0.5, 100]',
      /^16:29: error: With its factors learningRate of backpropagation becomes 20, outside of 0 to 10\. Choose other factors/,
    ],
    [
      'presentations: 60',
      'presentations: 10',
      /^8:29: error: The study ends after 10 presentations, before the first evaluation after 20/,
    ],
    ['kind: parity', 'kind: pairity', /^4:15: error: kind is "pairity"\. Did you mean parity\?/],
    ['bits: 2', 'bits: 2.5', /^4:29: error: Bits \(bits\) is 2\.5, which is not whole/],
    ['seeds: 3\n', '', /^1:1: error: seeds is missing from the file\. Add "seeds:" with a number from 1 to 1000/],
    ['kind: angle-at-most', 'kind: angle', /^18:13: error: kind is "angle"/],
    ['rule-study/1', 'rule-study/2', /^1:12: error: "rule-study\/2" is a version that this program does not read/],
  ])('%s → %s', async (from, to, line) => {
    expect(right).toContain(from);
    const { loaded, lines } = await load(right.replace(from, to));
    expect(loaded.ok).toBe(false);
    expect(lines).toContainEqual(expect.stringMatching(line));
  });

  it.each([
    [
      'rewardBaseline: none',
      'feedback: random',
      /^14:5: error: reward-stdp is not told an error over connections that could be chosen\. Remove feedback/,
    ],
    ['rewardBaseline: none', 'rewardBaseline: mean', /^14:21: error: rewardBaseline is "mean".*running-mean/],
    [
      '[200, 400]',
      '[200, 200]',
      /^4:58: error: The delay of 200 ms comes after one of 200 ms\. List delays from the shortest to the longest, each once/,
    ],
    [
      'kind: temporal-credit, delaysMilliseconds: [200, 400]',
      'kind: bandit, rewardProbabilities: [1]',
      /^4:23: error: A bandit with one arm leaves nothing to choose\. Give a probability for each of two arms or more/,
    ],
    [
      'kind: spiking-actor',
      'kind: recurrent-rate',
      /^5:18: error: The task temporal-credit is not learned by a network of kind recurrent-rate\. Choose kind: spiking-actor/,
    ],
    [
      'hiddenNeurons: [8]',
      'hiddenNeurons: [8, 8]',
      /^5:33: error: A network of kind spiking-actor has one layer of neurons\. Give one number/,
    ],
    [
      'batchSamples: 1',
      'batchSamples: 4',
      /^7:15: error: In the task temporal-credit each trial is learned from before the next\. Write batchSamples: 1/,
    ],
    [
      '[200, 400]',
      '[200, 450]',
      /^4:58: error: The delay of 450 ms is no multiple of 200 ms, the steps in which trials go on\. Choose a multiple of 200/,
    ],
    [
      'hiddenNeurons: [8]',
      'hiddenNeurons: [7]',
      /^5:49: error: 7 neurons cannot be shared out among 2 actions\. Choose a multiple of 2/,
    ],
    [
      'evaluateEveryPresentations: 20',
      'evaluateEveryPresentations: 15',
      /^8:29: error: 20 presentations are no whole number of windows of 15, and the score is that of the last\. Choose a number that 20 is a multiple of/,
    ],
    [
      'milliseconds: 400',
      'milliseconds: 500',
      /^16:75: error: The longest delay of the task is 400 ms\. Choose milliseconds up to 400, or add a delay/,
    ],
    [
      'kind: temporal-credit, delaysMilliseconds: [200, 400]',
      'kind: bandit',
      /^16:13: error: The task bandit has no delays that holds-over-delay could be about\. Choose another kind of bound/,
    ],
  ])('of rewards: %s → %s', async (from, to, line) => {
    expect(rewarded).toContain(from);
    const { loaded, lines } = await load(rewarded.replace(from, to));
    expect(loaded.ok).toBe(false);
    expect(lines).toContainEqual(expect.stringMatching(line));
  });

  it('whose rule is told something else than what is set of it', async () => {
    const { lines } = await load(right.replace('    label: random', '    label: random\n    feedback: random'));
    expect(lines).toEqual([
      '16:5: error: On the task parity the way of errors belongs to the rule feedback-alignment itself. Remove feedback.',
    ]);
    const errors = await load(right.replace('    label: random', '    label: random\n    rewardBaseline: none'));
    expect(errors.lines).toEqual(['16:5: error: feedback-alignment is not told a reward. Remove rewardBaseline.']);
  });

  it('names the rules that can learn the task', async () => {
    const places = [{ rule: 'backpropagation', tasks: ['parity'], checks: [] }];
    const { lines } = await load(right, { places });
    expect(lines).toEqual(['14:11: error: feedback-alignment cannot learn the task parity. Write backpropagation.']);
  });

  it('sets nothing of a rule that the task does not read', async () => {
    const places = [
      { rule: 'backpropagation', tasks: ['parity'], checks: [], unread: { parity: ['learningRate'], digits: [] } },
      { rule: 'feedback-alignment', tasks: ['parity'], checks: [], unread: { digits: ['learningRate'] } },
    ];
    const only =
      '13:19: error: learningRate of backpropagation does nothing in the task parity, whose network has its own. Remove learningRate.';
    expect((await load(right, { places })).lines).toEqual([only]);
    const unread = places.map((each) => ({ ...each, unread: { parity: ['learningRate'] } }));
    expect((await load(right, { places: unread })).lines).toEqual([
      only,
      '16:29: error: learningRate does nothing in the task parity, whose network has its own. Remove learningRate.',
    ]);
  });

  it('is told from an experiment', async () => {
    const { lines } = await load('exocortex: experiment/1\n');
    expect(lines).toEqual([
      '1:12: error: This file is an experiment, where a study of learning rules belongs. Name another file where this one is referred to.',
    ]);
  });
});
