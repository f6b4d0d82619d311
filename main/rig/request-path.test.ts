import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../common/base/clock.ts';
import type { Fault } from '../../common/contract/faults.ts';
import { type RefusalCode, refusalCodes } from '../../common/contract/refusals.ts';
import { requestOrigins } from '../../common/journal/records.ts';
import { microseconds, nanoamps } from '../../common/units/units.ts';
import type { DeviceWriter, PulseCommand } from './hardware/device.ts';
import { testLimits } from './interlock/limits.fixture.ts';
import { stimulatingInterlock, testSession } from './interlock/stimulating-interlock.fixture.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import { type RequestParts, RequestPath } from './request-path.ts';
import { Counters } from './session/counters.ts';
import { Gate } from './stimulation/gate.ts';
import { PulseBook } from './stimulation/pulse-book.ts';
import { unkeptTurns } from './turns.ts';

const wanted = {
  readout: 2,
  electrode: 3,
  amplitudeNanoamps: nanoamps(5000),
  phaseMicroseconds: microseconds(200),
  interphaseMicroseconds: microseconds(50),
  leadingPhase: 'cathodic',
} as const;

/** Interlock and gate are real; everything that a decision needs is there unless the test takes it away. */
function setUp({ isWritten = true, rampSeconds = 10, refusalsInTenSecondsToTrip = 10 } = {}) {
  const clock = new FakeClock(1e9);
  const nowNs = () => clock.nowNs();
  const journalled: [string, Record<string, number>][] = [];
  const note = (name: string) => (record: object) => void journalled.push([name, record as Record<string, number>]);
  const journal = {
    isOpen: true,
    waitUntilWritten: () => isWritten,
    request: note('request'),
    permit: note('permit'),
    refusal: note('refusal'),
  } as unknown as JournalWriter;
  const sent: PulseCommand[] = [];
  const writer = {
    status: { isDry: false, isOutputOn: true } as DeviceWriter['status'],
    pulse(command: PulseCommand) {
      note('pulse')(command);
      sent.push(command);
    },
  };
  const interlock = stimulatingInterlock(0, testLimits({ timing: { refusalsInTenSecondsToTrip } }));
  const pulses = new PulseBook();
  const counters = new Counters();
  const faults: Fault[] = [];
  const path = new RequestPath({
    turns: unkeptTurns(nowNs),
    interlock,
    gate: new Gate(writer, journal, nowNs),
    pulses,
    journal,
    counters,
    deadlineNs: 5e6,
    complianceMillivolts: 10_000,
    capability: 'L3',
    rampSeconds,
    raise: (fault) => void faults.push(fault),
  });
  Object.assign(path.surroundings, {
    doesPhaseStimulate: true,
    rampElapsedSeconds: rampSeconds,
    confirmedSession: testSession,
    heardNs: 1e9,
    presentNs: 1e9,
    impedancesOhms: [0, 0, 0, 50_000],
  });
  const cause = (change: { acquiredNs?: number; isLate?: boolean } = {}) => ({
    tick: 8,
    acquiredNs: clock.nowNs(),
    isLate: false,
    ...change,
  });
  return { clock, path, journalled, sent, pulses, counters, faults, interlock, cause };
}

describe('RequestPath', () => {
  it('journals, decides, records and sends, in this order', () => {
    const { path, journalled, pulses, counters, cause } = setUp();
    expect(path.take(wanted, 'simulation', cause())).toBe(1);
    expect(journalled).toEqual([
      [
        'request',
        {
          request: 1,
          tick: 8,
          amplitudeNanoamps: 5000,
          phaseMicroseconds: 200,
          interphaseMicroseconds: 50,
          electrode: 3,
          readout: 2,
          origin: requestOrigins.indexOf('simulation'),
          isCathodicFirst: 1,
          spare: 0,
        },
      ],
      ['permit', { request: 1, expiryNs: 1e9 + 10e6, sequence: 1, spare: 0 }],
      ['pulse', expect.objectContaining({ sequence: 1, electrode: 3, amplitudeNanoamps: 5000 })],
    ]);
    expect(pulses.takeOverdue(2e9, 1)).toMatchObject({ sentNs: 1e9, permit: { sequence: 1, session: testSession } });
    expect(counters).toMatchObject({ requests: 1, permits: 1, refusals: {} });
  });

  it('numbers requests from 1 on, refused or not, and pulses by themselves', () => {
    const { path, clock, journalled, cause } = setUp();
    path.take({ ...wanted, electrode: 9 }, 'protocol', cause());
    clock.advanceMilliseconds(100);
    Object.assign(path.surroundings, { heardNs: clock.nowNs() });
    expect(path.take({ ...wanted, leadingPhase: 'anodic' }, 'operator', cause())).toBe(1);
    expect(journalled.map(([name, { request, sequence }]) => [name, request ?? sequence])).toEqual([
      ['request', 1],
      ['refusal', 1],
      ['request', 2],
      ['permit', 2],
      ['pulse', 1],
    ]);
    expect(journalled[0]![1]).toMatchObject({ origin: requestOrigins.indexOf('protocol') });
    expect(journalled[2]![1]).toMatchObject({ origin: requestOrigins.indexOf('operator'), isCathodicFirst: 0 });
  });

  it('S05: journals what was refused with code, value and bound, and sends nothing', () => {
    const { path, journalled, sent, pulses, counters, cause } = setUp();
    const refusal = { kind: 'refusal', code: 'amplitude', value: 10.001, bound: 10 };
    expect(path.take({ ...wanted, amplitudeNanoamps: nanoamps(10_001) }, 'simulation', cause())).toEqual(refusal);
    expect(journalled[1]).toEqual([
      'refusal',
      { request: 1, value: 10.001, bound: 10, code: refusalCodes.indexOf('amplitude'), spare: 0 },
    ]);
    expect(journalled.length).toBe(2);
    expect([sent, pulses.isEmpty]).toEqual([[], true]);
    expect(counters).toMatchObject({ requests: 1, permits: 0, refusals: { amplitude: 1 } });
  });

  it('S04: refuses a permit that the recorder does not take, and counts both', () => {
    const { path, sent, pulses, counters, cause } = setUp({ isWritten: false });
    expect(path.take(wanted, 'simulation', cause())).toMatchObject({ code: 'not-recorded' });
    expect([sent, pulses.isEmpty]).toEqual([[], true]);
    expect(counters).toMatchObject({ permits: 1, refusals: { 'not-recorded': 1 } });
  });

  it('S18: journals the request of a late tick and refuses it as late, whatever the interlock would say', () => {
    const { path, clock, journalled, sent, interlock, cause } = setUp();
    const acquiredNs = clock.nowNs();
    clock.advanceMilliseconds(6);
    expect(path.take(wanted, 'simulation', cause({ acquiredNs, isLate: true }))).toEqual({
      kind: 'refusal',
      code: 'late',
      value: 6,
      bound: 5,
    });
    expect(journalled.map(([name]) => name)).toEqual(['request', 'refusal']);
    expect(sent).toEqual([]);
    expect(interlock.dose.sessionPulses).toBe(0);
  });

  it.each<[string, object, RefusalCode]>([
    ['the stimulator confirmed no session', { confirmedSession: 0 }, 'not-armed'],
    ['the stimulator confirmed a session that is no number', { confirmedSession: Number.NaN }, 'not-armed'],
    ['the phase does not stimulate', { doesPhaseStimulate: false }, 'phase-without-stimulation'],
    ['the stimulator was never heard', { heardNs: -Infinity }, 'device-not-heard'],
    ['the stimulator was heard at no time', { heardNs: Number.NaN }, 'device-not-heard'],
    ['the operator was never there', { presentNs: -Infinity }, 'operator-absent'],
    ['no impedance is known', { impedancesOhms: [] }, 'compliance'],
    ['the impedance is no number', { impedancesOhms: [0, 0, 0, Number.NaN] }, 'compliance'],
    ['the impedance needs too much voltage', { impedancesOhms: [0, 0, 0, 1_600_001] }, 'compliance'],
  ])('refuses when %s', (_, change, code) => {
    const { path, sent, cause } = setUp();
    Object.assign(path.surroundings, change);
    expect(path.take(wanted, 'simulation', cause())).toMatchObject({ code });
    expect(sent).toEqual([]);
  });

  it('knows nothing at its beginning by which anything would be permitted', () => {
    expect(new RequestPath({} as RequestParts).surroundings).toEqual({
      doesPhaseStimulate: false,
      rampElapsedSeconds: 0,
      confirmedSession: 0,
      heardNs: -Infinity,
      presentNs: -Infinity,
      heldNs: -Infinity,
      impedancesOhms: [],
      amplitudeStepNanoamps: 1,
    });
  });

  it('H65: asks for the held control near a limit', () => {
    const { path, interlock, cause } = setUp();
    interlock.tighten(testLimits({ timing: { holdToRunAbovePermille: 800 } }));
    const near = { ...wanted, amplitudeNanoamps: nanoamps(9000) };
    expect(path.take(near, 'simulation', cause())).toMatchObject({ code: 'hold-to-run', value: 90, bound: 80 });
    path.surroundings.heldNs = 1e9;
    expect(path.take(near, 'simulation', cause())).toBe(1);
  });

  describe('in the ramp of the experiment', () => {
    it('lets what the simulation asks for rise from a tenth to all of it', () => {
      for (const [elapsed, amplitude] of [
        [0, 500],
        [5, 2750],
        [9.99, 4995],
        [10, 5000],
        [Number.NaN, 500],
      ] as const) {
        const { path, sent, journalled, cause } = setUp();
        path.surroundings.rampElapsedSeconds = elapsed;
        path.take(wanted, 'simulation', cause());
        expect(sent[0]!.amplitudeNanoamps).toBe(amplitude);
        expect(journalled[0]![1]).toMatchObject({ amplitudeNanoamps: amplitude });
      }
    });

    it('leaves what the protocol and the operator ask for as it is', () => {
      for (const origin of ['protocol', 'operator'] as const) {
        const { path, sent, cause } = setUp();
        path.surroundings.rampElapsedSeconds = 0;
        path.take(wanted, origin, cause());
        expect(sent[0]!.amplitudeNanoamps).toBe(5000);
      }
    });

    it('climbs with the pulses after a pause, in steps of the device, and is not locked out', () => {
      const { clock, path, sent, interlock, cause } = setUp();
      interlock.tighten(
        testLimits({ electrode: { amplitudeStepMaxPermille: 100, amplitudeSlewMaxPermillePerSecond: 200 } }),
      );
      Object.assign(path.surroundings, { amplitudeStepNanoamps: 300, heardNs: Infinity, presentNs: Infinity });
      for (let pulse = 0; pulse < 8; pulse++) {
        clock.advanceMilliseconds(600);
        path.take(wanted, 'simulation', cause());
      }
      expect(sent.map((each) => each.amplitudeNanoamps)).toEqual([900, 1800, 2700, 3600, 4500, 5000, 5000, 5000]);
    });

    it('S06: makes no amplitude of what is none', () => {
      const { path, sent, cause } = setUp();
      path.surroundings.rampElapsedSeconds = 3;
      for (const none of [Number.NaN, Infinity, -Infinity, -1, -0, 5000.5, 2 ** 53]) {
        const request = { ...wanted, amplitudeNanoamps: none as typeof wanted.amplitudeNanoamps };
        expect(path.take(request, 'simulation', cause())).toMatchObject({ code: 'not-finite' });
      }
      const nothing = { ...wanted, amplitudeNanoamps: nanoamps(0) };
      expect(path.take(nothing, 'simulation', cause())).toMatchObject({ code: 'amplitude', value: 0 });
      expect(sent).toEqual([]);
    });
  });

  it('S13: raises a fault when a controller keeps asking for what is refused', () => {
    const { path, faults, cause } = setUp({ refusalsInTenSecondsToTrip: 3 });
    const tooMuch = { ...wanted, amplitudeNanoamps: nanoamps(20_000) };
    for (let request = 0; request < 2; request++) path.take(tooMuch, 'simulation', cause());
    for (let request = 0; request < 5; request++) path.take(wanted, 'simulation', cause({ isLate: true }));
    expect(faults).toEqual([]);
    path.take(tooMuch, 'simulation', cause());
    expect(faults).toMatchObject([{ code: 'refusals', value: 3, bound: 3 }]);
  });

  it('changes nothing in what was asked', () => {
    const { path, cause } = setUp();
    const frozen = Object.freeze({ ...wanted });
    path.surroundings.rampElapsedSeconds = 0;
    expect(path.take(frozen, 'simulation', cause())).toBe(1);
    expect(frozen).toEqual(wanted);
  });
});
