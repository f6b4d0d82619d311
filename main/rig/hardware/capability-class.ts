// What a stimulator may be used for, by how it protects the tissue when this program is gone; declared by each driver. Rig thread; types.
import type { CapabilityClass } from '../../../common/contract/devices.ts';

export interface WithCapability<C extends CapabilityClass> {
  readonly capability: C;
}

/** The operator's hand on the dead-man. Asked at each pulse: what was true a moment ago does not count. */
export interface DeadMan {
  readonly isHeld: boolean;
}
