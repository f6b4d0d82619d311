// One trigger input: notes when it was pressed, for a mark in the recording. It is given no shared word: it can neither stop nor show presence. Stop-input thread.
import type { Disposable } from '../../../common/base/disposable.ts';
import {
  type StopInputReading,
  type StopInputState,
  triggerControl,
  type TriggerInputSetting,
} from '../../../common/contract/stop-inputs.ts';
import type { HidDevice, HidSource } from '../hardware/hid-input.ts';
import { InputDevice } from './input-device.ts';
import type { TriggerPresses } from './stop-input-messages.ts';

/** More than a foot or a hand does between two rounds of the thread: what comes beyond is counted. */
const pressesMax = 16;

export class TriggerInput implements Disposable {
  readonly #setting: TriggerInputSetting;
  readonly #nowNs: () => number;
  readonly #device: InputDevice;
  /** A report that says the same again is no other press. */
  #isReleased = true;
  #pressedNs: number[] = [];
  #unmarked = 0;

  /**
   * @param nowNs the host's monotonic clock
   * @param onChange is called after every change of `state`
   */
  constructor(setting: TriggerInputSetting, nowNs: () => number, onChange: () => void) {
    this.#setting = setting;
    this.#nowNs = nowNs;
    const cure =
      'Plug it in again; it is looked for while the rig is not armed, and its presses are no marks until then';
    this.#device = new InputDevice(setting, cure, {
      onReading: (reading) => this.#take(reading),
      onChange: () => {
        if (!this.isOpen) this.#isReleased = true;
        onChange();
      },
    });
  }

  get isOpen(): boolean {
    return this.#device.isOpen;
  }

  get state(): StopInputState {
    return { ...this.#device.state, kind: 'trigger' };
  }

  /** Never rejects. */
  open(source: HidSource, devices: readonly HidDevice[]): Promise<void> {
    return this.#device.open(source, devices);
  }

  /** @returns what has been pressed since the last time, if anything has */
  takePresses(): TriggerPresses | undefined {
    if (this.#pressedNs.length === 0) return undefined;
    const trigger = {
      name: this.#setting.name,
      control: triggerControl(this.#setting),
      device: this.#device.state.name,
    };
    const presses = { trigger, pressedNs: this.#pressedNs, unmarked: this.#unmarked };
    this.#pressedNs = [];
    this.#unmarked = 0;
    return presses;
  }

  dispose(): void {
    this.#device.dispose();
  }

  #take(reading: StopInputReading): void {
    if (reading === 'rest') this.#isReleased = true;
    if (reading !== 'pressed' || !this.#isReleased) return;
    this.#isReleased = false;
    if (this.#pressedNs.length < pressesMax) this.#pressedNs.push(this.#nowNs());
    else this.#unmarked++;
  }
}
