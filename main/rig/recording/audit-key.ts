// The station's own Ed25519 key, by which checkpoints of its audit log are signed; made at first use. Recorder thread.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { privateKeyFileName, publicKeyFileName } from '../../../common/audit/station-files.ts';
import { writeWhole } from './durable-file.ts';

export interface StationKey {
  /** The 32 bytes of the public key, Base64. */
  readonly publicKey: string;
  /** Whether it was made just now. */
  readonly isNew: boolean;
  /** @returns the signature of a text, Base64. */
  sign(text: string): string;
}

/** @throws Error when the key is there and is not one, or cannot be written. */
export function openStationKey(stationFolder: string): StationKey {
  const found = readKey(join(stationFolder, privateKeyFileName));
  const privateKey = found ?? makeKey(stationFolder);
  return {
    publicKey: rawPublicKey(privateKey),
    isNew: found === undefined,
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
  };
}

/** Whether a signature of a text is by a public key, both in Base64. Never throws. */
export function verifySignature(text: string, signature: string, publicKey: string): boolean {
  const x = Buffer.from(publicKey, 'base64').toString('base64url');
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

function readKey(file: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(readFileSync(file));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  }
  throw new Error(
    `the station's key ${file} cannot be read: put it back from a copy, or move it away to get a new one`,
  );
}

function makeKey(folder: string): KeyObject {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeWhole(join(folder, publicKeyFileName), publicKey.export({ type: 'spki', format: 'pem' }).toString(), 0o644);
  writeWhole(join(folder, privateKeyFileName), privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600);
  return privateKey;
}

function rawPublicKey(privateKey: KeyObject): string {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return Buffer.from(x, 'base64url').toString('base64');
}
