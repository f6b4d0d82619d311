// One stop or presence input: finds its device, hears it, and raises the shared words itself. Stop-input thread.
import { type ControlBlock, controlWord, requestEmergencyStop } from '../../../common/base/control-block.ts';
import type { Disposable } from '../../../common/base/disposable.ts';
import type {
  StopInputProblem,
  StopInputReading,
  StopInputSetting,
  StopInputState,
} from '../../../common/contract/stop-inputs.ts';
import type { HidDevice, HidSource } from '../hardware/hid-input.ts';
import { findDevice, numbersOf } from './find-device.ts';
import { readReport } from './read-report.ts';

export class StopInput implements Disposable {
  readonly #setting: StopInputSetting;
  readonly #control: ControlBlock;
  readonly #onChange: () => void;
  /** Whether a press stops. */
  readonly doesStop: boolean;
  /** Whether a press shows that somebody is there. */
  readonly #showsPresence: boolean;
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

  /** @param onChange is called after every change of `state` */
  constructor(setting: StopInputSetting, control: ControlBlock, onChange: () => void) {
    this.#setting = setting;
    this.#control = control;
    this.#onChange = onChange;
    this.doesStop = setting.kind !== 'presence';
    this.#showsPresence = setting.kind !== 'stop';
    this.#name = `HID device (${numbersOf(setting)})`;
  }

  get isOpen(): boolean {
    return this.#device !== undefined;
  }

  get state(): StopInputState {
    return {
      name: this.#name,
      kind: this.#setting.kind,
      isOpen: this.isOpen,
      reading: this.#reading,
      presses: this.#presses,
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
    };
  }

  /** Opens its device among those that the source lists. Never rejects: a failure becomes the input's problem. */
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
    this.#onChange();
  }

  /** Raises the words again while it is held, whether or not the device repeats its reports. */
  repeat(): void {
    if (this.#reading === 'pressed') this.#raise('pressed');
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#device?.dispose();
    this.#device = undefined;
  }

  #take(report: Uint8Array): void {
    const reading = readReport(report, this.#setting.mapping);
    this.#raise(reading);
    if (reading === this.#reading) return;
    this.#reading = reading;
    if (reading === 'rest') this.#hasRested = true;
    if (reading === 'pressed') this.#presses++;
    this.#onChange();
  }

  /** Every report that is not rest stops, whatever came before. An input that never rested shows nobody's presence: it may be stuck, or never rest. */
  #raise(reading: StopInputReading): void {
    if (this.doesStop && reading !== 'rest') requestEmergencyStop(this.#control);
    if (this.#showsPresence && this.#hasRested && reading === 'pressed') {
      Atomics.add(this.#control, controlWord.presence, 1);
    }
  }

  #lose(message: string): void {
    if (this.#device === undefined) return;
    this.#close({
      code: 'lost',
      what: `${this.#name} is gone: ${message}`,
      cure: 'Stop, plug it in again and press it once; it is looked for while the rig is not armed',
    });
  }

  #close(problem: StopInputProblem): void {
    this.#device?.dispose();
    this.#device = undefined;
    this.#reading = 'none';
    this.#hasRested = false;
    // An input that stays missing is the same news every time it is looked for.
    const isNew = this.#problem?.what !== problem.what;
    this.#problem = problem;
    if (isNew) this.#onChange();
  }
}
