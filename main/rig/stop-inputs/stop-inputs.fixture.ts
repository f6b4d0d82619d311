// The inputs of a station on fake devices and a fake clock, for tests; the test is whoever shares the control block.
import { FakeClock } from '../../../common/base/clock.ts';
import { controlWord, createControlBlock } from '../../../common/base/control-block.ts';
import type { Disposable } from '../../../common/base/disposable.ts';
import { type InterlockState, interlockStates } from '../../../common/contract/interlock-states.ts';
import type { StopInputSetting, TriggerInputSetting } from '../../../common/contract/stop-inputs.ts';
import type { FakeHidSource } from './fake-hid-source.ts';
import { pedal } from './fake-hid-source.ts';
import { StopInputs } from './stop-inputs.ts';

export const stop: StopInputSetting = { vendorId: pedal.vendorId, productId: pedal.productId, kind: 'stop' };
export const gamePad = { ...pedal, path: '/fake/game-pad', productId: 9, product: 'Game pad', usage: 5 };
export const presence: StopInputSetting = {
  vendorId: gamePad.vendorId,
  productId: gamePad.productId,
  kind: 'presence',
  mapping: { byte: 1, mask: 1, pressedWhen: 'set' },
};
export const trigger: TriggerInputSetting = {
  vendorId: pedal.vendorId,
  productId: pedal.productId,
  name: 'Light on',
  control: 'left pedal',
};
export const press = [0, 0, 4, 0, 0, 0, 0, 0];
export const release = [0, 0, 0, 0, 0, 0, 0, 0];

/** What was begun has its turn. */
export const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

export class Station implements Disposable {
  readonly source: FakeHidSource;
  readonly control = createControlBlock();
  readonly clock = new FakeClock();
  readonly inputs: StopInputs;

  private constructor(source: FakeHidSource, settings: readonly (StopInputSetting | TriggerInputSetting)[]) {
    this.source = source;
    const stopInputs = settings.filter((setting) => 'kind' in setting);
    const triggerInputs = settings.filter((setting) => 'name' in setting);
    this.inputs = new StopInputs({ stopInputs, triggerInputs }, source, this.control, () => this.clock.nowNs());
  }

  /** Opens what is plugged in. */
  static async begin(source: FakeHidSource, ...settings: (StopInputSetting | TriggerInputSetting)[]): Promise<Station> {
    const station = new Station(source, settings);
    await station.pass(0.05);
    return station;
  }

  word(name: keyof typeof controlWord): number {
    return Atomics.load(this.control, controlWord[name]);
  }

  enter(state: InterlockState): void {
    Atomics.store(this.control, controlWord.interlockState, interlockStates.indexOf(state));
  }

  /** Lets rounds of 50 ms pass, and what they began. */
  async pass(seconds: number): Promise<void> {
    for (let elapsedMilliseconds = 0; elapsedMilliseconds < seconds * 1000; elapsedMilliseconds += 50) {
      this.clock.advanceMilliseconds(50);
      this.inputs.round(this.clock.nowNs());
      await turn();
    }
  }

  /** @returns what is known of the first input, if it has changed */
  first() {
    return this.inputs.takeReport()?.inputs[0];
  }

  dispose(): void {
    this.inputs.dispose();
  }
}
