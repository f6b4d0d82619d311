import { expect, test } from 'vitest';
import type { FaultCode } from '../../common/contract/faults.ts';
import type { RigStatus } from '../../common/contract/rig-status.ts';
import { rigStatus } from '../dev/scenes.ts';
import { FakePageTime } from '../time/fake-page-time.ts';
import { alarmsOf } from './alarm-list.ts';
import { LimitWatch } from './limit-watch.svelte.ts';
import { SourceWatch } from './source-watch.svelte.ts';

/** The parts of a page that alarms are made of, after it has heard `status`. */
function pageWith(status: RigStatus, more: object = {}) {
  const limits = new LimitWatch(new FakePageTime());
  const source = new SourceWatch();
  limits.note(status);
  source.note(status);
  const parts = {
    link: { state: 'open', cure: 'Start it again.' },
    rig: { isKnown: true, status, ageMs: 10 },
    stop: { progress: { kind: 'idle' } },
    status,
    view: 'run',
    source,
    limits,
    ...more,
  };
  return parts as unknown as Parameters<typeof alarmsOf>[0];
}

const told = (...given: Parameters<typeof pageWith>) =>
  alarmsOf(pageWith(...given)).map(({ id, priority }) => `${priority} ${id}`);

function tripped(code: FaultCode): RigStatus {
  const status = rigStatus('live', 'tripped');
  status.interlock.firstCause = { code, message: 'something happened', atSeconds: 0 };
  return status;
}

test('a rig at work without anything unusual is quiet', () => {
  expect(told(rigStatus('recording', 'stimulating'))).toEqual([]);
});

test('H63: a trip is loud in every view that does not show its card, and leads to it', () => {
  for (const view of ['design', 'review', 'help']) expect(told(tripped('imbalance'), { view })).toEqual(['high trip']);
  for (const view of ['run', 'rig']) expect(told(tripped('imbalance'), { view })).toEqual([]);
  const page = pageWith(tripped('imbalance'), { view: 'help' });
  alarmsOf(page)[0]?.button?.press();
  expect(page.view).toBe('run');
});

test('an output that could not be confirmed off is loud in every view', () => {
  for (const view of ['rig', 'run', 'help'])
    expect(told(rigStatus('recording', 'fault'), { view })).toEqual(['high fault']);
});

test('a missing stop input and a limit beyond eighty per cent are of medium priority', () => {
  const status = rigStatus('recording', 'stimulating');
  status.interlock.stopInputs = 'missing';
  status.interlock.limitUse = [
    { limit: 'charge per phase', code: 'charge-per-phase', value: 2.6, bound: 3, unit: 'nC', electrode: 46 },
    { limit: 'amplitude', code: 'amplitude', value: 17, bound: 20, unit: 'µA', electrode: 46 },
    { limit: 'pulse rate', code: 'electrode-rate', value: 10, bound: 50, unit: 'Hz', electrode: 46 },
  ];
  expect(told(status)).toEqual(['medium stop-input', 'medium limit']);
  const detail = alarmsOf(pageWith(status)).at(-1)?.detail.replaceAll('\u00a0', ' ');
  expect(detail).toBe('charge per phase, E46: 87 %, and 1 more.');
});

test('a missing trigger input is told, and nothing that is worse', () => {
  const status = rigStatus('recording', 'stimulating');
  status.triggerInputs = 'missing';
  expect(told(status)).toEqual(['medium trigger-input']);
  status.triggerInputs = 'ready';
  expect(told(status)).toEqual([]);
});

test('a limit that is near says at which part of it that begins', () => {
  const status = rigStatus('recording', 'stimulating');
  const near = (code: 'temperature-rise' | 'amplitude') => {
    status.interlock.limitUse = [{ limit: 'a limit', code, value: 90, bound: 100, unit: '' }];
    return alarmsOf(pageWith(status))[0]?.what.replaceAll('\u00a0', ' ');
  };
  expect(near('amplitude')).toBe('More than 80 % of a limit is in use');
  expect(near('temperature-rise')).toBe('More than 50 % of a limit is in use');
});

test('what is high comes before what is medium', () => {
  const status = rigStatus('recording', 'fault');
  status.interlock.stopInputs = 'missing';
  status.source.closedReason = 'unplugged';
  expect(told(status)).toEqual(['high fault', 'high source-closed', 'medium stop-input']);
});

test('H44: a silent rig is told as such, and what it said of limits and inputs is no alarm of now', () => {
  const status = rigStatus('recording', 'stimulating');
  status.interlock.stopInputs = 'missing';
  status.interlock.limitUse = [{ limit: 'amplitude', code: 'amplitude', value: 19, bound: 20, unit: 'µA' }];
  const silent = { rig: { isKnown: false, status, ageMs: 1400 }, status: undefined };
  expect(told(status, silent)).toEqual(['high silent']);
  expect(told(status, { ...silent, link: { state: 'lost', cure: '' } })).toEqual(['high connection']);
});

test('H45: a stop that nobody confirms is loud', () => {
  const overdue = { stop: { progress: { kind: 'sent', sends: 9, isOverdue: true } } };
  expect(told(rigStatus('recording', 'stopping'), overdue)).toEqual(['high stop']);
});
