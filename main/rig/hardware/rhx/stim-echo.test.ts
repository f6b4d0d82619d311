import { describe, expect, it } from 'vitest';
import { type EchoedPulse, StimEcho } from './stim-echo.ts';

const negative = 0x100;
const resting = negative;

/** @param words from sample 1000 on; `skipped` of them are lost. */
function heard(words: readonly number[], pulseSamples = 5, skipped: readonly number[] = []): EchoedPulse[] {
  const pulses: EchoedPulse[] = [];
  const options = { stepMicroamps: 0.5, sampleRateHz: 20_000, pulseSamples };
  const echo = new StimEcho({ ...options, onPulse: (pulse) => pulses.push(pulse) });
  for (const [index, word] of words.entries()) if (!skipped.includes(index)) echo.take(1000 + index, word);
  return pulses;
}

describe('the echo of a stimulus', () => {
  it('is a pulse where its first current is, with the charge of each phase and its sign', () => {
    const cathodic = [resting, 4 | negative, 4 | negative, 0, 4, 4, resting];
    // 4 steps × 0.5 µA × 2 samples × 50 µs = 200 pC.
    expect(heard(cathodic)).toEqual([
      { firstSample: 1001, firstFemtocoulombs: -200_000, secondFemtocoulombs: 200_000, isSaturated: false },
    ]);
    const anodic = cathodic.map((word) => (word === resting || word === 0 ? word : word ^ negative));
    expect(heard(anodic)).toMatchObject([{ firstFemtocoulombs: 200_000, secondFemtocoulombs: -200_000 }]);
  });

  it('is told with its last sample, so before the next block is looked at', () => {
    expect(heard([4 | negative, 4, resting], 2)).toHaveLength(1);
    expect(heard([4 | negative, 4], 2)).toHaveLength(1);
    expect(heard([4 | negative], 2)).toHaveLength(0);
  });

  it('says that the chip ran out of voltage in either phase', () => {
    expect(heard([4 | negative, 4 | 0x8000], 2)).toMatchObject([{ isSaturated: true }]);
  });

  it('lacks the charge of samples that were lost, and ends all the same', () => {
    const words = [4 | negative, 4 | negative, 0, 4, 4, resting, resting];
    expect(heard(words, 5, [4])).toEqual([
      { firstSample: 1000, firstFemtocoulombs: -200_000, secondFemtocoulombs: 100_000, isSaturated: false },
    ]);
  });

  it('is a second pulse where current flows on', () => {
    const words = [4 | negative, 4, 4 | negative, 4];
    expect(heard(words, 2).map(({ firstSample }) => firstSample)).toEqual([1000, 1002]);
  });

  it('is none at rest', () => {
    expect(heard([resting, 0, resting, 0x2000 | resting, 0x4000])).toEqual([]);
  });
});
