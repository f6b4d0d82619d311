import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AuditLogFixture } from './audit-log.fixture.ts';
import type { AuditEntry } from './audit-entry.ts';
import { openEntry, sealEntry, writableDetail } from './seal-entry.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const content: Omit<AuditEntry, 'hash'> = {
  seq: 7,
  hostNs: 123_456_789_012_345_680,
  deviceMicroseconds: 12.5,
  boot: 'b',
  wall: '2026-11-25T01:02:03.004Z',
  actor: 'Marie Curie',
  role: 'operator',
  event: 'trip',
  detail: { value: 0.1, unit: 'µA', isFirst: true },
  limitsHash: 'c'.repeat(64),
  build: '0.1.0',
  prev: '0'.repeat(64),
};

describe('an entry of the audit log', () => {
  it('has one form: keys in order, no spaces, its hash over everything else', () => {
    const { hash, line } = sealEntry(content, sha256);
    const rest =
      `"hostNs":123456789012345680,"limitsHash":"${'c'.repeat(64)}","prev":"${'0'.repeat(64)}",` +
      '"role":"operator","seq":7,"wall":"2026-11-25T01:02:03.004Z"}';
    const first =
      '{"actor":"Marie Curie","boot":"b","build":"0.1.0","detail":{"isFirst":true,"unit":"µA","value":0.1},' +
      '"deviceMicroseconds":12.5,"event":"trip",';
    expect(hash).toBe(sha256(first + rest));
    expect(line).toBe(`${first}"hash":"${hash}",${rest}`);
    expect(openEntry(line, sha256)).toEqual({ entry: { ...content, hash }, damage: undefined });
  });

  it('comes back as it was written, whatever its detail holds', () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.boolean(), fc.constant('\ud800'));
    const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('__proto__'));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 5 }), (members) => {
        const detail = writableDetail(Object.fromEntries(members));
        const { line } = sealEntry({ ...content, detail }, sha256);
        const opened = openEntry(line, sha256);
        expect(opened?.damage).toBeUndefined();
        expect(JSON.stringify(opened?.entry.detail)).toBe(JSON.stringify(JSON.parse(line).detail));
        expect(line.includes('\n')).toBe(false);
      }),
    );
  });

  it('is written with the names of numbers that are not finite, which JSON does not have', () => {
    expect(writableDetail({ a: Number.NaN, b: -Infinity, c: 1, d: 'NaN', e: false })).toEqual({
      a: 'NaN',
      b: '-Infinity',
      c: 1,
      d: 'NaN',
      e: false,
    });
  });

  it('is refused when a key that hides from copies is put into it', () => {
    const { line } = sealEntry(content, sha256);
    const hidden = line.replace('"detail":{', '"detail":{"__proto__":1,');
    expect(openEntry(hidden, sha256)?.damage).toContain('another hash');
  });

  it('is nothing that only looks like one', () => {
    const { line } = sealEntry(content, sha256);
    const mutate = (change: (entry: Record<string, unknown>) => unknown) => {
      const entry = JSON.parse(line) as Record<string, unknown>;
      change(entry);
      return openEntry(JSON.stringify(entry), sha256);
    };
    for (const key of ['seq', 'hostNs', 'boot', 'wall', 'actor', 'role', 'event', 'detail', 'build', 'prev', 'hash'])
      expect(
        mutate((entry) => Reflect.deleteProperty(entry, key)),
        key,
      ).toBeUndefined();
    expect(mutate((entry) => (entry['detail'] = { nested: {} }))).toBeUndefined();
    expect(mutate((entry) => (entry['seq'] = 0))).toBeUndefined();
    expect(mutate((entry) => (entry['event'] = 'party'))).toBeUndefined();
    expect(openEntry('[]', sha256)).toBeUndefined();
    expect(openEntry('{', sha256)).toBeUndefined();
    expect(openEntry(line.replace('Marie Curie', String.raw`\ud800`), sha256)).toBeUndefined();
  });

  it('may leave out device time and limits', () => {
    const log = new AuditLogFixture(sha256);
    log.note('program-started');
    expect(openEntry(log.lines[0]!, sha256)?.entry).not.toHaveProperty('limitsHash');
  });
});
