// A stimulator of class L1 as the rig drives one: prepared pulses, given one by one by the operator's hand. What has no lease has no output to turn on: its switch is here. Rig thread.
import type { Clock } from '../../../common/base/clock.ts';
import type { Disposable } from '../../../common/base/disposable.ts';
import { Emitter } from '../../../common/base/event.ts';
import { capabilityRules } from '../../../common/contract/devices.ts';
import type { DeviceLimits } from '../../../common/device-protocol/device-identity.ts';
import type { PulseOutcome } from '../../../common/device-protocol/device-outcome.ts';
import { type DeviceStatus, neverEnabled } from '../../../common/device-protocol/device-status.ts';
import type { SelfTestReport } from '../../../common/device-protocol/self-test-report.ts';
import { notSent } from './decode-acknowledgement.ts';
import type {
  Acknowledgement,
  DeviceClosed,
  DeviceWriter,
  EnableOrder,
  HeardStatus,
  PulseCommand,
  RejectedMessage,
  StimulatorIdentity,
} from './device.ts';
import { hostClock } from './host-clock.ts';
import type { GivenPulse, PreparedPulse, PreparedPulses } from './prepared-pulses.ts';
import { unwiredOhms } from './wired-stimulator.ts';

const statusEveryMilliseconds = 20;
/** Of the switch here: how long a trip waits for pulses that were triggered before it. */
const settleMilliseconds = 500;

export interface HandStimulatorOptions {
  readonly pulses: PreparedPulses;
  /** Electrodes of the source. */
  readonly channels: number;
  readonly sampleRateHz: number;
  /** As they were measured before, by electrode. */
  readonly impedancesOhms: ReadonlyMap<number, number>;
  readonly clock?: Clock;
}

export class HandStimulator implements DeviceWriter {
  readonly capability = 'L1';
  readonly identity: StimulatorIdentity;
  readonly refusedFrames = 0;
  readonly #options: HandStimulatorOptions;
  readonly #pulses: PreparedPulses;
  readonly #clock: Clock;
  readonly #held: ReadonlyMap<number, PreparedPulse>;
  readonly #acknowledgements = new Emitter<Acknowledgement>();
  readonly #statuses = new Emitter<HeardStatus>();
  readonly #closed = new Emitter<DeviceClosed>();
  readonly onAcknowledgement = this.#acknowledgements.event;
  readonly onStatus = this.#statuses.event;
  readonly onClosed = this.#closed.event;
  readonly onBadFrame = new Emitter<string>().event;
  readonly onRejected = new Emitter<RejectedMessage>().event;
  readonly #beat: NodeJS.Timeout;
  readonly #subscriptions: readonly Disposable[];
  #state: DeviceStatus = neverEnabled;
  /** The pulse that was told to be given and has not been seen. */
  #underway: PulseCommand | undefined;

  constructor(options: HandStimulatorOptions) {
    const { pulses, channels, sampleRateHz, clock = hostClock } = options;
    this.#options = options;
    this.#pulses = pulses;
    this.#clock = clock;
    this.#held = new Map(pulses.prepared.map((pulse) => [pulse.electrode, pulse]));
    this.identity = {
      serial: pulses.serial,
      firmware: pulses.firmware,
      description: pulses.description,
      channels,
      sampleRateHz,
      microvoltsPerBit: 0,
      samplesPerBlock: 0,
      canStimulate: true,
      limits: limitsOf(pulses),
      electrodePitchMicrometres: null,
      pacing: 'real-time',
      bootNumber: neverEnabled.bootNumber,
    };
    this.#subscriptions = [
      pulses.onGiven((given) => this.#see(given)),
      pulses.onLost((message) => this.#lose(message)),
    ];
    this.#beat = setInterval(() => this.#tell(), statusEveryMilliseconds);
  }

  get newestPair() {
    const hostNs = this.#clock.nowNs();
    return { deviceMicroseconds: Math.floor(hostNs / 1000), hostNs };
  }

  get status(): HeardStatus {
    const { deviceMicroseconds, hostNs } = this.newestPair;
    return { ...this.#state, deviceMicroseconds, receivedNs: hostNs };
  }

  /** @throws Error for a dry order: there is no relay to open */
  enable({ session, limitsHash, isDry }: EnableOrder): Promise<HeardStatus> {
    if (isDry) return refused('has no relay that a test could open');
    const isFresh = session > Math.max(this.#state.session, this.#state.burnedSession);
    // What was never seen in an earlier session has tripped it, and is not waited for any more.
    if (isFresh) this.#underway = undefined;
    this.#state = isFresh
      ? { ...this.#state, session, limitsHash, lastSequence: 0, isOutputOn: true, enableSession: session }
      : { ...this.#state, enableSession: session };
    this.#state = { ...this.#state, enableOutcome: isFresh ? 'delivered' : 'session-burned' };
    this.#tell();
    return Promise.resolve(this.status);
  }

  ready(): Promise<void> {
    return this.#pulses.isVerifiedBeforeEach ? this.#pulses.verify() : Promise.resolve();
  }

  pulse(command: PulseCommand): void {
    const outcome = this.#refusal(command);
    if (outcome !== undefined) return this.#refuse(command, outcome);
    const { electrode, sequence, expiryNs } = command;
    const { session } = this.#state;
    this.#state = { ...this.#state, lastSequence: sequence };
    this.#underway = command;
    const isOn = () => this.#state.isOutputOn && this.#state.session === session;
    this.#pulses.fire(electrode, expiryNs, isOn).then(
      (reason) => {
        if (reason !== undefined) this.#refuse(command, reason);
      },
      // Whether a pulse was given is not known: nobody may go on as if it were.
      (error: unknown) => this.#lose(error instanceof Error ? error.message : String(error)),
    );
  }

  /** A pulse that was triggered is over before anything could end it; there is no next one. */
  stop(): void {
    this.#state = burned(this.#state);
    queueMicrotask(() => this.#tell());
  }

  async selfTest(): Promise<SelfTestReport> {
    await this.#pulses.verify();
    const { channels, impedancesOhms } = this.#options;
    const { serial, firmware, bootNumber, limits } = this.identity;
    return {
      ...{ serial, firmware, bootNumber, limits },
      isSafetyDisabled: false,
      amplitudeStepNanoamps: this.#pulses.amplitudeStepNanoamps,
      impedancesOhms: Array.from({ length: channels }, (_, electrode) => impedancesOhms.get(electrode) ?? unwiredOhms),
      temperatureDecidegrees: neverEnabled.temperatureDecidegrees,
      isEmergencyStopWired: false,
    };
  }

  configure(): Promise<never> {
    return refused('takes no settings of a source');
  }

  setDigitalOutputs(): Promise<never> {
    return refused('has no digital outputs here');
  }

  injectFault(): void {}

  dispose(): void {
    clearInterval(this.#beat);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#pulses.dispose();
    for (const emitter of [this.#acknowledgements, this.#statuses, this.#closed]) emitter.dispose();
  }

  #refusal(command: PulseCommand): PulseOutcome | undefined {
    if (!this.#state.isOutputOn) return 'output-off';
    if (!(command.sequence > this.#state.lastSequence)) return 'replayed';
    if (!(this.#clock.nowNs() <= command.expiryNs)) return 'expired';
    if (!isHeld(this.#held.get(command.electrode), command)) return 'not-prepared';
    return this.#underway === undefined ? undefined : 'busy';
  }

  #refuse(command: PulseCommand, outcome: PulseOutcome): void {
    if (this.#underway === command) this.#underway = undefined;
    this.#state = { ...this.#state, refusedPulses: this.#state.refusedPulses + 1 };
    const answer = notSent(command, outcome, this.#state.limitsHash, this.#clock.nowNs());
    queueMicrotask(() => this.#acknowledgements.fire(answer));
  }

  /** What nobody has asked for, as a key that somebody presses in the device's own program, has no number: the rig trips on it. */
  #see(given: GivenPulse): void {
    const command = this.#underway?.electrode === given.electrode ? this.#underway : undefined;
    if (command !== undefined) this.#underway = undefined;
    this.#state = { ...this.#state, deliveredPulses: this.#state.deliveredPulses + 1 };
    const { electrode, sampleIndex, startedNs, firstFemtocoulombs, secondFemtocoulombs, isSaturated, isMeasured } =
      given;
    this.#acknowledgements.fire({
      sequence: command?.sequence ?? 0,
      outcome: 'delivered',
      ...{ electrode, sampleIndex, firstFemtocoulombs, secondFemtocoulombs, isSaturated },
      amplitudeNanoamps: this.#held.get(electrode)?.amplitudeNanoamps ?? 0,
      startMicroseconds: Math.floor(startedNs / 1000),
      peakMillivolts: 0,
      residualMillivolts: 0,
      ...(isMeasured === undefined ? {} : { isMeasured }),
      limitsHash: this.#state.limitsHash,
      receivedNs: this.#clock.nowNs(),
    });
  }

  #lose(message: string): void {
    this.#state = burned(this.#state);
    this.#closed.fire({ reason: 'disconnected', message: `${this.#pulses.description}: ${message}` });
  }

  #tell(): void {
    this.#statuses.fire(this.status);
  }
}

const refused = (what: string) => Promise.reject(new Error(`a stimulator without a lease ${what}`));

const burned = (state: DeviceStatus): DeviceStatus => ({
  ...state,
  isOutputOn: false,
  burnedSession: Math.max(state.session, state.burnedSession),
});

function isHeld(held: PreparedPulse | undefined, command: PulseCommand): boolean {
  return (
    held !== undefined &&
    held.amplitudeNanoamps === command.amplitudeNanoamps &&
    held.phaseMicroseconds === command.phaseMicroseconds &&
    held.interphaseMicroseconds === command.interphaseMicroseconds &&
    held.leadingPhase === command.leadingPhase
  );
}

/** What the device can give, once a second; of it nothing but what it holds is given. */
function limitsOf(pulses: PreparedPulses): DeviceLimits {
  const { amplitudeMaxNanoamps, phaseMaxMicroseconds, interphaseMaxMicroseconds, complianceMillivolts } = pulses;
  const rateMaxHz = 1000 / capabilityRules.L1.leastMillisecondsApart;
  return {
    ...{ amplitudeMaxNanoamps, phaseMaxMicroseconds, interphaseMaxMicroseconds, complianceMillivolts },
    chargePerPhaseMaxFemtocoulombs: amplitudeMaxNanoamps * phaseMaxMicroseconds,
    rateMaxHz,
    leaseMaxMilliseconds: settleMilliseconds,
    simultaneousElectrodesMax: 1,
    totalRateMaxHz: rateMaxHz,
  };
}
