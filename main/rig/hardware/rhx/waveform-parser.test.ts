import { describe, expect, it } from 'vitest';
import { encodeBlock, madeWord } from '../../../virtual-rig/rhx/stream-source.ts';
import { bytesPerBlock } from './columns.ts';
import { WaveformParser } from './waveform-parser.ts';

const words = 3;

function parsed(count = words) {
  const blocks: { firstSample: number; gapAt: number; gapSamples: number; words: number[] }[] = [];
  const events: string[] = [];
  const parser = new WaveformParser(count, {
    onBlock: (block) => blocks.push({ ...block, words: [...block.words] }),
    onGap: (first, samples) => events.push(`gap ${first} ${samples}`),
    onRunBegins: () => events.push('run'),
    onDamage: (bytes) => events.push(`damage ${bytes}`),
    onLayoutChanged: (other) => events.push(`layout ${other}`),
  });
  return { parser, blocks, events, starts: () => blocks.map(({ firstSample }) => firstSample) };
}

const at = (first: number, count = words) => encodeBlock(count, (sample) => first + sample);
const join = (...blocks: Uint8Array[]) => Uint8Array.from(Buffer.concat(blocks));

describe('the parser of waveform blocks', () => {
  it('hands out each word where it belongs, however the stream is cut', () => {
    const stream = join(at(0), at(128), at(256));
    for (const size of [1, 3, 7, 128, 1283, 1284, 1285, 4000]) {
      const { parser, blocks, events } = parsed();
      for (let from = 0; from < stream.length; from += size) parser.push(stream.subarray(from, from + size));
      parser.settle();
      expect(blocks.map(({ firstSample }) => firstSample)).toEqual([0, 128, 256]);
      expect(blocks[1]!.words).toEqual(
        Array.from({ length: 128 * words }, (_, index) => madeWord(128 + Math.floor(index / words), index % words)),
      );
      expect(events).toEqual(['run']);
    }
  });

  it('believes a block only when a magic follows it, or the stream rests behind it', () => {
    const { parser, starts } = parsed();
    parser.push(at(0));
    expect(starts()).toEqual([]);
    parser.settle();
    expect(starts()).toEqual([0]);
    parser.push(join(at(128), at(256)).subarray(0, -1));
    expect(starts()).toEqual([0, 128]);
    parser.settle();
    expect(starts()).toEqual([0, 128]);
  });

  it('reads blocks of timestamps alone', () => {
    const { parser, blocks } = parsed(0);
    parser.push(join(at(0, 0), at(128, 0)));
    parser.settle();
    expect(blocks.map(({ firstSample, words: all }) => [firstSample, all.length])).toEqual([
      [0, 0],
      [128, 0],
    ]);
  });

  it('marks samples that are missing between blocks and inside one', () => {
    const { parser, blocks, events } = parsed();
    const jumping = encodeBlock(words, (sample) => 1024 + sample + (sample >= 50 ? 9 : 0));
    parser.push(join(at(0), at(896), jumping, at(1024 + 128 + 9), at(1024 + 256 + 9)));
    parser.settle();
    expect(blocks.map(({ firstSample, gapAt, gapSamples }) => [firstSample, gapAt, gapSamples])).toEqual([
      [0, 0, 0],
      [896, 0, 0],
      [1024, 50, 9],
      [1161, 0, 0],
      [1289, 0, 0],
    ]);
    expect(events).toEqual(['run', 'gap 128 768', 'gap 1074 9']);
  });

  it('takes a wrong timestamp for damage and not for a loss', () => {
    for (const sample of [0, 1, 50, 126, 127]) {
      for (const bit of [1, 2 ** 9, 2 ** 20, 2 ** 30]) {
        const { parser, starts, events } = parsed();
        const wrong = encodeBlock(words, (each) => 128 + each);
        const view = new DataView(wrong.buffer);
        const place = 4 + sample * (4 + 2 * words);
        view.setUint32(place, view.getUint32(place, true) ^ bit, true);
        parser.push(join(at(0), wrong, at(256), at(384)));
        parser.settle();
        expect(starts(), `bit ${bit} of sample ${sample}`).toEqual([0, 256, 384]);
        expect(events).toContain(`damage ${bytesPerBlock(words)}`);
      }
    }
  });

  it('believes no jump inside a block behind damage, though the timestamp before it is the one that was due', () => {
    const { parser, starts, events } = parsed();
    const seemsDue = encodeBlock(words, (sample) => (sample === 0 ? 128 : 256 + sample));
    parser.push(join(at(0), at(128).fill(0, 50, 60), seemsDue, at(384), at(512)));
    parser.settle();
    expect(starts()).toEqual([0, 384, 512]);
    expect(events).toEqual(['run', `damage ${2 * bytesPerBlock(words)}`, 'gap 128 256']);
  });

  it('goes on at the next block after bytes that are none, and is not led astray by a magic among the samples', () => {
    const { parser, starts, events } = parsed();
    const innocent = at(128);
    new DataView(innocent.buffer).setUint32(200, 0x2ef07a08, true);
    parser.push(
      join(Uint8Array.of(8, 0x7a, 0xf0, 0x2e, 1, 2, 3), at(0), innocent, at(256), at(384).subarray(9), at(512)),
    );
    parser.settle();
    // The block before the missing magic could as well have lost its own last bytes.
    expect(starts()).toEqual([0, 128, 512]);
    expect(events).toEqual(['damage 7', 'run', `damage ${2 * bytesPerBlock(words) - 9}`, 'gap 256 256']);
  });

  it('begins a run anew where timestamps go back to near 0, and refuses all other ways back', () => {
    const { parser, starts, events } = parsed();
    parser.push(join(at(100_000), at(99_000), at(100_128), at(1500), at(1628)));
    parser.settle();
    expect(starts()).toEqual([100_000, 100_128, 1500, 1628]);
    expect(events).toEqual(['run', `damage ${bytesPerBlock(words)}`, 'run']);
    parser.beginRun();
    parser.push(join(at(90_000), at(90_128)));
    expect(starts().at(-1)).toBe(90_000);
  });

  it('counts on when timestamps wrap', () => {
    const wrap = 2 ** 32;
    const { parser, starts, events } = parsed();
    parser.push(join(at(wrap - 192), at(wrap - 64), at(wrap + 64), at(wrap + 192 + 5)));
    parser.settle();
    expect(starts()).toEqual([wrap - 192, wrap - 64, wrap + 64, wrap + 197]);
    expect(events).toEqual(['run', `gap ${wrap + 192} 5`]);
    const even = parsed();
    even.parser.push(join(at(wrap - 128), at(wrap), at(wrap + 128)));
    even.parser.settle();
    expect(even.starts()).toEqual([wrap - 128, wrap, wrap + 128]);
    const across = parsed();
    across.parser.push(join(at(wrap - 256), at(wrap + 50)));
    across.parser.settle();
    expect(across.events).toEqual(['run', `gap ${wrap - 128} 178`]);
    expect(across.starts()).toEqual([wrap - 256, wrap + 50]);
  });

  it('stops at blocks of another length: its columns are not known', () => {
    for (const other of [0, 2, 4, 20]) {
      const { parser, starts, events } = parsed();
      const stream = join(at(0), at(128), at(256, other), at(384, other), at(512, other));
      for (let from = 0; from < stream.length; from += 700) parser.push(stream.subarray(from, from + 700));
      expect(events).toEqual(['run', `layout ${other}`]);
      expect(starts()).toEqual([0, 128]);
    }
  });
});
