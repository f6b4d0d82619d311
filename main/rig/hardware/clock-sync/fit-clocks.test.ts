// The line between two clocks against clocks whose line is known, with pulses lost, late and foreign.
import { describe, expect, it } from 'vitest';
import { fitClocks, toSource } from './fit-clocks.ts';

/** Of 2³²: Numerical Recipes' generator, so that each run is the same. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

interface Clocks {
  readonly offset: number;
  readonly partsPerMillion: number;
  /** Of each pulse, at most, µs. */
  readonly jitter?: number;
}

function pulses(count: number, random: () => number, { offset, partsPerMillion, jitter = 0 }: Clocks) {
  let now = 7e6;
  const board = Array.from({ length: count }, () => (now += 300_000 + 400_000 * random()));
  const source = board.map(
    (time) => time + offset + ((time - board[0]!) * partsPerMillion) / 1e6 + jitter * (random() - 0.5),
  );
  return { board, source };
}

describe('the line between two clocks', () => {
  it.each([
    [-6e6, 120],
    [5e9, -480],
    [0, 0],
  ])('is found at an offset of %d µs and %d ppm, to the sample', (offset, partsPerMillion) => {
    const { board, source } = pulses(64, uniform(1), { offset, partsPerMillion, jitter: 33 });
    const fit = fitClocks(board, source)!;
    expect(fit).toMatchObject({ pulses: 64, unseen: 0 });
    expect(Math.abs(fit.driftPartsPerMillion - partsPerMillion)).toBeLessThan(1);
    expect(fit.residualMicroseconds).toBeLessThan(12);
    expect(fit.largestResidualMicroseconds).toBeLessThan(33);
    // Half a minute later, too.
    const later = board[0]! + 60e6;
    expect(Math.abs(toSource(later, fit) - (later + offset + 60 * partsPerMillion))).toBeLessThan(50);
  });

  it('is the same whatever a fifth of the pulses do: unseen, late, or foreign', () => {
    const random = uniform(2);
    const { board, source } = pulses(50, random, { offset: 1234, partsPerMillion: -60, jitter: 20 });
    const seen = source.flatMap((time) => {
      const chance = random();
      return chance < 0.1 ? [] : [chance < 0.2 ? time + 30_000 : time];
    });
    const foreign = Array.from({ length: 10 }, () => board[0]! + 25e6 * random());
    const fit = fitClocks(
      board,
      [...seen, ...foreign].sort((a, b) => a - b),
    )!;
    expect(Math.abs(fit.driftPartsPerMillion + 60)).toBeLessThan(2);
    expect(fit.residualMicroseconds).toBeLessThan(10);
    expect(fit.unseen).toBeGreaterThan(0);
    expect(fit.pulses + fit.unseen).toBeLessThanOrEqual(50);
  });

  it('is not found where there is none: too few pulses, pulses of another board, half of them unseen, or too much drift', () => {
    const clocks = { offset: 100, partsPerMillion: 10 };
    const few = pulses(7, uniform(3), clocks);
    expect(fitClocks(few.board, few.source)).toBeUndefined();
    const eight = pulses(8, uniform(3), clocks);
    expect(fitClocks(eight.board, eight.source)).toMatchObject({ pulses: 8 });
    expect(fitClocks(pulses(64, uniform(4), clocks).board, pulses(64, uniform(5), clocks).source)).toBeUndefined();
    const half = pulses(60, uniform(6), clocks);
    const unseen = half.source.filter((_, index) => index % 2 === 0);
    expect(fitClocks(half.board, unseen)).toBeUndefined();
    const apart = pulses(64, uniform(7), { offset: 100, partsPerMillion: 700 });
    expect(fitClocks(apart.board, apart.source)).toBeUndefined();
    expect(fitClocks([], [])).toBeUndefined();
    expect(fitClocks(half.board, [])).toBeUndefined();
  });

  it('says how far its pulses lie from it', () => {
    const { board, source } = pulses(64, uniform(8), { offset: 0, partsPerMillion: 0, jitter: 4000 });
    const fit = fitClocks(board, source);
    // Uniform over 4 ms: 4/√12.
    expect(fit?.residualMicroseconds).toBeGreaterThan(900);
  });
});
