// Keys and signatures, against RFC 8032's own example and against what is none.
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPlainBase64, isSignedBy, newSigningKey, readSigningKey } from './ed25519.ts';

const message = Buffer.from('limits');

test('what a new key signs is signed by it, and by no other', () => {
  const { pem, publicKey } = newSigningKey();
  const key = readSigningKey(pem)!;
  expect(key.publicKey).toBe(publicKey);
  expect(Buffer.from(publicKey, 'base64')).toHaveLength(32);
  const signature = key.sign(message);
  expect(Buffer.from(signature, 'base64')).toHaveLength(64);
  expect(isSignedBy(publicKey, message, signature)).toBe(true);
  expect(isSignedBy(publicKey, Buffer.from('Limits'), signature)).toBe(false);
  expect(isSignedBy(newSigningKey().publicKey, message, signature)).toBe(false);
});

test('a signature of RFC 8032 (section 7.1, test 2) holds', () => {
  const hex = (text: string) => Buffer.from(text, 'hex').toString('base64');
  const publicKey = hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
  const signature = hex(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  );
  expect(isSignedBy(publicKey, Uint8Array.of(0x72), signature)).toBe(true);
  expect(isSignedBy(publicKey, Uint8Array.of(0x73), signature)).toBe(false);
});

test('what is no Ed25519 private key does not sign', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ofEd25519 = generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }).toString();
  for (const pem of ['', 'no key', privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), ofEd25519]) {
    expect(readSigningKey(pem), pem.slice(0, 30)).toBeUndefined();
  }
  expect(readSigningKey(publicKey.export({ format: 'pem', type: 'spki' }).toString())).toBeUndefined();
});

test('Base64 counts in the one way in which encoders write it', () => {
  expect(['', 'AA==', 'AAA=', 'AAAA', '+/+/'].every(isPlainBase64)).toBe(true);
  expect(['AB==', 'AA=', 'AA', 'A A=', '-_-_', 'AA==\n'].some(isPlainBase64)).toBe(false);
});

test('bytes that are no point of the curve, and no signature, sign nothing and throw nothing', () => {
  const bytes = (length: number) =>
    fc.uint8Array({ minLength: length, maxLength: length }).map((raw) => Buffer.from(raw).toString('base64'));
  fc.assert(
    fc.property(bytes(32), bytes(64), (publicKey, signature) => {
      expect(isSignedBy(publicKey, message, signature)).toBe(false);
    }),
  );
});
