// What a session amounted to, computed from its journal: the content of summary.json; written by analysis, read by shells and page.
import type { SourceKind } from '../experiment/source.ts';
import type { FaultCode } from '../contract/faults.ts';
import type { RefusalCode } from '../contract/refusals.ts';
import type { LateHandling } from './records.ts';
import type { SessionClosing } from './session-documents.ts';

/** Percentiles by nearest rank over values in whole microseconds, given in ms; all 0 when `count` is 0. */
export interface Percentiles {
  count: number;
  p50: number;
  p99: number;
  p999: number;
  max: number;
}

/** A stretch of a journal that could not be believed, or (with no bytes) frames that are missing between two good ones. */
export interface DamagedStretch {
  fromByte: number;
  toByte: number;
  /** Sequence number of the first frame that is lost there. */
  firstLostSequence: number;
  framesLost: number;
}

/** How much of a journal file could be read. */
export interface JournalCondition {
  /** Bytes up to the end of the last good frame. */
  validBytes: number;
  /** Bytes behind it: the torn tail of a killed session. */
  tornBytes: number;
  frames: number;
  framesLost: number;
  damaged: DamagedStretch[];
}

/** Spikes around stimuli: whether tissue answers. */
export interface EvokedResponse {
  /** Number of stimuli that the spikes were aligned to. */
  stimuli: number;
  /** Spikes of the stimulated electrode and its neighbours in `evokedWindowMs`, per stimulus. */
  evokedSpikesPerDelivery: number;
  /**
   * The same in `baselineWindowMs`, which is as long. Where spikes lead to requests it holds more spikes than chance: compare
   * with the evoked window of the control as well.
   */
  baselineSpikesPerDelivery: number;
  evokedWindowMs: readonly [from: number, to: number];
  baselineWindowMs: readonly [from: number, to: number];
  /** Spikes in bins of 1 ms relative to the stimulus, summed over stimuli; the first bin begins at `fromMs`. */
  histogram: {
    fromMs: number;
    binMs: number;
    allElectrodes: number[];
    stimulatedElectrode: number[];
  };
}

export interface SessionSummary {
  format: 'exocortex-summary/1';
  session: string;
  /** Whether the session ran to its end and nothing of its journal is torn or damaged. */
  complete: boolean;
  /** 'interrupted': the journal has no closing record. */
  reason: SessionClosing['reason'] | 'interrupted';
  startedAt: string;
  /** Name of the experiment. */
  experiment: string;
  operator: string;
  isArmed: boolean;
  source: SourceKind;
  /** The device in words. */
  device: string;
  /** Back end of the simulation. */
  backend: string;
  /** Whether the native kernels did the work; otherwise `nativeReason` says why not. */
  native: boolean;
  nativeReason?: string;
  channels: number;
  sampleRateHz: number;
  /** Stream time from the first sample to the last, lost ones included. */
  seconds: number;
  ticks: number;
  lateTicks: number;
  /** How late ticks were handled; kinds that did not happen are absent. */
  lateHandling: Partial<Record<LateHandling, number>>;
  /** Per tick: from the acquisition of its newest sample to the delivery, else the decision; without a result until it was given up. */
  latencyMs: Percentiles;
  /** Time from the stage before (arrival: from acquisition); over the ticks in which both stages happened. */
  stagesMs: Record<LoopStage, Percentiles>;
  /** Samples per channel that were recorded. */
  samples: number;
  /** Samples per channel that the source lost, by the journal's gap records. */
  samplesLost: number;
  gaps: number;
  /** Samples per channel that are missing although no gap record says so: they were in damaged parts of the journal. */
  samplesUnreadable: number;
  /** Detected on all electrodes. */
  spikes: number;
  spikesPerChannel: number[];
  /** Spikes that were found but not kept because a block held too many. */
  spikesNotKept: number;
  simulatedSpikes: number;
  /** Mean plastic weight after the first and the last result of the simulation, mV; absent without a result. */
  meanPlasticWeightMillivolts?: { first: number; last: number };
  requests: number;
  permits: number;
  refusals: Partial<Record<RefusalCode, number>>;
  /** Acknowledged by the device as delivered. */
  deliveries: number;
  /** Deliveries by electrode number. */
  deliveriesPerElectrode: Record<string, number>;
  /** Permitted pulses that the device refused. */
  refusedByDevice: number;
  /** Permitted pulses of which the journal holds neither delivery nor refusal. */
  unacknowledged: number;
  /** Faults that were the first cause of a trip. */
  trips: number;
  faults: { code: FaultCode; message: string; isFirst: boolean }[];
  /** `fromSecond` counts from the first sample. */
  phases: { name: string; stimulation: boolean; fromSecond: number }[];
  /** Around deliveries. */
  evoked: EvokedResponse;
  /** Around requests that were refused: what happens at the same moments without a stimulus. */
  evokedControl: EvokedResponse;
  journal: JournalCondition;
}

/** Stages of a tick behind acquisition, in order. */
export const loopStages = ['arrival', 'detected', 'simulated', 'decided', 'delivered'] as const;
export type LoopStage = (typeof loopStages)[number];
