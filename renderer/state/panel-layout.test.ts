import { expect, test } from 'vitest';
import { clampFraction, keepLayout, readLayout, usualLayout } from './panel-layout.ts';

function storage() {
  const entries = new Map<string, string>();
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
  };
}

test('each experiment has its own layout', () => {
  const kept = storage();
  keepLayout(kept, 'one', { ...usualLayout, sizes: { ...usualLayout.sizes, traces: 0.5 } });
  expect(readLayout(kept, 'one').sizes.traces).toBe(0.5);
  expect(readLayout(kept, 'two')).toEqual(usualLayout);
});

test('no panel can be dragged away', () => {
  expect(clampFraction(-0.3)).toBeGreaterThan(0.1);
  expect(clampFraction(1.3)).toBeLessThan(0.9);
});

test.each(['', 'no JSON', '7', 'null', '{"sizes":7,"traces":null}', '{"sizes":{"traces":"wide","upper":null}}'])(
  'a spoiled memory (%s) gives the usual layout',
  (text) => {
    const kept = storage();
    kept.setItem('exocortex.panels.one', text);
    expect(readLayout(kept, 'one')).toEqual(usualLayout);
  },
);

test('a kept size out of range is brought into it', () => {
  const kept = storage();
  kept.setItem('exocortex.panels.one', '{"sizes":{"traces":7},"traces":{"windowSeconds":5}}');
  expect(readLayout(kept, 'one').sizes.traces).toBeLessThan(0.9);
  expect(readLayout(kept, 'one').traces).toEqual({ ...usualLayout.traces, windowSeconds: 5 });
});
