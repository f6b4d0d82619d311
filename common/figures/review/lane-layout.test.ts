import { describe, expect, it } from 'vitest';
import { type LaneContent, laneLayout, laneNames, rowsForSpans } from './lane-layout.ts';

const content: LaneContent = { noteRows: 1, hasPopulations: true, inputPixels: 36, namePixels: 20, sessions: 1 };

describe('the lanes of a review', () => {
  it('lie below each other without overlap, as wide as each other, and fill the height', () => {
    const lanes = laneLayout(1200, 800, { ...content, noteRows: 2 });
    let bottom = 0;
    for (const name of laneNames) {
      expect(lanes[name].top).toBeGreaterThanOrEqual(bottom);
      expect(lanes[name].width).toBe(lanes.traces.width);
      expect(lanes[name].height).toBeGreaterThan(0);
      bottom = lanes[name].top + lanes[name].height;
    }
    expect(bottom).toBeCloseTo(800, 0);
  });

  it('leave no room, nor a gap, for digital inputs and names where there are none', () => {
    const lanes = laneLayout(1200, 800, { ...content, inputPixels: 0, namePixels: 0 });
    const gap = lanes.rates.top - (lanes.simulated.top + lanes.simulated.height);
    expect(lanes.latency.top - (lanes.stimuli.top + lanes.stimuli.height)).toBeCloseTo(gap, 6);
    expect(lanes.traces.top).toBeCloseTo(gap, 6);
    expect(lanes.axis.top + lanes.axis.height).toBeCloseTo(800, 6);
  });

  it('give the traces of two sessions more room', () => {
    const two = laneLayout(1200, 800, { ...content, sessions: 2 });
    expect(two.traces.height).toBeGreaterThan(laneLayout(1200, 800, content).traces.height * 1.2);
    expect(two.axis.top + two.axis.height).toBeCloseTo(800, 6);
  });

  it('leave out the lane of simulated spikes where nothing is simulated', () => {
    const without = laneLayout(1200, 800, { ...content, hasPopulations: false });
    const with_ = laneLayout(1200, 800, content);
    expect(without.simulated.height).toBe(0);
    expect(with_.simulated.height).toBeGreaterThan(50);
    expect(without.traces.height).toBeGreaterThan(with_.traces.height);
  });

  it('give more room to notes that overlap', () => {
    expect(laneLayout(1200, 800, { ...content, noteRows: 4 }).notes.height).toBe(
      4 * laneLayout(1200, 800, content).notes.height,
    );
  });

  it('put spans that overlap into rows of their own, and use rows again', () => {
    const spans = [
      { from: 0, to: 10 },
      { from: 5, to: 8 },
      { from: 8, to: 9 },
      { from: 10, to: 12 },
      { from: 11, to: 12 },
    ];
    expect(rowsForSpans(spans)).toEqual([0, 1, 1, 0, 1]);
  });
});
