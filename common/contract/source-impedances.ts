// Impedances of electrodes, as their source or stimulator measures them, and how each is judged; used in every process.

export interface ElectrodeImpedance {
  readonly electrode: number;
  /** The name that the source has for it. */
  readonly channel: string;
  readonly ohms: number;
  /** Absent: only the magnitude is measured. */
  readonly degrees?: number;
}

export interface SourceImpedances {
  readonly frequencyHz: number;
  /** By electrode, from 0 on. */
  readonly electrodes: readonly ElectrodeImpedance[];
}

/** Between which an impedance is as it should be: of the limits in force for the electrodes that they name, of the kind of preparation for all others. */
export interface ImpedanceBounds {
  readonly minOhms: number;
  readonly maxOhms: number;
}

export interface JudgedImpedances extends SourceImpedances {
  readonly electrodes: readonly (ElectrodeImpedance & ImpedanceBounds)[];
}

/** What no wetted electrode has: a broken wire, or a connector that is out. */
export const openOhms = 10e6;

export const impedanceClasses = ['short', 'good', 'high', 'open'] as const;
export type ImpedanceClass = (typeof impedanceClasses)[number];

export function impedanceClass({
  ohms,
  minOhms,
  maxOhms,
}: ImpedanceBounds & { readonly ohms: number }): ImpedanceClass {
  if (!(ohms <= Math.max(openOhms, maxOhms))) return 'open';
  if (!(ohms <= maxOhms)) return 'high';
  return ohms >= minOhms ? 'good' : 'short';
}
