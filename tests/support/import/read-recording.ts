// Reads recordings as the importer does, whole and in uneven windows, and damages them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { AnalysisFailure } from '../../../analysis/failure.ts';
import { openRecording } from '../../../analysis/import/identify-recording.ts';
import type { RecordingEvent, RecordingReader } from '../../../analysis/import/recording-reader.ts';
import { placeFiles, type MadeRecording } from './made-recording.ts';

/** Written over a place: counts and lengths that no recording has, in binary and in digits. */
const extremes = ['ffffffff', '7fffffff', 'ffffff7f', '00000000', '00000080', 'ff7f', '0080', '39393939', '2d31'];

export interface ReadRecording {
  reader: Pick<
    RecordingReader,
    'format' | 'sampleRateHz' | 'channels' | 'sampleCount' | 'sampleType' | 'startedAt' | 'files' | 'notes'
  >;
  samples: number[];
  events: RecordingEvent[];
}

/** @param window samples that are read at a time. */
export async function readRecording(path: string, stream?: string, window = 1000): Promise<ReadRecording> {
  const reader = await openRecording(path, stream);
  try {
    expect(reader.channels.length).toBeLessThanOrEqual(4096);
    expect(reader.sampleRateHz).toBeLessThanOrEqual(100_000);
    const samples: number[] = [];
    for (let first = 0; first < reader.sampleCount; first += window) {
      const count = Math.min(window, reader.sampleCount - first);
      const read = await reader.read(first, count);
      expect(read).toHaveLength(count * reader.channels.length);
      for (const sample of read) samples.push(sample);
    }
    const events: RecordingEvent[] = [];
    for await (const event of reader.events()) events.push(event);
    return { reader, samples, events };
  } finally {
    await reader.dispose();
  }
}

export async function readMade(made: MadeRecording, window?: number): Promise<ReadRecording> {
  const folder = placeFiles(made.files);
  try {
    return await readRecording(join(folder.path, made.open), made.stream, window);
  } finally {
    folder.dispose();
  }
}

/** The reader finds all that was made, in windows of any size. */
export async function expectAsMade(made: MadeRecording): Promise<ReadRecording> {
  for (const window of [7, 128, 129]) expect((await readMade(made, window)).samples).toEqual(made.samples);
  const read = await readMade(made);
  expect(read.samples).toEqual(made.samples);
  expect(read.reader.sampleCount).toBe(made.samples.length / made.channelNames.length);
  expect(read.reader.sampleRateHz).toBeCloseTo(made.sampleRateHz, 9);
  expect(read.reader.channels.map(({ name }) => name)).toEqual(made.channelNames);
  read.reader.channels.forEach(({ microvoltsPerBit }, channel) =>
    expect(microvoltsPerBit / made.microvoltsPerBit[channel]!).toBeCloseTo(1, 6),
  );
  if (made.events) expect(read.events).toEqual(made.events);
  return read;
}

/** What a damaged recording is: an error in words, or samples that its files can hold. */
async function expectErrorOrSamples(made: MadeRecording, path: string): Promise<ReadRecording | AnalysisFailure> {
  const bytes = Object.values(made.files).reduce((sum, { length }) => sum + length, 0);
  try {
    const read = await readRecording(path, made.stream);
    const { channels, sampleCount } = read.reader;
    expect(sampleCount).toBeGreaterThan(0);
    // Two bytes are the least that a sample takes; compressed ones take less.
    if (!made.open.endsWith('.nwb')) expect(channels.length * sampleCount * 2).toBeLessThanOrEqual(bytes);
    expect(read.events.length).toBeLessThanOrEqual(bytes);
    return read;
  } catch (error) {
    if (!(error instanceof AnalysisFailure)) throw error;
    expect(error.message).toMatch(/.{10}/);
    expect(error.cure).toMatch(/.{10}/);
    expect(error.message + error.cure).not.toMatch(/undefined|\[object|Maximum call/);
    return error;
  }
}

/**
 * Cuts each file at any byte, changes any bits, and writes extreme numbers over any place: each gives an error in words or samples. A file that
 * is cut gives the samples that came first.
 * @param cutsSamples files of which a cut leaves samples as they are; others may change their meaning.
 */
export async function fuzzReader(made: MadeRecording, cutsSamples: readonly string[], numRuns = 300): Promise<void> {
  const folder = placeFiles(made.files);
  const file = fc.constantFrom(...Object.keys(made.files));
  const part = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  // Headers are short and samples long: half of the damage is near the beginning.
  const place = fc.tuple(part, fc.boolean()).map(
    ([at, isNear]) =>
      (length: number) =>
        Math.floor(at * (isNear ? Math.min(length, 1200) : length)),
  );
  const damaged = async (name: string, content: Uint8Array) => {
    writeFileSync(join(folder.path, name), content);
    try {
      return await expectErrorOrSamples(made, join(folder.path, made.open));
    } finally {
      writeFileSync(join(folder.path, name), made.files[name]!);
    }
  };
  try {
    await fc.assert(
      fc.asyncProperty(file, place, async (name, at) => {
        const content = made.files[name]!;
        const read = await damaged(name, content.subarray(0, at(content.length)));
        if (read instanceof AnalysisFailure || !cutsSamples.includes(name)) return;
        expect(read.samples).toEqual(made.samples.slice(0, read.samples.length));
      }),
      { numRuns },
    );
    const flips = fc.array(fc.tuple(place, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(file, flips, async (name, places) => {
        const content = Buffer.from(made.files[name]!);
        for (const [at, bits] of places) content[at(content.length)]! ^= bits;
        await damaged(name, content);
      }),
      { numRuns },
    );
    await fc.assert(
      fc.asyncProperty(file, place, fc.constantFrom(...extremes), async (name, at, hex) => {
        const content = Buffer.from(made.files[name]!);
        Buffer.from(hex, 'hex').copy(content, at(content.length));
        await damaged(name, content);
      }),
      { numRuns },
    );
  } finally {
    folder.dispose();
  }
}
