import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { traceLayout } from './live-messages.fixture.ts';
import { TraceBuffer } from './trace-buffer.ts';

/** A buffer of 4 bins of 2 channels. */
const smallBuffer = () => new TraceBuffer(1);
const push = (buffer: TraceBuffer, firstBin: number, values: number[], channels = 2) =>
  buffer.push(
    traceLayout({ firstBin, bins: values.length / channels, channels }),
    Int16Array.from(values),
    Int16Array.from(values, (value) => value + 1),
  );
const minima = (buffer: TraceBuffer, channel: number) => {
  const found: (number | null)[] = [];
  for (let bin = buffer.firstBin; bin < buffer.endBin; bin++)
    found.push(buffer.isMissing(bin) ? null : buffer.min[buffer.offsetOf(bin) + channel]!);
  return found;
};

describe('TraceBuffer', () => {
  it('keeps the newest bins when it is full', () => {
    const buffer = smallBuffer();
    push(buffer, 0, [1, 10, 2, 20, 3, 30]);
    push(buffer, 3, [4, 40, 5, 50, 6, 60]);
    expect(buffer.firstBin).toBe(2);
    expect(buffer.endSeconds).toBe(1.5);
    expect(minima(buffer, 0)).toEqual([3, 4, 5, 6]);
    expect(minima(buffer, 1)).toEqual([30, 40, 50, 60]);
  });

  it('begins at the first bin that it sees and calls nothing before it missing', () => {
    const buffer = smallBuffer();
    push(buffer, 100, [1, 10]);
    expect([buffer.firstBin, buffer.endBin, buffer.missingBins]).toEqual([100, 101, 0]);
  });

  it('marks the bins that a jump leaves out', () => {
    const buffer = smallBuffer();
    push(buffer, 0, [1, 10]);
    push(buffer, 3, [4, 40]);
    expect(minima(buffer, 1)).toEqual([10, null, null, 40]);
    expect(buffer.missingBins).toBe(2);
  });

  it('survives a jump longer than itself', () => {
    const buffer = smallBuffer();
    push(buffer, 0, [1, 10]);
    push(buffer, 1_000, [4, 40]);
    expect(minima(buffer, 0)).toEqual([null, null, null, 4]);
  });

  it('starts anew when the stream steps back or its layout changes', () => {
    const buffer = smallBuffer();
    push(buffer, 50, [1, 10, 2, 20]);
    push(buffer, 0, [7, 70]);
    expect([buffer.firstBin, ...minima(buffer, 0)]).toEqual([0, 7]);
    push(buffer, 1, [1, 2, 3], 3);
    expect([buffer.channels, buffer.firstBin, ...minima(buffer, 2)]).toEqual([3, 1, 3]);
  });

  it('holds what was pushed last, however it was cut into messages', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer({ min: -1_000, max: 1_000 }), { maxLength: 9 })), (messages) => {
        const buffer = smallBuffer();
        for (const message of messages)
          push(
            buffer,
            buffer.endBin,
            message.flatMap((value) => [value, value + 5_000]),
          );
        expect(minima(buffer, 0)).toEqual(messages.flat().slice(-4));
        expect(minima(buffer, 1)).toEqual(
          messages
            .flat()
            .slice(-4)
            .map((value) => value + 5_000),
        );
      }),
    );
  });
});
