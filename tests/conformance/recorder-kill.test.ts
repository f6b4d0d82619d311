// A program that records is killed at random moments: everything that it was told to be written is in its journal, bit for bit.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { journalFileHeaderBytes, readFrame } from '../../common/journal/frame.ts';
import { journalFileName } from '../../common/journal/session-documents.ts';
import { randomRuns, randomTimeoutMs } from '../support/random-runs.ts';
import { buildKilledProgram } from '../../main/rig/recording/killed-program.fixture.ts';
import { frameContent } from '../../main/rig/recording/recorded-frames.fixture.ts';

const kills = randomRuns(10);
const latestKillMs = 300;
const folder = mkdtempSync(join(tmpdir(), 'exocortex-recorder-kill-'));

beforeAll(() => buildKilledProgram(folder, 'program', 'main/rig/recording/recording-program.fixture.ts'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Kills the program some time after it has told of its first frames. @returns the newest frame that it told of */
async function killAfter(session: string, milliseconds: number): Promise<number> {
  const program = spawn(process.execPath, [join(folder, 'program.js'), session]);
  let [told, errors] = ['', ''];
  program.stdout.on('data', (text: Buffer) => (told += text.toString()));
  program.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  await Promise.race([once(program.stdout, 'data'), once(program, 'close')]);
  await wait(milliseconds);
  const closed = once(program, 'close');
  program.kill('SIGKILL');
  const [, signal] = (await closed) as [number | null, string | null];
  expect(errors).toBe('');
  expect(signal).toBe('SIGKILL');
  // A line that was being written is no word.
  return Number(told.slice(0, told.lastIndexOf('\n')).split('\n').at(-1));
}

/** @returns how many whole frames follow each other from the first one on */
function wholeFrames(journal: Uint8Array): number {
  const view = new DataView(journal.buffer, journal.byteOffset, journal.byteLength);
  let count = 0;
  for (let at = journalFileHeaderBytes; ; count++) {
    const frame = readFrame(journal, view, at, crc32);
    if (typeof frame === 'string') return count;
    expect(frame.sequence).toBe(count);
    expect(Buffer.compare(frame.payload, frameContent(count))).toBe(0);
    at = frame.end;
  }
}

it(
  `loses nothing that was told to be written, and holds whole frames up to its last, in ${kills} kills`,
  { timeout: randomTimeoutMs },
  async () => {
    let acknowledged = 0;
    for (let kill = 0; kill < kills; kill++) {
      const session = join(folder, `session-${kill}`);
      const newest = await killAfter(session, Math.random() * latestKillMs);
      acknowledged += newest + 1;
      expect(wholeFrames(new Uint8Array(readFileSync(join(session, journalFileName))))).toBeGreaterThan(newest);
      rmSync(session, { recursive: true });
    }
    expect(acknowledged).toBeGreaterThan(10 * kills);
    console.log(`${kills} kills, ${acknowledged} acknowledged records, none lost`);
  },
);
