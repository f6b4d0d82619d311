import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TickRecord } from './record-visitor.ts';
import { Timeline } from './timeline.ts';

const record = (tick: number, firstSample: number): TickRecord => ({
  tick,
  firstSample,
  acquiredNs: 0,
  arrivalNs: 0,
  detectedNs: 0,
  simulatedNs: 0,
  decidedNs: 0,
  deliveredNs: 0,
  isLate: 0,
  handling: 0,
});
const block = (firstSample: number, sampleCount: number) => ({ firstSample, acquiredNs: 0, sampleCount, channels: 1 });

describe('the timeline of a session', () => {
  it('knows the samples of every tick in any order of ticks, whatever gaps lie between them', () => {
    const gaps = fc.array(fc.constantFrom(0, 0, 0, 0, 1, 7, 45), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(gaps, fc.nat(), (lost, seed) => {
        let sample = 500;
        const ticks = lost.map((missing, index) => {
          const firstSample = sample + missing;
          sample = firstSample + 20;
          return record(index + 30, firstSample);
        });
        // Ticks with a pulse underway end a few ticks later than they began.
        const shuffled = ticks.toSorted(
          (a, b) => a.tick + ((seed >> (a.tick % 20)) & 3) - (b.tick + ((seed >> (b.tick % 20)) & 3)),
        );
        const timeline = new Timeline(20_000, 20);
        for (const tick of shuffled) timeline.tick(tick);
        for (const { tick, firstSample } of ticks) expect(timeline.endOfTick(tick)).toBe(firstSample + 20);
        expect(timeline.areTicksRegular).toBe(lost.slice(1).every((missing) => missing === 0));
      }),
    );
  });

  it('calls ticks irregular when one is missing', () => {
    const timeline = new Timeline(20_000, 20);
    for (const tick of [1, 2, 4]) timeline.tick(record(tick, tick * 20));
    expect(timeline.areTicksRegular).toBe(false);
  });

  it('joins blocks that follow each other and tells where samples are missing', () => {
    const timeline = new Timeline(20_000, 20);
    for (const at of [100, 120, 200]) timeline.block(block(at, 20));
    expect(timeline.segments).toEqual([
      { firstSample: 100, samples: 40 },
      { firstSample: 200, samples: 20 },
    ]);
    expect([timeline.samples, timeline.endSample, timeline.secondsAt(200)]).toEqual([60, 220, 0.005]);
  });

  it('takes the newest sample for the end of a tick while no tick has ended', () => {
    const timeline = new Timeline(20_000, 20);
    timeline.block(block(100, 20));
    expect(timeline.endOfTick(5)).toBe(120);
  });
});
