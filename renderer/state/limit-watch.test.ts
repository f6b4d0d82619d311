import { expect, test } from 'vitest';
import { rigStatus } from '../dev/scenes.ts';
import { FakePageTime } from '../time/fake-page-time.ts';
import { limitName } from '../words/status-words.ts';
import { LimitWatch } from './limit-watch.svelte.ts';

/** One electrode's charge and rate, in per cent of their bounds. */
function using(charge: number, rate = 0) {
  const status = rigStatus('recording', 'stimulating');
  status.interlock.limitUse = [
    { limit: 'charge per phase', code: 'charge-per-phase', value: charge, bound: 100, unit: 'nC', electrode: 17 },
    { limit: 'pulse rate', code: 'electrode-rate', value: rate, bound: 100, unit: 'Hz', electrode: 17 },
  ];
  return status;
}

function begin() {
  const time = new FakePageTime();
  const watch = new LimitWatch(time);
  return { time, watch, names: () => watch.near.map(limitName) };
}

test('a limit is near its end above eighty per cent, the highest first', () => {
  const { watch, names } = begin();
  watch.note(using(80));
  expect(names()).toEqual([]);
  watch.note(using(81, 99));
  expect(names()).toEqual(['pulse rate, E17', 'charge per phase, E17']);
});

test('pulses by hand use their rate up by nature, which is no alarm', () => {
  const { watch, names } = begin();
  const status = using(81, 100);
  status.interlock.presence.isDeadMan = true;
  watch.note(status);
  expect(names()).toEqual(['charge per phase, E17']);
});

test('a predicted temperature rise is near its limit above half a kelvin', () => {
  const { watch, names } = begin();
  const warming = (value: number) => {
    const status = using(0);
    const limit = 'predicted temperature rise';
    status.interlock.limitUse = [{ limit, code: 'temperature-rise', value, bound: 1000, unit: 'mK' }];
    return status;
  };
  watch.note(warming(500));
  expect(names()).toEqual([]);
  watch.note(warming(501));
  expect(names()).toEqual(['predicted temperature rise']);
});

test('a use that moves around the mark is one alarm that does not come and go', () => {
  const { time, watch, names } = begin();
  watch.note(using(81));
  for (let second = 0; second < 9; second++) {
    time.advance(1000);
    watch.note(using(79));
    expect(names()).toEqual(['charge per phase, E17']);
  }
  time.advance(1000);
  watch.note(using(79));
  expect(names()).toEqual([]);
});

test('what was seen is quiet until it was over, another limit is not', () => {
  const { time, watch, names } = begin();
  watch.note(using(81));
  watch.see();
  expect(names()).toEqual([]);
  watch.note(using(90));
  expect(names()).toEqual([]);
  watch.note(using(90, 85));
  expect(names()).toEqual(['pulse rate, E17']);
  time.advance(10_000);
  watch.note(using(0));
  watch.note(using(81));
  expect(names()).toEqual(['charge per phase, E17']);
});

test('another connection begins with a clean sheet', () => {
  const { watch, names } = begin();
  watch.note(using(81));
  watch.see();
  watch.note(rigStatus('idle', 'safe'));
  watch.note(using(81));
  expect(names()).toEqual(['charge per phase, E17']);
});
