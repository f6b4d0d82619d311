// Finds pulses in the STIM column of one channel: where each begins, and the charge of its phases; pure, rig thread.
import { stimWord } from './columns.ts';

/** A pulse as the controller says that it gives it. RHX computes the currents from what was uploaded: when and with which sign is of the chip, how much is not. */
export interface EchoedPulse {
  readonly firstSample: number;
  /** Signed. */
  readonly firstFemtocoulombs: number;
  readonly secondFemtocoulombs: number;
  readonly isSaturated: boolean;
}

export interface StimEchoOptions {
  readonly stepMicroamps: number;
  readonly sampleRateHz: number;
  /** Samples of a whole pulse, its gap included. */
  readonly pulseSamples: number;
  readonly onPulse: (pulse: EchoedPulse) => void;
}

export class StimEcho {
  readonly #options: StimEchoOptions;
  /** The pulse that goes on: where it began, its first sign, and the sums of both signs, µA. */
  #pulse: { firstSample: number; sign: number; first: number; second: number; isSaturated: boolean } | undefined;

  constructor(options: StimEchoOptions) {
    this.#options = options;
  }

  /** Takes the word of the next sample; some may be missing before it. */
  take(sample: number, word: number): void {
    const { stepMicroamps, pulseSamples } = this.#options;
    if (this.#pulse !== undefined && sample >= this.#pulse.firstSample + pulseSamples) this.#end();
    const { microamps, isAtComplianceLimit } = stimWord(word, stepMicroamps);
    if (microamps === 0) return;
    this.#pulse ??= { firstSample: sample, sign: Math.sign(microamps), first: 0, second: 0, isSaturated: false };
    const pulse = this.#pulse;
    if (Math.sign(microamps) === pulse.sign) pulse.first += microamps;
    else pulse.second += microamps;
    pulse.isSaturated ||= isAtComplianceLimit;
    if (sample === pulse.firstSample + pulseSamples - 1) this.#end();
  }

  #end(): void {
    const pulse = this.#pulse;
    if (pulse === undefined) return;
    this.#pulse = undefined;
    const { sampleRateHz, onPulse } = this.#options;
    // µA × µs = pC.
    const femtocoulombs = (microamps: number) => Math.round((microamps * 1e9) / sampleRateHz);
    const { firstSample, first, second, isSaturated } = pulse;
    onPulse({
      firstSample,
      firstFemtocoulombs: femtocoulombs(first),
      secondFemtocoulombs: femtocoulombs(second),
      isSaturated,
    });
  }
}
