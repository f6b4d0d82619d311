// Measures how long pulses take from the gate into the stimulator's reference load and back; nothing reaches an electrode. Rig thread.
import type { LoopBackResult } from '../../common/contract/loop-back.ts';
import type { ArmingContext } from './arming-context.ts';
import type { ConnectedRig } from './connected-rig.ts';
import type { Acknowledgement } from './hardware/device.ts';
import { smallPulse } from './output-test.ts';
import { holdsWithin, pause } from './rig-time.ts';

const answerMilliseconds = 200;
const leaseMostMilliseconds = 500;
/** Part of a dry lease, which is not renewed, after which a new one is begun. */
const leaseUsedShare = 0.5;
const offWithinMilliseconds = 1000;

export interface LoopBackRequest {
  electrode: number;
  pulses: number;
}

class LoopBackTest {
  readonly #rig: ConnectedRig;
  readonly #context: Pick<ArmingContext, 'time' | 'random'>;
  readonly #request: LoopBackRequest;
  readonly #result: LoopBackResult;
  /** Of the state that this test has entered: whoever enters it again tests something else. */
  readonly #enteredNs: number;
  #sequence = 0;
  #answer: Acknowledgement | undefined;
  #leaseEndsNs = -Infinity;

  constructor(rig: ConnectedRig, context: Pick<ArmingContext, 'time' | 'random'>, request: LoopBackRequest) {
    this.#rig = rig;
    this.#context = context;
    this.#request = request;
    this.#enteredNs = rig.chain.interlock.record.enteredNs;
    this.#result = {
      electrode: request.electrode,
      sent: 0,
      milliseconds: [],
      unanswered: 0,
      refused: {},
      limitMilliseconds: rig.checked.experiment.deadlineMilliseconds,
    };
  }

  takeAcknowledgement(acknowledgement: Acknowledgement): void {
    if (acknowledgement.sequence === this.#sequence) this.#answer = acknowledgement;
  }

  async run(): Promise<LoopBackResult> {
    const { limits } = this.#rig.connections.writer.identity;
    // A little slower than the device allows: its clock decides.
    const spacingMilliseconds = 1250 / Math.min(limits.rateMaxHz, limits.totalRateMaxHz);
    for (let pulse = 0; pulse < this.#request.pulses; pulse++) {
      const problem = (await this.#turnOn()) ?? (await this.#pulse());
      if (problem !== undefined) return { ...this.#result, endedEarly: problem };
      await pause(this.#context.time, spacingMilliseconds);
    }
    return this.#result;
  }

  /** Anybody may have stopped or cancelled, or something tripped: then the interlock has left the state of this test. */
  get isOver(): boolean {
    const { state, enteredNs } = this.#rig.chain.interlock.record;
    return state !== 'check' || enteredNs !== this.#enteredNs;
  }

  #stopped(): string | undefined {
    return this.isOver ? `it was stopped (the rig is ${this.#rig.chain.interlock.state})` : undefined;
  }

  /** @returns why the dry output is not on, or undefined. */
  async #turnOn(): Promise<string | undefined> {
    const { time, random } = this.#context;
    const stopped = this.#stopped();
    const { isOutputOn, isDry } = this.#rig.connections.writer.status;
    // A busy computer may have let the lease run out.
    if (stopped !== undefined || (time.nowNs() < this.#leaseEndsNs && isOutputOn && isDry)) return stopped;
    const { output, limits, chain, connections } = this.#rig;
    const leaseMilliseconds = Math.min(leaseMostMilliseconds, connections.writer.identity.limits.leaseMaxMilliseconds);
    const session = output.nextSession(chain.interlock.record.session, random);
    this.#sequence = 0;
    this.#leaseEndsNs = time.nowNs() + leaseMilliseconds * leaseUsedShare * 1e6;
    const refused = await output
      .enableDry(session, leaseMilliseconds, limits.wireHash)
      .catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    return refused === undefined ? this.#stopped() : `the dry output could not be turned on: ${refused}`;
  }

  async #pulse(): Promise<string | undefined> {
    const { time } = this.#context;
    const result = this.#result;
    this.#answer = undefined;
    const sentNs = time.nowNs();
    const request = { ...smallPulse, electrode: this.#request.electrode };
    if (!this.#rig.chain.gate.test(request, ++this.#sequence, sentNs + answerMilliseconds * 1e6))
      return 'the stimulator does not say that its relay is open';
    result.sent++;
    await holdsWithin(time, answerMilliseconds, () => this.#answer !== undefined);
    const answer = this.#answer as Acknowledgement | undefined;
    if (answer === undefined) result.unanswered++;
    else if (answer.outcome === 'delivered') result.milliseconds.push((answer.receivedNs - sentNs) / 1e6);
    else result.refused[answer.outcome] = (result.refused[answer.outcome] ?? 0) + 1;
    return undefined;
  }
}

/**
 * The interlock is in its state 'check' meanwhile, as in the self-test of arming: every stop and every fault ends it. Afterwards the
 * output is stopped, and the device has confirmed that.
 * @returns undefined when the interlock is not in its safe state
 */
export async function testLoopBack(
  rig: ConnectedRig,
  context: Pick<ArmingContext, 'time' | 'random'>,
  request: LoopBackRequest,
  operator: string,
): Promise<LoopBackResult | undefined> {
  if (!rig.apply({ kind: 'arm-requested', limitsHash: rig.limits.hash }, operator)) return undefined;
  const test = new LoopBackTest(rig, context, request);
  const take: ConnectedRig['onTestAcknowledgement'] = (acknowledgement) => test.takeAcknowledgement(acknowledgement);
  rig.onTestAcknowledgement = take;
  try {
    return await test.run();
  } finally {
    if (rig.onTestAcknowledgement === take) rig.onTestAcknowledgement = undefined;
    // From 'check' this awaits the device's confirmation and ends in the safe state. A trip has stopped by itself; a new check is not this one's.
    if (!test.isOver || rig.chain.interlock.state === 'safe') rig.apply({ kind: 'stop' }, operator);
    await holdsWithin(context.time, offWithinMilliseconds, () => rig.chain.interlock.state !== 'stopping');
  }
}
