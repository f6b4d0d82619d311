// The walk over file and schema: what it salvages, and what it leaves to the schema.
import { expect, test } from 'vitest';
import { z } from 'zod';
import { experimentSchema } from '../../common/experiment/experiment.ts';
import { networkModelSchema } from '../../common/experiment/network-model.ts';
import { quantity } from '../../common/experiment/quantity.ts';
import { formatDiagnostic } from '../../common/experiment/diagnostic.ts';
import { checkShape } from './check-shape.ts';
import { ProblemList } from './problem-list.ts';
import { parseYaml } from './source-tree.ts';

const schema = z.strictObject({
  low: quantity({ label: 'Low', unit: 'Hz', min: 0, max: 10, step: 1 }).default(3),
  list: z.array(z.strictObject({ on: z.boolean(), note: z.string().min(1).optional() })),
});

function check(text: string, of: z.ZodType = schema): { value: unknown; lines: string[] } {
  const problems = new ProblemList();
  const tree = parseYaml('f.yaml', text, problems);
  const value = tree && checkShape(of, tree, problems);
  return { value, lines: problems.sorted().map(formatDiagnostic) };
}

test('a right file comes with its defaults, as the schema itself reads it', () => {
  const { value, lines } = check('list: [{on: true}, {on: false, note: x}]');
  expect(lines).toEqual([]);
  expect(value).toEqual(schema.parse({ list: [{ on: true }, { on: false, note: 'x' }] }));
});

test('what is wrong is left out and what is right stays, at its index', () => {
  const { value, lines } = check('low: 11\nlist: [{on: yes}, 3, {on: false}]');
  expect(value).toEqual({ low: undefined, list: [{ on: undefined }, undefined, { on: false }] });
  expect(lines).toEqual([
    'f.yaml:1:6: error: Low (low) is 11 Hz, outside of 0 to 10 Hz. Write a number from 0 to 10 Hz.',
    'f.yaml:2:13: error: on is "yes". Write on: true or on: false.',
    'f.yaml:2:19: error: this entry of list is 3. Write "key: value" lines, with the keys on, note.',
  ]);
});

test('a key that is no word is unknown', () => {
  expect(check('list: []\n[a, b]: 1').lines).toEqual([
    expect.stringContaining('f.yaml:2:1: error: This is not known here. Remove it'),
  ]);
});

test('keys of the language itself are unknown, not dangerous', () => {
  const { value, lines } = check('list: []\n__proto__: {low: 4}\nconstructor: 1');
  expect(lines).toHaveLength(2);
  expect(value).toEqual({ low: 3, list: [] });
});

test('a rule that the schema states over several values is reported where the schema says', () => {
  const ordered = z
    .strictObject({ a: z.number(), b: z.number() })
    .refine(({ a, b }) => a < b, { path: ['b'], message: 'b is not above a' });
  expect(check('a: 2\nb: 1', ordered).lines).toEqual([
    'f.yaml:2:4: error: b is not above a. Correct one of the values involved.',
  ]);
});

test('a source without its kind, or with another, says which kinds there are', () => {
  const source = z.strictObject({ source: experimentSchema.shape.source });
  expect(check('source: {channels: 3}', source).lines).toEqual([
    expect.stringMatching(
      /^f\.yaml:1:1: error: kind is missing from source\. Add "kind: replay", "kind: virtual".* or "kind: .*" below it\./,
    ),
  ]);
  expect(check('source: {kind: virtul}', source).lines).toEqual([
    expect.stringContaining('f.yaml:1:16: error: kind is "virtul". Did you mean virtual?'),
  ]);
  expect(check('source: replay', source).lines).toEqual([expect.stringContaining('kind is missing from source')]);
});

test('a thing of an unknown kind keeps what holds for every kind, so that nothing else is told that it is not there', () => {
  const populations = z.strictObject({ populations: networkModelSchema.shape.populations });
  const { value, lines } = check('populations: [{name: cells, neurons: 9, model: hodgkin, rateHz: 3}]', populations);
  expect(lines).toEqual([expect.stringContaining('f.yaml:1:48: error: model is "hodgkin". Write model: lif, ')]);
  expect(value).toEqual({ populations: [{ name: 'cells', neurons: 9 }] });
  expect(check('populations: [{name: cells, neurons: 0, modle: lif}]', populations).lines).toEqual([
    'f.yaml:1:38: error: Neurons (neurons) is 0, outside of 1 to 1000000. Write a whole number from 1 to 1000000.',
    'f.yaml:1:41: error: modle is not known here. Did you mean model?',
  ]);
});
