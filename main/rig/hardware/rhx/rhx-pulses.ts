// The prepared stimuli of an RHS controller as the rig gives them: made exact, uploaded, triggered, and seen in the STIM columns; runs in the rig thread.
import { Emitter } from '../../../../common/base/event.ts';
import { rhxElectrodes, type RhxSource } from '../../../../common/experiment/rhx-source.ts';
import type { GivenPulse, NotTriggered, PreparedPulse, PreparedPulses } from '../prepared-pulses.ts';
import { pulseDifference, type PulseNumbers } from '../pulse-difference.ts';
import type { PreparedStimulator } from './prepared-stimulator.ts';
import {
  durationMaxMicroseconds,
  type PreparedStimulus,
  type QuantisedStimulus,
  stepsMax,
  triggerKeys,
} from './prepared-stimulus.ts';
import { RhxError } from './rhx-problem.ts';
import { type EchoedPulse, StimEcho } from './stim-echo.ts';

/** The chip's supplies are ±7 V (Intan RHS2116, datasheet). */
const complianceMillivolts = 7000;

export interface RhxPulsesOptions {
  readonly source: RhxSource;
  readonly stimulator: PreparedStimulator;
  /** As the rig names the controller. */
  readonly identity: { readonly serial: string; readonly firmware: string; readonly description: string };
  /** @returns host monotonic ns at which a sample was acquired */
  readonly acquiredNs: (sample: number) => number;
}

export class RhxPulses implements PreparedPulses {
  readonly serial: string;
  readonly firmware: string;
  readonly description: string;
  readonly amplitudeStepNanoamps: number;
  readonly complianceMillivolts = complianceMillivolts;
  readonly amplitudeMaxNanoamps: number;
  readonly phaseMaxMicroseconds = durationMaxMicroseconds;
  readonly interphaseMaxMicroseconds = durationMaxMicroseconds;
  /** Nothing of it can be turned at the controller. */
  readonly isVerifiedBeforeEach = false;
  readonly prepared: readonly PreparedPulse[];
  readonly #stimulator: PreparedStimulator;
  readonly #channels: readonly string[];
  readonly #given = new Emitter<GivenPulse>();
  readonly onGiven = this.#given.event;
  /** The reader tells when RHX is gone. */
  readonly onLost = new Emitter<string>().event;
  /** Reads the STIM column of each channel. */
  readonly echoes: readonly { readonly channel: string; readonly echo: StimEcho }[];

  /** Uploads all stimuli. The board must stand. @throws RhxError with the stimulus that the controller cannot give as it is asked for */
  static async prepare(options: RhxPulsesOptions, pulses: readonly PreparedPulse[]): Promise<RhxPulses> {
    const channels = rhxElectrodes(options.source);
    const exact: QuantisedStimulus[] = [];
    for (const [index, pulse] of pulses.entries()) {
      const asked = stimulusOf(pulse, channels[pulse.electrode] ?? '', triggerKeys[index]!);
      const given = await options.stimulator.prepare(asked);
      checkExact(asked, given);
      exact.push(given);
    }
    return new RhxPulses(options, pulses, channels, exact);
  }

  private constructor(
    { stimulator, identity, acquiredNs, source }: RhxPulsesOptions,
    pulses: readonly PreparedPulse[],
    channels: readonly string[],
    exact: readonly QuantisedStimulus[],
  ) {
    this.#stimulator = stimulator;
    this.#channels = channels;
    this.prepared = pulses;
    this.serial = identity.serial;
    this.firmware = identity.firmware;
    this.description = `prepared stimuli on the ${identity.description}`;
    this.amplitudeStepNanoamps = Math.round(stimulator.stepMicroamps * 1000);
    this.amplitudeMaxNanoamps = stepsMax * this.amplitudeStepNanoamps;
    this.echoes = exact.map(({ channel, firstSamples, secondSamples, gapSamples }, index) => ({
      channel,
      echo: new StimEcho({
        stepMicroamps: stimulator.stepMicroamps,
        sampleRateHz: source.sampleRateHz,
        pulseSamples: firstSamples + gapSamples + secondSamples,
        onPulse: (pulse) => this.#see(pulses[index]!.electrode, pulse, acquiredNs),
      }),
    }));
  }

  verify(): Promise<void> {
    return this.#stimulator.verify();
  }

  async fire(electrode: number, expiryNs: number, isOn: () => boolean): Promise<NotTriggered | undefined> {
    try {
      await this.#stimulator.fire(this.#channels[electrode] ?? '', expiryNs, isOn);
      return undefined;
    } catch (error) {
      const code = error instanceof RhxError ? error.problem.code : undefined;
      if (code === 'trigger-late') return 'expired';
      if (code === 'without-lease' || code === 'not-running') return 'not-triggered';
      throw error;
    }
  }

  dispose(): void {
    this.#given.dispose();
  }

  #see(electrode: number, pulse: EchoedPulse, acquiredNs: (sample: number) => number): void {
    const { firstSample, ...measured } = pulse;
    this.#given.fire({ electrode, sampleIndex: firstSample, startedNs: acquiredNs(firstSample), ...measured });
  }
}

function stimulusOf(pulse: PreparedPulse, channel: string, key: PreparedStimulus['key']): PreparedStimulus {
  const microamps = pulse.amplitudeNanoamps / 1000;
  const { phaseMicroseconds, interphaseMicroseconds, leadingPhase } = pulse;
  return {
    ...{ channel, key, leadingPhase, interphaseMicroseconds },
    firstMicroamps: microamps,
    firstMicroseconds: phaseMicroseconds,
    secondMicroamps: microamps,
    secondMicroseconds: phaseMicroseconds,
  };
}

/** Both phases are alike, in what is asked and in what is given. */
const numbersOf = ({ firstMicroamps, firstMicroseconds, interphaseMicroseconds }: PreparedStimulus): PulseNumbers => ({
  amplitudeMicroamps: firstMicroamps,
  phaseMicroseconds: firstMicroseconds,
  interphaseMicroseconds,
});

function checkExact(asked: PreparedStimulus, given: QuantisedStimulus): void {
  const isSame = (wanted: number, is: number) => Math.abs(wanted - is) <= 1e-6 * wanted;
  const difference = pulseDifference(numbersOf(asked), numbersOf(given), isSame);
  if (difference === undefined) return;
  const { what, wanted, is, unit } = difference;
  throw new RhxError(
    'stimulus-out-of-range',
    `${asked.channel}: the stimulus has ${what} of ${wanted} ${unit}, and the controller gives ${Number(is.toPrecision(6))} ${unit}: choose whole ${unit === 'µA' ? 'steps' : 'samples'}, such as this one`,
  );
}
