// A rig with a source and a simulation: wires the chain, what watches it and what drives the interlock; arms, records, ends. Rig thread.
import { type ControlBlock, controlWord } from '../../common/base/control-block.ts';
import type { Disposable, DisposableStore } from '../../common/base/disposable.ts';
import { mayCloseTheLoop } from '../../common/contract/devices.ts';
import type { CarriedCause } from '../../common/contract/carried-cause.ts';
import type { NetworkPicture } from '../../common/contract/network-picture.ts';
import type { Fault } from '../../common/contract/faults.ts';
import type { DigitalInputStatus } from '../../common/contract/digital-input-status.ts';
import type { RigHealthStatus } from '../../common/contract/rig-health.ts';
import type { SourceImpedances } from '../../common/contract/source-impedances.ts';
import type { TripReaction } from '../../common/contract/rig-status.ts';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { recordType } from '../../common/journal/records.ts';
import type { Mark, SessionClosing, SessionOpening } from '../../common/journal/session-documents.ts';
import type { SessionTightening } from '../../common/limits/session-tightening.ts';
import type { NetworkSample } from '../../common/simulation-protocol/sample-message.ts';
import type { SignalKernels } from '../../native/native-addon.ts';
import { armRig } from './arm-rig.ts';
import { BetweenTicks } from './between-ticks.ts';
import { buildChain, type Chain, judgeGap, tightenChain } from './build-chain.ts';
import { ClockSyncRecord } from './clock-sync-record.ts';
import type { Connections } from './connect-rig.ts';
import type { DeviceHistory } from './device-history.ts';
import { DigitalInputRecord } from './digital-input-record.ts';
import { type DoseLedger, journalledDose } from './dose-ledger.ts';
import type { DeviceClosed } from './hardware/device.ts';
import { InterlockDriver } from './interlock-driver.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import type { LimitsKeeper } from './limits-keeper.ts';
import type { LoopObserver } from './loop-parts.ts';
import { NetworkWatch } from './operator/network-watch.ts';
import { OutputControl } from './output-control.ts';
import type { StationSink } from './recording/station-line.ts';
import { PopulationDrives } from './population-drives.ts';
import type { Recorder } from './recording/recorder-line.ts';
import type { RecordingRun } from './recording-run.ts';
import { RigHealth } from './rig-health.ts';
import { RigRecording, stopWithinMilliseconds } from './rig-recording.ts';
import { HealthWatch } from './health-watch.ts';
import { holdsWithin, type RigTime } from './rig-time.ts';
import { RigWatch } from './rig-watch.ts';
import type { TriggerPresses } from './stop-inputs/stop-input-messages.ts';
import { JournalledTurns, type Happening, type Turns } from './turns.ts';
import { DeviceWatch } from './supervision/device-watch.ts';
import { OperatorWatch } from './supervision/operator-watch.ts';
import { TripCheck } from './supervision/trip-check.ts';
import { completeWork } from './supervision/watchdog-core.ts';
import { TriggerMarks } from './trigger-marks.ts';
import type { WatchdogLine } from './supervision/watchdog-line.ts';

export interface RigSurroundings {
  control: ControlBlock;
  journal: JournalWriter;
  recorder: Recorder;
  watchdog: Pick<WatchdogLine, 'listen' | 'guard'>;
  station: StationSink;
  kernels: SignalKernels | undefined;
  time: RigTime;
  random: () => number;
}

/** Who looks at the rig: live feeds, notices, the end of a recording. */
export interface RigListener extends Pick<LoopObserver, 'onBlock' | 'onPopulation' | 'onDelivery' | 'onTickEnd'> {
  onFault(fault: Fault): void;
  /** What pages that look into the network see. */
  onNetwork(picture: NetworkPicture): void;
  onRecording(isRecording: boolean): void;
  /** Something for the operator that is no fault. */
  onMessage(level: 'info' | 'warning', text: string): void;
  /** @param problem a sentence: what is not as it should be with its files. */
  onRecordingEnd(folder: string, problem: string | undefined): void;
}

export interface RigContent {
  checked: CheckedExperiment;
  connections: Connections;
  limits: LimitsKeeper;
  dose: DoseLedger;
  history: DeviceHistory;
  /** Cause that was latched before this connection. */
  carried: CarriedCause | undefined;
  /** For which the rig stays disarmed because of the tissue’s activity before this connection. */
  restSeconds: number;
}

const housekeepingMilliseconds = 5;

type WhyClosed = Pick<DeviceClosed, 'message' | 'fault'>;

const lineOf = ({ fault }: WhyClosed): Pick<Fault, 'line'> => (fault === undefined ? {} : { line: fault });

export class ConnectedRig implements Disposable {
  readonly checked: CheckedExperiment;
  readonly connections: Connections;
  readonly chain: Chain;
  readonly output: OutputControl;
  readonly driver: InterlockDriver;
  readonly limits: LimitsKeeper;
  readonly turns: Turns;
  readonly operator: OperatorWatch;
  readonly dose: DoseLedger;
  readonly history: DeviceHistory;
  readonly betweenTicks: BetweenTicks;
  readonly drives: PopulationDrives;
  readonly #around: RigSurroundings;
  readonly #listener: RigListener;
  readonly #owner: DisposableStore;
  readonly #watch: RigWatch;
  readonly #health: HealthWatch;
  readonly #clocks: ClockSyncRecord | undefined;
  readonly #tripCheck = new TripCheck();
  readonly #network: NetworkWatch;
  readonly #triggerMarks: TriggerMarks;
  readonly #digitalInputs: DigitalInputRecord;
  readonly #carried: CarriedCause | undefined;
  readonly #recording: RigRecording;
  #newestAcquiredNs: number;
  /** Takes acknowledgements of the self-test's pulses while it runs. */
  onTestAcknowledgement: ((acknowledgement: Parameters<Chain['loop']['takeAcknowledgement']>[0]) => void) | undefined;
  /** Seconds of the recording at the first cause of a trip; 0 without a recording. */
  firstCauseSeconds = 0;
  /** As the stimulator measured them last in this connection; undefined: it has not. */
  impedances: SourceImpedances | undefined;
  /** Why the source is gone; undefined while it is there. */
  sourceClosedReason: string | undefined;
  isSimulationAlive = true;
  meanPlasticWeightMillivolts = 0;

  constructor(content: RigContent, owner: DisposableStore, around: RigSurroundings, listener: RigListener) {
    const { checked, connections, limits, carried, restSeconds, dose, history } = content;
    const { control, journal, recorder, time } = around;
    const nowNs = () => time.nowNs();
    this.checked = checked;
    this.connections = connections;
    this.limits = limits;
    this.#carried = carried;
    this.dose = dose;
    this.history = history;
    this.#owner = owner;
    this.#around = around;
    this.#listener = listener;
    this.#newestAcquiredNs = nowNs();
    this.output = new OutputControl(connections.writer, around.watchdog, control, nowNs);
    this.operator = new OperatorWatch(nowNs());
    const isRealTime = connections.reader.identity.pacing === 'real-time';
    this.#triggerMarks = new TriggerMarks(journal, isRealTime, (words) => listener.onMessage('info', words));
    this.#digitalInputs = new DigitalInputRecord(checked.experiment.digitalInputs, journal);
    this.#network = new NetworkWatch(connections.simulation, checked.network, connections.reader.identity.channels);
    this.turns = new JournalledTurns(journal, nowNs);
    const { turns } = this;
    const surroundings = { ...around, limits: limits.inForce, carried, restSeconds, turns, owner };
    this.chain = buildChain(checked, connections, surroundings, this.#observer());
    this.chain.interlock.addEarlierDose(dose.earlier, nowNs());
    dose.follow(journalledDose(this.chain.interlock.dose, turns));
    const { loop } = this.chain;
    this.betweenTicks = new BetweenTicks(loop, connections.link, time);
    this.drives = new PopulationDrives({
      ...{ checked, loop, turns, link: connections.link, betweenTicks: this.betweenTicks },
      running: connections.simulation.drives ?? [],
      isAlive: () => this.isSimulationAlive,
      mark: (text) => this.mark(text),
      tell: (severity, text) => listener.onMessage(severity, text),
    });
    this.driver = new InterlockDriver({
      ...around,
      audit: around.station,
      interlock: this.chain.interlock,
      output: this.output,
      surroundings: this.chain.requests.surroundings,
      tripCheck: this.#tripCheck,
      turns,
      onStop: () => this.drives.endSoon('the output was turned off'),
      onFault: (fault, isFirst) => {
        if (isFirst) this.firstCauseSeconds = this.run?.elapsedSeconds ?? 0;
        listener.onFault(fault);
      },
    });
    const { timing } = limits.inForce;
    const device = new DeviceWatch(
      { bootNumber: connections.writer.identity.bootNumber, silentMaxNs: 2 * timing.beatMaxMilliseconds * 1e6 },
      nowNs(),
    );
    const { reader, writer } = connections;
    this.#health = new HealthWatch({
      ...{ reader, writer, lostSamples: this.chain.lostSamples, clock: this.chain.clock, sync: connections.sync },
      timing: () => limits.inForce.timing,
      onChange: (record) => journal.json(recordType.health, record),
    });
    this.#recording = new RigRecording({
      ...{ ...around, chain: this.chain, connections, limits, betweenTicks: this.betweenTicks },
      isAlive: () => this.isSimulationAlive,
      endDrives: (why) => this.drives.end(null, why),
      onPhase: (phase) => void this.drives.beginPhase(phase),
      onBegin: (opening) => this.#recordingBegins(opening),
      onEnding: (run) => {
        this.#triggerMarks.finish(run);
        this.apply({ kind: 'run-ended' });
      },
      onEnd: ({ folder }, problem) => {
        listener.onRecording(false);
        listener.onRecordingEnd(folder, problem);
      },
    });
    this.#clocks = connections.sync && new ClockSyncRecord(connections.sync, journal);
    this.#watch = new RigWatch({
      sync: connections.sync,
      chain: this.chain,
      driver: this.driver,
      output: this.output,
      device,
      history,
      operator: this.operator,
      health: new RigHealth(
        control,
        journal,
        recorder,
        Math.max(timing.dataAgeToTripMicroseconds / 1000, connections.reader.usualPauseMilliseconds),
      ),
      control,
      isRealTime,
      onPress: () => this.drives.endSoon('the output was turned off'),
    });
    this.#subscribe();
  }

  #observer(): LoopObserver {
    const { reader } = this.connections;
    const listener = this.#listener;
    return {
      raise: (fault) => this.driver.raiseFromChain(fault),
      onBlock: (block, found) => {
        this.#digitalInputs.advance(block, this.#recording.running !== undefined);
        this.#recording.advance(block);
        listener.onBlock(block, found);
      },
      onGap: (gap) => {
        const fault = judgeGap(this.chain, gap, this.turns);
        if (fault !== undefined) this.driver.raiseFromChain(fault);
      },
      onPopulation: (tick, result) => {
        this.meanPlasticWeightMillivolts = result.meanPlasticWeightMillivolts;
        listener.onPopulation(tick, result);
      },
      onDelivery: (acknowledgement) => {
        this.#tripCheck.notePulse(acknowledgement.startMicroseconds);
        listener.onDelivery(acknowledgement);
      },
      onTickEnd: (tick, latencyNs) => {
        completeWork(this.#around.control);
        reader.requestBlocks(1);
        listener.onTickEnd(tick, latencyNs);
      },
    };
  }

  #subscribe(): void {
    const { reader, writer } = this.connections;
    const { watchdog, recorder, time } = this.#around;
    const own = (subscription: Disposable) => this.#owner.add(subscription);
    own(
      reader.onBlock((block) => {
        this.#newestAcquiredNs = block.acquiredNs;
        this.#health.noteBlock(block.firstSample + block.sampleCount - 1, time.nowNs(), block.acquiredNs);
        this.chain.loop.takeBlock(block);
      }),
    );
    const { digitalInputs } = this.connections;
    if (digitalInputs !== undefined) own(digitalInputs((inputs) => this.#digitalInputs.take(inputs)));
    own(reader.onClosed((closed) => this.#sourceClosed(closed, closed.reason === 'recording-ended')));
    own(writer.onClosed((closed) => this.#sourceClosed(closed, false)));
    own(
      writer.onAcknowledgement((acknowledgement) => {
        if (this.onTestAcknowledgement !== undefined) this.onTestAcknowledgement(acknowledgement);
        else this.chain.loop.takeAcknowledgement(acknowledgement);
      }),
    );
    own(
      writer.onStatus((status) => {
        this.#watch.hearDevice(status);
        this.#health.hear(status);
      }),
    );
    own(writer.onBadFrame(() => this.#watch.hearBadFrame(time.nowNs())));
    watchdog.listen({
      onStopped: (cause, silentMilliseconds) => this.#watch.hearWatchdog(cause, silentMilliseconds),
      onLost: (closed) => {
        const message = `The watchdog lost its handle to the stimulator: ${closed.message}`;
        this.raise({ code: 'source-closed', message, ...lineOf(closed) });
      },
      onStatus: (status) => this.#watch.hearDevice(status),
    });
    recorder.onFailure((message) =>
      this.raise({ code: 'recorder-closed', message: `The recorder could not write: ${message}` }),
    );
    this.#owner.onDispose(() => watchdog.listen(undefined));
    own(time.every(housekeepingMilliseconds, () => this.#keepHouse()));
  }

  /** Begins acquisition. */
  start(): void {
    const { reader } = this.connections;
    reader.start();
    reader.requestBlocks(1);
  }

  get run(): RecordingRun | undefined {
    return this.#recording.run;
  }
  get isClosingRun(): boolean {
    return this.#recording.isClosing;
  }
  get newestAcquiredNs(): number {
    return this.#newestAcquiredNs;
  }
  /**
   * What the freshness of a pulse by hand is judged by: the newest sample, or, where only a hand gives pulses, the hand itself. No pulse there rests on
   * data, and a source that is silent trips.
   */
  get newestForHand(): number {
    return mayCloseTheLoop(this.connections.writer.capability) ? this.#newestAcquiredNs : this.#around.time.nowNs();
  }
  get journal(): JournalWriter {
    return this.#around.journal;
  }

  /** Moves the interlock and does what it says. @returns whether the event meant anything. */
  apply(happening: Happening, operator?: string): boolean {
    return this.driver.apply(happening, operator);
  }

  /** Marks presses of a trigger input: no command, no sign of the operator, and nothing to the interlock. */
  takeTrigger(presses: TriggerPresses): void {
    this.#triggerMarks.take(presses, this.#recording.running, this.#around.time.nowNs());
  }

  raise(fault: Fault): void {
    this.driver.raise(fault);
  }

  /** Looks into the network when a sample is due and no tick is underway or waits; for the end of a tick. */
  lookIntoNetwork(): void {
    const { link } = this.connections;
    if (!this.isSimulationAlive || link.isBusy || !this.chain.loop.isIdle) return;
    this.#network.ask(this.#around.time.nowNs(), (projection) => link.requestSample(projection));
  }

  takeSample(sample: NetworkSample): void {
    const picture = this.#network.take(sample);
    if (picture !== undefined) this.#listener.onNetwork(picture);
  }

  get digitalInputs(): DigitalInputStatus[] {
    return this.#digitalInputs.status;
  }

  get healthStatus(): RigHealthStatus {
    return this.#health.status;
  }

  /** How the rig came to rest after its first cause; undefined before the check after the trip, and for a cause of before this connection. */
  get tripReaction(): TripReaction | undefined {
    const { firstCause } = this.chain.interlock;
    if (firstCause === undefined || firstCause === this.#carried?.firstCause) return undefined;
    const report = this.#tripCheck.report(this.#around.time.nowNs());
    if (report === undefined) return undefined;
    const { confirmedAfterMilliseconds, lastPulseAfterMicroseconds: last, boundMicroseconds } = report;
    return {
      confirmedAfterMilliseconds,
      ...(last === undefined ? {} : { lastPulseAfterMilliseconds: last / 1000 }),
      boundMilliseconds: boundMicroseconds / 1000,
    };
  }

  /** What a new connection takes over: a latched cause stays latched. */
  get carriedCause(): CarriedCause | undefined {
    const { firstCause, isAcknowledged } = this.chain.interlock.record;
    return firstCause === undefined ? undefined : { firstCause, isAcknowledged };
  }

  /** The second control of arming was held. @returns why the rig is not armed, or undefined. */
  async arm(operator: string, heldMilliseconds: number): Promise<string | undefined> {
    const problem = await armRig(this, this.#around, operator, heldMilliseconds);
    // Stopped and armed again within a recording: it goes on.
    if (problem === undefined && this.#recording.running !== undefined) this.#stimulate(operator);
    return problem;
  }

  /** Begins a recording; it stimulates when the rig is armed. @returns why not, or undefined. */
  startRun(folder: string, seconds: number | undefined, opening: SessionOpening): Promise<string | undefined> {
    return this.#recording.start(folder, seconds, opening);
  }

  /** Ends the recording: output off first, then the journal. */
  endRun(reason: SessionClosing['reason']): Promise<void> {
    return this.#recording.end(reason);
  }

  #recordingBegins({ operator }: SessionOpening): void {
    for (const record of this.#health.findings) this.#around.journal.json(recordType.health, record);
    this.#listener.onRecording(true);
    this.#stimulate(operator);
    // The source may have gone while the files were made.
    if (this.sourceClosedReason !== undefined) void this.endRun('fault');
  }

  /** Tighter limits hold from now on. @returns whether any of them is tighter than what is in force. */
  tighten(request: SessionTightening): boolean {
    const tightened = this.limits.tighten(request);
    if (tightened === undefined) return false;
    const { chain, turns } = this;
    turns.begin();
    turns.input({ kind: 'tightened', request });
    tightenChain(chain, tightened);
    this.journal.json(recordType.limits, this.limits.record);
    turns.end('input');
    return true;
  }

  /** In the recording, if there is one. */
  mark(text: string): void {
    const { run } = this;
    if (run !== undefined) this.journal.json(recordType.mark, { text, sampleIndex: run.lastSample } satisfies Mark);
  }

  /** From now on what the limits permit is delivered, if the rig is armed. */
  #stimulate(operator: string): void {
    const isConfirmed = this.chain.requests.surroundings.confirmedSession > 0;
    this.apply({ kind: 'run-started', isRecorded: this.#around.journal.isOpen, isConfirmed }, operator);
  }

  /** Output off and confirmed, so that the log can say so; waits no longer than a stop may take. */
  async comeToRest(): Promise<void> {
    this.driver.apply({ kind: 'stop' });
    const isAtRest = () => ['safe', 'tripped', 'fault'].includes(this.chain.interlock.state);
    await holdsWithin(this.#around.time, stopWithinMilliseconds, isAtRest);
  }

  /** Stops, releases every connection and ends the programs. */
  dispose(): void {
    this.output.stop();
    this.dose.settle();
    this.#owner.dispose();
    // Nobody is connected: nothing is stimulated, and a later program may look.
    Atomics.store(this.#around.control, controlWord.interlockState, 0);
  }

  #sourceClosed(closed: WhyClosed, isOrderly: boolean): void {
    if (this.sourceClosedReason !== undefined) return;
    this.sourceClosedReason = closed.message;
    if (!isOrderly) this.raise({ code: 'source-closed', message: closed.message, ...lineOf(closed) });
    void this.endRun(isOrderly ? 'source ended' : 'fault');
  }

  /** The simulation process or its connection ended. */
  simulationClosed(how: string): void {
    if (!this.isSimulationAlive) return;
    this.isSimulationAlive = false;
    this.chain.loop.loseSimulation();
    this.raise({ code: 'simulation-closed', message: `The simulation ended: ${how}.` });
  }

  /** The device's own program ended; its connections close as well. */
  deviceProgramExited(message: string): void {
    this.#sourceClosed({ message }, false);
  }

  #keepHouse(): void {
    const nowNs = this.#around.time.nowNs();
    const isSourceThere = this.sourceClosedReason === undefined;
    this.#watch.look(nowNs, isSourceThere ? this.#newestAcquiredNs : undefined, this.run !== undefined);
    this.#health.look(nowNs);
    this.#clocks?.look(nowNs);
    const broken = this.limits.check(nowNs);
    if (broken !== undefined) this.apply({ kind: 'integrity-lost', fault: broken });
    this.dose.keep();
    this.drives.look();
    if (this.#recording.running !== undefined) this.#triggerMarks.look(this.#recording.running, nowNs);
  }
}
