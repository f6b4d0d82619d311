import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listSessions } from './list-sessions.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-library-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function session(name: string, startedAt: string, summary?: object): string {
  const path = join(folder, name);
  mkdirSync(path);
  writeFileSync(
    join(path, 'session.json'),
    JSON.stringify({
      session: name,
      startedAt,
      operator: 'Curie, Marie',
      checked: {
        experiment: { title: 'Loop', subject: { id: 'culture-7' } },
        network: { projections: [{ plasticity: { rule: 'pair-stdp' } }, {}, { plasticity: { rule: 'pair-stdp' } }] },
      },
    }),
  );
  if (summary !== undefined) writeFileSync(join(path, 'summary.json'), JSON.stringify(summary));
  return path;
}

describe('listSessions', () => {
  it('tells complete, tripped, incomplete, unfinished and running sessions apart, newest first', async () => {
    session('a', '2026-01-01T00:00:00.000+00:00', { complete: true, trips: 0, seconds: 9, deliveries: 4, spikes: 2 });
    session('b', '2026-01-02T00:00:00.000+00:00', { complete: true, trips: 1, seconds: 1 });
    session('c', '2026-01-03T00:00:00.000+00:00', { complete: false, trips: 0, seconds: 1 });
    session('d', '2026-01-04T00:00:00.000+00:00');
    const running = session('e', '2026-01-05T00:00:00.000+00:00');
    const found = await listSessions(folder, running);
    expect(found.map(({ session: id, state }) => [id, state])).toEqual([
      ['e', 'recording'],
      ['d', 'unfinished'],
      ['c', 'incomplete'],
      ['b', 'tripped'],
      ['a', 'complete'],
    ]);
    expect(found.at(-1)).toMatchObject({ seconds: 9, deliveries: 4, spikes: 2, experiment: 'Loop', trips: 0 });
    expect(found[0]).toMatchObject({ subject: 'culture-7', rules: ['pair-stdp'], operator: 'Curie, Marie' });
  });

  it('passes over what is not a session, and a folder that does not exist', async () => {
    mkdirSync(join(folder, 'other'));
    writeFileSync(join(folder, 'file'), '');
    expect(await listSessions(folder, undefined)).toEqual([]);
    expect(await listSessions(join(folder, 'nowhere'), undefined)).toEqual([]);
  });
});
