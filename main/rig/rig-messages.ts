// Messages between the main thread and the rig thread.
import type { AuditDetail, AuditEvent } from '../../common/audit/audit-entry.ts';
import type { ControlBlock } from '../../common/base/control-block.ts';
import type { CommandAnswers, CommandName, CommandRefusal, CommandRequest } from '../../common/contract/commands.ts';
import type { Fault } from '../../common/contract/faults.ts';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import type { AuditMark } from '../../common/journal/session-documents.ts';
import type { RingMemory } from '../../common/journal/ring.ts';
import type { MessagePort } from 'node:worker_threads';
import type { CarriedCause } from '../../common/contract/carried-cause.ts';
import type { StartHidThread } from './hardware/hid/start-hid-thread.ts';
import type { ProgramName } from './platform.ts';
import type { SessionSeal } from './recording/seal-session.ts';

/** What the rig thread begins with. */
export interface RigThreadStart {
  control: ControlBlock;
  ring: RingMemory;
  watchdogPort: MessagePort;
  recorderPort: MessagePort;
  stationPort: MessagePort;
  /** From the stop-input thread: TriggerPresses. */
  triggerPort: MessagePort;
  /** What the last start of the program has left latched. */
  carried: CarriedCause | undefined;
  exocortexVersion: string;
  applicationFolder: string;
  /** Of the built threads. */
  programsFolder: string;
}

/** Commands that the rig thread carries out; all others are the application's. */
export const rigCommands = [
  'rig.disconnect',
  'rig.measureImpedances',
  'rig.testLoopBack',
  'arm.confirm',
  'arm.cancel',
  'presence.confirm',
  'limits.tighten',
  'run.end',
  'stop',
  'trip.acknowledge',
  'trip.reset',
  'stimulus.test',
  'population.pause',
  'population.resume',
  'population.save',
  'population.control',
  'mark.add',
  'live.subscribe',
  'live.unsubscribe',
  'live.acknowledge',
  'live.inspect',
] as const satisfies readonly CommandName[];
export type RigCommandName = (typeof rigCommands)[number];

/** A command of a page as the rig thread gets it. Connecting and starting carry what only the main thread can read from disk. */
export type RigOrder =
  | { [N in RigCommandName]: { name: N; request: CommandRequest<N> } }[RigCommandName]
  | {
      name: 'arm.request';
      request: CommandRequest<'arm.request'>;
      /** Why the site's limit file does not hold now, in words. */
      siteProblem: string | undefined;
    }
  | { name: 'source.measureImpedances'; checked: CheckedExperiment }
  | {
      name: 'rig.connect';
      checked: CheckedExperiment;
      isFast: boolean;
      startFrom: string | undefined;
      deviceToken: string | undefined;
    }
  | {
      name: 'run.start';
      request: CommandRequest<'run.start'>;
      sessionsFolder: string;
      folderStamp: string;
      startedAt: string;
    };

export type RigAnswer = CommandAnswers[CommandName];
export type RigOutcome = { answer: RigAnswer } | { refusal: CommandRefusal };

/** What the main thread asks to be written for the station. */
export type StationOrder =
  { what: 'seal'; seal: SessionSeal } | { what: 'note'; event: AuditEvent; detail: AuditDetail; actor: string };

export type ToRig =
  | { kind: 'order'; id: number; page: number; order: RigOrder }
  | { kind: 'station'; id: number; order: StationOrder }
  | { kind: 'page-closed'; page: number }
  | { kind: 'program-exited'; program: number; how: string }
  | { kind: 'end' };

export type FromRig =
  | { kind: 'outcome'; id: number; outcome: RigOutcome }
  /** `done`: the entry of the audit log that a note became; why it is not done, in words; or nothing to say. */
  | { kind: 'station-done'; id: number; done: AuditMark | string | undefined }
  | { kind: 'live'; page: number; bytes: Uint8Array }
  | { kind: 'start-program'; program: number; name: ProgramName; args: string[]; environment: Record<string, string> }
  | { kind: 'end-program'; program: number }
  | StartHidThread
  | { kind: 'recording'; isRecording: boolean }
  | { kind: 'recording-ended'; folder: string }
  | { kind: 'fault'; fault: Fault }
  | { kind: 'message'; level: 'info' | 'warning' | 'error'; text: string };
