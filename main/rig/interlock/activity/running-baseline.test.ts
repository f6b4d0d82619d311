import { describe, expect, it } from 'vitest';
import { RunningBaseline } from './running-baseline.ts';

const memory = { remembered: 40, needed: 10, heldBackMax: 8 };

/** A baseline that knows the values 0 to 10 twice: median 5, σ 4. */
function known(): RunningBaseline {
  const baseline = new RunningBaseline(memory, () => 1);
  for (let index = 0; index < 22; index++) baseline.note(index % 11);
  return baseline;
}

describe('RunningBaseline', () => {
  it('judges nothing before enough values came', () => {
    const baseline = new RunningBaseline(memory, () => 1);
    for (let index = 0; index < memory.needed; index++) expect(baseline.note(5)).toBeNaN();
    expect(baseline.note(5)).toBe(0);
  });

  it('measures σ from the median down to the lower 16 %', () => {
    expect(known().note(5)).toBe(0);
    expect(known().note(13)).toBe(2);
    expect(known().note(-3)).toBe(-2);
  });

  it('believes no σ below the smallest one', () => {
    const baseline = new RunningBaseline(memory, (median) => median / 10);
    for (let index = 0; index < 20; index++) baseline.note(50);
    expect(baseline.note(60)).toBe(2);
  });

  it('is moved little by bursts that fill a third of the time', () => {
    const baseline = new RunningBaseline(memory, () => 1);
    for (let index = 0; index < 60; index++) baseline.note(index % 3 === 0 ? 1000 : 5 + (index % 2));
    expect(baseline.note(10)).toBe(4);
  });

  it('H76: is not poisoned by an event, and takes what lasts longer for the new baseline', () => {
    const baseline = known();
    for (let index = 0; index < memory.heldBackMax; index++) expect(baseline.note(25)).toBe(5);
    for (let index = 0; index < 20; index++) baseline.note(25);
    expect(baseline.note(25)).toBeLessThan(3);
  });

  it('holds back anew after each pause between events', () => {
    const baseline = known();
    for (let event = 0; event < 30; event++) {
      for (let index = 0; index < memory.heldBackMax; index++) expect(baseline.note(105)).toBe(25);
      baseline.note(5);
      baseline.note(1);
      baseline.note(9);
      if (event === 0) expect(baseline.note(13)).toBe(2);
    }
    expect(baseline.note(105)).toBeGreaterThan(20);
  });

  it('learns nothing from what is no number', () => {
    const baseline = known();
    for (const value of [NaN, Infinity, -Infinity]) expect(baseline.note(value)).toBeNaN();
    expect(baseline.note(13)).toBe(2);
  });
});
