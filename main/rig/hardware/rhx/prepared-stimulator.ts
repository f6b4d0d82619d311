// Prepared stimuli on an RHS controller: uploaded while the board stands, read back, and fired one by one under a held dead-man. Class L1: no lease; rig thread.
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../../../common/base/clock.ts';
import type { DeadMan, WithCapability } from '../capability-class.ts';
import { hostClock } from '../host-clock.ts';
import { SinglePulseRule } from '../single-pulse-rule.ts';
import { amplifierNames } from './columns.ts';
import { readStep, type RhxController } from './controller.ts';
import { isSame } from './command-line.ts';
import { type PreparedStimulus, quantise, type QuantisedStimulus } from './prepared-stimulus.ts';
import { booleanWords, type ReplyKind } from './reply.ts';
import { RhxError } from './rhx-problem.ts';

/** The controller itself gives no second pulse for so long after one, whatever triggers it. RHX allows no more. */
const refractoryMicroseconds = 1_000_000;
/** Looks at an upload before it is said that it does not end. */
const looksMax = 200;

export interface PreparedStimulatorOptions {
  /** Is asked at each pulse. */
  readonly deadMan: DeadMan;
  /** Whether the board samples, as far as its samples show. */
  readonly isRunning: () => boolean;
  readonly clock?: Clock;
}

type StimSetting = readonly [name: string, value: string | number | boolean, kind: ReplyKind];

/** What the controller must hold, in the order in which it is set; what enables it comes last. */
function settingsOf(stimulus: QuantisedStimulus): StimSetting[] {
  const hasGap = stimulus.interphaseMicroseconds > 0;
  return [
    ['source', `KeyPressF${stimulus.key}`, 'text'],
    ['triggeredgeorlevel', 'Edge', 'text'],
    ['shape', hasGap ? 'BiphasicWithInterphaseDelay' : 'Biphasic', 'text'],
    ['polarity', stimulus.leadingPhase === 'cathodic' ? 'NegativeFirst' : 'PositiveFirst', 'text'],
    ['pulseortrain', 'SinglePulse', 'text'],
    ['firstphaseamplitudemicroamps', stimulus.firstMicroamps, 'number'],
    ['firstphasedurationmicroseconds', stimulus.firstMicroseconds, 'number'],
    ...(hasGap ? [['interphasedelaymicroseconds', stimulus.interphaseMicroseconds, 'number'] as const] : []),
    ['secondphaseamplitudemicroamps', stimulus.secondMicroamps, 'number'],
    ['secondphasedurationmicroseconds', stimulus.secondMicroseconds, 'number'],
    ['posttriggerdelaymicroseconds', 0, 'number'],
    ['refractoryperiodmicroseconds', refractoryMicroseconds, 'number'],
    ['stimenabled', true, booleanWords],
  ];
}

export class PreparedStimulator implements WithCapability<'L1'> {
  /** RHX has no lease, and its trigger neither an acknowledgement nor a bound to its delay: seconds were seen on a busy computer. */
  readonly capability = 'L1';
  readonly #controller: RhxController;
  readonly #rule: SinglePulseRule;
  readonly #isRunning: () => boolean;
  readonly #clock: Clock;
  readonly #prepared = new Map<string, QuantisedStimulus>();

  /** @throws RhxError when the controller cannot stimulate, or a channel was left enabled by somebody else */
  static async open(controller: RhxController, options: PreparedStimulatorOptions): Promise<PreparedStimulator> {
    const { description, commands } = controller;
    if (!description.isStimulator || description.stepMicroamps === undefined)
      throw new RhxError('not-a-stimulator', 'the controller is no RHS Stim/Recording Controller with a step size');
    for (const channel of amplifierNames(description)) {
      if (await commands.getBoolean(`${channel}.stimenabled`))
        throw new RhxError(
          'stimulus-left-behind',
          `stimulation of ${channel} is enabled in RHX already: a trigger would fire it too`,
        );
    }
    return new PreparedStimulator(controller, options);
  }

  private constructor(controller: RhxController, { deadMan, isRunning, clock = hostClock }: PreparedStimulatorOptions) {
    this.#controller = controller;
    this.#rule = new SinglePulseRule(deadMan, clock);
    this.#isRunning = isRunning;
    this.#clock = clock;
  }

  /** As it was at the start; it must stay so. */
  get stepMicroamps(): number {
    return this.#controller.description.stepMicroamps!;
  }

  /** Uploads a stimulus and reads it back. The board must stand. @returns what will be given: check this against the limits */
  async prepare(stimulus: PreparedStimulus): Promise<QuantisedStimulus> {
    const { commands, description } = this.#controller;
    const step = await this.#unchangedStep();
    const exact = quantise(stimulus, step, description.sampleRateHz);
    const other = [...this.#prepared.values()].find(
      ({ key, channel }) => key === exact.key && channel !== exact.channel,
    );
    if (other !== undefined)
      throw new RhxError(
        'stimulus-out-of-range',
        `F${exact.key} fires ${other.channel} already: one key, one electrode`,
      );
    const runMode = await commands.getRunMode();
    if (runMode !== 'Stop')
      throw new RhxError('already-running', `RHX says RunMode ${runMode}: uploads need a standing board`);
    this.#prepared.delete(exact.channel);
    for (const [name, value, kind] of settingsOf(exact)) await commands.set(`${exact.channel}.${name}`, value, kind);
    await this.#upload(exact.channel);
    await this.#compare(exact);
    await this.#unchangedStep();
    this.#prepared.set(exact.channel, exact);
    return exact;
  }

  /** Reads all that is prepared back. @throws RhxError naming what RHX holds otherwise */
  async verify(): Promise<void> {
    await this.#unchangedStep();
    for (const exact of this.#prepared.values()) await this.#compare(exact);
  }

  /** Takes all stimuli from the controller, so that no key fires them any more. The board must stand. */
  async clearAll(): Promise<void> {
    for (const channel of [...this.#prepared.keys()]) await this.clear(channel);
  }

  /** Takes a stimulus from the controller: setting it is not enough, only an upload reaches the chip. The board must stand. */
  async clear(channel: string): Promise<void> {
    this.#prepared.delete(channel);
    await this.#controller.commands.set(`${channel}.stimenabled`, false, booleanWords);
    await this.#upload(channel);
  }

  /**
   * Fires one pulse. RHX says nothing about it: only a STIM column can show it, 30 to 160 ms later.
   * @param expiryNs of its clock, after which nothing is sent
   * @param isOn is asked immediately before the trigger is sent
   * @throws RhxError when it is not prepared, it is too late, the dead-man is not held, or the last pulse was less than a second ago
   */
  async fire(channel: string, expiryNs = Infinity, isOn: () => boolean = () => true): Promise<void> {
    const stimulus = this.#prepared.get(channel);
    if (stimulus === undefined) throw new RhxError('stimulus-out-of-range', `no stimulus is prepared on ${channel}`);
    // RHX is not asked: its answer may come late, and a trigger that it swallows shows in no STIM column.
    if (!this.#isRunning()) throw new RhxError('not-running', 'the board does not run');
    await this.#controller.commands.act(`execute manualstimtriggerpulse f${stimulus.key}`, () => {
      const lateMs = (this.#clock.nowNs() - expiryNs) / 1e6;
      if (lateMs > 0) throw new RhxError('trigger-late', `the pulse was ${lateMs.toFixed(1)} ms past its end`);
      if (!isOn()) throw new RhxError('without-lease', 'the output was turned off meanwhile');
      const refusal = this.#rule.refusal();
      if (refusal !== undefined) throw new RhxError('without-lease', refusal);
    });
  }

  async #compare(exact: QuantisedStimulus): Promise<void> {
    for (const [name, value, kind] of settingsOf(exact)) {
      const held = await this.#controller.commands.get(`${exact.channel}.${name}`, kind);
      if (!isSame(held, value))
        throw new RhxError(
          'setting-not-taken',
          `after the upload RHX holds ${exact.channel}.${name} = ${held}, not ${value}`,
        );
    }
  }

  async #upload(channel: string): Promise<void> {
    const { commands, times } = this.#controller;
    const runMode = await commands.getRunMode();
    // While running RHX does not refuse it: it turns the continuous mode of the controller off.
    if (runMode !== 'Stop')
      throw new RhxError('already-running', `RHX says RunMode ${runMode}: uploads need a standing board`);
    await commands.act(`execute uploadstimparameters ${channel}`);
    for (let looks = 0; await commands.getBoolean('uploadinprogress'); looks++) {
      if (looks >= looksMax) throw new RhxError('upload-not-finished', `the upload of ${channel} does not end`);
      await wait(times.poll);
    }
  }

  async #unchangedStep(): Promise<number> {
    const { commands, description } = this.#controller;
    const step = await readStep(commands);
    if (step === undefined || step !== description.stepMicroamps)
      throw new RhxError(
        'step-size-changed',
        `RHX says a step of ${step} µA now, it was ${description.stepMicroamps} µA at the start`,
      );
    return step;
  }
}
