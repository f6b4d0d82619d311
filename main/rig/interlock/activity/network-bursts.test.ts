import { describe, expect, it } from 'vitest';
import type { PlayedSpike } from './tissue.fixture.ts';
import { geometry, volley } from './tissue.fixture.ts';
import { NetworkBursts } from './network-bursts.ts';

const blockSamples = 40;

/** Bursts that begin until `seconds`, in blocks that do not fit the bins. */
function count(seconds: number, spikes: readonly PlayedSpike[]): number {
  const bursts = new NetworkBursts(geometry);
  let begun = 0;
  for (let first = 0; first < seconds * geometry.sampleRateHz; first += blockSamples) {
    const own = spikes.filter(({ sample }) => sample >= first && sample < first + blockSamples);
    begun += bursts.note(first, blockSamples, {
      count: own.length,
      sampleOffsets: own.map(({ sample }) => sample - first),
      channels: own.map(({ channel }) => channel),
    });
  }
  return begun;
}

const everyTenth = (seconds: number): PlayedSpike[] =>
  Array.from({ length: seconds * 10 }, (_, index) => ({ sample: index * 100, channel: index % geometry.channels }));

describe('NetworkBursts', () => {
  it('finds nothing in spikes that come one by one', () => {
    expect(count(60, everyTenth(60))).toBe(0);
  });

  it('finds a volley of all channels', () => {
    expect(count(20, [...everyTenth(20), ...volley(15_010)])).toBe(1);
  });

  it('never judges before ten seconds', () => {
    expect(count(20, volley(9950))).toBe(0);
    expect(count(20, volley(10_000))).toBe(1);
  });

  it.each([
    [5, 0],
    [6, 1],
  ])('judges %d spikes in a bin where 5 are the threshold', (channels, found) => {
    expect(count(20, volley(15_000, channels))).toBe(found);
  });

  it.each([
    [1, 0],
    [2, 1],
  ])('judges a bin in which %d of 10 channels fire', (channels, found) => {
    const rapid = Array.from({ length: 6 }, (_, index) => volley(15_000 + index, channels)).flat();
    expect(count(20, rapid)).toBe(found);
  });

  it('takes what follows within 200 ms for the same burst', () => {
    expect(
      count(
        20,
        [15_000, 15_200, 15_400].flatMap((at) => volley(at)),
      ),
    ).toBe(1);
    expect(
      count(
        20,
        [15_000, 15_225, 15_450].flatMap((at) => volley(at)),
      ),
    ).toBe(3);
  });

  it('H75: goes on finding bursts that fill most of the time', () => {
    const bursts = Array.from({ length: 100 }, (_, index) => 20_000 + index * 500).flatMap((at) =>
      [0, 25, 50, 75, 100, 125, 150, 175, 200].flatMap((later) => volley(at + later)),
    );
    expect(count(75, bursts)).toBe(100);
  });

  it('H75: does not take half a minute without a pause for the baseline', () => {
    const lasting = Array.from({ length: 1200 }, (_, bin) => volley(20_000 + 25 * bin)).flat();
    expect(count(53, [...lasting, ...volley(52_000)])).toBe(2);
  });
});
