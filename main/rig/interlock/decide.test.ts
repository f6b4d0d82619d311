import { describe, expect, it } from 'vitest';
import { interlockStates } from '../../../common/contract/interlock-states.ts';
import type { Refusal, RefusalCode } from '../../../common/contract/refusals.ts';
import { requestOrigins } from '../../../common/journal/records.ts';
import { decide } from './decide.ts';
import {
  insidePermit,
  insideRequest,
  type LimitChange,
  openDose,
  openNowNs as nowNs,
  openSnapshot,
  testLimits,
} from './limits.fixture.ts';
import { type Permit, redeemPermit } from './permit.ts';
import type { Snapshot } from './snapshot.ts';
import type { StimulusRequest } from './stimulus-request.ts';

const refusal = (code: RefusalCode, value = 0, bound = 0) => ({ kind: 'refusal', code, value, bound });
const isPermit = (verdict: Permit | Refusal): verdict is Permit => !('kind' in verdict);

const verdictOn = (request: Partial<StimulusRequest>, snapshot: Partial<Snapshot> = {}) =>
  decide({ ...insideRequest, ...request }, openSnapshot(snapshot));
/** @returns undefined for a permit. */
function refused(request: Partial<StimulusRequest>, snapshot: Partial<Snapshot> = {}): Refusal | undefined {
  const verdict = verdictOn(request, snapshot);
  return isPermit(verdict) ? undefined : verdict;
}
const under = (change: LimitChange, snapshot: Partial<Snapshot> = {}) =>
  refused({}, { ...snapshot, limits: testLimits(change) });

describe('a permit', () => {
  it('S02: is good once, for the pulse that was asked, unchanged', () => {
    const asked = Object.freeze({ ...insideRequest, request: 42, tick: 40, leadingPhase: 'anodic' } as const);
    const permit = insidePermit(asked, { sequence: 9, confirmedSession: 77 });
    expect(permit).toEqual({ request: asked, sequence: 9, session: 77, expiryNs: nowNs + 10e6 });
    expect(Object.isFrozen(permit)).toBe(true);
    expect(Object.isFrozen(permit.request)).toBe(true);
    expect(permit.request).not.toBe(asked);
    expect(redeemPermit(permit)).toBe(true);
    expect(redeemPermit(permit)).toBe(false);
  });

  it('S03: has its deadline when its data reach the age that is allowed, and 20 ms after them at the latest', () => {
    const expiry = (dataAgeMaxMicroseconds: number, ageNs = 0) =>
      insidePermit({}, { acquiredNs: nowNs - ageNs, limits: testLimits({ timing: { dataAgeMaxMicroseconds } }) })
        .expiryNs;
    expect(expiry(10_000, 3e6)).toBe(nowNs - 3e6 + 10e6);
    expect(expiry(10_000, 10e6)).toBe(nowNs);
    expect(expiry(500)).toBe(nowNs + 0.5e6);
    expect(expiry(20_000)).toBe(nowNs + 20e6);
    expect(expiry(20_001)).toBe(nowNs + 20e6);
    expect(expiry(50_000, 20e6)).toBe(nowNs);
  });
});

describe('a stimulator without a lease', () => {
  const byHand = { capability: 'L1', heldNs: nowNs } as const;

  it('S39: gives nothing that the simulation or the schedule asks for, whatever is held', () => {
    for (const origin of requestOrigins) {
      const verdict = refused({ origin }, byHand);
      expect(verdict).toEqual(origin === 'operator' ? undefined : refusal('without-lease'));
    }
  });

  it('S39: gives a pulse only while a hand is on the dead-man, seen there a second ago at the latest', () => {
    const heldAgo = (ns: number) => refused({ origin: 'operator' }, { ...byHand, heldNs: nowNs - ns });
    expect(heldAgo(1e9)).toBeUndefined();
    expect(heldAgo(1e9 + 1)).toEqual(refusal('dead-man', 1000.000001, 1000));
    expect(heldAgo(Infinity)).toEqual(refusal('dead-man', Infinity, 1000));
    expect(heldAgo(NaN)).toEqual(refusal('dead-man', NaN, 1000));
  });

  it('S39: asks for no hand where there is a lease', () => {
    expect(refused({}, { capability: 'L3' })).toBeUndefined();
    expect(refused({}, { capability: 'L2' })).toBeUndefined();
  });
});

describe('decide', () => {
  it('S09: permits the simulation and the schedule while stimulating, and the operator also while armed', () => {
    const permitted = interlockStates.flatMap((state) =>
      requestOrigins
        .filter((origin) => isPermit(verdictOn({ origin }, { state })))
        .map((origin) => `${state}: ${origin}`),
    );
    expect(permitted).toEqual(['armed: operator', ...requestOrigins.map((origin) => `stimulating: ${origin}`)]);
    for (const state of interlockStates)
      if (state !== 'stimulating') expect(refused({}, { state })).toEqual(refusal('not-armed'));
  });

  it('S09: permits nothing with a latched cause, and nothing before the stimulator has confirmed the session', () => {
    for (const origin of requestOrigins) {
      expect(refused({ origin }, { isTripped: true })).toEqual(refusal('not-armed'));
      for (const confirmedSession of [0, -1, NaN])
        expect(refused({ origin }, { confirmedSession })).toEqual(refusal('not-armed'));
    }
  });

  it('refuses all but the operator’s pulse in a phase that does not stimulate', () => {
    for (const origin of requestOrigins)
      expect(refused({ origin }, { doesPhaseStimulate: false })).toEqual(
        origin === 'operator' ? undefined : refusal('phase-without-stimulation'),
      );
  });

  it('H74: refuses what is not made of whole numbers before it looks at anything else', () => {
    for (const value of [NaN, Infinity, -Infinity, -0, -1, 0.5, 5e-324, 2 ** 53])
      for (const name of ['electrode', 'amplitudeNanoamps', 'phaseMicroseconds', 'interphaseMicroseconds'])
        expect(refused({ electrode: 4, [name]: value })).toEqual(refusal('not-finite'));
  });

  it('H58: refuses each of the 65,536 electrode numbers but those that are allowed', () => {
    const snapshot = openSnapshot();
    for (let electrode = 0; electrode < 65_536; electrode++) {
      const verdict = decide({ ...insideRequest, electrode }, snapshot);
      if (electrode === 3 || electrode === 7) expect(isPermit(verdict)).toBe(true);
      else expect(verdict).toEqual(refusal('electrode-not-covered', electrode, 0));
    }
    expect(refused({ electrode: 2 ** 53 - 1 })).toEqual(refusal('electrode-not-covered', 2 ** 53 - 1, 0));
  });

  it('S05: refuses what breaks a limit of the pulse, of the voltage, of time or of dose', () => {
    expect(refused({ amplitudeNanoamps: 10_001 })).toEqual(refusal('amplitude', 10.001, 10));
    expect(refused({}, { impedanceOhms: () => 1_600_001 })).toEqual(refusal('compliance', 8.000005, 8));
    expect(refused({}, { complianceMillivolts: 312 })).toEqual(refusal('compliance', 0.25, 0.2496));
    expect(refused({}, { impedanceOhms: (electrode) => (electrode === 3 ? NaN : 1) })).toEqual(
      refusal('compliance', NaN, 8),
    );
    expect(refused({ electrode: 7 }, { impedanceOhms: (electrode) => (electrode === 3 ? NaN : 1) })).toBeUndefined();
    expect(under({ total: { pulsesPerSessionMax: 0 } })).toEqual(refusal('session-dose', 1, 0));
  });

  it('refuses an electrode whose area or metal is not known', () => {
    expect(under({ geometry: null })).toEqual(refusal('geometry-unknown', 3, 0));
  });

  it('S05: refuses data that are too old, come from the future, or have no age', () => {
    const at = (ageNs: number) => refused({}, { acquiredNs: nowNs - ageNs });
    expect(at(0)).toBeUndefined();
    expect(at(10e6 - 1)).toBeUndefined();
    expect(at(10e6)).toBeUndefined();
    expect(at(10e6 + 1)).toEqual(refusal('late', 10.000001, 10));
    expect(at(-1)).toEqual(refusal('late', -1e-6, 10));
    expect(refused({}, { acquiredNs: -Infinity })).toEqual(refusal('late', Infinity, 10));
    expect(refused({}, { acquiredNs: NaN })).toEqual(refusal('late', NaN, 10));
    expect(refused({}, { nowNs: NaN, acquiredNs: 0 })).toEqual(refusal('late', NaN, 10));
    expect(refused({}, { nowNs: Infinity })).toEqual(refusal('late', NaN, 10));
  });

  it('S03: takes no data whose pulse would be past its deadline, however old the limits let them be', () => {
    const limits = testLimits({ timing: { dataAgeMaxMicroseconds: 50_000 } });
    expect(refused({}, { limits, acquiredNs: nowNs - 20e6 })).toBeUndefined();
    expect(refused({}, { limits, acquiredNs: nowNs - 20e6 - 1 })).toEqual(refusal('late', 20.000001, 20));
  });

  it('S05: refuses while the stimulator has not been heard', () => {
    const at = (unheardNs: number) => refused({}, { heardNs: nowNs - unheardNs });
    expect(at(-1)).toBeUndefined();
    expect(at(50e6 - 1)).toBeUndefined();
    expect(at(50e6)).toBeUndefined();
    expect(at(50e6 + 1)).toEqual(refusal('device-not-heard', 50.000001, 50));
    expect(at(Infinity)).toEqual(refusal('device-not-heard', Infinity, 50));
    expect(at(NaN)).toEqual(refusal('device-not-heard', NaN, 50));
  });

  it('S05: refuses without a sign of the operator', () => {
    const limits = testLimits({ timing: { presenceMaxSeconds: 60 } });
    const at = (absentNs: number) => refused({}, { limits, presentNs: nowNs - absentNs });
    expect(at(60e9 - 1)).toBeUndefined();
    expect(at(60e9)).toBeUndefined();
    expect(at(60e9 + 1000)).toEqual(refusal('operator-absent', 60.000001, 60));
    expect(at(60e9 + 1)?.code).toBe('operator-absent');
    expect(at(Infinity)).toEqual(refusal('operator-absent', Infinity, 60));
    expect(at(NaN)).toEqual(refusal('operator-absent', NaN, 60));
  });

  it('S05: demands that the presence control is held for what comes near a limit, and counts it for 2 s', () => {
    const limits = testLimits({ timing: { holdToRunAbovePermille: 500 } });
    const at = (request: Partial<StimulusRequest>, heldNs = -Infinity) => refused(request, { limits, heldNs });
    expect(at({ amplitudeNanoamps: 5000, phaseMicroseconds: 200 })).toBeUndefined();
    expect(at({ amplitudeNanoamps: 5001, phaseMicroseconds: 100 })).toEqual(refusal('hold-to-run', 500.1 / 10, 50));
    expect(at({ amplitudeNanoamps: 5000, phaseMicroseconds: 201 })).toEqual(refusal('hold-to-run', 50.25, 50));
    const near = { amplitudeNanoamps: 10_000, phaseMicroseconds: 200 };
    expect(at(near, nowNs)).toBeUndefined();
    expect(at(near, nowNs - 2e9)).toBeUndefined();
    expect(at(near, nowNs - 2e9 - 1)).toEqual(refusal('hold-to-run', 100, 50));
    expect(at(near, NaN)).toEqual(refusal('hold-to-run', 100, 50));
    expect(at({}, nowNs)).toBeUndefined();
  });

  it('H74: lets nothing through a limit of time that is not a number', () => {
    const limits = testLimits();
    const codes = {
      dataAgeMaxMicroseconds: 'late',
      beatMaxMilliseconds: 'device-not-heard',
      presenceMaxSeconds: 'operator-absent',
      holdToRunAbovePermille: 'hold-to-run',
    };
    for (const [name, code] of Object.entries(codes))
      expect(refused({}, { limits: { ...limits, timing: { ...limits.timing, [name]: NaN } } })?.code).toBe(code);
  });

  it('names the first limit that does not hold: state, phase, numbers, electrode, pulse, voltage, time, presence, dose', () => {
    const limits = testLimits({ timing: { holdToRunAbovePermille: 500 }, total: { pulsesPerSessionMax: 0 } });
    const codes: (RefusalCode | undefined)[] = [];
    let request: Partial<StimulusRequest> = { electrode: NaN, amplitudeNanoamps: 10_001, interphaseMicroseconds: 101 };
    let snapshot: Partial<Snapshot> = {
      limits,
      state: 'armed',
      doesPhaseStimulate: false,
      impedanceOhms: () => NaN,
      acquiredNs: -Infinity,
      heardNs: -Infinity,
      presentNs: -Infinity,
    };
    const then = (change: Partial<StimulusRequest>, knows: Partial<Snapshot> = {}) => {
      codes.push(refused(request, snapshot)?.code);
      request = { ...request, ...change };
      snapshot = { ...snapshot, ...knows };
    };
    then({}, { state: 'stimulating' });
    then({}, { doesPhaseStimulate: true });
    then({ electrode: 4 });
    then({ electrode: 3 });
    then({ amplitudeNanoamps: 10_000 });
    then({ interphaseMicroseconds: 100 });
    then({}, { impedanceOhms: () => 1 });
    then({}, { acquiredNs: nowNs });
    then({}, { heardNs: nowNs });
    then({}, { presentNs: nowNs });
    then({}, { heldNs: nowNs });
    then({}, { limits: testLimits() });
    then({});
    expect(codes).toEqual([
      'not-armed',
      'phase-without-stimulation',
      'not-finite',
      'electrode-not-covered',
      'amplitude',
      'interphase-gap',
      'compliance',
      'late',
      'device-not-heard',
      'operator-absent',
      'hold-to-run',
      'session-dose',
      undefined,
    ]);
  });

  it('S08: notes nothing: the same question has the same answer, however often it is asked', () => {
    const limits = testLimits({ total: { pulsesPerSessionMax: 1 } });
    const dose = openDose(limits);
    dose.reserve(1);
    for (let time = 0; time < 100; time++) expect(refused({}, { limits, dose })).toBeUndefined();
    expect(dose.takeUsage()).toEqual([]);
  });
});
