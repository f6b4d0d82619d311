import fc from 'fast-check';
import { env } from 'node:process';
import { describe, expect, it } from 'vitest';
import { type Fault, faultCodes } from '../../../common/contract/faults.ts';
import { interlockStates } from '../../../common/contract/interlock-states.ts';
import type { InterlockEvent } from './interlock-event.ts';
import { type InterlockRecord, interlockTiming } from './interlock-record.ts';
import { reduce, type Reduction } from './reduce.ts';

/** More or fewer runs of a property than every time. */
const runs = (usual: number) => Math.ceil(usual * Number(env['EXOCORTEX_PROPERTY_RUNS'] ?? 1));

type WithoutTime<E> = E extends InterlockEvent ? Omit<E, 'nowNs'> : never;
type Happening = WithoutTime<InterlockEvent>;

const happen = (record: InterlockRecord, happening: Happening, nowNs: number): Reduction =>
  reduce(record, { ...happening, nowNs } as InterlockEvent, interlockTiming);

const oddTimes = fc.oneof(
  fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, Number.MAX_SAFE_INTEGER, 2 ** 53, Number.MIN_VALUE),
  fc.double(),
  fc.integer({ min: 0, max: 100 }).map((seconds) => seconds * 1e9),
);
const faults: fc.Arbitrary<Fault> = fc.record({ code: fc.constantFrom(...faultCodes), message: fc.string() });
const hashes = fc.constantFrom('', 'normal', 'tight');
const sessions = fc.oneof(fc.nat(3), fc.constantFrom(NaN, Infinity, -1, 2 ** 53));
const records: fc.Arbitrary<InterlockRecord> = fc.record({
  state: fc.constantFrom(...interlockStates),
  enteredNs: oddTimes,
  session: sessions,
  limitsHash: hashes,
  firstCause: fc.option(faults, { nil: undefined }),
  furtherCauses: fc.array(faults, { maxLength: 2 }),
  isAcknowledged: fc.boolean(),
  isTripChecked: fc.boolean(),
  lastFaultNs: oddTimes,
});
const happenings: fc.Arbitrary<Happening> = fc.oneof(
  fc.constantFrom<Happening>(
    { kind: 'checks-passed' },
    { kind: 'checks-failed' },
    { kind: 'arm-cancelled' },
    { kind: 'run-ended' },
    { kind: 'stop' },
    { kind: 'fault-persists' },
    { kind: 'reset' },
    { kind: 'time' },
  ),
  fc.record({ kind: fc.constant('arm-requested' as const), limitsHash: hashes }),
  fc.record({
    kind: fc.constant('arm-confirmed' as const),
    session: sessions,
    limitsHash: hashes,
    heldMilliseconds: fc.oneof(fc.constantFrom(999, 1000, NaN, Infinity, -Infinity), fc.double()),
  }),
  fc.record({ kind: fc.constant('run-started' as const), isRecorded: fc.boolean(), isConfirmed: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('fault' as const, 'integrity-lost' as const), fault: faults }),
  fc.record({
    kind: fc.constant('device-heard' as const),
    isOutputOn: fc.boolean(),
    isDry: fc.boolean(),
    burnedSession: sessions,
  }),
  fc.record({ kind: fc.constant('trip-checked' as const), isPassed: fc.boolean() }),
  fc.record({ kind: fc.constant('acknowledge' as const), cause: fc.constantFrom(...faultCodes) }),
);

describe('reduce, of any record and any event', () => {
  it('S09: answers without an exception, and arms only by a second control with everything in order', () => {
    fc.assert(
      fc.property(records, happenings, oddTimes, (before, happening, atNs) => {
        const { record, action } = happen(before, happening, atNs);
        expect(interlockStates).toContain(record.state);
        expect(action === 'enable-output').toBe(record.state === 'armed' && before.state !== 'armed');
        if (action === 'enable-output') {
          expect(happening.kind).toBe('arm-confirmed');
          expect(before).toMatchObject({ state: 'prearmed', firstCause: undefined });
          expect(atNs - before.enteredNs).toBeLessThan(15e9);
          expect(record.session).toBeGreaterThan(before.session);
        }
        if (record.state === 'stimulating' && before.state !== 'stimulating')
          expect(happening).toEqual({ kind: 'run-started', isRecorded: true, isConfirmed: true });
      }),
      { numRuns: runs(20_000) },
    );
  });

  it('S09: arms nothing at a time that is no number', () => {
    fc.assert(
      fc.property(records, happenings, (before, happening) => {
        expect(happen(before, happening, NaN).action).not.toBe('enable-output');
      }),
      { numRuns: runs(5000) },
    );
  });

  it('S15: obeys a stop in every state and at every time', () => {
    fc.assert(
      fc.property(records, oddTimes, (before, atNs) => {
        const { record, action } = happen(before, { kind: 'stop' }, atNs);
        expect(action).toBe('stop-output');
        expect(['safe', 'stopping', 'tripped', 'fault']).toContain(record.state);
      }),
      { numRuns: runs(2000) },
    );
  });

  it('S11: changes a latched first cause by a reset alone', () => {
    fc.assert(
      fc.property(records, happenings, oddTimes, (before, happening, atNs) => {
        const { record } = happen(before, happening, atNs);
        if (before.firstCause !== undefined && happening.kind !== 'reset')
          expect(record.firstCause).toBe(before.firstCause);
        expect(record.furtherCauses.slice(0, before.furtherCauses.length)).toEqual(
          happening.kind === 'reset' && record !== before ? [] : before.furtherCauses,
        );
      }),
      { numRuns: runs(5000) },
    );
  });
});
