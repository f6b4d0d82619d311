// Compares a pulse as a device would give it with what was asked for: limits are checked on what is asked, and less is not the same. Rig thread; pure.

/** Both phases have this amplitude and duration. */
export interface PulseNumbers {
  readonly amplitudeMicroamps: number;
  readonly phaseMicroseconds: number;
  readonly interphaseMicroseconds: number;
}

export interface PulseDifference {
  /** With its article, for people. */
  readonly what: string;
  readonly wanted: number;
  readonly is: number;
  readonly unit: 'µA' | 'µs';
}

/** @param isSame by the steps and the rounding of the device @returns the first number that is not; undefined: all are */
export function pulseDifference(
  asked: PulseNumbers,
  given: PulseNumbers,
  isSame: (wanted: number, is: number, unit: PulseDifference['unit']) => boolean,
): PulseDifference | undefined {
  const compared = [
    ['an amplitude', 'amplitudeMicroamps', 'µA'],
    ['a phase', 'phaseMicroseconds', 'µs'],
    ['an interphase gap', 'interphaseMicroseconds', 'µs'],
  ] as const;
  for (const [what, key, unit] of compared) {
    const [wanted, is] = [asked[key], given[key]];
    if (!isSame(wanted, is, unit)) return { what, wanted, is, unit };
  }
  return undefined;
}
