// Sentences of the state bar about what the rig says. Runs in the page.
import type { LimitUse, RigStatus } from '../../common/contract/rig-status.ts';
import { ago, electrodeName } from './format.ts';
import { stateWords } from './state-words.ts';

/** @returns what the stimulator's output does, as measured. `ageMs` is added to the age of the confirmation. */
export function outputWords({ interlock, session }: RigStatus, ageMs: number): string {
  if (session.stage === 'idle' && interlock.isOutputOn === null) return 'nothing connected';
  if (interlock.isOutputOn === null) return 'output not confirmed';
  const confirmed = ago(interlock.outputConfirmedAgoMilliseconds + ageMs);
  return `output ${interlock.isOutputOn ? 'on' : 'off'}, confirmed ${confirmed} ago`;
}

/** @returns what to know about the state beside its word. */
export function stateDetail(status: RigStatus, ageMs: number): string {
  const { state, isAcknowledged, armedSession } = status.interlock;
  const parts = [outputWords(status, ageMs)];
  if (state === 'tripped') parts.push(isAcknowledged ? 'reset' : 'name the cause');
  else if (state === 'fault') parts.push('disconnect the stimulator');
  else if (state === 'prearmed') parts.push('hold to arm');
  else if (armedSession !== '') parts.push(`session ${armedSession.toUpperCase()}`);
  return parts.join(' · ');
}

/** @returns what was last known, for when it is known no longer. */
export function lastHeard(status: RigStatus | undefined, ageMs: number, isLinkLost: boolean): string {
  if (status === undefined) return isLinkLost ? 'no connection, trying again' : 'waiting for the rig';
  const was = stateWords[status.interlock.state].word.toLowerCase();
  return `${isLinkLost ? 'connection lost' : 'not heard'} for ${ago(ageMs)} · was ${was}`;
}

/** @returns the fraction of its bound that a limit uses. */
export function useOf({ value, bound }: Pick<LimitUse, 'value' | 'bound'>): number {
  return bound > 0 ? value / bound : 0;
}

/** @returns the limit that is nearest to its bound. */
export function highestUse(limits: readonly LimitUse[]): LimitUse | undefined {
  return limits.reduce<LimitUse | undefined>(
    (highest, use) => (highest === undefined || useOf(use) > useOf(highest) ? use : highest),
    undefined,
  );
}

/** @returns the limit's words with its electrode. */
export function limitName({ limit, electrode }: LimitUse): string {
  return electrode === undefined ? limit : `${limit}, ${electrodeName(electrode)}`;
}

/** @returns how close a use is to its bound, for colour. */
export function useTone(fraction: number): 'usual' | 'high' | 'over' {
  return fraction >= 1 ? 'over' : fraction >= 0.8 ? 'high' : 'usual';
}
