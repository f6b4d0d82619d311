// Pulses that were sent and not yet acknowledged, and whether the device answers what it was asked. Rig thread.
import type { Fault } from '../../../common/contract/faults.ts';
import type { Acknowledgement } from '../hardware/device.ts';
import type { Permit } from '../interlock/permit.ts';

/** A pulse on its way. */
export interface SentPulse {
  permit: Permit;
  sentNs: number;
}

/** What an acknowledgement means. */
export type Settlement = { pulse: SentPulse; fault?: Fault } | { pulse?: undefined; fault: Fault };

/** Matches acknowledgements with pulses. At most as many pulses as the device's queue holds. */
export class PulseBook {
  readonly #sent = new Map<number, SentPulse>();

  get isEmpty(): boolean {
    return this.#sent.size === 0;
  }

  holds(sequence: number): boolean {
    return this.#sent.has(sequence);
  }

  add(permit: Permit, sentNs: number): void {
    this.#sent.set(permit.sequence, { permit, sentNs });
  }

  /** @returns the pulse that was acknowledged, with a fault when the device did something else than asked. */
  settle(acknowledgement: Acknowledgement): Settlement {
    const { sequence, outcome, electrode, amplitudeNanoamps } = acknowledgement;
    const pulse = this.#sent.get(sequence);
    if (pulse === undefined) {
      return {
        fault: {
          code: 'wrong-acknowledgement',
          message: `The stimulator acknowledged pulse ${sequence}, which nobody waits for.`,
          electrode,
        },
      };
    }
    this.#sent.delete(sequence);
    const { request } = pulse.permit;
    if (outcome !== 'delivered') {
      return {
        pulse,
        fault: {
          code: 'device-refused',
          message: `The stimulator refused pulse ${sequence} on electrode ${request.electrode}: ${outcome}.`,
          electrode: request.electrode,
        },
      };
    }
    if (electrode !== request.electrode || amplitudeNanoamps !== request.amplitudeNanoamps) {
      const message = `The stimulator delivered ${amplitudeNanoamps / 1000} µA on electrode ${electrode}; ${request.amplitudeNanoamps / 1000} µA on electrode ${request.electrode} were asked.`;
      return {
        pulse,
        fault: {
          code: 'wrong-acknowledgement',
          message,
          value: amplitudeNanoamps / 1000,
          bound: request.amplitudeNanoamps / 1000,
          unit: 'µA',
          electrode,
        },
      };
    }
    return { pulse };
  }

  /** Takes out a pulse that has waited longer than `limitNs`, if there is one. */
  takeOverdue(nowNs: number, limitNs: number): SentPulse | undefined {
    for (const [sequence, pulse] of this.#sent) {
      if (nowNs - pulse.sentNs < limitNs) return undefined;
      this.#sent.delete(sequence);
      return pulse;
    }
    return undefined;
  }
}
