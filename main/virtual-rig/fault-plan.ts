// Which requested faults are due, and what they do to the next pulses; runs in the virtual rig.
import type { VirtualFault } from '../../common/device-protocol/virtual-fault.ts';

export type PulseFault = Extract<VirtualFault, { pulses: number }>;
/** Faults of the whole device or of its stream of blocks. */
export type DeviceFault = Exclude<VirtualFault, PulseFault>;

/** More faults than this are not remembered: the newest is dropped. */
const plannedMax = 1000;

/** Faults wait for their sample; those of pulses then wait for pulses, one kind after the other. */
export class FaultPlan {
  #planned: VirtualFault[] = [];
  #ofPulses: { fault: PulseFault; left: number }[] = [];

  add(fault: VirtualFault): void {
    if (this.#planned.length < plannedMax) this.#planned.push(fault);
  }

  /** Takes the faults that are due when `nextSample` is the next to be acquired. */
  takeDue(nextSample: number): DeviceFault[] {
    if (this.#planned.length === 0) return [];
    const due = this.#planned.filter(({ atSample = 0 }) => atSample <= nextSample);
    this.#planned = this.#planned.filter((fault) => !due.includes(fault));
    const ofDevice: DeviceFault[] = [];
    for (const fault of due) {
      if ('pulses' in fault) this.#ofPulses.push({ fault, left: fault.pulses });
      else ofDevice.push(fault);
    }
    return ofDevice;
  }

  /** Takes what is to go wrong with the pulse that has just arrived. */
  takeForPulse(): PulseFault | undefined {
    const first = this.#ofPulses[0];
    if (first === undefined) return undefined;
    first.left--;
    if (first.left === 0) this.#ofPulses.shift();
    return first.fault;
  }
}
