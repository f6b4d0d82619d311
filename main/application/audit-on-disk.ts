// The audit log as files: read in pieces, hashes, signatures, the station's key. Main process.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AuditFiles } from '../../common/audit/audit-files.ts';
import { publicKeyFileName } from '../../common/audit/station-files.ts';
import type { SummariseTools } from '../../common/audit/summarise-audit.ts';

const chunkBytes = 4 * 1024 * 1024;

/** The bytes of a file in order; a piece is valid until the next one is asked for. */
export function* chunksOf(path: string): Generator<Uint8Array> {
  const descriptor = openSync(path, 'r');
  try {
    const buffer = new Uint8Array(chunkBytes);
    for (let bytes = readSync(descriptor, buffer); bytes > 0; bytes = readSync(descriptor, buffer))
      yield buffer.subarray(0, bytes);
  } finally {
    closeSync(descriptor);
  }
}

/** A folder as it is now. */
export function auditFiles(folder: string): AuditFiles {
  const names = readdirSync(folder);
  return { names: () => names, read: (name) => chunksOf(join(folder, name)) };
}

export const auditTools: SummariseTools = {
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  sha256OfBytes(chunks) {
    const hash = createHash('sha256');
    for (const chunk of chunks) hash.update(chunk);
    return hash.digest('hex');
  },
  verifySignature(text, signature, publicKey) {
    const x = Buffer.from(publicKey, 'base64').toString('base64url');
    try {
      const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
      return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
    } catch {
      return false;
    }
  },
};

/** @param folder of an audit log. @returns the key that lies beside it, Base64, '' when it is none; undefined: no key is there. */
export function stationKeyBeside(folder: string): string | undefined {
  const file = join(dirname(folder), publicKeyFileName);
  if (!existsSync(file)) return undefined;
  const pem = readFileSync(file);
  try {
    const { x = '' } = createPublicKey(pem).export({ format: 'jwk' });
    return Buffer.from(x, 'base64url').toString('base64');
  } catch {
    return '';
  }
}
