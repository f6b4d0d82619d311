import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecoveryReport } from '../common/journal/analysis-message.ts';
import type { SessionSummary } from '../common/journal/session-summary.ts';
import { sessionFixture, writeSessionFixture } from './journal/session.fixture.ts';
import { temporaryFolder } from './journal/temporary-folder.fixture.ts';
import { NwbReader } from './nwb/nwb-reader.fixture.ts';
import { recoverSession } from './recover.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.dispose());

const inFolder = (name: string) => join(folder.path, name);
const journalHash = () =>
  createHash('sha256')
    .update(readFileSync(inFolder('journal.exj')))
    .digest('hex');
const readJson = <T>(name: string) => JSON.parse(readFileSync(inFolder(name), 'utf8')) as T;

describe('recovering a session', () => {
  it('restores everything up to the last whole frame of a killed session, and leaves the journal as it is', async () => {
    const session = sessionFixture({ ticks: 300, isClosed: false });
    const { bytes, frameStarts } = session.journal;
    const cut = (frameStarts.at(-1) ?? 0) + 21;
    writeSessionFixture(folder.path, session, bytes.subarray(0, cut));
    const before = journalHash();
    const report = await recoverSession(folder.path);
    expect(journalHash()).toBe(before);
    expect(report).toMatchObject({
      isWhole: false,
      sessionFile: 'kept',
      ticks: 299,
      samples: 6000,
      seconds: 0.3,
      journal: { validBytes: cut - 21, tornBytes: 21, damaged: [] },
    });
    expect(report.words).toContain('21 bytes');
    expect(readJson<RecoveryReport>('recovered.json')).toEqual(report);
    expect(readJson<SessionSummary>('summary.json')).toMatchObject({
      complete: false,
      reason: 'interrupted',
      ticks: 299,
    });
    const nwb = new NwbReader(inFolder('session.nwb'));
    expect(nwb.shape('/acquisition/raw/data')).toEqual([6000, 16]);
    nwb.dispose();
  });

  it('says that a session which was closed orderly is whole', async () => {
    writeSessionFixture(folder.path, sessionFixture({ ticks: 60 }));
    const report = await recoverSession(folder.path);
    expect(report).toMatchObject({ isWhole: true, sessionFile: 'kept' });
    expect(report.words).toContain('The session is whole');
    expect(await recoverSession(folder.path)).toEqual(report);
  });

  it('passes over damage in the middle and says how much it cost', async () => {
    const session = sessionFixture({ ticks: 60 });
    const { bytes, frameStarts } = session.journal;
    const [from = 0, to = 0] = [frameStarts[80], frameStarts[90]];
    writeSessionFixture(folder.path, session, bytes.fill(0xee, from, to));
    const report = await recoverSession(folder.path);
    expect(report.journal.damaged).toEqual([{ fromByte: from, toByte: to, firstLostSequence: 80, framesLost: 10 }]);
    expect(report.isWhole).toBe(false);
    expect(report.words).toContain('10 records in 1 damaged stretches');
    expect(report.samplesUnreadable).toBe(1200 - report.samples);
    expect(report.samplesUnreadable).toBeGreaterThan(0);
  });

  it('rebuilds session.json from the journal when it is missing, damaged or of another session', async () => {
    const session = sessionFixture({ ticks: 30 });
    writeSessionFixture(folder.path, session);
    rmSync(inFolder('session.json'));
    expect(await recoverSession(folder.path)).toMatchObject({ sessionFile: 'rebuilt' });
    expect(existsSync(inFolder('session.json.damaged'))).toBe(false);
    expect(readJson('session.json')).toEqual(session.opening);

    for (const damaged of [
      JSON.stringify(session.opening).slice(0, 500),
      JSON.stringify({ ...session.opening, session: 'another' }),
    ]) {
      writeFileSync(inFolder('session.json'), damaged);
      expect(await recoverSession(folder.path)).toMatchObject({
        sessionFile: 'rebuilt',
        damagedSessionFile: inFolder('session.json.damaged'),
      });
      expect(readJson('session.json')).toEqual(session.opening);
      expect(readFileSync(inFolder('session.json.damaged'), 'utf8')).toBe(damaged);
    }
  });

  it('takes what the session was from session.json when the opening record is damaged', async () => {
    const session = sessionFixture({ ticks: 30 });
    const { bytes } = session.journal;
    bytes[200] = (bytes[200] ?? 0) ^ 8;
    writeSessionFixture(folder.path, session, bytes);
    expect(await recoverSession(folder.path)).toMatchObject({
      session: session.opening.session,
      ticks: 30,
      journal: { framesLost: 1 },
    });

    rmSync(inFolder('session.json'));
    await expect(recoverSession(folder.path)).rejects.toMatchObject({
      message: expect.stringContaining('Neither the opening record'),
      cure: expect.stringContaining('session.json'),
    });
  });
});
