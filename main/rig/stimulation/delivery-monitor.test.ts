import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profileNames } from '../../../common/limits/profile-name.ts';
import { deliveredAcknowledgement } from '../hardware/acknowledgement.fixture.ts';
import type { Acknowledgement } from '../hardware/device.ts';
import { insidePermit, type LimitChange, testLimits } from '../interlock/limits.fixture.ts';
import type { StimulusRequest } from '../interlock/stimulus-request.ts';
import { DeliveryMonitor } from './delivery-monitor.ts';

const second = 1e9;
/** Of the pulse that is asked for: 5 µA × 200 µs, cathodic first. */
const asked = 1_000_000;

/** A monitor of pulses that are asked for one after the other; the device measures what the test says. */
function setUp(change: LimitChange = {}) {
  let limits = testLimits(change);
  const monitor = new DeliveryMonitor(() => limits);
  return {
    check: (measured: Partial<Acknowledgement> = {}, request: Partial<StimulusRequest> = {}) =>
      monitor.check(insidePermit(request), deliveredAcknowledgement(measured)),
    /** A pulse that leaves this charge, fC; its first phase is as asked. */
    checkNet: (net: number, measured: Partial<Acknowledgement> = {}) =>
      monitor.check(insidePermit(), deliveredAcknowledgement({ secondFemtocoulombs: asked + net, ...measured })),
    tighten: (tighter: LimitChange) => void (limits = testLimits(tighter)),
  };
}

describe('DeliveryMonitor', () => {
  it('finds nothing wrong with pulses that were delivered as asked', () => {
    const { check } = setUp();
    for (let pulse = 0; pulse < 100; pulse++) expect(check({ receivedNs: pulse * 0.05 * second })).toBeUndefined();
  });

  it('judges nothing of a pulse of which nothing was measured, but that no limits cover it', () => {
    const { check } = setUp();
    const nothing = { firstFemtocoulombs: 0, secondFemtocoulombs: 0, peakMillivolts: 0 };
    expect(check(nothing)).toMatchObject({ code: 'wrong-delivery' });
    expect(check({ ...nothing, isMeasured: false })).toBeUndefined();
    expect(check({ ...nothing, isMeasured: false, electrode: 4 })).toMatchObject({ code: 'wrong-delivery' });
  });

  it('H58: calls a pulse on an electrode that no limits cover a wrong delivery', () => {
    expect(setUp().check({ electrode: 4 })).toEqual({
      code: 'wrong-delivery',
      message: 'Electrode 4 was stimulated; no limits cover it.',
      electrode: 4,
    });
  });

  describe('of the amount', () => {
    it.each([
      [0.95 * asked, undefined],
      [0.95 * asked - 1, '-0.9500'],
      [1.05 * asked, undefined],
      [1.05 * asked + 1, '-1.050'],
      [2 * asked, '-2.000'],
      [0, '0.000'],
    ])('H04: judges a first phase of %d fC where 1 000 000 were asked', (magnitude, words) => {
      const fault = setUp().check({ firstFemtocoulombs: -magnitude, secondFemtocoulombs: magnitude });
      if (words === undefined) expect(fault).toBeUndefined();
      else
        expect(fault).toEqual({
          code: 'wrong-delivery',
          message: `Electrode 3 was given ${words} nC in the first phase; -1.000 nC were asked.`,
          value: -magnitude / 1e6,
          bound: -1,
          unit: 'nC',
          electrode: 3,
        });
    });

    it('H04: trips at the first pulse that is ten times too large', () => {
      const tenfold = { firstFemtocoulombs: -10 * asked, secondFemtocoulombs: 10 * asked };
      expect(setUp().check(tenfold)).toMatchObject({ code: 'wrong-delivery', value: -10, bound: -1 });
    });

    it('H59: trips at the first pulse of inverted polarity, whichever phase leads', () => {
      const inverted = { firstFemtocoulombs: asked, secondFemtocoulombs: -asked };
      expect(setUp().check(inverted)).toMatchObject({ code: 'wrong-delivery', value: 1, bound: -1 });
      expect(setUp().check(inverted, { leadingPhase: 'anodic' })).toBeUndefined();
      expect(setUp().check({}, { leadingPhase: 'anodic' })).toMatchObject({
        code: 'wrong-delivery',
        value: -1,
        bound: 1,
      });
    });

    it('H04: takes a measurement that is no number for a wrong delivery', () => {
      for (const firstFemtocoulombs of [Number.NaN, Infinity, -Infinity])
        expect(setUp().check({ firstFemtocoulombs })).toMatchObject({ code: 'wrong-delivery' });
    });
  });

  describe('of the balance', () => {
    // 1 % of the charge, or the device's noise where that is more.
    it.each([
      ['one per cent', 5000, 10_000],
      ['the noise floor', 50_000, 50_000],
      ['the noise floor, where it is just above one per cent', 10_001, 10_001],
      ['one per cent, where it is just above the noise floor', 9999, 10_000],
    ])('H09: allows %s', (_, imbalanceNoiseFemtocoulombs, bound) => {
      for (const sign of [1, -1]) {
        const { checkNet } = setUp({ electrode: { imbalanceNoiseFemtocoulombs } });
        for (let pulse = 0; pulse < 3; pulse++) expect(checkNet(sign * bound)).toBeUndefined();
        expect(checkNet(sign * (bound + 1))).toBeUndefined();
        expect(checkNet(sign * (bound + 1))).toEqual({
          code: 'imbalance',
          message: `2 pulses in a row on electrode 3 left ${((bound + 1) / 1000).toFixed(1)} pC; ${(bound / 1000).toFixed(1)} pC are allowed.`,
          value: (bound + 1) / 1000,
          bound: bound / 1000,
          unit: 'pC',
          electrode: 3,
        });
      }
    });

    it('H09: trips at the second pulse in a row only', () => {
      const { checkNet } = setUp();
      for (let pair = 0; pair < 10; pair++) {
        expect(checkNet(60_000, { receivedNs: pair * second })).toBeUndefined();
        expect(checkNet(0, { receivedNs: pair * second })).toBeUndefined();
      }
      expect(checkNet(60_000, { receivedNs: 20 * second })).toBeUndefined();
      expect(checkNet(-60_000, { receivedNs: 21 * second })).toMatchObject({ code: 'imbalance', value: 60 });
      expect(checkNet(60_000, { receivedNs: 22 * second })).toMatchObject({ code: 'imbalance' });
    });

    it('H09: counts each electrode by itself', () => {
      const { check, checkNet } = setUp();
      const onSeven = { electrode: 7, secondFemtocoulombs: asked + 60_000 };
      expect(checkNet(60_000)).toBeUndefined();
      expect(check(onSeven, { electrode: 7 })).toBeUndefined();
      expect(checkNet(0)).toBeUndefined();
      expect(check(onSeven, { electrode: 7 })).toMatchObject({ code: 'imbalance', electrode: 7 });
    });

    it('H09: takes a second phase that is no number for unbalanced', () => {
      const { check } = setUp();
      expect(check({ secondFemtocoulombs: Number.NaN })).toMatchObject({ code: 'direct-current' });
      expect(check({ secondFemtocoulombs: Number.NaN })).toMatchObject({ code: 'imbalance' });
    });

    it('judges by the limits that hold now', () => {
      const { checkNet, tighten } = setUp();
      expect([checkNet(40_000), checkNet(40_000)]).toEqual([undefined, undefined]);
      tighten({ electrode: { imbalanceNoiseFemtocoulombs: 0 } });
      expect([checkNet(40_000)?.code, checkNet(40_000)?.code]).toEqual([undefined, 'imbalance']);
    });
  });

  describe('of direct current', () => {
    /** 2 nA: 2 000 000 fC in a second. */
    const tight = { electrode: { directCurrentMaxPicoamps: 2000 } };

    it('H10: adds up over a second what pulses leave of which each is allowed', () => {
      for (const sign of [1, -1]) {
        const { checkNet } = setUp(tight);
        for (let pulse = 0; pulse < 40; pulse++)
          expect(checkNet(sign * 50_000, { receivedNs: pulse * 0.02 * second })).toBeUndefined();
        expect(checkNet(sign * 25_000, { receivedNs: 0.9 * second })).toEqual({
          code: 'direct-current',
          message: 'Electrode 3 carried 2.02 nA of direct current in the last second.',
          value: 2.025,
          bound: 2,
          unit: 'nA',
          electrode: 3,
        });
      }
    });

    it.each([
      [2_000_000, undefined],
      [2_000_001, 2.000_001],
      [-2_000_000, undefined],
      [-2_000_001, 2.000_001],
    ])('H10: judges %d fC within a second', (net, value) => {
      const { checkNet } = setUp(tight);
      for (let pulse = 0; pulse < 40; pulse++) checkNet(Math.trunc(net / 40), { receivedNs: pulse });
      expect(checkNet(net % 40, { receivedNs: 40 })?.value).toBe(value);
    });

    it('H10: lets opposite charges cancel', () => {
      const { checkNet } = setUp(tight);
      for (let pulse = 0; pulse < 200; pulse++)
        expect(checkNet(pulse % 2 === 0 ? 50_000 : -50_000, { receivedNs: pulse * 0.002 * second })).toBeUndefined();
    });

    it('H10: forgets a pulse after exactly one second', () => {
      const begin = 100 * second;
      for (const [after, value] of [
        [second - 1, 2.05],
        [second, undefined],
      ] as const) {
        const { checkNet } = setUp(tight);
        checkNet(50_000, { receivedNs: begin });
        for (let pulse = 1; pulse < 40; pulse++) checkNet(50_000, { receivedNs: begin + 0.5 * second });
        expect(checkNet(50_000, { receivedNs: begin + after })?.value).toBe(value);
      }
    });

    it('H10: counts each electrode by itself', () => {
      const { check, checkNet } = setUp(tight);
      for (let pulse = 0; pulse < 40; pulse++) {
        expect(checkNet(50_000, { receivedNs: pulse })).toBeUndefined();
        const onSeven = { electrode: 7, secondFemtocoulombs: asked + 50_000, receivedNs: pulse };
        expect(check(onSeven, { electrode: 7 })).toBeUndefined();
      }
    });

    it('H10: forgets nothing by a time that is no number', () => {
      const { checkNet } = setUp(tight);
      for (let pulse = 0; pulse < 40; pulse++) expect(checkNet(50_000, { receivedNs: Number.NaN })).toBeUndefined();
      expect(checkNet(50_000, { receivedNs: 9 * second })).toMatchObject({ code: 'direct-current' });
    });
  });

  describe('of the residual voltage', () => {
    it.each([
      [0, undefined],
      [49, undefined],
      [50, undefined],
      [51, 51],
      [-49, undefined],
      [-50, undefined],
      [-51, 51],
    ])('H10: judges %d mV before a pulse, where 50 mV of either sign are allowed', (residualMillivolts, value) => {
      const fault = setUp().check({ residualMillivolts });
      if (value === undefined) expect(fault).toBeUndefined();
      else
        expect(fault).toEqual({
          code: 'residual-voltage',
          message: `Electrode 3 had ${residualMillivolts} mV before its pulse; 50 mV of either sign are allowed.`,
          value,
          bound: 50,
          unit: 'mV',
          electrode: 3,
        });
    });

    it('H10: trips at the first pulse exactly when the magnitude is beyond the bound, whatever came before', () => {
      const millivolts = fc.integer({ min: -200, max: 200 });
      const bound = fc.integer({ min: 0, max: 50 });
      fc.assert(
        fc.property(bound, fc.array(millivolts), (residualVoltageMaxMillivolts, measured) => {
          const { check } = setUp({ electrode: { residualVoltageMaxMillivolts } });
          for (const residualMillivolts of measured)
            expect(check({ residualMillivolts })?.code === 'residual-voltage').toBe(
              residualMillivolts > residualVoltageMaxMillivolts || residualMillivolts < -residualVoltageMaxMillivolts,
            );
        }),
      );
    });

    it('H10: takes a voltage that is no number for one beyond the bound, and a bound that is none for none that is kept', () => {
      for (const residualMillivolts of [Number.NaN, Infinity, -Infinity])
        expect(setUp().check({ residualMillivolts })).toMatchObject({ code: 'residual-voltage', bound: 50 });
      const { check } = setUp({ electrode: { residualVoltageMaxMillivolts: Number.NaN } });
      expect(check({ residualMillivolts: 0 })).toMatchObject({ code: 'residual-voltage' });
    });

    it.each(profileNames)('H10: no file of %s allows more than 50 mV', (profile) => {
      const limits = testLimits({ profile, electrode: { residualVoltageMaxMillivolts: 51 } });
      expect(limits.electrodes.get(3)?.limits.residualVoltageMaxMillivolts).toBe(50);
    });

    it('H10: judges by the limits that hold now', () => {
      const { check, tighten } = setUp();
      expect(check({ residualMillivolts: -20 })).toBeUndefined();
      tighten({ electrode: { residualVoltageMaxMillivolts: 19 } });
      expect(check({ residualMillivolts: -20 })).toMatchObject({ value: 20, bound: 19 });
    });
  });

  describe('of the voltage', () => {
    it('H06: trips when the output ran out of voltage in two pulses in a row', () => {
      const { check } = setUp();
      expect(check({ isSaturated: true, peakMillivolts: 9990 })).toBeUndefined();
      expect(check({ isSaturated: true, peakMillivolts: 9990 })).toEqual({
        code: 'compliance',
        message:
          'The stimulator ran out of voltage on electrode 3 in 2 pulses in a row (9.99 V): the phases do not balance any more.',
        value: 9.99,
        unit: 'V',
        electrode: 3,
      });
      expect(check({ isSaturated: true })).toMatchObject({ code: 'compliance' });
    });

    it('H06: begins the count anew at a pulse that had voltage enough', () => {
      const { check } = setUp();
      for (let pair = 0; pair < 10; pair++) {
        expect(check({ isSaturated: true })).toBeUndefined();
        expect(check()).toBeUndefined();
      }
    });

    it('H06: counts each electrode by itself', () => {
      const { check } = setUp();
      expect(check({ isSaturated: true })).toBeUndefined();
      expect(check({ isSaturated: true, electrode: 7 }, { electrode: 7 })).toBeUndefined();
      expect(check({ isSaturated: true })).toMatchObject({ code: 'compliance', electrode: 3 });
    });
  });

  it('names the amount before the balance, the balance before the current, and the current before the voltages', () => {
    const { check } = setUp({ electrode: { directCurrentMaxPicoamps: 0 } });
    const unbalanced = { secondFemtocoulombs: asked + 60_000, residualMillivolts: 51, isSaturated: true };
    expect(check({ ...unbalanced, firstFemtocoulombs: 0 })).toMatchObject({ code: 'wrong-delivery' });
    expect(check(unbalanced)).toMatchObject({ code: 'direct-current' });
    expect(check(unbalanced)).toMatchObject({ code: 'imbalance' });
  });
});
