// The pulses of a serial stimulator as the rig gives them: made exact, uploaded, triggered by the program that has the port open, and seen at an input of the source; runs in the rig thread.
import { Emitter } from '../../../../common/base/event.ts';
import { isAnalogue, type SerialStimuli } from '../../../../common/experiment/stimulator.ts';
import type { DeadMan } from '../capability-class.ts';
import type { SyncEdge } from '../device.ts';
import type { GivenPulse, NotTriggered, PreparedPulse, PreparedPulses } from '../prepared-pulses.ts';
import { pulseDifference } from '../pulse-difference.ts';
import type { SerialPulse } from './exact-pulse.ts';
import type { SerialLink } from './serial-link.ts';

export interface SerialPulsesOptions {
  readonly link: Pick<SerialLink, 'ask' | 'onLost' | 'dispose'>;
  readonly stimulator: SerialStimuli;
  /** Asked immediately before each pulse is sent. */
  readonly deadMan: DeadMan;
  /** Of the source. */
  readonly sampleRateHz: number;
}

/** A pulse that was told to be given, until the source has shown it and the device has spoken of it. */
interface Underway {
  readonly pulse: PreparedPulse;
  edge?: SyncEdge;
  report?: Report;
}

/** Current of each phase, µA; null: the device measures nothing. */
type Report = readonly [number, number] | null;

const microsecond = 1000;

export class SerialPulses implements PreparedPulses {
  readonly serial: string;
  readonly firmware: string;
  readonly description: string;
  readonly amplitudeStepNanoamps: number;
  readonly complianceMillivolts: number;
  readonly amplitudeMaxNanoamps: number;
  readonly phaseMaxMicroseconds: number;
  readonly interphaseMaxMicroseconds: number;
  readonly prepared: readonly PreparedPulse[];
  readonly isVerifiedBeforeEach = true;
  readonly #options: SerialPulsesOptions;
  readonly #given = new Emitter<GivenPulse>();
  readonly onGiven = this.#given.event;
  readonly onLost;
  #underway: Underway | undefined;

  /** Opens the device and uploads all pulses. @throws Error with what cannot be had, or given as it is asked for */
  static async prepare(options: SerialPulsesOptions, pulses: readonly PreparedPulse[]): Promise<SerialPulses> {
    const { link, stimulator } = options;
    const { kind: protocol, serialNumber } = stimulator;
    const asked = pulses.map((pulse) => serialPulse(stimulator, pulse));
    const gain = stimulator.kind === 'pulse-pal-2' ? { microampsPerVolt: stimulator.microampsPerVolt } : {};
    const answer = await link.ask({ kind: 'prepare', protocol, serialNumber, ...gain, pulses: asked });
    if (answer.kind === 'refused') throw new Error(answer.message);
    for (const [index, pulse] of pulses.entries()) checkExact(pulse, answer.exact[index]);
    return new SerialPulses(options, pulses, answer);
  }

  private constructor(
    options: SerialPulsesOptions,
    pulses: readonly PreparedPulse[],
    device: { name: string; firmware: string; amplitudeMaxMicroamps: number; phaseMaxMicroseconds: number },
  ) {
    const { stimulator, link } = options;
    this.#options = options;
    this.prepared = pulses;
    this.serial = stimulator.serialNumber;
    this.firmware = device.firmware;
    this.description = `${device.name} ${stimulator.serialNumber}`;
    // A Pulse Pal's steps of current are no whole nanoamperes: each pulse was compared with them when it was prepared.
    this.amplitudeStepNanoamps = stimulator.kind === 'stimjim' ? 1000 : 1;
    this.complianceMillivolts = Math.round(stimulator.complianceVolts * 1000);
    this.amplitudeMaxNanoamps = Math.floor(device.amplitudeMaxMicroamps * 1000);
    this.phaseMaxMicroseconds = device.phaseMaxMicroseconds;
    this.interphaseMaxMicroseconds = device.phaseMaxMicroseconds;
    this.onLost = link.onLost;
  }

  async verify(): Promise<void> {
    const answer = await this.#options.link.ask({ kind: 'verify' });
    if (answer.kind === 'refused') throw new Error(answer.message);
  }

  async fire(electrode: number, expiryNs: number, isOn: () => boolean): Promise<NotTriggered | undefined> {
    const { link, stimulator, deadMan } = this.#options;
    const pulse = this.prepared.find((each) => each.electrode === electrode);
    // One that was triggered and never seen has tripped its session: it does not stand in the way of the next one.
    const isAwaited = this.#underway !== undefined && this.#underway.report === undefined;
    const mayNot = isAwaited || !isOn() || !deadMan.isHeld;
    if (pulse === undefined || mayNot) return 'not-triggered';
    const underway: Underway = { pulse };
    this.#underway = underway;
    const answer = await link.ask({ kind: 'fire', channel: outputOf(stimulator, electrode), expiryNs });
    if (answer.kind === 'fired') {
      underway.report = answer.measuredMicroamps;
      this.#tell(underway);
      return undefined;
    }
    this.#underway = undefined;
    // What the source has shown meanwhile was not this pulse.
    if (underway.edge !== undefined) this.see(underway.edge);
    return answer.code === 'expired' ? 'expired' : 'not-triggered';
  }

  /** The marker went high. */
  see(edge: SyncEdge): void {
    const underway = this.#underway;
    if (underway !== undefined && underway.edge === undefined) {
      underway.edge = edge;
      return this.#tell(underway);
    }
    // Which output it was that nobody has asked for, one input cannot show: the first one stands for all.
    const [pulse] = this.prepared;
    if (pulse !== undefined) this.#given.fire(this.#seen(pulse, edge, null));
  }

  dispose(): void {
    this.#given.dispose();
    this.#options.link.dispose();
  }

  #tell({ pulse, edge, report }: Underway): void {
    if (edge === undefined || report === undefined) return;
    this.#underway = undefined;
    this.#given.fire(this.#seen(pulse, edge, report));
  }

  #seen(pulse: PreparedPulse, edge: SyncEdge, report: Report): GivenPulse {
    const { stimulator, sampleRateHz } = this.#options;
    const { electrode, leadingPhase, phaseMicroseconds, interphaseMicroseconds } = pulse;
    // An analogue input that sees a Pulse Pal's own voltage goes high with the positive phase.
    const isSecond = stimulator.kind === 'pulse-pal-2' && isAnalogue(stimulator.marker) && leadingPhase === 'cathodic';
    const earlierMicroseconds = isSecond ? phaseMicroseconds + interphaseMicroseconds : 0;
    const [first, second] = (report ?? [0, 0]).map((microamps) => femtocoulombs(microamps, phaseMicroseconds));
    return {
      electrode,
      sampleIndex: edge.sample - Math.round((earlierMicroseconds * sampleRateHz) / 1e6),
      startedNs: edge.acquiredNs - earlierMicroseconds * microsecond,
      firstFemtocoulombs: first ?? 0,
      secondFemtocoulombs: second ?? 0,
      isSaturated: false,
      ...(report === null ? { isMeasured: false } : {}),
    };
  }
}

/** µA × µs = pC. */
const femtocoulombs = (microamps: number, microseconds: number) => Math.round(microamps * microseconds * 1000);

function outputOf({ electrodes }: SerialStimuli, electrode: number): number {
  return electrodes.find((each) => each.electrode === electrode)?.output ?? 0;
}

function serialPulse(stimulator: SerialStimuli, pulse: PreparedPulse): SerialPulse {
  const { electrode, amplitudeNanoamps, phaseMicroseconds, interphaseMicroseconds, leadingPhase } = pulse;
  return {
    channel: outputOf(stimulator, electrode),
    // Whole nanoamperes stand for what was rounded to them; the device rounds down.
    amplitudeMicroamps: (amplitudeNanoamps + halfNanoamp) / 1000,
    ...{ phaseMicroseconds, interphaseMicroseconds, leadingPhase },
  };
}

const halfNanoamp = 0.5;

function checkExact({ electrode, amplitudeNanoamps, ...asked }: PreparedPulse, given: SerialPulse | undefined): void {
  if (given === undefined) throw new Error(`the stimulus on electrode ${electrode} was not prepared`);
  const isSame = (wanted: number, is: number, unit: 'µA' | 'µs') =>
    Math.abs(wanted - is) <= (unit === 'µA' ? halfNanoamp / 1000 : 0) + 1e-9;
  const difference = pulseDifference({ ...asked, amplitudeMicroamps: amplitudeNanoamps / 1000 }, given, isSame);
  if (difference === undefined) return;
  const { what, wanted, is, unit } = difference;
  throw new Error(
    `the stimulus on electrode ${electrode} has ${what} of ${wanted} ${unit}, and the stimulator gives ${Number(is.toPrecision(9))} ${unit}: write this one`,
  );
}
