// What the stimulator says of itself, judged: emergency stop, restarts, temperature, damaged messages, unexpected current, silence. Rig thread.
import type { Fault } from '../../../common/contract/faults.ts';
import type { DeviceStatus } from '../../../common/device-protocol/device-status.ts';

export const temperatureMaxDecidegrees = 450;
/** Measured current of an output that is off: the converter's noise. */
const idleCurrentMaxNanoamps = 100;
const badFramesToTrip = 3;
const badFramesWindowNs = 1e9;

export interface DeviceWatchOptions {
  /** The device as it was when it was connected. */
  readonly bootNumber: number;
  /** Longest silence before a trip, ns. */
  readonly silentMaxNs: number;
}

export class DeviceWatch {
  readonly #options: DeviceWatchOptions;
  #heardNs: number;
  #refusedFrames = -1;
  #badFrameTimes: number[] = [];
  #idleCurrents = 0;
  #measuredMicroseconds = -1;

  constructor(options: DeviceWatchOptions, nowNs: number) {
    this.#options = options;
    this.#heardNs = nowNs;
  }

  /** When the device was last heard, host ns. */
  get heardNs(): number {
    return this.#heardNs;
  }

  /** @returns what is wrong by this status; lasting conditions are reported at every status. */
  hear(status: DeviceStatus, receivedNs: number): Fault[] {
    this.#heardNs = receivedNs;
    const faults: Fault[] = [];
    if (status.isEmergencyStopPressed)
      faults.push({ code: 'emergency-stop', message: 'The emergency stop of the stimulator is pressed.' });
    if (status.bootNumber !== this.#options.bootNumber)
      faults.push({ code: 'device-rebooted', message: 'The stimulator has restarted since it was connected.' });
    const { temperatureDecidegrees } = status;
    if (!(temperatureDecidegrees <= temperatureMaxDecidegrees)) {
      const [value, bound] = [temperatureDecidegrees / 10, temperatureMaxDecidegrees / 10];
      faults.push({ code: 'over-temperature', message: `The stimulator has ${value} °C.`, value, bound, unit: '°C' });
    }
    return faults.concat(this.#checkFrames(status, receivedNs), this.#checkIdleCurrent(status));
  }

  /** @returns a fault when the device has been silent for too long. */
  checkSilence(nowNs: number): Fault | undefined {
    const silentNs = nowNs - this.#heardNs;
    if (silentNs <= this.#options.silentMaxNs) return undefined;
    const [value, bound] = [silentNs / 1e6, this.#options.silentMaxNs / 1e6];
    const message = `The stimulator has said nothing for ${value.toFixed(0)} ms.`;
    return { code: 'device-silent', message, value, bound, unit: 'ms' };
  }

  /** A damaged message of the device has been dropped. @returns a fault when there are too many. */
  noteBadFrame(nowNs: number): Fault | undefined {
    return this.#countBadFrames(1, nowNs, 'from the stimulator were damaged');
  }

  /** The device counts what it refused: damaged or forged commands. */
  #checkFrames({ refusedFrames }: DeviceStatus, nowNs: number): Fault[] {
    const before = this.#refusedFrames;
    this.#refusedFrames = refusedFrames;
    if (before < 0 || refusedFrames <= before) return [];
    const fault = this.#countBadFrames(refusedFrames - before, nowNs, 'to the stimulator were damaged or forged');
    return fault === undefined ? [] : [fault];
  }

  #countBadFrames(frames: number, nowNs: number, what: string): Fault | undefined {
    for (let frame = 0; frame < frames && frame < badFramesToTrip; frame++) this.#badFrameTimes.push(nowNs);
    this.#badFrameTimes = this.#badFrameTimes.filter((atNs) => !(nowNs - atNs >= badFramesWindowNs));
    const value = this.#badFrameTimes.length;
    if (value < badFramesToTrip) return undefined;
    const message = `${value} messages ${what} within a second.`;
    return { code: 'bad-frames', message, value, bound: badFramesToTrip, unit: 'in 1 s' };
  }

  /** One measurement may fall into the end of a pulse; two with the output off are a current that nobody commands. */
  #checkIdleCurrent({ isOutputOn, outputNanoamps, deviceMicroseconds }: DeviceStatus): Fault[] {
    const isIdle = isOutputOn || Math.abs(outputNanoamps) <= idleCurrentMaxNanoamps;
    // Each status is heard through two handles: that is one measurement.
    const isNew = deviceMicroseconds !== this.#measuredMicroseconds;
    this.#measuredMicroseconds = deviceMicroseconds;
    if (isIdle) this.#idleCurrents = 0;
    else if (isNew) this.#idleCurrents++;
    if (this.#idleCurrents < 2) return [];
    const message = `${(outputNanoamps / 1000).toFixed(2)} µA flow although the stimulator’s output is off.`;
    return [
      {
        code: 'unexpected-output',
        message,
        value: outputNanoamps / 1000,
        bound: idleCurrentMaxNanoamps / 1000,
        unit: 'µA',
      },
    ];
  }
}
