// When a device reports its status unasked: on each change of its output, and every 20 ms; runs in the virtual rig.
import type { DeviceStatus } from '../../common/device-protocol/device-status.ts';
import type { StimulatorOutline } from './stimulator.ts';

const periodNs = 20e6;

/** What the clients must know of at once. */
type Outline = StimulatorOutline & Pick<DeviceStatus, 'bootNumber'>;

export class StatusSchedule {
  #dueNs = -Infinity;
  /** What the clients have been told of the output. */
  #told: Outline | undefined;

  isDue(outline: Outline, nowNs: number): boolean {
    return nowNs >= this.#dueNs || this.#told === undefined || !isSame(outline, this.#told);
  }

  /** The status has been sent. */
  note(outline: Outline, nowNs: number): void {
    this.#dueNs = nowNs + periodNs;
    this.#told = outline;
  }
}

function isSame(a: Outline, b: Outline): boolean {
  return (
    a.isOutputOn === b.isOutputOn &&
    a.session === b.session &&
    a.burnedSession === b.burnedSession &&
    a.isEmergencyStopPressed === b.isEmergencyStopPressed &&
    a.bootNumber === b.bootNumber
  );
}
