import { describe, expect, it } from 'vitest';
import type { Mark } from '../../common/journal/session-documents.ts';
import { type MarkedRun, TriggerMarks } from './trigger-marks.ts';

const trigger = { name: 'Light on', control: 'left pedal', device: 'FootSwitch' };

/** A recording at 1 kHz whose first sample, number 500, was acquired at 500 ms of the host's clock. */
function recording(isRealTime = true) {
  const marks: Mark[] = [];
  const said: string[] = [];
  const run = {
    firstSample: 500,
    lastSample: 1000,
    sampleAt: (hostNs: number): number | undefined => Math.round(hostNs / 1e6),
    secondsAt: (sample: number) => (sample - 500) / 1000,
  } satisfies MarkedRun;
  const journal = { json: (_: number, document: object) => void marks.push(document as Mark) };
  const all = new TriggerMarks(journal, isRealTime, (text) => said.push(text));
  const press = (milliseconds: number[], nowMilliseconds: number, unmarked = 0) =>
    all.take({ trigger, pressedNs: milliseconds.map((ms) => ms * 1e6), unmarked }, run, nowMilliseconds * 1e6);
  return { all, run, marks, said, press };
}

describe('a press of a trigger input', () => {
  it('is a mark at its sample, with the name, the control and the device of its input', () => {
    const { marks, said, press } = recording();
    press([700.2, 900], 1001);
    expect(marks).toEqual([
      { text: 'Light on (left pedal)', sampleIndex: 700, trigger: { ...trigger, pressedNs: 700.2e6 } },
      { text: 'Light on (left pedal)', sampleIndex: 900, trigger: { ...trigger, pressedNs: 900e6 } },
    ]);
    expect(said).toEqual([
      'Light on (left pedal) is marked at 0.200 s.',
      'Light on (left pedal) is marked at 0.400 s.',
    ]);
  });

  it('waits for its sample, and no longer than a second', () => {
    const { all, run, marks, press } = recording();
    press([1010, 1600], 1011);
    expect(marks).toEqual([]);
    run.lastSample = 1011;
    all.look(run, 1020e6);
    expect(marks.map(({ sampleIndex }) => sampleIndex)).toEqual([1010]);
    all.look(run, 2599e6);
    expect(marks).toHaveLength(1);
    // The source has sent nothing more: it belongs to the end of what there is.
    all.look(run, 2600e6);
    expect(marks.map(({ sampleIndex }) => sampleIndex)).toEqual([1010, 1011]);
  });

  it('is marked at the end of a recording that ends before its sample has come', () => {
    const { all, run, marks, press } = recording();
    press([1004], 1005);
    all.finish(run);
    all.finish(run);
    expect(marks.map(({ sampleIndex }) => sampleIndex)).toEqual([1000]);
  });

  it('of before the recording, or without one, is said and is no mark', () => {
    const { all, run, marks, said, press } = recording();
    press([499.4], 1001);
    all.take({ trigger, pressedNs: [700e6], unmarked: 0 }, undefined, 1001e6);
    run.sampleAt = () => undefined;
    press([800], 1001);
    all.finish(run);
    expect(marks).toEqual([]);
    expect(said).toEqual([
      'Light on (left pedal) is not marked: the recording has no sample of that moment.',
      'Light on (left pedal) is not marked: no recording is running.',
      'Light on (left pedal) is not marked: the recording has no sample of that moment.',
    ]);
  });

  it('says how many others it stands for', () => {
    const { marks, press } = recording();
    press([600, 601], 1001, 84);
    expect(marks.map(({ text }) => text)).toEqual([
      'Light on (left pedal)',
      'Light on (left pedal), and 84 more presses that followed at once',
    ]);
  });

  it('belongs to the newest sample of a source that does not keep to real time', () => {
    const { marks, press } = recording(false);
    press([700], 9000);
    expect(marks.map(({ sampleIndex }) => sampleIndex)).toEqual([999]);
  });
});
