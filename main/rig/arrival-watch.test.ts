import { expect, test } from 'vitest';
import { ArrivalWatch } from './arrival-watch.ts';

const rateHz = 20_000;
const blockNs = 1e6;

/** Blocks of 1 ms. @param lateNs of each block; @param scale of the device's clock against this computer's. */
function arrive(seconds: number, { lateNs = (_: number): number => 0, scale = 1, ageNs = 500_000 } = {}) {
  const watch = new ArrivalWatch(rateHz);
  for (let block = 0; block < seconds * 1000; block++) {
    const acquiredNs = 5e12 + block * blockNs * scale;
    const arrivedNs = acquiredNs + ageNs + lateNs(block);
    watch.note(block * 20 + 19, arrivedNs, arrivedNs - ageNs);
  }
  return watch.report();
}

test('a device that keeps time has the rate that it states, no jitter, and samples of one age', () => {
  const { rateHz: measured, jitterMilliseconds, ageMilliseconds } = arrive(15);
  expect(measured).toBeCloseTo(rateHz, 3);
  expect(jitterMilliseconds).toBeCloseTo(0, 3);
  expect(ageMilliseconds).toBeCloseTo(0.5, 6);
});

test('another rate is found although every block comes late by chance', () => {
  const late = (block: number) => ((block * 7919) % 100) * 30_000;
  const { rateHz: measured } = arrive(40, { scale: 1 / 1.002, lateNs: late });
  expect(measured! / rateHz).toBeCloseTo(1.002, 4);
});

test('one block in fifty that is 8 ms late is the jitter; one in a thousand is not', () => {
  const every = (blocks: number) => arrive(15, { lateNs: (block) => (block % blocks === 0 ? 8e6 : 0) });
  expect(every(50).jitterMilliseconds).toBeCloseTo(8, 2);
  expect(every(1000).jitterMilliseconds).toBeCloseTo(0, 2);
});

test('nothing is told before it is known', () => {
  expect(new ArrivalWatch(rateHz).report()).toEqual({
    rateHz: undefined,
    jitterMilliseconds: undefined,
    ageMilliseconds: undefined,
  });
  const { rateHz: measured, jitterMilliseconds } = arrive(4);
  expect(measured).toBeUndefined();
  expect(jitterMilliseconds).toBeDefined();
  expect(arrive(7).rateHz).toBeCloseTo(rateHz, 3);
});
