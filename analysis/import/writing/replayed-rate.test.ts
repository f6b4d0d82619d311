import { expect, it } from 'vitest';
import { replayedRate } from './replayed-rate.ts';

it('a measured rate is replayed at the whole kHz that it means, with a note; others stay as they are', () => {
  expect(replayedRate(40_000)).toEqual({ sampleRateHz: 40_000, note: undefined });
  expect(replayedRate(30_000.149_579_831_934)).toEqual({
    sampleRateHz: 30_000,
    note: "The original's rate is 30000.149579831934 Hz; it is replayed at 30000 Hz, 5.0 millionths slower.",
  });
  expect(replayedRate(24_999.5)).toMatchObject({
    sampleRateHz: 25_000,
    note: expect.stringContaining('20.0 millionths faster'),
  });
  for (const rate of [24_414.0625, 2500, 200])
    expect(replayedRate(rate)).toEqual({
      sampleRateHz: rate,
      note: expect.stringContaining('choose a tick that holds whole samples'),
    });
});
