import { describe, expect, it } from 'vitest';
import { answerTo, controlWord, createControlBlock, requestStop } from '../../../common/base/control-block.ts';
import { FakeClock } from '../../../common/base/clock.ts';
import { type InterlockState, interlockStates } from '../../../common/contract/interlock-states.ts';
import { heardAt, offStatus, onStatus } from '../hardware/device-status.fixture.ts';
import { completeWork, WatchdogCore } from './watchdog-core.ts';
import { FakeKeepAlive } from './watchdog.fixture.ts';

const session = 7;
const beatMaxMilliseconds = 50;

/** A watchdog whose handle is open; the test is the rig thread and the device. A round every 5 ms. */
function setUp({ isAttached = true } = {}) {
  const clock = new FakeClock(1e9);
  const control = createControlBlock();
  const device = new FakeKeepAlive();
  const told: [string, number][] = [];
  const core = new WatchdogCore(control, {
    onStopped: (cause, silentMilliseconds) => void told.push([cause, silentMilliseconds]),
  });
  if (isAttached) core.attach(device.handle, beatMaxMilliseconds);
  const load = (word: number) => Atomics.load(control, word);
  const round = () => core.round(clock.nowNs());
  const enter = (state: InterlockState, isLeaseWanted: boolean) => {
    Atomics.store(control, controlWord.interlockState, interlockStates.indexOf(state));
    Atomics.store(control, controlWord.isLeaseWanted, isLeaseWanted ? 1 : 0);
  };
  return {
    clock,
    control,
    core,
    device,
    told,
    load,
    round,
    enter,
    work: () => completeWork(control),
    say: (isOutputOn: boolean, isDry = false) =>
      device.say(heardAt(clock.nowNs(), isOutputOn ? onStatus(session, { isDry }) : offStatus({ isDry }))),
    /** Armed, in time and answered: whatever stops is what the test does. */
    arm() {
      enter('stimulating', true);
      core.setSession(session, clock.nowNs());
      completeWork(control);
      round();
    },
    /** Rounds every 5 ms for so long. */
    pass(milliseconds: number, act: () => void = () => {}) {
      for (let passed = 0; passed < milliseconds; passed += 5) {
        clock.advanceMilliseconds(5);
        act();
        round();
      }
    },
  };
}

const renewals = (calls: readonly string[]) => calls.filter((call) => call.startsWith('renew')).length;

describe('WatchdogCore', () => {
  it('renews the lease of the armed session every 20 ms while the rig thread works', () => {
    const rig = setUp();
    rig.arm();
    rig.pass(200, rig.work);
    expect(rig.device.calls).toEqual(Array.from({ length: 10 }, () => `renew ${session}`));
    expect(rig.told).toEqual([]);
  });

  it('renews not a nanosecond before 20 ms are over', () => {
    const rig = setUp();
    rig.arm();
    rig.work();
    rig.core.round(rig.clock.nowNs() + 20e6 - 1);
    expect(rig.device.calls).toEqual([]);
    rig.core.round(rig.clock.nowNs() + 20e6);
    expect(rig.device.calls).toEqual([`renew ${session}`]);
  });

  it.each(interlockStates)('renews in the state %s only where the output may be on', (state) => {
    const rig = setUp();
    rig.arm();
    rig.enter(state, true);
    rig.pass(40, rig.work);
    expect(renewals(rig.device.calls)).toBe(state === 'armed' || state === 'stimulating' ? 2 : 0);
  });

  it('renews nothing without a session, a wish of the rig or a handle', () => {
    const noSession = setUp();
    noSession.enter('stimulating', true);
    noSession.pass(100, noSession.work);
    const notWanted = setUp();
    notWanted.arm();
    notWanted.enter('stimulating', false);
    notWanted.pass(100, notWanted.work);
    const noHandle = setUp({ isAttached: false });
    noHandle.arm();
    noHandle.pass(100, noHandle.work);
    expect([...noSession.device.calls, ...notWanted.device.calls, ...noHandle.device.calls]).toEqual([]);
  });

  describe('of a challenge', () => {
    it('H40: renews no further lease for a beat that answers nothing, and stops after the longest pause', () => {
      const rig = setUp();
      rig.arm();
      rig.pass(20, rig.work);
      expect(rig.device.calls).toEqual([`renew ${session}`]);
      // Something kicks the watchdog that does not complete any work.
      rig.pass(50, () => Atomics.add(rig.control, controlWord.rigBeat, 1));
      expect(rig.device.calls).toEqual([`renew ${session}`]);
      expect(rig.told).toEqual([]);
      rig.pass(5, () => Atomics.add(rig.control, controlWord.rigBeat, 1));
      expect(rig.device.calls).toEqual([`renew ${session}`, `stop ${session}`]);
      expect(rig.told).toEqual([['not-answered', 0]]);
    });

    it('H40: takes a repeated or a guessed answer for none', () => {
      for (const answer of [answerTo(0), answerTo(1), 0, 1, -1]) {
        const rig = setUp();
        rig.arm();
        rig.pass(20, rig.work);
        expect(rig.load(controlWord.challenge)).toBe(2);
        rig.pass(60, () => {
          Atomics.store(rig.control, controlWord.answer, answer);
          Atomics.add(rig.control, controlWord.rigBeat, 1);
        });
        expect(renewals(rig.device.calls)).toBe(1);
        expect(rig.told).toEqual([['not-answered', 0]]);
      }
    });

    it('H40: an answer of the session before renews nothing in the next one', () => {
      const rig = setUp();
      rig.arm();
      rig.work();
      rig.core.setSession(session + 1, rig.clock.nowNs());
      rig.pass(45, () => Atomics.add(rig.control, controlWord.rigBeat, 1));
      expect(rig.device.calls).toEqual([]);
      rig.work();
      rig.round();
      expect(rig.device.calls).toEqual([`renew ${session + 1}`]);
    });

    it('shows a new one at each session and at each renewal, and the work that is completed answers it', () => {
      const rig = setUp();
      const challenges = new Set([rig.load(controlWord.challenge)]);
      rig.arm();
      challenges.add(rig.load(controlWord.challenge));
      expect(rig.load(controlWord.answer)).toBe(answerTo(rig.load(controlWord.challenge)));
      rig.pass(200, () => {
        challenges.add(rig.load(controlWord.challenge));
        rig.work();
      });
      challenges.add(rig.load(controlWord.challenge));
      expect(challenges.size).toBe(12);
      expect(rig.load(controlWord.rigBeat)).toBe(41);
    });
  });

  describe('of the beat', () => {
    it.each([
      [beatMaxMilliseconds * 1e6 - 1, false],
      [beatMaxMilliseconds * 1e6, false],
      [beatMaxMilliseconds * 1e6 + 1, true],
      [Number.NaN, true],
    ])('H25: judges a rig thread that has completed no work for %d ns', (silentNs, isStopped) => {
      const rig = setUp();
      rig.arm();
      rig.core.round(rig.clock.nowNs() + silentNs);
      expect(rig.device.calls.includes(`stop ${session}`)).toBe(isStopped);
      expect(rig.told).toEqual(isStopped ? [['beat-late', silentNs / 1e6]] : []);
    });

    it('H25: one that comes back finds itself stopped and is not renewed any more', () => {
      const rig = setUp();
      rig.arm();
      rig.pass(55);
      expect(rig.device.calls).toEqual([`renew ${session}`, `stop ${session}`]);
      rig.pass(500, rig.work);
      expect(rig.device.calls).toEqual([`renew ${session}`, `stop ${session}`]);
    });

    it('H27: pauses of up to the longest one, one after the other, stop nothing', () => {
      const rig = setUp();
      rig.arm();
      for (let pause = 0; pause < 20; pause++) {
        rig.pass(beatMaxMilliseconds);
        rig.work();
      }
      expect(rig.told).toEqual([]);
      expect(rig.device.calls.includes(`stop ${session}`)).toBe(false);
    });

    it('H28: a thread that is busy for half a second is stopped after 50 ms, and told once how long it was silent', () => {
      const rig = setUp();
      rig.arm();
      rig.say(true);
      rig.pass(500);
      expect(rig.told).toEqual([['beat-late', 55]]);
      expect(rig.load(controlWord.watchdogStops)).toBe(1);
    });

    it('does not matter while no lease is wanted', () => {
      const rig = setUp();
      rig.arm();
      rig.enter('safe', false);
      rig.pass(500);
      expect(rig.device.calls).toEqual([]);
    });

    it('is judged from the session’s arming on, by the longest pause that came with the handle', () => {
      const rig = setUp({ isAttached: false });
      rig.core.attach(rig.device.handle, 200);
      rig.enter('armed', true);
      rig.pass(1000);
      rig.core.setSession(session, rig.clock.nowNs());
      rig.pass(200);
      expect(rig.told).toEqual([]);
      rig.pass(5);
      expect(rig.told).toEqual([['beat-late', 205]]);
    });
  });

  describe('of a stop that is asked for', () => {
    it('S15: sends it in the next round, tells nobody, and renews no more', () => {
      const rig = setUp();
      rig.arm();
      requestStop(rig.control);
      rig.round();
      expect(rig.device.calls).toEqual([`stop ${session}`]);
      expect(rig.core.stopRequests).toBe(rig.load(controlWord.stopRequests));
      rig.pass(100, rig.work);
      expect(rig.device.calls).toEqual([`stop ${session}`]);
      expect(rig.told).toEqual([]);
      expect(rig.load(controlWord.watchdogStops)).toBe(0);
    });

    it('S15: sends it without a session, for whatever session the device is in', () => {
      const rig = setUp();
      requestStop(rig.control);
      rig.round();
      expect(rig.device.calls).toEqual(['stop']);
    });

    it('does not take what was asked for before it began for a new one', () => {
      const control = createControlBlock();
      requestStop(control);
      const device = new FakeKeepAlive();
      const core = new WatchdogCore(control, { onStopped() {} });
      core.attach(device.handle, beatMaxMilliseconds);
      expect(core.stopRequests).toBe(1);
      core.round(0);
      expect(device.calls).toEqual([]);
    });

    it('repeats it every 20 ms while the device says that its output is on', () => {
      const rig = setUp();
      rig.arm();
      rig.say(true);
      requestStop(rig.control);
      rig.enter('stopping', false);
      rig.round();
      rig.pass(60);
      expect(rig.device.calls).toEqual(Array.from({ length: 4 }, () => `stop ${session}`));
      rig.say(false);
      rig.pass(100);
      expect(rig.device.calls.length).toBe(4);
    });
  });

  describe('of an output that does not fit the state', () => {
    it.each(['safe', 'check', 'prearmed', 'tripped'] as const)(
      'H01: stops one that is on in the state %s at once, and tells of it when that does not end it within 50 ms',
      (state) => {
        const rig = setUp();
        rig.enter(state, false);
        rig.say(true);
        rig.pass(5, rig.work);
        expect(rig.device.calls).toEqual(['stop']);
        rig.pass(45, rig.work);
        expect(rig.told).toEqual([]);
        rig.pass(20, rig.work);
        expect(rig.told.map(([cause]) => cause)).toEqual(['wrong-state']);
        expect(rig.device.calls).toEqual(['stop', 'stop', 'stop', 'stop']);
      },
    );

    it.each(['armed', 'stimulating'] as const)('lets one be on in the state %s', (state) => {
      const rig = setUp();
      rig.arm();
      rig.enter(state, true);
      rig.say(true);
      rig.pass(500, rig.work);
      expect(rig.told).toEqual([]);
      expect(renewals(rig.device.calls)).toBe(rig.device.calls.length);
    });

    it.each(['stopping', 'fault'] as const)(
      'goes on stopping one in the state %s, and calls it no wrong state',
      (state) => {
        const rig = setUp();
        rig.arm();
        rig.enter(state, false);
        rig.say(true);
        rig.pass(100, rig.work);
        expect(rig.device.calls).toEqual(Array.from({ length: 5 }, () => `stop ${session}`));
        expect(rig.told).toEqual([]);
      },
    );

    it('lets the self-test have its output with the relay open', () => {
      const rig = setUp();
      rig.enter('check', false);
      rig.say(true, true);
      rig.pass(500, rig.work);
      expect(rig.device.calls).toEqual([]);
      rig.enter('safe', false);
      rig.pass(60, rig.work);
      expect(rig.told.map(([cause]) => cause)).toEqual(['wrong-state']);
    });

    it('stops when a lease is wanted in a state in which nothing may be on, also in one that is none', () => {
      for (const word of [interlockStates.indexOf('tripped'), interlockStates.indexOf('fault'), 99, -1]) {
        const rig = setUp();
        rig.arm();
        Atomics.store(rig.control, controlWord.interlockState, word);
        // Seen from the first round on, 5 ms later; 50 ms are allowed.
        rig.pass(55, rig.work);
        expect(rig.told).toEqual([]);
        rig.pass(5, rig.work);
        expect(rig.told.map(([cause]) => cause)).toEqual(['wrong-state']);
        expect(rig.device.calls).toEqual([`stop ${session}`]);
      }
    });
  });

  describe('of a rig thread that is gone', () => {
    it('H42: stops at once, whatever the session and the words say', () => {
      const armed = setUp();
      armed.arm();
      armed.core.isRigGone = true;
      armed.round();
      expect(armed.device.calls).toEqual([`stop ${session}`]);
      expect(armed.told).toEqual([['rig-gone', 0]]);
      const idle = setUp();
      idle.core.isRigGone = true;
      idle.round();
      expect(idle.device.calls).toEqual(['stop']);
    });

    it('H42: repeats the stop every 20 ms and renews no more', () => {
      const rig = setUp();
      rig.arm();
      rig.core.isRigGone = true;
      rig.pass(100, rig.work);
      expect(rig.device.calls).toEqual(Array.from({ length: 5 }, () => `stop ${session}`));
      expect(rig.told.length).toBe(1);
    });
  });

  it('tells each cause of a session once, and again in the next one', () => {
    const rig = setUp();
    rig.arm();
    rig.say(true);
    rig.pass(200);
    rig.core.setSession(session + 1, rig.clock.nowNs());
    rig.pass(200);
    expect(rig.told.map(([cause]) => cause)).toEqual(['beat-late', 'beat-late']);
    expect(rig.load(controlWord.watchdogStops)).toBe(2);
    expect(rig.device.calls.at(-1)).toBe(`stop ${session + 1}`);
  });

  it('stops when it gives its handle back, and then knows of no session, no output and no handle', () => {
    const rig = setUp();
    rig.arm();
    rig.say(true);
    rig.core.detach();
    expect(rig.device.calls).toEqual([`stop ${session}`]);
    requestStop(rig.control);
    rig.enter('safe', false);
    rig.pass(500, rig.work);
    expect(rig.device.calls).toEqual([`stop ${session}`]);
    expect(rig.told).toEqual([]);
    rig.core.attach(rig.device.handle, beatMaxMilliseconds);
    rig.core.stop();
    expect(rig.device.calls).toEqual([`stop ${session}`, 'stop']);
  });

  it('ends a session that the rig takes back: nothing is renewed for session 0', () => {
    const rig = setUp();
    rig.arm();
    rig.core.setSession(0, rig.clock.nowNs());
    rig.pass(500, rig.work);
    expect(rig.device.calls).toEqual([]);
  });
});
