import { afterEach, expect, test } from 'vitest';
import { rigStatus } from '../dev/scenes.ts';
import { FakePageTime } from '../time/fake-page-time.ts';
import { RigState } from './rig-state.svelte.ts';

const time = new FakePageTime();
let rig = new RigState(time);
afterEach(() => {
  rig.dispose();
  rig = new RigState(time);
});

let moments = 0;
const said = (...[stage, state]: Parameters<typeof rigStatus>) => ({ ...rigStatus(stage, state), hostNs: ++moments });

test('nothing is known before the rig has spoken', () => {
  expect(rig.shownState).toBe('unknown');
  expect(rig.status).toBeUndefined();
});

test('H44: a state is unknown as soon as it is older than a second, and known again with the next word', () => {
  rig.take(said('recording', 'stimulating'));
  time.advance(1000);
  expect(rig.shownState).toBe('stimulating');
  time.advance(100);
  expect(rig.shownState).toBe('unknown');
  expect(rig.status?.interlock.state).toBe('stimulating');
  rig.take(said('recording', 'tripped'));
  expect(rig.shownState).toBe('tripped');
});

test('H44: the same word again and again is silence', () => {
  const status = said('recording', 'armed');
  for (let beat = 0; beat < 20; beat++) {
    rig.take(status);
    time.advance(100);
  }
  expect(rig.shownState).toBe('unknown');
});

test('a change of state is shown at once, changing numbers at most ten times a second', () => {
  rig.take(said('recording', 'armed'));
  time.advance(30);
  const counted = said('recording', 'armed');
  rig.take(counted);
  expect(rig.status).not.toBe(counted);
  time.advance(100);
  expect(rig.status).toBe(counted);
  const tripped = said('recording', 'tripped');
  rig.take(tripped);
  expect(rig.status).toBe(tripped);
});

test('a pressed emergency stop and a missing stop input are shown at once', () => {
  rig.take(said('recording', 'armed'));
  time.advance(30);
  const pressed = said('recording', 'armed');
  pressed.interlock.isEmergencyStopPressed = true;
  rig.take(pressed);
  expect(rig.status).toBe(pressed);
  const missing = structuredClone(pressed);
  Object.assign(missing.interlock, { stopInputs: 'missing' });
  missing.hostNs = ++moments;
  rig.take(missing);
  expect(rig.status).toBe(missing);
});

test('a disposed state asks for no more time', () => {
  const own = new FakePageTime();
  new RigState(own).dispose();
  expect(own.pending).toBe(0);
});
