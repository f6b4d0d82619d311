import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerTo } from '../../common/base/control-block.ts';
import { type Fault, faultCodes } from '../../common/contract/faults.ts';
import { interlockStates } from '../../common/contract/interlock-states.ts';
import type { InterlockEvent } from '../../main/rig/interlock/interlock-event.ts';
import type { InterlockRecord } from '../../main/rig/interlock/interlock-record.ts';
import { reduce } from '../../main/rig/interlock/reduce.ts';
import {
  takeSession,
  type WatchdogLook,
  type WatchdogMemory,
  watchRound,
} from '../../main/rig/supervision/watchdog-round.ts';
import { causeClass, hazardCause, normalRecord, otherCause } from './rig-model.ts';
import { interlockTicks, watchdogTicks } from './scale.ts';
import { normalMemory } from './watchdog-model.ts';

const ago = fc.integer({ min: 0, max: 7 }).map((ticks) => -ticks + 0);
const agoOrNever = fc.oneof(ago, fc.constant(-Infinity));
const faults: fc.Arbitrary<Fault> = fc.constantFrom(...faultCodes).map((code) => ({ code, message: 'of a test' }));
const hashes = fc.constantFrom('tight', 'normal');
const sessions = fc.nat(3);

/** As the reducer leaves them: tripped has a cause, safe no limits, and nothing is acknowledged without a cause. */
const records: fc.Arbitrary<InterlockRecord> = fc
  .record({
    state: fc.constantFrom(...interlockStates),
    enteredNs: ago,
    session: sessions,
    limitsHash: hashes,
    firstCause: fc.option(faults, { nil: undefined }),
    furtherCauses: fc.array(faults, { maxLength: 2 }),
    isAcknowledged: fc.boolean(),
    isTripChecked: fc.boolean(),
    lastFaultNs: agoOrNever,
  })
  .map((record) => {
    const firstCause = record.state === 'tripped' ? (record.firstCause ?? hazardCause) : record.firstCause;
    return {
      ...record,
      firstCause,
      limitsHash: record.state === 'safe' ? '' : record.limitsHash,
      isAcknowledged: record.isAcknowledged && firstCause !== undefined,
      isTripChecked: record.isTripChecked && record.state === 'tripped',
    };
  });

const atNow = { nowNs: 0 } as const;
const events: fc.Arbitrary<InterlockEvent> = fc.oneof(
  fc.constantFrom<InterlockEvent>(
    { kind: 'checks-passed', ...atNow },
    { kind: 'checks-failed', ...atNow },
    { kind: 'arm-cancelled', ...atNow },
    { kind: 'run-ended', ...atNow },
    { kind: 'stop', ...atNow },
    { kind: 'fault-persists', ...atNow },
    { kind: 'reset', ...atNow },
    { kind: 'time', ...atNow },
  ),
  fc.record({ kind: fc.constant('arm-requested' as const), limitsHash: hashes, nowNs: fc.constant(0) }),
  fc.record({
    kind: fc.constant('arm-confirmed' as const),
    session: sessions,
    limitsHash: hashes,
    heldMilliseconds: fc.constantFrom(999, 1000),
    nowNs: fc.constant(0),
  }),
  fc.record({
    kind: fc.constant('run-started' as const),
    isRecorded: fc.boolean(),
    isConfirmed: fc.boolean(),
    nowNs: fc.constant(0),
  }),
  fc.record({
    kind: fc.constantFrom('fault' as const, 'integrity-lost' as const),
    fault: faults,
    nowNs: fc.constant(0),
  }),
  fc.record({
    kind: fc.constant('device-heard' as const),
    isOutputOn: fc.boolean(),
    isDry: fc.boolean(),
    burnedSession: sessions,
    nowNs: fc.constant(0),
  }),
  fc.record({ kind: fc.constant('trip-checked' as const), isPassed: fc.boolean(), nowNs: fc.constant(0) }),
  fc.record({
    kind: fc.constant('acknowledge' as const),
    cause: fc.constantFrom(...faultCodes),
    nowNs: fc.constant(0),
  }),
);

/** The event as it happens to the normal form: who names the cause names its class, who names another one the other class. */
function inClasses(event: InterlockEvent, { firstCause }: InterlockRecord): InterlockEvent {
  if (event.kind !== 'acknowledge' || firstCause === undefined) return event;
  const own = causeClass(firstCause.code);
  if (event.cause === firstCause.code) return { ...event, cause: own.code };
  return { ...event, cause: (own === hazardCause ? otherCause : hazardCause).code };
}

describe('the normal form of a record', () => {
  it('is what every event leads to, whether it happens to the record or to its normal form', () => {
    fc.assert(
      fc.property(records, events, (record, event) => {
        const real = reduce(record, event, interlockTicks);
        const normal = reduce(normalRecord(record), inClasses(event, record), interlockTicks);
        expect(normal.action).toBe(real.action);
        expect(normalRecord(normal.record)).toEqual(normalRecord(real.record));
      }),
      { numRuns: 5000 },
    );
  });

  it('is what a tick leads to', () => {
    const later = (record: InterlockRecord) => ({
      ...record,
      enteredNs: record.enteredNs - 1,
      lastFaultNs: record.lastFaultNs - 1,
    });
    fc.assert(
      fc.property(records, (record) => {
        expect(normalRecord(later(normalRecord(record)))).toEqual(normalRecord(later(record)));
      }),
      { numRuns: 1000 },
    );
  });
});

const counts = fc.integer({ min: -2, max: 2 });
const memories: fc.Arbitrary<WatchdogMemory> = fc.record({
  session: sessions,
  beat: counts,
  beatChangedNs: ago,
  challenge: counts,
  challengedNs: ago,
  lastRenewalNs: ago,
  lastStopNs: agoOrNever,
  wrongSinceNs: fc.oneof(ago, fc.constant(Infinity)),
  stopRequests: counts,
  isStopped: fc.boolean(),
});
const looks: fc.Arbitrary<WatchdogLook> = fc.record({
  nowNs: fc.constant(0),
  beat: counts,
  answer: counts.map(answerTo),
  isLeaseWanted: fc.boolean(),
  state: fc.constantFrom(...interlockStates),
  stopRequests: counts,
  isRigGone: fc.boolean(),
  isOutputOn: fc.boolean(),
  isDry: fc.boolean(),
});

/** What the normal form sees: only whether a counter has changed and a challenge is answered. */
const asChanges = (look: WatchdogLook, memory: WatchdogMemory): WatchdogLook => ({
  ...look,
  beat: look.beat === memory.beat ? 0 : 1,
  answer: look.answer === answerTo(memory.challenge) ? answerTo(0) : answerTo(-1),
  stopRequests: look.stopRequests === memory.stopRequests ? 0 : 1,
});

describe('the normal form of the watchdog’s memory', () => {
  it('is what every round leads to, whether it happens to the memory or to its normal form', () => {
    fc.assert(
      fc.property(memories, looks, (memory, look) => {
        const { memory: real, ...decided } = watchRound(memory, look, watchdogTicks);
        const normal = watchRound(normalMemory(memory), asChanges(look, memory), watchdogTicks);
        expect(normal).toMatchObject(decided);
        expect(normalMemory(normal.memory)).toEqual(normalMemory(real));
      }),
      { numRuns: 5000 },
    );
  });

  it('is what a new session and a tick lead to', () => {
    const later = (memory: WatchdogMemory) => ({
      ...memory,
      beatChangedNs: memory.beatChangedNs - 1,
      challengedNs: memory.challengedNs - 1,
      lastRenewalNs: memory.lastRenewalNs - 1,
      lastStopNs: memory.lastStopNs - 1,
      wrongSinceNs: memory.wrongSinceNs - 1,
    });
    fc.assert(
      fc.property(memories, sessions, (memory, session) => {
        expect(normalMemory(takeSession(normalMemory(memory), session, 0))).toEqual(
          normalMemory(takeSession(memory, session, 0)),
        );
        expect(normalMemory(later(normalMemory(memory)))).toEqual(normalMemory(later(memory)));
      }),
      { numRuns: 1000 },
    );
  });
});
