import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stopInputState } from '../../../common/base/control-block.ts';
import { FakeHidSource, pedal } from './fake-hid-source.ts';
import { gamePad, presence, press, release, Station, stop } from './stop-inputs.fixture.ts';

let source: FakeHidSource;
let station: Station;
beforeEach(() => {
  source = new FakeHidSource();
});
afterEach(() => station.dispose());

describe('a stop input', () => {
  it('raises the stop word in the call that brings its report', async () => {
    source.plug(pedal);
    station = await Station.begin(source, stop);
    const before = [station.word('stopRequests'), station.word('emergencyStops')];
    source.report(pedal.path, ...press);
    expect(before).toEqual([0, 0]);
    expect([station.word('stopRequests'), station.word('emergencyStops')]).toEqual([1, 1]);
    expect(station.first()).toMatchObject({
      name: 'FootSwitch (vendor 0x0C45, product 0x7403)',
      reading: 'pressed',
      presses: 1,
    });
  });

  it('raises nothing when it rests', async () => {
    source.plug(pedal);
    station = await Station.begin(source, stop);
    source.report(pedal.path, ...release);
    await station.pass(1);
    expect(station.word('stopRequests')).toBe(0);
    expect(station.first()).toMatchObject({ isOpen: true, reading: 'rest', presses: 0 });
  });

  it('goes on stopping while it is held, though the device says so only once', async () => {
    source.plug(pedal);
    station = await Station.begin(source, stop);
    source.report(pedal.path, ...press);
    await station.pass(0.2);
    const whileHeld = station.word('emergencyStops');
    source.report(pedal.path, ...release);
    await station.pass(0.2);
    expect(whileHeld).toBe(5);
    expect(station.word('emergencyStops')).toBe(whileHeld);
  });

  it('stops on a report that nobody can explain', async () => {
    source.plug(pedal);
    station = await Station.begin(source, { ...stop, mapping: { byte: 12, mask: 1, pressedWhen: 'set' } });
    source.report(pedal.path, ...release);
    expect(station.word('emergencyStops')).toBe(1);
    expect(station.first()).toMatchObject({ reading: 'unknown', presses: 0 });
  });

  it('shows nobody’s presence', async () => {
    source.plug(pedal);
    station = await Station.begin(source, stop);
    source.report(pedal.path, ...release);
    source.report(pedal.path, ...press);
    await station.pass(0.2);
    expect(station.word('presence')).toBe(0);
  });

  it('H45: stops at the press, however many reports wait to be told', async () => {
    source.plug(pedal);
    station = await Station.begin(source, stop);
    for (let count = 0; count < 10_000; count++) source.report(pedal.path, ...(count % 2 === 0 ? press : release));
    const before = station.word('stopRequests');
    source.report(pedal.path, ...press);
    expect(before).toBe(5_000);
    expect(station.word('stopRequests')).toBe(before + 1);
    // All of it is one report to the rig.
    expect(station.first()).toMatchObject({ presses: 5_001 });
    expect(station.inputs.takeReport()).toBeUndefined();
  });
});

describe('a presence input', () => {
  beforeEach(async () => {
    source.plug(gamePad);
    station = await Station.begin(source, presence);
    source.report(gamePad.path, 7, 0);
  });

  it('H65: raises the presence word at a press and every 50 ms while it is held, and stops nothing', async () => {
    source.report(gamePad.path, 7, 1);
    const atPress = station.word('presence');
    await station.pass(0.2);
    const whileHeld = station.word('presence');
    source.report(gamePad.path, 7, 0);
    await station.pass(0.2);
    expect([atPress, whileHeld, station.word('presence')]).toEqual([1, 5, 5]);
    expect(station.word('stopRequests')).toBe(0);
  });

  it('H65: that is unplugged while it is held shows nobody’s presence any more', async () => {
    source.report(gamePad.path, 7, 1);
    source.unplug(gamePad.path);
    const before = station.word('presence');
    await station.pass(0.2);
    expect(station.word('presence')).toBe(before);
  });

  it('H65: does not count a report that nobody can explain', () => {
    source.report(gamePad.path, 7);
    expect(station.word('presence')).toBe(0);
  });

  it('is missing without keeping the rig from arming', async () => {
    source.unplug(gamePad.path);
    await station.pass(0.05);
    expect(station.first()).toMatchObject({ isOpen: false });
    expect(station.word('stopInputState')).toBe(stopInputState.none);
  });
});

it('H65: an input that has never rested shows nobody’s presence: it may be stuck', async () => {
  source.plug(gamePad);
  station = await Station.begin(source, presence);
  source.report(gamePad.path, 7, 1);
  await station.pass(0.2);
  const stuck = station.word('presence');
  source.report(gamePad.path, 7, 0);
  source.report(gamePad.path, 7, 1);
  expect([stuck, station.word('presence')]).toEqual([0, 1]);
});

it('one pedal may stop and show presence', async () => {
  source.plug(gamePad);
  const button = { byte: 1, mask: 2, pressedWhen: 'set' } as const;
  station = await Station.begin(source, { ...presence, kind: 'stop-and-presence', mapping: button });
  source.report(gamePad.path, 7, 0);
  source.report(gamePad.path, 7, 2);
  expect([station.word('presence'), station.word('emergencyStops')]).toEqual([1, 1]);
});

describe('H81: a stop input that is not there', () => {
  it('keeps the word at missing until it is plugged in, and says what is wrong', async () => {
    station = await Station.begin(source, stop);
    expect(station.word('stopInputState')).toBe(stopInputState.missing);
    expect(station.first()).toMatchObject({ isOpen: false, problem: { code: 'not-found' } });
    source.plug(pedal);
    await station.pass(2);
    expect(station.word('stopInputState')).toBe(stopInputState.ready);
    expect(station.first()).toEqual({
      name: 'FootSwitch (vendor 0x0C45, product 0x7403)',
      kind: 'stop',
      isOpen: true,
      reading: 'none',
      presses: 0,
    });
  });

  it('is told by the word in the call that loses it', async () => {
    source.plug(pedal);
    station = await Station.begin(source, stop);
    station.enter('armed');
    source.unplug(pedal.path);
    expect(station.word('stopInputState')).toBe(stopInputState.missing);
    expect(station.first()).toMatchObject({
      isOpen: false,
      reading: 'none',
      problem: {
        code: 'lost',
        what: 'FootSwitch (vendor 0x0C45, product 0x7403) is gone: could not read from HID device',
      },
    });
  });

  it('is lost once, whatever the device says after that, and has a name though it gives itself none', async () => {
    const { product: _, ...nameless } = pedal;
    source.plug(nameless);
    station = await Station.begin(source, stop);
    const listener = source.listenerOf(pedal.path);
    listener?.onLost('unplugged');
    listener?.onLost('device has been closed');
    expect(station.first()).toMatchObject({
      problem: { what: 'HID device (vendor 0x0C45, product 0x7403) is gone: unplugged' },
    });
  });

  it('is missing when one of several is', async () => {
    source.plug(pedal);
    station = await Station.begin(source, stop, { ...stop, productId: 1 });
    expect(station.word('stopInputState')).toBe(stopInputState.missing);
  });

  it('says why it cannot be opened, once, and tries again', async () => {
    source.plug(pedal);
    source.openingProblem = 'Permission denied';
    station = await Station.begin(source, stop);
    const told = station.first();
    await station.pass(4);
    const again = station.inputs.takeReport();
    source.openingProblem = undefined;
    await station.pass(2);
    expect(told).toMatchObject({
      problem: {
        code: 'not-opened',
        what: 'FootSwitch (vendor 0x0C45, product 0x7403) cannot be opened: Permission denied',
      },
    });
    expect(again).toBeUndefined();
    expect(station.word('stopInputState')).toBe(stopInputState.ready);
  });

  it('says that the system cannot list its devices', async () => {
    source.listingProblem = 'out of handles';
    station = await Station.begin(source, stop);
    expect(station.inputs.takeReport()?.problems).toMatchObject([
      { code: 'not-found', what: 'the HID devices of this computer cannot be listed: out of handles' },
    ]);
    const answer = source.hang();
    await station.pass(20);
    expect(station.inputs.takeReport()?.problems).toMatchObject([{ code: 'no-answer' }]);
    source.listingProblem = undefined;
    source.plug(pedal);
    answer();
    await station.pass(2);
    expect(station.inputs.takeReport()?.problems).toEqual([]);
  });
});
