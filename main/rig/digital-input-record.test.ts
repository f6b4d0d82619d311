// Named lines in a recording: how they were at its beginning, and each change at its sample.
import { expect, it } from 'vitest';
import { DigitalInputRecord } from './digital-input-record.ts';

const all = 0xffff;

function setUp() {
  const written: [sample: number, line: number, isHigh: number][] = [];
  const record = new DigitalInputRecord(
    [
      { line: 1, name: 'lick' },
      { line: 16, name: 'camera' },
    ],
    { digitalInput: ({ sampleIndex, line, isHigh }) => written.push([sampleIndex, line, isHigh]) },
  );
  const block = (firstSample: number, isRecording: boolean) =>
    record.advance({ firstSample, sampleCount: 10 }, isRecording);
  return { record, written, block };
}

it('writes how the lines are at the first sample of a recording, and each change of a named one at its own', () => {
  const { record, written, block } = setUp();
  record.take({ sample: 3, lines: 0x8000, known: all });
  block(0, false);
  // They come before the block that holds their samples.
  record.take({ sample: 10, lines: 0x8001, known: all });
  record.take({ sample: 12, lines: 0x8003, known: all });
  record.take({ sample: 15, lines: 0x0002, known: all });
  block(10, true);
  expect(written).toEqual([
    [10, 1, 1],
    [10, 16, 1],
    [15, 1, 0],
    [15, 16, 0],
  ]);
  // And after it.
  record.take({ sample: 19, lines: 0x0003, known: all });
  expect(written.slice(4)).toEqual([[19, 1, 1]]);
  block(20, false);
  record.take({ sample: 22, lines: 0, known: all });
  expect(written).toHaveLength(5);
  expect(record.status).toEqual([
    { line: 1, name: 'lick', isHigh: false, changes: 4 },
    { line: 16, name: 'camera', isHigh: false, changes: 1 },
  ]);
});

it('writes the state of a second recording anew', () => {
  const { record, written, block } = setUp();
  record.take({ sample: 0, lines: 1, known: all });
  for (const [first, isRecording] of [
    [0, true],
    [10, false],
    [20, true],
  ] as const)
    block(first, isRecording);
  expect(written.filter(([, line]) => line === 1)).toEqual([
    [0, 1, 1],
    [20, 1, 1],
  ]);
});

it('says nothing of a line before the source has told of it', () => {
  const { record, written, block } = setUp();
  block(0, true);
  record.take({ sample: 11, lines: 1, known: 1 });
  expect(record.status.map(({ isHigh, changes }) => [isHigh, changes])).toEqual([
    [undefined, 0],
    [undefined, 0],
  ]);
  block(10, true);
  expect(written).toEqual([[11, 1, 1]]);
  expect(record.status.map(({ isHigh, changes }) => [isHigh, changes])).toEqual([
    [true, 0],
    [undefined, 0],
  ]);
});
