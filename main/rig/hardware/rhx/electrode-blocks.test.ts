import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RingBlock } from '../block-ring.ts';
import { ElectrodeBlocks } from './electrode-blocks.ts';

/** A block of 128 frames of three words; each word tells its sample and column. */
function rhxBlock(firstSample: number, gapAt = 0, gapSamples = 0): RingBlock {
  const words = new Uint16Array(128 * 3);
  for (let index = 0; index < 128; index++) {
    const sample = firstSample + index + (gapSamples > 0 && index >= gapAt ? gapSamples : 0);
    for (let column = 0; column < 3; column++) words[index * 3 + column] = wordOf(sample, column);
  }
  return { firstSample, receivedNs: 0, gapAt, gapSamples, words };
}

const wordOf = (sample: number, column: number) => (sample * 7 + column * 20_000) & 0xffff;

function collected(samplesPerBlock: number, columns = [2, 0]) {
  const blocks: { firstSample: number; sampleCount: number; samples: number[] }[] = [];
  const builder = new ElectrodeBlocks({
    words: 3,
    columns,
    samplesPerBlock,
    onBlock: (firstSample, sampleCount, samples) => blocks.push({ firstSample, sampleCount, samples: [...samples] }),
  });
  return { builder, blocks };
}

describe('blocks of electrodes', () => {
  it('have the rig’s length and the order of its electrodes, the middle of RHX’s range at 0', () => {
    const { builder, blocks } = collected(100);
    builder.take(rhxBlock(0));
    builder.take(rhxBlock(128));
    expect(blocks.map(({ firstSample, sampleCount }) => [firstSample, sampleCount])).toEqual([
      [0, 100],
      [100, 100],
    ]);
    expect(blocks[1]!.samples.slice(0, 4)).toEqual([
      wordOf(100, 2) - 32_768,
      wordOf(100, 0) - 32_768,
      wordOf(101, 2) - 32_768,
      wordOf(101, 0) - 32_768,
    ]);
  });

  it('are shorter before and after a gap, also one inside a block of RHX, and end at multiples again', () => {
    const { builder, blocks } = collected(100);
    builder.take(rhxBlock(0));
    builder.take(rhxBlock(128, 10, 1000));
    builder.flush();
    expect(blocks.map(({ firstSample, sampleCount }) => [firstSample, sampleCount])).toEqual([
      [0, 100],
      [100, 38],
      [1138, 62],
      [1200, 56],
    ]);
  });

  it('lose and change nothing, whatever the length, the start and the gaps are', () => {
    const gap = fc.record({ before: fc.nat(500), at: fc.nat(127), inside: fc.nat(300) });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.nat(2000),
        fc.array(gap, { maxLength: 8 }),
        (length, start, gaps) => {
          const { builder, blocks } = collected(length);
          const given: number[] = [];
          let next = start;
          for (const { before, at, inside } of gaps) {
            const isGap = at > 0 && inside > 0;
            const block = rhxBlock(next + before, isGap ? at : 0, isGap ? inside : 0);
            for (let index = 0; index < 128; index++)
              given.push(block.firstSample + index + (isGap && index >= at ? inside : 0));
            builder.take(block);
            next = given.at(-1)! + 1;
          }
          builder.flush();
          const got = blocks.flatMap(({ firstSample, sampleCount }) =>
            Array.from({ length: sampleCount }, (_, index) => firstSample + index),
          );
          expect(got).toEqual(given);
          for (const { firstSample, sampleCount, samples } of blocks) {
            expect(sampleCount).toBeLessThanOrEqual(length);
            expect(samples.length).toBe(2 * sampleCount);
            expect(samples[0]).toBe(wordOf(firstSample, 2) - 32_768);
            expect(samples.at(-1)).toBe(wordOf(firstSample + sampleCount - 1, 0) - 32_768);
          }
        },
      ),
    );
  });
});
