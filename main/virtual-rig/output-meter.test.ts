import { describe, expect, it } from 'vitest';
import { durationOf, OutputMeter } from './output-meter.ts';
import { pulseMessage } from './stimulator.fixture.ts';

const pulse = pulseMessage({ interphaseMicroseconds: 50 });

describe('the current at the output', () => {
  it('is that of the phase under way, and 0 between phases and between pulses', () => {
    const meter = new OutputMeter();
    expect(durationOf(pulse)).toBe(250);
    meter.begin(pulse, 1000);
    const times = [1000, 1099, 1100, 1149, 1150, 1249, 1250];
    expect(times.map((at) => meter.nanoampsAt(at))).toEqual([-1000, -1000, 0, 0, 1000, 1000, 0]);
  });

  it('is the signed sum of all electrodes', () => {
    const meter = new OutputMeter();
    meter.begin(pulse, 0);
    expect(meter.nanoampsAt(50)).toBe(-1000);
    meter.begin({ ...pulse, electrode: 1, firstNanoamps: -300, secondNanoamps: 300 }, 160);
    expect(meter.nanoampsAt(170)).toBe(700);
  });

  it('is 0 after the clock has gone back, and when all is cleared', () => {
    const meter = new OutputMeter();
    meter.begin(pulse, 1000);
    expect(meter.nanoampsAt(999)).toBe(0);
    expect(meter.nanoampsAt(1000)).toBe(0);
    meter.begin(pulse, 1000);
    meter.clear();
    expect(meter.nanoampsAt(1000)).toBe(0);
  });
});
