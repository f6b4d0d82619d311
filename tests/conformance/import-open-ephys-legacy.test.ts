// Recordings in the older Open Ephys format: a published one with 309 lost words, made ones, and damage of every kind.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importRecording } from '../../analysis/import/import-recording.ts';
import { continuous, makeOpenEphysLegacy, recordBytes } from '../support/import/make-open-ephys-legacy.ts';
import { placeFiles, type MadeRecording } from '../support/import/made-recording.ts';
import { expectAsMade, fuzzReader, readMade, readRecording } from '../support/import/read-recording.ts';

const root = join(import.meta.dirname, '../..');
const fixtures = join(import.meta.dirname, '../fixtures/open-ephys');
const firstFile = '100_main_CH9.continuous';

function changed(at: number, hex: string, made = makeOpenEphysLegacy()): MadeRecording {
  const content = Buffer.from(made.files[firstFile]!);
  Buffer.from(hex, 'hex').copy(content, at);
  return { ...made, files: { ...made.files, [firstFile]: content } };
}

/** The published recording: the repaired one, its columns turned back, without the words that were lost. */
function publishedStream(): { stream: Int16Array; channels: number; missingBefore: number[] } {
  const { channels, missingBefore } = JSON.parse(readFileSync(join(fixtures, 'slips.json'), 'utf8')) as {
    channels: number;
    missingBefore: number[];
  };
  const bytes = readFileSync(join(root, 'resources/recordings/barrel-cortex-16ch/recording.int16le.dat'));
  const stream = new Int16Array(bytes.length / 2);
  const missing = new Set(missingBefore);
  let length = 0;
  for (let index = 0; index < stream.length; index++) {
    // The word that was lost stands before the one with this place.
    if (missing.delete(length)) continue;
    const sample = Math.floor(index / channels);
    stream[length++] = bytes.readInt16LE(2 * (sample * channels + ((index + channels - 1) % channels)));
  }
  return { stream: stream.subarray(0, length - (length % channels)), channels, missingBefore };
}

describe('importing the older Open Ephys format', () => {
  it('gives samples, edges and messages, without the zeros that fill the last record', async () => {
    const { reader } = await expectAsMade(makeOpenEphysLegacy());
    expect(reader).toMatchObject({ format: 'Open Ephys 0.6', startedAt: '2025-04-03T11:38:45.031Z' });
    expect(reader.notes).toEqual([
      '1 channels that are no electrodes were left out.',
      '572 samples that are 0 in all channels fill the last record, and were dropped.',
    ]);
  });

  it('reads what a real program wrote: 16 channels in the order of their numbers, 128 edges, 13 messages', async () => {
    const { reader, samples, events } = await readRecording(join(fixtures, 'legacy'));
    expect(reader).toMatchObject({
      sampleRateHz: 40_000,
      sampleCount: 2048,
      startedAt: '2025-04-03T11:38:45.031Z',
      notes: [],
    });
    expect(reader.channels.map(({ name }) => name)).toEqual(Array.from({ length: 16 }, (_, index) => `CH${index + 1}`));
    expect(reader.channels.every(({ microvoltsPerBit }) => microvoltsPerBit === 0.05)).toBe(true);
    expect(samples).toEqual(Array.from(publishedStream().stream.subarray(0, samples.length)));
    expect(events.filter(({ kind }) => kind === 'line')).toHaveLength(128);
    expect(events[0]).toEqual({ sample: 0, kind: 'line', line: 0, isHigh: true, stream: '100_example-data' });
    expect(events.find(({ kind }) => kind === 'message')).toEqual({
      sample: 0,
      kind: 'message',
      text: 'TTL Line=1 State=0',
    });
  });

  it('finds all 309 places at which a published recording lost a word, and no other', async () => {
    const { stream, channels, missingBefore } = publishedStream();
    const files = Array.from({ length: channels }, (_, channel) => [
      `100_example-data_CH${channel + 1}.continuous`,
      continuous(
        `CH${channel + 1}`,
        stream.filter((_, index) => index % channels === channel),
        (record) => 251_635 + 1024 * record,
      ),
    ]);
    const folder = placeFiles(Object.fromEntries(files) as Record<string, Buffer>);
    const report = await importRecording({ path: folder.path, folder: join(folder.path, 'out') });
    folder.dispose();
    expect(report.slips?.count).toBe(309);
    const places = report.slips?.places.map(({ sample, channel }) => sample * channels + channel) ?? [];
    places.forEach((place, index) => expect(Math.abs(place - missingBefore[index]!)).toBeLessThanOrEqual(1));
    expect(report.notes.at(-1)).toContain('one word is missing at 309 places');
    expect(report.events).toBe(309);
  });

  it('finds no lost word in the repaired recording', async () => {
    const folder = placeFiles({});
    const path = join(root, 'resources/recordings/barrel-cortex-16ch/recording.json');
    const report = await importRecording({ path, folder: join(folder.path, 'out') });
    folder.dispose();
    expect(report.slips).toEqual({ count: 0, places: [] });
  });

  it('says where samples are missing, and places events behind the gap', async () => {
    const made = makeOpenEphysLegacy({ lost: 600 });
    const { reader, events } = await readMade(made);
    expect(reader.notes).toContainEqual(expect.stringContaining('jump from 8023 to 8624 before sample 1024'));
    expect(events).toEqual(made.events);
  });

  it('drops a cut-off last record of one channel, in all of them', async () => {
    const made = makeOpenEphysLegacy();
    const files = { ...made.files, [firstFile]: made.files[firstFile]!.subarray(0, -8) };
    const { reader, samples } = await readMade({ ...made, files });
    expect(samples).toEqual(made.samples.slice(0, 2048 * 2));
    expect(reader.notes).toEqual([
      expect.stringContaining('no electrodes'),
      'The channels hold 2 to 3 records: what not all of them hold was dropped.',
      expect.stringMatching(/CH9\.continuous end in the middle of a record: the last 2062 bytes were dropped/),
    ]);
  });

  it.each([
    ['magic', changed(0, '00'), /CH9\.continuous, byte 0: does not begin with header\.format/],
    ['marker', changed(1024 + recordBytes - 3, '00'), /byte 3084: the record does not end with 0 1 2/],
    ['number of samples', changed(1024 + 8, '0005'), /byte 1032: a record of 1280 samples/],
    [
      'time',
      changed(1024, 'ffff'),
      /CH10\.continuous, record 0: begins with sample 7000, where that of other channels begins with 65535/,
    ],
    ['huge time', changed(1024, 'ffffffffffffff7f'), /byte 1024: \d+ is no number of a sample/],
    ['header', changed(80, Buffer.from('header.header_bytes = 9999;').toString('hex')), /in its header/],
  ])('refuses a wrong %s with its place', async (_, made, message) => {
    await expect(readMade(made)).rejects.toMatchObject({ message: expect.stringMatching(message) });
  });

  it('refuses a file without a whole record', async () => {
    const made = makeOpenEphysLegacy();
    const files = { ...made.files, [firstFile]: made.files[firstFile]!.subarray(0, 1500) };
    await expect(readMade({ ...made, files })).rejects.toMatchObject({
      message: expect.stringContaining('byte 1024: no whole record of 2070 bytes follows the header, only 476 bytes'),
    });
  });

  it('gives an error or samples, however it is damaged', async () => {
    const made = makeOpenEphysLegacy({ samples: 1500 });
    await fuzzReader(
      made,
      Object.keys(made.files).filter((name) => /CH\d+/.test(name)),
      200,
    );
  });
});
