// Carries out the commands of pages, one at a time and between ticks. Rig thread.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { ControlBlock } from '../../common/base/control-block.ts';
import { DisposableStore } from '../../common/base/disposable.ts';
import { sampleRateHz } from '../../common/experiment/checked-experiment.ts';
import { recordType } from '../../common/journal/records.ts';
import type { Mark, SessionOpening } from '../../common/journal/session-documents.ts';
import { microseconds, nanoamps } from '../../common/units/units.ts';
import { runArmingChecks } from './arming-checks.ts';
import { connectRig } from './connect-rig.ts';
import { ConnectedRig, type RigListener, type RigSurroundings } from './connected-rig.ts';
import type { Fault } from '../../common/contract/faults.ts';
import { refusalWords } from '../../common/contract/refusals.ts';
import type { RigStatus, SessionStage } from '../../common/contract/rig-status.ts';
import type { ProgramName } from './platform.ts';
import type { RigOrder, RigOutcome } from './rig-messages.ts';
import { failed, notNow } from './session/refuse-command.ts';
import type { Programs } from './supervision/programs.ts';

export interface CommandSurroundings extends RigSurroundings {
  programs: Programs<ProgramName>;
  kernelsInUse: RigStatus['kernels'];
  exocortexVersion: string;
  control: ControlBlock;
}

const done: RigOutcome = { answer: { done: true } };
const holdMilliseconds = 1000;
/** An armed rig that nobody uses is disarmed. */
const idleArmedMilliseconds = 60_000;

/** Nothing begins before the operator has dealt with the cause. */
const tripped = (cause: Fault): RigOutcome =>
  notNow(`the rig tripped: ${cause.message}`, 'Acknowledge the cause and reset first.');

type OrderOf<N extends RigOrder['name']> = Extract<RigOrder, { name: N }>;

/** Holds at most one connected rig. Orders about pages' feeds are not its business. */
export class RigCommands {
  readonly #around: CommandSurroundings;
  readonly #listener: RigListener;
  #rig: ConnectedRig | undefined;
  #isConnecting = false;
  #operator = '';
  #idle: ReturnType<typeof setTimeout> | undefined;
  lastFolder: string | undefined;

  constructor(around: CommandSurroundings, listener: RigListener) {
    this.#around = around;
    this.#listener = listener;
  }

  get rig(): ConnectedRig | undefined {
    return this.#rig;
  }

  get stage(): SessionStage {
    if (this.#isConnecting) return 'connecting';
    if (this.#rig === undefined) return 'idle';
    if (this.#rig.isClosingRun) return 'closing';
    return this.#rig.run === undefined ? 'live' : 'recording';
  }

  /** Output off at once, whatever else is going on. */
  stop(): RigOutcome {
    this.#rig?.apply({ kind: 'stop' });
    return done;
  }

  async carryOut(order: RigOrder): Promise<RigOutcome> {
    switch (order.name) {
      case 'rig.connect':
        return this.#connect(order);
      case 'rig.disconnect':
        return this.#disconnect();
      case 'arm.request':
        return this.#requestArming(order);
      case 'arm.confirm':
        return this.#confirmArming(order);
      case 'arm.cancel':
        this.#rig?.apply({ kind: 'arm-cancelled' });
        return done;
      case 'run.start':
        return this.#startRun(order);
      case 'run.end':
        return this.#endRun();
      case 'stop':
        return this.stop();
      case 'trip.acknowledge':
        return this.#acknowledge(order);
      case 'trip.reset':
        return this.#reset();
      case 'stimulus.test':
        return this.#testStimulus(order);
      case 'mark.add':
        return this.#mark(order);
      case 'live.subscribe':
      case 'live.unsubscribe':
      case 'live.acknowledge':
        return notNow('feeds are the rig thread’s own', 'Report this message.');
    }
  }

  async #connect({ checked, isFast }: OrderOf<'rig.connect'>): Promise<RigOutcome> {
    if (this.#rig !== undefined || this.#isConnecting) return notNow('a source is connected', 'Disconnect it first.');
    this.#isConnecting = true;
    const owner = new DisposableStore();
    const listener = {
      onResult: (result: Parameters<ConnectedRig['chain']['loop']['takeResult']>[0]) =>
        this.#rig?.chain.loop.takeResult(result),
      onSimulationFault: (fault: { code: string; text: string }) =>
        this.#rig?.raise({ code: 'simulation-fault', message: fault.text }),
      onSimulationClosed: (how: string) => this.#rig?.simulationClosed(how),
      onDeviceProgramExit: (how: string) => this.#rig?.deviceProgramExited(how),
    };
    try {
      const { programs, watchdog } = this.#around;
      const connections = await connectRig({ checked, isFast, programs, watchdog, owner, listener });
      this.#rig = new ConnectedRig(checked, connections, owner, this.#around, this.#listener);
      this.#rig.start();
      return done;
    } catch (error) {
      owner.dispose();
      return failed(
        error instanceof Error ? error.message : String(error),
        'Check the message; the experiment can be connected again.',
      );
    } finally {
      this.#isConnecting = false;
    }
  }

  async #disconnect(): Promise<RigOutcome> {
    const rig = this.#rig;
    if (rig === undefined) return done;
    if (rig.chain.interlock.firstCause !== undefined && !rig.chain.interlock.isAcknowledged) {
      return tripped(rig.chain.interlock.firstCause);
    }
    await rig.endRun('stopped by the operator');
    this.#forget();
    return done;
  }

  /** Ends everything, orderly: for the end of the program. */
  async end(): Promise<void> {
    this.stop();
    await this.#rig?.endRun('program ended');
    this.#forget();
  }

  #forget(): void {
    clearTimeout(this.#idle);
    this.#rig?.dispose();
    this.#rig = undefined;
  }

  async #requestArming({ request }: OrderOf<'arm.request'>): Promise<RigOutcome> {
    const rig = this.#rig;
    if (rig === undefined) return notNow('no source is connected', 'Connect an experiment first.');
    this.#operator = request.operator;
    if (!rig.apply({ kind: 'arm-requested' }, request.operator)) {
      return notNow(
        `the rig is ${rig.chain.interlock.state}`,
        rig.chain.interlock.firstCause === undefined
          ? 'Arming begins from the safe state.'
          : 'Acknowledge the cause and reset first.',
      );
    }
    const summary = await runArmingChecks(rig, this.#around.control);
    rig.apply({ kind: summary.isReady ? 'checks-passed' : 'checks-failed' });
    return { answer: summary };
  }

  async #confirmArming({ request }: OrderOf<'arm.confirm'>): Promise<RigOutcome> {
    const rig = this.#rig;
    if (rig === undefined) return notNow('no source is connected', 'Connect an experiment first.');
    if (!(request.heldMilliseconds >= holdMilliseconds))
      return notNow('the control was held for less than a second', 'Hold it for one second.');
    const problem = await rig.arm(this.#operator);
    if (problem !== undefined) return notNow(problem, 'Begin arming again.');
    this.#idle = setTimeout(() => {
      if (rig.chain.interlock.state === 'armed') this.stop();
    }, idleArmedMilliseconds);
    return done;
  }

  async #startRun({ request, sessionsFolder, folderStamp, startedAt }: OrderOf<'run.start'>): Promise<RigOutcome> {
    const rig = this.#rig;
    if (rig === undefined) return notNow('no source is connected', 'Connect an experiment first.');
    if (rig.run !== undefined) return notNow('a recording is running', 'End it first.');
    if (rig.sourceClosedReason !== undefined) return notNow('the source is gone', 'Connect again.');
    if (rig.chain.interlock.firstCause !== undefined) return tripped(rig.chain.interlock.firstCause);
    const folder = join(sessionsFolder, `${folderStamp}_${rig.checked.experiment.name}`);
    const problem = await rig.startRun(folder, request.seconds, this.#opening(rig, request.operator, startedAt));
    if (problem !== undefined)
      return failed(
        `the recording could not be opened: ${problem}`,
        'Check free space and rights of the sessions folder.',
      );
    this.lastFolder = folder;
    return { answer: { folder } };
  }

  #opening(rig: ConnectedRig, operator: string, startedAt: string): SessionOpening {
    const { identity } = rig.connections.reader;
    const { simulation } = rig.connections;
    return {
      format: 'exocortex-session/1',
      session: randomUUID(),
      exocortexVersion: this.#around.exocortexVersion,
      startedAt,
      startedNs: this.#around.nowNs(),
      checked: rig.checked,
      device: {
        kind: identity.kind,
        serial: identity.serial,
        firmware: identity.firmware,
        description: identity.description,
      },
      channels: identity.channels,
      sampleRateHz: sampleRateHz(rig.checked),
      microvoltsPerBit: identity.microvoltsPerBit,
      samplesPerTick: identity.samplesPerBlock,
      simulation: { ...simulation, populations: simulation.populations.map((population) => ({ ...population })) },
      kernels: this.#around.kernelsInUse,
      isArmed: rig.chain.interlock.state === 'armed',
      operator,
    };
  }

  async #endRun(): Promise<RigOutcome> {
    if (this.#rig?.run === undefined) return notNow('no recording is running', 'Start one first.');
    // A run without a set duration is complete when the operator says so.
    const { requestedSeconds } = this.#rig.run;
    await this.#rig.endRun(requestedSeconds === undefined ? 'completed' : 'stopped by the operator');
    return done;
  }

  #acknowledge({ request }: OrderOf<'trip.acknowledge'>): RigOutcome {
    const rig = this.#rig;
    if (rig?.chain.interlock.firstCause === undefined)
      return notNow('nothing is tripped', 'There is nothing to acknowledge.');
    if (!rig.chain.interlock.acknowledge(request.cause))
      return notNow('this was not the cause', 'Read the card again and name the cause that it shows.');
    return done;
  }

  #reset(): RigOutcome {
    const rig = this.#rig;
    if (rig === undefined) return notNow('no source is connected', 'There is nothing to reset.');
    const nowNs = this.#around.nowNs();
    const blocked = rig.chain.interlock.resetBlockedBy(nowNs, rig.output.isOff);
    if (blocked !== undefined) return notNow(blocked, 'Mend this first.');
    rig.reset();
    return done;
  }

  #testStimulus({ request }: OrderOf<'stimulus.test'>): RigOutcome {
    const rig = this.#rig;
    if (rig === undefined) return notNow('no source is connected', 'Connect an experiment first.');
    const stimulus = rig.checked.experiment.stimuli.find(({ name }) => name === request.stimulus);
    if (stimulus === undefined)
      return notNow(`the experiment has no stimulus '${request.stimulus}'`, 'Choose one of its stimuli.');
    const refusal = rig.chain.loop.requestDirectly(
      {
        electrode: stimulus.electrode,
        amplitudeNanoamps: nanoamps(Math.round(stimulus.amplitudeMicroamps * 1000)),
        phaseMicroseconds: microseconds(stimulus.phaseMicroseconds),
        interphaseMicroseconds: microseconds(stimulus.interphaseMicroseconds),
        leadingPhase: stimulus.leadingPhase,
      },
      'operator',
      rig.newestAcquiredNs,
    );
    return refusal === undefined
      ? done
      : notNow(
          `the pulse was refused: ${refusalWords[refusal.code].words}`,
          refusal.code === 'not-recorded'
            ? 'Start the recording first: nothing is stimulated unrecorded.'
            : 'Read the counts of refusals.',
        );
  }

  #mark({ request }: OrderOf<'mark.add'>): RigOutcome {
    const rig = this.#rig;
    if (rig?.run === undefined)
      return notNow('no recording is running', 'Marks belong to a recording: start one first.');
    rig.journal.json(recordType.mark, { text: request.text, sampleIndex: rig.run.lastSample } satisfies Mark);
    return done;
  }
}
