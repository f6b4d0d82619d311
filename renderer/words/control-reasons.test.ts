import { expect, test } from 'vitest';
import { rigStatus } from '../dev/scenes.ts';
import { controlReasons, type RunControl } from './control-reasons.ts';

function usable(...[stage, state]: Parameters<typeof rigStatus>): RunControl[] {
  const reasons = controlReasons(rigStatus(stage, state));
  return (Object.keys(reasons) as RunControl[]).filter((control) => reasons[control] === '').sort();
}

test('each stage offers what may be done in it and nothing else', () => {
  expect(usable('idle', 'safe')).toEqual(['connect']);
  expect(usable('connecting', 'safe')).toEqual([]);
  expect(usable('live', 'safe')).toEqual(['arm', 'disconnect', 'run']);
  expect(usable('live', 'armed')).toEqual(['disconnect', 'pulse', 'run']);
  expect(usable('recording', 'safe')).toEqual(['arm', 'end', 'mark']);
  expect(usable('recording', 'stimulating')).toEqual(['end', 'mark', 'pulse']);
  expect(usable('recording', 'tripped')).toEqual(['end', 'mark']);
  expect(usable('closing', 'safe')).toEqual([]);
});

test('a rig that is not heard offers nothing', () => {
  expect(Object.values(controlReasons(undefined))).not.toContain('');
});

test('arming waits for the estimate of the noise', () => {
  const status = rigStatus('live', 'safe');
  status.source.noiseMicrovolts = [];
  expect(controlReasons(status).arm).toContain('noise');
});
