import { describe, expect, it } from 'vitest';
import { controlWord, createControlBlock } from '../../common/base/control-block.ts';
import { FakeClock } from '../../common/base/clock.ts';
import type { CarriedCause } from '../../common/contract/carried-cause.ts';
import type { Fault } from '../../common/contract/faults.ts';
import { type InterlockState, interlockStates } from '../../common/contract/interlock-states.ts';
import { recordType } from '../../common/journal/records.ts';
import type { DeviceWriter } from './hardware/device.ts';
import { offStatus } from './hardware/device-status.fixture.ts';
import { faultDetail, InterlockDriver } from './interlock-driver.ts';
import { Interlock } from './interlock/interlock.ts';
import { type InterlockRecord, interlockTiming } from './interlock/interlock-record.ts';
import { testLimits } from './interlock/limits.fixture.ts';
import { reduce } from './interlock/reduce.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import { OutputControl } from './output-control.ts';
import type { Surroundings } from './request-path.ts';
import { TripCheck } from './supervision/trip-check.ts';
import { type Happening, unkeptTurns } from './turns.ts';

const session = 7;
const badFrames: Fault = { code: 'bad-frames', message: 'three', value: 3, bound: 3, unit: 'in 1 s' };
const overheated: Fault = { code: 'over-temperature', message: 'warm', value: 46, bound: 45, unit: '°C' };
const compliance: Fault = { code: 'compliance', message: 'no voltage', electrode: 3 };
const gap: Fault = { code: 'samples-lost', message: 'a gap' };

const off = { kind: 'device-heard', isOutputOn: false, isDry: false, burnedSession: session } as const;
const armConfirmed = { kind: 'arm-confirmed', session, limitsHash: 'hash', heldMilliseconds: 1000 } as const;

/** What leads into each state. */
const ways: Record<InterlockState, Happening[]> = {
  safe: [],
  check: [{ kind: 'arm-requested', limitsHash: 'hash' }],
  prearmed: [{ kind: 'arm-requested', limitsHash: 'hash' }, { kind: 'checks-passed' }],
  armed: [{ kind: 'arm-requested', limitsHash: 'hash' }, { kind: 'checks-passed' }, armConfirmed],
  get stimulating(): Happening[] {
    return [...this.armed, { kind: 'run-started', isRecorded: true, isConfirmed: true }];
  },
  get stopping(): Happening[] {
    return [...this.stimulating, { kind: 'fault', fault: badFrames }];
  },
  get tripped(): Happening[] {
    return [...this.stopping, off];
  },
  get fault(): Happening[] {
    return [...this.stimulating, { kind: 'integrity-lost', fault: badFrames }];
  },
};

/** Everything that can happen, each in more than one form where its meaning depends on it. */
const happenings: Happening[] = [
  { kind: 'arm-requested', limitsHash: 'hash' },
  { kind: 'checks-passed' },
  { kind: 'checks-failed' },
  armConfirmed,
  { kind: 'arm-cancelled' },
  { kind: 'run-started', isRecorded: true, isConfirmed: true },
  { kind: 'run-ended' },
  { kind: 'stop' },
  { kind: 'fault', fault: overheated },
  { kind: 'fault', fault: gap },
  { kind: 'fault-persists' },
  { kind: 'integrity-lost', fault: { code: 'integrity', message: 'poked' } },
  off,
  { ...off, isOutputOn: true },
  { ...off, isOutputOn: true, isDry: true },
  { kind: 'trip-checked', isPassed: true },
  { kind: 'trip-checked', isPassed: false },
  { kind: 'acknowledge', cause: 'bad-frames' },
  { kind: 'acknowledge', cause: 'compliance' },
  { kind: 'reset' },
  { kind: 'time' },
];

/** A driver whose every effect is written down in its order, with what the others saw at that moment. */
function setUp({ carried = undefined as CarriedCause | undefined } = {}) {
  const clock = new FakeClock(1e9);
  const nowNs = () => clock.nowNs();
  const control = createControlBlock();
  const effects: string[] = [];
  const records: [string, object][] = [];
  const toldStops: InterlockState[] = [];
  const word = () => interlockStates[Atomics.load(control, controlWord.interlockState)];
  const surroundings = { confirmedSession: session } as Surroundings;
  const writer = {
    status: offStatus({ deviceMicroseconds: 500_000 }),
    stop: () => void effects.push(`stop as ${word()}, confirmed session ${surroundings.confirmedSession}`),
  } as DeviceWriter;
  const output = new OutputControl(writer, { guard: () => Promise.resolve() }, control, nowNs);
  class WatchedTripCheck extends TripCheck {
    override begin(...values: Parameters<TripCheck['begin']>): void {
      effects.push(`trip check from ${values[1]} µs for ${values[2]} ms`);
      super.begin(...values);
    }
    override confirm(atNs: number): void {
      effects.push('trip check confirmed');
      super.confirm(atNs);
    }
  }
  const tripCheck = new WatchedTripCheck();
  const names = new Map<number, string>(Object.entries(recordType).map(([name, type]) => [type, name]));
  const journal = {
    json(type: number, document: object) {
      effects.push(`journal ${names.get(type)}`);
      records.push([`journal ${names.get(type)}`, document]);
    },
  } as JournalWriter;
  const interlock = new Interlock(testLimits(), interlockTiming, nowNs(), carried);
  const driver = new InterlockDriver({
    interlock,
    output,
    surroundings,
    tripCheck,
    control,
    journal,
    audit: {
      mark: undefined,
      note(event, detail, actor) {
        effects.push(`audit ${event}`);
        records.push([`audit ${event}`, actor === undefined ? detail : { ...detail, actor }]);
      },
      noteDurably: () => Promise.resolve(undefined),
    },
    turns: unkeptTurns(nowNs),
    onStop: () => void toldStops.push(interlock.state),
    onFault(fault, isFirst) {
      effects.push(`tell ${fault.code}${isFirst ? ', the first' : ''}`);
    },
  });
  return {
    clock,
    effects,
    records,
    toldStops,
    word,
    surroundings,
    output,
    tripCheck,
    interlock,
    driver,
    enter(state: InterlockState) {
      for (const happening of ways[state]) driver.apply(happening);
      expect(interlock.state).toBe(state);
      surroundings.confirmedSession = session;
      effects.length = 0;
      records.length = 0;
      toldStops.length = 0;
    },
  };
}

/** The order that the driver must keep, from what the reducer makes of an event. */
function expectedEffects(before: InterlockRecord, happening: Happening, nowNs: number): string[] {
  const { record, action } = reduce(before, { ...happening, nowNs }, interlockTiming);
  const first = before.firstCause === record.firstCause ? undefined : record.firstCause;
  const further = record.furtherCauses.length > before.furtherCauses.length ? record.furtherCauses.at(-1) : undefined;
  const hasMoved = record.state !== before.state;
  const isAny = hasMoved || action !== 'none' || first !== undefined;
  return [
    ...(action === 'stop-output' ? [`stop as ${record.state}, confirmed session 0`] : []),
    ...(first === undefined ? [] : ['trip check from 500000 µs for 100 ms']),
    ...(isAny && record.state === 'tripped' ? ['trip check confirmed'] : []),
    ...(first === undefined ? [] : ['audit trip']),
    ...(further === undefined ? [] : ['audit further-cause']),
    ...(hasMoved ? ['journal state', 'audit state'] : []),
    ...(first === undefined ? [] : ['journal fault', `tell ${first.code}, the first`]),
    ...(further === undefined ? [] : ['journal fault', `tell ${further.code}`]),
  ];
}

describe('InterlockDriver', () => {
  describe.each(interlockStates)('in the state %s', (state) => {
    it.each(happenings.map((happening) => [JSON.stringify(happening), happening] as const))(
      'S09: does what %s asks for, in this order: state word, stop, trip check, records',
      (_, happening) => {
        const { driver, interlock, effects, toldStops, word, surroundings, enter, clock } = setUp();
        enter(state);
        const before = interlock.record;
        const expected =
          happening.kind === 'fault' && happening.fault === gap && state === 'safe'
            ? []
            : expectedEffects(before, happening, clock.nowNs());
        const hasMeaning = driver.apply(happening);
        expect(effects).toEqual(expected);
        expect(word()).toBe(interlock.state);
        expect(hasMeaning).toBe(interlock.record !== before);
        const hasStopped = effects.some((effect) => effect.startsWith('stop'));
        expect(surroundings.confirmedSession).toBe(hasStopped ? 0 : session);
        expect(toldStops).toEqual(hasStopped ? [interlock.state] : []);
      },
    );

    it('S15: stops on a stop', () => {
      const { driver, effects, enter } = setUp();
      enter(state);
      driver.apply({ kind: 'stop' });
      expect(effects[0]).toMatch(/^stop as /);
    });

    it('H01: stops first of all when the output is on and may not be', () => {
      const { driver, effects, enter } = setUp();
      enter(state);
      driver.apply({ ...off, isOutputOn: true });
      const mayBeOn = ['armed', 'stimulating', 'stopping', 'fault'].includes(state);
      expect(effects[0]?.startsWith('stop') ?? false).toBe(!mayBeOn);
    });
  });

  it('says in the audit log and in the journal what changed, by whom, and why', () => {
    const { driver, records, enter } = setUp();
    enter('prearmed');
    driver.apply(armConfirmed, 'Ada');
    driver.apply({ kind: 'fault', fault: compliance });
    const trip = { code: 'compliance', message: 'no voltage', electrode: 3 };
    const moved = { from: 'armed', to: 'stopping', event: 'fault' };
    expect(records).toEqual([
      ['journal state', { from: 'prearmed', to: 'armed', event: 'arm-confirmed', operator: 'Ada' }],
      ['audit state', { from: 'prearmed', to: 'armed', event: 'arm-confirmed', session, actor: 'Ada' }],
      ['audit trip', trip],
      ['journal state', moved],
      ['audit state', { ...moved, session, cause: 'compliance', message: 'no voltage' }],
      ['journal fault', { ...trip, isFirst: true }],
    ]);
  });

  it('names no session before the first arming', () => {
    const { driver, records } = setUp();
    driver.apply({ kind: 'arm-requested', limitsHash: 'hash' }, 'Ada');
    const moved = { from: 'safe', to: 'check', event: 'arm-requested' };
    expect(records).toEqual([
      ['journal state', { ...moved, operator: 'Ada' }],
      ['audit state', { ...moved, actor: 'Ada' }],
    ]);
  });

  describe('raising a fault', () => {
    it('H83: keeps the first cause while others follow, each recorded once and in its order', () => {
      const { driver, interlock, records, enter } = setUp();
      enter('stimulating');
      for (const fault of [badFrames, overheated, badFrames, compliance]) driver.raise(fault);
      driver.apply(off);
      driver.raise(gap);
      expect(interlock.firstCause).toBe(badFrames);
      expect(interlock.record.furtherCauses).toEqual([overheated, compliance, gap]);
      const named = (what: string) =>
        records.flatMap(([name, record]) => (name === what ? [(record as { code: string }).code] : []));
      expect(named('audit trip')).toEqual(['bad-frames']);
      expect(named('audit further-cause')).toEqual(['over-temperature', 'compliance', 'samples-lost']);
      expect(records.flatMap(([name, record]) => (name === 'journal fault' ? [record] : []))).toEqual([
        { ...badFrames, isFirst: true },
        { ...overheated, isFirst: false },
        { ...compliance, isFirst: false },
        { ...gap, isFirst: false },
      ]);
    });

    it('H83: begins the check after the trip at the first cause, and not again at a further one', () => {
      const { driver, effects, enter } = setUp();
      enter('stimulating');
      driver.raise(badFrames);
      driver.raise(overheated);
      expect(effects.filter((effect) => effect.startsWith('trip check'))).toEqual([
        'trip check from 500000 µs for 100 ms',
      ]);
    });

    it('only reports a fault of the data while nothing can be stimulated', () => {
      const { driver, interlock, effects, records } = setUp();
      driver.raise(gap);
      expect(interlock.state).toBe('safe');
      expect(effects).toEqual(['journal fault', 'tell samples-lost']);
      expect(records).toEqual([['journal fault', { ...gap, isFirst: false }]]);
    });

    it('says nothing again that is said word for word, and reports other words of a code that is latched', () => {
      const { driver, interlock, effects, clock, enter } = setUp();
      enter('stimulating');
      driver.raise(overheated);
      effects.length = 0;
      clock.advanceMilliseconds(5);
      driver.raise(overheated);
      expect(effects).toEqual([]);
      expect(interlock.record.lastFaultNs).toBe(clock.nowNs());
      driver.raise({ ...overheated, message: 'It has 60 °C.' });
      expect(effects).toEqual(['stop as stopping, confirmed session 0', 'journal fault', 'tell over-temperature']);
      expect(interlock.record.furtherCauses).toEqual([]);
    });
  });

  describe('raising a lasting condition', () => {
    it('latches it once, as the first cause or a further one, however often it is seen', () => {
      const { driver, interlock, effects, enter } = setUp();
      enter('stimulating');
      for (let round = 0; round < 3; round++) {
        driver.raiseLasting(overheated);
        driver.raiseLasting(compliance);
      }
      expect(interlock.firstCause).toBe(overheated);
      expect(interlock.record.furtherCauses).toEqual([compliance]);
      expect(effects.filter((effect) => effect.startsWith('tell'))).toEqual([
        'tell over-temperature, the first',
        'tell compliance',
      ]);
    });

    it('S11: keeps the latch from being cleared while it is seen, and lets it two seconds later', () => {
      const { driver, interlock, clock, enter } = setUp();
      enter('tripped');
      driver.apply({ kind: 'acknowledge', cause: 'bad-frames' });
      driver.apply({ kind: 'trip-checked', isPassed: true });
      clock.advanceMilliseconds(10_000);
      driver.raiseLasting(badFrames);
      expect(driver.apply({ kind: 'reset' })).toBe(false);
      clock.advanceMilliseconds(1999);
      expect(driver.apply({ kind: 'reset' })).toBe(false);
      clock.advanceMilliseconds(1);
      expect(driver.apply({ kind: 'reset' })).toBe(true);
      expect(interlock.state).toBe('safe');
      driver.raiseLasting(badFrames);
      expect(interlock.firstCause).toBe(badFrames);
    });
  });

  describe('after a trip', () => {
    /** Tripped; the device has confirmed at once. */
    function tripped() {
      const rig = setUp();
      rig.enter('tripped');
      return rig;
    }

    it('records once that the check was passed, as soon as the lease is over', () => {
      const { driver, interlock, clock, records } = tripped();
      clock.advanceMilliseconds(99);
      driver.finishTripCheck();
      expect(records).toEqual([]);
      clock.advanceMilliseconds(1);
      driver.finishTripCheck();
      driver.finishTripCheck();
      const report = { confirmedAfterMilliseconds: 0, boundMicroseconds: 100_000, isPassed: true };
      expect(records).toEqual([
        ['journal tripCheck', report],
        ['audit state', { tripCheck: 'passed', ...report }],
      ]);
      expect(interlock.record.isTripChecked).toBe(true);
    });

    it('confirms an output that was off already with the trip itself, however long noting it takes', () => {
      const { driver, clock, tripCheck } = setUp();
      let reads = 0;
      clock.nowNs = () => 1e9 + 1e6 * reads++;
      driver.raise(overheated);
      expect(tripCheck.report(2e9)).toMatchObject({ confirmedAfterMilliseconds: 0 });
    });

    it('says when the last pulse began', () => {
      const { driver, tripCheck, clock, records } = tripped();
      tripCheck.notePulse(500_040);
      clock.advanceMilliseconds(100);
      driver.finishTripCheck();
      expect(records[0]).toMatchObject(['journal tripCheck', { lastPulseAfterMicroseconds: 40, isPassed: true }]);
    });

    it('S12: gives up when a pulse began too late, and tells of it', () => {
      const { driver, interlock, tripCheck, clock, effects, records } = tripped();
      tripCheck.notePulse(600_001);
      clock.advanceMilliseconds(100);
      driver.finishTripCheck();
      expect(interlock.state).toBe('fault');
      expect(interlock.record.furtherCauses).toMatchObject([{ code: 'late-pulse' }]);
      expect(records[1]).toMatchObject(['audit state', { tripCheck: 'failed', lastPulseAfterMicroseconds: 100_001 }]);
      expect(effects).toEqual([
        'journal tripCheck',
        'audit state',
        'stop as fault, confirmed session 0',
        'audit further-cause',
        'journal state',
        'audit state',
        'journal fault',
        'tell late-pulse',
      ]);
    });

    it('checks nothing in any other state', () => {
      for (const state of interlockStates.filter((each) => each !== 'tripped')) {
        const { driver, clock, effects, enter } = setUp();
        enter(state);
        clock.advanceMilliseconds(1000);
        driver.finishTripCheck();
        expect(effects).toEqual([]);
      }
    });
  });

  describe('beginning', () => {
    it('shows its state to the other threads, and does nothing', () => {
      const { word, effects, output } = setUp();
      expect([word(), effects, output.isOff]).toEqual(['safe', [], true]);
    });

    it('S24: with a cause that was left, stops, and begins the check after the trip', () => {
      const { word, effects, output, interlock, driver } = setUp({
        carried: { firstCause: badFrames, isAcknowledged: false },
      });
      expect(word()).toBe('stopping');
      expect(effects).toEqual([
        'trip check from 500000 µs for 100 ms',
        `stop as stopping, confirmed session ${session}`,
      ]);
      output.hear(offStatus());
      driver.apply({ ...off, burnedSession: 0 });
      expect(interlock.state).toBe('tripped');
      expect(interlock.firstCause).toBe(badFrames);
    });
  });
});

describe('faultDetail', () => {
  it('says everything that is known of a fault', () => {
    const fault: Fault = { code: 'imbalance', message: 'm', value: 60, bound: 50, unit: 'pC', electrode: 0 };
    expect(faultDetail(fault)).toEqual(fault);
    expect(faultDetail({ code: 'integrity', message: 'm' })).toEqual({ code: 'integrity', message: 'm' });
  });

  it('leaves out what is no finite number: an entry of the log is canonical JSON', () => {
    for (const none of [Number.NaN, Infinity, -Infinity])
      expect(faultDetail({ code: 'clock-step', message: 'm', value: none, bound: none, unit: 'ms' })).toEqual({
        code: 'clock-step',
        message: 'm',
        unit: 'ms',
      });
    expect(faultDetail({ code: 'clock-step', message: 'm', value: 0, bound: 0 })).toMatchObject({ value: 0, bound: 0 });
  });
});
