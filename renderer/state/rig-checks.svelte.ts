// What the rig page asks for: the list of devices, impedances, the loop-back test. Runs in the page.
import type { CommandRefusal } from '../../common/contract/commands.ts';
import type { DeviceListing } from '../../common/contract/devices.ts';
import { loopBackPulses, type LoopBackResult } from '../../common/contract/loop-back.ts';
import type { RigStatus } from '../../common/contract/rig-status.ts';
import type { JudgedImpedances } from '../../common/contract/source-impedances.ts';
import type { GiveCommand } from './give-command.ts';

export class RigChecks {
  /** Undefined until the first list has come. */
  listing = $state.raw<DeviceListing | undefined>();
  isLooking = $state(false);
  /** The newest measurement, and the experiment whose electrodes it is of. */
  impedances = $state.raw<(JudgedImpedances & { file: string }) | undefined>();
  isMeasuring = $state(false);
  loopBack = $state.raw<LoopBackResult | undefined>();
  isTesting = $state(false);
  /** What the next test is asked with. */
  electrode = $state<number | null>(0);
  pulses = $state<number | null>(loopBackPulses.usual);
  readonly #call: GiveCommand;
  readonly #refuse: (refusal: CommandRefusal) => void;
  #connected = '';

  constructor(call: GiveCommand, refuse: (refusal: CommandRefusal) => void) {
    this.#call = call;
    this.#refuse = refuse;
  }

  async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    const outcome = await this.#call('devices.list', {});
    this.isLooking = false;
    if ('answer' in outcome) this.listing = outcome.answer;
    else this.#refuse(outcome.refusal);
  }

  /** @param file of the experiment @param isConnected whether it is connected; else its source measures by itself */
  async measure(file: string, isConnected: boolean): Promise<void> {
    this.isMeasuring = true;
    const outcome = isConnected
      ? await this.#call('rig.measureImpedances', {})
      : await this.#call('source.measureImpedances', { file });
    this.isMeasuring = false;
    if ('answer' in outcome) this.impedances = { ...outcome.answer, file };
    else this.#refuse(outcome.refusal);
  }

  async test(operator: string): Promise<void> {
    const { electrode, pulses } = this;
    if (electrode === null || pulses === null) return;
    this.isTesting = true;
    const outcome = await this.#call('rig.testLoopBack', { electrode, pulses, operator });
    this.isTesting = false;
    if ('answer' in outcome) this.loopBack = outcome.answer;
    else this.#refuse(outcome.refusal);
  }

  /** What was measured of another rig does not stand beside this one. */
  note({ session }: RigStatus): void {
    const connected = session.stage === 'connecting' ? '' : (session.experiment?.file ?? '');
    if (connected === this.#connected) return;
    this.#connected = connected;
    this.loopBack = undefined;
    if (connected !== '' && this.impedances?.file !== connected) this.impedances = undefined;
  }

  /** Why the numbers of the next test cannot be sent; '' when they can. @param electrodes of the stimulator */
  inputReason(electrodes: number): string {
    const { electrode, pulses } = this;
    const { least, most } = loopBackPulses;
    if (electrode === null || !Number.isInteger(electrode) || electrode < 0 || electrode >= electrodes)
      return `Choose an electrode from 0 to ${electrodes - 1}.`;
    if (pulses === null || !Number.isInteger(pulses) || pulses < least || pulses > most)
      return `Choose ${least} to ${most} pulses.`;
    return '';
  }
}
