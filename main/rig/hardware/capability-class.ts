// What a stimulator may be used for, by how it protects the tissue when this program is gone; declared by each driver. Rig thread.
import type { CapabilityClass } from '../../../common/contract/devices.ts';

export interface WithCapability<C extends CapabilityClass> {
  readonly capability: C;
}

/** What each class allows. */
export const capabilityRules = {
  L3: { mayCloseTheLoop: true, leastMillisecondsApart: 0 },
  L2: { mayCloseTheLoop: true, leastMillisecondsApart: 0 },
  L1: { mayCloseTheLoop: false, leastMillisecondsApart: 1000 },
} as const satisfies Record<CapabilityClass, { mayCloseTheLoop: boolean; leastMillisecondsApart: number }>;

/** A stimulator that the loop may drive. One of class L1 is no such type: the loop cannot be given it. */
export type LoopStimulator<D extends WithCapability<CapabilityClass>> =
  D extends WithCapability<infer C> ? ((typeof capabilityRules)[C]['mayCloseTheLoop'] extends true ? D : never) : never;

/** The operator's hand on the dead-man. Asked at each pulse: what was true a moment ago does not count. */
export interface DeadMan {
  readonly isHeld: boolean;
}
