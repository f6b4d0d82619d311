// One stop or presence input: hears its device and raises the shared words itself. Stop-input thread.
import { type ControlBlock, controlWord, requestEmergencyStop } from '../../../common/base/control-block.ts';
import type { Disposable } from '../../../common/base/disposable.ts';
import type { StopInputReading, StopInputSetting, StopInputState } from '../../../common/contract/stop-inputs.ts';
import type { HidDevice, HidSource } from '../hardware/hid-input.ts';
import { InputDevice } from './input-device.ts';

export class StopInput implements Disposable {
  readonly #setting: StopInputSetting;
  readonly #control: ControlBlock;
  readonly #device: InputDevice;
  /** Whether a press stops. */
  readonly doesStop: boolean;
  /** Whether a press shows that somebody is there. */
  readonly #showsPresence: boolean;

  /** @param onChange is called after every change of `state` */
  constructor(setting: StopInputSetting, control: ControlBlock, onChange: () => void) {
    this.#setting = setting;
    this.#control = control;
    this.doesStop = setting.kind !== 'presence';
    this.#showsPresence = setting.kind !== 'stop';
    this.#device = new InputDevice(
      setting,
      'Stop, plug it in again and press it once; it is looked for while the rig is not armed',
      { onReading: (reading) => this.#raise(reading), onChange },
    );
  }

  get isOpen(): boolean {
    return this.#device.isOpen;
  }

  get state(): StopInputState {
    return { ...this.#device.state, kind: this.#setting.kind };
  }

  /** Never rejects. */
  open(source: HidSource, devices: readonly HidDevice[]): Promise<void> {
    return this.#device.open(source, devices);
  }

  /** Raises the words again while it is held, whether or not the device repeats its reports. */
  repeat(): void {
    if (this.#device.isPressed) this.#raise('pressed');
  }

  dispose(): void {
    this.#device.dispose();
  }

  /** Every report that is not rest stops, whatever came before. An input that never rested shows nobody's presence: it may be stuck, or never rest. */
  #raise(reading: StopInputReading): void {
    if (this.doesStop && reading !== 'rest') requestEmergencyStop(this.#control);
    if (this.#showsPresence && this.#device.hasRested && reading === 'pressed') {
      Atomics.add(this.#control, controlWord.presence, 1);
    }
  }
}
