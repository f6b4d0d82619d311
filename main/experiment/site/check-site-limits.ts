// Checks what the schema of a site's file cannot see: ceilings, and parts that contradict each other; used by the main process.
import type { ProfileName } from '../../../common/limits/profile-name.ts';
import type { SiteLimits } from '../../../common/limits/site-file.ts';
import { withUnit } from '../wording.ts';
import { isWithin, type SiteLimit, siteLimitsOf } from './compare-limits.ts';
import type { SiteProblem } from './site-problem.ts';

const newVersion = 'Write a new version of the file';

function ceilingProblem({ section, declaration, value, ceiling }: SiteLimit, profile: ProfileName): SiteProblem {
  const { fileKey, sense, unit } = declaration;
  const [side, word] = sense === 'max' ? ['above', 'at most'] : ['below', 'at least'];
  return {
    code: 'beyond-ceiling',
    what: `${fileKey} of ${section} is ${withUnit(value, unit)}, ${side} what any signature allows for ${profile}, ${withUnit(ceiling, unit)}`,
    cure: `${newVersion} with ${word} ${withUnit(ceiling, unit)}`,
  };
}

function* doubleElectrodes({ electrodeGroups }: SiteLimits): Generator<SiteProblem> {
  const groupOf = new Map<number, number>();
  for (const [index, group] of electrodeGroups.entries()) {
    for (const electrode of group.electrodes) {
      const earlier = groupOf.get(electrode);
      groupOf.set(electrode, index);
      if (earlier === undefined) continue;
      const what = `Electrode ${electrode} is in group ${earlier + 1} and in group ${index + 1}`;
      yield { code: 'contradiction', what, cure: `${newVersion} that names it once` };
    }
  }
}

function* groupProblems({ profile, electrodeGroups }: SiteLimits): Generator<SiteProblem> {
  for (const [index, group] of electrodeGroups.entries()) {
    if (group.material === 'dummy-load' && profile !== 'bench') {
      const what = `The electrodes of group ${index + 1} are a dummy load, which is for the bench only`;
      yield { code: 'not-for-tissue', what, cure: `${newVersion} that names their metal` };
    }
    if (group.shortTrainExtension === true && profile !== 'penetrating-micro') {
      const what = `Group ${index + 1} has the short-train extension, which is for penetrating microelectrodes only`;
      yield { code: 'beyond-ceiling', what, cure: `${newVersion} without it` };
    }
    const { phaseMinMicroseconds: shortest, phaseMaxMicroseconds: longest } = group;
    if (shortest !== undefined && longest !== undefined && shortest > longest) {
      const what = `The shortest phase of group ${index + 1}, ${shortest} µs, is longer than the longest, ${longest} µs`;
      yield { code: 'contradiction', what, cure: `${newVersion} with phaseMinMicroseconds up to ${longest}` };
    }
  }
}

/** @returns everything that keeps the limits from being used, whoever signs them. */
export function checkSiteLimits(limits: SiteLimits): SiteProblem[] {
  return [
    ...siteLimitsOf(limits)
      .filter(({ declaration, value, ceiling }) => !isWithin(declaration, value, ceiling))
      .map((limit) => ceilingProblem(limit, limits.profile)),
    ...doubleElectrodes(limits),
    ...groupProblems(limits),
  ];
}
