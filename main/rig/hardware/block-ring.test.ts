import { describe, expect, it } from 'vitest';
import { BlockRingReader, BlockRingWriter, createBlockRing } from './block-ring.ts';

function ring(slots = 3) {
  const memory = createBlockRing(2, slots, 128);
  const reader = new BlockRingReader(memory);
  const writer = new BlockRingWriter(memory);
  const write = (firstSample: number) =>
    writer.write({
      firstSample,
      receivedNs: firstSample + 0.5,
      gapAt: firstSample % 128,
      gapSamples: 3 * firstSample,
      words: new Uint16Array(256).fill(firstSample),
    });
  const taken = () => {
    const found: number[] = [];
    reader.takeAll(({ firstSample, receivedNs, gapAt, gapSamples, words }) => {
      expect([receivedNs, gapAt, gapSamples]).toEqual([firstSample + 0.5, firstSample % 128, 3 * firstSample]);
      expect(new Set(words)).toEqual(new Set([firstSample & 0xffff]));
      found.push(firstSample);
    });
    return found;
  };
  return { reader, write, taken };
}

describe('the ring of blocks', () => {
  it('hands over in order, around its end many times', () => {
    const { write, taken, reader } = ring();
    for (let first = 0; first < 40; first += 2) {
      write(first);
      write(first + 1);
      expect(taken()).toEqual([first, first + 1]);
    }
    expect(reader.dropped).toBe(0);
  });

  it('drops the newest when it is full, and counts it', () => {
    const { write, taken, reader } = ring();
    for (let first = 0; first < 5; first++) write(first);
    expect(reader.dropped).toBe(2);
    expect(taken()).toEqual([0, 1, 2]);
    write(5);
    expect(taken()).toEqual([5]);
  });

  it('wakes its reader once until everything was taken', () => {
    const { write, taken } = ring();
    expect([write(0), write(1)]).toEqual([true, false]);
    taken();
    expect(taken()).toEqual([]);
    expect([write(2), write(3)]).toEqual([true, false]);
  });
});
