import { describe, expect, it } from 'vitest';
import { samplesLayout } from '../../../../common/device-protocol/hid-report.ts';
import { BlockBuilder } from './block-builder.ts';

/** Two channels; each value is the number of its sample, negative in the second channel. */
function payload(
  firstSample: number,
  sampleCount: number,
  change: Partial<Record<'channels' | 'digitalInputs', number>> = {},
) {
  const samples = new Int16Array(sampleCount * 2);
  for (let index = 0; index < sampleCount; index++) samples.set([firstSample + index, -firstSample - index], index * 2);
  const header = { firstSample, deviceMicroseconds: firstSample * 10, digitalInputs: 5, sampleCount, channels: 2 };
  return samplesLayout.encode({ ...header, ...change }, new Uint8Array(samples.buffer));
}

function built() {
  const builder = new BlockBuilder(2, 4);
  const blocks: [number, number[]][] = [];
  builder.onBlock(({ firstSample, samples }) =>
    blocks.push([firstSample, [...new Int16Array(samples.slice().buffer)]]),
  );
  /** @returns whether the payload fitted */
  const take = (bytes: Uint8Array) => {
    const header = builder.read(bytes);
    if (header !== undefined) builder.take(header, bytes);
    return header !== undefined;
  };
  return { builder, blocks, take };
}

describe('blocks from reports of samples', () => {
  it('have every sample once, in order, however reports are cut', () => {
    const { builder, blocks, take } = built();
    for (const [first, count] of [
      [0, 3],
      [3, 3],
      [6, 2],
    ] as const)
      expect(take(payload(first, count))).toBe(true);
    expect(blocks).toEqual([
      [0, [0, -0, 1, -1, 2, -2, 3, -3].map((value) => value + 0)],
      [4, [4, -4, 5, -5, 6, -6, 7, -7]],
    ]);
    expect(builder.digitalInputs).toBe(5);
  });

  it('H30: a gap drops what there is of a block, and the next whole one tells of it', () => {
    const { blocks, take } = built();
    take(payload(0, 3));
    take(payload(5, 8));
    expect(blocks.map(([firstSample]) => firstSample)).toEqual([8]);
    take(payload(13, 3));
    expect(blocks[1]).toEqual([12, [12, -12, 13, -13, 14, -14, 15, -15]]);
  });

  it('H30: between two blocks each sample was missing or is counted as left out beside a gap, however many gaps there are', () => {
    const { builder, blocks, take } = built();
    const gone = new Set([1, 9, 15, 18, 22, 24, 29, 38]);
    for (let sample = 0; sample < 40; sample++) if (!gone.has(sample)) take(payload(sample, 1));
    expect(blocks.map(([firstSample]) => firstSample)).toEqual([4, 32]);
    const between = Array.from({ length: 24 }, (_, index) => 8 + index);
    const leftOut = between.filter((sample) => !gone.has(sample)).length;
    expect(between.length - leftOut).toBe(6);
    // Of the last block three have come.
    expect(builder.samplesBesideGaps).toBe(leftOut + 3);
  });

  it('tells how many reports would hold what is missing before one', () => {
    const { builder, take } = built();
    const missingBefore = (bytes: Uint8Array) => builder.reportsMissingBefore(builder.read(bytes)!);
    expect(missingBefore(payload(300, 3))).toBe(0);
    take(payload(300, 3));
    expect(missingBefore(payload(303, 3))).toBe(0);
    expect(missingBefore(payload(603, 3))).toBe(100);
    expect(missingBefore(payload(297, 3))).toBeLessThan(0);
  });

  it('tell the digital inputs at first and when they change, at the newest sample of the report', () => {
    const { builder, take } = built();
    const told: unknown[] = [];
    builder.onDigitalInputs((inputs) => told.push(inputs));
    for (const [first, digitalInputs] of [
      [0, 0],
      [3, 0],
      [6, 0x8001],
      [9, 1],
    ] as const)
      take(payload(first, 3, { digitalInputs }));
    expect(told).toEqual([
      { sample: 2, lines: 0, known: 0xffff },
      { sample: 8, lines: 0x8001, known: 0xffff },
      { sample: 11, lines: 1, known: 0xffff },
    ]);
  });

  it('takes nothing of a payload that does not fit', () => {
    const { blocks, take } = built();
    expect(take(payload(0, 4, { channels: 3 }))).toBe(false);
    expect(take(payload(0, 4).subarray(1))).toBe(false);
    expect(take(payload(0, 0))).toBe(false);
    expect(take(new Uint8Array(3))).toBe(false);
    expect(blocks).toEqual([]);
  });
});
