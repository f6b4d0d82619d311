// What the station remembers of a device from one connection to the next: impedances, and when its emergency stop was tried. Recorder thread.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type DeviceNews,
  type RememberedDevice,
  type RememberedDeviceFile,
  rememberedDeviceSchema,
} from '../../../common/limits/remembered-device.ts';
import { readWhole, writeWhole } from './durable-file.ts';
import { serialFileName } from './serial-file-name.ts';

const dayMilliseconds = 86_400_000;
const advice = 'move it away; the electrodes are then compared with nothing';

export class DeviceFile {
  readonly #path: string;
  readonly #wallMilliseconds: () => number;
  #content: RememberedDeviceFile;

  /** @throws Error when the file is there and cannot be read. */
  constructor(stationFolder: string, serial: string, wallMilliseconds: () => number) {
    const folder = join(stationFolder, 'devices');
    this.#path = join(folder, serialFileName(serial));
    this.#wallMilliseconds = wallMilliseconds;
    mkdirSync(folder, { recursive: true });
    this.#content = readWhole(this.#path, rememberedDeviceSchema, advice) ?? {
      format: 'exocortex-device/1',
      serial,
      impedancesOhms: [],
    };
  }

  get remembered(): RememberedDevice {
    const { impedancesOhms, emergencyStopTriedAt = Number.NaN } = this.#content;
    const age = this.#wallMilliseconds() - emergencyStopTriedAt;
    // A trial in the future is one of a clock that has been set.
    return { impedancesOhms, isEmergencyStopTried: age >= 0 && age < dayMilliseconds };
  }

  /** Durable when it returns. @throws Error of the file system */
  note({ impedancesOhms, isEmergencyStopTried }: DeviceNews): void {
    this.#content = {
      ...this.#content,
      ...(impedancesOhms === undefined ? {} : { impedancesOhms }),
      ...(isEmergencyStopTried === undefined ? {} : { emergencyStopTriedAt: this.#wallMilliseconds() }),
    };
    writeWhole(this.#path, JSON.stringify(this.#content), 0o600);
  }
}
