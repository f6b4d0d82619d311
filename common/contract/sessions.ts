// What a page may ask of the library of recorded sessions, and what it is answered; used by the page and the core.
import { z } from 'zod';

/** Sessions in one answer, unless the page asks for another number. */
export const sessionsShown = 200;
/** Values of a kind that are offered to choose from, at most; the text finds the others. */
export const sessionChoicesMax = 500;

const folder = z.string().min(1);
const choice = z.string().min(1).max(200).optional();
/** A day as it was where the session was recorded. */
const day = z.iso.date().optional();

/** One line of text without control characters. */
const tag = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^\P{Cc}*$/u);

export const sessionRequests = {
  /** Past sessions that fit, newest first. What is left out does not matter; of what is given, all must hold. */
  'sessions.list': z.strictObject({
    /** Every word stands somewhere: in names, operator, rules, day, state, tags or notes. */
    text: z.string().max(200).optional(),
    subject: choice,
    experiment: choice,
    rule: choice,
    /** The session has each of them. */
    tags: z.array(tag).max(20).optional(),
    trips: z.enum(['with', 'without']).optional(),
    /** First and last day, both counted. */
    fromDay: day,
    toDay: day,
    most: z.int().min(1).max(10_000).optional(),
    /** Looks at the folders again before it answers. */
    looksAgain: z.boolean().optional(),
  }),
  /** Gives a session a tag, or takes it away; who did it and when is kept. */
  'sessions.tag': z.strictObject({ folder, tag, isSet: z.boolean(), author: z.string().trim().min(1).max(80) }),
  /** Takes a session's folder into the library, or makes another program's recording one to replay; the answer comes when it is done. */
  'sessions.import': z.strictObject({ path: z.string().min(1) }),
  /** Writes everything about a session into one HTML file in its folder; the answer comes when it is there. */
  'sessions.report': z.strictObject({ folder }),
  /** Restores what an unfinished session holds and exports it. */
  'sessions.recover': z.strictObject({ folder }),
} as const;

export type SessionQuery = Omit<z.infer<(typeof sessionRequests)['sessions.list']>, 'looksAgain'>;

export interface SessionEntry {
  folder: string;
  session: string;
  experiment: string;
  subject?: string;
  operator: string;
  /** Learning rules of the network's projections. */
  rules: string[];
  /** In the order of the alphabet. */
  tags: string[];
  startedAt: string;
  /** 'unfinished': the program ended without closing the journal; it can be recovered. */
  state: 'complete' | 'tripped' | 'incomplete' | 'unfinished' | 'recording';
  seconds: number;
  deliveries: number;
  spikes: number;
  /** Faults that were the first cause of a trip. */
  trips: number;
  nwb?: string;
}

/** What all sessions of the library have, to choose from, in the order of the alphabet. */
export interface SessionChoices {
  subjects: string[];
  experiments: string[];
  rules: string[];
  tags: string[];
}

export interface FoundSessions {
  /** Newest first, no more than were asked for. */
  sessions: SessionEntry[];
  /** How many fit. */
  found: number;
  /** How many there are. */
  all: number;
  choices: SessionChoices;
  /** Why the library is slower or knows less than it could, in words. */
  problem?: string;
}

/** What became of a thing that was imported. */
export interface ImportedThing {
  kind: 'session' | 'recording';
  /** Folder of the session, or the file of the recording that an experiment names. */
  path: string;
}
