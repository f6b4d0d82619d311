import { expect, test } from 'vitest';
import { keyAction, type KeyPress } from './key-action.ts';

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
  for (const key of ['1', ' ', 'n', 'f', '?']) {
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
    undefined,
    { action: 'view', view: 'help' },
  ]);
});

test('Space marks while recording and is an ordinary key otherwise', () => {
  expect(keyAction(press(' '), false, true)).toEqual({ action: 'mark' });
  expect(keyAction(press(' '), false, false)).toBeUndefined();
});
