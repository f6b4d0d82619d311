// Tries the stimulator with its relay open: it delivers what is asked, refuses what it must, ends its lease and obeys both stops. Rig thread.
import { requestStop } from '../../common/base/control-block.ts';
import { reachableElectrodes } from '../../common/experiment/checked-experiment.ts';
import type { ArmingContext, Check } from './arming-context.ts';
import type { ConnectedRig } from './connected-rig.ts';
import type { Acknowledgement } from './hardware/device.ts';
import type { StimulusRequest } from './interlock/stimulus-request.ts';
import { holdsWithin } from './rig-time.ts';
import { stimulusRequests } from './stimulus-requests.ts';

const answerMilliseconds = 200;
const leaseMilliseconds = 100;
/** Of the lease's length; the status comes every 20 ms. */
const leaseTolerancePermille = 200;
const statusPeriodMicroseconds = 20_000;
const scaleTolerancePermille = 50;

/** A pulse that every device can deliver into its reference load, for experiments without stimuli. */
export const smallPulse: StimulusRequest = {
  request: 0,
  tick: 0,
  origin: 'operator',
  readout: 0,
  electrode: 0,
  amplitudeNanoamps: 1000,
  phaseMicroseconds: 200,
  interphaseMicroseconds: 0,
  leadingPhase: 'cathodic',
};

class OutputTest {
  readonly #rig: ConnectedRig;
  readonly #context: ArmingContext;
  #sequence = 0;
  #answer: Acknowledgement | undefined;

  constructor(rig: ConnectedRig, context: ArmingContext) {
    this.#rig = rig;
    this.#context = context;
  }

  /** @returns why the dry output could not be turned on, or undefined. */
  async #turnOn(): Promise<string | undefined> {
    const { output, limits } = this.#rig;
    const session = output.nextSession(this.#rig.chain.interlock.record.session, this.#context.random);
    return output.enableDry(session, leaseMilliseconds, limits.wireHash).catch((error: unknown) => String(error));
  }

  async #pulse(request: StimulusRequest): Promise<Acknowledgement | undefined> {
    const { time } = this.#context;
    this.#answer = undefined;
    const isSent = this.#rig.chain.gate.test(request, ++this.#sequence, time.nowNs() + answerMilliseconds * 1e6);
    if (isSent) await holdsWithin(time, answerMilliseconds, () => this.#answer !== undefined);
    return this.#answer;
  }

  takeAcknowledgement(acknowledgement: Acknowledgement): void {
    if (acknowledgement.sequence === this.#sequence) this.#answer = acknowledgement;
  }

  #isOff(): boolean {
    return !this.#rig.output.status.isOutputOn;
  }

  /** Delivered as asked, refused as it must, off by itself. */
  async lease(): Promise<Check[]> {
    const problem = await this.#turnOn();
    if (problem !== undefined) return [{ check: 'output with open relay', isPassed: false, detail: problem }];
    const microseconds = () => this.#rig.output.status.deviceMicroseconds;
    const startMicroseconds = microseconds();
    // It ends while pulses are tried: a device that acknowledges nothing is waited for beyond it.
    const ended = holdsWithin(this.#context.time, 3 * leaseMilliseconds, () => this.#isOff()).then(microseconds);
    const checks = [await this.#delivers(), await this.#refuses()];
    const milliseconds = ((await ended) - startMicroseconds) / 1000;
    const earliest = leaseMilliseconds * (1 - leaseTolerancePermille / 1000) - statusPeriodMicroseconds / 1000;
    const latest = leaseMilliseconds * (1 + leaseTolerancePermille / 1000) + statusPeriodMicroseconds / 1000;
    const isPassed = this.#isOff() && milliseconds >= earliest && milliseconds <= latest;
    const detail = this.#isOff()
      ? `off ${milliseconds.toFixed(0)} ms after a lease of ${leaseMilliseconds} ms began`
      : `still on after ${3 * leaseMilliseconds} ms without a renewal`;
    return [...checks, { check: 'lease ends by itself', isPassed, detail }];
  }

  /** On an electrode that the stimulator reaches. */
  #smallPulse(): StimulusRequest {
    return { ...smallPulse, electrode: reachableElectrodes(this.#rig.checked.experiment)?.[0] ?? smallPulse.electrode };
  }

  async #delivers(): Promise<Check> {
    const request = stimulusRequests(this.#rig.checked)[0] ?? this.#smallPulse();
    const answer = await this.#pulse(request);
    const asked =
      request.amplitudeNanoamps * request.phaseMicroseconds * (request.leadingPhase === 'cathodic' ? -1 : 1);
    const measured = answer?.firstFemtocoulombs ?? Number.NaN;
    const isPassed =
      answer?.outcome === 'delivered' &&
      Math.abs(measured - asked) <= (Math.abs(asked) * scaleTolerancePermille) / 1000;
    const detail =
      answer === undefined
        ? 'no acknowledgement'
        : `${(measured / 1e6).toPrecision(3)} nC measured in the reference load, ${(asked / 1e6).toPrecision(3)} nC asked (${answer.outcome})`;
    return { check: 'delivers what is asked', isPassed, detail };
  }

  async #refuses(): Promise<Check> {
    const { limits } = this.#rig.connections.writer.identity;
    const answer = await this.#pulse({
      ...this.#smallPulse(),
      amplitudeNanoamps: limits.amplitudeMaxNanoamps + 1,
      phaseMicroseconds: 20,
    });
    return {
      check: 'refuses what is beyond its own limits',
      isPassed: answer?.outcome === 'amplitude',
      detail: answer === undefined ? 'no acknowledgement' : `answered: ${answer.outcome}`,
    };
  }

  /** @param stop through one handle only. */
  async stop(check: string, stop: () => void): Promise<Check> {
    const problem = await this.#turnOn();
    if (problem !== undefined) return { check, isPassed: false, detail: problem };
    const startNs = this.#context.time.nowNs();
    stop();
    const { output } = this.#rig;
    const { session } = output.status;
    const isPassed = await holdsWithin(
      this.#context.time,
      answerMilliseconds,
      () => this.#isOff() && output.status.burnedSession >= session,
    );
    const milliseconds = (this.#context.time.nowNs() - startNs) / 1e6;
    const isEarly = milliseconds < leaseMilliseconds * (1 - leaseTolerancePermille / 1000);
    return {
      check,
      isPassed: isPassed && isEarly,
      detail: isPassed
        ? `output off confirmed after ${milliseconds.toFixed(0)} ms`
        : `no confirmation within ${answerMilliseconds} ms`,
    };
  }
}

export async function testOutput(rig: ConnectedRig, context: ArmingContext): Promise<Check[]> {
  const test = new OutputTest(rig, context);
  rig.onTestAcknowledgement = (acknowledgement) => test.takeAcknowledgement(acknowledgement);
  try {
    return [
      ...(await test.lease()),
      await test.stop('stop is obeyed', () => rig.connections.writer.stop()),
      await test.stop('the watchdog’s stop is obeyed', () => requestStop(context.control)),
    ];
  } finally {
    rig.onTestAcknowledgement = undefined;
  }
}
