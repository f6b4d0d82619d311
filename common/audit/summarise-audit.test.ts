import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AuditLogFixture, eveningLog, memoryFiles } from './audit-log.fixture.ts';
import { summariseAudit, type SummariseOptions } from './summarise-audit.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const { privateKey, publicKey: publicKeyObject } = generateKeyPairSync('ed25519');
const rawKey = publicKeyObject.export({ format: 'jwk' }).x ?? '';
const publicKey = Buffer.from(rawKey, 'base64url').toString('base64');
const signer = { publicKey, sign: (text: string) => sign(null, Buffer.from(text), privateKey).toString('base64') };
const tools = {
  sha256,
  sha256OfBytes(chunks: Iterable<Uint8Array>) {
    const hash = createHash('sha256');
    for (const chunk of chunks) hash.update(chunk);
    return hash.digest('hex');
  },
  verifySignature: (text: string, signature: string, key: string) =>
    key === publicKey && verify(null, Buffer.from(text), createPublicKey(privateKey), Buffer.from(signature, 'base64')),
};

const log = eveningLog(50, sha256, signer);
const textOf = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
/** The log in three segments. */
const segments = {
  '000001.jsonl': textOf(log.lines.slice(0, 20)),
  '000002.jsonl': textOf(log.lines.slice(20, 35)),
  '000003.jsonl': textOf(log.lines.slice(35)),
};
const newest = log.entries.at(-1)!;
const markOf = (at: number) => ({
  where: `session ${at}`,
  mark: { seq: log.entries[at]!.seq, hash: log.entries[at]!.hash },
});

const summarise = (files: Readonly<Record<string, string | Uint8Array>>, options?: SummariseOptions) =>
  summariseAudit(memoryFiles(files), tools, options);
const found = (files: Readonly<Record<string, string | Uint8Array>>, options?: SummariseOptions) =>
  summarise(files, options).problems.map(({ where, what }) => `${where}: ${what}`);

describe('the summary of an audit log', () => {
  it('counts what is there, across segments', () => {
    const summary = summarise({ ...segments, lock: '{}' }, { stationKey: publicKey, marks: [markOf(8), markOf(49)] });
    expect(summary).toMatchObject({
      entries: 50,
      segments: 3,
      starts: 3,
      checkpoints: 5,
      keys: [publicKey],
      unsigned: 0,
      tornEnds: 0,
      last: newest,
      brokenAt: undefined,
      problems: [],
    });
    expect(summary.lastState).toMatchObject({ state: 'tripped', left: { firstCause: { code: 'late-tick' } } });
    expect(summarise({})).toMatchObject({ entries: 0, segments: 0, last: undefined, problems: [] });
  });

  it('H73: finds every log that was cut behind any entry, by a mark that lies elsewhere', () => {
    for (let length = 0; length < 50; length++) {
      const cut = { '000001.jsonl': textOf(log.lines.slice(0, length)) };
      expect(found(cut)).toEqual([]);
      expect(found(cut, { marks: [markOf(49)] })).toEqual([
        `session 49: entry 50 is not in the log, which ends with entry ${length}: it was cut, or it is another station’s`,
      ]);
    }
  });

  it('H73: finds every log that was cut inside an entry, and names the place', () => {
    for (let length = 0; length < 50; length++) {
      const line = log.lines[length]!;
      for (const bytes of [1, line.length >> 1, line.length]) {
        const cut = { '000001.jsonl': textOf(log.lines.slice(0, length)) + line.slice(0, bytes) };
        const summary = summarise(cut);
        expect(summary.brokenAt).toEqual({ file: '000001.jsonl', line: length + 1 });
        expect(summary.problems).toEqual([
          {
            where: `000001.jsonl:${length + 1}`,
            what: 'the file ends inside an entry',
            cure: expect.stringContaining('start Exocortex once'),
          },
        ]);
      }
    }
  });

  it('H73: finds segments that are gone', () => {
    const { '000001.jsonl': first, '000002.jsonl': second, '000003.jsonl': third } = segments;
    expect(found({ '000002.jsonl': second, '000003.jsonl': third })).toEqual([
      '000001.jsonl: this segment is missing',
      '000002.jsonl:1: the log begins with entry 21: what was before it is missing',
    ]);
    expect(found({ '000001.jsonl': first, '000003.jsonl': third })).toEqual([
      '000002.jsonl: this segment is missing',
      '000003.jsonl:1: entry 36 stands behind entry 20: entries are missing, added or moved',
    ]);
    expect(found({ '000003.jsonl': third })[0]).toBe(
      '000001.jsonl: the segments from here to 000002.jsonl are missing',
    );
    expect(found({ '000001.jsonl': first, '000002.jsonl': second }, { marks: [markOf(49)] })).toHaveLength(1);
  });

  it('H73: finds a log that was written anew, by the key and by the marks', () => {
    const other = generateKeyPairSync('ed25519');
    const stranger = {
      publicKey: 'another key',
      sign: (text: string) => sign(null, Buffer.from(text), other.privateKey).toString('base64'),
    };
    const forged = new AuditLogFixture(sha256);
    while (forged.lines.length < 51) forged.note('reset');
    forged.checkpoint(stranger);
    const trusting = { ...tools, verifySignature: () => true };
    const files = memoryFiles({ '000001.jsonl': textOf(forged.lines) });
    expect(summariseAudit(files, trusting).problems).toEqual([]);
    const { problems } = summariseAudit(files, trusting, { stationKey: publicKey, marks: [markOf(49)] });
    expect(problems.map(({ what }) => what)).toEqual([
      'it was not signed with the key of this station',
      'entry 50 of the log is another one: the log was replaced, or it is another station’s',
    ]);
    expect(summarise({ '000001.jsonl': textOf(forged.lines.slice(0, 3)) }, { stationKey: publicKey }).problems).toEqual(
      [],
    );
  });

  it('H73: a mark of an entry that was changed is not found', () => {
    const lines = log.lines.with(8, log.lines[8]!.replace('"actor":"', '"actor":"x'));
    expect(found({ '000001.jsonl': textOf(lines) }, { marks: [markOf(8)] })).toEqual([
      '000001.jsonl:9: entry 9 was changed: its content has another hash',
      'session 8: entry 9 is not in the log, or was changed there',
    ]);
  });

  it('names lines that are no text', () => {
    const broken = Buffer.concat([Buffer.from(textOf(log.lines.slice(0, 3))), Uint8Array.of(0xff, 0x0a)]);
    expect(found({ '000001.jsonl': broken })).toEqual(['000001.jsonl:4: this is not an entry of an audit log']);
  });

  it('H73: torn ends that were set aside must be there, as they were', () => {
    const torn = new AuditLogFixture(sha256);
    torn.note('program-started');
    torn.note('correction', { file: 'torn-000002.txt', bytes: 5, sha256: sha256('{"act') });
    const files = { '000001.jsonl': textOf(torn.lines) };
    expect(summarise({ ...files, 'torn-000002.txt': '{"act' })).toMatchObject({ tornEnds: 1, problems: [] });
    expect(found({ ...files, 'torn-000002.txt': '{"act ' })).toEqual([
      '000001.jsonl:2: torn-000002.txt is not what was set aside',
    ]);
    expect(found(files)).toEqual(['000001.jsonl:2: torn-000002.txt, a torn end that was set aside, is missing']);
  });
});
