import { describe, expect, it } from 'vitest';
import { alignmentPoints, overlaidWindow, pointOf, shiftSeconds, startPoint } from './alignment.ts';
import { eventsOf } from './course.fixture.ts';

const events = eventsOf({
  firstDelivery: 3000,
  faults: [
    { at: 10, code: 'x', message: '', isFirst: false },
    { at: 5000, code: 'x', message: '', isFirst: true },
  ],
  phases: [
    { at: 0, name: 'baseline', stimulation: false },
    { at: 2000, name: 'loop', stimulation: true },
    { at: 4000, name: 'baseline', stimulation: false },
  ],
  firstRises: [{ line: 3, at: 1500 }],
  marks: [
    { at: 2500, text: 'drug' },
    { at: 2600, text: '' },
    { at: 2700, text: 'drug' },
  ],
});

const description = {
  sampleRateHz: 1000,
  digitalInputs: [
    { line: 1, name: 'lever' },
    { line: 3, name: 'camera' },
  ],
};

describe('events by which sessions are aligned', () => {
  it('are the start, the first delivery, the first trip, and the first phase, mark and rising edge of each name', () => {
    expect(alignmentPoints(events, description).map(({ id, words, seconds }) => [id, words, seconds])).toEqual([
      ['start', 'start of the session', 0],
      ['delivery', 'first delivery', 3],
      ['trip', 'first trip', 5],
      ['phase baseline', 'phase “baseline”', 0],
      ['phase loop', 'phase “loop”', 2],
      ['mark drug', 'mark “drug”', 2.5],
      ['mark ', 'first mark', 2.6],
      ['rise camera', 'first rising edge of camera', 1.5],
    ]);
  });

  it('are the start alone where a session has nothing else, or its events have not come', () => {
    expect(alignmentPoints(eventsOf(), description)).toEqual([startPoint]);
    expect(alignmentPoints(undefined, description)).toEqual([startPoint]);
    expect(pointOf([startPoint], 'delivery')).toBe(startPoint);
  });
});

describe('a session that is laid over another one', () => {
  it('has its event where the other one has its own, moved to later times by the offset', () => {
    const [first, second] = [
      { id: 'delivery', words: '', seconds: 3 },
      { id: 'delivery', words: '', seconds: 10 },
    ];
    for (const offset of [0, 2, -1.5]) {
      const shift = shiftSeconds(first, second, offset);
      const window = { fromSample: 1000, toSample: 6000, sampleRateHz: 1000 };
      const { fromSample, toSample } = overlaidWindow(window, shift, { samples: 1, sampleRateHz: 20_000 });
      // Where the second session's event lies in the window: right where the first's does, and `offset` later.
      const share = (10 * 20_000 - fromSample) / (toSample - fromSample);
      expect(1 + 5 * share).toBeCloseTo(3 + offset, 9);
    }
  });

  it('may lie beside what it recorded', () => {
    const window = { fromSample: 0, toSample: 1000, sampleRateHz: 1000 };
    expect(overlaidWindow(window, -5, { samples: 200, sampleRateHz: 100 })).toEqual({
      fromSample: -500,
      toSample: -400,
      sessionSamples: 200,
      sampleRateHz: 100,
    });
  });
});
