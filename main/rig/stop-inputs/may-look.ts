// When HID devices may be listed: listing can stall the system, and what is armed must not wait for it. Main and stop-input threads.
import { type ControlBlock, controlWord } from '../../../common/base/control-block.ts';
import { type InterlockState, interlockStates } from '../../../common/contract/interlock-states.ts';

/** From the first control of arming until the output is confirmed off nothing is listed and nothing opened. */
const statesToLookIn: ReadonlySet<InterlockState | undefined> = new Set(['safe', 'tripped', 'fault']);

export function mayLook(control: ControlBlock): boolean {
  const state = interlockStates[Atomics.load(control, controlWord.interlockState)];
  return Atomics.load(control, controlWord.isLeaseWanted) === 0 && statesToLookIn.has(state);
}
