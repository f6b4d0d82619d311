import { describe, expect, it } from 'vitest';
import { heatingSeconds, pulsePicojoules, temperatureRiseMillikelvins } from './heating.ts';
import { insideRequest } from './limits.fixture.ts';

const picojoulesOf = (amplitudeNanoamps: number, phaseMicroseconds: number, ohms: number) =>
  pulsePicojoules({ ...insideRequest, amplitudeNanoamps, phaseMicroseconds }, ohms);
/** Of a train without end, mK. */
const riseOf = (amplitudeNanoamps: number, phaseMicroseconds: number, rateHz: number, ohms: number) =>
  temperatureRiseMillikelvins(picojoulesOf(amplitudeNanoamps, phaseMicroseconds, ohms) * rateHz * heatingSeconds);

describe('the predicted temperature rise', () => {
  it('S08: is that of the worked examples: a microelectrode and a contact for deep brain stimulation', () => {
    // 100 µA through 50 kΩ at a duty of 8 %: 40 µW.
    expect(riseOf(100_000, 200, 200, 50_000)).toBeCloseTo(6.37, 2);
    // 3 mA through 1 kΩ for 2 × 90 µs at 130 Hz: 0.2 mW.
    expect(riseOf(3_000_000, 90, 130, 1000)).toBeCloseTo(33.5, 1);
  });

  it('is 1 K at 2π mW', () => {
    expect(temperatureRiseMillikelvins(2 * Math.PI * 1e9 * heatingSeconds)).toBeCloseTo(1000, 9);
    expect(temperatureRiseMillikelvins(0)).toBe(0);
  });
});

describe('the energy of a pulse', () => {
  it('is that of both phases, whatever the gap between them', () => {
    expect(pulsePicojoules(insideRequest, 50_000)).toBe(500);
    expect(pulsePicojoules({ ...insideRequest, interphaseMicroseconds: 0 }, 50_000)).toBe(500);
  });

  it('is rounded up to whole Ω, mV and pJ, and never less than the truth', () => {
    expect(picojoulesOf(1, 20, 1)).toBe(1);
    expect(picojoulesOf(1000, 200, 1000)).toBe(1);
    expect(picojoulesOf(1000, 500, 1000)).toBe(1);
    expect(picojoulesOf(1000, 501, 1000)).toBe(2);
    expect(picojoulesOf(5000, 200, 50_000.1)).toBe(502);
    expect(picojoulesOf(5000, 200, 49_999.9)).toBe(500);
    expect(picojoulesOf(5000, 200, 49_999)).toBe(500);
    expect(picojoulesOf(5000, 200, 49_800)).toBe(498);
  });

  it('is whole for the largest pulses that any limit allows', () => {
    // 3.5 mA for 1 ms through 3.5 kΩ.
    expect(picojoulesOf(3_500_000, 1000, 3500)).toBe(85_750_000);
  });

  it('H74: is no number where the impedance is none', () => {
    expect([NaN, Infinity].map((ohms) => picojoulesOf(5000, 200, ohms))).toEqual([NaN, Infinity]);
  });
});
