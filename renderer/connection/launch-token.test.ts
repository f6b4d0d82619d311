import { expect, test } from 'vitest';
import { takeLaunchToken } from './launch-token.ts';

function places(hash: string, search = '') {
  const kept = new Map<string, string>();
  const shown: (string | URL | null | undefined)[] = [];
  return {
    kept,
    shown,
    location: { hash, search, pathname: '/' },
    history: {
      replaceState: (_state: unknown, _title: string, address?: string | URL | null) => void shown.push(address),
    },
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    },
  };
}

test.each([
  ['#token=abc-_1', ''],
  ['', '?token=abc-_1'],
])('the token of an address (%s%s) is taken, removed from sight and kept for a reload', (hash, search) => {
  const first = places(hash, search);
  expect(takeLaunchToken(first)).toBe('abc-_1');
  expect(first.shown).toEqual(['/']);
  const reloaded = { ...places(''), sessionStorage: first.sessionStorage };
  expect(takeLaunchToken(reloaded)).toBe('abc-_1');
  expect(reloaded.shown).toEqual([]);
});

test('without a token there is none', () => {
  expect(takeLaunchToken(places('#run'))).toBe('');
});
