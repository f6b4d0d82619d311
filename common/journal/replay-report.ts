// What a replay of a session has found, and what its thread says while it works; rig's replay thread and the shells.
import type { TurnKind } from './records.ts';

/** What is compared; spikes are counted one by one, all else by record. */
export const comparedKinds = [
  'spikes',
  'results',
  'populationSpikes',
  'requests',
  'permits',
  'refusals',
  'ticks',
  'transitions',
  'faults',
  'gaps',
  'limits',
] as const;
export type ComparedKind = (typeof comparedKinds)[number];

export interface ComparedCount {
  recorded: number;
  computed: number;
  /** In the same place and the same bit for bit. */
  equal: number;
}

/** The first place at which the replay did not make what was recorded. */
export interface ReplayDifference {
  tick: number;
  /** Counted as the blocks count them. */
  sample: number;
  /** Stream time since the session's first sample. */
  seconds: number;
  /** What the chain was called for. */
  turn: TurnKind;
  kind: ComparedKind;
  /** null: the recording has nothing in this place. */
  recorded: object | null;
  /** null: the replay made nothing in this place. */
  computed: object | null;
}

export interface ReplayReport {
  format: 'exocortex-replay-report/1';
  session: string;
  startedAt: string;
  /** Version that recorded it. */
  exocortexVersion: string;
  backend: { recorded: string; replayed: string };
  kernel: { recorded: string; replayed: string };
  ticks: number;
  turns: number;
  /** Stream time that was replayed. */
  seconds: number;
  /** 'cut off': the session was killed or is still being recorded; what is whole was replayed. */
  end: 'closed' | 'cut off' | 'damaged';
  /** Where the journal is damaged, in words; what lies behind was not replayed. */
  damage?: string;
  compared: Record<ComparedKind, ComparedCount>;
  isEqual: boolean;
  difference: ReplayDifference | null;
}

/** Why a session cannot be replayed. */
export interface ReplayRefusal {
  /** What happened, to what. */
  what: string;
  /** How to mend it. */
  cure: string;
}

/** What the replay thread is given. */
export interface ReplayRequest {
  folder: string;
  /** Back end of the simulation that has to do the work. */
  backend: string;
}

export type ReplayMessage =
  /** The simulation is to be started with this environment. */
  | { kind: 'listening'; environment: Readonly<Record<string, string>> }
  | { kind: 'progress'; fraction: number; seconds: number }
  | { kind: 'done'; report: ReplayReport }
  | { kind: 'refused'; refusal: ReplayRefusal };
