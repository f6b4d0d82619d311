// The keys that stop from everywhere are held while they are needed, and it is said when they are not to be had.
import { afterEach, expect, test, vi } from 'vitest';
import { app, globalShortcut, written } from './fake-electron.ts';
import { globalStopKeys, prepareGlobalStop, registerGlobalStop } from './global-stop.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

afterEach(() => globalShortcut.takenElsewhere.clear());

test('H43: the keys stop in the turn that brings them, whoever has the keyboard', () => {
  const onStop = vi.fn();
  const held = registerGlobalStop(onStop);
  written.shortcuts.get(globalStopKeys)?.();
  expect(onStop).toHaveBeenCalledOnce();
  if ('dispose' in held) held.dispose();
});

test('the keys are given back once', () => {
  const held = registerGlobalStop(() => {});
  expect(written.shortcuts.has(globalStopKeys)).toBe(true);
  if ('dispose' in held) held.dispose();
  expect(written.shortcuts.size).toBe(0);
});

test('keys that another program has taken are named', () => {
  globalShortcut.takenElsewhere.add(globalStopKeys);
  expect(registerGlobalStop(() => {})).toEqual({
    unsupported:
      'The keys Control+Shift+Space do not stop outside of the window: the system or another program has them.',
  });
  expect(written.shortcuts.size).toBe(0);
});

test('desktops under Wayland are asked for the keys', () => {
  prepareGlobalStop();
  expect(app.commandLine.switches).toEqual([['enable-features', 'GlobalShortcutsPortal']]);
});
