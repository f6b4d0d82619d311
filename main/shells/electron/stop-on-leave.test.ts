import { expect, test, vi } from 'vitest';
import { powerMonitor } from './fake-electron.ts';
import { stopOnLeave } from './stop-on-leave.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

test('H86: a locked screen, another user, sleep and shutdown stop, until it is disposed of', () => {
  const onStop = vi.fn();
  const watching = stopOnLeave(onStop);
  const events = ['lock-screen', 'user-did-resign-active', 'suspend', 'shutdown'];
  for (const event of events) powerMonitor.emit(event);
  expect(onStop).toHaveBeenCalledTimes(events.length);
  watching.dispose();
  for (const event of events) powerMonitor.emit(event);
  expect(onStop).toHaveBeenCalledTimes(events.length);
  expect(powerMonitor.eventNames()).toEqual([]);
});
