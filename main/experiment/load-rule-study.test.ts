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

  it('names the rules that can learn the task', async () => {
    const places = [{ rule: 'backpropagation', tasks: ['parity'], checks: [] }];
    const { lines } = await load(right, { places });
    expect(lines).toEqual(['14:11: error: feedback-alignment cannot learn the task parity. Write backpropagation.']);
  });

  it('is told from an experiment', async () => {
    const { lines } = await load('exocortex: experiment/1\n');
    expect(lines).toEqual([
      '1:12: error: This file is an experiment, where a study of learning rules belongs. Name another file where this one is referred to.',
    ]);
  });
});
