import { expect, test } from 'vitest';
import { keyAction, keyboardMap, type KeyPress } from './key-action.ts';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  repeat: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});

test('Escape stops from everywhere, with any modifier, once for each press', () => {
  for (const isTyping of [false, true])
    for (const more of [{}, { ctrlKey: true }, { altKey: true }, { metaKey: true }])
      expect(keyAction(press('Escape', more), isTyping, false)).toEqual({ action: 'stop' });
  expect(keyAction(press('Escape', { repeat: true }), false, false)).toBeUndefined();
});

test('nothing else is taken from what one types, nor from the shortcuts of the browser', () => {
  for (const key of ['1', ' ', 'n', 'f', 'l', 'p', '?']) {
    expect(keyAction(press(key), true, true)).toBeUndefined();
    expect(keyAction(press(key, { ctrlKey: true }), false, true)).toBeUndefined();
  }
});

test('numbers lead to the views', () => {
  expect(['1', '2', '3', '4', '5', '6'].map((key) => keyAction(press(key), false, false))).toEqual([
    { action: 'view', view: 'rig' },
    { action: 'view', view: 'design' },
    { action: 'view', view: 'run' },
    { action: 'view', view: 'review' },
    { action: 'view', view: 'network' },
    { action: 'view', view: 'help' },
  ]);
});

test('Space marks while recording and is an ordinary key otherwise', () => {
  expect(keyAction(press(' '), false, true)).toEqual({ action: 'mark' });
  expect(keyAction(press(' '), false, false)).toBeUndefined();
});

test('H65: P is the presence control, in either case, and the map says so', () => {
  for (const key of ['p', 'P']) expect(keyAction(press(key), false, true)).toEqual({ action: 'presence' });
  expect(keyAction(press('p', { repeat: true }), false, true)).toBeUndefined();
  expect(keyboardMap.some(({ keys }) => keys === 'P held')).toBe(true);
});
