import { describe, expect, it } from 'vitest';
import type { ElectrodeLimits } from '../../../common/limits/electrode-limits.ts';
import { allowance, ElectrodeHistory } from './electrode-history.ts';
import { testLimits } from './limits.fixture.ts';

const millisecondNs = 1e6;
const secondNs = 1e9;
const limitsWith = (change: Partial<ElectrodeLimits> = {}) =>
  testLimits({ electrode: change }).electrodes.get(3)!.limits;

/** 400 µs, 1 nC, 5 µA. */
const cost = { durationNs: 400_000, chargeFemtocoulombs: 1_000_000, amplitudeNanoamps: 5000, picojoules: 500 };

function historyWith(...times: number[]): ElectrodeHistory {
  const history = new ElectrodeHistory(limitsWith(), 0);
  for (const nowNs of times) history.add(nowNs, cost);
  return history;
}

describe('allowance', () => {
  it.each([
    [500_000, secondNs, 500],
    [1999, secondNs, 1],
    [1000, secondNs, 1],
    [999, 1e12 / 999, 1],
    [500, 2 * secondNs, 1],
    [1, 1000 * secondNs, 1],
    [0, secondNs, 0],
    [-1, secondNs, 0],
    [NaN, secondNs, 0],
  ])('S08: makes of %d mHz a whole count in a window', (rateMillihertz, windowNs, pulses) => {
    expect(allowance(rateMillihertz)).toEqual({ windowNs, pulses });
  });
});

describe('ElectrodeHistory', () => {
  it('knows nothing at first', () => {
    const history = historyWith();
    expect(history.busyUntilNs).toBe(-Infinity);
    expect(history.lastAmplitudeNanoamps).toBe(0);
    expect([history.recentAt(0), history.dayPulsesAt(0), history.dayChargeAt(0), history.onTimeNs(0, 0)]).toEqual([
      0, 0, 0, 0,
    ]);
    expect(history.trainNs(0, 400)).toBe(400);
  });

  it('H61: is busy from the beginning of a pulse to its end', () => {
    const history = historyWith(5 * secondNs);
    expect(history.busyUntilNs).toBe(5 * secondNs + 400_000);
    history.add(6 * secondNs, { ...cost, durationNs: 150_000 });
    expect(history.busyUntilNs).toBe(6 * secondNs + 150_000);
  });

  it('S08: counts the pulses of the window that its rate is judged by', () => {
    const history = historyWith(0, 10 * millisecondNs, 20 * millisecondNs);
    expect(history.rate).toEqual({ windowNs: secondNs, pulses: 20 });
    expect(history.recentAt(999 * millisecondNs)).toBe(3);
    expect(history.recentAt(1000 * millisecondNs)).toBe(2);
    expect(history.recentAt(1010 * millisecondNs)).toBe(1);
    expect(history.recentAt(1020 * millisecondNs)).toBe(0);
  });

  it('S08: measures a train from its first pulse to the end of the next one, and ends it with a pause of 100 ms', () => {
    const history = historyWith(0, 50 * millisecondNs);
    const endNs = 50 * millisecondNs + cost.durationNs;
    expect(history.trainNs(endNs + 100 * millisecondNs - 1, 400_000)).toBe(endNs + 100 * millisecondNs - 1 + 400_000);
    expect(history.trainNs(endNs + 100 * millisecondNs, 400_000)).toBe(400_000);
    history.add(endNs + 100 * millisecondNs, cost);
    expect(history.trainNs(endNs + 150 * millisecondNs, 7)).toBe(50 * millisecondNs + 7);
  });

  it('S08: counts as on-time the pulses, and the pauses inside a train', () => {
    const history = historyWith(0, 50 * millisecondNs);
    const endNs = 50 * millisecondNs + cost.durationNs;
    expect(history.onTimeNs(endNs, 0)).toBe(endNs);
    expect(history.onTimeNs(endNs + 99 * millisecondNs, 400_000)).toBe(endNs + 99 * millisecondNs + 400_000);
    expect(history.onTimeNs(endNs + 100 * millisecondNs, 400_000)).toBe(endNs + 400_000);
    history.add(10 * secondNs, cost);
    expect(history.onTimeNs(10 * secondNs, 0)).toBe(endNs + 400_000);
    // Asked about the time before a pulse has ended, there is no pause yet.
    expect(history.onTimeNs(10 * secondNs + 1, 5)).toBe(endNs + 400_000 + 5);
  });

  it('S08: forgets on-time only when all of it is out of the window, also that of a pulse which began before it', () => {
    const history = historyWith(1e9 - 100_000);
    expect(history.onTimeNs(61 * secondNs, 0)).toBe(400_000);
    expect(history.onTimeNs(62 * secondNs - 1, 0)).toBe(400_000);
    expect(history.onTimeNs(62 * secondNs, 0)).toBe(0);
  });

  it('H77: adds up pulses and charge of 24 hours, with those of earlier sessions', () => {
    const history = historyWith();
    const hourNs = 3600 * secondNs;
    history.addDose(-23 * hourNs, 100, 7_000_000);
    history.add(0, cost);
    history.add(secondNs, { ...cost, chargeFemtocoulombs: 3 });
    expect(history.dayPulsesAt(secondNs)).toBe(102);
    expect(history.dayChargeAt(secondNs)).toBe(8_000_003);
    expect(history.dayPulsesAt(hourNs + 599 * secondNs)).toBe(102);
    expect(history.dayPulsesAt(hourNs + 600 * secondNs)).toBe(2);
    expect(history.dayChargeAt(hourNs + 600 * secondNs)).toBe(1_000_003);
    expect(history.dayPulsesAt(24 * hourNs + 599 * secondNs)).toBe(2);
    expect(history.dayPulsesAt(24 * hourNs + 600 * secondNs)).toBe(0);
  });

  it('lets the amplitude rise by a step, and not faster than in time', () => {
    const rising = limitsWith({ amplitudeStepMaxPermille: 100, amplitudeSlewMaxPermillePerSecond: 200 });
    const history = new ElectrodeHistory(rising, secondNs);
    const reach = (nowNs: number) => history.amplitudeReachNanoamps(nowNs, rising);
    // 20 % of 10 µA in a second, 10 % at once.
    expect(reach(secondNs)).toBe(0);
    expect(reach(1.1e9)).toBe(200);
    expect(reach(1.1e9 - 1)).toBe(199);
    expect(reach(1.499e9)).toBe(998);
    expect(reach(1.5e9)).toBe(1000);
    expect(reach(100e9)).toBe(1000);
    history.add(1.5e9, { ...cost, amplitudeNanoamps: 1000 });
    expect(history.lastAmplitudeNanoamps).toBe(1000);
    expect(reach(1.5e9)).toBe(1000);
    expect(reach(1.6e9)).toBe(1200);
    expect(reach(9e9)).toBe(2000);
    history.add(9e9, { ...cost, amplitudeNanoamps: 300 });
    expect(reach(99e9)).toBe(1300);
  });

  it('loses nothing of the rise to rounding', () => {
    const rising = limitsWith({
      amplitudeMaxNanoamps: 3000,
      amplitudeStepMaxPermille: 100,
      amplitudeSlewMaxPermillePerSecond: 200,
    });
    const history = new ElectrodeHistory(rising, 0);
    for (let milliseconds = 0; milliseconds <= 500; milliseconds++)
      expect(history.amplitudeReachNanoamps(milliseconds * millisecondNs, rising)).toBe(
        Math.floor((milliseconds * 6) / 10),
      );
  });

  it('lets the amplitude rise from zero again after release, and forgets nothing else', () => {
    const rising = limitsWith({ amplitudeStepMaxPermille: 100, amplitudeSlewMaxPermillePerSecond: 200 });
    const history = new ElectrodeHistory(rising, 0);
    history.add(10 * secondNs, cost);
    history.release(10 * secondNs + 100_000);
    expect(history.lastAmplitudeNanoamps).toBe(0);
    expect(history.amplitudeReachNanoamps(10 * secondNs + 100_000, rising)).toBe(0);
    expect(history.amplitudeReachNanoamps(10.2e9 + 100_000, rising)).toBe(400);
    expect(history.busyUntilNs).toBe(10 * secondNs + 400_000);
    expect([history.recentAt(10.5e9), history.dayPulsesAt(10.5e9), history.dayChargeAt(10.5e9)]).toEqual([
      1, 1, 1_000_000,
    ]);
  });

  it('S08: holds a tighter rate over the pulses before it, also one below 1 Hz', () => {
    const history = historyWith(0, 100 * millisecondNs, 200 * millisecondNs);
    history.tighten(limitsWith({ rateMaxMillihertz: 2000 }));
    expect(history.rate).toEqual({ windowNs: secondNs, pulses: 2 });
    expect(history.recentAt(500 * millisecondNs)).toBe(2);
    expect(history.recentAt(5 * secondNs)).toBe(0);
    history.tighten(limitsWith({ rateMaxMillihertz: 100 }));
    expect(history.rate).toEqual({ windowNs: 10 * secondNs, pulses: 1 });
    expect(history.recentAt(10.2e9 - 1)).toBe(1);
    expect(history.recentAt(10.2e9)).toBe(0);
  });
});
