// The rules that bound the charge of a pulse's phases on an electrode, with the words for each; used by the main process.
import type { ElectrodeInForce } from '../../common/limits/limits-in-force.ts';

export interface ChargeRule {
  femtocoulombs: number;
  /** What the bound follows from, to stand behind the number; '' for the plain limit of charge. */
  words: string;
}

/** The rules of an electrode, the tightest first; without geometry the limit of charge alone. */
export function chargeRules({ limits, geometry, ...bounds }: ElectrodeInForce): ChargeRule[] {
  const plain = { femtocoulombs: limits.chargePerPhaseMaxFemtocoulombs, words: '' };
  if (geometry === undefined) return [plain];
  const { areaSquareMicrometres, material, measuredInjectionLimit } = geometry;
  const area = `${areaSquareMicrometres} µm²`;
  const density = limits.chargeDensityMaxFemtocoulombsPerSquareMicrometre / 10;
  const source = measuredInjectionLimit === undefined ? 'derated' : 'as measured';
  return [
    plain,
    { femtocoulombs: bounds.densityMaxFemtocoulombs, words: ` (${density} µC/cm² on ${area})` },
    {
      femtocoulombs: bounds.shannonMaxFemtocoulombs,
      words: ` (Shannon's k ${limits.shannonMaxMilli / 1000} on ${area})`,
    },
    { femtocoulombs: bounds.injectionMaxFemtocoulombs, words: ` (${material}, ${source}, on ${area})` },
  ].sort((a, b) => a.femtocoulombs - b.femtocoulombs);
}

/** The least charge of a phase that any rule allows. @returns fC; 0 without geometry: no geometry, no stimulation. */
export function chargeBoundFemtocoulombs(own: ElectrodeInForce): number {
  return own.geometry === undefined ? 0 : Math.min(...chargeRules(own).map(({ femtocoulombs }) => femtocoulombs));
}

/** An amplitude of a file in whole nA. */
export function nanoampsOf(microamps: number): number {
  return Math.round(microamps * 1000);
}
