// What a page may ask about a recorded session, and what it is answered; used by the page, the core and the review program.
import { z } from 'zod';
import { digitalLines, type DigitalInput } from '../experiment/digital-inputs.ts';
import type { AuditMark } from '../journal/session-documents.ts';
import type { InterlockState } from './interlock-states.ts';

/** What became of a request for a stimulus. */
export const requestFate = { delivered: 0, refused: 1, refusedByDevice: 2, unanswered: 3, undecided: 4 } as const;
export type RequestFate = (typeof requestFate)[keyof typeof requestFate];

/** Columns of one answer, at most. */
export const reviewColumnsMax = 4096;
/** Electrodes whose traces are in one answer, at most. */
export const reviewTracesMax = 128;
/** A window that holds more of these is answered by counts alone. */
export const reviewExactMax = { spikes: 50_000, ticks: 10_000, requests: 5_000, inputs: 10_000 } as const;
/** Simulated spikes in one answer, at most: of more, every second, fourth, eighth … in order of time is given. */
export const reviewSimulatedMax = 10_000;
/** Stretches of samples that are averaged, at most; of more events, some spread evenly over the session are taken. */
export const reviewAveragedMax = 500;
/** Events of a kind in one answer, at most. */
export const reviewEventsMax = 2_000;

/** What a PI may say of a session with a signature. */
export const signOffVerdicts = ['accepted', 'accepted with remarks', 'rejected'] as const;
export type SignOffVerdict = (typeof signOffVerdicts)[number];

const folder = z.string().min(1);
/** Chosen by the page, different for each question that is open: it may be taken back by it. */
const ticket = z.int().min(0);
const sample = z.int().min(0);

/**
 * A window of time in columns. Samples count from the session's first. Columns lie on a grid of their own width, so that one means
 * the same in every answer.
 */
const columnWindow = {
  folder,
  ticket,
  fromSample: sample,
  /** A power of two. */
  samplesPerColumn: z.int().refine((value) => value >= 1 && Number.isInteger(Math.log2(value)), 'is no power of two'),
  columns: z.int().min(1).max(reviewColumnsMax),
};
const isOnGrid = ({ fromSample, samplesPerColumn }: { fromSample: number; samplesPerColumn: number }) =>
  fromSample % samplesPerColumn === 0;
const gridWords = 'fromSample is no multiple of samplesPerColumn';

export const reviewRequests = {
  /** Opens a session; its index is made when there is none, which goes on after the answer. */
  'review.open': z.strictObject({ folder }),
  'review.close': z.strictObject({ folder }),
  /** Least and greatest value of each electrode in each column. */
  'review.traces': z
    .strictObject({
      ...columnWindow,
      firstChannel: z.int().min(0),
      channels: z.int().min(1).max(reviewTracesMax),
    })
    .refine(isOnGrid, gridWords),
  /** Spikes, ticks, requests for stimuli and digital inputs: counts in columns, and each of them where there are not too many. */
  'review.activity': z.strictObject(columnWindow).refine(isOnGrid, gridWords),
  /** States of the interlock, faults, marks, phases and gaps; what holds at the beginning comes first. */
  'review.events': z.strictObject({ folder, ticket, fromSample: sample, toSample: sample }),
  /** Spikes and samples around events. */
  'review.response': z.strictObject({
    folder,
    ticket,
    align: z.discriminatedUnion('to', [
      /** `electrode` left out: pulses on any. */
      z.strictObject({ to: z.enum(['delivered', 'refused']), electrode: z.int().min(0).optional() }),
      z.strictObject({ to: z.enum(['marks', 'phases']) }),
      /** Edges of a digital input. `line` from 1. */
      z.strictObject({
        to: z.enum(['rising', 'falling']),
        line: z.int().min(1).max(digitalLines),
      }),
      z.strictObject({ to: z.literal('samples'), samples: z.array(sample).max(10_000) }),
    ]),
    fromSample: sample,
    toSample: sample,
    beforeMilliseconds: z.number().min(1).max(5_000),
    afterMilliseconds: z.number().min(1).max(5_000),
    binMilliseconds: z.number().min(0.1).max(100),
    /** Whose spikes are counted; left out: all electrodes. */
    spikesOf: z.int().min(0).optional(),
    /** Whose samples are averaged. */
    averageOf: z.int().min(0),
  }),
  /** Takes a question back: it is answered with a refusal, at once. */
  'review.cancel': z.strictObject({ folder, ticket }),
  /** Notes on a session that were written after it. */
  'review.notes': z.strictObject({ folder }),
  /** Adds a note; nothing is ever changed or taken away. `withdraws`: number of a note that is not to be counted any more. */
  'review.note': z.strictObject({
    folder,
    fromSeconds: z.number().min(0),
    toSeconds: z.number().min(0),
    label: z.string().trim().min(1).max(80),
    text: z.string().max(2000),
    author: z.string().trim().min(1).max(80),
    withdraws: z.int().min(1).optional(),
  }),
  /** A PI signs the recording and its notes as they are: the files are compared with the manifest first. */
  'review.signOff': z.strictObject({
    folder,
    verdict: z.enum(signOffVerdicts),
    /** Why; may be empty for what is accepted. */
    statement: z.string().trim().max(2000),
    author: z.string().trim().min(1).max(80),
  }),
} as const;

/** How far the index of a session is. */
export interface ReviewProgress {
  /** 'reading': the journal is being read; 'growing': it is read up to its end and still written; 'whole': all is there. */
  state: 'reading' | 'growing' | 'whole';
  /** Of the journal, 0 to 1. */
  fraction: number;
  /** Samples per channel that can be looked at, lost ones included. */
  samples: number;
}

export interface ReviewDescription extends ReviewProgress {
  folder: string;
  session: string;
  experiment: string;
  subject?: string;
  operator: string;
  startedAt: string;
  isArmed: boolean;
  channels: number;
  sampleRateHz: number;
  microvoltsPerBit: number;
  deadlineMilliseconds: number;
  populations: { name: string; firstNeuron: number; neurons: number }[];
  /** Lines of the source whose changes are recorded. */
  digitalInputs: DigitalInput[];
  /** Synapses that learn. */
  plasticSynapses: number;
  /** Records that are missing in damaged stretches of the journal. */
  framesLost: number;
}

/** `channels` × `columns`, electrode by electrode, bits. A column without samples has its minimum above its maximum. */
export interface ReviewTraces {
  fromSample: number;
  samplesPerColumn: number;
  columns: number;
  firstChannel: number;
  channels: number;
  minimum: Int16Array;
  maximum: Int16Array;
}

/** Counts per column, and single things unless there are too many of them. */
export interface ReviewActivity {
  fromSample: number;
  /** At least that of the finest counts, 512. */
  samplesPerColumn: number;
  columns: number;
  hasSpikes: boolean;
  hasTicks: boolean;
  hasRequests: boolean;
  hasEdges: boolean;
  /** Spikes of all electrodes. */
  spikeCounts: Uint32Array;
  /** Channels × columns, electrode by electrode; empty when there are single spikes. */
  electrodeCounts: Uint16Array;
  /** Populations × columns, population by population. */
  populationCounts: Uint32Array;
  tickCounts: Uint32Array;
  lateCounts: Uint32Array;
  /** Latency of the ticks in a column, ms; NaN without one. */
  lowestLatency: Float32Array;
  highestLatency: Float32Array;
  meanLatency: Float32Array;
  deliveredCounts: Uint32Array;
  refusedCounts: Uint32Array;
  /** Mean over the results in a column of the mean plastic weight, mV; NaN without one. */
  resultCounts: Uint32Array;
  meanWeights: Float32Array;
  /** Rising and falling edges: digital inputs × columns, line by line in the order of the description. */
  riseCounts: Uint32Array;
  fallCounts: Uint32Array;
  /**
   * One for each digital input: the sample from which on its level is known, `fromSample` where it was before, NaN where it is not in
   * these columns; and how it is there, 1 high.
   */
  lineKnownFrom: Float64Array;
  lineIsHigh: Uint16Array;
  /** Single edges in order of time; `edgeInput` is the place of the line in the description, `edgeIsRise` 1 or 0. */
  edgeAt: Float64Array;
  edgeInput: Uint16Array;
  edgeIsRise: Uint16Array;
  spikeAt: Float64Array;
  spikeChannel: Uint16Array;
  spikeMicrovolts: Float32Array;
  /** Of how many simulated spikes one is given: a power of two. Given are those whose number is a multiple of it. */
  simulatedEvery: number;
  simulatedAt: Float64Array;
  simulatedNeuron: Uint32Array;
  /** Number of the spike among all simulated ones of the session, in order of time from 0 on. */
  simulatedNumber: Uint32Array;
  tickAt: Float64Array;
  tickMilliseconds: Float32Array;
  tickIsLate: Uint16Array;
  requestAt: Float64Array;
  requestElectrode: Uint16Array;
  /** `RequestFate`. */
  requestFates: Uint16Array;
  /** Refusal of the interlock, or outcome of the device, by its place in its list. */
  requestCode: Uint16Array;
  requestOrigin: Uint16Array;
  askedMicroamps: Float32Array;
  /** As the device acknowledged; 0 without a pulse. */
  deliveredMicroamps: Float32Array;
  /** Charge of the first phase as measured over its duration; NaN where nothing was measured. */
  measuredMicroamps: Float32Array;
}

export interface ReviewEvents {
  fromSample: number;
  toSample: number;
  states: { at: number; state: InterlockState; event: string; operator?: string }[];
  faults: { at: number; code: string; message: string; isFirst: boolean }[];
  /** Notes of the operator while it was recorded. */
  marks: { at: number; text: string }[];
  phases: { at: number; name: string; stimulation: boolean }[];
  gaps: { at: number; lostSamples: number }[];
  /** Where the first pulse of the window that was delivered begins; left out when there is none. */
  firstDelivery?: number;
  /** Digital inputs whose first rising edge of the session lies in the window, and where. `line` from 1. */
  firstRises: { line: number; at: number }[];
  /** Kinds of which there are more than are told. */
  cut: string[];
}

export interface ReviewResponse {
  /** Events that were aligned to, and those whose samples were averaged. */
  events: number;
  averaged: number;
  /** Of the first bin and the first sample, relative to the event. */
  fromMilliseconds: number;
  binMilliseconds: number;
  /** Spikes per bin, summed over events. */
  histogram: Uint32Array;
  /** µV, one per sample; NaN where no event has samples. */
  average: Float32Array;
  /** Standard deviation over events, µV. */
  deviation: Float32Array;
}

/** A note on a session. */
export interface ReviewNote {
  /** From 1 on. */
  number: number;
  fromSeconds: number;
  toSeconds: number;
  label: string;
  text: string;
  author: string;
  /** ISO 8601 with offset. */
  writtenAt: string;
  withdraws?: number;
  signOff?: SignOff;
}

/** What makes a note a signature. */
export interface SignOff {
  verdict: SignOffVerdict;
  /** SHA-256 of the manifest that was signed. */
  manifest: string;
  /** The entry in the station's audit log. */
  audit: AuditMark;
}

export interface ReviewNotes {
  notes: ReviewNote[];
  /** What is wrong with the file of the notes, in words. */
  problems: string[];
}

/** Notes that no later note withdraws. */
export function standingNotes(notes: readonly ReviewNote[]): ReviewNote[] {
  const withdrawn = new Set(notes.flatMap(({ withdraws }) => withdraws ?? []));
  return notes.filter(
    ({ number, withdraws, signOff }) => withdraws === undefined && signOff === undefined && !withdrawn.has(number),
  );
}

export type SignedNote = ReviewNote & { signOff: SignOff };

/** Signatures among the notes, oldest first. */
export function signaturesOf(notes: readonly ReviewNote[]): SignedNote[] {
  return notes.filter((note): note is SignedNote => note.signOff !== undefined);
}

/** Answers that come as bytes. */
export interface ReviewAnswers {
  'review.traces': ReviewTraces;
  'review.activity': ReviewActivity;
  'review.events': ReviewEvents;
  'review.response': ReviewResponse;
}
export type ReviewQueryName = keyof ReviewAnswers;
export const reviewQueryNames = [
  'review.traces',
  'review.activity',
  'review.events',
  'review.response',
] as const satisfies readonly ReviewQueryName[];
export type ReviewQuery<N extends ReviewQueryName = ReviewQueryName> = z.infer<(typeof reviewRequests)[N]>;
