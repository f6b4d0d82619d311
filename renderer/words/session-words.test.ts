import { expect, it } from 'vitest';
import { startedWords } from './session-words.ts';

it('shows a start as this computer tells time, and what is no time as it stands', () => {
  expect(startedWords('2026-11-21T14:02:11')).toBe('2026-11-21 14:02:11');
  expect(startedWords('yesterday')).toBe('yesterday');
});
