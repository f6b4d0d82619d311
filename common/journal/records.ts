// The records of a journal: every stage of the loop, numbered and in order. Layouts of the rig thread's writer and of every reader.
import { struct } from '../base/struct.ts';

/** Type numbers on disk; a number is never given a second meaning. */
export const recordType = {
  /** JSON SessionOpening: first record. */
  opening: 1,
  /** Block header, then int16 samples, sample-major. */
  block: 2,
  /** Spikes header, then `count` × spike. */
  spikes: 3,
  /** Simulation header, then `count` × u32 neuron. */
  simulation: 4,
  request: 5,
  permit: 6,
  refusal: 7,
  delivery: 8,
  tick: 9,
  /** JSON StateChange of the interlock. */
  state: 10,
  /** JSON FaultRecord. */
  fault: 11,
  /** JSON Mark: a note of the operator. */
  mark: 12,
  gap: 13,
  /** JSON PhaseChange. */
  phase: 14,
  /** Weights header, then `count` × f32 plastic weight in mV, in the network's own order. */
  weights: 15,
  /** JSON SessionClosing: last record of an orderly session. */
  closing: 16,
  /** What the device measured of a delivery; follows its delivery record. */
  deliveryMeasure: 17,
  /** JSON LimitsRecord: limits in force, at the beginning and whenever they were tightened. */
  limits: 18,
  /** JSON TripRecord: what was found after a trip. */
  tripCheck: 19,
  /** JSON HealthRecord: something about the rig begins to be wrong, or is over. */
  health: 20,
  /** What detection, watches, interlock and loop remember when the session begins: bytes of `saveState`. Follows `replayStart`. */
  memory: 21,
  /** JSON ReplayStart: what a replay begins with, or why there can be none. */
  replayStart: 22,
  /** Turn header, then `count` × f64 reading. Ends everything that one event of the world has led to. */
  turn: 23,
  /** JSON ReplayInput: something that was done to the chain and that no other record tells. */
  input: 24,
  /** JSON ClockSyncStatus: how the clocks of source and stimulator run, where they are two devices. */
  clockSync: 25,
  digitalInput: 26,
} as const;

export type RecordType = (typeof recordType)[keyof typeof recordType];

/** `firstSample` counts since the stream's start; `acquiredNs` is host time of the newest sample. */
export const blockHeader = struct({ firstSample: 'f64', acquiredNs: 'f64', sampleCount: 'u32', channels: 'u32' });
export const spikesHeader = struct({ tick: 'f64', count: 'u32', overflow: 'u32' });
export const spike = struct({ sampleIndex: 'f64', channel: 'u32', amplitudeMicrovolts: 'f32' });
/** `ticksToAdvance` > 1 when the simulation caught up ticks that it had been too late for. */
export const simulationHeader = struct({
  tick: 'f64',
  computeNs: 'f64',
  meanPlasticWeightMillivolts: 'f32',
  ticksToAdvance: 'u32',
  count: 'u32',
  isStale: 'u32',
});
export const weightsHeader = struct({ tick: 'f64', count: 'u32', spare: 'u32' });
/** `origin`: see `requestOrigin`; `readout` is 0xffff unless the simulation asks; `isCathodicFirst` 1 or 0. */
export const request = struct({
  request: 'f64',
  tick: 'f64',
  amplitudeNanoamps: 'i32',
  phaseMicroseconds: 'u32',
  interphaseMicroseconds: 'u32',
  electrode: 'u16',
  readout: 'u16',
  origin: 'u8',
  isCathodicFirst: 'u8',
  spare: 'u16',
});
/** `sequence` numbers pulses on the wire; `expiryNs` is host time after which the device must not start it. */
export const permit = struct({ request: 'f64', expiryNs: 'f64', sequence: 'u32', spare: 'u32' });
/** `code` indexes `refusalCodes`; `value` and `bound` are in the limit's own unit. */
export const refusal = struct({ request: 'f64', value: 'f64', bound: 'f64', code: 'u32', spare: 'u32' });
/** `outcome` indexes `pulseOutcomes`; 0: delivered. `sampleIndex`: where the pulse began, by the device; where stimulator and source are two, by the line between their clocks. */
export const delivery = struct({
  request: 'f64',
  sampleIndex: 'f64',
  receivedNs: 'f64',
  amplitudeNanoamps: 'i32',
  sequence: 'u32',
  electrode: 'u32',
  outcome: 'u32',
});
/** `kind` indexes `turnKinds`; `value`: the time that a 'time' turn was given, host ns; else 0. */
export const turnHeader = struct({ value: 'f64', kind: 'u32', count: 'u32' });
const deliveryMeasureFields = {
  request: 'f64',
  startMicroseconds: 'f64',
  firstFemtocoulombs: 'f64',
  secondFemtocoulombs: 'f64',
  peakMillivolts: 'u32',
  isSaturated: 'u32',
  limitsHashHigh: 'u32',
  limitsHashLow: 'u32',
} as const;
/**
 * Signed charge of both phases as measured, fC; start of the pulse in device µs; electrode voltage; whether it ran out of
 * compliance; the first eight bytes of the hash of the limits in force, as two big-endian halves; the signed voltage of the
 * electrode before the pulse. All that is measured is 0 unless the pulse was delivered. `isNotMeasured` 1: the device measures
 * nothing of its pulses, and charges and voltages mean nothing; older journals have 0 there.
 */
export const deliveryMeasure = struct({ ...deliveryMeasureFields, residualMillivolts: 'i32', isNotMeasured: 'u32' });
/** What older journals have in its place: they do not tell the residual voltage. */
export const deliveryMeasureWithoutResidual = struct(deliveryMeasureFields);
/** Which of the two a record of so many bytes is. */
export const isWithoutResidual = (bytes: number): boolean => bytes === deliveryMeasureWithoutResidual.bytes;
/** Stage times in host ns; 0 where the stage did not happen. `handling` indexes `lateHandlings`. */
export const tick = struct({
  tick: 'f64',
  firstSample: 'f64',
  acquiredNs: 'f64',
  arrivalNs: 'f64',
  detectedNs: 'f64',
  simulatedNs: 'f64',
  decidedNs: 'f64',
  deliveredNs: 'f64',
  isLate: 'u32',
  handling: 'u32',
});
/** From `sampleIndex` on a digital input of the source is high, or low. `line` from 1. */
export const digitalInput = struct({ sampleIndex: 'f64', line: 'u16', isHigh: 'u16', spare: 'u32' });
export const gap = struct({ firstLostSample: 'f64', lostSamples: 'f64' });

/**
 * What the chain was called for: samples came, the simulation answered, the device acknowledged, time passed, or something was done
 * to it that an input record tells.
 */
export const turnKinds = ['block', 'result', 'acknowledgement', 'time', 'input'] as const;
export type TurnKind = (typeof turnKinds)[number];

/** Who asks for a stimulus. */
export const requestOrigins = ['simulation', 'protocol', 'operator'] as const;
export type RequestOrigin = (typeof requestOrigins)[number];

/**
 * How a late tick was handled. 'in time': it was not late. 'late, nothing asked': its result came late and asked for no stimulus.
 * 'late, refused': its requests were refused as late. 'no result': the deadline passed without one; the input was kept for the next tick.
 * 'late, delivered': the decision was in time, the device's acknowledgement was not. 'waited': the simulation was still busy with an earlier tick.
 */
export const lateHandlings = [
  'in time',
  'late, nothing asked',
  'late, refused',
  'no result',
  'late, delivered',
  'waited',
] as const;
export type LateHandling = (typeof lateHandlings)[number];
