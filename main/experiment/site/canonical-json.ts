// A site's limit file is canonical JSON (RFC 8785): one way to write it, so that its bytes can be signed; used by the main process.
import { canonicalJson } from '../../../common/base/canonical-json.ts';
import type { SiteProblem } from './site-problem.ts';

/** The cure for a file that a person has written or changed. */
export const remake = "Make it with 'exocortex limits new'; a text editor changes what is signed";

/** The value and its canonical text; undefined for what is no JSON, or has no canonical text: infinite numbers, halves of characters. */
function parse(bytes: Uint8Array): { value: unknown; canonical: string } | undefined {
  try {
    // A byte-order mark is kept: it is no JSON.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return { value, canonical: canonicalJson(value) };
  } catch {
    return undefined;
  }
}

/** @returns the value of canonical JSON, or what keeps the bytes from being that. Never throws. */
export function parseCanonical(bytes: Uint8Array): { value: unknown } | { problem: SiteProblem } {
  const parsed = parse(bytes);
  if (parsed === undefined) {
    return { problem: { code: 'unreadable', what: 'The site file is not JSON in UTF-8', cure: remake } };
  }
  const canonical = Buffer.from(parsed.canonical);
  if (canonical.equals(bytes)) return { value: parsed.value };
  const place = bytes.findIndex((byte, index) => byte !== canonical[index]) + 1;
  const what = `The site file is not in canonical form (RFC 8785): its byte ${place} is not as it must be`;
  return { problem: { code: 'not-canonical', what, cure: remake } };
}
