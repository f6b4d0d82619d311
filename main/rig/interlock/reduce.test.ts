import { describe, expect, it } from 'vitest';
import { type Fault, faultCodes } from '../../../common/contract/faults.ts';
import { type InterlockState, interlockStates } from '../../../common/contract/interlock-states.ts';
import type { InterlockEvent } from './interlock-event.ts';
import { initialRecord, type InterlockRecord, interlockTiming } from './interlock-record.ts';
import { isLive, reduce, type Reduction, resetBlockedBy } from './reduce.ts';

/** When the record's state was entered; events come one second later. */
const enteredNs = 5e9;
const nowNs = 6e9;
const session = 7;
const hash = 'limits of the first control';
const first: Fault = { code: 'simulation-closed', message: 'The simulation ended.' };
const second: Fault = { code: 'lease-lost', message: 'The lease was lost.' };
const other: Fault = { code: 'compliance', message: 'The voltage ran out.' };

type WithoutTime<E> = E extends InterlockEvent ? Omit<E, 'nowNs'> : never;
type Happening = WithoutTime<InterlockEvent>;

function recordIn(state: InterlockState, change: Partial<InterlockRecord> = {}): InterlockRecord {
  return { ...initialRecord(enteredNs), state, session, limitsHash: state === 'safe' ? '' : hash, ...change };
}

/** Tripped two seconds ago and ready to be reset, but for the change. */
const resettable = (change: Partial<InterlockRecord> = {}) =>
  recordIn('tripped', {
    firstCause: first,
    isAcknowledged: true,
    isTripChecked: true,
    lastFaultNs: nowNs - interlockTiming.quietNs,
    ...change,
  });

const happen = (record: InterlockRecord, happening: Happening, atNs = nowNs): Reduction =>
  reduce(record, { ...happening, nowNs: atNs } as InterlockEvent, interlockTiming);

const confirm = { kind: 'arm-confirmed', session: session + 1, limitsHash: hash, heldMilliseconds: 1000 } as const;
const heard = { kind: 'device-heard', isOutputOn: false, isDry: false, burnedSession: session } as const;
const start = { kind: 'run-started', isRecorded: true, isConfirmed: true } as const;

/** What an event leads to. '=': the very same record; '~': another record in the same state; then what must be done. */
function outcomeOf(before: InterlockRecord, happening: Happening, atNs = nowNs): string {
  const { record, action } = happen(before, happening, atNs);
  const state = record === before ? '=' : record.state === before.state ? '~' : record.state;
  return { none: state, 'stop-output': `${state} off`, 'enable-output': `${state} on` }[action];
}

/** Columns: safe, check, prearmed, armed, stimulating, stopping, tripped, fault. */
const table: readonly (readonly [name: string, happening: Happening, outcomes: readonly string[]])[] = [
  ['first control', { kind: 'arm-requested', limitsHash: 'new' }, ['check', '=', '=', '=', '=', '=', '=', '=']],
  ['self-test passed', { kind: 'checks-passed' }, ['=', 'prearmed', '=', '=', '=', '=', '=', '=']],
  ['self-test failed', { kind: 'checks-failed' }, ['=', 'safe', '=', '=', '=', '=', '=', '=']],
  ['second control', confirm, ['=', '=', 'armed on', '=', '=', '=', '=', '=']],
  ['cancelled', { kind: 'arm-cancelled' }, ['=', 'safe', 'safe', '=', '=', '=', '=', '=']],
  ['run started', start, ['=', '=', '=', 'stimulating', '=', '=', '=', '=']],
  ['run ended', { kind: 'run-ended' }, ['=', '=', '=', 'stopping off', 'stopping off', '=', '=', '=']],
  [
    'stop',
    { kind: 'stop' },
    ['= off', 'stopping off', 'stopping off', 'stopping off', 'stopping off', '= off', '= off', '= off'],
  ],
  [
    'fault',
    { kind: 'fault', fault: first },
    ['tripped off', 'stopping off', 'stopping off', 'stopping off', 'stopping off', '~ off', '~ off', '~ off'],
  ],
  ['fault persists', { kind: 'fault-persists' }, ['=', '=', '=', '=', '=', '=', '=', '=']],
  [
    'integrity lost',
    { kind: 'integrity-lost', fault: first },
    ['fault off', 'fault off', 'fault off', 'fault off', 'fault off', 'fault off', 'fault off', '~ off'],
  ],
  ['output off, burned', heard, ['=', '=', '=', '=', '=', 'safe', '=', '=']],
  ['output off, not burned', { ...heard, burnedSession: session - 1 }, ['=', '=', '=', '=', '=', '=', '=', '=']],
  [
    'output on',
    { ...heard, isOutputOn: true },
    ['fault off', 'stopping off', 'stopping off', '=', '=', '=', 'fault off', '='],
  ],
  ['output on, dry', { ...heard, isOutputOn: true, isDry: true }, ['=', '=', '=', '=', '=', '=', '=', '=']],
  ['trip checked', { kind: 'trip-checked', isPassed: true }, ['=', '=', '=', '=', '=', '=', '~', '=']],
  ['trip check failed', { kind: 'trip-checked', isPassed: false }, ['=', '=', '=', '=', '=', '=', 'fault off', '=']],
  ['acknowledged', { kind: 'acknowledge', cause: first.code }, ['=', '=', '=', '=', '=', '=', '=', '=']],
  ['reset', { kind: 'reset' }, ['=', '=', '=', '=', '=', '=', '=', '=']],
  ['a second passes', { kind: 'time' }, ['=', '=', '=', '=', '=', 'fault off', '=', '=']],
];

describe('reduce', () => {
  it.each(table)('S09: leads on %s, without a cause, only where the table says', (_, happening, outcomes) => {
    const seen = interlockStates.map((state) => outcomeOf(recordIn(state), happening));
    expect(seen).toEqual(outcomes);
  });

  describe('of arming', () => {
    it('S09: reaches stimulating through check, prearmed and armed, by two acts of a person and a run', () => {
      const checking = happen(initialRecord(0), { kind: 'arm-requested', limitsHash: hash }, 1);
      expect(checking).toEqual({
        record: { ...initialRecord(0), state: 'check', enteredNs: 1, limitsHash: hash },
        action: 'none',
      });
      const prearmed = happen(checking.record, { kind: 'checks-passed' }, 2);
      expect(prearmed).toEqual({ record: { ...checking.record, state: 'prearmed', enteredNs: 2 }, action: 'none' });
      const armed = happen(prearmed.record, confirm, 3);
      expect(armed).toEqual({
        record: { ...prearmed.record, state: 'armed', enteredNs: 3, session: confirm.session },
        action: 'enable-output',
      });
      const stimulating = happen(armed.record, start, 4);
      expect(stimulating).toEqual({ record: { ...armed.record, state: 'stimulating', enteredNs: 4 }, action: 'none' });
    });

    it('S24: forgets the limits of an attempt that ends in safe', () => {
      for (const happening of [{ kind: 'checks-failed' }, { kind: 'arm-cancelled' }] as const)
        expect(happen(recordIn('check'), happening).record).toEqual(recordIn('safe', { enteredNs: nowNs }));
    });

    it('S09: refuses the first control while a cause is latched', () => {
      const latched = recordIn('safe', { firstCause: first });
      expect(happen(latched, { kind: 'arm-requested', limitsHash: hash }).record).toBe(latched);
    });

    it.each([
      ['held a millisecond too short', { heldMilliseconds: 999 }],
      ['held for a time that is no number', { heldMilliseconds: NaN }],
      ['under other limits', { limitsHash: 'tightened meanwhile' }],
      ['with the session of the last arming', { session }],
      ['with an earlier session', { session: session - 1 }],
      ['with a session that is no number', { session: NaN }],
    ])('S09: refuses the second control %s', (_, change) => {
      const prearmed = recordIn('prearmed');
      expect(happen(prearmed, { ...confirm, ...change })).toEqual({ record: prearmed, action: 'none' });
    });

    it('S09: refuses the second control while a cause is latched', () => {
      const latched = recordIn('prearmed', { firstCause: first });
      expect(happen(latched, confirm).record).toBe(latched);
    });

    it('S09: takes a second control that is held for exactly a second, or longer', () => {
      for (const heldMilliseconds of [1000, 1001])
        expect(happen(recordIn('prearmed'), { ...confirm, heldMilliseconds }).action).toBe('enable-output');
    });

    it.each([
      [-1, 'armed', 'prearmed'],
      [0, 'prearmed', 'safe'],
      [1, 'prearmed', 'safe'],
    ] as const)('S10: %i ns from 15 s the second control leads to %s, time to %s', (offsetNs, confirmed, passed) => {
      const atNs = enteredNs + 15e9 + offsetNs;
      expect(happen(recordIn('prearmed'), confirm, atNs).record.state).toBe(confirmed);
      expect(happen(recordIn('prearmed'), { kind: 'time' }, atNs).record.state).toBe(passed);
    });

    it.each([
      { isRecorded: false, isConfirmed: true },
      { isRecorded: true, isConfirmed: false },
    ])('S09: starts no run that is not recorded and confirmed: %o', (change) => {
      expect(outcomeOf(recordIn('armed'), { ...start, ...change })).toBe('=');
    });

    it.each([
      [-1, '='],
      [0, 'stopping off'],
      [1, 'stopping off'],
    ])('S09: armed and unused, %i ns from 60 s, leads to %s', (offsetNs, outcome) => {
      expect(outcomeOf(recordIn('armed'), { kind: 'time' }, enteredNs + 60e9 + offsetNs)).toBe(outcome);
    });
  });

  describe('of a stop', () => {
    it.each(['check', 'prearmed', 'armed', 'stimulating'] as const)(
      'S15: leaves %s at once, without a cause',
      (state) => {
        const record = recordIn(state);
        const stopped = { ...record, state: 'stopping', enteredNs: nowNs };
        expect(happen(record, { kind: 'stop' })).toEqual({ record: stopped, action: 'stop-output' });
      },
    );

    it.each(['safe', 'stopping', 'tripped', 'fault'] as const)('S15: is sent again in the state %s', (state) => {
      const record = recordIn(state);
      expect(happen(record, { kind: 'stop' })).toEqual({ record, action: 'stop-output' });
    });

    it.each([
      ['off and burned', {}, 'safe'],
      ['off and a later session burned', { burnedSession: session + 1 }, 'safe'],
      ['off but not burned', { burnedSession: session - 1 }, 'stopping'],
      ['burned but on', { isOutputOn: true }, 'stopping'],
      ['burned but on with the relay open', { isOutputOn: true, isDry: true }, 'stopping'],
      ['off, the burned session no number', { burnedSession: NaN }, 'stopping'],
    ])('S12: is complete only when the device says off and burned: %s', (_, change, state) => {
      expect(happen(recordIn('stopping'), { ...heard, ...change }).record.state).toBe(state);
    });

    it('S12: ends in tripped when there is a cause', () => {
      const stopping = recordIn('stopping', { firstCause: first });
      const tripped = { ...stopping, state: 'tripped', enteredNs: nowNs };
      expect(happen(stopping, heard)).toEqual({ record: tripped, action: 'none' });
    });

    it.each([
      [-1, '='],
      [0, 'fault off'],
      [1, 'fault off'],
    ])('S12: unconfirmed, %i ns from 200 ms, leads to %s', (offsetNs, outcome) => {
      expect(outcomeOf(recordIn('stopping'), { kind: 'time' }, enteredNs + 0.2e9 + offsetNs)).toBe(outcome);
    });

    it('S12: names itself as the cause when it is not confirmed, or as a further one', () => {
      const unconfirmed = {
        code: 'stop-unconfirmed',
        message: 'The stimulator has not confirmed within 200 ms that its output is off.',
        value: 1000,
        bound: 200,
        unit: 'ms',
      };
      expect(happen(recordIn('stopping'), { kind: 'time' }).record).toMatchObject({
        state: 'fault',
        enteredNs: nowNs,
        firstCause: unconfirmed,
        lastFaultNs: nowNs,
      });
      expect(happen(recordIn('stopping', { firstCause: first }), { kind: 'time' }).record).toMatchObject({
        firstCause: first,
        furtherCauses: [unconfirmed],
      });
    });

    it.each(['safe', 'tripped'] as const)('S12: an output that is heard on in %s is a fault', (state) => {
      const { record, action } = happen(recordIn(state), { ...heard, isOutputOn: true });
      expect(record).toMatchObject({
        state: 'fault',
        firstCause: {
          code: 'unexpected-output',
          message: 'The stimulator reports that its output is on although the rig is not armed.',
        },
      });
      expect(action).toBe('stop-output');
    });

    it.each(interlockStates)('S12: nothing but a restart leaves fault, and it never becomes %s', (state) => {
      const given = recordIn('fault', { ...resettable(), state: 'fault' });
      const reached = table.map(([, happening]) => happen(given, happening).record.state);
      expect(reached.includes(state)).toBe(state === 'fault');
    });
  });

  describe('of a trip', () => {
    it.each(['check', 'prearmed', 'armed', 'stimulating'] as const)(
      'S11: latches the first cause in %s and stops',
      (state) => {
        const record = recordIn(state, { isAcknowledged: true, isTripChecked: true });
        const latched = { firstCause: first, isAcknowledged: false, isTripChecked: false, lastFaultNs: nowNs };
        expect(happen(record, { kind: 'fault', fault: first })).toEqual({
          record: { ...record, ...latched, state: 'stopping', enteredNs: nowNs },
          action: 'stop-output',
        });
      },
    );

    it('S11: in safe the output is confirmed off: tripped at once', () => {
      expect(happen(recordIn('safe'), { kind: 'fault', fault: first })).toEqual({
        record: recordIn('tripped', { firstCause: first, lastFaultNs: nowNs, limitsHash: '', enteredNs: nowNs }),
        action: 'stop-output',
      });
    });

    it.each([
      ['fault', { kind: 'fault', fault: second }],
      ['loss of integrity', { kind: 'integrity-lost', fault: second }],
    ] as const)('S11: keeps the first cause on a further %s and appends the further one', (_, happening) => {
      for (const state of ['stopping', 'tripped'] as const) {
        const record = recordIn(state, { firstCause: first, furtherCauses: [other], isAcknowledged: true });
        expect(happen(record, happening).record).toMatchObject({
          firstCause: first,
          furtherCauses: [other, second],
          isAcknowledged: true,
          lastFaultNs: nowNs,
        });
      }
    });

    it.each([first, second])('S11: keeps each code once, and the latch while it is seen again: $code', ({ code }) => {
      const record = recordIn('tripped', { firstCause: first, furtherCauses: [second] });
      const { record: later } = happen(record, { kind: 'fault', fault: { code, message: 'Again.' } }, nowNs + 1);
      expect(later).toEqual({ ...record, lastFaultNs: nowNs + 1 });
    });

    it('S11: a condition that persists keeps the reset away, and latches nothing', () => {
      const tripped = resettable();
      expect(happen(tripped, { kind: 'fault-persists' })).toEqual({
        record: { ...tripped, lastFaultNs: nowNs },
        action: 'none',
      });
    });

    it('S11: is acknowledged by the name of its first cause alone', () => {
      const tripped = resettable({ isAcknowledged: false, furtherCauses: [second] });
      for (const cause of faultCodes)
        expect(happen(tripped, { kind: 'acknowledge', cause }).record.isAcknowledged).toBe(cause === first.code);
    });

    it('S11: is checked in the state tripped; a check that fails is a fault', () => {
      const tripped = resettable({ isTripChecked: false });
      const checked = { record: { ...tripped, isTripChecked: true }, action: 'none' };
      expect(happen(tripped, { kind: 'trip-checked', isPassed: true })).toEqual(checked);
      expect(happen(tripped, { kind: 'trip-checked', isPassed: false }).record).toMatchObject({
        state: 'fault',
        firstCause: first,
        furtherCauses: [
          {
            code: 'late-pulse',
            message: 'A pulse began after the stimulator should have been off, or its output is not off.',
          },
        ],
      });
    });

    it('S11: is cleared by a reset that forgets everything of it', () => {
      const { record, action } = happen(resettable({ furtherCauses: [second] }), { kind: 'reset' });
      expect(record).toEqual({
        ...recordIn('safe', { enteredNs: nowNs }),
        lastFaultNs: nowNs - interlockTiming.quietNs,
      });
      expect(action).toBe('none');
    });

    it.each([
      [-1, 'tripped'],
      [0, 'safe'],
      [1, 'safe'],
    ])('S11: a reset %i ns from two quiet seconds leads to %s', (offsetNs, state) => {
      const tripped = resettable({ lastFaultNs: enteredNs });
      expect(happen(tripped, { kind: 'reset' }, enteredNs + 2e9 + offsetNs).record.state).toBe(state);
    });

    it.each([
      [
        recordIn('fault'),
        'the output could not be confirmed off: disconnect the stimulator from the tissue and restart Exocortex',
      ],
      [recordIn('stopping'), 'the stimulator has not confirmed yet that its output is off'],
      [recordIn('safe'), 'nothing is tripped'],
      [recordIn('stimulating'), 'nothing is tripped'],
      [resettable({ isAcknowledged: false }), 'the cause has not been acknowledged'],
      [resettable({ isTripChecked: false }), 'the check after the trip is not complete'],
      [resettable({ lastFaultNs: nowNs }), 'the cause was there less than 2 s ago'],
      [resettable({ lastFaultNs: NaN }), 'the cause was there less than 2 s ago'],
      [resettable(), undefined],
    ])('S11: says why a reset is not possible, and does not reset (%#)', (record, words) => {
      expect(resetBlockedBy(record, nowNs, interlockTiming)).toBe(words);
      expect(happen(record, { kind: 'reset' }).record === record).toBe(words !== undefined);
    });
  });

  it('S24: begins safe; what was latched before begins as a stop and ends in tripped', () => {
    expect(initialRecord(nowNs)).toMatchObject({ state: 'safe', enteredNs: nowNs, session: 0, firstCause: undefined });
    const carried = initialRecord(nowNs, { firstCause: first, isAcknowledged: true });
    expect(carried).toMatchObject({
      state: 'stopping',
      enteredNs: nowNs,
      firstCause: first,
      isAcknowledged: true,
      isTripChecked: false,
      lastFaultNs: nowNs,
    });
    expect(happen(carried, { ...heard, burnedSession: 0 }).record.state).toBe('tripped');
  });

  it('S09: calls armed and stimulating live, and nothing else', () => {
    expect(interlockStates.filter(isLive)).toEqual(['armed', 'stimulating']);
  });
});
