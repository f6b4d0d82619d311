// Signed site files for tests, with keys made for each run.
import { type SiteLimits, siteLimitsSchema } from '../../../common/limits/site-file.ts';
import { canonicalJson } from '../../../common/base/canonical-json.ts';
import { newSigningKey, readSigningKey } from './ed25519.ts';
import { signedBytes } from './signed-bytes.ts';
import type { TrustedKey } from './trusted-keys.ts';
import type { SiteContext } from './verify-site-file.ts';

/** Somebody with a key. */
export interface Person {
  name: string;
  role: TrustedKey['role'];
  pem: string;
  publicKey: string;
}

export function person(name: string, role: TrustedKey['role']): Person {
  return { name, role, ...newSigningKey() };
}

export const ada = person('Ada', 'PI');
export const bob = person('Bob', 'second');
export const eve = person('Eve', 'PI');

const trusted = ({ name, role, publicKey }: Person): TrustedKey => ({ name, role, publicKey });
export const trustedKeys = [ada, bob].map(trusted);

/** A day before the end of the files' time. */
export const today = '2026-11-25';
export const context: SiteContext = { trustedKeys, newestVersion: () => undefined, today };

/** An array of titanium nitride with the defaults of its preparation. */
export function siteLimits(change: object = {}): SiteLimits {
  return siteLimitsSchema.parse({
    exocortex: 'site-limits/1',
    name: 'lab-mea',
    profile: 'in-vitro-mea',
    probeSerial: 'EXO-1',
    version: 3,
    author: 'Ada',
    reason: 'culture 7',
    notAfter: '2026-11-26',
    electrodeGroups: [{ electrodes: [0, 1, 2], areaSquareMicrometres: 707, material: 'titanium-nitride' }],
    ...change,
  });
}

/** One group with the limits that are given. */
export function siteGroup(change: object = {}): object {
  return {
    electrodeGroups: [{ electrodes: [0], areaSquareMicrometres: 707, material: 'titanium-nitride', ...change }],
  };
}

export function signature(limits: SiteLimits, { name, publicKey, pem }: Person): object {
  const head = { signer: name, publicKey, signedAt: '2026-11-24T09:00:00.000Z' };
  return { ...head, signature: readSigningKey(pem)!.sign(signedBytes(limits, head)) };
}

/** Bytes of a file that these people have signed. */
export function signedFile(limits: SiteLimits, ...signers: Person[]): Uint8Array {
  return Buffer.from(canonicalJson({ ...limits, signatures: signers.map((signer) => signature(limits, signer)) }));
}
