// What an invariant is, and the words in which invariants speak of states; for the model check.
import type { InterlockState } from '../../common/contract/interlock-states.ts';
import { isLive } from './rig-model.ts';
import type { Draft, ModelState, SeenReduction } from './state.ts';

export interface Invariant {
  readonly name: string;
  readonly states: string;
  holds(before: ModelState, after: Draft): boolean;
}

/** Something that has to hold for each call of the reducer on the way. */
export const eachReduction =
  (holds: (reduction: SeenReduction, before: ModelState, draft: Draft) => boolean): Invariant['holds'] =>
  (before, draft) => {
    for (const reduction of draft.reductions) if (!holds(reduction, before, draft)) return false;
    return true;
  };

export const entersFrom = ({ before, after }: SeenReduction, state: InterlockState, from: InterlockState) =>
  after.state !== state || before.state === state || before.state === from;

export const enters = ({ before, after }: SeenReduction, state: InterlockState) =>
  after.state === state && before.state !== state;

export const isUnderWay = (state: InterlockState) => isLive(state) || state === 'check' || state === 'prearmed';
/** States in which the device has confirmed that its output is off. */
export const isConfirmedOff = (state: InterlockState) =>
  state === 'safe' || state === 'check' || state === 'prearmed' || state === 'tripped';
