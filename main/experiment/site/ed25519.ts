// Ed25519 keys and signatures, raw in Base64 as site files hold them; used by the main process.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { assert } from '../../../common/base/assert.ts';

/** The 32 bytes of a public key in Base64. */
function rawPublicKey(key: KeyObject): string {
  const { x } = key.export({ format: 'jwk' });
  assert(x !== undefined, 'an Ed25519 key has a public part');
  return Buffer.from(x, 'base64url').toString('base64');
}

/** Whether Base64 is written in the one way that encoders write it: other last letters can stand for the same bytes. */
export function isPlainBase64(text: string): boolean {
  return Buffer.from(text, 'base64').toString('base64') === text;
}

/** @returns a private key as PKCS#8 PEM, and its public key. */
export function newSigningKey(): { pem: string; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { pem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), publicKey: rawPublicKey(publicKey) };
}

/** A private key that can sign. */
export interface SigningKey {
  readonly publicKey: string;
  /** @returns 64 bytes in Base64. */
  sign(bytes: Uint8Array): string;
}

/** @param pem text of a key file. @returns undefined for what is no Ed25519 private key without a passphrase. */
export function readSigningKey(pem: string): SigningKey | undefined {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    return undefined;
  }
  if (key.asymmetricKeyType !== 'ed25519') return undefined;
  return { publicKey: rawPublicKey(createPublicKey(key)), sign: (bytes) => sign(null, bytes, key).toString('base64') };
}

/** @param publicKey 32 bytes in Base64. @param signature 64 bytes in Base64. */
export function isSignedBy(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  const x = Buffer.from(publicKey, 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, bytes, key, Buffer.from(signature, 'base64'));
}
