import { describe, expect, it } from 'vitest';
import {
  type ControlBlock,
  controlWord,
  createControlBlock,
  requestEmergencyStop,
  requestStop,
  stopInputState,
} from '../../common/base/control-block.ts';
import { FakeClock } from '../../common/base/clock.ts';
import type { Fault } from '../../common/contract/faults.ts';
import { type InterlockState, interlockStates } from '../../common/contract/interlock-states.ts';
import type { DeviceStatus } from '../../common/device-protocol/device-status.ts';
import type { Chain } from './build-chain.ts';
import { DeviceHistory } from './device-history.ts';
import type { DeviceWriter } from './hardware/device.ts';
import { heardAt, offStatus, onStatus } from './hardware/device-status.fixture.ts';
import type { InterlockDriver } from './interlock-driver.ts';
import { ClockWatch } from './interlock/clock-watch.ts';
import { testLimits } from './interlock/limits.fixture.ts';
import { OutputControl } from './output-control.ts';
import type { RigHealth } from './rig-health.ts';
import { RigWatch } from './rig-watch.ts';
import type { Surroundings } from './request-path.ts';
import { DeviceWatch } from './supervision/device-watch.ts';
import { OperatorWatch } from './supervision/operator-watch.ts';
import type { Happening } from './turns.ts';

const session = 7;
const stall: Fault = { code: 'source-stalled', message: 'no data' };
const slow: Fault = { code: 'recorder-slow', message: 'behind' };

/** The watches are real; what they make of it is written down instead of given to an interlock. */
function setUp({
  isRealTime = true,
  state = 'stimulating' as InterlockState,
  isSynced = false,
  before = (_: ControlBlock): void => {},
} = {}) {
  const clock = new FakeClock(1000e9);
  const control = createControlBlock();
  before(control);
  const limits = testLimits({ timing: { presenceMaxSeconds: 900, pageSilentMaxMilliseconds: 5000 } });
  const events: string[] = [];
  const faults: Fault[] = [];
  const happenings: Happening[] = [];
  const interlock = {
    state,
    limits,
    get isLive() {
      return this.state === 'armed' || this.state === 'stimulating';
    },
  };
  const note = (how: string) => (fault: Fault) => {
    events.push(`${how} ${fault.code}`);
    faults.push(fault);
  };
  const driver = {
    apply(happening: Happening) {
      events.push(`apply ${happening.kind}`);
      happenings.push(happening);
      return true;
    },
    raise: note('raise'),
    raiseLasting: note('last'),
    finishTripCheck: () => void events.push('finish trip check'),
  } as unknown as InterlockDriver;
  const writer = {
    status: offStatus(),
    stop: () => void events.push('stop'),
  } as DeviceWriter;
  const output = new OutputControl(writer, { guard: () => Promise.resolve() }, control, () => clock.nowNs());
  const surroundings = { confirmedSession: session } as Surroundings;
  const operator = new OperatorWatch(clock.nowNs());
  const chain = {
    interlock,
    requests: { surroundings },
    clock: new ClockWatch(limits.timing),
    loop: { takeTime: (nowNs: number) => void events.push(`take time ${nowNs / 1e9}`) },
  } as unknown as Chain;
  const checkedThreads: unknown[] = [];
  const found: { stall: Fault | undefined; threads: Fault[] } = { stall: undefined, threads: [] };
  const health = {
    checkSource: () => found.stall,
    checkThreads(...values: unknown[]) {
      checkedThreads.push(values);
      return found.threads;
    },
  } as unknown as RigHealth;
  const device = new DeviceWatch({ bootNumber: 1, silentMaxNs: 100e6 }, clock.nowNs());
  const remembered = { impedancesOhms: [], isEmergencyStopTried: false };
  const history = new DeviceHistory(remembered, { noteDevice: () => {} });
  const sync = {
    lost: undefined as Fault | undefined,
    look: (nowNs: number) => void events.push(`sync ${nowNs / 1e9}`),
    fault: () => sync.lost,
  };
  const watched = { chain, driver, output, device, history, operator, health, control, isRealTime, onPress: () => {} };
  const watch = new RigWatch({ ...watched, ...(isSynced ? { sync } : {}) });
  let deviceMicroseconds = 0;
  return {
    clock,
    control,
    watch,
    events,
    faults,
    happenings,
    interlock,
    limits,
    output,
    history,
    operator,
    surroundings,
    found,
    sync,
    checkedThreads,
    hear(change: Partial<DeviceStatus> = {}, afterMicroseconds = 20_000) {
      deviceMicroseconds += afterMicroseconds;
      clock.advanceMilliseconds(afterMicroseconds / 1000);
      watch.hearDevice(heardAt(clock.nowNs(), onStatus(session, { deviceMicroseconds, ...change })));
    },
    look(newestAcquiredNs: number | undefined = 0, isRecording = true) {
      watch.look(clock.nowNs(), newestAcquiredNs, isRecording);
    },
    lookWithoutSource: () => watch.look(clock.nowNs(), undefined, true),
    raised: () => events.filter((event) => /^(raise|last)/.test(event)),
    add: (word: keyof typeof controlWord) => Atomics.add(control, controlWord[word], 1),
    setStopInput: (word: number) => Atomics.store(control, controlWord.stopInputState, word),
  };
}

describe('RigWatch', () => {
  describe('hearing the device', () => {
    it('tells output, requests and interlock what it says', () => {
      const { hear, output, surroundings, happenings, clock, raised } = setUp();
      hear({ burnedSession: 6, isDry: true });
      expect(output.status).toMatchObject({ deviceMicroseconds: 20_000, isOutputOn: true });
      expect(surroundings.heardNs).toBe(clock.nowNs());
      expect(happenings).toEqual([{ kind: 'device-heard', isOutputOn: true, isDry: true, burnedSession: 6 }]);
      expect(raised()).toEqual([]);
    });

    it('passes over what the slower of the two handles says late', () => {
      const { hear, output, happenings, surroundings } = setUp();
      hear();
      const { heardNs } = surroundings;
      hear({ isOutputOn: false, deviceMicroseconds: 19_999 });
      expect(output.status.isOutputOn).toBe(true);
      expect(surroundings.heardNs).toBe(heardNs);
      expect(happenings.length).toBe(1);
      hear({ deviceMicroseconds: 20_000 });
      expect(happenings.length).toBe(2);
    });

    it('H03: hears a device that has restarted, although its time begins anew', () => {
      const { hear, output, raised } = setUp();
      hear({}, 5e6);
      hear({ bootNumber: 2, deviceMicroseconds: 10, isOutputOn: true });
      expect(output.status.bootNumber).toBe(2);
      expect(raised()).toContain('last device-rebooted');
    });

    it('H01: reports lasting conditions as such', () => {
      const { hear, raised, surroundings } = setUp();
      surroundings.confirmedSession = 0;
      for (let status = 0; status < 3; status++)
        hear({ isOutputOn: false, outputNanoamps: 3000, temperatureDecidegrees: 500 });
      expect(raised()).toEqual([
        'last over-temperature',
        'last over-temperature',
        'last unexpected-output',
        'last over-temperature',
        'last unexpected-output',
      ]);
    });

    it('S32: raises that the clocks of two devices are not aligned, while current may flow and not before', () => {
      const { sync, interlock, look, events, raised } = setUp({ isSynced: true, state: 'safe' });
      sync.lost = { code: 'sync-lost', message: 'the wire' };
      look(1000e9);
      expect(events).toContain('sync 1000');
      expect(raised()).not.toContain('raise sync-lost');
      interlock.state = 'armed';
      look(1000e9);
      expect(raised()).toContain('raise sync-lost');
    });

    it('H47: reports a step between the clocks', () => {
      const { hear, faults } = setUp();
      for (let status = 1; status <= 200; status++) hear();
      for (let status = 201; status <= 400; status++) hear({ deviceMicroseconds: status * 20_000 + 60_000 });
      expect(faults).toMatchObject([{ code: 'clock-step', value: 60 }]);
    });

    describe('that its output is off while a session is confirmed', () => {
      const isOff = { isOutputOn: false, burnedSession: session };

      it('S16: calls a lease lost that nobody in this program ended', () => {
        const { hear, faults } = setUp();
        hear(isOff);
        expect(faults).toEqual([
          {
            code: 'lease-lost',
            message:
              'The stimulator turned its output off although nobody stopped it: its lease was not renewed in time.',
          },
        ]);
      });

      it('takes it for a stop when another thread has asked for one, or the watchdog has made one', () => {
        const asked = setUp();
        requestStop(asked.control);
        asked.hear(isOff);
        const made = setUp();
        made.add('watchdogStops');
        made.hear(isOff);
        for (const { happenings, raised } of [asked, made]) {
          expect(happenings.map(({ kind }) => kind)).toEqual(['device-heard', 'stop']);
          expect(raised()).toEqual([]);
        }
      });

      it('H43: names the emergency stop when a stop input was pressed, also when the device is heard first, and once', () => {
        const { control, hear, look, interlock, happenings, raised } = setUp();
        requestEmergencyStop(control);
        hear(isOff);
        expect(raised()).toEqual(['raise emergency-stop']);
        expect(happenings.map(({ kind }) => kind)).toEqual(['device-heard']);
        interlock.state = 'stopping';
        look();
        interlock.state = 'armed';
        look();
        expect(raised()).toEqual(['raise emergency-stop']);
      });

      it('names the emergency stop of the device itself, and no lease', () => {
        const { hear, raised } = setUp();
        hear({ ...isOff, isEmergencyStopPressed: true });
        expect(raised()).toEqual(['last emergency-stop']);
      });

      it('H81: remembers that the device’s emergency stop was tried', () => {
        const { hear, history } = setUp();
        hear({ ...isOff, isEmergencyStopPressed: true });
        expect(history.isEmergencyStopTried).toBe(false);
        hear(isOff);
        expect(history.isEmergencyStopTried).toBe(true);
      });

      it('finds nothing when no session is confirmed', () => {
        const { hear, surroundings, raised } = setUp();
        surroundings.confirmedSession = 0;
        hear(isOff);
        expect(raised()).toEqual([]);
      });
    });

    it('H18: raises a fault at the third damaged message of a second', () => {
      const { watch, raised } = setUp();
      watch.hearBadFrame(0);
      watch.hearBadFrame(1);
      expect(raised()).toEqual([]);
      watch.hearBadFrame(2);
      expect(raised()).toEqual(['last bad-frames']);
    });
  });

  describe('hearing the watchdog', () => {
    it.each([
      ['beat-late', 'no tick of the loop was completed'],
      ['not-answered', 'the rig thread did not answer'],
      ['rig-gone', 'the rig thread was gone'],
    ] as const)('S16: latches its stop because of %s, with how long the rig thread was silent', (cause, words) => {
      const { watch, faults } = setUp();
      watch.hearWatchdog(cause, 61.4);
      expect(faults).toEqual([
        {
          code: 'watchdog-stop',
          message: `The watchdog stopped stimulation: ${words} (last completed work 61 ms ago).`,
          value: 61.4,
          bound: 50,
          unit: 'ms',
        },
      ]);
    });

    it('S16: latches a state that did not fit as a fault of its own', () => {
      const { watch, faults } = setUp();
      watch.hearWatchdog('wrong-state', 2);
      const message =
        'The watchdog stopped stimulation: output or lease did not fit the state of the rig (last completed work 2 ms ago).';
      expect(faults).toEqual([{ code: 'watchdog-state', message }]);
    });
  });

  describe('looking between ticks', () => {
    it('gives the time to the loop and to the interlock, and finds nothing where all is well', () => {
      const { look, events, limits, checkedThreads, clock } = setUp();
      look(0, false);
      expect(events).toEqual(['take time 1000', 'apply time', 'finish trip check']);
      expect(checkedThreads).toEqual([[clock.nowNs(), false, limits.timing]]);
    });

    it('S12: repeats a stop that is not confirmed', () => {
      const { look, output, clock, events } = setUp();
      output.stop();
      clock.advanceMilliseconds(20);
      look();
      expect(events.slice(0, 3)).toEqual(['stop', 'take time 1000.02', 'stop']);
    });

    it('H14: raises a source that stalls, in real time and while there is one', () => {
      const inRealTime = setUp();
      inRealTime.found.stall = stall;
      inRealTime.look();
      expect(inRealTime.raised()).toEqual(['raise source-stalled']);
      const gone = setUp();
      gone.found.stall = stall;
      gone.lookWithoutSource();
      const stepped = setUp({ isRealTime: false });
      stepped.found.stall = stall;
      stepped.look();
      expect([...gone.raised(), ...stepped.raised()]).toEqual([]);
    });

    it('S21: raises what lasts in other threads as lasting, in every state', () => {
      for (const state of interlockStates) {
        const { look, found, raised } = setUp({ state });
        found.threads = [slow, { code: 'watchdog-silent', message: 'nothing' }];
        look();
        expect(raised()).toEqual(['last recorder-slow', 'last watchdog-silent']);
      }
    });

    it.each(interlockStates)('H20: in the state %s, asks for the device only while current may flow', (state) => {
      const { look, clock, operator, faults } = setUp({ state });
      clock.advanceMilliseconds(101);
      operator.noteSign(clock.nowNs());
      operator.notePage(clock.nowNs());
      look();
      expect(faults.map(({ code }) => code)).toEqual(
        state === 'armed' || state === 'stimulating' ? ['device-silent'] : [],
      );
    });

    it('H14: does not call a device silent whose connection is gone: that has been raised', () => {
      const { lookWithoutSource, clock, raised } = setUp();
      clock.advanceMilliseconds(101);
      lookWithoutSource();
      expect(raised()).toEqual([]);
    });

    it.each(interlockStates)(
      'H65: in the state %s, asks for the operator and a page only while current may flow',
      (state) => {
        const { look, hear, clock, faults } = setUp({ state });
        clock.advanceMilliseconds(900_001);
        hear();
        look();
        expect(faults.map(({ code }) => code)).toEqual(
          state === 'armed' || state === 'stimulating' ? ['operator-absent', 'page-gone'] : [],
        );
      },
    );
  });

  describe('of the stop inputs', () => {
    it.each(interlockStates)('H43: in the state %s, raises a press that ends something', (state) => {
      const { control, look, faults, raised } = setUp({ state });
      requestEmergencyStop(control);
      look();
      look();
      const doesEnd = ['check', 'prearmed', 'armed', 'stimulating'].includes(state);
      expect(raised()).toEqual(doesEnd ? ['raise emergency-stop'] : []);
      if (doesEnd) expect(faults[0]!.message).toBe('A stop pedal or key was pressed.');
    });

    it('H43: a press of before an arming ends no later one', () => {
      const { control, look, interlock, raised } = setUp({ state: 'safe' });
      requestEmergencyStop(control);
      look();
      interlock.state = 'armed';
      look();
      expect(raised()).toEqual([]);
      requestEmergencyStop(control);
      look();
      expect(raised()).toEqual(['raise emergency-stop']);
    });

    it('H81: raises a configured one that is gone, only while current may flow', () => {
      for (const state of interlockStates) {
        const { look, setStopInput, faults } = setUp({ state });
        setStopInput(stopInputState.missing);
        look();
        expect(faults).toEqual(
          state === 'armed' || state === 'stimulating'
            ? [{ code: 'stop-input-lost', message: 'A configured stop input is gone.' }]
            : [],
        );
      }
    });

    it('H81: raises their thread when it has been silent for more than a second', () => {
      const { look, clock, setStopInput, operator, add, hear, faults } = setUp();
      setStopInput(stopInputState.ready);
      const after = (milliseconds: number) => {
        clock.advanceMilliseconds(milliseconds);
        operator.notePage(clock.nowNs());
        hear({}, 0);
        look();
      };
      after(0);
      after(1000);
      expect(faults).toEqual([]);
      after(1);
      const message = 'The thread of the stop inputs has been silent for 1001 ms.';
      expect(faults).toEqual([{ code: 'stop-input-lost', message, value: 1001, bound: 1000, unit: 'ms' }]);
      add('stopInputBeat');
      after(1);
      after(1000);
      expect(faults.filter(({ code }) => code === 'stop-input-lost').length).toBe(1);
    });

    it('H81: knows of a thread that fell silent before the arming', () => {
      const { look, clock, setStopInput, interlock, faults } = setUp({ state: 'safe' });
      setStopInput(stopInputState.ready);
      look();
      clock.advanceMilliseconds(1001);
      interlock.state = 'armed';
      look();
      expect(faults.map(({ code }) => code)).toContain('stop-input-lost');
    });

    it('asks nothing of a thread that has no inputs', () => {
      const { look, clock, hear, operator, raised } = setUp();
      look();
      clock.advanceMilliseconds(60_000);
      operator.notePage(clock.nowNs());
      hear({}, 0);
      look();
      expect(raised()).toEqual([]);
    });
  });

  describe('of the presence control', () => {
    it('H65: takes a press for a sign of the operator, and one that goes on for a held control', () => {
      const { look, clock, add, operator, surroundings } = setUp();
      const begunNs = clock.nowNs();
      clock.advanceMilliseconds(1000);
      look();
      expect([operator.presentNs, surroundings.presentNs, surroundings.heldNs]).toEqual([begunNs, begunNs, -Infinity]);
      add('presence');
      look();
      expect([surroundings.presentNs, surroundings.heldNs]).toEqual([clock.nowNs(), -Infinity]);
      clock.advanceMilliseconds(50);
      add('presence');
      look();
      expect([surroundings.presentNs, surroundings.heldNs]).toEqual([clock.nowNs(), clock.nowNs()]);
    });

    it.each([
      [100, true],
      [100.001, false],
    ])('H65: a control whose counter moves %d ms after the press is held: %s', (milliseconds, isHeld) => {
      const { look, clock, add, surroundings } = setUp();
      add('presence');
      look();
      clock.advanceMilliseconds(milliseconds);
      add('presence');
      look();
      expect(surroundings.heldNs).toBe(isHeld ? clock.nowNs() : -Infinity);
    });

    it('H65: begins anew after the control was let go', () => {
      const { look, clock, add, surroundings } = setUp();
      for (let move = 0; move < 3; move++) {
        clock.advanceMilliseconds(50);
        add('presence');
        look();
      }
      const heldNs = clock.nowNs();
      clock.advanceMilliseconds(500);
      look();
      expect(surroundings.heldNs).toBe(heldNs);
      add('presence');
      look();
      expect(surroundings.heldNs).toBe(heldNs);
      expect(surroundings.presentNs).toBe(clock.nowNs());
    });

    it('H65: takes what was counted before this connection for no sign', () => {
      const { look, clock, surroundings, raised } = setUp({
        before(control) {
          Atomics.store(control, controlWord.presence, 40);
          Atomics.store(control, controlWord.emergencyStops, 2);
        },
      });
      const connectedNs = clock.nowNs();
      clock.advanceMilliseconds(50);
      look();
      expect([surroundings.presentNs, surroundings.heldNs]).toEqual([connectedNs, -Infinity]);
      expect(raised()).toEqual([]);
    });
  });
});
