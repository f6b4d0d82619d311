// The one exit for stimulation: no current leaves the program but through this file. Rig thread.
import { type Refusal, refuse } from '../../../common/contract/refusals.ts';
import type { DeviceWriter, PulseCommand } from '../hardware/device.ts';
import { redeemPermit, type Permit } from '../interlock/permit.ts';
import type { StimulusRequest } from '../interlock/stimulus-request.ts';

/** The journal as the gate needs it: what it says to be written survives the end of this program. */
export interface PermitRecord {
  readonly isOpen: boolean;
  permit(value: { request: number; expiryNs: number; sequence: number; spare: number }): void;
  waitUntilWritten(timeoutMilliseconds: number): boolean;
}

type Writer = Pick<DeviceWriter, 'pulse' | 'status'>;

/** How long the loop waits for the recorder to take a permit. */
const recordWithinMilliseconds = 3;

function commandFor(request: StimulusRequest, sequence: number, expiryNs: number): PulseCommand {
  const { electrode, amplitudeNanoamps, phaseMicroseconds, interphaseMicroseconds, leadingPhase } = request;
  return { sequence, electrode, amplitudeNanoamps, phaseMicroseconds, interphaseMicroseconds, leadingPhase, expiryNs };
}

/** Checks the permit, records it, then drives the device. */
export class Gate {
  readonly #writer: Writer;
  readonly #record: PermitRecord;
  readonly #nowNs: () => number;

  constructor(writer: Writer, record: PermitRecord, nowNs: () => number) {
    this.#writer = writer;
    this.#record = record;
    this.#nowNs = nowNs;
  }

  /**
   * Sends the pulse of a genuine, unused, unexpired and recorded permit.
   * @param confirmedSession the device session that is armed now. @returns undefined when it was sent.
   */
  drive(permit: Permit, confirmedSession: number): Refusal | undefined {
    if (!redeemPermit(permit)) return refuse('permit-reused');
    if (!(permit.session === confirmedSession)) return refuse('not-armed');
    if (!this.#record.isOpen) return refuse('not-recorded');
    const { request, sequence, expiryNs } = permit;
    this.#record.permit({ request: request.request, expiryNs, sequence, spare: 0 });
    if (!this.#record.waitUntilWritten(recordWithinMilliseconds))
      return refuse('not-recorded', recordWithinMilliseconds, recordWithinMilliseconds);
    const nowNs = this.#nowNs();
    if (!(nowNs <= expiryNs)) return refuse('expired', (nowNs - expiryNs) / 1e6, 0);
    this.#writer.pulse(commandFor(request, sequence, expiryNs));
    return undefined;
  }

  /**
   * For the self-test of arming: sends a pulse, also one that the device must refuse, while the device says that its output relay
   * is open. Nothing reaches an electrode. @returns whether it was sent.
   */
  test(request: StimulusRequest, sequence: number, expiryNs: number): boolean {
    const { isDry, isOutputOn } = this.#writer.status;
    if (!(isDry && isOutputOn)) return false;
    this.#writer.pulse(commandFor(request, sequence, expiryNs));
    return true;
  }
}
