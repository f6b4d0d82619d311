import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RaggedColumn, RaggedPlan } from './ragged-column.ts';

/** Gathers `values` (row, value) in as many rounds as the plan asks for. */
function gather(rows: number, values: readonly (readonly [row: number, value: number])[], perRound: number) {
  const counts = Array.from({ length: rows }, (_, row) => values.filter(([of]) => of === row).length);
  const plan = new RaggedPlan(counts, perRound);
  const flat = new Float64Array(plan.values);
  const held: number[] = [];
  const column = new RaggedColumn(plan, {
    write: (at, part) => {
      held.push(part.length);
      flat.set(part, at);
    },
  });
  for (let round = 0; round < plan.rounds; round++) {
    column.begin(round);
    for (const [row, value] of values) column.add(row, value);
    column.finish();
  }
  return { plan, flat: [...flat], held, counts };
}

describe('a ragged column', () => {
  it('holds each row in the order of its values, in however many rounds it was gathered', () => {
    const value = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer());
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), fc.integer({ min: 1, max: 70 }), (values, perRound) => {
        const { plan, flat, held, counts } = gather(10, values, perRound);
        const rows = counts.map((_, row) => values.filter(([of]) => of === row).map(([, number]) => number));
        expect(flat).toEqual(rows.flat());
        expect([...plan.ends].map((end, row) => flat.slice(plan.start(row), end))).toEqual(rows);
        for (const count of held) expect(count).toBeLessThanOrEqual(Math.max(perRound, ...counts));
      }),
    );
  });

  it('needs one round, and writes nothing, when there is nothing', () => {
    const { plan, held } = gather(3, [], 5);
    expect(plan.rounds).toBe(1);
    expect(held).toEqual([]);
  });
});
