// The bytes under a signature of a site file; used by the main process.
import type { SiteLimits, SiteSignature } from '../../../common/limits/site-file.ts';
import { canonicalJson } from '../../../common/base/canonical-json.ts';

const purpose = 'exocortex site-limits/1';

/**
 * Three lines: what the signature is for, so that it cannot be taken for another; the limits; who signs when with which key. Without the
 * third line a signer's name and date could be changed afterwards.
 * @param limits of the file without its signatures.
 */
export function signedBytes(limits: SiteLimits, signer: Omit<SiteSignature, 'signature'>): Uint8Array {
  const { signer: name, publicKey, signedAt } = signer;
  return Buffer.from(
    `${purpose}\n${canonicalJson(limits)}\n${canonicalJson({ signer: name, publicKey, signedAt })}`,
    'utf8',
  );
}
