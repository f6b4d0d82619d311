// When a device reports its status unasked: on each change of its output, and every 20 ms; runs in the virtual rig.
import type { DeviceStatus } from '../../common/device-protocol/device-status.ts';

const periodNs = 20e6;

export class StatusSchedule {
  #dueNs = -Infinity;
  /** What the clients have been told of the output. */
  #told = '';

  isDue(status: DeviceStatus, nowNs: number): boolean {
    return nowNs >= this.#dueNs || describe(status) !== this.#told;
  }

  /** The status has been sent. */
  note(status: DeviceStatus, nowNs: number): void {
    this.#dueNs = nowNs + periodNs;
    this.#told = describe(status);
  }
}

function describe({ isOutputOn, session, burnedSession, isEmergencyStopPressed, bootNumber }: DeviceStatus): string {
  return `${isOutputOn} ${session} ${burnedSession} ${isEmergencyStopPressed} ${bootNumber}`;
}
