import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AuditLogFixture, eveningLog, memoryFiles, type Signer } from './audit-log.fixture.ts';
import type { AuditEntry } from './audit-entry.ts';
import { ChainCheck, type ChainFunctions, type ChainProblem } from './check-chain.ts';
import { sealEntry } from './seal-entry.ts';
import { summariseAudit } from './summarise-audit.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const newSigner = (): Signer => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return {
    publicKey: Buffer.from(x, 'base64url').toString('base64'),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
  };
};
const functions: ChainFunctions = {
  sha256,
  verifySignature(text, signature, publicKey) {
    const x = Buffer.from(publicKey, 'base64').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
  },
};
const tools = { ...functions, sha256OfBytes: (_chunks: Iterable<Uint8Array>) => '' };

const signer = newSigner();
const length = 50;
const log = eveningLog(length, sha256, signer);
const everyEntry = log.lines.map((_, index) => index);

function problemsOf(lines: readonly string[]): ChainProblem[] {
  const check = new ChainCheck(functions);
  lines.forEach((line, index) => check.take(line, String(index)));
  return check.problems;
}

/** Each way of tampering gives lines, and the first place where it must be seen: an index into them. */
type Tampering = (lines: string[], at: number) => number;

const entryAt = (lines: readonly string[], at: number) => JSON.parse(lines[at]!) as AuditEntry;

/** Changes an entry and gives it the hash that its new content has, as somebody would who knows the format. */
function forge(lines: string[], at: number, change: (entry: AuditEntry) => Partial<AuditEntry>): void {
  const { hash: _hash, ...content } = entryAt(lines, at);
  lines[at] = sealEntry({ ...content, ...change(entryAt(lines, at)) }, sha256).line;
}

const replaced = (lines: string[], at: number, pattern: RegExp, by: string | ((found: string) => string)) => {
  const before = lines[at]!;
  lines[at] = before.replace(pattern, by as string);
  expect(lines[at]).not.toBe(before);
  return at;
};
const otherDigit = (found: string) => found.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));

const tamperings: Record<string, Tampering> = {
  'the wall clock of an entry is changed': (lines, at) => replaced(lines, at, /"wall":"2026/, '"wall":"2025'),
  'the host time of an entry is changed': (lines, at) => replaced(lines, at, /"hostNs":\d+/, otherDigit),
  'the actor of an entry is changed': (lines, at) => replaced(lines, at, /"actor":"/, '"actor":"X'),
  'the event of an entry is changed': (lines, at) =>
    replaced(lines, at, /"event":"[a-z-]+"(?=,"hash)/, '"event":"command-refused"'),
  'the detail of an entry is added to': (lines, at) => replaced(lines, at, /"detail":\{/, '"detail":{"a":1,'),
  'the number of an entry is changed': (lines, at) => replaced(lines, at, /"seq":\d+/, (found) => `${found}0`),
  'the hash of an entry is changed': (lines, at) =>
    replaced(lines, at, /"hash":"[0-9a-f]{64}(?=","hostNs)/, otherDigit),
  'the link of an entry is changed': (lines, at) => replaced(lines, at, /"prev":"[0-9a-f]{64}/, otherDigit),
  'a space is put into an entry': (lines, at) => replaced(lines, at, /"seq":/, '"seq": '),
  'a key is given twice': (lines, at) => replaced(lines, at, /^\{/, '{"build":"0.1.0",'),
  'a key is added': (lines, at) => replaced(lines, at, /"role":/, '"reason":"none","role":'),
  'an entry becomes something else': (lines, at) => ((lines[at] = '{}'), at),
  'an entry is emptied': (lines, at) => ((lines[at] = ''), at),
  'an entry is removed'(lines, at) {
    lines.splice(at, 1);
    return at;
  },
  'an entry is repeated'(lines, at) {
    lines.splice(at, 0, lines[at]!);
    return at + 1;
  },
  'an entry is put between'(lines, at) {
    const own = new AuditLogFixture(sha256).note('reset', {}, { seq: at + 1, prev: entryAt(lines, at).prev });
    lines.splice(at, 0, JSON.stringify(own));
    return at;
  },
  'two entries change places'(lines, at) {
    const other = (at + 1) % length;
    [lines[at], lines[other]] = [lines[other]!, lines[at]!];
    return Math.min(at, other);
  },
  'an entry is forged with its hash'(lines, at) {
    forge(lines, at, () => ({ actor: 'nobody' }));
    return at + 1;
  },
  'an entry is forged with its hash and moved in time'(lines, at) {
    forge(lines, at, ({ hostNs }) => ({ hostNs: hostNs - 400e6 }));
    return entryAt(lines, at).event === 'program-started' || at === 0 ? at + 1 : at;
  },
};

describe('S35: the chain of an audit log', () => {
  it('holds for what was written', () => {
    const check = new ChainCheck(functions);
    expect(log.lines.map((line, index) => check.take(line, String(index)))).toEqual(log.entries);
    expect(check).toMatchObject({
      problems: [],
      entries: length,
      checkpoints: 5,
      unsigned: 0,
      keys: [signer.publicKey],
    });
    expect(check.last).toEqual(log.entries.at(-1));
  });

  it.each(Object.entries(tamperings))('H73: shows where %s, at each of 50 entries', (_, tamper) => {
    for (const at of everyEntry) {
      const lines = [...log.lines];
      const seenAt = tamper(lines, at);
      const found = problemsOf(lines);
      // Of the newest entry, a forgery shows only by a mark that lies elsewhere.
      if (seenAt === lines.length) expect(found.map(({ where }) => where)).toEqual([]);
      else expect(Number(found[0]?.where), `entry ${at + 1}`).toBe(seenAt);
    }
  });

  it('H73: any changed byte of a line is seen, whatever it becomes', () => {
    const at = 9;
    const bytes = Buffer.from(log.lines[at]!);
    for (let byte = 0; byte < bytes.length; byte++) {
      for (const mask of [1, 32, 128]) {
        const changed = Buffer.from(bytes);
        changed[byte]! ^= mask;
        const content = Buffer.concat([
          Buffer.from(`${log.lines.slice(0, at).join('\n')}\n`),
          changed,
          Buffer.from(`\n${log.lines.slice(at + 1, 14).join('\n')}\n`),
        ]);
        const { brokenAt } = summariseAudit(memoryFiles({ '000001.jsonl': content }), tools);
        expect(brokenAt, `byte ${byte} by ${mask}`).toEqual({ file: '000001.jsonl', line: at + 1 });
      }
    }
  });

  it('H73: what is wrong with one entry is not held against those behind it', () => {
    const lines = [...log.lines];
    lines[10] = lines[10]!.replace('"role":"', '"role":"x');
    lines[30] = lines[30]!.replace(/"wall":"2026/, '"wall":"2025');
    lines.splice(40, 1);
    expect(problemsOf(lines)).toEqual([
      { where: '10', what: 'this is not an entry of an audit log' },
      { where: '30', what: 'entry 31 was changed: its content has another hash' },
      { where: '40', what: 'entry 42 stands behind entry 40: entries are missing, added or moved' },
    ]);
  });

  it('H73: begins with its first entry', () => {
    expect(problemsOf(log.lines.slice(1))).toEqual([
      { where: '0', what: 'the log begins with entry 2: what was before it is missing' },
    ]);
    const other = new AuditLogFixture(sha256);
    other.note('program-started', {}, { prev: 'f'.repeat(64) });
    expect(problemsOf(other.lines)).toEqual([
      { where: '0', what: 'entry 1 is not chained to the entry before it: one of them was replaced' },
    ]);
  });

  it('can be checked from any entry on, or from a known one', () => {
    const middle = new ChainCheck(functions, 'any entry');
    log.lines.slice(20).forEach((line) => middle.take(line, ''));
    expect(middle).toMatchObject({ problems: [], entries: 30 });
    const { seq, hash } = log.entries[19]!;
    const known = new ChainCheck(functions, { seq, hash });
    log.lines.slice(20).forEach((line) => known.take(line, ''));
    expect(known.problems).toEqual([]);
    const unreadable = new ChainCheck(functions, 'any entry');
    unreadable.passOver('7', 'cut');
    log.lines.slice(20).forEach((line) => unreadable.take(line, ''));
    expect(unreadable.problems).toEqual([{ where: '7', what: 'cut' }]);
  });

  it('tells when time goes back within a start of the program, and not between two', () => {
    const back = new AuditLogFixture(sha256);
    back.note('program-started');
    back.hostNs -= 750e6;
    back.note('reset');
    back.boot = 'boot-2';
    back.hostNs = 0;
    back.note('program-started');
    expect(problemsOf(back.lines)).toEqual([{ where: '1', what: 'entry 2 is 0.500 s older than the one before it' }]);
  });
});

describe('the checkpoints of an audit log', () => {
  it('H73: do not hold when another key made them, or when they sign another entry', () => {
    const forged = new AuditLogFixture(sha256);
    forged.note('program-started');
    const stranger = newSigner();
    forged.checkpoint({ ...stranger, publicKey: signer.publicKey });
    forged.note('checkpoint', { publicKey: signer.publicKey, signature: signer.sign('something else') });
    forged.note('checkpoint', { publicKey: signer.publicKey });
    expect(problemsOf(forged.lines)).toEqual([
      { where: '1', what: 'the signature of checkpoint 2 does not hold' },
      { where: '2', what: 'the signature of checkpoint 3 does not hold' },
      { where: '3', what: 'checkpoint 4 has no signature' },
    ]);
  });

  it('H73: may change their key only when the log announces it', () => {
    const [first, second] = [newSigner(), newSigner()];
    const begin = () => {
      const other = new AuditLogFixture(sha256);
      other.note('program-started');
      other.checkpoint(first);
      other.note('reset');
      return other;
    };
    const silent = begin();
    silent.checkpoint(second);
    expect(problemsOf(silent.lines)).toEqual([
      { where: '3', what: 'checkpoint 4 was signed with another key than those before it, and no entry announces it' },
    ]);
    const announced = begin();
    announced.note('correction', { what: 'the key is new', publicKey: second.publicKey });
    announced.checkpoint(second);
    announced.note('correction', { what: 'something else' });
    expect(problemsOf(announced.lines)).toEqual([]);
  });
});
