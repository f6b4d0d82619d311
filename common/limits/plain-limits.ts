// The limits in force as plain data with units in every name: what is hashed, recorded and shown; used in every process.
import type { ElectrodeInForce, LimitsInForce } from './limits-in-force.ts';

/** Keys in the order of the alphabet: the JSON of equal limits is equal, byte by byte, and canonical by RFC 8785. */
function sorted(values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function plainElectrode({ limits, geometry, ...charge }: ElectrodeInForce): object {
  const { densityMaxFemtocoulombs, injectionMaxFemtocoulombs, shannonMaxFemtocoulombs } = charge;
  return {
    areaSquareMicrometres: geometry?.areaSquareMicrometres ?? 0,
    densityMaxFemtocoulombs,
    injectionMaxFemtocoulombs,
    limits: sorted(limits),
    material: geometry?.material ?? 'unknown',
    shannonMaxFemtocoulombs,
  };
}

export interface PlainLimits {
  activity: object;
  electrodes: { electrodes: number[]; limits: object }[];
  gridColumns: number;
  name: string;
  pitchMicrometres: number | null;
  profile: string;
  timing: object;
  total: object;
}

/** Electrodes with equal limits are listed together, in order of their first one. */
export function plainLimits(limits: LimitsInForce): PlainLimits {
  const groups = new Map<string, { electrodes: number[]; limits: object }>();
  for (const electrode of [...limits.electrodes.keys()].sort((a, b) => a - b)) {
    const plain = plainElectrode(limits.electrodes.get(electrode)!);
    const key = JSON.stringify(plain);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { electrodes: [electrode], limits: plain });
    else group.electrodes.push(electrode);
  }
  return {
    activity: sorted(limits.activity),
    electrodes: [...groups.values()],
    gridColumns: limits.gridColumns,
    name: limits.name,
    pitchMicrometres: limits.pitchMicrometres ?? null,
    profile: limits.profile,
    timing: sorted(limits.timing),
    total: sorted(limits.total),
  };
}
