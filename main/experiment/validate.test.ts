// The command that people run before they arm anything.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { validate, type Validation } from './validate.ts';

const valid = fileURLToPath(new URL('./fixtures/valid', import.meta.url));

let folder: string;
let printed: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'validate-'));
  printed = [];
});
afterEach(() => rm(folder, { recursive: true }));

const print = (line: string) => void printed.push(line);

test('a valid experiment is summed up with the limit that it comes closest to', async () => {
  const file = join(valid, 'virtual.yaml');
  expect(await validate(file, print)).toBe(0);
  // E2: 1.5 of 2 µA; its charge is 0.15 of 0.5 nC and its readout may ask for 10 of 20 Hz.
  expect(printed).toEqual([
    `${file} is valid: 4 electrodes, 50 neurons (200 plastic synapses expected), 2 stimuli; highest limit use: amplitude E2 75 %`,
  ]);
});

test.each([
  ['network.yaml', 'a network model'],
  ['limits.yaml', 'a limit profile'],
  ['recording.json', 'the sidecar of a recording'],
])('%s is checked on its own', async (name, words) => {
  expect(await validate(join(valid, name), print)).toBe(0);
  expect(printed).toEqual([`${join(valid, name)} is valid: ${words}`]);
});

test('every problem is printed in a line of its own, and the exit code is 1', async () => {
  const file = join(folder, 'network.yaml');
  await writeFile(
    file,
    'exocortex: network-model/1\ntitle: 3\npopulations: []\nprojections: []\ninputs: {}\nreadouts: []\n',
  );
  expect(await validate(file, print)).toBe(1);
  expect(printed).toEqual([
    `${file}:2:8: error: title is 3 and should be a text. Put it in quotes: title: "3".`,
    `${file}:3:1: error: populations is an empty list. Give at least one entry.`,
    `${file}:5:1: error: inputs is a group of keys. Write a list: "- " before each entry, or [ ] around them.`,
    `${file} is not valid: 3 errors`,
  ]);
});

test('a network of too many synapses is refused at the projection that goes beyond, with how many would fit', async () => {
  const file = join(folder, 'network.yaml');
  const projection = (name: string, probability: number) =>
    `  - {name: ${name}, from: all, to: all, connections: {kind: random, probability: ${probability}}, weightMillivolts: 1}`;
  await writeFile(
    file,
    [
      'exocortex: network-model/1',
      'title: Large',
      'populations: [{name: all, neurons: 20001, model: lif}]',
      'projections:',
      projection('first', 0.25),
      projection('second', 0.9),
      'inputs: [{to: all, neuronsPerElectrode: 1, weightMillivolts: 1}]',
      'readouts: []',
    ].join('\n'),
  );
  expect(await validate(file, print)).toBe(1);
  expect(printed[0]).toBe(
    `${file}:6:40: error: With this projection the network has about 460023000 synapses, more than 400000000. ` +
      'Connect fewer neurons, or have fewer: 299995000 synapses of this projection would fit.',
  );
});

test.each([
  [
    'a denominator that is 0 at the defaults',
    ['dt / tau_w', 'dt / (tau_w - 500 * tau)'],
    "18:29: error: A division by 'tau_w - 500 * tau', which is 0, with tau_w = 10000 ms and tau = 20 ms. " +
      'Choose ranges of tau_w and tau in which it is finite everywhere, or bound it with max or min.',
  ],
  [
    'a denominator that is 0 elsewhere in the ranges of parameters',
    ['dt / tau_w', 'dt / (tau_w - tau)'],
    "18:29: error: A division by 'tau_w - tau', which is 0, with tau_w = 100 ms and tau = 100 ms. " +
      'Choose ranges of tau_w and tau in which it is finite everywhere, or bound it with max or min.',
  ],
  [
    'a denominator that becomes 0 while the network runs',
    ['A * (w_max - w) * x', 'A * (w_max - w) / (x - 2)'],
    "16:29: error: A division by 'x - 2', which can be 0: it is between -2 and 510. " +
      'Narrow the range of what it reads, or bound it with max or min.',
  ],
  [
    'a quotient that is swallowed by a function',
    ['(w_max / 2 - w) * dt / tau_w', 'w * tanh(dt / (tau - tau_w / 500))'],
    "18:29: error: A division by 'tau - tau_w / 500', which is 0, with tau = 20 ms and tau_w = 10000 ms.",
  ],
  [
    'a bound without a finite value',
    ['max: w_max }', 'max: w_max * tau / (tau - tau_w / 500) }'],
    "13:26: error: A division by 'tau - tau_w / 500', which is 0, with tau = 20 ms and tau_w = 10000 ms.",
  ],
  [
    'a range of a time constant that begins at 0',
    ['unit: ms, min: 1, max: 500', 'unit: ms, min: 0, max: 500'],
    '12:73: error: The time constant tau of x can be 0 ms, and must be above 0. Choose a range of tau above 0.',
  ],
  [
    'a default outside of its range',
    ['max: 1, default: 0.01', 'max: 1, default: 2'],
    '9:99: error: default of A is 2, outside 0 to 1. Choose 0 to 1.',
  ],
  [
    'a range the wrong way round',
    ['min: 0, max: 1,', 'min: 3, max: 1,'],
    '9:79: error: The least value of A, 3, is above its largest, 1. Choose min up to 1.',
  ],
] as const)('a rule of the laboratory with %s is refused', async (_, [part, by], message) => {
  const text = (await readFile(join(valid, 'rule.yaml'), 'utf8')).replace(part, by);
  expect(text).toContain(by);
  const file = join(folder, 'rule.yaml');
  await writeFile(file, text);
  expect(await validate(file, print)).toBe(1);
  expect(printed[0]).toContain(`${file}:${message}`);
  expect(printed).toHaveLength(2);
});

test('a limit profile and a sidecar are checked beyond their shape', async () => {
  await writeFile(join(folder, 'recording.json'), '{"format": "exocortex-recording/1", "samples": "gone.dat"}');
  expect(await validate(join(folder, 'recording.json'), print)).toBe(1);
  expect(printed.join('\n')).toContain('gone.dat does not exist');
  await writeFile(join(folder, 'limits.yaml'), 'exocortex: limit-profile/1\nelectrodeGroups: [{electrodes: [3, 3]}]\n');
  expect(await validate(join(folder, 'limits.yaml'), print)).toBe(1);
  expect(printed.join('\n')).toContain('limits.yaml:2:36: error: Electrode 3 is twice in this group');
});

test('a file that does not say what it is learns how to say it', async () => {
  const file = join(folder, 'x.yaml');
  await writeFile(file, 'title: x\n');
  expect(await validate(file, print)).toBe(1);
  expect(printed[0]).toBe(
    `${file}:1:1: error: The file does not say what it is. Begin it with exocortex: experiment/1, exocortex: network-model/1, exocortex: limit-profile/1, exocortex: learning-rule/1, format: exocortex-recording/1 or exocortex: rule-study/1.`,
  );
});

test('with --json one object says the same', async () => {
  const file = join(valid, 'replay.yaml');
  expect(await validate(file, print, { asJson: true })).toBe(0);
  expect(await validate(join(folder, 'none.yaml'), print, { asJson: true })).toBe(1);
  const [first, second] = printed.map((line) => JSON.parse(line) as Validation);
  expect(first).toEqual({
    file,
    kind: 'experiment',
    valid: true,
    summary: {
      electrodes: 4,
      neurons: 50,
      plasticSynapses: 200,
      stimuli: 2,
      highestLimitUse: { limit: 'amplitude', electrode: 2, fraction: 0.75 },
    },
    diagnostics: [],
  });
  expect(second).toMatchObject({ valid: false, diagnostics: [{ severity: 'error', line: 1, column: 1 }] });
});
