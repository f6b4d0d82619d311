import { expect, test } from 'vitest';
import { interlockStates } from '../../common/contract/interlock-states.ts';
import { rigStatus } from '../dev/scenes.ts';
import { checkReasons, controlReasons, type RunControl } from './control-reasons.ts';

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

test('without a lease a pulse waits for the hand on the presence control', () => {
  const status = rigStatus('recording', 'stimulating');
  status.interlock.presence.isDeadMan = true;
  expect(controlReasons(status).pulse).toMatch(/^Hold the presence control/);
  status.interlock.presence.isHeld = true;
  expect(controlReasons(status).pulse).toBe('');
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

test('impedances and loop-back are checked on a connected, safe rig that records nothing', () => {
  expect(checkReasons(rigStatus('live', 'safe'), 'virtual')).toEqual({ impedances: '', loopBack: '' });
  const others = [undefined, rigStatus('recording', 'safe'), rigStatus('live', 'armed'), rigStatus('live', 'tripped')];
  for (const status of others)
    for (const why of Object.values(checkReasons(status, 'virtual'))) expect(why).not.toBe('');
  expect(checkReasons(rigStatus('live', 'tripped'), 'virtual').loopBack).toMatch(/Name the cause/);
});

test('an Intan controller measures while it is not connected, and only then', () => {
  expect(checkReasons(rigStatus('idle', 'safe'), 'intan-rhx').impedances).toBe('');
  expect(checkReasons(rigStatus('idle', 'safe'), 'virtual').impedances).toMatch(/^Connect an experiment/);
  const connected = rigStatus('live', 'safe');
  connected.interlock.hasStimulator = false;
  connected.source.kind = 'intan-rhx';
  expect(checkReasons(connected, 'intan-rhx').impedances).toMatch(/^Disconnect first/);
  connected.source.kind = 'open-ephys';
  expect(checkReasons(connected, 'open-ephys').impedances).toMatch(/in its own program/);
  expect(checkReasons(connected, 'open-ephys').loopBack).toMatch(/only records/);
});
