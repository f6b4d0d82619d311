// Recordings of Intan's programs in each layout and version, and damage of every kind.
import { describe, expect, it } from 'vitest';
import { makeIntan, type IntanOptions } from '../support/import/make-intan.ts';
import type { MadeRecording } from '../support/import/made-recording.ts';
import { expectAsMade, fuzzReader, readMade } from '../support/import/read-recording.ts';

const fileName = (made: MadeRecording) => Object.keys(made.files)[0]!;
/** Byte at which the header of a made recording of one file ends. */
const headerBytes = (options: IntanOptions) =>
  makeIntan({ ...options, layout: 'signals' }).files[`info.${options.kind}`]!.length;

/** A made recording with its only file changed. */
function changed(options: IntanOptions, change: (content: Buffer) => Buffer): MadeRecording {
  const made = makeIntan(options);
  return { ...made, files: { [fileName(made)]: change(Buffer.from(made.files[fileName(made)]!)) } };
}

const overwritten = (at: number, hex: string) => (content: Buffer) => {
  Buffer.from(hex, 'hex').copy(content, at);
  return content;
};

describe('importing recordings of Intan', () => {
  it.each<IntanOptions>([
    { kind: 'rhd' },
    { kind: 'rhd', version: [1, 0] },
    { kind: 'rhd', version: [1, 2] },
    { kind: 'rhd', version: [1, 5], channels: 5, blocks: 4 },
    { kind: 'rhd', version: [2, 0] },
    { kind: 'rhs' },
    { kind: 'rhs', isDcSaved: false, channels: 3 },
    { kind: 'rhd', layout: 'signals' },
    { kind: 'rhd', layout: 'signals', hasAuxiliaryInFrames: true },
    { kind: 'rhs', layout: 'signals' },
    { kind: 'rhd', layout: 'channels', channels: 4 },
  ])('gives samples and events of %j', async (options) => {
    const { reader } = await expectAsMade(makeIntan(options));
    expect(reader.format).toBe(`Intan ${options.kind.toUpperCase()} ${(options.version ?? [3, 3]).join('.')}`);
    expect(reader.notes).toContainEqual('Note in the original: ü');
    expect(reader.notes).toContainEqual(expect.stringMatching(/no electrodes were left out: .*1 ADC/));
    if (options.layout === undefined) expect(reader.startedAt).toBe('2026-03-04T05:06:07');
  });

  it('is told by how a file begins, not by its name', async () => {
    const made = makeIntan({ kind: 'rhs' });
    const read = await readMade({ ...made, files: { 'x.rhd': made.files[fileName(made)]! }, open: 'x.rhd' });
    expect(read.reader.format).toBe('Intan RHS 3.3');
  });

  it('notes jumps of the count, which begins anywhere and goes on below its highest number', async () => {
    const { reader } = await readMade(makeIntan({ kind: 'rhd', firstTime: -200, lost: 256 }));
    expect(reader.notes).toContainEqual(expect.stringContaining('jump from -73 to 184 before sample 128'));
    const { reader: rolled } = await readMade(makeIntan({ kind: 'rhd', firstTime: 0x7fff_ffff - 50 }));
    expect(rolled.notes.filter((note) => note.includes('jump'))).toEqual([]);
  });

  it('says that a notch filter is in the samples, since version 3', async () => {
    const has = async (version: readonly [number, number]) =>
      (await readMade(makeIntan({ kind: 'rhd', notch: 1, version }))).reader.notes.some((note) =>
        note.includes('notch filter of 50 Hz'),
      );
    expect([await has([3, 0]), await has([2, 0])]).toEqual([true, false]);
  });

  it.each<IntanOptions>([{ kind: 'rhd' }, { kind: 'rhs' }])(
    'drops a cut-off last block of %j with a note',
    async (options) => {
      const cut = changed(options, (content) => content.subarray(0, content.length - 100));
      const { reader, samples } = await readMade(cut);
      expect(samples).toEqual(cut.samples.slice(0, 256));
      expect(reader.notes).toContainEqual(
        expect.stringMatching(
          /ends in the middle of a block: its last \d+ of \d+ bytes, from byte \d+ on, up to 128 samples, were dropped/,
        ),
      );
    },
  );

  it('drops what not all files of a folder hold', async () => {
    const made = makeIntan({ kind: 'rhd', layout: 'signals' });
    const files = { ...made.files, 'amplifier.dat': made.files['amplifier.dat']!.subarray(0, -41) };
    const { reader, samples } = await readMade({ ...made, files });
    expect(samples).toEqual(made.samples.slice(0, 245 * 2));
    expect(reader.notes).toEqual(
      expect.arrayContaining([expect.stringContaining('last 3 bytes'), expect.stringContaining('245 to 256 samples')]),
    );
  });

  it.each([
    ['magic', overwritten(0, '00'), /byte 0: does not begin as a recording of Intan does, with 0xC6912702/],
    ['version', overwritten(4, 'ffff'), /byte 4: version -1\.3/],
    ['rate', overwritten(8, '0000c07f'), /sampled at NaN Hz/],
    ['notch', overwritten(38, '0500'), /byte 38: the notch filter/],
    ['text', overwritten(48, '03000000'), /byte 48: a text of 3 bytes/],
    ['long text', overwritten(48, 'feffff7f'), /byte 48: a text of 2147483646 bytes/],
    ['header', (content: Buffer) => content.subarray(0, 200), /byte 200: the file ends in its header/],
    [
      'samples',
      (content: Buffer) => content.subarray(0, headerBytes({ kind: 'rhd' }) + 7),
      /no whole block of \d+ bytes follows the header, only 7 bytes/,
    ],
  ] as const)('refuses a wrong %s with its byte', async (_, change, message) => {
    const made = changed({ kind: 'rhd' }, change);
    await expect(readMade({ ...made, open: fileName(made) })).rejects.toMatchObject({
      message: expect.stringMatching(message),
      cure: expect.stringMatching(/./),
    });
  });

  it('refuses a folder that lacks a file, or whose files do not fit', async () => {
    const made = makeIntan({ kind: 'rhd', layout: 'channels' });
    const { 'amp-A-001.dat': _, ...files } = made.files;
    await expect(readMade({ ...made, files })).rejects.toMatchObject({
      message: expect.stringContaining('amp-A-001.dat does not exist'),
    });
    const signals = makeIntan({ kind: 'rhd', layout: 'signals' });
    const long = { ...signals.files, 'amplifier.dat': Buffer.alloc(256 * 2 * 9) };
    await expect(readMade({ ...signals, files: long })).rejects.toMatchObject({
      message: expect.stringContaining('holds 9.00 words each, where 2 or 3 belong'),
    });
  });

  it.each<IntanOptions>([
    { kind: 'rhd', version: [1, 5], blocks: 3 },
    { kind: 'rhs', blocks: 2 },
    { kind: 'rhs', layout: 'signals', blocks: 1 },
    { kind: 'rhd', layout: 'channels', blocks: 1 },
  ])('gives an error or samples of %j, however it is damaged', async (options) => {
    const made = makeIntan(options);
    await fuzzReader(made, Object.keys(made.files), 200);
  });
});
