// Exhaustive breadth-first search of everything that is reachable, with every invariant looked at on every step; for the model check.
import { Collapse, vectorWords } from './collapse.ts';
import { isDriving } from './device-model.ts';
import type { Invariant } from './invariant.ts';
import { invariants } from './invariants.ts';
import { type Draft, firstState, type ModelState, type Setting } from './state.ts';
import { StateSet } from './state-set.ts';
import { forEachSuccessor } from './successors.ts';
import { type Search, type Trace, traceTo } from './trace.ts';

export interface Exploration {
  readonly states: number;
  readonly transitions: number;
  /** Steps from the first state to the farthest one. */
  readonly depth: number;
  /** The first invariant that did not hold, and the shortest way there. */
  readonly violation: { readonly invariant: Invariant; readonly trace: Trace } | undefined;
  /** Ticks after permission had ended at which a pulse still began, and the output was still on; -1: never. */
  readonly latestPulse: number;
  readonly latestOutput: number;
  /** Pulses that reached an electrode, over all transitions. */
  readonly pulses: number;
}

function brokenBy(before: ModelState, next: Draft): Invariant | undefined {
  for (const invariant of invariants) if (!invariant.holds(before, next)) return invariant;
  return undefined;
}

/**
 * Looks at every state that is reachable, or stops at the first violation: breadth first, so that its trace is a shortest one.
 * @param statesMax @throws Error when there are more
 */
export function explore(setting: Setting, statesMax: number): Exploration {
  const search: Search = { setting, collapse: new Collapse(), states: new StateSet(vectorWords) };
  const { collapse, states } = search;
  const vector = new Uint32Array(vectorWords);
  const seen = { transitions: 0, latestPulse: -1, latestOutput: -1, pulses: 0 };
  let violation: Exploration['violation'];
  let depth = 0;
  collapse.pack(firstState(setting.configuration), vector);
  states.add(vector, -1);
  /** States from here on are one step farther than those before. */
  let levelEnd = 1;
  for (let state = 0; state < states.size && violation === undefined; state++) {
    if (state === levelEnd) {
      depth++;
      levelEnd = states.size;
    }
    const now = collapse.unpack(states.vectors, state * vectorWords);
    forEachSuccessor(now, setting, (label, next) => {
      if (violation !== undefined) return;
      seen.transitions++;
      const { observer, pulse } = next;
      if (isDriving(next.device)) seen.latestOutput = Math.max(seen.latestOutput, observer.outputPermission);
      if (pulse?.isDriving) {
        seen.pulses++;
        seen.latestPulse = Math.max(seen.latestPulse, observer.pulsePermission);
      }
      const broken = brokenBy(now, next);
      if (broken !== undefined) violation = { invariant: broken, trace: traceTo(search, state, label, next) };
      collapse.pack(next, vector);
      states.add(vector, state);
    });
    if (states.size > statesMax) throw new Error(`more than ${statesMax} states: the configuration is too large`);
  }
  return { states: states.size, depth, violation, ...seen };
}
