import { describe, expect, it } from 'vitest';
import type { SessionClosing } from '../journal/session-documents.ts';
import { manifestText } from '../journal/session-manifest.ts';
import { checkSeal, closingWords, type SealSurroundings } from './check-seal.ts';

const file = (name: string) => ({ name, bytes: 10, sha256: 'a'.repeat(64) });
const [journal, document, nwb, recovered] = ['journal.exj', 'session.json', 'session.nwb', 'recovered.json'].map(
  file,
) as [ReturnType<typeof file>, ReturnType<typeof file>, ReturnType<typeof file>, ReturnType<typeof file>];
const closing = (reason: SessionClosing['reason']): SessionClosing => ({ reason, ticks: 1, lastSample: 1 });
/** Stands for a signature: the text itself. */
function manifestOf(...files: ReturnType<typeof file>[]): string {
  const audit = { seq: 7, hash: 'c'.repeat(64) };
  const unsigned = { format: 'exocortex-manifest/1', session: 's', files, audit, publicKey: 'key' } as const;
  return JSON.stringify({ ...unsigned, signature: manifestText(unsigned) });
}
const around: SealSurroundings = {
  session: 's',
  closing: closing('completed'),
  digests: [journal, document],
  stationKey: 'key',
  verifySignature: (text, signature) => text === signature,
};
const seal = (text: string | undefined, change: Partial<SealSurroundings> = {}) =>
  checkSeal(text, 'manifest.json', { ...around, ...change });

describe('what is said of a session’s seal', () => {
  it('is how many files are signed, and which were made later and are not', () => {
    expect(seal(manifestOf(journal, document))).toMatchObject({
      words: 'signed, names 2 files',
      unsigned: [],
      problems: [],
    });
    expect(seal(manifestOf(journal), { digests: [journal, document, nwb] })).toMatchObject({
      words:
        'signed, names 1 file; NOT signed, made later: session.json, session.nwb (recovering the session in the program signs them)',
      unsigned: ['session.json', 'session.nwb'],
      problems: [],
    });
  });

  it('is that it was signed after a recovery only, where it was', () => {
    const digests = [journal, recovered];
    expect(seal(manifestOf(...digests), { digests, closing: undefined }).words).toBe(
      'signed after the session was recovered, names 2 files',
    );
  });

  it('is that not all files agree, and which', () => {
    const changed = { ...document, sha256: 'b'.repeat(64) };
    const { words, problems } = seal(manifestOf(journal, document), { digests: [journal, changed] });
    expect(words).toBe('signed, names 2 files, which do NOT all agree');
    expect(problems).toMatchObject([{ what: expect.stringContaining('session.json was changed') }]);
  });

  it('is why there is none', () => {
    expect(seal(undefined, { closing: undefined })).toMatchObject({
      words: 'NONE: the session was not closed, so nothing was signed',
      problems: [],
    });
    expect(seal(undefined, { closing: undefined, digests: [journal, recovered] }).words).toBe(
      'NONE: the session was not closed, so nothing was signed; what was recovered since is not signed',
    );
    expect(seal(undefined)).toMatchObject({
      words: 'NONE: nothing is signed, though the session was closed',
      problems: [{ what: expect.stringContaining('ended orderly, but nothing') }],
    });
    expect(seal('{}')).toMatchObject({ words: 'NONE that holds', problems: [{ what: 'this is not a manifest' }] });
  });

  it('comes with how the session ended', () => {
    expect(closingWords(closing('stopped by the operator'))).toBe('closed orderly: stopped by the operator');
    expect(closingWords(closing('program ended'))).toBe('closed orderly, because the program ended during the run');
    expect(closingWords(undefined)).toMatch(/^NOT closed: it was killed/);
  });
});
