// Says for each measured electrode between which bounds its impedance should be. Rig thread; pure.
import type { JudgedImpedances, SourceImpedances } from '../../common/contract/source-impedances.ts';
import { electrodeLimits } from '../../common/limits/electrode-limits.ts';
import type { LimitsInForce } from '../../common/limits/limits-in-force.ts';

/**
 * What a stimulator's self-test says: magnitudes at 1 kHz, by electrode.
 * @param reachable electrodes that it is wired to; undefined: all
 */
export function stimulatorImpedances(
  impedancesOhms: readonly number[],
  reachable?: readonly number[],
): SourceImpedances {
  const electrodes = impedancesOhms.map((ohms, electrode) => ({ electrode, channel: `E${electrode}`, ohms }));
  return {
    frequencyHz: 1000,
    electrodes: electrodes.filter(({ electrode }) => reachable?.includes(electrode) ?? true),
  };
}

/** An electrode that the limits do not name only records: what is usual for the preparation holds for it. */
export function judgeImpedances(
  { frequencyHz, electrodes }: SourceImpedances,
  limits: Pick<LimitsInForce, 'electrodes' | 'profile'>,
): JudgedImpedances {
  const usual = (limit: 'impedanceMinOhms' | 'impedanceMaxOhms') => {
    const { defaults, perUnit } = electrodeLimits[limit];
    return defaults[limits.profile] * perUnit;
  };
  return {
    frequencyHz,
    electrodes: electrodes.map((each) => {
      const own = limits.electrodes.get(each.electrode)?.limits;
      return {
        ...each,
        minOhms: own?.impedanceMinOhms ?? usual('impedanceMinOhms'),
        maxOhms: own?.impedanceMaxOhms ?? usual('impedanceMaxOhms'),
      };
    }),
  };
}
