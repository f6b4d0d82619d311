import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlipDetector } from './slip-detector.ts';

const channels = 8;

/** Channels far from their neighbours, each changing slowly, without the words at `missing`. */
function stream(samples: number, missing: readonly number[]): Int16Array {
  const lost = new Set(missing);
  const words = Array.from(
    { length: channels * samples },
    (_, index) => 3000 * ((7 * index) % channels) + ((index * 37) % 50),
  );
  return Int16Array.from(words.filter((_, index) => !lost.has(index)));
}

function search(words: Int16Array, pieces: readonly number[], stretch?: number) {
  const detector = new SlipDetector(channels, stretch);
  const slips = [];
  for (let at = 0, piece = 0; at < words.length; piece++) {
    const count = pieces[piece % pieces.length] ?? words.length;
    slips.push(...detector.add(words.subarray(at, at + count)));
    at += count;
  }
  slips.push(...detector.finish());
  return { places: slips.map(({ sample, channel }) => sample * channels + channel), extent: detector.extent };
}

describe('the search for lost words', () => {
  it('finds each place once, however the stream is cut into pieces and stretches', () => {
    const gaps = fc.array(fc.integer({ min: 40, max: 900 }), { minLength: 1, maxLength: 8 });
    const pieces = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(gaps, pieces, fc.integer({ min: 512, max: 2000 }), (distances, cuts, stretch) => {
        let at = 20;
        const missing = distances.map((distance) => (at += distance));
        const { places } = search(stream(1200, missing), cuts, stretch);
        // In the stream that is left each place stands one word earlier for each that is missing before it.
        expect(places).toHaveLength(missing.length);
        places.forEach((place, index) => expect(Math.abs(place - (missing[index]! - index))).toBeLessThanOrEqual(1));
      }),
      { numRuns: 200 },
    );
  });

  it('finds none in a whole stream, and says what it could not judge', () => {
    expect(search(stream(3000, []), [])).toMatchObject({ places: [], extent: { notJudged: 0 } });
    const alike = new Int16Array(24_000).map((_, index) => (Math.floor(index / channels) * 13) % 500);
    const { places, extent } = search(alike, []);
    expect(places).toEqual([]);
    expect(extent).toMatchObject({ judged: 0 });
    expect(extent.notJudged).toBeGreaterThan(23_900);
  });
});
