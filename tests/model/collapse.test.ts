import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interlockStates } from '../../common/contract/interlock-states.ts';
import { channelKey, emptyChannel, send } from './channel.ts';
import { Collapse, vectorWords } from './collapse.ts';
import { plain } from './configuration.ts';
import { type Device, deviceAtRest, deviceKey, reportKey, reportOf } from './device-model.ts';
import { limitNames, makeMessage, messageKinds } from './message.ts';
import { noStop, notWrong, type Observer, observerKey } from './observer.ts';
import {
  enablings,
  hazardCause,
  normalRecord,
  otherCause,
  reports,
  type Rig,
  rigKey,
  rigLives,
  startedRig,
} from './rig-model.ts';
import { firstState } from './state.ts';
import { normalMemory, startedWatchdog, type Watchdog, watchdogKey, type Words, wordsKey } from './watchdog-model.ts';
import { journalStates, type World, worldKey } from './world.ts';

const flag = fc.boolean();
const session = fc.nat(7);
const sequence = fc.nat(3);
const ago = fc.nat(5).map((ticks) => -ticks + 0);

const messages = fc
  .record({
    kind: fc.constantFrom(...messageKinds),
    session,
    sequence,
    isHigh: flag,
    limits: fc.constantFrom(...limitNames),
    isDry: flag,
  })
  .map((fields) => makeMessage(fields.kind, fields.session, fields));
const channels = fc
  .array(messages, { maxLength: 5 })
  .map((sent) => sent.reduce((channel, message) => send(channel, message, 5), emptyChannel));

const rigs: fc.Arbitrary<Rig> = fc
  .record({
    state: fc.constantFrom(...interlockStates),
    enteredNs: ago,
    session,
    limitsHash: fc.constantFrom('', ...limitNames),
    firstCause: fc.constantFrom(undefined, hazardCause, otherCause),
    isAcknowledged: flag,
    isTripChecked: flag,
    lastFaultNs: ago,
  })
  .chain((record) =>
    fc.record({
      record: fc.constant(normalRecord({ ...startedRig(firstState(plain).rig.record).record, ...record })),
      life: fc.constantFrom(...rigLives),
      hasWorked: flag,
      isStopping: flag,
      enabling: fc.constantFrom(...enablings),
      enabledSession: session,
      isConfirmed: flag,
      sequence,
      isStopOrdered: flag,
      report: fc.constantFrom(...reports),
      heardTicks: fc.nat(5),
      hasEarlierTest: flag,
    }),
  );
const watchdogs: fc.Arbitrary<Watchdog> = fc.record({
  isAlive: flag,
  memory: fc
    .record({
      session,
      beatChangedNs: ago,
      challengedNs: ago,
      lastRenewalNs: ago,
      lastStopNs: ago,
      wrongSinceNs: fc.oneof(ago, fc.constant(Infinity)),
      isStopped: flag,
    })
    .map((memory) => normalMemory({ ...startedWatchdog.memory, ...memory })),
  hasRounded: flag,
  isTold: flag,
  seesOn: flag,
  seesDry: flag,
});
const words: fc.Arbitrary<Words> = fc.record({
  isLeaseWanted: flag,
  hasBeaten: flag,
  isAnswered: flag,
  isStopAsked: flag,
});
const devices: fc.Arbitrary<Device> = fc.record({
  isOutputOn: flag,
  isDry: flag,
  session,
  burned: session,
  leaseTicks: fc.nat(3),
  sequence,
  limits: fc.constantFrom(...limitNames),
  isEmergencyStopPressed: flag,
  executed: fc.nat(15),
});
const worlds: fc.Arbitrary<World> = fc.record({
  areLimitsNormal: flag,
  frozenNormal: fc.nat(255),
  sessions: session,
  isHazard: flag,
  isHazardUnseen: flag,
  isFrozen: flag,
  journal: fc.constantFrom(...journalStates),
  mustTrip: flag,
  faultsLeft: fc.nat(3),
  recordingsLeft: fc.nat(1),
});
const observers: fc.Arbitrary<Observer> = fc.record({
  work: fc.nat(4),
  pulsePermission: fc.nat(5),
  outputPermission: fc.nat(5),
  stop: fc.constantFrom(0, 1, 2, 3, noStop),
  quiet: fc.nat(3),
  wrong: fc.constantFrom(0, 1, 2, 3, 4, notWrong),
});

const changed = <T extends object>(part: T, other: T, names: readonly string[]): T => {
  const taken = Object.entries(other).filter(([name]) => names.includes(name));
  return { ...part, ...Object.fromEntries(taken) };
};

/** That two parts have the same key exactly when they are the same, also when they differ in little. */
function expectKeyOfEach<T extends object>(parts: fc.Arbitrary<T>, keyOf: (part: T) => number | string): void {
  const names = fc.array(fc.nat(20), { maxLength: 2 });
  fc.assert(
    fc.property(parts, parts, names, (part, other, picked) => {
      const fields = Object.keys(part);
      const near = changed(
        part,
        other,
        picked.map((each) => fields[each % fields.length]!),
      );
      for (const each of [other, near])
        expect(keyOf(each) === keyOf(part)).toBe(JSON.stringify(each) === JSON.stringify(part));
      expect(keyOf({ ...part })).toBe(keyOf(part));
    }),
    { numRuns: 2000 },
  );
}

describe('the key of a part', () => {
  it('is that of the same content alone', () => {
    expectKeyOfEach(rigs, rigKey);
    expectKeyOfEach(watchdogs, watchdogKey);
    expectKeyOfEach(words, wordsKey);
    expectKeyOfEach(devices, deviceKey);
    expectKeyOfEach(devices.map(reportOf), reportKey);
    expectKeyOfEach(worlds, worldKey);
    expectKeyOfEach(observers, observerKey);
  });

  it('is that of the same messages alone, of a channel', () => {
    fc.assert(
      fc.property(channels, channels, (channel, other) => {
        expect(channelKey(channel) === channelKey(other)).toBe(channel.join() === other.join());
      }),
      { numRuns: 5000 },
    );
  });
});

describe('Collapse', () => {
  it('gives back every part of a state that it has packed', () => {
    const collapse = new Collapse();
    const packed: { state: ReturnType<typeof firstState>; vector: Uint32Array }[] = [];
    fc.assert(
      fc.property(rigs, watchdogs, devices, channels, worlds, (rig, watchdog, device, rigChannel, world) => {
        const state = { ...firstState(plain), rig, watchdog, device, rigChannel, world };
        const vector = new Uint32Array(vectorWords);
        collapse.pack(state, vector);
        packed.push({ state, vector });
      }),
      { numRuns: 500 },
    );
    for (const { state, vector } of packed) expect(collapse.unpack(vector, 0)).toEqual(state);
  });

  it('says which part has more values than its vector has room for', () => {
    const collapse = new Collapse();
    const vector = new Uint32Array(vectorWords);
    const state = firstState(plain);
    const fill = () => {
      for (let burned = 0; burned < 300; burned++)
        collapse.pack({ ...state, status: { ...reportOf(deviceAtRest), burned } }, vector);
    };
    expect(fill).toThrow('more than 2^8 different values of status');
  });
});
