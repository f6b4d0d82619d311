// Every command that a page or the command line may give to the core: name, request, answer. There is no other way in.
import type { SavedPopulations } from './saved-populations.ts';
import { z } from 'zod';
import type { Source } from '../experiment/source.ts';
import { sessionTighteningSchema } from '../limits/session-tightening.ts';
import { populationControlSchema } from '../simulation-protocol/control-message.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { DeviceListing } from './devices.ts';
import { faultCodes } from './faults.ts';
import { loopBackPulses, type LoopBackResult } from './loop-back.ts';
import {
  type ReviewAnswers,
  type ReviewDescription,
  type ReviewNote,
  type ReviewNotes,
  type ReviewProgress,
  reviewRequests,
} from './review.ts';
import { type FoundSessions, type ImportedThing, sessionRequests } from './sessions.ts';
import type { JudgedImpedances } from './source-impedances.ts';
import { newStudySchema, type StudyEntry, type StudyReading, studyRequest } from './studies.ts';

const none = z.strictObject({});

/** Requests by command name, checked by the core before anything happens. */
export const commandRequests = {
  /** What this program and machine are. */
  'application.describe': none,
  /** What is connected or can be reached, with what is wrong and what to do; answers within seconds, also where the system stalls. */
  'devices.list': none,
  /** Experiment files of the library and whether each is valid. */
  'experiments.list': none,
  /** Everything about one experiment, for the Design view; bad files answer with diagnostics. */
  'experiments.open': z.strictObject({ file: z.string().min(1) }),
  ...sessionRequests,
  /** Starts the source and the simulation of an experiment; data flow, nothing is recorded. */
  'rig.connect': z.strictObject({
    file: z.string().min(1),
    /** 'fast': blocks come as fast as the loop takes them; for virtual sources only. */
    pacing: z.enum(['real-time', 'fast']).optional(),
    /** Saved state of the population to go on from, for a rehearsal or the next session. */
    startFrom: z.string().min(1).optional(),
  }),
  'rig.disconnect': none,
  /** Measures the electrodes of an experiment's source while nothing is connected; for an Intan controller, whose RHX must be clicked Connect again after it. */
  'source.measureImpedances': z.strictObject({ file: z.string().min(1) }),
  /** Has the connected stimulator measure its electrodes; its output is off, and nothing is recorded. */
  'rig.measureImpedances': none,
  /** Sends pulses into the stimulator's reference load, its relay open, and measures until they are acknowledged; in the state of the self-test, and logged as such. */
  'rig.testLoopBack': z.strictObject({
    electrode: z.int().min(0).max(4095),
    pulses: z.int().min(loopBackPulses.least).max(loopBackPulses.most),
    operator: z.string().min(1).max(80),
  }),
  /** First control of arming: self-test; answers with the physical summary. `probe`: serial number as the operator read it. */
  'arm.request': z.strictObject({ operator: z.string().min(1).max(80), probe: z.string().max(80).optional() }),
  /** Second, different control, held for a second. `secondPerson`: where the profile demands two. */
  'arm.confirm': z.strictObject({
    heldMilliseconds: z.number().min(0).max(60_000),
    secondPerson: z.string().min(1).max(80).optional(),
  }),
  'arm.cancel': none,
  /** Begins recording and the protocol's phases; stimulates only when armed. */
  'run.start': z.strictObject({
    seconds: z.number().positive().max(86_400).optional(),
    operator: z.string().min(1).max(80),
  }),
  /** Ends the recording: stops stimulation first, closes the journal, exports. */
  'run.end': none,
  /** Output off, at once, from every state. Needs nothing; the recording goes on. */
  stop: none,
  /** A sign that the operator is there; `isHeld`: the presence control is held down now, which stimulation near a limit demands. */
  'presence.confirm': z.strictObject({ isHeld: z.boolean() }),
  /** Limits of this session, tighter than before; possible in every state. */
  'limits.tighten': sessionTighteningSchema,
  /** The operator names the cause of a trip. */
  'trip.acknowledge': z.strictObject({ cause: z.enum(faultCodes) }),
  'trip.reset': none,
  /** One pulse of a stimulus of the experiment, asked for by the operator; takes the same path as every request. */
  'stimulus.test': z.strictObject({ stimulus: z.string().min(1) }),
  /** The population stands still and asks for nothing; data flow on. */
  'population.pause': none,
  'population.resume': none,
  /** Saves the state of the population in the session's folder; it stands still meanwhile. */
  'population.save': none,
  /** Saved states that the population of an experiment, as its file is now, can go on from. */
  'population.states': z.strictObject({ file: z.string().min(1) }),
  /** Freezes or resets the synapses of a projection, holds a signal, or drives a population; it stands still for a moment. */
  'population.control': populationControlSchema,
  /** Studies of learning rules that came with the program, and the user's own. */
  'studies.list': none,
  /** Starts a study, or goes on with it; the answer comes when it runs, its progress as notices of a task. */
  'studies.start': studyRequest,
  /** Ends a running study in order; what is done is kept. */
  'studies.cancel': studyRequest,
  'studies.results': studyRequest,
  /** Writes the file of a new study into the user's folder; never over another. */
  'studies.create': newStudySchema,
  ...reviewRequests,
  'mark.add': z.strictObject({ text: z.string().max(2000) }),
  'live.subscribe': z.strictObject({ signal: z.enum(['band', 'wide']) }),
  'live.unsubscribe': none,
  /** Whether the page looks into the simulated network: then live messages carry samples of it, a few in a second. */
  'live.inspect': z.strictObject({ network: z.boolean() }),
  /** The page has drawn this message. */
  'live.acknowledge': z.strictObject({ frame: z.int().min(0) }),
} as const;

export type CommandName = keyof typeof commandRequests;
export type CommandRequest<N extends CommandName> = z.infer<(typeof commandRequests)[N]>;

export type { Diagnostic };

export interface ApplicationDescription {
  name: 'Exocortex';
  version: string;
  contract: number;
  shell: 'electron' | 'node';
  platform: string;
  /** 'native' or why the TypeScript kernels do the work. */
  kernels: { kernel: 'native' | 'typescript'; reason?: string };
  sessionsFolder: string;
}

export interface ExperimentEntry {
  file: string;
  name: string;
  title: string;
  description: string;
  sourceKind: Source['kind'] | 'unknown';
  problems: Diagnostic[];
}

/** A parameter with its value, unit and allowed range, as the Design view shows it. */
export interface ParameterRow {
  group: string;
  label: string;
  value: string;
  unit: string;
  range: string;
}

export interface ExperimentDetails extends ExperimentEntry {
  parameters: ParameterRow[];
  stimuli: {
    name: string;
    electrode: number;
    words: string;
    limitUse: { limit: string; value: number; bound: number; unit: string }[];
  }[];
  phases: { name: string; seconds: number; stimulation: boolean }[];
}

/** What the operator reads between the two controls of arming. */
export interface ArmingSummary {
  checks: { check: string; isPassed: boolean; detail: string }[];
  isReady: boolean;
  device: string;
  /** Serial number of the device. */
  probe: string;
  profile: string;
  /** SHA-256 of the limits that are frozen now. */
  limitsHash: string;
  /** Whether a second person has to confirm. */
  needsSecondPerson: boolean;
  /** One line per stimulus, in physical quantities. */
  stimuli: { name: string; electrode: number; words: string }[];
  /** Seconds in which the confirmation must come. */
  confirmWithinSeconds: number;
}

/** A refused command: code for programs, words for people. */
export interface CommandRefusal {
  code: 'not-now' | 'invalid' | 'unsupported' | 'not-found' | 'failed';
  what: string;
  cure: string;
  diagnostics?: Diagnostic[];
}

interface Done {
  done: true;
}

/** Answers by command name. */
export interface CommandAnswers extends ReviewAnswers {
  'application.describe': ApplicationDescription;
  'devices.list': DeviceListing;
  'experiments.list': { experiments: ExperimentEntry[] };
  'experiments.open': ExperimentDetails;
  'sessions.list': FoundSessions;
  'sessions.tag': { tags: string[] };
  'sessions.import': ImportedThing;
  'sessions.report': { file: string };
  'sessions.recover': { nwb: string; ticks: number };
  'rig.connect': Done;
  'rig.disconnect': Done;
  'source.measureImpedances': JudgedImpedances;
  'rig.measureImpedances': JudgedImpedances;
  'rig.testLoopBack': LoopBackResult;
  'arm.request': ArmingSummary;
  'arm.confirm': Done;
  'arm.cancel': Done;
  'run.start': { folder: string };
  'run.end': Done;
  stop: Done;
  'presence.confirm': Done;
  'limits.tighten': { limitsHash: string };
  'trip.acknowledge': Done;
  'trip.reset': Done;
  'stimulus.test': Done;
  'population.pause': Done;
  'population.resume': Done;
  'population.save': { file: string; step: number; bytes: number };
  'population.states': SavedPopulations;
  'population.control': Done;
  'studies.list': { folder: string; studies: StudyEntry[] };
  'studies.start': { folder: string };
  'studies.cancel': Done;
  'studies.results': StudyReading;
  'studies.create': { file: string };
  'review.open': ReviewDescription;
  'review.close': Done;
  'review.cancel': Done;
  'review.notes': ReviewNotes;
  'review.note': ReviewNote;
  'review.signOff': ReviewNote;
  'mark.add': Done;
  'live.subscribe': Done;
  'live.unsubscribe': Done;
  'live.inspect': Done;
  'live.acknowledge': Done;
}

/** What the core tells a page without being asked. */
export type CoreNotice =
  | {
      notice: 'task';
      task: string;
      title: string;
      /** 'stopped': somebody cancelled it; what is done is kept. */
      state: 'running' | 'done' | 'failed' | 'stopped';
      fraction: number;
      /** What is being done: "7 of 21 units". */
      what?: string;
      /** Estimate; absent while there is nothing to tell it from. */
      secondsLeft?: number;
      result?: string;
      problem?: string;
    }
  /** How far the index of a session is that this page has open, or why it cannot be made. */
  | { notice: 'review'; folder: string; progress: ReviewProgress }
  | { notice: 'review'; folder: string; problem: CommandRefusal }
  /** Sessions came, went or changed. */
  | { notice: 'sessions' }
  | { notice: 'message'; level: 'info' | 'warning' | 'error'; text: string };
