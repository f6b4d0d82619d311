// What each state of the interlock is called, on the page, in reports and on a terminal; used in every process.
import type { InterlockState } from './interlock-states.ts';

export const interlockWords: Readonly<Record<InterlockState, string>> = {
  safe: 'safe',
  check: 'check',
  prearmed: 'ready to arm',
  armed: 'armed',
  stimulating: 'stimulating',
  stopping: 'stopping',
  tripped: 'tripped',
  fault: 'fault',
};
