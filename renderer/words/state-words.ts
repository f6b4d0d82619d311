// What each state of the interlock is called, how it looks and what it means. Runs in the page.
import type { InterlockState } from '../../common/contract/interlock-states.ts';
import { interlockWords } from '../../common/contract/interlock-words.ts';
import type { StateShape } from '../ui/state-shape.ts';

/** A state as the page shows it: 'unknown' when the rig has not been heard for a second. */
export type ShownState = InterlockState | 'unknown';

/** Colour, shape and word each say the state alone. `tone` names the colours of theme.css. */
export interface StateWords {
  word: string;
  shape: StateShape;
  tone: 'safe' | 'check' | 'armed' | 'stimulating' | 'danger' | 'unknown';
  meaning: string;
}

export const stateWords: Record<ShownState, StateWords> = {
  safe: {
    word: interlockWords.safe.toUpperCase(),
    shape: 'open-square',
    tone: 'safe',
    meaning: 'Disarmed. The output is off and nothing can turn it on before the rig is armed.',
  },
  check: {
    word: interlockWords.check.toUpperCase(),
    shape: 'half-square',
    tone: 'check',
    meaning: 'The self-test of arming runs. The output is off.',
  },
  prearmed: {
    word: interlockWords.prearmed.toUpperCase(),
    shape: 'half-square',
    tone: 'check',
    meaning: 'The self-test passed. The output is off until the second control has been held for one second.',
  },
  armed: {
    word: interlockWords.armed.toUpperCase(),
    shape: 'square',
    tone: 'armed',
    meaning: 'The stimulator is enabled. Test pulses are delivered; the loop stimulates when a run begins.',
  },
  stimulating: {
    word: interlockWords.stimulating.toUpperCase(),
    shape: 'waves',
    tone: 'stimulating',
    meaning: 'A run is on and requests of the simulation are delivered within the limits.',
  },
  stopping: {
    word: interlockWords.stopping.toUpperCase(),
    shape: 'down',
    tone: 'armed',
    meaning: 'The output is being turned off; the stimulator has not confirmed it yet.',
  },
  tripped: {
    word: interlockWords.tripped.toUpperCase(),
    shape: 'octagon',
    tone: 'danger',
    meaning: 'A fault turned the output off. It stays off until the cause is named and the rig is reset.',
  },
  fault: {
    word: interlockWords.fault.toUpperCase(),
    shape: 'hatched',
    tone: 'danger',
    meaning: 'The output could not be confirmed off. Disconnect the stimulator from the tissue.',
  },
  unknown: {
    word: 'UNKNOWN',
    shape: 'question',
    tone: 'unknown',
    meaning: 'The rig has not been heard for more than a second. Nothing on this page is current.',
  },
};
