import { describe, expect, it } from 'vitest';
import { PhaseSchedule } from './phase-schedule.ts';

describe('PhaseSchedule', () => {
  it('runs phases one after another and lets the last one go on', () => {
    const schedule = new PhaseSchedule([
      { name: 'baseline', seconds: 2, stimulation: false, drives: [] },
      { name: 'loop', seconds: 3, stimulation: true, drives: [] },
    ]);
    expect([0, 1.999, 2, 4.9, 5, 1000].map((seconds) => schedule.indexAt(seconds))).toEqual([0, 0, 1, 1, 1, 1]);
    expect(schedule.phase(1)?.stimulation).toBe(true);
  });
});
