import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineMaxBytes, linesOf, segmentName, segmentNumbers } from './segment.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
/** The same bytes in pieces that end where `cuts` say. */
function pieces(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
}

describe('the segments of an audit log', () => {
  it('have names that sort as they were written, and nothing else is taken for one', () => {
    expect(segmentName(41)).toBe('000041.jsonl');
    const names = [
      '000010.jsonl',
      '000002.jsonl',
      '1234567.jsonl',
      '0000003.jsonl',
      '3.jsonl',
      '-00001.jsonl',
      'lock',
      'torn-000004.txt',
    ];
    expect(segmentNumbers(names)).toEqual([2, 10, 1_234_567]);
  });

  it('give the same lines in pieces of any size', () => {
    const text = 'first\n\n{"µ":"‰ 😀"}\nlast';
    const expected = [
      { file: 'a', line: 1, text: 'first', isWhole: true },
      { file: 'a', line: 2, text: '', isWhole: true },
      { file: 'a', line: 3, text: '{"µ":"‰ 😀"}', isWhole: true },
      { file: 'a', line: 4, text: 'last', isWhole: false },
    ];
    fc.assert(
      fc.property(fc.array(fc.nat(100), { maxLength: 12 }), (cuts) => {
        expect([...linesOf('a', pieces(bytesOf(text), cuts))]).toEqual(expected);
      }),
    );
    expect([...linesOf('a', [])]).toEqual([]);
  });

  it('give a line as it is or not at all: a byte order mark stays, what is not UTF-8 is no text', () => {
    const broken = Uint8Array.of(0x7b, 0xff, 0x7d, 0x0a, 0xef, 0xbb, 0xbf, 0x7b, 0x0a);
    expect([...linesOf('a', [broken])].map(({ text }) => text)).toEqual([undefined, '\ufeff{']);
  });

  it('give no text for a line that is too long, and go on behind it', () => {
    const long = bytesOf('x'.repeat(lineMaxBytes + 1));
    const lines = [...linesOf('a', [long, long, bytesOf('\nnext\n'), bytesOf('y'.repeat(lineMaxBytes))])];
    expect(lines.map(({ text }) => text?.length)).toEqual([undefined, 4, lineMaxBytes]);
  });
});
