import { describe, expect, it } from 'vitest';
import type { SessionEntry } from '../../common/contract/commands.ts';
import { findSessions, startedWords } from './session-words.ts';

const session = (folder: string, more: Partial<SessionEntry>): SessionEntry => ({
  folder,
  session: folder,
  experiment: 'Closed loop',
  operator: 'Curie, Marie',
  rules: [],
  startedAt: '2026-11-21T14:02:11',
  state: 'complete',
  seconds: 1,
  deliveries: 0,
  spikes: 0,
  trips: 0,
  ...more,
});

const sessions = [
  session('a', { subject: 'culture-7', rules: ['pair-stdp'] }),
  session('b', { subject: 'culture-8', state: 'tripped' }),
  session('c', { experiment: 'Reward learning', startedAt: '2026-11-22T09:00:00' }),
];
const found = (text: string) => findSessions(sessions, text).map(({ folder }) => folder);

describe('sessions found by text', () => {
  it('hold every word somewhere: subject, rule, state, experiment, operator or date', () => {
    expect(found('')).toEqual(['a', 'b', 'c']);
    expect(found('CULTURE')).toEqual(['a', 'b']);
    expect(found('culture stdp')).toEqual(['a']);
    expect(found('tripped')).toEqual(['b']);
    expect(found('reward curie')).toEqual(['c']);
    expect(found('2026-11-22')).toEqual(['c']);
    expect(found('culture reward')).toEqual([]);
  });

  it('show their start as this computer tells time, and what is no time as it stands', () => {
    expect(startedWords('2026-11-21T14:02:11')).toBe('2026-11-21 14:02:11');
    expect(startedWords('yesterday')).toBe('yesterday');
  });
});
