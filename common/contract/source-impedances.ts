// Impedances of a source's electrodes, as the source measures them; used in every process.

export interface ElectrodeImpedance {
  readonly electrode: number;
  /** The name that the source has for it. */
  readonly channel: string;
  readonly ohms: number;
  readonly degrees: number;
}

export interface SourceImpedances {
  readonly frequencyHz: number;
  /** By electrode, from 0 on. */
  readonly electrodes: readonly ElectrodeImpedance[];
}
