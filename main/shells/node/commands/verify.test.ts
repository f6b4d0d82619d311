import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuditDetail, AuditEvent } from '../../../../common/audit/audit-entry.ts';
import { publicKeyFileName } from '../../../../common/audit/station-files.ts';
import {
  frameHeaderBytes,
  framedBytes,
  journalFileHeader,
  sealFrame,
  writeFrameHeader,
} from '../../../../common/journal/frame.ts';
import { recordType } from '../../../../common/journal/records.ts';
import type { AuditMark } from '../../../../common/journal/session-documents.ts';
import { isSealed } from '../../../../common/journal/session-manifest.ts';
import { AuditWriter } from '../../../rig/recording/audit-writer.ts';
import { signOff } from '../../../application/sign-off.ts';
import { writeNote } from '../../../application/write-note.ts';
import { FileHash } from '../../../rig/recording/file-hash.ts';
import { sealSession } from '../../../rig/recording/seal-session.ts';
import type { ShellSetting } from '../shell-setting.ts';
import { verify } from './verify.ts';

const made = mkdtempSync(join(tmpdir(), 'exocortex-verify-'));
const original = join(made, 'original');
const copy = join(made, 'copy');
const inCopy = (...names: string[]) => join(copy, ...names);
const segment = inCopy('station', 'audit', '000001.jsonl');
const session = inCopy('session');

/** A journal that opens and closes, with two marks of the audit log, sealed; or that was killed before it closed. */
function writeSession(
  folder: string,
  begin: AuditMark | undefined,
  end: AuditMark | undefined,
  log: AuditWriter,
  how: 'closed' | 'killed' = 'closed',
): void {
  const opening = { session: 's', limits: { hash: 'ab'.repeat(32) }, audit: begin };
  const documents = [
    { type: recordType.opening, document: opening },
    ...(how === 'killed'
      ? []
      : [{ type: recordType.closing, document: { reason: 'completed', audit: end } as object }]),
  ];
  const frames = documents.map(({ type, document }, sequence) => {
    const payload = Buffer.from(JSON.stringify(document));
    const bytes = new Uint8Array(framedBytes(payload.length));
    const view = new DataView(bytes.buffer);
    writeFrameHeader(view, 0, type, payload.length, sequence, 0);
    bytes.set(payload, frameHeaderBytes);
    sealFrame(bytes, view, 0, crc32);
    return bytes;
  });
  mkdirSync(folder);
  const files = [
    ['journal.exj', Buffer.concat([journalFileHeader(), ...frames])],
    ['session.json', Buffer.from(JSON.stringify(opening, undefined, 2))],
  ] as const;
  for (const [name, content] of files) writeFileSync(join(folder, name), content);
  if (how === 'closed') sealSession({ folder, session: 's', files: digestsOf(folder) }, log);
}

const digestsOf = (folder: string) =>
  readdirSync(folder)
    .filter(isSealed)
    .map((name) => {
      const hash = new FileHash(name);
      hash.add(readFileSync(join(folder, name)));
      return hash.digest();
    });

beforeAll(() => {
  const station = join(original, 'station');
  let nowNs = 1e9;
  const time = { nowNs: () => (nowNs += 1e6), wall: () => '2026-11-25T10:00:00.000Z' };
  const writer = new AuditWriter({ folder: station, boot: 'b', build: '0.1.0', ...time });
  const note = (event: AuditEvent) => writer.append({ event, detail: {}, actor: 'rig' }, true);
  note('program-started');
  note('rig-connected');
  const begin = writer.mark;
  note('session-started');
  note('session-ended');
  const end = writer.mark;
  writeSession(join(original, 'session'), begin, end, writer);
  note('program-ended');
  writer.close();
});
beforeEach(() => {
  rmSync(copy, { recursive: true, force: true });
  cpSync(original, copy, { recursive: true });
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

function run(folders: string[], { isJson = false, stationFolder = inCopy('station') } = {}) {
  const printed: string[] = [];
  const errors: string[] = [];
  const setting = {
    platform: { stationFolder },
    print: (text: string) => printed.push(text),
    printError: (text: string) => errors.push(text),
  } as unknown as ShellSetting;
  const code = verify(setting, folders, isJson);
  return { code, words: printed.join('\n'), errors };
}

interface Result {
  ok: boolean;
  problems: { where: string; what: string; cure: string }[];
  sessions: { ok: boolean }[];
  brokenAt?: object;
}
const json = (folders: string[]) => {
  const { code, words } = run(folders, { isJson: true });
  return { code, result: JSON.parse(words) as Result };
};

describe('exocortex verify', () => {
  it('says that the station of this computer holds, one line per check', () => {
    const { code, words, errors } = run([]);
    expect({ code, errors }).toEqual({ code: 0, errors: [] });
    expect(words.split('\n')).toEqual([
      `audit log     ${inCopy('station', 'audit')}`,
      'chain         unbroken: 7 entries in 1 segment, 1 start of the program',
      'checkpoints   1 signed by 1 key (the station’s key lies beside the log), 0 entries not signed yet',
      'torn ends     none',
      'interlock     left safe',
      '',
      'Everything holds.',
    ]);
  });

  it('verifies sessions against the log of their station, in words and as JSON', () => {
    const { code, words } = run([session]);
    expect(code).toBe(0);
    expect(words).toContain(`session       ${session}`);
    expect(words).toContain('  ended       closed orderly: completed');
    expect(words).toContain('  journal     whole: 2 records');
    expect(words).toContain('  manifest    signed, names 2 files');
    expect(words).toContain('  audit marks 3 of 3 in the log');
    for (const log of [inCopy('station'), inCopy('station', 'audit')]) {
      expect(json([log, session])).toEqual({
        code: 0,
        result: expect.objectContaining({
          ok: true,
          entries: 7,
          segments: 1,
          checkpoints: 1,
          interlock: 'safe',
          problems: [],
          sessions: [expect.objectContaining({ folder: session, ok: true, records: 2, deliveries: 0 })],
        }),
      });
    }
  });

  it('H73: names the file and the line of an entry that was changed', () => {
    writeFileSync(segment, readFileSync(segment, 'utf8').replace('rig-connected', 'rig-disconnected'));
    const { code, result } = json([]);
    expect(code).toBe(1);
    expect(result).toMatchObject({
      ok: false,
      brokenAt: { file: '000001.jsonl', line: 2 },
      problems: [{ where: '000001.jsonl:2', what: 'entry 2 was changed: its content has another hash' }],
    });
    const { words } = run([]);
    expect(words).toContain('chain         BROKEN at 000001.jsonl:2: 6 entries');
    expect(words).toContain('1 problem: this does NOT hold.');
  });

  it('H73: finds by a session that the log of its station was cut', () => {
    const lines = readFileSync(segment, 'utf8').split('\n');
    writeFileSync(segment, `${lines.slice(0, 3).join('\n')}\n`);
    expect(run([]).code).toBe(0);
    const { code, result } = json([session]);
    expect(code).toBe(1);
    expect(result.sessions).toMatchObject([{ ok: false }]);
    expect(result.problems).toMatchObject([
      { where: `${join(session, 'journal.exj')}, closing record`, what: expect.stringContaining('it was cut') },
      { where: join(session, 'manifest.json'), what: expect.stringContaining('it was cut') },
    ]);
    expect(run([session]).words).toContain('  audit marks 1 of 3 in the log');
  });

  it('H73: finds by the key beside the log that another station signed', () => {
    const other = join(copy, 'other');
    new AuditWriter({
      folder: other,
      boot: 'c',
      build: '0.1.0',
      nowNs: () => 1,
      wall: () => '2026-11-25T10:00:00Z',
    }).close();
    for (const key of [readFileSync(join(other, publicKeyFileName)), 'no key']) {
      writeFileSync(inCopy('station', publicKeyFileName), key);
      expect(json([])).toMatchObject({
        code: 1,
        result: { problems: [{ what: 'it was not signed with the key of this station' }] },
      });
    }
    rmSync(inCopy('station', publicKeyFileName));
    expect(run([])).toMatchObject({
      code: 0,
      words: expect.stringContaining('no public key of the station lies beside'),
    });
  });

  it('finds sessions that were changed or are not whole', () => {
    const document = join(session, 'session.json');
    writeFileSync(document, readFileSync(document, 'utf8').replace('"s"', '"t"'));
    expect(json([session])).toMatchObject({ code: 1, result: { ok: false, sessions: [{ ok: false }] } });
    rmSync(document);
    expect(json([session]).result.problems[0]?.what).toBe('the file is missing or not JSON');
    const journal = join(session, 'journal.exj');
    const bytes = readFileSync(journal);
    writeFileSync(journal, bytes.with(60, 1));
    expect(run([session]).words).toContain('  journal     NOT whole: 1 record');
    writeFileSync(document, readFileSync(join(original, 'session', 'session.json')));
    rmSync(journal);
    expect(json([session]).result.problems).toMatchObject([
      { where: journal, what: 'the journal is missing' },
      { where: join(session, 'manifest.json'), what: 'journal.exj is missing' },
    ]);
  });

  it('H73: finds a byte that the journal’s own checksums do not cover, and a manifest that is gone', () => {
    const document = join(session, 'session.json');
    // The same content for a reader of JSON.
    appendFileSync(document, ' ');
    expect(json([session]).result.problems).toMatchObject([{ what: expect.stringContaining('session.json has ') }]);
    rmSync(join(session, 'manifest.json'));
    const { code, result } = json([session]);
    expect(code).toBe(1);
    expect(result.problems).toMatchObject([
      { what: expect.stringContaining('the session ended orderly, but nothing') },
    ]);
    expect(run([session]).words).toContain('  manifest    NONE: nothing is signed, though');
  });

  it('says which files were made after the seal, as those of a session that ended with the program are', () => {
    for (const name of ['summary.json', 'session.nwb']) writeFileSync(join(session, name), '{}');
    const { code, words } = run([session]);
    expect(code).toBe(0);
    expect(words).toContain('  manifest    signed, names 2 files; NOT signed, made later: session.nwb, summary.json (');
    expect(json([session]).result.sessions).toMatchObject([
      { sealedFiles: 2, unsignedFiles: ['session.nwb', 'summary.json'], closed: 'completed' },
    ]);
  });

  it('says of a killed session that nothing was signed, and after its recovery, when and by whose hand it was', () => {
    rmSync(session, { recursive: true });
    const time = { nowNs: () => 2e12, wall: () => '2026-11-25T11:00:00Z' };
    const log = new AuditWriter({ folder: inCopy('station'), boot: 'k', build: '0.1.0', ...time });
    writeSession(session, log.mark, undefined, log, 'killed');
    expect(run([session])).toMatchObject({
      code: 1,
      words: expect.stringContaining('  ended       NOT closed: it was'),
    });
    expect(run([session]).words).toContain('  manifest    NONE: the session was not closed, so nothing was signed\n');
    writeFileSync(join(session, 'recovered.json'), '{}');
    expect(run([session]).words).toContain('so nothing was signed; what was recovered since is not signed\n');
    sealSession({ folder: session, session: 's', files: digestsOf(session) }, log);
    log.close();
    const { code, result } = json([session]);
    expect(run([session]).words).toContain('  manifest    signed after the session was recovered, names 3 files\n');
    // The journal is as it was left.
    expect({ code, closed: result.sessions[0] }).toMatchObject({ code: 1, closed: { ok: false, sealedFiles: 3 } });
    expect(result.sessions[0]).not.toHaveProperty('closed');
  });

  it('H73: finds a note that was taken away behind all others, and a signature under other files', async () => {
    const time = { nowNs: () => 2e12, wall: () => '2026-11-25T11:00:00Z' };
    const log = new AuditWriter({ folder: inCopy('station'), boot: 'n', build: '0.1.0', ...time });
    const noteInAudit = (event: AuditEvent, detail: AuditDetail, actor: string) =>
      Promise.resolve(log.append({ event, detail, actor }, true));
    const around = { noteInAudit, onWritten: () => {}, warn: (text: string) => expect.fail(text) };
    const note = { fromSeconds: 0, toSeconds: 1, label: 'burst', text: '', author: 'Ada' };
    await writeNote(session, 's', note, around);
    const digest = () => Promise.resolve({ result: { session: 's', files: digestsOf(session) } });
    const request = { folder: session, verdict: 'accepted', statement: '', author: 'Ada' } as const;
    expect(await signOff(request, { ...around, digest })).toMatchObject({ answer: { number: 2, label: 'accepted' } });
    log.close();
    expect(run([session])).toMatchObject({ code: 0, words: expect.stringContaining('2 notes, 1 signature among') });
    const notes = join(session, 'notes.jsonl');
    const lines = readFileSync(notes, 'utf8').split('\n');
    writeFileSync(notes, `${lines[0]}\n`);
    expect(json([session]).result.problems).toMatchObject([
      { where: notes, what: 'note 2, which the audit log names, is not in the file as it was written' },
    ]);
    writeFileSync(notes, lines.join('\n'));
    const again = new AuditWriter({ folder: inCopy('station'), boot: 'o', build: '0.1.0', ...time });
    writeFileSync(join(session, 'summary.json'), '{}');
    sealSession({ folder: session, session: 's', files: digestsOf(session) }, again);
    again.close();
    expect(json([session]).result.problems).toMatchObject([
      { where: `${notes}, note 2`, what: 'the files were sealed again after Ada had signed them off' },
    ]);
  });

  it('nobody signs off what has changed since it was recorded', async () => {
    appendFileSync(join(session, 'session.json'), ' ');
    const around = {
      noteInAudit: () => expect.fail('nothing is signed'),
      onWritten: () => {},
      warn: (text: string) => expect.fail(text),
      digest: () => Promise.resolve({ result: { session: 's', files: digestsOf(session) } }),
    };
    const request = { folder: session, verdict: 'accepted', statement: '', author: 'Ada' } as const;
    expect(await signOff(request, around)).toMatchObject({
      refusal: { what: expect.stringContaining('session.json') },
    });
    rmSync(join(session, 'manifest.json'));
    expect(await signOff(request, around)).toMatchObject({
      refusal: { what: 'this session has no signed manifest', cure: expect.stringContaining('Recover it') },
    });
  });

  it('tells what is latched, and what was set aside', () => {
    const time = { nowNs: () => 2e12, wall: () => '2026-11-25T11:00:00Z' };
    const writer = new AuditWriter({ folder: inCopy('station'), boot: 'd', build: '0.1.0', ...time });
    writer.append({ event: 'trip', detail: { code: 'late-tick', message: 'Late.' }, actor: 'rig' }, true);
    writer.append({ event: 'state', detail: { from: 'safe', to: 'tripped' }, actor: 'rig' }, true);
    writer.close();
    writeFileSync(inCopy('station', 'audit', '000003.jsonl'), '{"torn');
    expect(run([]).words).toContain('the file ends inside an entry');
    new AuditWriter({ folder: inCopy('station'), boot: 'e', build: '0.1.0', ...time }).close();
    const { code, words } = run([]);
    expect(code).toBe(0);
    expect(words).toContain('torn ends     1 set aside');
    expect(words).toContain('interlock     left tripped, latched: late-tick');
  });

  it('ends with 2 when there is nothing to verify, and says what to name', () => {
    const empty = inCopy('empty');
    mkdirSync(empty);
    expect(run([empty])).toMatchObject({
      code: 2,
      errors: [expect.stringContaining('neither a session nor an audit log')],
    });
    expect(run([join(copy, 'nowhere')]).code).toBe(2);
    expect(run([], { stationFolder: empty })).toMatchObject({
      code: 2,
      errors: [
        `There is no audit log in ${join(empty, 'audit')}. Name the folder of the station: it holds a folder audit.`,
      ],
    });
    expect(run([inCopy('station'), inCopy('station', 'audit')]).errors[0]).toContain('2 audit logs');
    expect(run([segment])).toMatchObject({ code: 2, errors: [expect.stringContaining('ENOTDIR')] });
  });
});
