// Carries out the commands of pages, one at a time and between ticks. Rig thread.
import { join } from 'node:path';
import type { ControlBlock } from '../../common/base/control-block.ts';
import { DisposableStore } from '../../common/base/disposable.ts';
import { stimulusPulse } from '../../common/experiment/stimulus-pulse.ts';
import { limitsOf } from '../../common/limits/limits-of.ts';
import type { RememberedDevice } from '../../common/limits/remembered-device.ts';
import type { SimulationReady } from '../../common/simulation-protocol/configuration.ts';
import { isDriveControl } from '../../common/simulation-protocol/control-message.ts';
import { SimulationFaultError } from '../../common/simulation-protocol/fault.ts';
import type { NetworkSample } from '../../common/simulation-protocol/sample-message.ts';
import { runArmingChecks } from './arming-checks.ts';
import { DeviceHistory } from './device-history.ts';
import { DoseLedger } from './dose-ledger.ts';
import type { CarriedCause } from '../../common/contract/carried-cause.ts';
import { interlockTiming } from './interlock/interlock-record.ts';
import { judgeImpedances } from './judge-impedances.ts';
import { LimitsKeeper } from './limits-keeper.ts';
import { ConnectionRefusal } from './connect-device/device-connecting.ts';
import { measureSourceImpedances } from './connect-device/measure-impedances.ts';
import { connectRig } from './connect-rig.ts';
import { ConnectedRig, type RigListener, type RigSurroundings } from './connected-rig.ts';
import type { Fault, FaultCode } from '../../common/contract/faults.ts';
import { refusalWords } from '../../common/contract/refusals.ts';
import type { RigStatus, SessionStage } from '../../common/contract/rig-status.ts';
import type { DeadMan } from './hardware/capability-class.ts';
import type { OpenHidUser } from './hardware/hid/start-hid-thread.ts';
import type { ProgramName } from './platform.ts';
import { PopulationControl } from './population-control.ts';
import type { StationLine } from './recording/station-line.ts';
import type { RigOrder, RigOutcome } from './rig-messages.ts';
import { checkLoopBack, measureConnected } from './rig-checks.ts';
import { sessionOpening } from './session-opening.ts';
import { failed, notNow } from './session/refuse-command.ts';
import type { Programs } from './supervision/programs.ts';
import type { WatchdogLine } from './supervision/watchdog-line.ts';

export interface CommandSurroundings extends RigSurroundings {
  programs: Programs<ProgramName>;
  /** Of the built threads. */
  programsFolder: string;
  kernelsInUse: RigStatus['kernels'];
  exocortexVersion: string;
  control: ControlBlock;
  station: StationLine;
  watchdog: WatchdogLine;
  openHid: OpenHidUser;
}

/** What nothing is remembered of. */
const newDevice: RememberedDevice = { impedancesOhms: [], isEmergencyStopTried: false };

const done: RigOutcome = { answer: { done: true } };

/** Nothing begins before the operator has dealt with the cause. */
const tripped = (cause: Fault): RigOutcome =>
  notNow(`the rig tripped: ${cause.message}`, 'Acknowledge the cause and reset first.');

/** @param otherwise what to do where the source does not say. */
function refusedBySource(error: unknown, otherwise: string): RigOutcome {
  const what = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
  if (error instanceof ConnectionRefusal) return failed(what, error.cure);
  // Says by itself what to do.
  if (error instanceof SimulationFaultError) return failed(what, 'The experiment can be connected again.');
  return failed(what, otherwise);
}

type OrderOf<N extends RigOrder['name']> = Extract<RigOrder, { name: N }>;

const ofTissueActivity: ReadonlySet<FaultCode> = new Set(['seizure-like', 'after-discharge', 'runaway-tissue']);

/** Holds at most one connected rig. Orders about pages' feeds are not its business. */
export class RigCommands {
  readonly #around: CommandSurroundings;
  readonly #listener: RigListener;
  #rig: ConnectedRig | undefined;
  readonly #population: PopulationControl;
  #isConnecting = false;
  #operator = '';
  /** What was latched when nothing was connected any more, or when the program ended. */
  #carried: CarriedCause | undefined;
  /** Until then no rig is armed: the tissue rests. */
  #restUntilNs = 0;
  lastFolder: string | undefined;
  readonly #deadMan: DeadMan;

  /** @param carried cause that the last start of the program has left. */
  constructor(around: CommandSurroundings, listener: RigListener, carried: CarriedCause | undefined) {
    this.#around = around;
    this.#population = new PopulationControl();
    this.#listener = listener;
    this.#carried = carried;
    const isHeld = () => this.#rig?.operator.isHeldAt(around.time.nowNs()) === true;
    this.#deadMan = {
      get isHeld() {
        return isHeld();
      },
    };
  }

  /** A latched cause while nothing is connected. */
  get carried(): CarriedCause | undefined {
    return this.#carried;
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
    if (order.name !== 'live.acknowledge') this.#rig?.operator.noteSign(this.#around.time.nowNs());
    switch (order.name) {
      case 'rig.connect':
        return this.#connect(order);
      case 'rig.disconnect':
        return this.#disconnect();
      case 'source.measureImpedances':
        return this.#measureImpedances(order);
      case 'rig.measureImpedances':
        return measureConnected(this.#rig);
      case 'rig.testLoopBack':
        return this.#testLoopBack(order);
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
      case 'presence.confirm':
        return this.#confirmPresence(order);
      case 'limits.tighten':
        return this.#tighten(order);
      case 'stop':
        return this.stop();
      case 'trip.acknowledge':
        return this.#acknowledge(order);
      case 'trip.reset':
        return this.#reset();
      case 'stimulus.test':
        return this.#testStimulus(order);
      case 'population.pause':
      case 'population.resume':
        return this.#population.hold(this.#rig, order.name === 'population.pause');
      case 'population.save':
        return this.#population.save(this.#rig);
      case 'population.control':
        return isDriveControl(order.request)
          ? this.#population.drive(this.#rig, order.request)
          : this.#population.control(this.#rig, order.request);
      case 'mark.add':
        return this.#mark(order);
      case 'live.subscribe':
      case 'live.unsubscribe':
      case 'live.acknowledge':
      case 'live.inspect':
        return notNow('feeds are the rig thread’s own', 'Report this message.');
    }
  }

  async #connect({ checked, isFast, startFrom, deviceToken }: OrderOf<'rig.connect'>): Promise<RigOutcome> {
    if (this.#rig !== undefined || this.#isConnecting) return notNow('a source is connected', 'Disconnect it first.');
    this.#isConnecting = true;
    const owner = new DisposableStore();
    const listener = {
      onResult: (result: Parameters<ConnectedRig['chain']['loop']['takeResult']>[0]) =>
        this.#rig?.chain.loop.takeResult(result),
      onSample: (sample: NetworkSample) => this.#rig?.takeSample(sample),
      onSimulationFault: (fault: { code: string; text: string }) =>
        this.#rig?.raise({ code: 'simulation-fault', message: fault.text }),
      onSimulationClosed: (how: string) => this.#rig?.simulationClosed(how),
      onDeviceProgramExit: (message: string) => this.#rig?.deviceProgramExited(message),
    };
    try {
      const { programs, watchdog, station, programsFolder, openHid, random } = this.#around;
      const connections = await connectRig({
        ...{ checked, isFast, startFrom, deviceToken },
        ...{ programs, programsFolder, openHid, watchdog, random, owner, listener },
        deadMan: this.#deadMan,
      });
      const { identity } = connections.writer;
      const limits = new LimitsKeeper(checked, identity);
      // What gives nothing has no dose, and nothing to be remembered by.
      const earlier = identity.canStimulate ? await station.openDose(identity.serial) : [];
      if (typeof earlier === 'string') throw new Error(earlier);
      const remembered = identity.canStimulate ? await station.openDevice(identity.serial) : newDevice;
      if (typeof remembered === 'string') throw new Error(remembered);
      const history = new DeviceHistory(remembered, station);
      const dose = new DoseLedger(
        earlier,
        station,
        () => limits.inForce,
        (fault) => this.#rig?.raise(fault),
      );
      const restSeconds = this.#rest(limits);
      const content = { checked, connections, limits, dose, history, carried: this.#carried, restSeconds };
      this.#rig = new ConnectedRig(content, owner, this.#around, this.#listener);
      this.#carried = undefined;
      station.limitsHash = limits.hash;
      const { serial, firmware } = identity.canStimulate ? identity : connections.reader.identity;
      station.note('rig-connected', { device: serial, firmware, experiment: checked.file });
      station.note('limits-in-force', { hash: limits.hash, profile: limits.inForce.profile });
      this.#rig.start();
      this.#tellBackend(connections.simulation);
      return done;
    } catch (error) {
      owner.dispose();
      return refusedBySource(error, 'Check the message; the experiment can be connected again.');
    } finally {
      this.#isConnecting = false;
    }
  }

  /** What computes the population, and why: a warning where it is not as it should be. */
  #tellBackend({ backend, backendReason, backendWarning }: SimulationReady): void {
    this.#listener.onMessage(
      backendWarning === undefined ? 'info' : 'warning',
      `The population is computed by ${backend}. ${backendReason ?? ''}`.trimEnd(),
    );
  }

  /** What measures cannot acquire meanwhile, so nothing may be connected. */
  async #measureImpedances({ checked }: OrderOf<'source.measureImpedances'>): Promise<RigOutcome> {
    if (this.#rig !== undefined || this.#isConnecting)
      return notNow('a source is connected', 'Disconnect it, and click Connect in its program again.');
    this.#isConnecting = true;
    try {
      const measured = await measureSourceImpedances(checked.experiment.source);
      return { answer: judgeImpedances(measured, limitsOf(checked, undefined, [])) };
    } catch (error) {
      return refusedBySource(error, 'Check the message, and try again.');
    } finally {
      this.#isConnecting = false;
    }
  }

  #testLoopBack({ request }: OrderOf<'rig.testLoopBack'>): Promise<RigOutcome> {
    this.#operator = request.operator;
    return checkLoopBack(this.#rig, request, this.#around, request.operator);
  }

  /** Seconds that the tissue must still rest; the whole pause when an earlier start of the program has left its activity latched. */
  #rest({ inForce }: LimitsKeeper): number {
    const left = Math.max(0, (this.#restUntilNs - this.#around.time.nowNs()) / 1e9);
    const cause = this.#carried?.firstCause.code;
    return cause !== undefined && ofTissueActivity.has(cause)
      ? Math.max(left, inForce.activity.holdOffMilliseconds / 1000)
      : left;
  }

  async #disconnect(): Promise<RigOutcome> {
    const rig = this.#rig;
    if (rig === undefined) return done;
    const { firstCause, isAcknowledged } = rig.chain.interlock.record;
    if (firstCause !== undefined && !isAcknowledged) return tripped(firstCause);
    await rig.endRun('stopped by the operator');
    await rig.comeToRest();
    this.#forget();
    return done;
  }

  /** Ends everything, orderly: for the end of the program. */
  async end(): Promise<void> {
    this.stop();
    await this.#rig?.endRun('program ended');
    await this.#rig?.comeToRest();
    this.#forget();
  }

  #forget(): void {
    const rig = this.#rig;
    if (rig === undefined) return;
    // What is latched stays latched: no silent re-enable by connecting again.
    this.#carried = rig.carriedCause;
    this.#restUntilNs = this.#around.time.nowNs() + rig.chain.activity.holdOffSeconds * 1e9;
    rig.dispose();
    this.#rig = undefined;
    this.#around.station.note('rig-disconnected', {});
  }

  async #requestArming({ request, siteProblem }: OrderOf<'arm.request'>): Promise<RigOutcome> {
    const rig = this.#rig;
    if (rig === undefined) return notNow('no source is connected', 'Connect an experiment first.');
    if (!rig.connections.writer.identity.canStimulate)
      return notNow(
        'nothing is connected that stimulates: this experiment only records',
        'Start the recording; to stimulate, choose an experiment with a stimulator.',
      );
    const { station, control, time, random } = this.#around;
    this.#operator = request.operator;
    if (!rig.apply({ kind: 'arm-requested', limitsHash: rig.limits.hash }, request.operator)) {
      return notNow(
        `the rig is ${rig.chain.interlock.state}`,
        rig.chain.interlock.firstCause === undefined
          ? 'Arming begins from the safe state.'
          : 'Acknowledge the cause and reset first.',
      );
    }
    const auditProblem = await station.noteDurably('arm-requested', {}, request.operator);
    const context = { control, time, random, probe: request.probe, siteProblem, auditProblem };
    const summary = await runArmingChecks(rig, context);
    rig.apply({ kind: summary.isReady ? 'checks-passed' : 'checks-failed' });
    if (!summary.isReady) {
      const failedChecks = summary.checks.filter(({ isPassed }) => !isPassed).map(({ check }) => check);
      station.note('arm-refused', { checks: failedChecks.join('; ') }, request.operator);
    }
    return { answer: summary };
  }

  async #confirmArming({ request }: OrderOf<'arm.confirm'>): Promise<RigOutcome> {
    const rig = this.#rig;
    if (rig === undefined) return notNow('no source is connected', 'Connect an experiment first.');
    if (!(request.heldMilliseconds >= interlockTiming.holdMilliseconds))
      return notNow('the control was held for less than a second', 'Hold it for one second.');
    const { secondPerson } = request;
    const isSecondNeeded = rig.limits.inForce.profile === 'animal-macro';
    if (isSecondNeeded && (secondPerson === undefined || secondPerson.trim() === this.#operator.trim()))
      return notNow('this profile needs a second person', 'A second person enters their name and holds the control.');
    const actor = secondPerson === undefined ? this.#operator : `${this.#operator}, ${secondPerson}`;
    const problem = await rig.arm(actor, request.heldMilliseconds);
    return problem === undefined ? done : notNow(problem, 'Begin arming again.');
  }

  /** A sign of the operator; every command is one. */
  #confirmPresence({ request }: OrderOf<'presence.confirm'>): RigOutcome {
    const operator = this.#rig?.operator;
    if (request.isHeld) operator?.noteHeld(this.#around.time.nowNs());
    else operator?.noteReleased();
    return done;
  }

  #tighten({ request }: OrderOf<'limits.tighten'>): RigOutcome {
    const rig = this.#rig;
    if (rig === undefined) return notNow('no source is connected', 'Connect an experiment first.');
    if (!rig.tighten(request))
      return notNow(
        'none of these limits is tighter than those in force',
        'Only tighter limits count here; a PI loosens the site file.',
      );
    this.#around.station.limitsHash = rig.limits.hash;
    this.#around.station.note(
      'limits-tightened',
      { hash: rig.limits.hash, request: JSON.stringify(request) },
      this.#operator,
    );
    return { answer: { limitsHash: rig.limits.hash } };
  }

  async #startRun({ request, sessionsFolder, folderStamp, startedAt }: OrderOf<'run.start'>): Promise<RigOutcome> {
    const rig = this.#rig;
    if (rig === undefined) return notNow('no source is connected', 'Connect an experiment first.');
    if (rig.run !== undefined) return notNow('a recording is running', 'End it first.');
    if (rig.sourceClosedReason !== undefined) return notNow('the source is gone', 'Connect again.');
    if (rig.chain.interlock.firstCause !== undefined) return tripped(rig.chain.interlock.firstCause);
    const folder = join(sessionsFolder, `${folderStamp}_${rig.checked.experiment.name}`);
    const problem = await rig.startRun(
      folder,
      request.seconds,
      sessionOpening(rig, this.#around, request.operator, startedAt),
    );
    if (problem !== undefined)
      return failed(
        `the recording could not be opened: ${problem}`,
        'Check free space and rights of the sessions folder.',
      );
    this.lastFolder = folder;
    return { answer: { folder } };
  }

  async #endRun(): Promise<RigOutcome> {
    if (this.#rig?.run === undefined) return notNow('no recording is running', 'Start one first.');
    // A run without a set duration is complete when the operator says so.
    const { requestedSeconds } = this.#rig.run;
    await this.#rig.endRun(requestedSeconds === undefined ? 'completed' : 'stopped by the operator');
    return done;
  }

  /** A cause that an earlier connection, or an earlier start of the program, has left can be named without a connection. */
  #acknowledge({ request }: OrderOf<'trip.acknowledge'>): RigOutcome {
    const { station } = this.#around;
    const cause = this.#rig?.chain.interlock.firstCause ?? this.#carried?.firstCause;
    if (cause === undefined) return notNow('nothing is tripped', 'There is nothing to acknowledge.');
    if (cause.code !== request.cause)
      return notNow('this was not the cause', 'Read the card again and name the cause that it shows.');
    if (this.#rig === undefined) this.#carried = { firstCause: cause, isAcknowledged: true };
    else this.#rig.apply({ kind: 'acknowledge', cause: request.cause });
    station.note('acknowledged', { cause: request.cause }, this.#operator);
    return done;
  }

  #reset(): RigOutcome {
    const rig = this.#rig;
    if (rig === undefined)
      return this.#carried === undefined
        ? notNow('no source is connected', 'There is nothing to reset.')
        : notNow('no stimulator confirms that its output is off', 'Connect an experiment, then reset.');
    const blocked = rig.chain.interlock.resetBlockedBy(this.#around.time.nowNs());
    if (blocked !== undefined) return notNow(blocked, 'Mend this first.');
    rig.apply({ kind: 'reset' }, this.#operator);
    this.#around.station.note('reset', {}, this.#operator);
    return done;
  }

  async #testStimulus({ request }: OrderOf<'stimulus.test'>): Promise<RigOutcome> {
    const rig = this.#rig;
    if (rig === undefined) return notNow('no source is connected', 'Connect an experiment first.');
    const stimulus = rig.checked.experiment.stimuli.find(({ name }) => name === request.stimulus);
    if (stimulus === undefined)
      return notNow(`the experiment has no stimulus '${request.stimulus}'`, 'Choose one of its stimuli.');
    const unready = await this.#unready(rig, stimulus.electrode);
    if (unready !== undefined) return unready;
    const refusal = rig.chain.loop.requestDirectly(stimulusPulse(stimulus), 'operator', rig.newestForHand);
    return refusal === undefined
      ? done
      : notNow(
          `the pulse was refused: ${refusalWords[refusal.code].words}`,
          refusal.code === 'not-recorded'
            ? 'Start the recording first: nothing is stimulated unrecorded.'
            : 'Read the counts of refusals.',
        );
  }

  /** Does what takes longer than a permit lives, before anything is asked for. @returns why there is no pulse */
  async #unready(rig: ConnectedRig, electrode: number): Promise<RigOutcome | undefined> {
    const { writer } = rig.connections;
    if (writer.ready === undefined) return undefined;
    try {
      await writer.ready(electrode);
    } catch (error) {
      return failed(
        `the stimulator is not as it was prepared: ${error instanceof Error ? error.message : String(error)}`,
        'Nothing was given. Look at the stimulator, and connect again.',
      );
    }
    return this.#rig === rig ? undefined : notNow('the source was disconnected meanwhile', 'Connect it again.');
  }

  #mark({ request }: OrderOf<'mark.add'>): RigOutcome {
    const rig = this.#rig;
    if (rig?.run === undefined)
      return notNow('no recording is running', 'Marks belong to a recording: start one first.');
    rig.mark(request.text);
    return done;
  }
}
