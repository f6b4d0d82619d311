// Verifies signatures of a station; analysis process.
import { createPublicKey, verify } from 'node:crypto';
import type { VerifySignature } from '../common/audit/checkpoint.ts';

/** Ed25519. False also for what is no key. */
export const verifySignature: VerifySignature = (text, signature, publicKey) => {
  const x = Buffer.from(publicKey, 'base64').toString('base64url');
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
};
