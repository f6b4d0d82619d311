import { describe, expect, it } from 'vitest';
import { encodeSpike } from '../../../virtual-rig/rhx/stream-source.ts';
import { type RhxSpike, SpikeParser } from './spike-parser.ts';

function parsed() {
  const spikes: RhxSpike[] = [];
  const parser = new SpikeParser(['A-000', 'A-001'], (spike) => spikes.push(spike));
  return { parser, spikes, samples: () => spikes.map(({ sample }) => sample) };
}

const join = (...records: Uint8Array[]) => Uint8Array.from(Buffer.concat(records));

describe('the parser of spike records', () => {
  it('hands out each record, however the stream is cut', () => {
    const stream = join(encodeSpike('A-000', 7, 1), encodeSpike('A-001', 7, 0x80), encodeSpike('A-000', 2 ** 31, 0x40));
    for (const size of [1, 13, 14, 15, 100]) {
      const { parser, spikes } = parsed();
      for (let from = 0; from < stream.length; from += size) parser.push(stream.subarray(from, from + size));
      parser.settle();
      expect(spikes).toEqual([
        { channel: 'A-000', sample: 7, id: 1 },
        { channel: 'A-001', sample: 7, id: 0x80 },
        { channel: 'A-000', sample: 2 ** 31, id: 0x40 },
      ]);
    }
  });

  it('believes a record only when a magic follows it, or the stream rests behind it', () => {
    const { parser, samples } = parsed();
    parser.push(join(encodeSpike('A-000', 7, 1), Uint8Array.of(15)));
    parser.settle();
    expect(samples()).toEqual([]);
    parser.push(encodeSpike('A-001', 9, 1).subarray(1));
    expect(samples()).toEqual([7]);
    parser.settle();
    expect(samples()).toEqual([7, 9]);
  });

  it('skips and counts records of unknown channels, unknown units, out of order or cut', () => {
    const { parser, samples } = parsed();
    parser.push(
      join(encodeSpike('A-000', 100_000, 1), encodeSpike('A-002', 100_001, 1), encodeSpike('A-000', 100_002, 3)),
    );
    parser.push(join(encodeSpike('A-000', 99_000, 1), encodeSpike('A-000', 100_003, 1).subarray(0, 9)));
    parser.push(join(encodeSpike('A-001', 100_004, 2), encodeSpike('A-001', 5, 2)));
    parser.settle();
    expect(samples()).toEqual([100_000, 100_004, 5]);
    expect(parser.skippedBytes).toBe(3 * 14 + 9);
  });

  it('takes any first timestamp in a new run', () => {
    const { parser, samples } = parsed();
    parser.push(encodeSpike('A-000', 200_000, 1));
    parser.settle();
    parser.beginRun();
    parser.push(encodeSpike('A-000', 70_000, 1));
    parser.settle();
    expect(samples()).toEqual([200_000, 70_000]);
  });
});
