import { describe, expect, it } from 'vitest';
import { RigBlocks } from './rig-blocks.ts';

function cut(microvoltsPerBit = 1) {
  const blocks: number[][] = [];
  const cutter = new RigBlocks({
    channels: 2,
    samplesPerBlock: 4,
    microvoltsPerBit,
    onBlock: (firstSample, values) => blocks.push([firstSample, ...values]),
  });
  /** Channel 0 holds the sample's number, channel 1 its negative. */
  const take = (firstSample: number, sampleCount: number, value = (sample: number) => sample) => {
    const column = (sign: number) => {
      const values = Float32Array.from({ length: sampleCount }, (_, at) => sign * value(firstSample + at));
      return new Uint8Array(values.buffer);
    };
    cutter.take({ firstSample, sampleCount, payloads: [column(1), column(-1)] });
  };
  return { cutter, blocks, take };
}

const block = (first: number) =>
  [first, ...[0, 1, 2, 3].flatMap((at) => [first + at, -(first + at)])].map((value) => value + 0);

describe('cutting blocks', () => {
  it('makes blocks of one length of blocks of any', () => {
    const { blocks, take } = cut();
    for (const [first, count] of [
      [0, 3],
      [3, 6],
      [9, 1],
      [10, 2],
      [12, 9],
    ] as const)
      take(first, count);
    expect(blocks.map((each) => each.map((value) => value + 0))).toEqual([0, 4, 8, 12, 16].map(block));
  });

  it('begins, and begins again behind a gap, at a multiple of its length', () => {
    const { blocks, take } = cut();
    take(2, 7);
    take(30, 12);
    expect(blocks.map(([first]) => first)).toEqual([4, 32, 36]);
    expect(blocks.map((each) => each.map((value) => value + 0))).toEqual([4, 32, 36].map(block));
  });

  it('takes steps of the resolution, and holds what is beyond at the end of the range, counted', () => {
    const { blocks, cutter, take } = cut(0.195);
    take(0, 4, (sample) => [0.195 * 1000, 0.195 * 32_767, 7000, NaN][sample]!);
    expect(blocks).toEqual([[0, 1000, -1000, 32_767, -32_767, 32_767, -32_768, 0, 0]]);
    expect(cutter.clipped).toBe(4);
  });
});
