import fc from 'fast-check';
import { env } from 'node:process';
import { describe, expect, it, vi } from 'vitest';
import { type Fault, type FaultCode, faultCodes } from '../../../common/contract/faults.ts';
import { expectedRefusals, refusalCodes, refuse } from '../../../common/contract/refusals.ts';
import { type DecisionContext, Interlock } from './interlock.ts';
import type { InterlockEvent } from './interlock-event.ts';
import { interlockTiming } from './interlock-record.ts';
import { insideRequest, openNowNs, openSnapshot, testLimits } from './limits.fixture.ts';
import { redeemPermit } from './permit.ts';
import { armedInterlock, stimulatingInterlock, testSession } from './stimulating-interlock.fixture.ts';

/** More or fewer runs of a property than every time. */
const runs = (usual: number) => Math.ceil(usual * Number(env['EXOCORTEX_PROPERTY_RUNS'] ?? 1));
vi.setConfig({ testTimeout: 30_000 + runs(30_000) });

const secondNs = 1e9;
const fault: Fault = { code: 'simulation-closed', message: 'The simulation ended.' };
const deviceOff = { kind: 'device-heard', isOutputOn: false, isDry: false, burnedSession: testSession } as const;
const safe = () => new Interlock(testLimits(), interlockTiming, 0);

/** What lets `insideRequest` through. */
function contextAt(nowNs = openNowNs, change: Partial<DecisionContext> = {}): DecisionContext {
  const { doesPhaseStimulate, heldNs, impedanceOhms, complianceMillivolts, capability } = openSnapshot();
  const times = { nowNs, acquiredNs: nowNs, heardNs: nowNs, presentNs: nowNs, heldNs };
  return {
    doesPhaseStimulate,
    impedanceOhms,
    complianceMillivolts,
    capability,
    confirmedSession: testSession,
    ...times,
    ...change,
  };
}

/** @returns 'permit' or the refusal's code. */
function ask(interlock: Interlock, nowNs = openNowNs, request = insideRequest): string {
  const verdict = interlock.decide(request, contextAt(nowNs));
  return 'kind' in verdict ? verdict.code : 'permit';
}

describe('Interlock', () => {
  it('S09: permits the simulation only while stimulating, which takes both controls and a run', () => {
    const interlock = safe();
    interlock.dose.reserve(10);
    const seen: [string, boolean, string][] = [];
    const look = () => seen.push([interlock.state, interlock.isLive, ask(interlock)]);
    look();
    const way: InterlockEvent[] = [
      { kind: 'arm-requested', limitsHash: 'hash', nowNs: 0 },
      { kind: 'checks-passed', nowNs: 0 },
      { kind: 'arm-confirmed', session: 1, limitsHash: 'hash', heldMilliseconds: 1000, nowNs: 0 },
      { kind: 'run-started', isRecorded: true, isConfirmed: true, nowNs: 0 },
      { kind: 'stop', nowNs: 0 },
    ];
    for (const event of way) {
      interlock.apply(event);
      look();
    }
    expect(seen).toEqual([
      ['safe', false, 'not-armed'],
      ['check', false, 'not-armed'],
      ['prearmed', false, 'not-armed'],
      ['armed', true, 'not-armed'],
      ['stimulating', true, 'permit'],
      ['stopping', false, 'not-armed'],
    ]);
    expect(ask(armedInterlock(), openNowNs, { ...insideRequest, origin: 'operator' })).toBe('permit');
  });

  it('S01: makes permits for the session and the pulse that it counts', () => {
    const interlock = stimulatingInterlock();
    const sequences = [0, 1, 2].map((pulse) => {
      const verdict = interlock.decide(insideRequest, contextAt(openNowNs + pulse * secondNs));
      if ('kind' in verdict) throw new Error(verdict.code);
      expect(verdict.session).toBe(testSession);
      expect(redeemPermit(verdict)).toBe(true);
      expect(redeemPermit(verdict)).toBe(false);
      return verdict.sequence;
    });
    expect(sequences).toEqual([1, 2, 3]);
  });

  it('S08: counts what it permitted as given at once, and nothing that it refused', () => {
    const interlock = stimulatingInterlock(0, testLimits({ total: { pulsesPerSessionMax: 2 } }));
    expect(interlock.decide({ ...insideRequest, amplitudeNanoamps: 10_001 }, contextAt())).toEqual(
      refuse('amplitude', 10.001, 10),
    );
    expect(interlock.dose.sessionPulses).toBe(0);
    expect(ask(interlock)).toBe('permit');
    const history = interlock.dose.historyOf(3)!;
    expect(history.busyUntilNs).toBe(openNowNs + 450_000);
    expect(history.dayChargeAt(openNowNs)).toBe(1_000_000);
    expect(history.lastAmplitudeNanoamps).toBe(5000);
    expect(interlock.dose.picojoulesAt(openNowNs)).toBe(500);
    expect(ask(interlock)).toBe('electrode-busy');
    expect(ask(interlock, openNowNs + secondNs)).toBe('permit');
    expect(interlock.decide(insideRequest, contextAt(openNowNs + 2 * secondNs))).toEqual(refuse('session-dose', 3, 2));
  });

  it('S03: gives a deadline: its data’s time and the age that the limits allow', () => {
    const verdict = stimulatingInterlock().decide(insideRequest, contextAt(openNowNs, { acquiredNs: openNowNs - 2e6 }));
    expect(verdict).toMatchObject({ expiryNs: openNowNs + 8e6 });
  });

  it('S11: latches the first cause, keeps it while others follow, and lets only its acknowledgement and a quiet time clear it', () => {
    const interlock = stimulatingInterlock();
    expect(interlock.apply({ kind: 'fault', fault, nowNs: secondNs })).toStrictEqual({
      from: 'stimulating',
      to: 'stopping',
      event: 'fault',
      action: 'stop-output',
      firstCause: fault,
    });
    const later: Fault = { code: 'lease-lost', message: 'The lease ran out.' };
    expect(interlock.apply({ kind: 'fault', fault: later, nowNs: secondNs })).toStrictEqual({
      from: 'stopping',
      to: 'stopping',
      event: 'fault',
      action: 'stop-output',
      furtherCause: later,
    });
    expect(interlock.apply({ ...deviceOff, nowNs: secondNs })).toStrictEqual({
      from: 'stopping',
      to: 'tripped',
      event: 'device-heard',
      action: 'none',
    });
    expect([interlock.firstCause, interlock.record.furtherCauses]).toEqual([fault, [later]]);
    const reset = (seconds: number) => interlock.apply({ kind: 'reset', nowNs: seconds * secondNs });
    expect(interlock.resetBlockedBy(10 * secondNs)).toBe('the cause has not been acknowledged');
    expect(reset(10)).toBeUndefined();
    interlock.apply({ kind: 'acknowledge', cause: 'lease-lost', nowNs: 2 * secondNs });
    expect(reset(10)).toBeUndefined();
    interlock.apply({ kind: 'acknowledge', cause: 'simulation-closed', nowNs: 2 * secondNs });
    interlock.apply({ kind: 'trip-checked', isPassed: true, nowNs: 2 * secondNs });
    expect(interlock.resetBlockedBy(2.9 * secondNs)).toBe('the cause was there less than 2 s ago');
    expect(reset(2.9)).toBeUndefined();
    expect(interlock.resetBlockedBy(3 * secondNs)).toBeUndefined();
    expect(reset(3)).toStrictEqual({ from: 'tripped', to: 'safe', event: 'reset', action: 'none' });
    expect(interlock.firstCause).toBeUndefined();
  });

  it('S10: gives arming up when the second control does not follow within 15 s', () => {
    const interlock = safe();
    interlock.apply({ kind: 'arm-requested', limitsHash: 'hash', nowNs: 0 });
    interlock.apply({ kind: 'checks-passed', nowNs: 0 });
    expect(interlock.apply({ kind: 'time', nowNs: 15 * secondNs - 1 })).toBeUndefined();
    expect(interlock.apply({ kind: 'time', nowNs: 15 * secondNs })).toEqual({
      from: 'prearmed',
      to: 'safe',
      event: 'time',
      action: 'none',
    });
    const confirmed = {
      kind: 'arm-confirmed',
      session: 1,
      limitsHash: 'hash',
      heldMilliseconds: 1000,
      nowNs: 15 * secondNs,
    } as const;
    expect(interlock.apply(confirmed)).toBeUndefined();
  });

  it('S12: calls a stop that is not confirmed within 200 ms a fault that no reset clears', () => {
    const interlock = stimulatingInterlock();
    interlock.apply({ kind: 'stop', nowNs: secondNs });
    expect(interlock.apply({ kind: 'time', nowNs: 1.2e9 - 1 })).toBeUndefined();
    expect(interlock.apply({ kind: 'time', nowNs: 1.2e9 })).toMatchObject({
      to: 'fault',
      action: 'stop-output',
      firstCause: { code: 'stop-unconfirmed', value: 200, bound: 200 },
    });
    expect(interlock.apply({ kind: 'reset', nowNs: 100 * secondNs })).toBeUndefined();
    expect(interlock.resetBlockedBy(100 * secondNs)).toMatch('restart Exocortex');
  });

  it('S13: trips on ten refusals within ten seconds', () => {
    const interlock = stimulatingInterlock();
    const refusal = refuse('amplitude', 11, 10);
    for (let count = 0; count < 9; count++) expect(interlock.noteRefusal(refusal, count * secondNs)).toBeUndefined();
    expect(interlock.noteRefusal(refusal, 10 * secondNs - 1)).toEqual({
      code: 'refusals',
      message: '10 requests were refused within 10 s; the last one: amplitude.',
      value: 10,
      bound: 10,
      unit: 'in 10 s',
    });
    const slow = stimulatingInterlock();
    for (let count = 0; count < 9; count++) slow.noteRefusal(refusal, count * secondNs);
    expect(slow.noteRefusal(refusal, 10 * secondNs)).toBeUndefined();
  });

  it('S13: counts no refusals of normal work, and none while nothing can be stimulated', () => {
    for (const code of refusalCodes) {
      const interlock = stimulatingInterlock(0, testLimits({ timing: { refusalsInTenSecondsToTrip: 1 } }));
      expect(interlock.noteRefusal(refuse(code), 0) === undefined, code).toBe(expectedRefusals.has(code));
    }
    const alwaysTrips = testLimits({ timing: { refusalsInTenSecondsToTrip: 1 } });
    expect(new Interlock(alwaysTrips, interlockTiming, 0).noteRefusal(refuse('amplitude'), 0)).toBeUndefined();
    expect(armedInterlock(0, alwaysTrips).noteRefusal(refuse('amplitude'), 0)).toBeDefined();
  });

  it('S13: counts refusals anew after a reset and when it is armed', () => {
    const interlock = stimulatingInterlock();
    for (let count = 0; count < 9; count++) interlock.noteRefusal(refuse('amplitude'), 0);
    interlock.apply({ kind: 'fault', fault, nowNs: 0 });
    interlock.apply({ ...deviceOff, nowNs: 0 });
    interlock.apply({ kind: 'acknowledge', cause: fault.code, nowNs: 0 });
    interlock.apply({ kind: 'trip-checked', isPassed: true, nowNs: 0 });
    interlock.apply({ kind: 'reset', nowNs: 2 * secondNs });
    expect(interlock.state).toBe('safe');
    interlock.apply({ kind: 'arm-requested', limitsHash: 'hash', nowNs: 2 * secondNs });
    interlock.apply({ kind: 'checks-passed', nowNs: 2 * secondNs });
    interlock.apply({
      kind: 'arm-confirmed',
      session: 8,
      limitsHash: 'hash',
      heldMilliseconds: 1000,
      nowNs: 2 * secondNs,
    });
    for (let count = 0; count < 9; count++)
      expect(interlock.noteRefusal(refuse('amplitude'), 3 * secondNs)).toBeUndefined();
    expect(interlock.noteRefusal(refuse('amplitude'), 3 * secondNs)).toBeDefined();
  });

  it('S14: trips on one tick that is far too late and on too many late ones, only while armed', () => {
    const interlock = stimulatingInterlock();
    expect(interlock.noteTick(true, 20e6)).toBeUndefined();
    expect(interlock.noteTick(true, 20e6 + 1)).toMatchObject({ code: 'late-tick', value: 20.000001, bound: 20 });
    expect(interlock.latency).toEqual({ lateTicks: 2, lateTicksWindow: 100, lateTicksToTrip: 3 });
    expect(interlock.noteTick(true, 6e6)).toMatchObject({ code: 'late-ticks', value: 3, bound: 3 });
    const disarmed = safe();
    expect(disarmed.noteTick(true, NaN)).toBeUndefined();
    expect(disarmed.latency.lateTicks).toBe(1);
  });

  it('S14: begins to count late ticks and refusals when it is armed, and lets amplitudes rise from zero', () => {
    const limits = testLimits({ electrode: { amplitudeSlewMaxPermillePerSecond: 100, amplitudeStepMaxPermille: 100 } });
    const interlock = new Interlock(limits, interlockTiming, 0);
    interlock.dose.reserve(10);
    const nowNs = 50 * secondNs;
    interlock.noteTick(true, 1e6);
    interlock.noteTick(true, 1e6);
    interlock.apply({ kind: 'arm-requested', limitsHash: 'hash', nowNs });
    interlock.apply({ kind: 'checks-passed', nowNs });
    expect(interlock.latency.lateTicks).toBe(2);
    interlock.apply({ kind: 'arm-confirmed', session: testSession, limitsHash: 'hash', heldMilliseconds: 1000, nowNs });
    expect(interlock.latency.lateTicks).toBe(0);
    const operator = { ...insideRequest, origin: 'operator', amplitudeNanoamps: 500 } as const;
    expect(interlock.decide(operator, contextAt(nowNs + 0.4e9))).toEqual(refuse('amplitude-rise', 0.5, 0.4));
    expect(ask(interlock, nowNs + 0.5e9, operator)).toBe('permit');
    // Time that passes and a run that begins while armed are no new arming.
    interlock.noteTick(true, 1e6);
    interlock.apply({ kind: 'time', nowNs });
    expect(interlock.latency.lateTicks).toBe(1);
    interlock.apply({ kind: 'run-started', isRecorded: true, isConfirmed: true, nowNs });
    expect(interlock.latency.lateTicks).toBe(1);
    expect(ask(interlock, nowNs + 1.5e9, { ...operator, amplitudeNanoamps: 1500 })).toBe('permit');
  });

  /** Faults that say something of the data, not of what could stimulate. */
  const ofDataQuality: FaultCode[] = [
    'late-tick',
    'late-ticks',
    'samples-lost',
    'source-stalled',
    'source-frozen',
    'seizure-like',
    'after-discharge',
    'runaway-tissue',
    'runaway-population',
    'clock-step',
    'clock-drift',
    'operator-absent',
    'page-gone',
  ];

  it('does not latch faults of the data while it is safe, latches every other one, and all of them while armed', () => {
    for (const code of faultCodes) {
      const interlock = safe();
      const change = interlock.apply({ kind: 'fault', fault: { code, message: '' }, nowNs: 0 });
      const isLatched = !ofDataQuality.includes(code);
      expect([interlock.state, interlock.firstCause?.code, change?.to], code).toEqual(
        isLatched ? ['tripped', code, 'tripped'] : ['safe', undefined, undefined],
      );
      const armed = armedInterlock();
      expect(armed.apply({ kind: 'fault', fault: { code, message: '' }, nowNs: 0 })).toMatchObject({
        to: 'stopping',
        firstCause: { code },
      });
    }
  });

  it('says nothing of an event that means nothing', () => {
    expect(safe().apply({ kind: 'checks-passed', nowNs: 0 })).toBeUndefined();
    expect(safe().apply({ kind: 'time', nowNs: 1e12 })).toBeUndefined();
    expect(safe().apply({ kind: 'stop', nowNs: 0 })).toEqual({
      from: 'safe',
      to: 'safe',
      event: 'stop',
      action: 'stop-output',
    });
  });

  it('goes on with a cause that was latched before', () => {
    const carried = new Interlock(testLimits(), interlockTiming, 5, { firstCause: fault, isAcknowledged: true });
    expect([carried.state, carried.firstCause, carried.record.isAcknowledged]).toEqual(['stopping', fault, true]);
    expect(ask(carried)).toBe('not-armed');
  });

  it('S07: holds tighter limits from now on: of a pulse, of dose, of time and of late ticks', () => {
    const interlock = stimulatingInterlock();
    for (let pulse = 0; pulse < 3; pulse++) expect(ask(interlock, openNowNs + pulse * 1e6)).toBe('permit');
    const tighter = testLimits({
      electrode: { amplitudeMaxNanoamps: 5000, rateMaxMillihertz: 3000 },
      timing: { dataAgeToTripMicroseconds: 10_000, lateTicksToTrip: 1 },
    });
    interlock.tighten(tighter);
    expect(interlock.limits).toBe(tighter);
    expect(interlock.decide(insideRequest, contextAt(openNowNs + 4e6))).toEqual(refuse('electrode-rate', 4, 3));
    expect(interlock.decide({ ...insideRequest, amplitudeNanoamps: 5001 }, contextAt(openNowNs + secondNs))).toEqual(
      refuse('amplitude', 5.001, 5),
    );
    expect(ask(interlock, openNowNs + secondNs)).toBe('permit');
    expect(interlock.noteTick(false, 10e6 + 1)).toMatchObject({ code: 'late-tick', bound: 10 });
    expect(interlock.noteTick(true, 1e6)).toMatchObject({ code: 'late-ticks', value: 1, bound: 1 });
    expect(interlock.latency.lateTicksToTrip).toBe(1);
  });

  it('H77: counts the dose of earlier sessions', () => {
    const interlock = stimulatingInterlock(0, testLimits({ electrode: { pulsesPerDayMax: 100 } }));
    interlock.addEarlierDose([{ electrode: 3, ageNs: 1e12, pulses: 99, chargeFemtocoulombs: 0 }], openNowNs);
    expect(ask(interlock)).toBe('permit');
    expect(ask(interlock, openNowNs + secondNs)).toBe('day-pulses');
  });

  it('says how much of each limit is in use', () => {
    const interlock = stimulatingInterlock();
    ask(interlock);
    expect(interlock.limitUse(openNowNs, [insideRequest])[0]).toEqual({
      limit: 'amplitude',
      code: 'amplitude',
      value: 5,
      bound: 10,
      unit: 'µA',
      electrode: 3,
    });
    expect(interlock.limitUse(openNowNs, [])).toContainEqual({
      limit: 'pulses of this session',
      code: 'session-dose',
      value: 1,
      bound: 1000,
      unit: '',
    });
  });

  const event = fc.oneof(
    fc.constantFrom<InterlockEvent>(
      { kind: 'arm-requested', limitsHash: 'hash', nowNs: 0 },
      { kind: 'checks-passed', nowNs: 0 },
      { kind: 'checks-failed', nowNs: 0 },
      { kind: 'arm-cancelled', nowNs: 0 },
      { kind: 'run-started', isRecorded: true, isConfirmed: true, nowNs: 0 },
      { kind: 'run-ended', nowNs: 0 },
      { kind: 'stop', nowNs: 0 },
      { kind: 'fault', fault, nowNs: 0 },
      { kind: 'fault', fault: { code: 'late-tick', message: '' }, nowNs: 0 },
      { kind: 'integrity-lost', fault: { code: 'integrity', message: '' }, nowNs: 0 },
      { kind: 'trip-checked', isPassed: true, nowNs: 0 },
      { kind: 'acknowledge', cause: fault.code, nowNs: 0 },
      { kind: 'reset', nowNs: 0 },
      { kind: 'time', nowNs: 0 },
    ),
    fc.record({
      kind: fc.constant('arm-confirmed' as const),
      session: fc.integer({ min: 0, max: 9 }),
      limitsHash: fc.constantFrom('hash', 'other'),
      heldMilliseconds: fc.constantFrom(999, 1000),
      nowNs: fc.constant(0),
    }),
    fc.record({
      kind: fc.constant('device-heard' as const),
      isOutputOn: fc.boolean(),
      isDry: fc.boolean(),
      burnedSession: fc.integer({ min: 0, max: 9 }),
      nowNs: fc.constant(0),
    }),
  );

  it('S09: keeps its invariants over any sequence of events', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.constantFrom(0, 1, 3, 20)), { maxLength: 60 }), (steps) => {
        const interlock = safe();
        interlock.dose.reserve(Infinity);
        let nowNs = openNowNs;
        for (const [happening, waitSeconds] of steps) {
          nowNs += waitSeconds * secondNs;
          const [before, causeBefore] = [interlock.state, interlock.firstCause];
          const change = interlock.apply({ ...happening, nowNs });
          const { state, firstCause } = interlock;
          // Stimulation only from armed, armed only from prearmed, prearmed only from check; never with a cause.
          if (state === 'stimulating' && before !== state)
            expect([before, happening.kind]).toEqual(['armed', 'run-started']);
          if (state === 'armed' && before !== state)
            expect([before, happening.kind]).toEqual(['prearmed', 'arm-confirmed']);
          if (state === 'prearmed' && before !== state)
            expect([before, happening.kind]).toEqual(['check', 'checks-passed']);
          if (interlock.isLive) expect(firstCause).toBeUndefined();
          expect(interlock.isLive).toBe(state === 'armed' || state === 'stimulating');
          // The first cause is cleared by a reset alone, and by none replaced.
          if (causeBefore !== undefined && firstCause !== causeBefore)
            expect([before, state, happening.kind, firstCause]).toEqual(['tripped', 'safe', 'reset', undefined]);
          if (happening.kind === 'stop') expect([interlock.isLive, change?.action]).toEqual([false, 'stop-output']);
          expect(change?.from ?? before).toBe(before);
          expect(change?.to ?? before).toBe(state);
          expect(ask(interlock, nowNs) === 'permit' && state !== 'stimulating').toBe(false);
        }
      }),
      { numRuns: runs(2000) },
    );
  });
});
