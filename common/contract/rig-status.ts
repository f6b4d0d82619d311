// What the rig says about itself thirty times a second: the page shows this and nothing that it guesses.
import type { Source } from '../experiment/source.ts';
import type { LateHandling } from '../journal/records.ts';
import type { ProfileName } from '../limits/profile-name.ts';
import type { RunningDrive } from '../simulation-protocol/control-message.ts';
import type { ClockSyncStatus } from './clock-sync.ts';
import type { DigitalInputStatus } from './digital-input-status.ts';
import type { Fault } from './faults.ts';
import type { InterlockState } from './interlock-states.ts';
import type { RefusalCode } from './refusals.ts';
import type { RigHealthStatus } from './rig-health.ts';
import type { SourceHealth } from './source-health.ts';

/** idle: nothing connected. live: data flow, nothing is recorded. recording: data flow into a session. closing: the session's files are being finished. */
export type SessionStage = 'idle' | 'connecting' | 'live' | 'recording' | 'closing';

/** How much of a limit is in use. */
export interface LimitUse {
  /** Words of the limit, "charge per phase". */
  limit: string;
  /** With which a request beyond it is refused. */
  code: RefusalCode;
  value: number;
  bound: number;
  unit: string;
  electrode?: number;
}

/** How the rig came to rest after a trip. */
export interface TripReaction {
  /** From the trip to the device's word that its output is off; 0 when it was off already. */
  confirmedAfterMilliseconds: number;
  /** From the trip to the beginning of the last pulse; absent: none began after it. */
  lastPulseAfterMilliseconds?: number;
  /** Within which the last pulse must have begun. */
  boundMilliseconds: number;
}

/** A drive that runs. */
export interface RunningDriveStatus extends Pick<RunningDrive, 'population' | 'strength' | 'unit'> {
  /** Of the model's time, which stands still while the population is paused. */
  millisecondsLeft: number;
}

export interface RigStatus {
  /** Host monotonic ns when this was true. */
  hostNs: number;
  session: {
    stage: SessionStage;
    /** Absolute path, title and subject of the experiment; absent when idle. */
    experiment?: { file: string; name: string; title: string; subject?: string };
    /** Folder of the current or the last recording. */
    folder?: string;
    /** Seconds of stream time in the recording. */
    elapsedSeconds: number;
    /** Seconds after which the run ends by itself; absent: it goes on until stopped. */
    requestedSeconds?: number;
    phases: { name: string; seconds: number; stimulation: boolean }[];
    /** Index into `phases`; -1 when not recording. */
    phase: number;
  };
  source: {
    description: string;
    kind: Source['kind'] | 'none';
    channels: number;
    sampleRateHz: number;
    /** Age of the newest sample, ms; large when the source stalls. */
    newestSampleAgeMilliseconds: number;
    samplesLost: number;
    gaps: number;
    /** How the source says it is; absent where it cannot be asked. */
    health?: SourceHealth;
    /** Why the source is gone; absent while it is there. */
    closedReason?: string;
    /** Detection noise per channel, µV; empty until the estimate is ready. */
    noiseMicrovolts: number[];
    thresholdSigmas: number;
  };
  interlock: {
    state: InterlockState;
    /** Whether a stimulator is connected; without one nothing can be armed, and the output is off. */
    hasStimulator: boolean;
    /** As the device confirmed within the last second; null when it has not been heard for longer. */
    isOutputOn: boolean | null;
    outputConfirmedAgoMilliseconds: number;
    /** Current that the stimulator measures now, µA; null when it has not been heard for a second. */
    outputMicroamps: number | null;
    /** The stimulator's own emergency stop; null when it has not been heard for a second. */
    isEmergencyStopPressed: boolean | null;
    /** Pedals and keys of the station's settings. */
    stopInputs: 'none' | 'ready' | 'missing';
    /** Short number of the armed session, hexadecimal; '' when not armed. */
    armedSession: string;
    /** `atSeconds`: seconds of the recording at which it tripped; 0 without a recording. */
    firstCause?: Fault & { atSeconds: number };
    furtherCauses: Fault[];
    /** Whether the operator has named the cause. */
    isAcknowledged: boolean;
    /** Whether reset would be accepted now; when not, `resetBlockedBy` says why. */
    canReset: boolean;
    resetBlockedBy?: string;
    /** Of the first cause; absent until the device has confirmed and the bound has passed. */
    reaction?: TripReaction;
    limitUse: LimitUse[];
    profile: string;
    /** What the limits are compiled for: all but the bench ask for the probe's serial number. Absent when nothing is connected. */
    preparation?: ProfileName;
    /** SHA-256 of the limits in force; '' when nothing is connected. */
    limitsHash: string;
    /**
     * Seconds until a sign of the operator is due; `mustHold`: a stimulus of the experiment is only permitted while the presence control is held;
     * `isDeadMan`: all of them, for the stimulator has no lease.
     */
    presence: { dueSeconds: number; mustHold: boolean; isDeadMan: boolean; isHeld: boolean };
  };
  /** Digital inputs whose changes are recorded, in the experiment's order; absent when nothing is connected. */
  digitalInputs?: DigitalInputStatus[];
  /** Each measured once a second, with its bound; absent when nothing is connected. */
  health?: RigHealthStatus;
  /** How the clocks of source and stimulator are aligned; absent where they are one device. */
  clockSync?: ClockSyncStatus;
  counters: {
    requests: number;
    permits: number;
    refusals: Partial<Record<RefusalCode, number>>;
    deliveries: number;
    spikes: number;
  };
  loop: {
    ticks: number;
    lateTicks: number;
    lateHandling: Partial<Record<LateHandling, number>>;
    /** Of the last thousand ticks, ms: from the newest sample's acquisition to the end of the tick. */
    recent: { p50: number; p99: number; max: number };
    deadlineMilliseconds: number;
  };
  simulation: {
    backend: string;
    /** Why this back end, as a sentence; empty where there was no choice. */
    backendReason: string;
    neurons: number;
    synapses: number;
    populations: { name: string; firstNeuron: number; neurons: number }[];
    isAlive: boolean;
    /** Step of the saved state that it went on from; absent where it began anew. */
    startedFromStep?: number;
    /** Whether the operator lets it stand still. */
    isPaused: boolean;
    /** What is injected into populations now. */
    drives: RunningDriveStatus[];
    /** Each weight as it was when it was last summed, which takes less than a second for millions. */
    meanPlasticWeightMillivolts: number;
  };
  kernels: { kernel: 'native' | 'typescript'; reason?: string };
  /** `fillFraction`: part of the recorder's buffer in use. `freeSeconds`: until the disk is full at the present rate. */
  recorder: { isRecording: boolean; writtenBytes: number; fillFraction: number; freeSeconds?: number };
  /** Pedals and keys of the station's settings whose presses are marks. */
  triggerInputs: 'none' | 'ready' | 'missing';
  /** Frames to this page. */
  frames: { sent: number; dropped: number };
}
