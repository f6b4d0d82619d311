import { describe, expect, it } from 'vitest';
import { manifestText, type SessionManifest } from '../journal/session-manifest.ts';
import { checkManifest, type ManifestSurroundings } from './check-manifest.ts';

const journal = { name: 'journal.exj', bytes: 10, sha256: 'a'.repeat(64) };
const nwb = { name: 'session.nwb', bytes: 20, sha256: 'b'.repeat(64) };
const unsigned = {
  format: 'exocortex-manifest/1',
  session: 's',
  files: [journal, nwb],
  audit: { seq: 7, hash: 'c'.repeat(64) },
  publicKey: 'key',
} as const;
/** Stands for a signature: the text itself. */
const sign = (manifest: Omit<SessionManifest, 'signature'>) =>
  JSON.stringify({ ...manifest, signature: manifestText(manifest) });
const surroundings: ManifestSurroundings = {
  session: 's',
  digests: [journal, nwb],
  stationKey: 'key',
  verifySignature: (text, signature) => text === signature,
};
const problemsOf = (text: string, change: Partial<ManifestSurroundings> = {}) =>
  checkManifest(text, 'manifest.json', { ...surroundings, ...change }).problems.map(({ what }) => what);

describe('the check of a manifest', () => {
  it('finds nothing wrong with files that are as they were signed, whatever lies beside them', () => {
    const beside = { name: 'population-end.state', bytes: 1, sha256: 'd'.repeat(64) };
    const checked = checkManifest(sign(unsigned), 'm', { ...surroundings, digests: [journal, nwb, beside] });
    expect(checked).toMatchObject({ manifest: { audit: unsigned.audit }, problems: [] });
    expect(problemsOf(sign(unsigned), { stationKey: undefined, session: undefined })).toEqual([]);
  });

  it('names the file that was changed, has another length, or is missing', () => {
    const changed = [{ ...journal, sha256: 'e'.repeat(64) }, nwb];
    expect(problemsOf(sign(unsigned), { digests: changed })).toEqual([
      'journal.exj was changed after it was signed: it has another SHA-256',
    ]);
    expect(problemsOf(sign(unsigned), { digests: [{ ...journal, bytes: 9 }] })).toEqual([
      'journal.exj has 9 bytes, not 10 as when it was signed',
      'session.nwb is missing',
    ]);
  });

  it('finds that the manifest itself was changed, is of another session, or was signed by another station', () => {
    expect(problemsOf(sign(unsigned).replace('"bytes":10', '"bytes":11'))).toEqual([
      'the signature of the manifest does not hold: it was changed after it was signed',
    ]);
    expect(problemsOf(sign(unsigned), { session: 't' })).toEqual(['the manifest is of session s, not of t']);
    expect(problemsOf(sign(unsigned), { stationKey: 'other' })).toEqual([
      'the manifest was not signed with the key of this station',
    ]);
    expect(problemsOf('{"format":"exocortex-manifest/1"}')).toEqual(['this is not a manifest']);
    expect(problemsOf(sign({ ...unsigned, files: [nwb] }))).toEqual(['the manifest does not name journal.exj']);
  });
});
