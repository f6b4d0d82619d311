// When a trip happened, how the rig came to rest and what to do, in words. Runs in the page.
import { faultWords } from '../../common/contract/faults.ts';
import type { RigStatus, TripReaction } from '../../common/contract/rig-status.ts';
import { quantity } from './format.ts';

/** @param clock writes seconds of the recording. */
export function whenWords(cause: RigStatus['interlock']['firstCause'], clock: (seconds: number) => string): string {
  if (cause === undefined) return 'not known';
  if (cause.code === 'unclean-exit') return 'before this start of the program';
  return cause.atSeconds > 0 ? clock(cause.atSeconds) : 'while nothing was recorded';
}

/** @returns how fast the output went off, against its bound. */
export function reactionWords(reaction: TripReaction): string {
  const { confirmedAfterMilliseconds, lastPulseAfterMilliseconds: last, boundMilliseconds } = reaction;
  const lastPulse =
    last === undefined
      ? 'no pulse after it'
      : `last pulse ${quantity(last, 'ms')} after it (allowed ${quantity(boundMilliseconds, 'ms')})`;
  return confirmedAfterMilliseconds === 0
    ? `The output was off already; ${lastPulse}.`
    : `Off, confirmed ${quantity(confirmedAfterMilliseconds, 'ms')} after the cause; ${lastPulse}.`;
}

/** @returns what the operator does now; an output that may be on comes before the cause. */
export function toDoWords({ state, firstCause }: RigStatus['interlock']): string {
  if (state === 'fault') return 'Disconnect the stimulator from the tissue now, then restart Exocortex.';
  return firstCause === undefined ? 'Call the person responsible.' : faultWords[firstCause.code].toDo;
}
