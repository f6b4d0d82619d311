import { expect, it } from 'vitest';
import { BlockReception, emulatedValue } from './bench-reception.ts';

const channels = 2;
const block = (firstSample: number, sampleCount = 8) => ({
  ...{ firstSample, sampleCount, channels, acquiredNs: 0, deviceMicroseconds: 0 },
  samples: Int16Array.from({ length: sampleCount * channels }, (_, at) =>
    emulatedValue(firstSample + Math.floor(at / channels), at % channels),
  ),
});

const counted = (lostReports: number, samplesBesideGaps: number, samplesPerReport = 1, samplesNotTaken = 0) => ({
  ...{ lostReports, samplesBesideGaps, samplesPerReport, samplesNotTaken },
});

it('what is missing is explained by reports that were counted and by what came beside them, and only by these', () => {
  const reception = new BlockReception();
  for (const first of [800, 808, 824]) reception.take(block(first), 0);
  expect(reception).toMatchObject({ blocks: 3, samples: 24, missing: 8, wrong: 0 });
  // One sample was in the lost report; the others went with its block.
  expect(reception.uncounted(counted(1, 7))).toBe(0);
  expect(reception.uncounted(counted(1, 3))).toBe(4);
  expect(reception.uncounted(counted(0, 0))).toBe(8);
  expect(reception.uncounted(counted(2, 0, 3))).toBe(2);
  // Between two whole blocks each of twenty lacks one sample: one gap to look at, twenty reports that were lost.
  reception.take(block(832 + 160), 0);
  expect(reception.uncounted(counted(21, 7 + 140))).toBe(0);
});

it('blocks that were not taken explain their samples, without reports that were lost', () => {
  const reception = new BlockReception();
  for (const first of [0, 8, 40]) reception.take(block(first), 0);
  expect(reception.uncounted(counted(0, 0, 1, 24))).toBe(0);
  expect(reception.uncounted(counted(0, 0, 1, 16))).toBe(8);
});

it('more samples beside gaps than there can be explain nothing', () => {
  const reception = new BlockReception();
  for (const first of [0, 168]) reception.take(block(first), 0);
  expect(reception.uncounted(counted(1, 159))).toBe(160 - 1 - 2 * 7);
  expect(reception.uncounted(counted(0, 160))).toBe(160);
});

it('a block that comes twice, and a value that was not sampled, are told', () => {
  const reception = new BlockReception();
  reception.take(block(800), 0);
  reception.take(block(800), 0);
  expect(reception.uncounted(counted(0, 0))).toBe(8);
  const wrong = block(808);
  wrong.samples[5]!++;
  reception.take(wrong, 0);
  expect(reception.wrong).toBe(1);
});
