import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry, AuditNote } from '../../../common/audit/audit-entry.ts';
import type { AuditFiles } from '../../../common/audit/audit-files.ts';
import { segmentMaxBytes } from '../../../common/audit/segment.ts';
import { privateKeyFileName, publicKeyFileName } from '../../../common/audit/station-files.ts';
import { summariseAudit } from '../../../common/audit/summarise-audit.ts';
import { FakeClock } from '../../../common/base/clock.ts';
import { verifySignature } from './audit-key.ts';
import { AuditWriter } from './audit-writer.ts';

let station = '';
let clock = new FakeClock();
let boots = 0;
const open: AuditWriter[] = [];
beforeEach(() => {
  station = mkdtempSync(join(tmpdir(), 'exocortex-audit-'));
  clock = new FakeClock(5e9);
});
afterEach(() => {
  for (const writer of open.splice(0)) writer.close();
  rmSync(station, { recursive: true, force: true });
});

function openWriter(build = '0.1.0'): AuditWriter {
  const writer = new AuditWriter({
    folder: station,
    boot: `boot-${++boots}`,
    build,
    nowNs: () => clock.nowNs(),
    wall: () => new Date(Date.UTC(2026, 10, 25) + clock.nowNs() / 1e6).toISOString(),
  });
  open.push(writer);
  return writer;
}

function close(writer: AuditWriter): void {
  open.splice(open.indexOf(writer), 1);
  writer.close();
}

const inLog = (name: string) => join(station, 'audit', name);
const note = (event: AuditNote['event'], detail: AuditNote['detail'] = {}, actor = 'rig') => ({ event, detail, actor });
const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');
const names = () => readdirSync(join(station, 'audit')).sort();
const files: AuditFiles = { names, read: (name) => [readFileSync(inLog(name))] };
const tools = {
  sha256,
  verifySignature,
  sha256OfBytes: (chunks: Iterable<Uint8Array>) => sha256(Buffer.concat([...chunks])),
};
const summary = () => summariseAudit(files, tools);
const entriesOf = (name: string) =>
  readFileSync(inLog(name), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as AuditEntry);
const events = (name: string) => entriesOf(name).map(({ event }) => event);

describe('the audit log', () => {
  it('numbers and chains what it is told, and says who said it, when and under which limits', () => {
    const writer = openWriter('1.2.3');
    expect(writer.mark).toBeUndefined();
    writer.append(note('program-started', { pid: 7 }), true);
    clock.advanceMilliseconds(250);
    const limitsHash = 'd'.repeat(64);
    writer.append({ ...note('arm-requested', {}, 'Marie Curie'), limitsHash, deviceMicroseconds: 42 }, false);
    const [first, second] = entriesOf('000001.jsonl');
    expect(first).toEqual({
      seq: 1,
      hostNs: 5e9,
      boot: `boot-${boots}`,
      wall: '2026-11-25T00:00:05.000Z',
      actor: 'rig',
      role: 'program',
      event: 'program-started',
      detail: { pid: 7 },
      build: '1.2.3',
      prev: '0'.repeat(64),
      hash: first?.hash,
    });
    expect(second).toMatchObject({
      seq: 2,
      hostNs: 5.25e9,
      actor: 'Marie Curie',
      role: 'operator',
      limitsHash,
      deviceMicroseconds: 42,
      prev: first?.hash,
    });
    expect(writer.mark).toEqual({ seq: 2, hash: second?.hash });
    expect(summary()).toMatchObject({ entries: 2, problems: [] });
  });

  it('goes on behind what is there, in a new segment for each start of the program', () => {
    const writer = openWriter();
    writer.append(note('program-started'), true);
    const { mark } = writer;
    close(writer);
    const next = openWriter();
    expect(next.mark?.seq).toBe(2);
    next.append(note('program-started'), true);
    expect(names()).toEqual(['000001.jsonl', '000002.jsonl', 'lock']);
    expect(entriesOf('000002.jsonl')[0]).toMatchObject({ seq: 3 });
    expect(summariseAudit(files, tools, { marks: [{ where: 'session', mark: mark! }] })).toMatchObject({
      entries: 3,
      starts: 2,
      problems: [],
    });
  });

  it('goes on behind starts of the program that wrote nothing', () => {
    const writer = openWriter();
    writer.append(note('program-started'), true);
    close(writer);
    close(openWriter());
    close(openWriter());
    const last = openWriter();
    last.append(note('program-started'), true);
    expect(entriesOf('000004.jsonl')).toMatchObject([{ seq: 3 }]);
    expect(summary()).toMatchObject({ entries: 3, segments: 4, problems: [] });
  });

  it('begins a new segment before one would grow beyond 8 MiB', () => {
    const writer = openWriter();
    const message = 'x'.repeat(900_000);
    for (let entry = 0; entry < 12; entry++) writer.append(note('command-refused', { message }), false);
    expect(names()).toEqual(['000001.jsonl', '000002.jsonl', 'lock']);
    expect(statSync(inLog('000001.jsonl')).size).toBeLessThanOrEqual(segmentMaxBytes);
    expect(summary()).toMatchObject({ entries: 12, segments: 2, problems: [] });
  });

  // Windows has no such modes.
  it.runIf(process.platform !== 'win32')('can be read by its own user alone', () => {
    openWriter().append(note('program-started'), true);
    const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
    expect(modeOf(join(station, 'audit'))).toBe('700');
    for (const path of [inLog('000001.jsonl'), inLog('lock'), join(station, privateKeyFileName)])
      expect(modeOf(path)).toBe('600');
  });
});

describe('checkpoints of the audit log', () => {
  it('are written when entries have waited for a minute, by the next entry or by whoever asks', () => {
    const writer = openWriter();
    writer.append(note('program-started'), false);
    clock.advanceMilliseconds(59_999);
    writer.append(note('rig-connected'), false);
    writer.checkpointIfDue();
    expect(events('000001.jsonl')).toEqual(['program-started', 'rig-connected']);
    clock.advanceMilliseconds(1);
    writer.append(note('rig-disconnected'), false);
    expect(events('000001.jsonl').at(-1)).toBe('checkpoint');
    expect(writer.mark?.seq).toBe(4);
    // Nothing has happened since: nothing is signed.
    clock.advanceMilliseconds(600_000);
    writer.checkpointIfDue();
    expect(writer.mark?.seq).toBe(4);
    writer.append(note('rig-connected'), true);
    clock.advanceMilliseconds(60_000);
    writer.checkpointIfDue();
    expect(writer.mark?.seq).toBe(6);
    expect(summary()).toMatchObject({ checkpoints: 2, unsigned: 0, problems: [] });
  });

  it('are written every 1000 entries, and at the end', () => {
    const writer = openWriter();
    for (let entry = 0; entry < 2001; entry++) writer.append(note('command-refused'), false);
    expect(summary()).toMatchObject({ entries: 2003, checkpoints: 2, unsigned: 1 });
    close(writer);
    expect(summary()).toMatchObject({ entries: 2004, checkpoints: 3, unsigned: 0, problems: [] });
  });

  it('are signed with a key that stays, and of which the public half lies beside it', () => {
    close(openWriter());
    const key = readFileSync(join(station, privateKeyFileName), 'utf8');
    const writer = openWriter();
    writer.append(note('program-started'), false);
    writer.checkpoint();
    expect(readFileSync(join(station, privateKeyFileName), 'utf8')).toBe(key);
    expect(readFileSync(join(station, publicKeyFileName), 'utf8')).toContain('BEGIN PUBLIC KEY');
    const { detail, prev } = entriesOf('000002.jsonl')[1]!;
    const { signature, publicKey } = detail as { signature: string; publicKey: string };
    expect(verifySignature(`exocortex-audit/1\n1\n${prev}`, signature, publicKey)).toBe(true);
    expect(verifySignature(`exocortex-audit/1\n2\n${prev}`, signature, publicKey)).toBe(false);
    expect(verifySignature('', signature, 'no key')).toBe(false);
  });

  it('H73: a key that was lost is made anew, and the log says so', () => {
    const writer = openWriter();
    writer.append(note('program-started'), true);
    close(writer);
    rmSync(join(station, privateKeyFileName));
    const next = openWriter();
    next.append(note('program-started'), true);
    next.checkpoint();
    expect(events('000002.jsonl')).toEqual(['correction', 'program-started', 'checkpoint']);
    expect(summary()).toMatchObject({ checkpoints: 2, problems: [] });
    expect(summary().keys).toHaveLength(2);
  });

  it('H73: are not signed with what is no key', () => {
    close(openWriter());
    for (const content of ['', 'nothing', readFileSync(join(station, publicKeyFileName), 'utf8')]) {
      writeFileSync(join(station, privateKeyFileName), content);
      expect(() => openWriter()).toThrow(/the station's key .*audit-key\.pem cannot be read/);
    }
    expect(existsSync(inLog('lock'))).toBe(false);
  });
});

describe('an audit log that was not closed', () => {
  /** Three entries, and the program is gone. */
  function abandon(): { bytes: Buffer; segment: string } {
    const writer = openWriter();
    for (const event of ['program-started', 'rig-connected', 'arm-confirmed'] as const)
      writer.append(note(event), true);
    const bytes = readFileSync(inLog('000001.jsonl'));
    close(writer);
    writeFileSync(inLog('000001.jsonl'), bytes);
    return { bytes, segment: inLog('000001.jsonl') };
  }

  it('H53: loses nothing of what a kill or a power cut has torn: it is set aside and noted', () => {
    const { bytes, segment } = abandon();
    const lastLine = bytes.lastIndexOf('\n', bytes.length - 2) + 1;
    for (let length = lastLine + 1; length < bytes.length; length += 9) {
      rmSync(join(station, 'audit'), { recursive: true });
      mkdirSync(join(station, 'audit'));
      writeFileSync(segment, bytes.subarray(0, length));
      const writer = openWriter();
      expect(writer.mark?.seq).toBe(3);
      close(writer);
      expect(readFileSync(segment)).toEqual(bytes.subarray(0, lastLine));
      expect(readFileSync(inLog('torn-000003.txt'))).toEqual(bytes.subarray(lastLine, length));
      expect(entriesOf('000002.jsonl')[0]).toMatchObject({
        seq: 3,
        event: 'correction',
        detail: { file: 'torn-000003.txt', bytes: length - lastLine },
      });
      expect(summary()).toMatchObject({ tornEnds: 1, problems: [] });
    }
  });

  it('H53: sets aside what a power cut has filled with zeros, and what is behind it', () => {
    const { bytes, segment } = abandon();
    const torn = Buffer.concat([Buffer.alloc(600), Buffer.from('}\n{"act')]);
    writeFileSync(segment, Buffer.concat([bytes, torn]));
    openWriter().append(note('program-started'), true);
    expect(readFileSync(segment)).toEqual(bytes);
    expect(readFileSync(inLog('torn-000004.txt'))).toEqual(torn);
    expect(summary()).toMatchObject({ entries: 5, tornEnds: 1, problems: [] });
  });

  it('H53: notes a torn end once, however often the program is killed while it sets it aside', () => {
    const { bytes, segment } = abandon();
    // Killed when the copy was made and the end not yet cut off, then when the correction was being written.
    writeFileSync(segment, Buffer.concat([bytes, Buffer.from('{"torn')]));
    writeFileSync(inLog('torn-000004.txt'), '{"torn');
    close(openWriter());
    const correction = readFileSync(inLog('000002.jsonl'));
    writeFileSync(inLog('000002.jsonl'), correction.subarray(0, 30));
    close(openWriter());
    expect(readFileSync(inLog('torn-000004.txt'), 'utf8')).toBe(`{"torn{"torn${correction.subarray(0, 30).toString()}`);
    openWriter().append(note('program-started'), true);
    expect(events('000003.jsonl')).toEqual(['correction', 'checkpoint']);
    expect(summary()).toMatchObject({ entries: 6, segments: 4, tornEnds: 1, problems: [] });
  });

  it('H73: is not gone on with when its newest segment was changed', () => {
    const { bytes, segment } = abandon();
    const text = bytes.toString();
    writeFileSync(segment, text.replace('rig-connected', 'rig-disconnected'));
    expect(() => openWriter()).toThrow(
      'the audit log is damaged at 000001.jsonl:2: entry 2 was changed: its content has another hash',
    );
    writeFileSync(segment, text.split('\n').toSpliced(1, 1).join('\n'));
    expect(() => openWriter()).toThrow('at 000001.jsonl:2: entry 3 stands behind entry 1');
    writeFileSync(segment, Uint8Array.of(0xff, 0x0a));
    expect(() => openWriter()).toThrow('at 000001.jsonl:1: this is not an entry of an audit log');
    expect(existsSync(inLog('lock'))).toBe(false);
  });
});

describe('an audit log that cannot be written', () => {
  it('says so at once when its folder is a file, and leaves no lock', () => {
    writeFileSync(join(station, 'audit'), '');
    expect(() => openWriter()).toThrow('EEXIST');
  });

  it('refuses an entry that is too long, and everything after it', () => {
    const writer = openWriter();
    writer.append(note('program-started'), true);
    expect(() => writer.append(note('command-refused', { message: 'x'.repeat(1 << 20) }), true)).toThrow(
      /^an entry of \d+ bytes is too long for the audit log, which takes 1048576$/,
    );
    expect(() => writer.append(note('rig-connected'), false)).toThrow(
      'the audit log has failed before: Error: an entry',
    );
    expect(() => writer.checkpoint()).toThrow('failed before');
    open.splice(0);
    expect(() => writer.close()).toThrow('failed before');
    expect(existsSync(inLog('lock'))).toBe(false);
    expect(summary()).toMatchObject({ entries: 1, problems: [] });
  });

  it('never writes over a segment', () => {
    const writer = openWriter();
    writer.append(note('program-started'), true);
    appendFileSync(inLog('000002.jsonl'), 'somebody else’s');
    const message = 'x'.repeat(900_000);
    expect(() => {
      for (let entry = 0; entry < 10; entry++) writer.append(note('command-refused', { message }), false);
    }).toThrow('EEXIST');
    open.splice(0);
    expect(() => writer.close()).toThrow('failed before');
    expect(readFileSync(inLog('000002.jsonl'), 'utf8')).toBe('somebody else’s');
  });
});

describe('two programs on one station', () => {
  it('do not both write the log', () => {
    const writer = openWriter();
    const lock = JSON.parse(readFileSync(inLog('lock'), 'utf8')) as object;
    // Another program, which runs: the parent of this one.
    writeFileSync(inLog('lock'), JSON.stringify({ ...lock, pid: process.ppid, boot: 'other' }));
    expect(() => openWriter()).toThrow(`another Exocortex is running on this station (process ${process.ppid})`);
    writer.append(note('program-started'), true);
    close(writer);
    expect(existsSync(inLog('lock'))).toBe(true);
    renameSync(inLog('lock'), inLog('unlocked'));
    openWriter().append(note('program-started'), true);
    expect(summary()).toMatchObject({ entries: 3, problems: [] });
  });
});
