import fc from 'fast-check';
import { env } from 'node:process';
import { describe, expect, it } from 'vitest';
import { answerTo } from '../../../common/base/control-block.ts';
import { type InterlockState, interlockStates } from '../../../common/contract/interlock-states.ts';
import {
  takeSession,
  watchdogAtRest,
  type WatchdogLook,
  type WatchdogMemory,
  watchRound,
  type WatchdogTiming,
} from './watchdog-round.ts';

/** More or fewer runs of a property than every time. */
const runs = (usual: number) => Math.ceil(usual * Number(env['EXOCORTEX_PROPERTY_RUNS'] ?? 1));

const timing: WatchdogTiming = { renewEveryNs: 20e6, beatMaxNs: 50e6, repeatStopNs: 20e6, wrongStateMaxNs: 50e6 };
const nowNs = 1e9;

/** A session that was renewed 20 ms ago, its newest challenge answered, its beat fresh, its output on. */
const guarding = (change: Partial<WatchdogMemory> = {}): WatchdogMemory => ({
  session: 7,
  beat: 3,
  beatChangedNs: nowNs,
  challenge: 5,
  challengedNs: nowNs - 20e6,
  lastRenewalNs: nowNs - 20e6,
  lastStopNs: -Infinity,
  wrongSinceNs: Infinity,
  stopRequests: 2,
  isStopped: false,
  ...change,
});

const look = (change: Partial<WatchdogLook> = {}): WatchdogLook => ({
  nowNs,
  beat: 3,
  answer: answerTo(5),
  isLeaseWanted: true,
  state: 'stimulating',
  stopRequests: 2,
  isRigGone: false,
  isOutputOn: true,
  isDry: false,
  ...change,
});

const round = (memory: Partial<WatchdogMemory>, seen: Partial<WatchdogLook>) =>
  watchRound(guarding(memory), look(seen), timing);

/** 'renew', 'stop' with its cause where it has one, or nothing. */
function outcomeOf(memory: Partial<WatchdogMemory>, seen: Partial<WatchdogLook>): string {
  const { doesStop, doesRenew, cause } = round(memory, seen);
  if (doesRenew) return doesStop ? 'both' : 'renew';
  return doesStop ? `stop${cause === undefined ? '' : ` ${cause}`}` : '';
}

const stopped = { isStopped: true } as const;
const unanswered = { answer: answerTo(4) } as const;

describe('watchRound, of a lease', () => {
  it('S16: is renewed on fresh, answered work, with a new challenge', () => {
    expect(round({}, {})).toEqual({
      memory: guarding({ challenge: 6, challengedNs: nowNs, lastRenewalNs: nowNs }),
      doesStop: false,
      doesRenew: true,
      cause: undefined,
    });
  });

  it.each([
    [-1, ''],
    [0, 'renew'],
    [1, 'renew'],
  ])('S16: %i ns from 20 ms after the last renewal: %s', (offsetNs, outcome) => {
    expect(outcomeOf({ lastRenewalNs: nowNs - 20e6 - offsetNs }, {})).toBe(outcome);
  });

  it('S16: is renewed in armed and stimulating, and in no other state', () => {
    const renewing = interlockStates.filter((state) => outcomeOf({}, { state, isOutputOn: false }) === 'renew');
    expect(renewing).toEqual(['armed', 'stimulating']);
  });

  it.each([
    ['not wanted', {}, { isLeaseWanted: false, isOutputOn: false }],
    ['of a session that was stopped', stopped, { isOutputOn: false }],
    ['whose newest challenge is not answered yet', {}, unanswered],
  ])('S16: is not renewed when it is %s', (_, memory, seen) => {
    expect(outcomeOf(memory, seen)).toBe('');
  });

  it('S16: leaves the memory as it is when there is nothing to do', () => {
    expect(round({}, unanswered).memory).toEqual(guarding());
  });

  it('counts challenges round', () => {
    const last = 2 ** 31 - 1;
    const { memory, doesRenew } = round({ challenge: last }, { answer: answerTo(last) });
    expect([doesRenew, memory.challenge]).toEqual([true, -(2 ** 31)]);
    expect(takeSession(memory, 8, nowNs).challenge).toBe(-(2 ** 31) + 1);
  });
});

describe('watchRound, of the rig thread', () => {
  it.each([
    [-1, 'renew'],
    [0, 'renew'],
    [1, 'stop beat-late'],
  ])('S16: %i ns from 50 ms after the last completed work: %s', (offsetNs, outcome) => {
    expect(outcomeOf({ beatChangedNs: nowNs - 50e6 - offsetNs }, {})).toBe(outcome);
  });

  it.each([
    [-1, ''],
    [0, ''],
    [1, 'stop not-answered'],
  ])('S16: %i ns from 50 ms after a challenge that nobody answers: %s', (offsetNs, outcome) => {
    expect(outcomeOf({ challengedNs: nowNs - 50e6 - offsetNs }, unanswered)).toBe(outcome);
  });

  it('S16: an answer that comes late is an answer', () => {
    expect(outcomeOf({ challengedNs: nowNs - 1e9 }, {})).toBe('renew');
  });

  it('S16: a beat that has moved, in either direction, is fresh from this round on', () => {
    for (const beat of [4, 2, -(2 ** 31)]) {
      const { memory, doesRenew } = round({ beatChangedNs: nowNs - 1e9 }, { beat });
      expect([memory.beat, memory.beatChangedNs, doesRenew]).toEqual([beat, nowNs, true]);
    }
  });

  it('S16: silence means nothing while the lease is not wanted, or the session was stopped', () => {
    const silent = { beatChangedNs: nowNs - 1e9, challengedNs: nowNs - 1e9 };
    expect(outcomeOf(silent, { isLeaseWanted: false, isOutputOn: false, ...unanswered })).toBe('');
    expect(outcomeOf({ ...silent, ...stopped }, { isOutputOn: false, ...unanswered })).toBe('');
  });

  it('S16: its stop ends the session for good', () => {
    const { memory } = round({ beatChangedNs: nowNs - 1e9 }, {});
    expect(memory).toEqual(guarding({ beatChangedNs: nowNs - 1e9, isStopped: true, lastStopNs: nowNs }));
    const later = look({ nowNs: nowNs + 1e9, beat: 4, isOutputOn: false });
    expect(watchRound(memory, later, timing)).toMatchObject({ doesStop: false, doesRenew: false });
  });

  it('S16: a thread that is gone is stopped at once, and again every 20 ms', () => {
    expect(outcomeOf({}, { isRigGone: true })).toBe('stop rig-gone');
    const gone = (agoNs: number) => outcomeOf({ ...stopped, lastStopNs: nowNs - agoNs }, { isRigGone: true });
    expect([gone(20e6 - 1), gone(20e6), gone(20e6 + 1)]).toEqual(['', 'stop rig-gone', 'stop rig-gone']);
  });

  it('names the thread that is gone before everything else, and the wrong state before silence', () => {
    const all = { beatChangedNs: nowNs - 1e9, wrongSinceNs: nowNs - 1e9 };
    expect(outcomeOf(all, { isRigGone: true, state: 'tripped' })).toBe('stop rig-gone');
    expect(outcomeOf(all, { state: 'tripped' })).toBe('stop wrong-state');
  });
});

describe('watchRound, of a stop', () => {
  it('S15: obeys the stop word at once in every state, without a cause of its own', () => {
    for (const state of interlockStates)
      for (const memory of [{}, stopped, { session: 0 }])
        expect(round(memory, { state, stopRequests: 3, isOutputOn: false })).toMatchObject({
          memory: { stopRequests: 3, isStopped: true, lastStopNs: nowNs },
          doesStop: true,
          doesRenew: false,
          cause: undefined,
        });
  });

  it('S15: obeys it once more while the cause of an earlier stop lasts, and does not name that again', () => {
    const again = { ...stopped, lastStopNs: nowNs - 1 };
    expect(outcomeOf(again, { stopRequests: 3, isRigGone: true })).toBe('stop');
  });

  it('S15: obeys a stop word that has counted round, and each request once', () => {
    const { memory } = round({ stopRequests: 2 ** 31 - 1 }, { stopRequests: -(2 ** 31) });
    expect(memory.isStopped).toBe(true);
    const again = watchRound(memory, look({ stopRequests: -(2 ** 31), isOutputOn: false }), timing);
    expect(again.doesStop).toBe(false);
  });

  it.each([
    [-1, ''],
    [0, 'stop'],
    [1, 'stop'],
  ])('S15: %i ns from 20 ms after a stop that has not turned the output off: %s', (offsetNs, outcome) => {
    const lastStopNs = nowNs - 20e6 - offsetNs;
    expect(outcomeOf({ ...stopped, lastStopNs }, { state: 'stopping' })).toBe(outcome);
    expect(outcomeOf({ lastStopNs }, { state: 'stopping', isLeaseWanted: false })).toBe(outcome);
  });

  it('S15: is not repeated once the output is off, or when it is on with the relay open', () => {
    expect(outcomeOf(stopped, { state: 'stopping', isOutputOn: false })).toBe('');
    expect(outcomeOf(stopped, { state: 'stopping', isDry: true })).toBe('');
  });

  it('S15: is not sent for an output that is guarded and wanted', () => {
    expect(outcomeOf({ lastRenewalNs: nowNs }, {})).toBe('');
  });
});

describe('watchRound, of a state that does not fit', () => {
  /** Whether output off, on with the relay open, and on, are wrong in a state whose lease is not wanted. */
  const table: readonly (readonly [InterlockState, boolean, boolean, boolean])[] = [
    ['safe', false, true, true],
    ['check', false, false, true],
    ['prearmed', false, true, true],
    ['armed', false, false, false],
    ['stimulating', false, false, false],
    ['stopping', false, false, false],
    ['tripped', false, true, true],
    ['fault', false, false, false],
  ];

  it.each(table)('S16: output off, dry and on in %s: %s, %s, %s', (state, ...expected) => {
    const isWrong = (seen: Partial<WatchdogLook>) =>
      round(stopped, { state, isLeaseWanted: false, ...seen }).memory.wrongSinceNs === nowNs;
    const seen = [isWrong({ isOutputOn: false }), isWrong({ isDry: true }), isWrong({})];
    expect(seen).toEqual(expected);
  });

  it('S16: a lease is wrongly wanted in every state but armed and stimulating, while its session is guarded', () => {
    const wrong = (memory: Partial<WatchdogMemory>) =>
      interlockStates.filter((state) => round(memory, { state, isOutputOn: false }).memory.wrongSinceNs !== Infinity);
    expect(wrong({})).toEqual(['safe', 'check', 'prearmed', 'stopping', 'tripped', 'fault']);
    expect(wrong(stopped)).toEqual([]);
  });

  it.each([
    [-1, ''],
    [0, ''],
    [1, 'stop wrong-state'],
  ])('S16: %i ns from 50 ms in which it does not fit: %s', (offsetNs, outcome) => {
    const wrongSinceNs = nowNs - 50e6 - offsetNs;
    expect(outcomeOf({ wrongSinceNs }, { state: 'tripped', isOutputOn: false })).toBe(outcome);
  });

  it('S16: is counted from its first round, and forgotten when it fits again', () => {
    expect(round({ wrongSinceNs: nowNs - 1 }, { state: 'tripped' }).memory.wrongSinceNs).toBe(nowNs - 1);
    expect(round({ wrongSinceNs: nowNs - 1e9 }, {})).toMatchObject({
      memory: { wrongSinceNs: Infinity },
      doesStop: false,
    });
  });

  it('S16: is stopped every 20 ms for as long as it lasts, whether or not a session is guarded', () => {
    const wrong = { ...stopped, wrongSinceNs: nowNs - 1e9 };
    const seen = { state: 'tripped', isDry: true } as const;
    expect(outcomeOf({ ...wrong, lastStopNs: nowNs - 20e6 }, seen)).toBe('stop wrong-state');
    expect(outcomeOf({ ...wrong, lastStopNs: nowNs - 20e6 + 1 }, seen)).toBe('');
  });
});

describe('takeSession', () => {
  it('S16: judges beat and answers of the session from now on, and none of those of before', () => {
    const memory = takeSession(guarding({ ...stopped, beatChangedNs: 0, challengedNs: 0 }), 8, nowNs);
    expect(memory).toEqual(
      guarding({ session: 8, challenge: 6, beatChangedNs: nowNs, challengedNs: nowNs, lastRenewalNs: nowNs }),
    );
    const seen = look({ nowNs: nowNs + 20e6, answer: answerTo(5) });
    expect(watchRound(memory, seen, timing).doesRenew).toBe(false);
    expect(watchRound(memory, { ...seen, answer: answerTo(6) }, timing).doesRenew).toBe(true);
  });

  it('S16: guards nothing without one', () => {
    expect(takeSession(guarding(), 0, nowNs)).toMatchObject({ session: 0, isStopped: true });
    expect(watchdogAtRest).toMatchObject({ session: 0, isStopped: true, wrongSinceNs: Infinity });
  });

  it('S15: does not forget a stop that was asked for before and not looked at yet', () => {
    const memory = takeSession(guarding(), 8, nowNs);
    expect(watchRound(memory, look({ stopRequests: 3 }), timing)).toMatchObject({ doesStop: true, doesRenew: false });
  });
});

describe('watchRound, of any memory and any look', () => {
  const times = fc.oneof(
    fc.constantFrom(NaN, Infinity, -Infinity, 0, nowNs, nowNs - 20e6, nowNs - 50e6, nowNs - 50e6 - 1, nowNs + 1),
    fc.double(),
  );
  const numbers = fc.oneof(fc.integer({ min: 0, max: 2 }), fc.constantFrom(NaN, -1, 2 ** 31 - 1, -(2 ** 31)));
  const memories: fc.Arbitrary<WatchdogMemory> = fc.record({
    session: numbers,
    beat: numbers,
    beatChangedNs: times,
    challenge: numbers,
    challengedNs: times,
    lastRenewalNs: times,
    lastStopNs: times,
    wrongSinceNs: times,
    stopRequests: numbers,
    isStopped: fc.boolean(),
  });
  const looks: fc.Arbitrary<WatchdogLook> = fc.record({
    nowNs: times,
    beat: numbers,
    answer: fc.oneof(numbers, numbers.map(answerTo)),
    isLeaseWanted: fc.boolean(),
    state: fc.constantFrom(...interlockStates),
    stopRequests: numbers,
    isRigGone: fc.boolean(),
    isOutputOn: fc.boolean(),
    isDry: fc.boolean(),
  });

  it('S16: renews only what is wanted, live, fresh, answered and not stopped, and never with a stop', () => {
    fc.assert(
      fc.property(memories, looks, (memory, seen) => {
        const decision = watchRound(memory, seen, timing);
        expect(decision.doesStop && decision.doesRenew).toBe(false);
        expect(decision.doesStop || decision.cause === undefined).toBe(true);
        if (decision.doesStop) expect(decision.memory.isStopped).toBe(true);
        else expect(decision.memory.isStopped).toBe(memory.isStopped);
        if (!decision.doesRenew) return;
        expect([seen.isLeaseWanted, memory.isStopped, seen.isRigGone]).toEqual([true, false, false]);
        expect(['armed', 'stimulating']).toContain(seen.state);
        expect(seen.answer).toBe(answerTo(memory.challenge));
        expect(decision.memory.challenge).not.toBe(memory.challenge);
        expect(seen.nowNs - decision.memory.beatChangedNs).toBeLessThanOrEqual(timing.beatMaxNs);
        expect(seen.nowNs - memory.lastRenewalNs).toBeGreaterThanOrEqual(timing.renewEveryNs);
      }),
      { numRuns: runs(20_000) },
    );
  });

  it('S15: stops whenever the stop word has moved', () => {
    fc.assert(
      fc.property(memories, looks, (memory, seen) => {
        const { doesStop } = watchRound(memory, { ...seen, stopRequests: memory.stopRequests + 1 }, timing);
        expect(doesStop).toBe(true);
      }),
      { numRuns: runs(2000) },
    );
  });
});
