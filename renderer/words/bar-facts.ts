// What the state bar says beside the state: each a word and a tone, so that colour never speaks alone. Runs in the page.
import type { RigStatus } from '../../common/contract/rig-status.ts';
import { clock, span } from './format.ts';
import { deviceAgeMs, deviceUnknownAfterMs } from './output-words.ts';
import { highestUse, limitName, useOf, useTone, useWords } from './status-words.ts';

export interface BarFact {
  word: string;
  /** 'unknown' is grey: nobody knows it now. */
  tone: 'usual' | 'high' | 'danger' | 'unknown';
}

export interface LimitFact extends BarFact {
  /** Which limit. */
  name: string;
  /** Part of its bound, 0 to 1. */
  fraction: number;
}

export interface BarFacts {
  recording: BarFact;
  experiment: BarFact;
  emergencyStop: BarFact;
  stopInputs: BarFact;
  limit: LimitFact;
  disk: BarFact;
}

const unknown: BarFact = { word: 'unknown', tone: 'unknown' };
/** What there is none of. */
const none = (word: string): BarFact => ({ word, tone: 'unknown' });
const usual = (word: string): BarFact => ({ word, tone: 'usual' });

function recording({ session }: RigStatus): BarFact {
  switch (session.stage) {
    case 'recording':
      return usual(`REC ${clock(session.elapsedSeconds)}`);
    case 'closing':
      return usual('finishing files …');
    case 'idle':
    case 'connecting':
    case 'live':
      return none('not recording');
  }
}

function experiment({ session }: RigStatus): BarFact {
  if (session.experiment === undefined) return none('none');
  const { subject, title } = session.experiment;
  return usual(subject === undefined ? title : `${subject} · ${title}`);
}

function emergencyStop(status: RigStatus, ageMs: number): BarFact {
  const { isEmergencyStopPressed: isPressed, presence } = status.interlock;
  // What has no lease has no stop of its own.
  if (presence.isDeadMan) return none('none');
  if (isPressed === null || !(deviceAgeMs(status, ageMs) <= deviceUnknownAfterMs)) return unknown;
  return isPressed ? { word: 'PRESSED', tone: 'danger' } : usual('released');
}

function stopInputs({ interlock }: RigStatus): BarFact {
  switch (interlock.stopInputs) {
    case 'none':
      return none('none');
    case 'ready':
      return usual('ready');
    case 'missing':
      return { word: 'MISSING', tone: 'high' };
  }
}

function limit({ interlock }: RigStatus): LimitFact {
  const highest = highestUse(interlock.limitUse);
  if (highest === undefined) return { ...none('none'), name: '', fraction: 0 };
  const fraction = useOf(highest);
  const tones = { usual: 'usual', high: 'high', over: 'danger' } as const;
  return { word: useWords(fraction), tone: tones[useTone(fraction, highest.code)], name: limitName(highest), fraction };
}

/** @param status undefined: the rig has not been heard for a second, and nothing is known. @param ageMs age of the status. */
export function barFacts(status: RigStatus | undefined, ageMs: number): BarFacts {
  if (status === undefined) {
    return {
      recording: unknown,
      experiment: unknown,
      emergencyStop: unknown,
      stopInputs: unknown,
      limit: { ...unknown, name: '', fraction: 0 },
      disk: unknown,
    };
  }
  const { freeSeconds } = status.recorder;
  return {
    recording: recording(status),
    experiment: experiment(status),
    emergencyStop: emergencyStop(status, ageMs),
    stopInputs: stopInputs(status),
    limit: limit(status),
    disk: freeSeconds === undefined ? unknown : usual(span(freeSeconds)),
  };
}
