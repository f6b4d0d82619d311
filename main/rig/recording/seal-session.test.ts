import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkManifest } from '../../../common/audit/check-manifest.ts';
import { manifestFileName, parseManifest } from '../../../common/journal/session-manifest.ts';
import { verifySignature } from './audit-key.ts';
import { AuditWriter } from './audit-writer.ts';
import { FileHash } from './file-hash.ts';
import { sealSession } from './seal-session.ts';

let folder = '';
let audit: AuditWriter;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-seal-'));
  let nowNs = 0;
  const time = { nowNs: () => (nowNs += 1e6), wall: () => '2026-11-26T10:00:00.000Z' };
  audit = new AuditWriter({ folder: join(folder, 'station'), boot: 'b', build: '0.1.0', ...time });
});
afterEach(() => {
  audit.close();
  rmSync(folder, { recursive: true, force: true });
});

function digestOf(name: string, content: string) {
  const hash = new FileHash(name);
  for (const letter of content) hash.add(letter);
  return hash.digest();
}
const journal = digestOf('journal.exj', 'µV samples');
const manifest = () => readFileSync(join(folder, manifestFileName), 'utf8');
const seal = (...files: (typeof journal)[]) => sealSession({ folder, session: 's', files }, audit);

describe('sealing a session', () => {
  it('signs the checksums with the key of the station and names the entry of its log', () => {
    seal(journal);
    const surroundings = { session: 's', digests: [journal], stationKey: audit.key.publicKey, verifySignature };
    expect(checkManifest(manifest(), 'm', surroundings).problems).toEqual([]);
    expect(parseManifest(manifest())).toMatchObject({
      // SHA-256 of the text as UTF-8, by sha256sum.
      files: [{ ...journal, bytes: 11, sha256: '810242e68691422c70a13fbea2708578cd31b3ce35ccccc83449d6dad0c6b8fb' }],
      audit: audit.mark,
    });
    const changed = manifest().replace('"bytes": 11', '"bytes": 12');
    expect(checkManifest(changed, 'm', surroundings).problems).toHaveLength(1);
  });

  it('adds what was made later, and takes another file of the same name for it', () => {
    seal(journal);
    seal(digestOf('session.nwb', 'one'));
    seal(journal, digestOf('session.nwb', 'two'), digestOf('summary.json', '{}'));
    const { files } = parseManifest(manifest())!;
    expect(files).toEqual([journal, digestOf('session.nwb', 'two'), digestOf('summary.json', '{}')]);
  });

  it('H73: never signs a recorded file that is not what was recorded', () => {
    seal(journal);
    const before = manifest();
    expect(() => seal(digestOf('journal.exj', 'µV sampled'))).toThrow('journal.exj is not what was recorded');
    expect(manifest()).toBe(before);
    writeFileSync(join(folder, manifestFileName), before.replace('"session": "s"', '"session": "t"'));
    expect(() => seal(journal)).toThrow('is not the manifest of this session');
  });
});
