import { describe, expect, it } from 'vitest';
import { LostSamples } from './lost-samples.ts';

const second = 1e9;
/** 0.1 % of ten seconds at 20 kHz: 200 samples. */
const lostSamples = (maxPartsPerMillion = 1000) => new LostSamples(20_000, maxPartsPerMillion);

describe('LostSamples', () => {
  it.each([
    [1, undefined],
    [199, undefined],
    [200, undefined],
    [201, '0.101'],
    [2000, '1.00'],
    [200_000, '100'],
  ])('H30: judges %d of the 200 000 samples of ten seconds', (lost, percent) => {
    const fault = lostSamples().note(lost, 50 * second);
    if (percent === undefined) expect(fault).toBeUndefined();
    else {
      const message = `${percent} % of the samples of the last 10 s were lost; 0.1 % are allowed.`;
      expect(fault).toEqual({ code: 'samples-lost', message, value: lost / 2000, bound: 0.1, unit: '%' });
    }
  });

  it('H30: adds up gaps of which each is allowed', () => {
    const lost = lostSamples();
    for (let gap = 0; gap < 20; gap++) expect(lost.note(10, gap * 0.4 * second)).toBeUndefined();
    expect(lost.note(1, 9 * second)).toMatchObject({ code: 'samples-lost', value: 0.1005 });
  });

  it('H30: forgets a gap after ten seconds, and at most one second later', () => {
    for (const [at, isFault] of [
      [9.999, true],
      [10, true],
      [10.999, true],
      [11, false],
    ] as const) {
      const lost = lostSamples();
      lost.note(200, 0);
      expect(lost.note(1, at * second) !== undefined).toBe(isFault);
    }
  });

  it('H30: goes on reporting while too many are in the window', () => {
    const lost = lostSamples();
    lost.note(150, 0);
    expect(lost.note(51, 5 * second)).toMatchObject({ value: 0.1005 });
    expect(lost.note(1, 6 * second)).toMatchObject({ value: 0.101 });
    expect(lost.note(1, 12 * second)).toBeUndefined();
  });

  it('H30: takes a number of samples, or a limit, that is no number for too many, for good', () => {
    const lost = lostSamples();
    expect(lost.note(Number.NaN, 0)).toMatchObject({ code: 'samples-lost' });
    expect(lost.note(0, second)).toMatchObject({ code: 'samples-lost' });
    expect(lostSamples(Number.NaN).note(0, 0)).toMatchObject({ code: 'samples-lost' });
    expect(new LostSamples(Number.NaN, 1000).note(0, 0)).toMatchObject({ code: 'samples-lost' });
  });

  it('tells how much of ten seconds was lost, whatever is allowed', () => {
    const lost = lostSamples();
    expect(lost.percentAt(0)).toBe(0);
    lost.note(500, second);
    expect(lost.percentAt(2 * second)).toBeCloseTo(lost.note(0, 2 * second)!.value!, 12);
    expect(lost.percentAt(13 * second)).toBe(0);
  });

  it('lets nothing be lost where nothing may be', () => {
    expect(lostSamples(0).note(0, 0)).toBeUndefined();
    expect(lostSamples(0).note(1, 0)).toMatchObject({ code: 'samples-lost', bound: 0 });
  });
});
