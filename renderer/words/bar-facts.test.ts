import { expect, test } from 'vitest';
import { rigStatus } from '../dev/scenes.ts';
import { RigState } from '../state/rig-state.svelte.ts';
import { FakePageTime } from '../time/fake-page-time.ts';
import { barFacts } from './bar-facts.ts';

const plainSpaces = (text: string) => text.replaceAll('\u00a0', ' ');

function stimulating() {
  const status = rigStatus('recording', 'stimulating');
  Object.assign(status.interlock, {
    isOutputOn: true,
    limitUse: [{ limit: 'charge per phase', value: 1.23, bound: 3, unit: 'nC', electrode: 17 }],
  });
  status.session.elapsedSeconds = 761;
  return status;
}

test('the bar says what is recorded, how near a limit is, and where the emergency stop stands', () => {
  const facts = barFacts(stimulating(), 0);
  expect(facts.recording.word).toBe('REC 00:12:41');
  expect(facts.emergencyStop).toEqual({ word: 'released', tone: 'usual' });
  expect(facts.stopInputs).toEqual({ word: 'ready', tone: 'usual' });
  expect({ ...facts.limit, word: plainSpaces(facts.limit.word) }).toEqual({
    word: '41 %',
    tone: 'usual',
    name: 'charge per phase, E17',
    fraction: 0.41,
  });
});

test('a pressed emergency stop and a missing stop input are told by word and tone', () => {
  const status = stimulating();
  Object.assign(status.interlock, { isEmergencyStopPressed: true, stopInputs: 'missing' });
  const facts = barFacts(status, 0);
  expect(facts.emergencyStop).toEqual({ word: 'PRESSED', tone: 'danger' });
  expect(facts.stopInputs).toEqual({ word: 'MISSING', tone: 'high' });
});

test('H44: when the feed freezes, every fact of the bar is unknown after a second and not before', () => {
  const time = new FakePageTime();
  const rig = new RigState(time);
  const facts = () => Object.values(barFacts(rig.isKnown ? rig.status : undefined, rig.ageMs));
  const status = stimulating();
  status.interlock.outputConfirmedAgoMilliseconds = 0;
  rig.take(status);
  time.advance(1000);
  expect(facts().map(({ tone }) => tone)).not.toContain('unknown');
  time.advance(100);
  for (const fact of facts()) expect(fact).toMatchObject({ word: 'unknown', tone: 'unknown' });
  rig.dispose();
});

test('H44: the emergency stop is unknown when the stimulator has not been heard, though the rig has', () => {
  const status = stimulating();
  status.interlock.outputConfirmedAgoMilliseconds = 900;
  expect(barFacts(status, 100).emergencyStop.word).toBe('released');
  expect(barFacts(status, 101).emergencyStop.word).toBe('unknown');
  status.interlock.isEmergencyStopPressed = null;
  expect(barFacts(status, 0).emergencyStop.word).toBe('unknown');
});

test('a stimulator without a lease has no emergency stop of its own', () => {
  const status = stimulating();
  status.interlock.presence.isDeadMan = true;
  expect(barFacts(status, 0).emergencyStop).toEqual({ word: 'none', tone: 'unknown' });
});

test('without a connection nothing is claimed', () => {
  const facts = barFacts(rigStatus('idle', 'safe'), 0);
  expect(facts.recording).toEqual({ word: 'not recording', tone: 'unknown' });
  expect(facts.emergencyStop.word).toBe('unknown');
  expect(facts.limit.word).toBe('none');
});
