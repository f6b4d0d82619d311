// Acknowledges pulses, with the faults of acknowledgements; runs in the virtual rig.
import type { Clock } from '../../common/base/clock.ts';
import { acknowledgementLayout, outcomeCode, type PulseMessage } from '../../common/device-protocol/messages.ts';
import type { PulseFault } from './fault-plan.ts';
import type { PulseResult } from './output-stage.ts';

/** Slow acknowledgements under way; beyond it, the oldest is dropped. */
const slowMax = 1000;

export class Acknowledgements {
  readonly #clock: Clock;
  readonly #send: (body: Uint8Array) => void;
  #slow: { dueNs: number; body: Uint8Array }[] = [];

  constructor(clock: Clock, send: (body: Uint8Array) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** @param sampleIndex at which it begins if it was delivered */
  acknowledge(pulse: PulseMessage, result: PulseResult, sampleIndex: number, fault: PulseFault | undefined): void {
    if (fault?.fault === 'no-acknowledgement') return;
    const wrong = fault?.fault === 'wrong-acknowledgement' ? fault.field : undefined;
    const amplitudeNanoamps = Math.abs(pulse.firstNanoamps);
    const { outcome, startMicroseconds, measured } = result;
    const body = acknowledgementLayout.encode({
      session: pulse.session,
      sequence: wrong === 'sequence' ? (pulse.sequence + 1) % 2 ** 32 : pulse.sequence,
      outcome: outcomeCode(outcome),
      electrode: pulse.electrode,
      amplitudeNanoamps: wrong === 'amplitude' ? amplitudeNanoamps + 1000 : amplitudeNanoamps,
      sampleIndex,
      startMicroseconds,
      firstFemtocoulombs: measured?.firstFemtocoulombs ?? 0,
      secondFemtocoulombs: measured?.secondFemtocoulombs ?? 0,
      peakMillivolts: measured?.peakMillivolts ?? 0,
      isSaturated: measured?.isSaturated === true ? 1 : 0,
      residualMillivolts: measured?.residualMillivolts ?? 0,
      limitsHashHigh: pulse.limitsHashHigh,
      limitsHashLow: pulse.limitsHashLow,
    });
    if (fault?.fault === 'slow-acknowledgement') this.#delay(body, fault.milliseconds);
    else this.#send(body);
  }

  /** Sends the slow ones whose time has come. */
  sendDue(): void {
    if (this.#slow.length === 0) return;
    const nowNs = this.#clock.nowNs();
    for (const { dueNs, body } of this.#slow) if (dueNs <= nowNs) this.#send(body);
    this.#slow = this.#slow.filter(({ dueNs }) => dueNs > nowNs);
  }

  #delay(body: Uint8Array, milliseconds: number): void {
    if (this.#slow.length === slowMax) this.#slow.shift();
    this.#slow.push({ dueNs: this.#clock.nowNs() + milliseconds * 1e6, body });
  }
}
