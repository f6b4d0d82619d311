// What is known of the connected device from before, and what is new: for the checks of arming. Rig thread.
import type { DeviceStatus } from '../../common/device-protocol/device-status.ts';
import type { DeviceNews, RememberedDevice } from '../../common/limits/remembered-device.ts';

/** The recorder thread's service. */
export interface DeviceNotes {
  noteDevice(news: DeviceNews): void;
}

export class DeviceHistory {
  readonly #notes: DeviceNotes;
  #impedancesOhms: readonly number[];
  #isEmergencyStopTried: boolean;
  #isPressed = false;

  constructor(remembered: RememberedDevice, notes: DeviceNotes) {
    this.#notes = notes;
    this.#impedancesOhms = remembered.impedancesOhms;
    this.#isEmergencyStopTried = remembered.isEmergencyStopTried;
  }

  /** At the self-test before this one, Ω; empty: there was none. */
  get impedancesOhms(): readonly number[] {
    return this.#impedancesOhms;
  }

  /** Whether the device's emergency stop was pressed and released lately. */
  get isEmergencyStopTried(): boolean {
    return this.#isEmergencyStopTried;
  }

  hear({ isEmergencyStopPressed }: Pick<DeviceStatus, 'isEmergencyStopPressed'>): void {
    const isReleased = this.#isPressed && !isEmergencyStopPressed;
    this.#isPressed = isEmergencyStopPressed;
    if (!isReleased) return;
    this.#isEmergencyStopTried = true;
    this.#notes.noteDevice({ isEmergencyStopTried: true });
  }

  /** As a self-test has measured them. */
  rememberImpedances(impedancesOhms: readonly number[]): void {
    this.#impedancesOhms = [...impedancesOhms];
    this.#notes.noteDevice({ impedancesOhms: [...impedancesOhms] });
  }
}
