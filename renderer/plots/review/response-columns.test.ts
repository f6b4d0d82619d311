import { describe, expect, it } from 'vitest';
import type { ReviewResponse } from '../../../common/contract/review.ts';
import { averageColumns, histogramColumns } from './response-columns.ts';

const answer = (more: Partial<ReviewResponse> = {}): ReviewResponse => ({
  events: 10,
  averaged: 10,
  fromMilliseconds: -1,
  binMilliseconds: 1,
  histogram: Uint32Array.of(20, 40),
  average: Float32Array.of(1, NaN, 3),
  deviation: Float32Array.of(0.5, NaN, 0.5),
  ...more,
});

describe('responses of two sessions', () => {
  it('are rates per event and electrode of each, at the middle of the same bins', () => {
    const columns = histogramColumns([
      { answer: answer(), sampleRateHz: 1000, sources: 2 },
      { answer: answer({ events: 5, histogram: Uint32Array.of(5, 0) }), sampleRateHz: 500, sources: 1 },
    ]);
    expect(columns).toEqual([
      [-0.5, 0.5],
      [1000, 2000],
      [1000, 0],
    ]);
  });

  it('are drawn of one where the other has no event, and not at all where neither has', () => {
    const silent = { answer: answer({ events: 0, averaged: 0 }), sampleRateHz: 1000, sources: 2 };
    expect(histogramColumns([{ ...silent, answer: answer() }, silent])![2]).toEqual([null, null]);
    expect(histogramColumns([silent, silent])).toBeNull();
    expect(averageColumns([silent])).toBeNull();
  });

  it('have rows of their own where they are sampled otherwise; samples that are missing stay gaps', () => {
    const columns = averageColumns([
      { answer: answer(), sampleRateHz: 1000, sources: 1 },
      {
        answer: answer({ average: Float32Array.of(4, 5), deviation: Float32Array.of(1, 1) }),
        sampleRateHz: 500,
        sources: 1,
      },
    ])!;
    expect(columns[0]).toEqual([-1, 0, 1]);
    expect(columns[1]).toEqual([1, null, 3]);
    expect(columns[2]).toEqual([1.5, null, 3.5]);
    // Rows of the first session only are undefined, not null: no gap in the second one's line.
    expect(columns[4]).toEqual([4, undefined, 5]);
    expect(columns[6]).toEqual([3, undefined, 4]);
  });
});
