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
  'geometry-unknown',
  'charge-density',
  'shannon',
  'injection-limit',
  'compliance',
  'device-not-heard',
  'operator-absent',
  'hold-to-run',
  'amplitude-rise',
  'train-length',
  'on-time',
  'day-pulses',
  'day-charge',
  'simultaneous-electrodes',
  'total-current',
  'neighbour-charge',
  'dose-not-reserved',
  'temperature-rise',
  'without-lease',
  'dead-man',
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
  'geometry-unknown': { words: 'area or material of the electrode is not known', unit: '' },
  'charge-density': { words: 'charge density above the limit', unit: 'nC' },
  shannon: { words: 'charge above Shannon’s limit for the electrode’s area', unit: 'nC' },
  'injection-limit': { words: 'charge above what the electrode’s material injects reversibly', unit: 'nC' },
  compliance: { words: 'the pulse would need more than the allowed part of the compliance voltage', unit: 'V' },
  'device-not-heard': { words: 'the stimulator has not been heard for too long', unit: 'ms' },
  'operator-absent': { words: 'no sign of the operator for too long', unit: 's' },
  'hold-to-run': { words: 'so near to a limit the operator must hold the presence control', unit: '%' },
  'amplitude-rise': { words: 'the amplitude would rise too fast', unit: 'µA' },
  'train-length': { words: 'the train would be too long', unit: 's' },
  'on-time': { words: 'on-time of the last 60 s above the limit', unit: '%' },
  'day-pulses': { words: 'the electrode has had its number of pulses in 24 h', unit: '' },
  'day-charge': { words: 'the electrode has had its charge in 24 h', unit: 'µC' },
  'simultaneous-electrodes': { words: 'too many electrodes would stimulate at once', unit: '' },
  'total-current': { words: 'current over all electrodes at once above the limit', unit: 'µA' },
  'neighbour-charge': {
    words: 'neighbouring electrodes within one millisecond share one electrode’s charge',
    unit: 'nC',
  },
  'dose-not-reserved': { words: 'the dose ledger on disk has not set the pulse aside', unit: '' },
  'temperature-rise': { words: 'the tissue would warm more than the limit, by prediction', unit: 'mK' },
  'without-lease': { words: 'a stimulator without a lease gives pulses by the operator’s hand only', unit: '' },
  'dead-man': { words: 'the presence control is not held, and the stimulator has no lease', unit: 'ms' },
};

/** Refusals that happen in normal work and do not count towards a trip. */
export const expectedRefusals: ReadonlySet<RefusalCode> = new Set([
  'not-armed',
  'phase-without-stimulation',
  'late',
  'device-not-heard',
  'dose-not-reserved',
  // A hand that was not on the control; nothing was given.
  'dead-man',
]);
