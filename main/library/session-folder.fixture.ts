// Writes folders of sessions with the small files that the library reads, for tests.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionSummary } from '../../common/journal/session-summary.ts';

export interface WrittenSession {
  startedAt?: string;
  subject?: string | null;
  experiment?: string;
  operator?: string;
  rules?: readonly string[];
  /** Left out: the session was not closed. */
  summary?: Partial<SessionSummary>;
}

/** @returns the session's folder */
export function writeSession(sessionsFolder: string, name: string, session: WrittenSession = {}): string {
  const { startedAt = '2026-03-02T14:05:06.250+01:00', subject = 'culture-7', rules = [], summary } = session;
  const { experiment = 'Closed loop', operator = 'Curie, Marie' } = session;
  const folder = join(sessionsFolder, name);
  mkdirSync(folder, { recursive: true });
  const opening = {
    session: `id of ${name}`,
    startedAt,
    operator,
    checked: {
      experiment: { title: experiment, ...(subject === null ? {} : { subject: { id: subject } }) },
      network: { projections: [...rules.map((rule) => ({ plasticity: { rule } })), {}] },
    },
  };
  writeFileSync(join(folder, 'session.json'), JSON.stringify(opening));
  if (summary !== undefined) writeFileSync(join(folder, 'summary.json'), JSON.stringify(summary));
  return folder;
}

export const wellEnded: Partial<SessionSummary> = { complete: true, trips: 0, seconds: 9, deliveries: 4, spikes: 2 };
