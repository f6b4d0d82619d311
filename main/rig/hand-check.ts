// What arming says of a stimulator without a lease, whose output cannot be tried: what stands in for it. Rig thread; pure.
import { capabilityRules } from '../../common/contract/devices.ts';
import { animalProfiles } from '../../common/limits/profile-name.ts';
import type { Check } from './arming-context.ts';
import type { ConnectedRig } from './connected-rig.ts';

/** Read back is what it holds; that it gives it, only its own pulses show. */
export function checkHandOnly({ checked, limits }: ConnectedRig): Check {
  const { stimulator } = checked.experiment;
  const hasRelayBox = stimulator !== undefined && stimulator.kind !== 'hid-rig' && stimulator.hasRelayBox;
  const isPassed = hasRelayBox || !animalProfiles.has(limits.inForce.profile);
  const seconds = capabilityRules.L1.leastMillisecondsApart / 1000;
  return {
    check: 'what a stimulator without a lease may do',
    isPassed,
    detail: isPassed
      ? `single pulses by hand, ${seconds} s apart at least, while the presence control is held; it has no relay of its own and no emergency stop, so nothing was tried; impedances are those of the file${hasRelayBox ? '; a relay box stands before the tissue, as the experiment says' : ''}`
      : 'it gives nothing to an animal without a relay box that has a watchdog of its own: put one in between, and write hasRelayBox: true',
  };
}
