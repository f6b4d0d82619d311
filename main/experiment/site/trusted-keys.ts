// Whose signatures this station believes: keys that an administrator has enrolled; used by the main process.
import { join } from 'node:path';
import { z } from 'zod';
import { isPlainBase64 } from './ed25519.ts';
import type { SiteProblem } from './site-problem.ts';
import { readStationFile, writeAtomically } from './station-file.ts';

export const trustedKeySchema = z.strictObject({
  name: z.string().min(1).max(80),
  /** The PI answers for the limits; a second person looks over them. */
  role: z.enum(['PI', 'second']),
  publicKey: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}=$/, 'an Ed25519 public key: 32 bytes in Base64')
    .refine(isPlainBase64, 'Base64 as encoders write it'),
});
export type TrustedKey = z.infer<typeof trustedKeySchema>;

const fileName = 'trusted-keys.json';
const fileSchema = z.array(trustedKeySchema).refine((keys) => {
  const names = new Set(keys.map(({ name }) => name));
  const publicKeys = new Set(keys.map(({ publicKey }) => publicKey));
  return names.size === keys.length && publicKeys.size === keys.length;
}, 'a name or a key stands here twice');

/** @returns nobody where no key has been enrolled. */
export async function readTrustedKeys(
  stationFolder: string,
): Promise<{ keys: TrustedKey[] } | { problem: SiteProblem }> {
  const read = await readStationFile(join(stationFolder, fileName), fileSchema);
  return 'problem' in read ? read : { keys: read.content ?? [] };
}

/** What became of an enrolment. */
export type Enrolment = 'enrolled' | 'known' | { problem: SiteProblem };

/** Enrols a key. One person has one key: neither a name nor a key is taken over silently. @throws the system's error. */
export async function enrolKey(stationFolder: string, key: TrustedKey): Promise<Enrolment> {
  const read = await readTrustedKeys(stationFolder);
  if ('problem' in read) return read;
  const same = read.keys.find(({ name, publicKey }) => name === key.name || publicKey === key.publicKey);
  if (same === undefined) {
    await writeAtomically(join(stationFolder, fileName), `${JSON.stringify([...read.keys, key], undefined, 2)}\n`);
    return 'enrolled';
  }
  if (same.name === key.name && same.publicKey === key.publicKey && same.role === key.role) return 'known';
  const held =
    same.name === key.name
      ? `${key.name} is enrolled already`
      : `This key is enrolled already, as that of ${same.name}`;
  return {
    problem: {
      code: 'station',
      what: `${held}, as ${same.role}, with the key ${same.publicKey}`,
      cure: `Remove that entry from ${join(stationFolder, fileName)} first, if it no longer holds`,
    },
  };
}
