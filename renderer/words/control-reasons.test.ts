import { expect, test } from 'vitest';
import { interlockStates } from '../../common/contract/interlock-states.ts';
import { rigStatus } from '../dev/scenes.ts';
import { controlReasons, type RunControl } from './control-reasons.ts';

function usable(...[stage, state]: Parameters<typeof rigStatus>): RunControl[] {
  const reasons = controlReasons(rigStatus(stage, state));
  return (Object.keys(reasons) as RunControl[]).filter((control) => reasons[control] === '').sort();
}

test('each stage offers what may be done in it and nothing else', () => {
  expect(usable('idle', 'safe')).toEqual(['connect']);
  expect(usable('connecting', 'safe')).toEqual([]);
  expect(usable('live', 'safe')).toEqual(['arm', 'disconnect', 'run', 'tighten']);
  expect(usable('live', 'armed')).toEqual(['disconnect', 'pulse', 'run', 'tighten']);
  expect(usable('recording', 'safe')).toEqual(['arm', 'end', 'mark', 'tighten']);
  expect(usable('recording', 'stimulating')).toEqual(['end', 'mark', 'pulse', 'tighten']);
  expect(usable('recording', 'tripped')).toEqual(['end', 'mark', 'tighten']);
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

test('limits can be tightened in every state of a connected rig', () => {
  for (const state of interlockStates) expect(usable('recording', state)).toContain('tighten');
});
