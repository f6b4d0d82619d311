// A HID device of the station's settings: finds it, opens it, reads what it reports, and says when it is gone. What a press does is not its business. Stop-input thread.
import type { Disposable } from '../../../common/base/disposable.ts';
import type {
  InputDeviceSetting,
  StopInputProblem,
  StopInputReading,
  StopInputState,
} from '../../../common/contract/stop-inputs.ts';
import type { HidDevice, HidSource } from '../hardware/hid-input.ts';
import { findDevice, numbersOf } from './find-device.ts';
import { readReport } from './read-report.ts';

export interface InputDeviceListener {
  /** Of every report, in the very call that brings it. */
  onReading(reading: StopInputReading): void;
  /** After every change of `state`. */
  onChange(): void;
}

export class InputDevice implements Disposable {
  readonly #setting: InputDeviceSetting;
  readonly #cureOfLoss: string;
  readonly #listener: InputDeviceListener;
  #name: string;
  #device: Disposable | undefined;
  #reading: StopInputReading | 'none' = 'none';
  #hasRested = false;
  #presses = 0;
  #problem: StopInputProblem | undefined = {
    code: 'looking',
    what: 'it has not been looked for yet',
    cure: 'Wait for some seconds',
  };
  #isDisposed = false;

  /** @param cureOfLoss what to do when it is gone */
  constructor(setting: InputDeviceSetting, cureOfLoss: string, listener: InputDeviceListener) {
    this.#setting = setting;
    this.#cureOfLoss = cureOfLoss;
    this.#listener = listener;
    this.#name = `HID device (${numbersOf(setting)})`;
  }

  get isOpen(): boolean {
    return this.#device !== undefined;
  }

  get isPressed(): boolean {
    return this.#reading === 'pressed';
  }

  /** Since it was opened. */
  get hasRested(): boolean {
    return this.#hasRested;
  }

  get state(): Omit<StopInputState, 'kind'> {
    return {
      name: this.#name,
      isOpen: this.isOpen,
      reading: this.#reading,
      presses: this.#presses,
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
    };
  }

  /** Opens it among those that the source lists. Never rejects: a failure becomes the input's problem. */
  async open(source: HidSource, devices: readonly HidDevice[]): Promise<void> {
    const found = findDevice(this.#setting, devices);
    if ('problem' in found) return this.#close(found.problem);
    const { path, product = 'HID device' } = found.device;
    this.#name = `${product} (${numbersOf(this.#setting)})`;
    let device: Disposable;
    try {
      device = await source.open(path, {
        onReport: (report) => this.#take(report),
        onLost: (message) => this.#lose(message),
      });
    } catch (error) {
      return this.#close({
        code: 'not-opened',
        what: `${this.#name} cannot be opened: ${error instanceof Error ? error.message : String(error)}`,
        cure: 'Give this user the right to read it (on Linux by a udev rule, on macOS under Input Monitoring), and close other programs that hold it',
      });
    }
    if (this.#isDisposed) return device.dispose();
    this.#device = device;
    this.#problem = undefined;
    this.#listener.onChange();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#device?.dispose();
    this.#device = undefined;
  }

  #take(report: Uint8Array): void {
    const reading = readReport(report, this.#setting.mapping);
    this.#listener.onReading(reading);
    if (reading === this.#reading) return;
    this.#reading = reading;
    if (reading === 'rest') this.#hasRested = true;
    if (reading === 'pressed') this.#presses++;
    this.#listener.onChange();
  }

  #lose(message: string): void {
    if (this.#device === undefined) return;
    this.#close({ code: 'lost', what: `${this.#name} is gone: ${message}`, cure: this.#cureOfLoss });
  }

  #close(problem: StopInputProblem): void {
    this.#device?.dispose();
    this.#device = undefined;
    this.#reading = 'none';
    this.#hasRested = false;
    // An input that stays missing is the same news every time it is looked for.
    const isNew = this.#problem?.what !== problem.what;
    this.#problem = problem;
    if (isNew) this.#listener.onChange();
  }
}
