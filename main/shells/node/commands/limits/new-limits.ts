// `exocortex limits new`: writes an unsigned limit file, or the next version of one. Main process of the plain-Node shell.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { SiteLimits } from '../../../../../common/limits/site-file.ts';
import { parseElectrodes } from '../../../../experiment/electrode-spans.ts';
import { canonicalJson } from '../../../../../common/base/canonical-json.ts';
import { draftSiteLimits } from '../../../../experiment/site/draft-site-limits.ts';
import { siteSummary } from '../../../../experiment/site/site-summary.ts';
import type { LimitsCommand } from './limits-command.ts';
import { exitCode, needed, onlyOne, printProblems, readForm, tryWriting } from './arguments.ts';

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      profile: text,
      probe: text,
      name: text,
      author: text,
      electrodes: text,
      area: text,
      material: text,
      reason: text,
      'not-after': text,
      out: text,
      from: text,
      set: { type: 'string', multiple: true, default: [] },
    },
  });
}

/** @throws RangeError */
function electrodesOption(text: string | undefined): number[] | undefined {
  if (text === undefined) return undefined;
  const electrodes = parseElectrodes(text);
  if (electrodes === undefined) throw new RangeError(`--electrodes is a list such as 0-15,20, not '${text}'.`);
  return electrodes;
}

/** @throws RangeError */
function areaOption(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+(\.\d+)?$/.test(text)) throw new RangeError(`--area is a number of µm², not '${text}'.`);
  return Number(text);
}

export const newLimits: LimitsCommand = async (shell, args) => {
  const { values, positionals } = parse(args);
  if (positionals.length > 0) throw new RangeError(`'${positionals.join(' ')}' is no option of 'limits new'.`);
  const out = needed(values, 'out');
  const anew =
    values.from === undefined ? ['profile', 'probe', 'name', 'author', 'electrodes', 'area', 'material'] : [];
  for (const option of [...anew, 'reason', 'not-after']) needed(values, option);
  let earlier: SiteLimits | undefined;
  if (values.from !== undefined) {
    const read = await readForm(shell, onlyOne([values.from], '--from'));
    if (typeof read === 'number') return read;
    const { signatures: _signatures, ...limits } = read;
    earlier = limits;
  }
  const draft = draftSiteLimits(
    {
      profile: values.profile,
      probeSerial: values.probe,
      name: values.name,
      author: values.author,
      reason: values.reason,
      notAfter: values['not-after'],
      electrodes: electrodesOption(values.electrodes),
      areaSquareMicrometres: areaOption(values.area),
      material: values.material,
      set: values.set,
    },
    earlier,
  );
  if ('problems' in draft) {
    printProblems(shell, draft.problems);
    return exitCode.badInput;
  }
  const text = canonicalJson({ ...draft.limits, signatures: [] });
  const written = await tryWriting(shell, out, () => writeFile(out, text, { flag: 'wx' }));
  if (typeof written === 'number') return written;
  for (const line of siteSummary(draft.limits)) shell.print(line);
  shell.print(`Written to ${out}, without signatures. Sign it: exocortex limits sign ${out} --key KEYFILE --name NAME`);
  return exitCode.done;
};
