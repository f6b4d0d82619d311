// Makes the limits of a site's file, or the next version of some, from what a person writes on the command line; used by the main process.
import { electrodeLimits } from '../../../common/limits/electrode-limits.ts';
import { type SiteLimits, siteLimitsSchema } from '../../../common/limits/site-file.ts';
import { activityLimits } from '../../../common/limits/activity-limits.ts';
import { timingLimits } from '../../../common/limits/timing-limits.ts';
import { totalLimits } from '../../../common/limits/total-limits.ts';
import { nearest } from '../nearest.ts';
import { checkSiteLimits } from './check-site-limits.ts';
import { schemaProblems } from './schema-problems.ts';
import type { SiteProblem } from './site-problem.ts';

/** What is given anew; what is left out comes from the earlier version. */
export interface SiteDraft {
  profile?: string | undefined;
  probeSerial?: string | undefined;
  name?: string | undefined;
  author?: string | undefined;
  reason?: string | undefined;
  notAfter?: string | undefined;
  /** A group of their own; undefined: what is given concerns all groups. */
  electrodes?: readonly number[] | undefined;
  areaSquareMicrometres?: number | undefined;
  material?: string | undefined;
  /** Assignments such as `amplitudeMaxMicroamps=40` and `total.rateMaxHz=100`. */
  set: readonly string[];
}

type Values = Record<string, unknown>;

/** Assignments by the part of the file that they belong to. */
interface Assigned {
  file: Values;
  group: Values;
  total: Values;
  timing: Values;
  activity: Values;
}

const fileKeys = (table: Readonly<Record<string, { fileKey: string }>>) =>
  Object.values(table).map(({ fileKey }) => fileKey);

const sections = [
  ['total', totalLimits],
  ['timing', timingLimits],
  ['activity', activityLimits],
] as const;

/** Every key that can be set: where it belongs, and its name there. */
const settable = new Map<string, [section: keyof Assigned, key: string]>([
  ['pitchMicrometres', ['file', 'pitchMicrometres']],
  ...[
    'shortTrainExtension',
    'injectionLimitMeasuredMicrocoulombsPerSquareCentimetre',
    ...fileKeys(electrodeLimits),
  ].map((key): [string, [keyof Assigned, string]] => [key, ['group', key]]),
  ...sections.flatMap(([section, table]) =>
    fileKeys(table).map((key): [string, [keyof Assigned, string]] => [`${section}.${key}`, [section, key]]),
  ),
]);

function assign(texts: readonly string[]): { assigned: Assigned; problems: SiteProblem[] } {
  const assigned: Assigned = { file: {}, group: {}, total: {}, timing: {}, activity: {} };
  const problems: SiteProblem[] = [];
  for (const text of texts) {
    const [, key = '', value = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
    const target = settable.get(key.trim());
    const isPlain = /^(\d+(\.\d+)?|true|false)$/.test(value.trim());
    if (target !== undefined && isPlain) {
      assigned[target[0]][target[1]] = JSON.parse(value.trim().replace(/^0+(?=\d)/, ''));
      continue;
    }
    const meant = nearest(key, [...settable.keys()]);
    const choice = meant === undefined ? "'exocortex limits show' lists the keys" : `Did you mean ${meant}?`;
    problems.push(
      target === undefined
        ? { code: 'unknown-key', what: `'${text}' sets no limit that is known`, cure: choice }
        : {
            code: 'malformed',
            what: `'${text}' gives ${key} no number`,
            cure: 'Write key=value with a plain number, in the unit that the key ends with',
          },
    );
  }
  return { assigned, problems };
}

function groupsOf(draft: SiteDraft, own: Values, earlier: SiteLimits | undefined): Values[] {
  const { electrodes, areaSquareMicrometres, material } = draft;
  const metal = {
    ...(areaSquareMicrometres === undefined ? {} : { areaSquareMicrometres }),
    ...(material === undefined ? {} : { material }),
  };
  const groups = earlier?.electrodeGroups ?? [];
  if (electrodes === undefined) return groups.map((group) => ({ ...group, ...metal, ...own }));
  const others = groups.map((group) => ({
    ...group,
    electrodes: group.electrodes.filter((electrode) => !electrodes.includes(electrode)),
  }));
  return [...others.filter((group) => group.electrodes.length > 0), { electrodes, ...metal, ...own }];
}

/** A section with the assigned values in it; none where it stays empty. */
function merged(earlier: object | undefined, own: Values): Values | undefined {
  const values = { ...earlier, ...own };
  return Object.keys(values).length === 0 ? undefined : values;
}

/** The given texts without those that are left out. */
function given(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/**
 * @param earlier the version that is carried on; undefined for a first version.
 * @returns limits without signatures that keep the ceilings, or everything that is wrong with them.
 */
export function draftSiteLimits(
  draft: SiteDraft,
  earlier: SiteLimits | undefined,
): { limits: SiteLimits } | { problems: SiteProblem[] } {
  const { assigned, problems } = assign(draft.set);
  if (problems.length > 0) return { problems };
  const { profile, probeSerial, name, author, reason, notAfter } = draft;
  const parsed = siteLimitsSchema.safeParse({
    ...earlier,
    ...given({ profile, probeSerial, name, author, reason, notAfter, ...assigned.file }),
    exocortex: 'site-limits/1',
    version: (earlier?.version ?? 0) + 1,
    electrodeGroups: groupsOf(draft, assigned.group, earlier),
    ...given(Object.fromEntries(sections.map(([section]) => [section, merged(earlier?.[section], assigned[section])]))),
  });
  if (!parsed.success) return { problems: schemaProblems(parsed.error, 'Correct the option that gives it') };
  const found = checkSiteLimits(parsed.data);
  return found.length > 0 ? { problems: found } : { limits: parsed.data };
}
