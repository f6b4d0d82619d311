import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openOutputJournal } from './output-journal.ts';

function inFolder(body: (path: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'exocortex-output-'));
  try {
    body(join(folder, 'output.jsonl'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));

describe('the journal of the output', () => {
  it('holds each event as soon as it is written, and what was counted whenever the output goes off', () =>
    inFolder((path) => {
      const journal = openOutputJournal(path);
      const enabled = { kind: 'enabled', at: 5, session: 3, leaseExpiry: 100, isDry: false } as const;
      const late = { kind: 'pulse', at: 100, session: 3, sequence: 1, electrode: 2, isDry: false } as const;
      journal.write(enabled);
      expect(linesOf(path)).toEqual([enabled]);
      journal.write({ ...late, firstFemtocoulombs: -5, secondFemtocoulombs: 5 });
      journal.write({ kind: 'lapsed', at: 101, session: 3, leaseExpiry: 100 });
      expect(linesOf(path).at(-1)).toMatchObject({ kind: 'judgement', pulses: 1, pulsesPastLease: 1 });
      journal.write({ kind: 'stopped', at: 102, session: 0, by: 'a test' });
      journal.dispose();
      expect(linesOf(path).map((line) => (line as { kind: string }).kind)).toEqual([
        'enabled',
        'pulse',
        'lapsed',
        'judgement',
        'stopped',
        'judgement',
        'judgement',
      ]);
    }));

  it('is continued, not begun anew, by the next start of the device', () =>
    inFolder((path) => {
      openOutputJournal(path).dispose();
      openOutputJournal(path).dispose();
      expect(linesOf(path)).toHaveLength(2);
    }));
});
