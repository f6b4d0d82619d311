import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { controlWord, stopInputState } from '../../../common/base/control-block.ts';
import type { InterlockState } from '../../../common/contract/interlock-states.ts';
import { FakeHidSource, pedal } from './fake-hid-source.ts';
import { gamePad, presence, press, Station, stop, turn } from './stop-inputs.fixture.ts';

let source: FakeHidSource;
let station: Station;
beforeEach(() => {
  source = new FakeHidSource();
});
afterEach(() => station.dispose());

describe('looking for devices', () => {
  it('is over when every input is open', async () => {
    source.plug(pedal);
    station = await Station.begin(source, stop);
    await station.pass(10);
    expect(source.enumerations).toBe(1);
  });

  it('happens every 2 s while one is missing', async () => {
    station = await Station.begin(source, stop);
    await station.pass(10);
    expect(source.enumerations).toBe(6);
  });

  it.each<InterlockState>(['check', 'prearmed', 'armed', 'stimulating', 'stopping'])(
    'H17: never happens in the state %s, and goes on after it',
    async (state) => {
      source.plug(pedal);
      station = await Station.begin(source, stop);
      station.enter(state);
      source.unplug(pedal.path);
      source.plug(pedal);
      await station.pass(60);
      const [enumerations, openings] = [source.enumerations, source.openings];
      station.enter('safe');
      await station.pass(2);
      expect([enumerations, openings]).toEqual([1, 1]);
      expect(station.first()).toMatchObject({ isOpen: true });
    },
  );

  it('H17: never happens while a lease is wanted, whatever the state says', async () => {
    station = await Station.begin(source, stop);
    Atomics.store(station.control, controlWord.isLeaseWanted, 1);
    await station.pass(60);
    expect(source.enumerations).toBe(1);
  });

  it('H17: opens nothing when arming began while the system was listing', async () => {
    source.plug(pedal);
    const answer = source.hang();
    station = await Station.begin(source, stop);
    station.enter('check');
    answer();
    await station.pass(1);
    const whileArming = source.openings;
    station.enter('safe');
    await station.pass(2);
    expect([whileArming, source.openings]).toEqual([0, 1]);
  });

  it('H17: hears what is open while the system does not come back, and asks it nothing more', async () => {
    source.plug(pedal);
    station = await Station.begin(source, stop, presence);
    const answer = source.hang();
    await station.pass(20);
    source.report(pedal.path, ...press);
    expect(station.word('emergencyStops')).toBe(1);
    expect(source.enumerations).toBe(2);
    expect(station.inputs.takeReport()?.problems).toMatchObject([
      { code: 'no-answer', what: 'the system has not answered for 15 s when asked for its HID devices' },
    ]);
    source.plug(gamePad);
    answer();
    await station.pass(0.1);
    expect(station.inputs.takeReport()).toMatchObject({ inputs: [{ isOpen: true }, { isOpen: true }], problems: [] });
  });

  it('ends with the thread: what is opened too late is closed again', async () => {
    source.plug(pedal);
    station = await Station.begin(source, stop);
    source.unplug(pedal.path);
    source.plug(pedal);
    await station.pass(1.95);
    station.clock.advanceMilliseconds(50);
    station.inputs.round(station.clock.nowNs());
    // The list has come; the device itself does not answer yet.
    const answer = source.hang();
    await turn();
    station.inputs.dispose();
    answer();
    await turn();
    expect(source.openings).toBe(2);
    expect(source.openPaths).toEqual([]);
    expect(station.word('stopInputState')).toBe(stopInputState.missing);
  });
});

it('S30: random reports never throw, and a stop input stops on every one that is not rest', async () => {
  const report = fc.uint8Array({ maxLength: 64 });
  const mapping = fc.option(
    fc.record({
      byte: fc.nat(70),
      mask: fc.integer({ min: 1, max: 255 }),
      pressedWhen: fc.constantFrom('set' as const, 'clear' as const),
    }),
    { nil: undefined },
  );
  await fc.assert(
    fc.asyncProperty(mapping, fc.array(report, { maxLength: 30 }), async (where, reports) => {
      source = new FakeHidSource();
      source.plug(pedal);
      station = await Station.begin(source, { ...stop, ...(where === undefined ? {} : { mapping: where }) });
      for (const bytes of reports) {
        const before = station.word('stopRequests');
        const isRest =
          where === undefined
            ? bytes.length > 0 && bytes.every((byte) => byte === 0)
            : where.byte < bytes.length &&
              (bytes[where.byte]! & where.mask) === (where.pressedWhen === 'set' ? 0 : where.mask);
        source.report(pedal.path, ...bytes);
        expect(station.word('stopRequests') - before).toBe(isRest ? 0 : 1);
      }
      station.inputs.dispose();
    }),
  );
});
