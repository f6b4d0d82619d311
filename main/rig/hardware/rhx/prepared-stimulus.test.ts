import { describe, expect, it } from 'vitest';
import { type PreparedStimulus, quantise } from './prepared-stimulus.ts';

const pulse: PreparedStimulus = {
  channel: 'A-001',
  key: 1,
  leadingPhase: 'cathodic',
  firstMicroamps: 20,
  firstMicroseconds: 200,
  interphaseMicroseconds: 0,
  secondMicroamps: 20,
  secondMicroseconds: 200,
};

const at = (change: Partial<PreparedStimulus>, step = 0.5, rate = 30_000) =>
  quantise({ ...pulse, ...change }, step, rate);

describe('a prepared stimulus', () => {
  it('becomes whole steps and samples, with the charge that follows', () => {
    expect(at({})).toMatchObject({ firstSteps: 40, firstSamples: 6, secondSteps: 40, chargeNanocoulombs: 4 });
    expect(at({ firstMicroamps: 0.3, secondMicroamps: 0.3 }, 0.1)).toMatchObject({ firstSteps: 3 });
  });

  it('is rounded down: never more charge than was asked', () => {
    const exact = at({ firstMicroamps: 20.9, secondMicroamps: 20.9, firstMicroseconds: 230, secondMicroseconds: 230 });
    expect(exact).toMatchObject({ firstMicroamps: 20.5, firstSamples: 6 });
    expect(exact.chargeNanocoulombs).toBeLessThan(20.9 * 0.23);
  });

  it('may have phases of other shape when their charges are equal to the last step and sample', () => {
    expect(at({ secondMicroamps: 10, secondMicroseconds: 400 })).toMatchObject({ secondSteps: 20, secondSamples: 12 });
    expect(() => at({ secondMicroamps: 5 })).toThrow('40 steps × 6 samples = 240, the second 10 × 6 = 60');
    // Balanced on paper, not on the grid of samples.
    expect(() => at({ secondMicroamps: 19.5, secondMicroseconds: 4000 / 19.5 })).toThrow('the second 39 × 6 = 234');
  });

  it('is refused beyond 255 steps, below one step or sample, and where it is no number', () => {
    expect(at({ firstMicroamps: 127.5, secondMicroamps: 127.5 }).firstSteps).toBe(255);
    expect(() => at({ firstMicroamps: 128, secondMicroamps: 128 })).toThrow('above 255 steps of 0.5 µA');
    expect(() => at({ firstMicroamps: 0.4, secondMicroamps: 0.4 })).toThrow('less than one step of 0.5 µA');
    expect(() => at({ firstMicroseconds: 30 })).toThrow('less than one sample of 33.333 µs');
    expect(() => at({ interphaseMicroseconds: 10 })).toThrow('interphase gap');
    expect(() => at({ firstMicroseconds: 6000, secondMicroseconds: 6000 })).toThrow('above 5000 µs');
    for (const value of [NaN, Infinity, -20]) expect(() => at({ firstMicroamps: value })).toThrow('less than one step');
  });
});
