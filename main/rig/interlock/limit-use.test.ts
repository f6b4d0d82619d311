import { describe, expect, it } from 'vitest';
import type { RefusalCode } from '../../../common/contract/refusals.ts';
import { Dose } from './dose.ts';
import { limitUse } from './limit-use.ts';
import { insideRequest, testLimits } from './limits.fixture.ts';

const secondNs = 1e9;
/** Three of them warm by a tenth of the limit. */
const cost = {
  durationNs: 450_000,
  chargeFemtocoulombs: 1_000_000,
  amplitudeNanoamps: 5000,
  picojoules: 2_094_395_102,
};
const limits = testLimits({ electrode: { pulsesPerDayMax: 50, onTimeMaxPermille: 500 } });

describe('limitUse', () => {
  it('says of every limit how much is in use, the highest first', () => {
    const dose = new Dose(limits, 0);
    dose.add(3, 0, cost);
    dose.add(3, 50e6, cost);
    dose.add(7, 0.5 * secondNs, cost);
    const uses = limitUse(limits, dose, 0.6 * secondNs, [
      insideRequest,
      { ...insideRequest, electrode: 7, amplitudeNanoamps: 9000 },
    ]);
    const use = (code: RefusalCode, limit: string, value: number, bound: number, unit: string, electrode?: number) =>
      electrode === undefined ? { limit, code, value, bound, unit } : { limit, code, value, bound, unit, electrode };
    expect(uses).toEqual([
      use('amplitude', 'amplitude', 9, 10, 'µA', 7),
      use('charge-per-phase', 'charge per phase', 1.8, 2, 'nC', 7),
      use('amplitude', 'amplitude', 5, 10, 'µA', 3),
      use('charge-per-phase', 'charge per phase', 1, 2, 'nC', 3),
      use('total-rate', 'pulses per second, all electrodes', 3, 30, ''),
      use('electrode-rate', 'pulse rate', 2, 20, 'Hz', 3),
      use('temperature-rise', 'predicted temperature rise', 6_283_185_306 / (2e7 * Math.PI), 1000, 'mK'),
      use('electrode-rate', 'pulse rate', 1, 20, 'Hz', 7),
      use('day-pulses', 'pulses in 24 h', 2, 50, '', 3),
      use('day-pulses', 'pulses in 24 h', 1, 50, '', 7),
      use('on-time', 'on-time of the last 60 s', 100 / 600, 50, '%', 7),
      use('session-dose', 'pulses of this session', 3, 1000, ''),
      use('on-time', 'on-time of the last 60 s', (50.45e6 * 100) / 60e9, 50, '%', 3),
      use('day-charge', 'charge in 24 h', 0.002, 200_000, 'µC', 3),
      use('day-charge', 'charge in 24 h', 0.001, 200_000, 'µC', 7),
    ]);
  });

  it('says nothing of an electrode that may not be stimulated, or of which no dose is kept', () => {
    const dose = new Dose(limits, 0);
    expect(limitUse(limits, dose, 0, [{ ...insideRequest, electrode: 4 }])).toHaveLength(3);
    const wider = testLimits({ electrodes: [3, 4, 7] });
    expect(limitUse(wider, dose, 0, [{ ...insideRequest, electrode: 4 }])).toHaveLength(3);
    expect(limitUse(limits, new Dose(wider, 0), 0, [{ ...insideRequest, electrode: 4 }])).toHaveLength(3);
    expect(limitUse(wider, dose, 0, [{ ...insideRequest, electrode: 3 }])).toHaveLength(9);
  });

  it('puts a limit that allows nothing first', () => {
    const none = testLimits({ electrode: { rateMaxMillihertz: 0 }, total: { pulsesPerSessionMax: 0 } });
    const uses = limitUse(none, new Dose(none, 0), 0, [insideRequest]);
    expect(uses.slice(0, 3).map(({ limit, value, bound }) => [limit, value, bound])).toEqual([
      ['pulses of this session', 0, 0],
      ['pulse rate', 0, 0],
      ['amplitude', 5, 10],
    ]);
  });
});
