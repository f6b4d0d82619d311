import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  frameHeaderBytes,
  journalFileHeaderBytes,
  payloadMaxBytes,
  type JournalFrame,
} from '../../common/journal/frame.ts';
import { recordType } from '../../common/journal/records.ts';
import { JournalWriterFixture } from './journal-writer.fixture.ts';
import { readJournal, type ReadJournalOptions } from './read-journal.ts';
import { sessionFixture } from './session.fixture.ts';
import { temporaryFolder } from './temporary-folder.fixture.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'journal.exj');
});
afterEach(() => folder.dispose());

/** Reads `bytes` as a journal; payloads are copied, because they are lent only. */
async function read(bytes: Uint8Array, options?: ReadJournalOptions) {
  writeFileSync(file, bytes);
  const frames: JournalFrame[] = [];
  const condition = await readJournal(
    file,
    (frame) => frames.push({ ...frame, payload: frame.payload.slice() }),
    options,
  );
  return { frames, condition };
}

/** What two readings must agree on; places in memory differ. */
const essence = (frames: readonly JournalFrame[]) =>
  frames.map(({ type, sequence, hostNs, payload }) => ({ type, sequence, hostNs, payload }));

/** A journal of eight frames of several sizes. */
function smallJournal(): JournalWriterFixture {
  const journal = new JournalWriterFixture();
  for (let size = 0; size < 8; size++) {
    journal.hostNs = 1000 + size;
    journal.raw(
      recordType.mark,
      Uint8Array.from({ length: size * 5 }, (_, index) => index + size),
    );
  }
  return journal;
}

describe('reading a journal', () => {
  it('yields every frame in order, however small the chunks are', async () => {
    const { journal } = sessionFixture({ ticks: 20, channels: 4 });
    const whole = await read(journal.bytes);
    expect(whole.frames.map(({ sequence }) => sequence)).toEqual(journal.frameStarts.map((_, index) => index));
    expect(whole.condition).toEqual({
      validBytes: journal.bytes.length,
      tornBytes: 0,
      frames: journal.sequence,
      framesLost: 0,
      damaged: [],
    });
    for (const chunkBytes of [16, 33, 1000]) {
      const pieces = await read(journal.bytes, { chunkBytes });
      expect(pieces.condition).toEqual(whole.condition);
      expect(essence(pieces.frames)).toEqual(essence(whole.frames));
    }
  });

  it('lends payloads on multiples of eight bytes, so that samples can be laid over them', async () => {
    const { journal } = sessionFixture({ ticks: 20, channels: 3 });
    writeFileSync(file, journal.bytes);
    const offsets = new Set<number>();
    await readJournal(file, ({ payload }) => offsets.add(payload.byteOffset % 8), { chunkBytes: 100 });
    expect([...offsets]).toEqual([0]);
  });

  it('ends at the last whole frame, wherever the file was cut', async () => {
    const journal = smallJournal();
    const { bytes, frameStarts } = journal;
    const ends = [...frameStarts.slice(1), bytes.length];
    for (let cut = journalFileHeaderBytes; cut <= bytes.length; cut++) {
      const { frames, condition } = await read(bytes.subarray(0, cut), { chunkBytes: 64 });
      const whole = ends.filter((end) => end <= cut).length;
      const validBytes = ends[whole - 1] ?? journalFileHeaderBytes;
      expect(frames).toHaveLength(whole);
      expect(condition).toEqual({ validBytes, tornBytes: cut - validBytes, frames: whole, framesLost: 0, damaged: [] });
    }
  });

  it('takes a tail of zeros, as a power cut leaves it, as torn', async () => {
    const { bytes } = smallJournal();
    const { condition } = await read(Buffer.concat([bytes, new Uint8Array(5000)]), { chunkBytes: 512 });
    expect(condition).toMatchObject({ validBytes: bytes.length, tornBytes: 5000, frames: 8, damaged: [] });
  });

  it('never believes a frame in which a bit has flipped, and loses no other', async () => {
    const journal = smallJournal();
    const { bytes, frameStarts } = journal;
    const good = (await read(bytes)).frames;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: journalFileHeaderBytes * 8, max: bytes.length * 8 - 1 }), async (bit) => {
        const flipped = bytes.slice();
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const hit = frameStarts.findLastIndex((start) => start <= bit >> 3);
        const { frames, condition } = await read(flipped, { chunkBytes: 64 });
        expect(essence(frames)).toEqual(essence(good.filter(({ sequence }) => sequence !== hit)));
        const isLast = hit === frameStarts.length - 1;
        expect(condition.tornBytes > 0).toBe(isLast);
        expect(condition.damaged).toEqual(
          isLast
            ? []
            : [{ fromByte: frameStarts[hit], toByte: frameStarts[hit + 1], firstLostSequence: hit, framesLost: 1 }],
        );
      }),
      { numRuns: 300 },
    );
  });

  it('finds its place again behind bytes that were removed or put in', async () => {
    const { bytes, frameStarts } = smallJournal();
    const [third = 0, fifth = 0] = [frameStarts[3], frameStarts[5]];
    const without = Buffer.concat([bytes.subarray(0, third + 3), bytes.subarray(fifth)]);
    expect((await read(without)).condition).toMatchObject({
      frames: 6,
      framesLost: 2,
      damaged: [{ fromByte: third, toByte: third + 3, firstLostSequence: 3, framesLost: 2 }],
    });
    const withMore = Buffer.concat([bytes.subarray(0, third), Buffer.from('EXJF and no frame'), bytes.subarray(third)]);
    expect((await read(withMore)).condition).toMatchObject({
      frames: 8,
      framesLost: 0,
      damaged: [{ fromByte: third, toByte: third + 17 }],
    });
  });

  it('reads again as far as before, and compares checksums again only where something was damaged', async () => {
    const whole = smallJournal();
    const { condition, frames } = await read(whole.bytes);
    const flipped = whole.bytes.slice();
    // In the payload of the last frame.
    flipped[whole.frameStarts[7]! + frameHeaderBytes + 1]! ^= 1;
    const again = await read(Buffer.concat([flipped, smallJournal().bytes]), { found: condition });
    expect(again.frames).toHaveLength(frames.length);
    expect(again.frames[7]!.payload).not.toEqual(frames[7]!.payload);
    const damaged = { ...condition, damaged: [{ fromByte: 0, toByte: 8, firstLostSequence: 0, framesLost: 1 }] };
    expect((await read(flipped, { found: damaged })).frames).toHaveLength(frames.length - 1);
  });

  it('reports frames that are missing without a trace', async () => {
    const { bytes, frameStarts } = smallJournal();
    const [from = 0, to = 0] = [frameStarts[2], frameStarts[4]];
    const { condition } = await read(Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]));
    expect(condition.damaged).toEqual([{ fromByte: from, toByte: from, firstLostSequence: 2, framesLost: 2 }]);
  });

  it('does not believe an older frame behind newer ones', async () => {
    const { bytes, frameStarts } = smallJournal();
    const { frames, condition } = await read(Buffer.concat([bytes, bytes.subarray(frameStarts[1], frameStarts[3])]));
    expect(frames).toHaveLength(8);
    expect(condition.tornBytes).toBe((frameStarts[3] ?? 0) - (frameStarts[1] ?? 0));
  });

  it('reads a frame of the largest size', async () => {
    const journal = new JournalWriterFixture();
    journal.raw(recordType.block, new Uint8Array(payloadMaxBytes).fill(7));
    journal.raw(recordType.mark, Uint8Array.of(1));
    const { frames, condition } = await read(journal.bytes);
    expect(frames.map(({ payload }) => payload.length)).toEqual([payloadMaxBytes, 1]);
    expect(condition.tornBytes).toBe(0);
  });

  it('tells how far it is and stops when asked', async () => {
    const { bytes } = sessionFixture({ ticks: 20, channels: 4 }).journal;
    const fractions: number[] = [];
    await read(bytes, { chunkBytes: 512, onProgress: (fraction) => fractions.push(fraction) });
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
    const stop = new AbortController();
    await expect(read(bytes, { chunkBytes: 512, signal: stop.signal, onProgress: () => stop.abort() })).rejects.toThrow(
      'aborted',
    );
  });

  it('says what is wrong with a file that is no journal of this version, and how to mend it', async () => {
    const { bytes } = smallJournal();
    const newer = bytes.slice();
    newer[8] = 2;
    await expect(read(newer)).rejects.toMatchObject({
      message: expect.stringContaining('version 2'),
      cure: expect.stringContaining('later'),
    });
    await expect(read(Buffer.from('RIFF and more than sixteen bytes'))).rejects.toThrow('is not a journal');
    await expect(read(bytes.subarray(0, 11))).rejects.toThrow('ends inside its header');
    await expect(readJournal(join(folder.path, 'none.exj'), () => {})).rejects.toMatchObject({
      message: expect.stringContaining('There is no journal'),
      cure: expect.stringContaining('journal.exj'),
    });
  });
});
