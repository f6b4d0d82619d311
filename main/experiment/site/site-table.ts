// The table of `exocortex limits show`: every limit of a site's file beside its default and its ceiling; used by the main process.
import type { SiteFile, SiteLimits } from '../../../common/limits/site-file.ts';
import { chargeBoundFemtocoulombs } from '../charge-rules.ts';
import { withUnit } from '../wording.ts';
import { type SiteGroup, type SiteLimit, siteSections, standing } from './compare-limits.ts';
import { chargeWords, siteLimitsInForce } from './site-summary.ts';

const header = ['Limit', 'Key', 'Value', 'Default', 'Ceiling', ''];

function cells(limit: SiteLimit): string[] {
  const { declaration, value, standard, ceiling } = limit;
  const words = [value, standard, ceiling].map((number) => withUnit(number, declaration.unit));
  const state = standing(limit);
  return [declaration.label, declaration.fileKey, ...words, state === 'as the default' ? '' : state];
}

/** What holds for the first electrode of a group holds for all of it. */
function inForceOf(limits: SiteLimits, group: SiteGroup) {
  return siteLimitsInForce(limits).electrodes.get(group.electrodes[0]!)!;
}

/** @returns one entry for each line, columns padded to their widest cell. */
export function siteTable(limits: SiteLimits): string[] {
  const sections = siteSections(limits);
  const rows = [header, ...sections.flatMap((section) => section.limits.map(cells))];
  const widths = header.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  return sections.flatMap(({ section, group, limits: own }) => [
    '',
    section.charAt(0).toUpperCase() + section.slice(1),
    ...(group === undefined ? [] : [chargeWords(inForceOf(limits, group))]),
    line(header),
    ...own.map((limit) => line(cells(limit))),
  ]);
}

function plainLimit(limit: SiteLimit): object {
  const { declaration, value, isGiven, standard, ceiling } = limit;
  const { fileKey: key, label, unit } = declaration;
  return { key, label, unit, value, isGiven, default: standard, ceiling, standing: standing(limit) };
}

/** The same for programs. */
export function siteTableJson({ signatures, ...limits }: SiteFile): object {
  const { electrodeGroups: _groups, total: _total, timing: _timing, activity: _activity, ...head } = limits;
  const sections = siteSections(limits).map(({ section, group, limits: own }) => ({
    section,
    ...(group === undefined
      ? {}
      : {
          electrodes: group.electrodes,
          areaSquareMicrometres: group.areaSquareMicrometres,
          material: group.material,
          chargePerPhaseMaxNanocoulombs: chargeBoundFemtocoulombs(inForceOf(limits, group)) / 1e6,
        }),
    limits: own.map(plainLimit),
  }));
  return { ...head, sections, signatures: signatures.map(({ signer, signedAt }) => ({ signer, signedAt })) };
}
