// What the importer writes: a recording that an experiment replays, with nothing clipped and nothing left behind.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importRecording, type ImportOptions } from '../../analysis/import/import-recording.ts';
import type { RecordingSidecar } from '../../common/experiment/recording-sidecar.ts';
import { loadExperiment } from '../../main/experiment/load-experiment.ts';
import { makePlain } from '../support/import/make-plain.ts';
import { placeFiles, type MadeRecording } from '../support/import/made-recording.ts';

const root = join(import.meta.dirname, '../..');

let folder: ReturnType<typeof placeFiles>;
beforeEach(() => (folder = placeFiles({})));
afterEach(() => folder.dispose());

const out = () => join(folder.path, 'out');
const read = (name: string) => readFileSync(join(out(), name));
const sidecar = () => JSON.parse(read('recording.json').toString()) as RecordingSidecar;
const written = () => {
  const bytes = read('recording.int16le.dat');
  return Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(2 * index));
};

function importMade(made: MadeRecording, options: Partial<ImportOptions> = {}) {
  for (const [name, content] of Object.entries(made.files)) {
    mkdirSync(dirname(join(folder.path, 'in', name)), { recursive: true });
    writeFileSync(join(folder.path, 'in', name), content);
  }
  return importRecording({ path: join(folder.path, 'in', made.open), folder: out(), stream: made.stream, ...options });
}

/** Samples of one scale per channel, as 32-bit numbers. */
function plainReal(values: readonly number[], microvoltsPerBit: number): MadeRecording {
  const made = makePlain({ channels: 2, samples: 1, sampleType: 'float32le' });
  const described = JSON.parse(made.files['samples.json']!.toString()) as object;
  return {
    ...made,
    files: {
      'samples.json': Buffer.from(JSON.stringify({ ...described, microvoltsPerBit })),
      'samples.dat': Buffer.from(Float32Array.from(values).buffer),
    },
  };
}

describe('an imported recording', () => {
  it('holds the same samples, with where they come from, and is replayed by an experiment', async () => {
    const made = makePlain({ channels: 16, samples: 4000 });
    const told: number[] = [];
    const report = await importMade(made, { onProgress: (fraction) => told.push(fraction) });
    expect(written()).toEqual(made.samples);
    const sha256 = (name: string) => createHash('sha256').update(made.files[name]!).digest('hex');
    expect(sidecar()).toEqual({
      format: 'exocortex-recording/1',
      samples: 'recording.int16le.dat',
      sampleType: 'int16le',
      layout: 'sample-major',
      channels: 16,
      sampleCount: 4000,
      sampleRateHz: 20_000,
      microvoltsPerBit: 0.25,
      sha256: sha256('samples.dat'),
      source: 'plain samples: samples.json',
      licence: 'not stated by the original',
      provenance: {
        format: 'plain samples',
        startedAt: '2026-03-04T05:06:07+01:00',
        sampleRateHz: 20_000,
        channelNames: made.channelNames,
        files: ['samples.dat', 'samples.json'].map((name) => ({
          name,
          bytes: made.files[name]!.length,
          sha256: sha256(name),
        })),
        notes: [],
      },
    });
    expect(report).toMatchObject({ seconds: 0.2, events: 0, slips: { count: 0, places: [] } });
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBeCloseTo(0.95);

    const experiment = readFileSync(join(root, 'experiments/closed-loop-replay/experiment.yaml'), 'utf8')
      .replace('../../resources/recordings/barrel-cortex-16ch/recording.json', report.sidecar)
      .replaceAll('../..', root)
      .replace('network: network.yaml', `network: ${join(root, 'experiments/closed-loop-replay/network.yaml')}`);
    const file = join(folder.path, 'experiment.yaml');
    writeFileSync(file, experiment);
    expect(await loadExperiment(file)).toMatchObject({ ok: true });
  });

  it('of whole numbers that fit keeps its scale, whatever type they had', async () => {
    await importMade(plainReal([-32_767, 5, 0, 32_767], 0.5));
    expect(sidecar()).toMatchObject({ microvoltsPerBit: 0.5, provenance: { notes: [] } });
    expect(written()).toEqual([-32_767, 5, 0, 32_767]);
  });

  it('is rescaled where its samples are no whole numbers or too large, and says by how much', async () => {
    const { microvoltsPerBit } = await importMade(plainReal([-65_534, 0.25, 1, 32_767], 0.5));
    expect(microvoltsPerBit).toBe(1);
    expect(written()).toEqual([-32_767, 0, 1, 16_384]);
    expect(sidecar().provenance?.notes).toEqual([
      expect.stringMatching(
        /rescaled to 1 µV per bit: the largest, 32767 µV, becomes 32767 of 32767, .* at most 0\.5 µV/,
      ),
    ]);
  });

  it.each([
    [[1, NaN], 0.5, /Sample 0 of channel E2 in .*samples\.dat is NaN/],
    [[0, 0, Infinity, 1], 0.5, /Sample 1 of channel E1 in .*samples\.dat is Infinity/],
    [[1e9, 0], 1, /largest sample is 1000000000 µV, which does not fit/],
  ])('is refused where samples are %j × %d µV, and nothing is left', async (values, scale, message) => {
    await expect(importMade(plainReal(values, scale))).rejects.toMatchObject({
      message: expect.stringMatching(message),
    });
    expect(existsSync(out())).toBe(false);
  });

  it('lists the places at which channels slip', async () => {
    const channels = 8;
    // Slow signals far from each other, with a word missing at 1000.
    const values = Array.from(
      { length: channels * 2000 },
      (_, index) => 3000 * ((7 * index) % channels) + ((index * 37) % 50),
    );
    const slipped = [...values.slice(0, 1000), ...values.slice(1001, -(channels - 1))];
    const made = makePlain({ channels, samples: slipped.length / channels });
    const bytes = Buffer.from(Int16Array.from(slipped).buffer);
    const report = await importMade({ ...made, files: { ...made.files, 'samples.dat': bytes } });
    expect(report.slips).toEqual({ count: 1, places: [{ sample: 125, channel: 0 }] });
    expect(report.notes).toEqual([expect.stringContaining('one word is missing at 1 places')]);
    expect(sidecar().provenance?.events).toMatchObject({ file: 'events.jsonl', count: 1 });
    expect(read('events.jsonl').toString()).toBe('{"sample":125,"kind":"channel-slip","channel":"E1"}\n');
  });

  it('is not begun where there is one already', async () => {
    const made = makePlain();
    await importMade(made);
    const before = read('recording.json');
    await expect(importMade(makePlain({ samples: 3 }))).rejects.toMatchObject({
      message: expect.stringContaining('holds recording.json already'),
      cure: expect.stringContaining('--out'),
    });
    expect(read('recording.json')).toEqual(before);
  });

  it('leaves nothing when it is cancelled, and leaves what was in its folder', async () => {
    const made = makePlain({ channels: 64, samples: 20_000 });
    mkdirSync(out());
    writeFileSync(join(out(), 'mine.txt'), 'mine');
    const cancelled = new AbortController();
    const reason = new Error('enough');
    const onProgress = (fraction: number) => fraction > 0.6 && cancelled.abort(reason);
    await expect(importMade(made, { signal: cancelled.signal, onProgress })).rejects.toBe(reason);
    expect(readdirSync(out())).toEqual(['mine.txt']);
  });
});
