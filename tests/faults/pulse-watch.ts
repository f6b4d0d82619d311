// Judges the whole simulation from outside: which pulses were permitted, recorded, armed by people, and in time.
import { OutputJudge, type OutputEvent } from '../../main/virtual-rig/output-judge.ts';
import type { RunningProgram } from './running-program.ts';
import { amplitudeMaxNanoamps, electrodes, leaseMilliseconds } from './simulated-experiment.ts';

/** Virtual time in which a permission may end between two looks. */
const lookNs = 1e6;
const leaseNs = leaseMilliseconds * 1e6;

/** Every count must be 0 at the end, but `pulses` and `enables`. */
export interface Verdict {
  pulses: number;
  enables: number;
  /** Started later than the lease after permission had ended (I1), or after the absolute expiry that the device was given. */
  pulsesPastBound: number;
  unbalanced: number;
  /** The output was turned on without two acts of a person since it was last turned on (I19). */
  silentEnables: number;
  /** Without its permit on disk before (I18). */
  unrecorded: number;
  /** Beyond the limits that were frozen (I8), or on an electrode that none cover. */
  beyondLimits: number;
  /** Of a session that was burned, or a second time (I9, I10). */
  replayed: number;
}

export class PulseWatch {
  readonly #program: () => RunningProgram | undefined;
  readonly #judge = new OutputJudge();
  readonly verdict: Verdict = {
    pulses: 0,
    enables: 0,
    pulsesPastBound: 0,
    unbalanced: 0,
    silentEnables: 0,
    unrecorded: 0,
    beyondLimits: 0,
    replayed: 0,
  };
  /** Last moment at which permission was seen. */
  #permittedNs = -Infinity;
  #requests = 0;
  #confirmations = 0;
  /** The device's measurement lies: what it says of balance is a fault that was asked for. */
  isMeasurementFaulty = false;

  constructor(program: () => RunningProgram | undefined) {
    this.#program = program;
  }

  /** A person gave the first control. */
  noteArmRequest(): void {
    this.#requests = 1;
  }

  /** A person held the second control. */
  noteArmConfirmation(): void {
    this.#confirmations = 1;
  }

  /** Is stimulation permitted at this moment? */
  look(nowNs: number): void {
    const program = this.#program();
    if (program === undefined || program.rigThread.isHung || program.rigThread.isDead) return;
    const { isLive, firstCause } = program.rig.chain.interlock;
    if (isLive && firstCause === undefined) this.#permittedNs = nowNs;
  }

  note(event: OutputEvent, nowNs: number): void {
    this.#judge.note(event);
    const { verdict } = this;
    const { pulsesPastLease, pulsesOfBurnedSessions, repeatedPulses, unbalancedPulses } = this.#judge.judgement;
    verdict.replayed = pulsesOfBurnedSessions + repeatedPulses;
    if (!this.isMeasurementFaulty) verdict.unbalanced = unbalancedPulses;
    if (pulsesPastLease > 0) verdict.pulsesPastBound = Math.max(verdict.pulsesPastBound, pulsesPastLease);
    if (event.kind === 'enabled' && !event.isDry) {
      verdict.enables++;
      if (this.#requests === 0 || this.#confirmations === 0) verdict.silentEnables++;
      this.#requests = 0;
      this.#confirmations = 0;
    }
    if (event.kind === 'pulse' && !event.isDry) this.#judgePulse(event, nowNs);
  }

  #judgePulse(pulse: Extract<OutputEvent, { kind: 'pulse' }>, nowNs: number): void {
    const { verdict } = this;
    verdict.pulses++;
    if (!(nowNs - this.#permittedNs <= leaseNs + lookNs)) verdict.pulsesPastBound++;
    const charge = Math.abs(pulse.firstFemtocoulombs);
    const isInside = electrodes.includes(pulse.electrode) && charge <= amplitudeMaxNanoamps * 200;
    if (!isInside && !this.isMeasurementFaulty) verdict.beyondLimits++;
    const program = this.#program();
    if (program !== undefined && !program.ring.permits.has(pulse.sequence)) verdict.unrecorded++;
  }
}
