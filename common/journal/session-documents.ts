// The JSON records of a journal and of session.json; written by the rig, read by analysis and the library.
import type { HealthMeasure } from '../contract/rig-health.ts';
import type { SourceImpedances } from '../contract/source-impedances.ts';
import type { DeviceIdentity } from '../device-protocol/device-identity.ts';
import type { CheckedExperiment } from '../experiment/checked-experiment.ts';
import type { SessionTightening } from '../limits/session-tightening.ts';
import type { SavedState } from '../simulation-protocol/saved-state.ts';

/** First record and the content of session.json: everything needed to understand the rest, written before the first sample. */
export interface SessionOpening {
  format: 'exocortex-session/1';
  /** UUID of the session. */
  session: string;
  exocortexVersion: string;
  /** Wall clock at the first record, ISO 8601 with offset; the only wall-clock time of a session. */
  startedAt: string;
  /** Host monotonic ns at the same moment. */
  startedNs: number;
  checked: CheckedExperiment;
  device: { kind: string; serial: string; firmware: string; description: string };
  channels: number;
  sampleRateHz: number;
  microvoltsPerBit: number;
  samplesPerTick: number;
  simulation: {
    /** The saved state that the population went on from. */
    startedFrom?: { step: number; sha256: string } | undefined;
    backend: string;
    /** Why this back end, as sentences; absent where there was no choice. */
    backendReason?: string;
    neurons: number;
    synapses: number;
    plasticSynapses: number;
    populations: { name: string; firstNeuron: number; neurons: number }[];
  };
  /** 'native' or why the TypeScript kernels do the work. */
  kernels: { kernel: 'native' | 'typescript'; reason?: string };
  /** Whether the operator armed the rig; a control session is recorded disarmed. */
  isArmed: boolean;
  /** The limits in force, and the SHA-256 of their canonical form. */
  limits: LimitsRecord;
  /** As the stimulator measured its electrodes last before the session; absent: it did not since it was connected. */
  impedances?: SourceImpedances;
  /** Newest entry of the station's audit log when the session began: a second place that a cut log is found by. */
  audit?: AuditMark;
  operator: string;
}

/** Raised when what the chain remembers changes: sessions with another one are not replayed. */
export const replayStartFormat = 'exocortex-replay/1';

/** What a replay begins with beside the opening record. */
export interface ReplayStart {
  format: string;
  /** Why this session cannot be replayed; absent when it can. */
  problem?: string;
  source: { channels: number; sampleRateHz: number; microvoltsPerBit: number; samplesPerBlock: number };
  stimulator: Omit<DeviceIdentity, 'kind'>;
  /** Limits that were tightened since the connection, oldest first. */
  tightenings: readonly SessionTightening[];
  /** State of the population before the session's first tick; `path` is a name in the session's folder. */
  population?: SavedState;
}

/** Limits in force with units in their names, and their hash; see docs/limits.md. */
export interface LimitsRecord {
  hash: string;
  profile: string;
  limits: object;
}

/** An entry of the station's audit log. */
export interface AuditMark {
  seq: number;
  hash: string;
}

/** What was found after a trip. Times from the trip on. */
export interface TripRecord {
  confirmedAfterMilliseconds: number;
  /** Start of the last pulse; absent: none began after the trip. */
  lastPulseAfterMicroseconds?: number;
  boundMicroseconds: number;
  isPassed: boolean;
}

/** How an orderly session ended. */
export interface SessionClosing {
  audit?: AuditMark;
  reason: 'completed' | 'stopped by the operator' | 'source ended' | 'fault' | 'program ended';
  ticks: number;
  lastSample: number;
}

/** One transition of the interlock. */
export interface StateChange {
  from: string;
  to: string;
  event: string;
  operator?: string;
}

/** One fault, latched or further. */
export interface FaultRecord {
  code: string;
  message: string;
  value?: number;
  bound?: number;
  unit?: string;
  electrode?: number;
  /** Whether it was the first cause of a trip. */
  isFirst: boolean;
}

/** A measure of the rig's health went beyond its bound, or came back within it. */
export interface HealthRecord {
  measure: HealthMeasure;
  /** False: what was wrong is over. */
  isWrong: boolean;
  /** What is wrong, a sentence with its numbers; absent when it is over. */
  message?: string;
  value?: number;
  bound?: number;
}

export interface Mark {
  text: string;
  sampleIndex: number;
  /** Absent: a page or the program has made it. */
  trigger?: MarkTrigger;
}

/** The input whose press a mark is. */
export interface MarkTrigger {
  /** As the station's settings name it and its control. */
  name: string;
  control: string;
  /** As the device names itself, with its numbers. */
  device: string;
  /** When its report was heard, host monotonic ns. */
  pressedNs: number;
}

export interface PhaseChange {
  phase: string;
  index: number;
  stimulation: boolean;
  firstSample: number;
}

/** Name of the journal inside a session's folder. */
export const journalFileName = 'journal.exj';
/** Name of the file with the population's state at the beginning. */
export const populationStartFile = 'population-start.state';
/** Name of the metadata file inside a session's folder: the SessionOpening as JSON. */
export const sessionFileName = 'session.json';
/** Name of the summary written after an orderly end. */
export const summaryFileName = 'summary.json';
/** Name of the exported file. */
export const nwbFileName = 'session.nwb';
/** Name of the file exported for python-neo; it is made on demand and signed by nobody. */
export const neoNwbFileName = 'session-neo.nwb';
/** Name of the report of a recovery. */
export const recoveryFileName = 'recovered.json';
