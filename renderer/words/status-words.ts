// What comes next, what was last heard and how near limits are, in words. Runs in the page.
import { interlockWords } from '../../common/contract/interlock-words.ts';
import type { RefusalCode } from '../../common/contract/refusals.ts';
import type { LimitUse, RigStatus } from '../../common/contract/rig-status.ts';
import { ago, electrodeName, percent } from './format.ts';

/** @returns what comes next, beside the word of the state; '' when there is nothing to do. */
export function nextStep({ interlock }: RigStatus): string {
  switch (interlock.state) {
    case 'tripped':
      return interlock.isAcknowledged ? 'reset' : 'name the cause';
    case 'fault':
      return 'disconnect it';
    case 'safe':
    case 'check':
    case 'prearmed':
    case 'armed':
    case 'stimulating':
    case 'stopping':
      return '';
  }
}

/** @returns two lines about what was last known, for when it is known no longer. */
export function lastHeard(
  status: RigStatus | undefined,
  ageMs: number,
  isLinkLost: boolean,
): [since: string, was: string] {
  if (status === undefined) return [isLinkLost ? 'no connection' : 'waiting for the rig', 'nothing is known yet'];
  const was = interlockWords[status.interlock.state];
  return [`${isLinkLost ? 'connection lost' : 'not heard'} for ${ago(ageMs)}`, `was ${was}`];
}

/** @returns the part of its bound above which a limit is nearly used up; sooner for what is only predicted. */
export function highUseOf(code: RefusalCode | undefined): number {
  return code === 'temperature-rise' ? 0.5 : 0.8;
}

/** @returns the fraction of its bound that a limit uses; Infinity where nothing is allowed and something is used. */
export function useOf({ value, bound }: Pick<LimitUse, 'value' | 'bound'>): number {
  if (bound > 0) return value / bound;
  return value > 0 ? Infinity : 0;
}

/** @returns a use in words, of a bounded length: "41 %". */
export function useWords(fraction: number): string {
  if (fraction === Infinity) return 'not allowed';
  return fraction < 10 ? percent(fraction) : '> 999\u00a0%';
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

/** @returns how close a use is to its bound, for colour. @param code of the limit, where it has one. */
export function useTone(fraction: number, code?: RefusalCode): 'usual' | 'high' | 'over' {
  return fraction >= 1 ? 'over' : fraction > highUseOf(code) ? 'high' : 'usual';
}
