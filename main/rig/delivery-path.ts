// The way back of a pulse: acknowledged, journalled, compared with what was asked. Rig thread.
import { assert } from '../../common/base/assert.ts';
import type { StateArchive } from '../../common/base/state-archive.ts';
import type { Fault } from '../../common/contract/faults.ts';
import { pulseOutcomes } from '../../common/device-protocol/device-outcome.ts';
import type { Acknowledgement } from './hardware/device.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import type { Counters } from './session/counters.ts';
import type { DeliveryMonitor } from './stimulation/delivery-monitor.ts';
import type { PulseBook, SentPulse } from './stimulation/pulse-book.ts';

export interface DeliveryParts {
  pulses: PulseBook;
  monitor: DeliveryMonitor;
  journal: JournalWriter;
  counters: Counters;
}

/** What an acknowledgement was about, and what is wrong with it. */
export interface Settled {
  /** Undefined: nobody waits for this pulse. */
  pulse: SentPulse | undefined;
  isDelivered: boolean;
  fault: Fault | undefined;
}

export class DeliveryPath {
  readonly #parts: DeliveryParts;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  take(acknowledgement: Acknowledgement): Settled {
    const { pulses, monitor, counters } = this.#parts;
    const { pulse, fault } = pulses.settle(acknowledgement);
    if (pulse === undefined) return { pulse, isDelivered: false, fault };
    this.#journal(pulse, acknowledgement);
    const isDelivered = acknowledgement.outcome === 'delivered';
    if (!isDelivered) return { pulse, isDelivered, fault };
    counters.deliveries++;
    return { pulse, isDelivered, fault: fault ?? monitor.check(pulse.permit, acknowledgement) };
  }

  /** Takes out a pulse that has waited too long. @returns it with the fault that this is, or undefined. */
  takeOverdue(nowNs: number, limitNs: number): { pulse: SentPulse; fault: Fault } | undefined {
    const pulse = this.#parts.pulses.takeOverdue(nowNs, limitNs);
    if (pulse === undefined) return undefined;
    const [value, bound] = [(nowNs - pulse.sentNs) / 1e6, limitNs / 1e6];
    const { electrode } = pulse.permit.request;
    const message = `Pulse ${pulse.permit.sequence} on electrode ${electrode} was not acknowledged within ${bound} ms.`;
    return { pulse, fault: { code: 'no-acknowledgement', message, value, bound, unit: 'ms', electrode } };
  }

  /** Whether a pulse of this number waits for its acknowledgement. */
  awaits(sequence: number): boolean {
    return this.#parts.pulses.holds(sequence);
  }

  /** Writes down or takes over what is remembered; only while it is empty. */
  exchange(archive: StateArchive): void {
    assert(this.isEmpty, 'pulses underway are not written down');
    this.#parts.monitor.exchange(archive);
  }

  get isEmpty(): boolean {
    return this.#parts.pulses.isEmpty;
  }

  #journal({ permit }: SentPulse, acknowledgement: Acknowledgement): void {
    const { journal } = this.#parts;
    const { request } = permit.request;
    journal.delivery({
      request,
      sampleIndex: acknowledgement.sampleIndex,
      receivedNs: acknowledgement.receivedNs,
      amplitudeNanoamps: acknowledgement.amplitudeNanoamps,
      sequence: permit.sequence,
      electrode: acknowledgement.electrode,
      outcome: pulseOutcomes.indexOf(acknowledgement.outcome),
    });
    journal.deliveryMeasure({
      request,
      startMicroseconds: acknowledgement.startMicroseconds,
      firstFemtocoulombs: acknowledgement.firstFemtocoulombs,
      secondFemtocoulombs: acknowledgement.secondFemtocoulombs,
      peakMillivolts: acknowledgement.peakMillivolts,
      isSaturated: acknowledgement.isSaturated ? 1 : 0,
      limitsHashHigh: acknowledgement.limitsHash.high,
      limitsHashLow: acknowledgement.limitsHash.low,
      residualMillivolts: acknowledgement.residualMillivolts,
      isNotMeasured: acknowledgement.isMeasured === false ? 1 : 0,
    });
  }
}
