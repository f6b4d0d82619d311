import { describe, expect, it } from 'vitest';
import { SimulationLoopLatencies } from './simulation-loop-latencies.ts';

const dueNs = (tick: number) => (tick + 1) * 1e6;

describe('SimulationLoopLatencies', () => {
  it('counts a tick that waited from when it was due', () => {
    const latencies = new SimulationLoopLatencies(0, 4);
    latencies.answer(0, dueNs(0) + 200_000, 100_000, dueNs);
    // Ticks 1 to 3 in one answer: they are 2.5, 1.5 and 0.5 ms late.
    latencies.answer(3, dueNs(3) + 500_000, 300_000, dueNs);
    expect(latencies.isComplete).toBe(true);
    expect(latencies.summary()).toEqual({
      ticks: 4,
      p50: 0.5,
      p99: 2.5,
      p999: 2.5,
      max: 2.5,
      lateShare: 0.5,
      computeP50: 0.1,
      computeP99: 0.3,
    });
  });

  it('leaves out the warm-up and what comes after the last tick', () => {
    const latencies = new SimulationLoopLatencies(2, 1);
    latencies.answer(1, dueNs(1) + 9e6, 9e6, dueNs);
    expect(latencies.next).toBe(2);
    expect(latencies.isComplete).toBe(false);
    latencies.answer(3, dueNs(3), 0, dueNs);
    expect(latencies.isComplete).toBe(true);
    expect(latencies.summary()).toMatchObject({ ticks: 1, max: 1, lateShare: 0 });
  });
});
