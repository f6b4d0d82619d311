// The commands on learning rules as a user runs them, with the analysis program and its threads.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastJson, runExocortex, startExocortex } from '../support/run-exocortex.ts';

const study = (presentations: number) => `exocortex: rule-study/1
title: XOR
description: Whether errors reach a hidden layer.
task: { kind: parity, bits: 2 }
network: { kind: multilayer, hiddenNeurons: [6] }
presentations: ${presentations}
batchSamples: 4
evaluateEveryPresentations: 50
seeds: 3
reference: backpropagation
rules:
  - rule: backpropagation
    parameters: { learningRate: 0.2 }
  - rule: feedback-alignment
    label: random
    parameters: { learningRate: 0.2 }
sensitivity: { parameters: [learningRate], factors: [0.5, 2], seeds: 2 }
gates:
  - { kind: score-at-most, rule: readout-only, value: 75 }
`;

let folder: string;
const file = (name: string) => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-rules-'));
  writeFileSync(file('xor.yaml'), study(300));
  writeFileSync(file('long.yaml'), study(20_000));
});
afterAll(() => rmSync(folder, { recursive: true }));

const compare = (name: string, out: string, ...more: string[]) =>
  runExocortex(['rules', 'compare', file(name), '--out', file(out), '--json', ...more]);
const unitsIn = (out: string) => readdirSync(join(file(out), 'units')).filter((name) => name !== 'version.json');

describe('exocortex rules', () => {
  it('lists the rules with their checks', async () => {
    const finished = await runExocortex(['rules', 'list', '--json']);
    expect(finished.code).toBe(0);
    expect(lastJson<{ name: string }[]>(finished)).toContainEqual(
      expect.objectContaining({ name: 'feedback-alignment', locality: 'L3', runs: ['studies'] }),
    );
  });

  it('compares two rules and the control; the same again is there at once, with the same numbers', async () => {
    const first = await compare('xor.yaml', 'one');
    expect(lastJson(first)).toMatchObject({ units: 21, resumed: 0 });
    const results = readFileSync(join(file('one'), 'results.json'));
    const again = await compare('xor.yaml', 'one');
    expect(lastJson(again)).toMatchObject({ units: 21, resumed: 21 });
    expect(await compare('xor.yaml', 'other')).toMatchObject({ code: first.code });
    expect(readFileSync(join(file('other'), 'results.json')).equals(results)).toBe(true);
    expect(readdirSync(file('one'))).toEqual(
      expect.arrayContaining(['report.html', 'table.md', 'learning-curves.svg']),
    );
  });

  it('goes on after it was killed in the middle, and leaves finished units as they are', async () => {
    const { child, finished } = startExocortex(['rules', 'compare', file('long.yaml'), '--out', file('killed')]);
    while (true) {
      const done = await new Promise<number>((resolve) =>
        setTimeout(() => {
          try {
            resolve(unitsIn('killed').filter((name) => name.endsWith('.json')).length);
          } catch {
            resolve(0);
          }
        }, 20),
      );
      if (done >= 2) break;
    }
    child.kill('SIGKILL');
    await finished;
    const before = new Map(
      unitsIn('killed')
        .filter((name) => name.endsWith('.json'))
        .map((name) => [name, readFileSync(join(file('killed'), 'units', name), 'utf8')]),
    );
    const { resumed, units } = lastJson<{ resumed: number; units: number }>(await compare('long.yaml', 'killed'));
    expect(units).toBe(21);
    // The analysis program may have finished units before it noticed that its parent was gone.
    expect(resumed).toBeGreaterThanOrEqual(before.size);
    expect(resumed).toBeLessThan(21);
    for (const [name, text] of before) expect(readFileSync(join(file('killed'), 'units', name), 'utf8')).toBe(text);
  });

  it('refuses to mix two versions of a study', async () => {
    writeFileSync(file('mixed.yaml'), study(100));
    expect((await compare('mixed.yaml', 'mixed')).code).not.toBe(2);
    writeFileSync(file('mixed.yaml'), study(150));
    const refused = await compare('mixed.yaml', 'mixed');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('another version of this study');
  });

  it('answers a wrong file with line and cure', async () => {
    writeFileSync(file('wrong.yaml'), study(100).replace('rule: feedback-alignment', 'rule: feedback-alinement'));
    const { code, stderr } = await compare('wrong.yaml', 'wrong');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /wrong\.yaml:14:11: error: There is no learning rule called feedback-alinement\. Did you mean feedback-alignment\?/,
    );
  });
});
