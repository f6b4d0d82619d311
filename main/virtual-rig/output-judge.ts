// Judges by events alone, without the stimulator's own state, whether anything was delivered that should not have been; runs in the virtual rig and in simulations of it.

/** What happened at the output; `at` and expiries in device µs. */
export type OutputEvent =
  | {
      readonly kind: 'enabled';
      readonly at: number;
      readonly session: number;
      readonly leaseExpiry: number;
      readonly isDry: boolean;
    }
  | { readonly kind: 'renewed'; readonly at: number; readonly session: number; readonly leaseExpiry: number }
  /** `session`: burned with it, 0 when only the current one is; `by`: who has stopped. */
  | { readonly kind: 'stopped'; readonly at: number; readonly session: number; readonly by: string }
  /** The lease has run out. */
  | { readonly kind: 'lapsed'; readonly at: number; readonly session: number; readonly leaseExpiry: number }
  | OutputPulse;

/** A pulse that has started, as it was measured. */
export interface OutputPulse {
  readonly kind: 'pulse';
  readonly at: number;
  readonly session: number;
  readonly sequence: number;
  readonly electrode: number;
  readonly firstFemtocoulombs: number;
  readonly secondFemtocoulombs: number;
  readonly isDry: boolean;
}

/** What was counted; all but `pulses` and the last two must be 0. */
export interface Judgement {
  pulses: number;
  /** Started at or after the last accepted expiry of the lease, or after a stop. */
  pulsesPastLease: number;
  unbalancedPulses: number;
  /** Of a session that was stopped, lapsed or followed by another, or that was never enabled. */
  pulsesOfBurnedSessions: number;
  /** A sequence number that is not above the last one of its session. */
  repeatedPulses: number;
  /** Which of a session with the relay open. */
  dryPulses: number;
  /** When the newest pulse started, device µs; −1 before the first. */
  lastPulseAt: number;
}

const notJudgedYet: Readonly<Judgement> = {
  pulses: 0,
  pulsesPastLease: 0,
  unbalancedPulses: 0,
  pulsesOfBurnedSessions: 0,
  repeatedPulses: 0,
  dryPulses: 0,
  lastPulseAt: -1,
};

export class OutputJudge {
  readonly #judgement: Judgement = { ...notJudgedYet };
  #session = 0;
  #burned = 0;
  #leaseExpiry = -Infinity;
  #lastSequence = 0;

  get judgement(): Readonly<Judgement> {
    return this.#judgement;
  }

  /** Takes the events in the order in which they happened. */
  note(event: OutputEvent): void {
    switch (event.kind) {
      case 'enabled':
        this.#burned = Math.max(this.#burned, this.#session);
        this.#session = event.session;
        this.#leaseExpiry = event.leaseExpiry;
        this.#lastSequence = 0;
        return;
      case 'renewed':
        // After a stop there is no lease that could be prolonged.
        if (event.session === this.#session && event.session > this.#burned)
          this.#leaseExpiry = Math.max(this.#leaseExpiry, event.leaseExpiry);
        return;
      case 'stopped':
      case 'lapsed':
        this.#burned = Math.max(this.#burned, this.#session, event.session);
        this.#leaseExpiry = -Infinity;
        return;
      case 'pulse':
        this.#judge(event);
    }
  }

  #judge(pulse: OutputPulse): void {
    const judgement = this.#judgement;
    judgement.pulses++;
    judgement.lastPulseAt = pulse.at;
    if (pulse.isDry) judgement.dryPulses++;
    if (!(pulse.at < this.#leaseExpiry)) judgement.pulsesPastLease++;
    if (pulse.firstFemtocoulombs + pulse.secondFemtocoulombs !== 0) judgement.unbalancedPulses++;
    if (pulse.session !== this.#session || pulse.session <= this.#burned) judgement.pulsesOfBurnedSessions++;
    if (!(pulse.sequence > this.#lastSequence)) judgement.repeatedPulses++;
    this.#lastSequence = Math.max(this.#lastSequence, pulse.sequence);
  }
}
