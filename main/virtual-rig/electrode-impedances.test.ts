import { describe, expect, it } from 'vitest';
import { electrodeImpedances } from './electrode-impedances.ts';

describe('impedances of the virtual electrodes', () => {
  it('are whole ohms around 50 kΩ, each its own, the same for the same seed', () => {
    const impedances = electrodeImpedances(64, 7);
    expect(impedances).toHaveLength(64);
    for (const ohms of impedances) {
      expect(Number.isInteger(ohms)).toBe(true);
      expect(Math.abs(ohms - 50_000)).toBeLessThanOrEqual(10_000);
    }
    expect(new Set(impedances).size).toBeGreaterThan(60);
    expect(electrodeImpedances(64, 7)).toEqual(impedances);
    expect(electrodeImpedances(64, 8)).not.toEqual(impedances);
  });
});
