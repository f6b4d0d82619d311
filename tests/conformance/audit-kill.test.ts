// A program that writes the audit log is killed again and again: what it was told to be durable is there, and the chain goes on.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { summariseAudit } from '../../common/audit/summarise-audit.ts';
import { randomRuns, randomTimeoutMs } from '../support/random-runs.ts';
import { verifySignature } from '../../main/rig/recording/audit-key.ts';
import { AuditWriter } from '../../main/rig/recording/audit-writer.ts';
import { buildKilledProgram } from '../../main/rig/recording/killed-program.fixture.ts';

/** Each number of entries after which it is killed comes twice. */
const kills = randomRuns(24);
const folder = mkdtempSync(join(tmpdir(), 'exocortex-audit-kill-'));
const station = join(folder, 'station');

beforeAll(() => buildKilledProgram(folder, 'appender', 'main/rig/recording/audit-appender.fixture.ts'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Mark {
  seq: number;
  hash: string;
}

/** Kills the program as soon as it has told of `count` entries. @returns every entry that it told of, also meanwhile. */
async function killAfter(program: ChildProcess, count: number): Promise<Mark[]> {
  let told = '';
  let errors = '';
  program.stderr!.on('data', (text: Buffer) => (errors += text.toString()));
  program.stdout!.on('data', (text: Buffer) => {
    told += text.toString();
    if (told.split('\n').length > count) program.kill('SIGKILL');
  });
  const [, signal] = (await once(program, 'close')) as [number | null, string | null];
  expect(errors).toBe('');
  expect(signal).toBe('SIGKILL');
  return told
    .split('\n')
    .slice(0, -1)
    .map((line) => ({ seq: Number(line.split(' ')[0]), hash: line.split(' ')[1] ?? '' }));
}

const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');
const tools = {
  sha256,
  verifySignature,
  sha256OfBytes: (chunks: Iterable<Uint8Array>) => sha256(Buffer.concat([...chunks])),
};
const summarise = (marks: readonly Mark[]) =>
  summariseAudit(
    {
      names: () => readdirSync(join(station, 'audit')),
      read: (name) => [readFileSync(join(station, 'audit', name))],
    },
    tools,
    { marks: marks.map((mark) => ({ where: `entry ${mark.seq}`, mark })) },
  );

describe('a program that is killed while it writes the audit log', () => {
  it(
    'H38: leaves every entry that was durable, a chain that goes on, and an interlock that was not closed',
    { timeout: randomTimeoutMs },
    async () => {
      const durable: Mark[] = [];
      for (let kill = 0; kill < kills; kill++) {
        const program = spawn(process.execPath, [join(folder, 'appender.js'), station, `boot-${kill}`]);
        durable.push(...(await killAfter(program, 1 + ((kill * 7) % 12))));
      }
      // The next start takes over the lock of the last one and sets aside what is torn.
      const boot = 'after';
      const writer = new AuditWriter({
        folder: station,
        boot,
        build: 'test',
        nowNs: () => 0,
        wall: () => '2026-11-25T00:00:00Z',
      });
      writer.append({ event: 'program-started', detail: {}, actor: 'rig' }, true);
      writer.close();
      const summary = summarise(durable);
      expect(durable.length).toBeGreaterThan(kills);
      expect(summary.problems).toEqual([]);
      expect(summary).toMatchObject({ segments: kills + 1, starts: kills + 1 });
      expect(summary.lastState).toMatchObject({
        state: 'stimulating',
        session: 77,
        left: { firstCause: { code: 'unclean-exit' } },
      });
    },
  );
});
