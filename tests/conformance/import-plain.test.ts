// Plain samples of other programs, whole and damaged.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makePlain } from '../support/import/make-plain.ts';
import { placeFiles } from '../support/import/made-recording.ts';
import { expectAsMade, fuzzReader, readMade, readRecording } from '../support/import/read-recording.ts';

const recording = join(import.meta.dirname, '../../resources/recordings/barrel-cortex-16ch');

describe('importing plain samples', () => {
  it.each(['int16le', 'int16be', 'uint16le', 'float32le'] as const)('%s are read as they are', async (sampleType) => {
    const { reader } = await expectAsMade(makePlain({ sampleType, headerBytes: 12 }));
    expect(reader).toMatchObject({ startedAt: '2026-03-04T05:06:07+01:00', notes: [] });
  });

  it('are found by their folder, their description and their own name', async () => {
    const made = makePlain();
    for (const open of ['.', 'samples.json', 'samples.dat'])
      expect((await readMade({ ...made, open })).samples).toEqual(made.samples);
  });

  it('of our own recordings are the same again', async () => {
    const { reader, samples } = await readRecording(recording);
    expect(reader).toMatchObject({ sampleCount: 132_234, sampleRateHz: 40_000, sampleType: 'int16' });
    expect(samples).toHaveLength(132_234 * 16);
  });

  it('that end in the middle of a sample lose it, with a note', async () => {
    const made = makePlain();
    const cut = { ...made.files, 'samples.dat': made.files['samples.dat']!.subarray(0, -5) };
    const { reader, samples } = await readMade({ ...made, files: cut });
    expect(samples).toEqual(made.samples.slice(0, -3));
    expect(reader.notes).toEqual([
      expect.stringMatching(/samples\.dat ends in the middle .* last 1 bytes, from byte 2994 on/),
    ]);
  });

  it.each([
    [{ sampleCount: 501 }, /key sampleCount: 501 samples are announced, and .*samples\.dat holds 500\./],
    [{ headerBytes: 3000, samples: 0 }, /byte 3000: no whole sample of 3 channels follows, only 0 bytes/],
  ])('are refused with place and cure: %j', async (more, message) => {
    await expect(readMade(makePlain(more))).rejects.toMatchObject({ message: expect.stringMatching(message) });
  });

  it('without a description, or with a wrong one, are refused', async () => {
    const made = makePlain();
    const alone = { ...made, files: { 'samples.dat': made.files['samples.dat']! }, open: 'samples.dat' };
    await expect(readMade(alone)).rejects.toMatchObject({
      message: expect.stringContaining('there is no samples.json beside it'),
      cure: expect.stringContaining('docs/import.md'),
    });
    for (const [text, message] of [
      ['{"format":', 'as JSON'],
      ['[]', 'at its top'],
      ['{"format":"plain-recording/1","samples":3}', 'key samples: Invalid input: expected string, received number'],
      ['{"format":"plain-recording/1","samples":"a.dat","sampleType":"int16le"}', 'key channels: is missing'],
      [made.files['samples.json']!.toString().replace('["E1","E2"', '["E1"'), '2 names for 3 channels'],
    ] as const)
      await expect(
        readMade({ ...made, files: { ...made.files, 'samples.json': Buffer.from(text) } }),
      ).rejects.toMatchObject({ message: expect.stringContaining(message) });
  });

  it('of which there are none, or several, in a folder are refused', async () => {
    await expect(readMade({ ...makePlain(), files: { 'a.txt': Buffer.from('a') }, open: '.' })).rejects.toMatchObject({
      message: expect.stringContaining('holds no recording'),
    });
    const { files } = makePlain();
    const folder = placeFiles({ 'a.json': files['samples.json']!, 'b.json': files['samples.json']! });
    await expect(readRecording(folder.path)).rejects.toMatchObject({
      message: expect.stringContaining('holds 2 recordings'),
      cure: expect.stringMatching(/a\.json, .*b\.json/),
    });
    await expect(readRecording(join(folder.path, 'c.json'))).rejects.toMatchObject({
      message: expect.stringContaining('c.json does not exist'),
    });
    folder.dispose();
  });

  it('give an error or samples, however they are damaged', async () => {
    await fuzzReader(makePlain({ samples: 40 }), ['samples.dat']);
    await fuzzReader(makePlain({ samples: 40, sampleType: 'float32le' }), ['samples.dat'], 60);
  });
});
