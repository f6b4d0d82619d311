import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stopInputState } from '../../../common/base/control-block.ts';
import { FakeHidSource, pedal } from './fake-hid-source.ts';
import { press, release, Station, stop, trigger } from './stop-inputs.fixture.ts';

let source: FakeHidSource;
let station: Station;
beforeEach(async () => {
  source = new FakeHidSource();
  source.plug(pedal);
  station = await Station.begin(source, trigger);
});
afterEach(() => station.dispose());

const taken = () => station.inputs.takePresses();

describe('a trigger input', () => {
  it('notes the moment of its press, once, by its name and control', async () => {
    source.report(pedal.path, ...press);
    const pressedNs = station.clock.nowNs();
    await station.pass(0.2);
    expect(taken()).toEqual([
      {
        trigger: { name: 'Light on', control: 'left pedal', device: 'FootSwitch (vendor 0x0C45, product 0x7403)' },
        pressedNs: [pressedNs],
        unmarked: 0,
      },
    ]);
    expect(taken()).toEqual([]);
  });

  it('raises no shared word, however it is pressed: it neither stops nor shows that somebody is there', async () => {
    for (let count = 0; count < 20; count++) source.report(pedal.path, ...(count % 2 === 0 ? release : press));
    source.report(pedal.path, 1, 0, 0);
    await station.pass(1);
    for (const word of ['stopRequests', 'emergencyStops', 'presence', 'isLeaseWanted', 'interlockState'] as const)
      expect([word, station.word(word)]).toEqual([word, 0]);
  });

  it('that is held, or repeats its reports, was pressed once; what cannot be told is no release', () => {
    for (const report of [press, press, [1, 0, 0], press]) source.report(pedal.path, ...report);
    expect(taken()[0]?.pressedNs).toHaveLength(1);
    source.report(pedal.path, ...release);
    source.report(pedal.path, ...press);
    expect(taken()[0]?.pressedNs).toHaveLength(1);
  });

  it('that shakes is counted, not noted without end', () => {
    for (let count = 0; count < 200; count++) source.report(pedal.path, ...(count % 2 === 0 ? press : release));
    expect(taken()).toMatchObject([{ pressedNs: { length: 16 }, unmarked: 84 }]);
  });

  it('says which byte is pressed where its control has no name', async () => {
    station.dispose();
    const { control: _, ...nameless } = trigger;
    station = await Station.begin(source, { ...nameless, mapping: { byte: 2, mask: 4, pressedWhen: 'set' } });
    source.report(pedal.path, ...press);
    expect(taken()).toMatchObject([{ trigger: { control: 'byte 2, mask 4' } }]);
  });
});

describe('a trigger input that disappears', () => {
  it('is told, trips nothing, and is heard again when it is plugged in', async () => {
    station.dispose();
    const other = { ...pedal, path: '/fake/other', productId: 1 };
    source.plug(other);
    station = await Station.begin(source, { ...stop, productId: 1 }, trigger);
    source.report(pedal.path, ...press);
    expect(taken()).toHaveLength(1);
    station.enter('armed');
    source.unplug(pedal.path);
    expect([station.word('stopInputState'), station.word('triggerInputState')]).toEqual([
      stopInputState.ready,
      stopInputState.missing,
    ]);
    expect(station.word('stopRequests')).toBe(0);
    expect(station.inputs.takeReport()?.inputs[1]).toMatchObject({
      kind: 'trigger',
      isOpen: false,
      problem: { code: 'lost', cure: expect.stringMatching(/^Plug it in again; /) as string },
    });
    station.enter('safe');
    source.plug(pedal);
    await station.pass(2);
    expect(station.word('triggerInputState')).toBe(stopInputState.ready);
    // It was held when it was unplugged: that it is pressed is new.
    source.report(pedal.path, ...press);
    expect(taken()).toHaveLength(1);
  });
});
