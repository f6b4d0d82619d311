// Decides whether a site's limit file may be used: its form, its limits, its signatures, its date, version and probe. Main process; pure and total.
import { createHash } from 'node:crypto';
import {
  type SiteFile,
  siteFileSchema,
  type SiteLimits,
  type SiteSignature,
} from '../../../common/limits/site-file.ts';
import { parseCanonical, remake } from './canonical-json.ts';
import { checkSiteLimits } from './check-site-limits.ts';
import { loosenings } from './compare-limits.ts';
import { isPlainBase64, isSignedBy } from './ed25519.ts';
import { schemaProblems } from './schema-problems.ts';
import { signedBytes } from './signed-bytes.ts';
import type { SiteProblem } from './site-problem.ts';
import { type SeenVersion, seenVersionOf, type SiteName } from './site-versions.ts';
import type { TrustedKey } from './trusted-keys.ts';

/** What a file is verified against. */
export interface SiteContext {
  trustedKeys: readonly TrustedKey[];
  /** The newest version that this station has seen of a file; undefined: none. */
  newestVersion: (file: SiteName) => SeenVersion | undefined;
  /** Day in UTC, `YYYY-MM-DD`. */
  today: string;
  /** Serial number of the device that is connected; undefined: not known yet. */
  probeSerial?: string | undefined;
}

export type SiteVerdict =
  { ok: true; limits: SiteLimits; signers: string[]; sha256: string } | { ok: false; problems: SiteProblem[] };

const signAnew = "Have it signed with 'exocortex limits sign'";

/** @returns the file, or why it is none. The schema is strict at every depth: a key that it does not know is a problem. */
export function parseSiteFile(bytes: Uint8Array): { file: SiteFile } | { problems: SiteProblem[] } {
  const read = parseCanonical(bytes);
  if ('problem' in read) return { problems: [read.problem] };
  const parsed = siteFileSchema.safeParse(read.value);
  return parsed.success ? { file: parsed.data } : { problems: schemaProblems(parsed.error, remake) };
}

function untrustedProblem(signature: SiteSignature, sameName: TrustedKey | undefined): SiteProblem {
  const what = `The signature of ${signature.signer} is by a key that this station does not trust: ${signature.publicKey}`;
  const cure =
    sameName === undefined
      ? "Have an administrator enrol the key with 'exocortex limits trust'"
      : `Ask ${signature.signer}: the key that is enrolled under this name is another one`;
  return { code: 'untrusted', what, cure };
}

/** @returns the enrolled key behind a signature that holds, or what is wrong with it. */
function checkSignature(
  limits: SiteLimits,
  signature: SiteSignature,
  trustedKeys: readonly TrustedKey[],
): { key: TrustedKey } | { problem: SiteProblem } {
  const { signer, publicKey } = signature;
  const key = trustedKeys.find((trusted) => trusted.publicKey === publicKey);
  if (key === undefined) {
    return {
      problem: untrustedProblem(
        signature,
        trustedKeys.find(({ name }) => name === signer),
      ),
    };
  }
  if (key.name !== signer) {
    const what = `The signature under the name ${signer} is by the key of ${key.name}`;
    return { problem: { code: 'bad-signature', what, cure: signAnew } };
  }
  if (
    isPlainBase64(signature.signature) &&
    isSignedBy(publicKey, signedBytes(limits, signature), signature.signature)
  ) {
    return { key };
  }
  const what = `The signature of ${signer} does not fit the file: one of the two was changed`;
  return { problem: { code: 'bad-signature', what, cure: `Use an unchanged copy. ${signAnew}` } };
}

/** Why one signature is not enough, in words; none where it is. */
function reasonsForTwo(limits: SiteLimits): string[] {
  return [...(limits.profile === 'animal-macro' ? ['every file for animal-macro'] : []), ...loosenings(limits)];
}

function countProblems(limits: SiteLimits, signers: readonly TrustedKey[]): SiteProblem[] {
  const problems: SiteProblem[] = [];
  const people = new Set(signers.map(({ name }) => name)).size;
  if (!signers.some(({ role }) => role === 'PI')) {
    const what = 'No PI of this station has signed the file';
    problems.push({ code: 'too-few-signatures', what, cure: signAnew });
  }
  const reasons = reasonsForTwo(limits);
  if (people < 2 && reasons.length > 0) {
    const what = `The file needs the signatures of two people and has ${people}: ${reasons.join('; ')}`;
    problems.push({ code: 'too-few-signatures', what, cure: signAnew });
  }
  return problems;
}

function circumstanceProblems(limits: SiteLimits, context: SiteContext): SiteProblem[] {
  const { name, probeSerial, version, notAfter } = limits;
  const problems: SiteProblem[] = [];
  // Both are written as YYYY-MM-DD, whose order is that of the alphabet; a day that is none is later than every file.
  if (!(context.today <= notAfter)) {
    const what = `The site file held until ${notAfter} and today is ${context.today}`;
    problems.push({ code: 'expired', what, cure: 'Have the limits looked over and a new version signed' });
  }
  const newest = context.newestVersion(limits);
  if (newest !== undefined && version < newest.version) {
    const what = `This is version ${version} of ${name}, and this station has seen version ${newest.version}`;
    problems.push({ code: 'older-version', what, cure: `Use version ${newest.version} or a newer one` });
  } else if (version === newest?.version && seenVersionOf(limits).limitsSha256 !== newest.limitsSha256) {
    const what = `This station has seen other limits as version ${version} of ${name}`;
    problems.push({ code: 'other-content', what, cure: `Have these signed as version ${version + 1}` });
  }
  if (context.probeSerial !== undefined && context.probeSerial !== probeSerial) {
    const what = `The site file is for the probe ${probeSerial}, and ${context.probeSerial} is connected`;
    problems.push({ code: 'foreign-probe', what, cure: 'Connect that probe, or use the site file of this one' });
  }
  return problems;
}

function verifyParsed({ signatures, ...limits }: SiteFile, sha256: string, context: SiteContext): SiteVerdict {
  const problems = [...checkSiteLimits(limits), ...circumstanceProblems(limits, context)];
  const signers: TrustedKey[] = [];
  for (const signature of signatures) {
    const checked = checkSignature(limits, signature, context.trustedKeys);
    if ('problem' in checked) problems.push(checked.problem);
    else signers.push(checked.key);
  }
  problems.push(...countProblems(limits, signers));
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, limits, signers: signers.map(({ name }) => name), sha256 };
}

/**
 * Verifies the bytes of a site's limit file. Never throws, whatever the bytes are.
 * @returns the limits and who signed them, or every problem that was found.
 */
export function verifySiteFile(bytes: Uint8Array, context: SiteContext): SiteVerdict {
  const parsed = parseSiteFile(bytes);
  if ('problems' in parsed) return { ok: false, problems: parsed.problems };
  return verifyParsed(parsed.file, createHash('sha256').update(bytes).digest('hex'), context);
}
