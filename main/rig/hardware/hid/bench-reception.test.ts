import { expect, it } from 'vitest';
import { BlockReception, emulatedValue } from './bench-reception.ts';

const channels = 2;
const block = (firstSample: number, sampleCount = 8) => ({
  ...{ firstSample, sampleCount, channels, acquiredNs: 0, deviceMicroseconds: 0 },
  samples: Int16Array.from({ length: sampleCount * channels }, (_, at) =>
    emulatedValue(firstSample + Math.floor(at / channels), at % channels),
  ),
});

it('what is missing is explained by reports that were counted, and only by them', () => {
  const reception = new BlockReception();
  for (const first of [800, 808, 824]) reception.take(block(first), 0);
  expect(reception).toMatchObject({ blocks: 3, samples: 24, missing: 8, wrong: 0 });
  // One sample was in the lost report; the others went with its block.
  expect(reception.uncounted(1)).toBe(0);
  expect(reception.uncounted(0)).toBe(8);
  // Twenty blocks are more than what goes beside a gap.
  reception.take(block(832 + 160), 0);
  expect(reception.uncounted(1)).toBe(168 - 1 - 2 * 14);
});

it('a block that comes twice, and a value that was not sampled, are told', () => {
  const reception = new BlockReception();
  reception.take(block(800), 0);
  reception.take(block(800), 0);
  expect(reception.uncounted(0)).toBe(8);
  const wrong = block(808);
  wrong.samples[5]!++;
  reception.take(wrong, 0);
  expect(reception.wrong).toBe(1);
});
