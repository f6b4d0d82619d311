// Recorded sessions in words, and how they are found by text; pure. Runs in the page.
import type { SessionEntry } from '../../common/contract/commands.ts';

const dateTime = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });

/** @returns date and time of day at this computer; what cannot be read as it stands. */
export function startedWords(startedAt: string): string {
  const date = new Date(startedAt);
  return Number.isNaN(date.getTime()) ? startedAt : dateTime.format(date);
}

/** @returns the sessions that hold every word of the text somewhere, in their order. */
export function findSessions(sessions: readonly SessionEntry[], text: string): SessionEntry[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return sessions.filter((session) => {
    const { folder, experiment, subject = '', operator, rules, state, startedAt } = session;
    const all = [folder, experiment, subject, operator, ...rules, state, startedWords(startedAt)]
      .join(' ')
      .toLocaleLowerCase();
    return words.every((word) => all.includes(word));
  });
}
