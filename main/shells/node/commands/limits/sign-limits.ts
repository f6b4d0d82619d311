// `exocortex limits sign`: says in words what is signed, then adds a signature. Main process of the plain-Node shell.
import { parseArgs } from 'node:util';
import type { SiteFile, SiteLimits } from '../../../../../common/limits/site-file.ts';
import { canonicalJson } from '../../../../../common/base/canonical-json.ts';
import { checkSiteLimits } from '../../../../experiment/site/check-site-limits.ts';
import { readSigningKey, type SigningKey } from '../../../../experiment/site/ed25519.ts';
import { readSiteFile } from '../../../../experiment/site/read-site-file.ts';
import { signedBytes } from '../../../../experiment/site/signed-bytes.ts';
import { siteSummary } from '../../../../experiment/site/site-summary.ts';
import { writeAtomically } from '../../../../experiment/site/station-file.ts';
import { parseSiteFile } from '../../../../experiment/site/verify-site-file.ts';
import type { LimitsCommand } from './limits-command.ts';
import { exitCode, needed, onlyOne, printProblems, readForm, readSecret, tryWriting } from './arguments.ts';

function signed(limits: SiteLimits, signer: string, key: SigningKey, now: Date): SiteFile['signatures'][number] {
  const head = { signer, publicKey: key.publicKey, signedAt: now.toISOString() };
  return { ...head, signature: key.sign(signedBytes(limits, head)) };
}

export const signLimits: LimitsCommand = async (shell, args, { stationFolder, now }) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { key: { type: 'string' }, name: { type: 'string' } },
  });
  const file = onlyOne(positionals, 'The file');
  const [keyFile, signer] = [needed(values, 'key'), needed(values, 'name')];
  const read = await readForm(shell, file);
  if (typeof read === 'number') return read;
  const { signatures, ...limits } = read;
  const problems = checkSiteLimits(limits);
  if (problems.length > 0) {
    printProblems(shell, problems);
    return exitCode.refused;
  }
  const pem = await readSecret(shell, keyFile);
  if (typeof pem === 'number') return pem;
  const key = readSigningKey(pem);
  if (key === undefined) {
    shell.printError(
      `${keyFile} holds no Ed25519 private key. Make one: exocortex limits key --name '${signer}' --out FILE`,
    );
    return exitCode.badInput;
  }
  if (signatures.some((each) => each.signer === signer || each.publicKey === key.publicKey)) {
    shell.printError(
      `${signer} has signed ${file} already, or somebody else with the same key. One person signs once.`,
    );
    return exitCode.refused;
  }
  const text = canonicalJson({ ...limits, signatures: [...signatures, signed(limits, signer, key, now)] });
  // A name that is none, or one signature too many: what is written can be read again.
  const signedFile = parseSiteFile(Buffer.from(text));
  if ('problems' in signedFile) {
    printProblems(shell, signedFile.problems);
    return exitCode.refused;
  }
  for (const line of siteSummary(limits)) shell.print(line);
  const written = await tryWriting(shell, file, () => writeAtomically(file, text));
  if (typeof written === 'number') return written;
  shell.print(`Signed by ${signer}.`);
  const verdict = await readSiteFile(file, { stationFolder, today: now.toISOString().slice(0, 10) });
  for (const { what, cure } of verdict.ok ? [] : verdict.problems)
    shell.print(`Not yet usable here: ${what}. ${cure}.`);
  return exitCode.done;
};
