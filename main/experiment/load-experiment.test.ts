// Whole experiments: right ones load, and each wrong fixture is reported where its comments say.
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../common/contract/commands.ts';
import { formatDiagnostic } from '../../common/experiment/diagnostic.ts';
import { loadExperiment } from './load-experiment.ts';

const fixtures = fileURLToPath(new URL('./fixtures', import.meta.url));
const repository = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'experiment-'));
  await cp(fixtures, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

/** Replaces text in a file of the copied fixtures. */
async function edit(file: string, from: string | RegExp, to: string): Promise<void> {
  const text = await readFile(join(folder, file), 'utf8');
  expect(text).toMatch(from);
  await writeFile(join(folder, file), text.replace(from, to));
}

async function load(file: string): Promise<{ ok: boolean; diagnostics: Diagnostic[]; lines: string[] }> {
  const { ok, diagnostics } = await loadExperiment(join(folder, file));
  return {
    ok,
    diagnostics,
    lines: diagnostics.map((diagnostic) => formatDiagnostic(diagnostic).replaceAll(folder, '')),
  };
}

describe('a valid experiment', () => {
  test('on virtual tissue comes with its network, its limits and all defaults', async () => {
    const loaded = await loadExperiment(join(folder, 'valid/virtual.yaml'));
    expect(loaded.diagnostics).toEqual([]);
    if (!loaded.ok) throw new Error('not loaded');
    const { checked } = loaded;
    expect(checked.file).toBe(join(folder, 'valid/virtual.yaml'));
    expect(checked.experiment.detection.refractoryMilliseconds).toBe(1);
    expect(checked.experiment.source).toMatchObject({ kind: 'virtual', channels: 4, noiseMicrovolts: 5 });
    expect(checked.network.populations[0]).toMatchObject({ thresholdMillivolts: -50 });
    expect(checked.limits.electrodeGroups).toHaveLength(2);
    expect(checked).not.toHaveProperty('recording');
  });

  test('on a recording comes with the sidecar and the absolute path of the samples', async () => {
    const loaded = await loadExperiment(join(folder, 'valid/replay.yaml'));
    expect(loaded.diagnostics).toEqual([]);
    if (!loaded.ok) throw new Error('not loaded');
    expect(loaded.checked.recording?.sidecar.sampleCount).toBe(50);
    expect(loaded.checked.recording?.samplesFile).toBe(join(folder, 'valid/recording.dat'));
  });

  test('may use anchors for what it says twice', async () => {
    await edit('valid/virtual.yaml', 'amplitudeMicroamps: 2\n', 'amplitudeMicroamps: &strength 1.5\n');
    await edit('valid/virtual.yaml', 'amplitudeMicroamps: 1.5\n', 'amplitudeMicroamps: *strength\n');
    expect(await load('valid/virtual.yaml')).toMatchObject({ ok: true, lines: [] });
  });

  test.each([
    'closed-loop-replay',
    'closed-loop-virtual',
    'hid-rig',
    'intan-rhx',
    'open-ephys',
    'rhs-prepared-stimuli',
    'rhx-and-stimjim',
  ])('%s is shipped', async (name) => {
    const loaded = await loadExperiment(join(repository, 'experiments', name, 'experiment.yaml'));
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.ok).toBe(true);
  });

  test('rhx-and-hid-rig is shipped, and says that without a site file its loop is never in time', async () => {
    const file = join(repository, 'experiments', 'rhx-and-hid-rig', 'experiment.yaml');
    const { ok, diagnostics } = await loadExperiment(file);
    expect(ok).toBe(true);
    expect(diagnostics).toMatchObject([
      { severity: 'warning', what: expect.stringContaining('13.5 ms old when they come, and after 10 ms') as string },
    ]);
  });
});

/** What a fixture's comments ask for: `# error: text | text && warning: text` at the end of a line. */
function marked(file: string, text: string): { place: string; texts: string[] }[] {
  return text.split('\n').flatMap((line, index) => {
    const comment = /# ((?:error|warning): .*)$/.exec(line)?.[1];
    return (comment?.split(' && ') ?? []).map((mark) => {
      const [, severity = '', texts = ''] = /^(\w+): (.*)$/.exec(mark) ?? [];
      return { place: `${file}:${index + 1} ${severity}`, texts: texts.split(' | ') };
    });
  });
}

test.each([
  'units',
  'keys',
  'values',
  'references',
  'models',
  'rules',
  'limits',
  'rhx',
  'open-ephys',
  'hid-rig',
  'beside-rhx',
  'prepared',
  'serial',
  'stimjim',
  'marker-line',
  'beside-open-ephys',
  'beside-virtual',
  'missing-files',
])('wrong/%s.yaml is reported line by line as its comments say, with all its files', async (name) => {
  const files = (await readdir(join(folder, 'wrong'))).filter((file) => file.startsWith(name));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, 'wrong', file), 'utf8')));
  const expected = files.flatMap((file, index) => marked(file, texts[index] ?? ''));
  const { ok, diagnostics } = await load(`wrong/${name}.yaml`);
  const found = diagnostics.map(({ file, line, severity, what, cure }) => ({
    place: `${file.replace(join(folder, 'wrong/'), '')}:${line} ${severity}`,
    text: `${what}. ${cure}`,
  }));
  expect(ok).toBe(false);
  expect(found.map(({ place }) => place).sort()).toEqual(expected.map(({ place }) => place).sort());
  for (const { place, texts } of expected) {
    const candidates = found.filter((diagnostic) => diagnostic.place === place).map(({ text }) => text);
    const isFound = candidates.some((text) => texts.every((part) => text.toLowerCase().includes(part.toLowerCase())));
    expect(isFound, `${place}: ${texts.join(' | ')} in ${candidates.join('\n')}`).toBe(true);
  }
  expect(found.map(({ place }) => place.replace(/:.*/, ''))).toEqual(
    [...found.map(({ place }) => place.replace(/:.*/, ''))].sort(),
  );
});

describe('a recording', () => {
  test('that is truncated is refused with the number of samples that are there', async () => {
    const bytes = await readFile(join(folder, 'valid/recording.dat'));
    await writeFile(join(folder, 'valid/recording.dat'), bytes.subarray(0, 247));
    expect((await load('valid/replay.yaml')).lines).toEqual([
      '/valid/recording.json:7:18: error: The recording is truncated: /valid/recording.dat holds 30 samples of 4 channels ' +
        'and 7 bytes of one more, the sidecar promises 50. Copy the sample file again; if that is all there is, correct sampleCount and sha256.',
    ]);
  });

  test('that is longer than promised is refused', async () => {
    await writeFile(join(folder, 'valid/recording.dat'), new Uint8Array(408));
    expect((await load('valid/replay.yaml')).lines).toEqual([
      expect.stringContaining('recording.json:7:18: error: The recording is longer than its sidecar says'),
    ]);
  });

  test('that was changed is refused with the hash that it has', async () => {
    const other = new Uint8Array(400);
    await writeFile(join(folder, 'valid/recording.dat'), other);
    const hash = createHash('sha256').update(other).digest('hex');
    expect((await load('valid/replay.yaml')).lines).toEqual([
      expect.stringContaining(
        `recording.json:10:13: error: /valid/recording.dat is not the file that the sidecar describes: its SHA-256 is ${hash}`,
      ),
    ]);
  });

  test('whose samples are missing is refused where the sidecar names them', async () => {
    await rm(join(folder, 'valid/recording.dat'));
    expect((await load('valid/replay.yaml')).lines).toEqual([
      expect.stringContaining('recording.json:3:14: error: /valid/recording.dat does not exist'),
    ]);
  });

  test('with a wrong sidecar is refused together with what the rest of the experiment has wrong', async () => {
    await edit('valid/recording.json', '"channels": 4', '"channels": 3');
    await edit('valid/recording.json', '"sampleRateHz": 20000', '"sampleRateKhz": 20');
    await edit('valid/replay.yaml', 'electrode: 2', 'electrode: 3');
    expect((await load('valid/replay.yaml')).lines).toEqual([
      expect.stringContaining('recording.json:7:18: error: The recording is longer'),
      expect.stringContaining(
        'recording.json:8:3: error: sampleRateKhz is not known here. This quantity is given in hertz: sampleRateHz: 20000',
      ),
      expect.stringContaining('recording.json:13:9: error: There is no channel 3: the recording has 3'),
      expect.stringContaining('replay.yaml:15:31: error: There is no electrode 3: the source has 3'),
      expect.stringContaining(
        'replay.yaml:15:31: error: The limit profile /valid/limits.yaml does not cover electrode 3',
      ),
    ]);
  });

  test('with a sidecar that is not JSON is refused at the offending character', async () => {
    await edit('valid/recording.json', '"channels": 4', '"channels": #4');
    expect((await load('valid/replay.yaml')).lines).toEqual([
      expect.stringMatching(/recording\.json:6:15: error: Not valid JSON: Unexpected token '#'\. /),
    ]);
  });
});

describe('a file in the place of another', () => {
  test('is named as what it is', async () => {
    await edit('valid/virtual.yaml', 'network: network.yaml', 'network: limits.yaml');
    await edit('valid/virtual.yaml', 'limitProfile: limits.yaml', 'limitProfile: recording.json');
    expect((await load('valid/virtual.yaml')).lines).toEqual([
      expect.stringContaining('limits.yaml:1:12: error: This file is a limit profile, where a network model belongs'),
      expect.stringContaining(
        'recording.json:2:13: error: This file is the sidecar of a recording, where a limit profile belongs',
      ),
    ]);
  });

  test('is reported when it is given as the experiment itself', async () => {
    expect((await load('valid/network.yaml')).lines).toEqual([
      expect.stringContaining('network.yaml:1:12: error: This file is a network model, where an experiment belongs'),
    ]);
  });

  test('that is not there is reported without a stack trace', async () => {
    expect((await load('valid/virtuel.yaml')).lines).toEqual([
      '/valid/virtuel.yaml:1:1: error: /valid/virtuel.yaml does not exist. Did you mean virtual.yaml?',
    ]);
    expect((await load('valid')).lines).toEqual(['/valid:1:1: error: /valid is a folder. Name a file in it.']);
  });

  test('with binary content, another encoding or nothing in it is no experiment', async () => {
    await writeFile(join(folder, 'latin.yaml'), Buffer.from('title: caf\xe9', 'latin1'));
    await writeFile(join(folder, 'empty.yaml'), '');
    expect((await load('valid/recording.dat')).lines).toEqual([expect.stringContaining('is not a text file')]);
    expect((await load('latin.yaml')).lines).toEqual([expect.stringContaining('is not UTF-8 text. Save it as UTF-8')]);
    expect((await load('empty.yaml')).lines).toEqual([
      expect.stringContaining(
        'empty.yaml:1:1: error: the file is empty. Write "key: value" lines, with the keys exocortex',
      ),
    ]);
  });
});
