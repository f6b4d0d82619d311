// What is known of an electrode's metal, and the charge that follows from it; used in every process.
import {
  injectionDeratingPermille,
  injectionLimitFemtocoulombsPerSquareMicrometre,
  type MaterialName,
} from './materials.ts';

export interface ElectrodeGeometry {
  readonly areaSquareMicrometres: number;
  readonly material: MaterialName;
  /** Reversible charge as measured on this electrode in place, fC/µm²; takes the place of the material's derated limit. */
  readonly measuredInjectionLimit?: number;
}

/** More than power, product and root lose together: without it the charge comes out 1 fC too large for some areas. */
const shannonRounding = 1 - 8 * Number.EPSILON;

/**
 * Largest charge of a phase by Shannon's rule (1992), log10(Q·D) ≤ k with Q in µC and D in µC/cm²: Q ≤ √(A·10^k).
 * @returns fC, rounded down; A in µm² gives Q² ≤ A·10^(k+10) in fC².
 */
export function shannonChargeFemtocoulombs(areaSquareMicrometres: number, shannonMilli: number): number {
  return Math.floor(Math.sqrt(areaSquareMicrometres * 10 ** (shannonMilli / 1000 + 10)) * shannonRounding);
}

/** What the metal injects reversibly for its area, in thousandths of a fC/µm²; no measurement goes beyond the material's limit in vitro. */
function injectionMilli({ material, measuredInjectionLimit }: ElectrodeGeometry): number {
  const inVitro = injectionLimitFemtocoulombsPerSquareMicrometre[material];
  return measuredInjectionLimit === undefined
    ? inVitro * injectionDeratingPermille
    : Math.min(measuredInjectionLimit, inVitro) * 1000;
}

/** Largest charge of a phase that the metal injects reversibly. @returns fC, rounded down. */
export function injectionChargeFemtocoulombs(geometry: ElectrodeGeometry): number {
  return Math.floor((injectionMilli(geometry) * geometry.areaSquareMicrometres) / 1000);
}

/** Whether `a` is the metal to believe in: the less able one, and of equally able ones always the same. */
function isLessAble(a: ElectrodeGeometry, b: ElectrodeGeometry): boolean {
  const difference = injectionMilli(a) - injectionMilli(b);
  if (difference !== 0) return difference < 0;
  if (a.material !== b.material) return a.material < b.material;
  return (a.measuredInjectionLimit ?? -1) < (b.measuredInjectionLimit ?? -1);
}

/** The smaller area and the less able metal of two descriptions of the same electrode; in which order they come does not matter. */
export function moreCautious(
  a: ElectrodeGeometry | undefined,
  b: ElectrodeGeometry | undefined,
): ElectrodeGeometry | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const areaSquareMicrometres = Math.min(a.areaSquareMicrometres, b.areaSquareMicrometres);
  return { ...(isLessAble(a, b) ? a : b), areaSquareMicrometres };
}
