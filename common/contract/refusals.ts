// Every reason for which a request for stimulation is refused, with its words; used in every process.

/** Order is on disk: new codes are added at the end. */
export const refusalCodes = [
  'not-armed',
  'phase-without-stimulation',
  'late',
  'electrode-not-covered',
  'amplitude',
  'phase-duration',
  'interphase-gap',
  'charge-per-phase',
  'electrode-rate',
  'total-rate',
  'session-dose',
  'electrode-busy',
  'not-finite',
  'not-recorded',
  'expired',
  'permit-reused',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** An expected no: a value, never thrown. `value` and `bound` are in `unit`. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly code: RefusalCode;
  readonly value: number;
  readonly bound: number;
}

/** Makes a refusal; `value` and `bound` are in the unit of `refusalWords[code]`, 0 where the code has none. */
export function refuse(code: RefusalCode, value = 0, bound = 0): Refusal {
  return { kind: 'refusal', code, value, bound };
}

/** What a person reads: what was refused, and the unit of value and bound. */
export const refusalWords: Record<RefusalCode, { words: string; unit: string }> = {
  'not-armed': { words: 'the rig is not armed', unit: '' },
  'phase-without-stimulation': { words: 'this phase of the protocol does not stimulate', unit: '' },
  late: { words: 'the data behind the request were too old', unit: 'ms' },
  'electrode-not-covered': { words: 'the limit profile does not cover this electrode', unit: '' },
  amplitude: { words: 'amplitude above the limit', unit: 'µA' },
  'phase-duration': { words: 'phase shorter or longer than allowed', unit: 'µs' },
  'interphase-gap': { words: 'interphase gap longer than allowed', unit: 'µs' },
  'charge-per-phase': { words: 'charge per phase above the limit', unit: 'nC' },
  'electrode-rate': { words: 'pulse rate of the electrode above the limit', unit: 'Hz' },
  'total-rate': { words: 'pulse rate over all electrodes above the limit', unit: 'Hz' },
  'session-dose': { words: 'the session has had its number of pulses', unit: '' },
  'electrode-busy': { words: 'the electrode is still delivering the pulse before', unit: 'µs' },
  'not-finite': { words: 'the request holds a value that is not a whole, finite number', unit: '' },
  'not-recorded': { words: 'the recorder did not take the permit in time', unit: 'ms' },
  expired: { words: 'the permit was past its deadline', unit: 'ms' },
  'permit-reused': { words: 'the permit had been used', unit: '' },
};

/** Refusals that happen in normal work and do not count towards a trip. */
export const expectedRefusals: ReadonlySet<RefusalCode> = new Set(['not-armed', 'phase-without-stimulation', 'late']);
