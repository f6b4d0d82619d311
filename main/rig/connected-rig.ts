// A rig with a source and a simulation: wires the chain from block to delivery, carries out what the interlock decides, keeps house. Rig thread.
import { type ControlBlock, controlWord } from '../../common/base/control-block.ts';
import type { Disposable, DisposableStore } from '../../common/base/disposable.ts';
import type { Fault } from '../../common/contract/faults.ts';
import type { DeviceStatus } from '../../common/device-protocol/device-status.ts';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { recordType } from '../../common/journal/records.ts';
import type {
  FaultRecord,
  SessionClosing,
  SessionOpening,
  StateChange,
} from '../../common/journal/session-documents.ts';
import type { SignalKernels } from '../../native/native-addon.ts';
import { buildChain, type Chain } from './build-chain.ts';
import type { Connections } from './connect-rig.ts';
import type { SampleBlock } from './hardware/device.ts';
import type { InterlockChange } from './interlock/interlock.ts';
import type { InterlockEvent } from './interlock/transition.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import type { LoopObserver } from './loop-parts.ts';
import { OutputControl } from './output-control.ts';
import type { RecorderLine } from './recording/recorder-line.ts';
import { RecordingRun } from './recording-run.ts';
import { RigHealth } from './rig-health.ts';
import type { WatchdogLine } from './supervision/watchdog-line.ts';

export interface RigSurroundings {
  control: ControlBlock;
  journal: JournalWriter;
  recorder: RecorderLine;
  watchdog: WatchdogLine;
  kernels: SignalKernels | undefined;
  nowNs: () => number;
  random: () => number;
}

/** Who looks at the rig: live feeds, notices, the end of a recording. */
export interface RigListener extends Pick<LoopObserver, 'onBlock' | 'onPopulation' | 'onDelivery' | 'onTickEnd'> {
  onFault(fault: Fault): void;
  onRecording(isRecording: boolean): void;
  /** @param problem why the journal could not be closed orderly; undefined when it was. */
  onRecordingEnd(folder: string, problem: string | undefined): void;
}

const housekeepingMilliseconds = 5;

export class ConnectedRig implements Disposable {
  readonly checked: CheckedExperiment;
  readonly connections: Connections;
  readonly chain: Chain;
  readonly output: OutputControl;
  readonly #around: RigSurroundings;
  readonly #listener: RigListener;
  readonly #owner: DisposableStore;
  readonly #health: RigHealth;
  #run: RecordingRun | undefined;
  #isClosingRun = false;
  #newestAcquiredNs: number;
  /** Seconds of the recording at the first cause of a trip; 0 without a recording. */
  firstCauseSeconds = 0;
  /** Why the source is gone; undefined while it is there. */
  sourceClosedReason: string | undefined;
  isSimulationAlive = true;
  meanPlasticWeightMillivolts = 0;

  constructor(
    checked: CheckedExperiment,
    connections: Connections,
    owner: DisposableStore,
    around: RigSurroundings,
    listener: RigListener,
  ) {
    const { control, journal, recorder, nowNs } = around;
    this.checked = checked;
    this.connections = connections;
    this.#owner = owner;
    this.#around = around;
    this.#listener = listener;
    this.#newestAcquiredNs = nowNs();
    this.#health = new RigHealth(control, journal, recorder, checked.limits.timing.dataAgeToTripMilliseconds);
    this.output = new OutputControl(connections.writer, around.watchdog, control, nowNs);
    this.chain = buildChain(checked, connections, { ...around, owner }, this.#observer());
    this.#subscribe();
  }

  #observer(): LoopObserver {
    const { reader } = this.connections;
    const listener = this.#listener;
    return {
      raise: (fault) => this.raise(fault),
      onBlock: (block, found) => {
        this.#advanceRun(block);
        listener.onBlock(block, found);
      },
      onGap: (gap) => {
        const fault = this.chain.monitor.gapFault(gap);
        if (fault !== undefined) this.raise(fault);
      },
      onPopulation: (tick, result) => {
        this.meanPlasticWeightMillivolts = result.meanPlasticWeightMillivolts;
        listener.onPopulation(tick, result);
      },
      onDelivery: (acknowledgement) => listener.onDelivery(acknowledgement),
      onTickEnd: (tick, latencyNs) => {
        Atomics.add(this.#around.control, controlWord.rigBeat, 1);
        reader.requestBlocks(1);
        listener.onTickEnd(tick, latencyNs);
      },
    };
  }

  #subscribe(): void {
    const { reader, writer } = this.connections;
    const own = (subscription: Disposable) => this.#owner.add(subscription);
    own(
      reader.onBlock((block) => {
        this.#newestAcquiredNs = block.acquiredNs;
        this.chain.loop.takeBlock(block);
      }),
    );
    own(reader.onClosed((closed) => this.#sourceClosed(closed.message, closed.reason === 'recording-ended')));
    own(writer.onClosed((closed) => this.#sourceClosed(closed.message, false)));
    own(writer.onAcknowledgement((acknowledgement) => this.chain.loop.takeAcknowledgement(acknowledgement)));
    own(writer.onStatus((status) => this.#hearStatus(status)));
    this.#around.watchdog.listen({
      onStopped: (silent) =>
        this.raise({
          code: 'watchdog-stop',
          message: `The watchdog stopped stimulation: no tick of the loop was completed for ${silent.toFixed(0)} ms.`,
          value: silent,
          bound: this.checked.limits.timing.beatMaxMilliseconds,
          unit: 'ms',
        }),
      onLost: (message) =>
        this.raise({ code: 'source-closed', message: `The watchdog lost its handle to the stimulator: ${message}` }),
      onStatus: (status) => this.#hearStatus(status),
    });
    this.#around.recorder.onFailure((message) =>
      this.raise({ code: 'recorder-closed', message: `The recorder could not write: ${message}` }),
    );
    this.#owner.onDispose(() => this.#around.watchdog.listen(undefined));
    const housekeeping = setInterval(() => this.#keepHouse(), housekeepingMilliseconds);
    this.#owner.onDispose(() => clearInterval(housekeeping));
  }

  /** Begins acquisition. */
  start(): void {
    const { reader } = this.connections;
    reader.start();
    reader.requestBlocks(1);
  }

  get run(): RecordingRun | undefined {
    return this.#run;
  }
  get isClosingRun(): boolean {
    return this.#isClosingRun;
  }
  get newestAcquiredNs(): number {
    return this.#newestAcquiredNs;
  }
  get journal(): JournalWriter {
    return this.#around.journal;
  }

  /** Moves the interlock and does what it says. @returns whether the event meant anything. */
  apply(event: Exclude<InterlockEvent, { kind: 'fault' }>, operator?: string): boolean {
    const change = this.chain.interlock.apply(event, this.#around.nowNs());
    if (change !== undefined) this.#do(change, operator);
    return change !== undefined;
  }

  /** Latches a fault, or only reports it where it does not concern stimulation. */
  raise(fault: Fault): void {
    const { interlock } = this.chain;
    const hadCause = interlock.firstCause !== undefined;
    const change = interlock.latch(fault, this.#around.nowNs());
    const isFirst = !hadCause && interlock.firstCause !== undefined;
    if (isFirst) this.firstCauseSeconds = this.#run?.elapsedSeconds ?? 0;
    this.#around.journal.json(recordType.fault, { ...fault, isFirst } satisfies FaultRecord);
    if (change !== undefined) this.#do(change);
    this.#listener.onFault(fault);
  }

  /** Raises a lasting condition once for as long as it is latched. */
  raiseLasting(fault: Fault): void {
    const { firstCause, furtherCauses } = this.chain.interlock;
    if (firstCause?.code === fault.code || furtherCauses.some((cause) => cause.code === fault.code)) return;
    this.raise(fault);
  }

  /** Clears the latch when nothing blocks it. */
  reset(): void {
    const change = this.chain.interlock.reset(this.#around.nowNs(), this.output.isOff);
    if (change !== undefined) this.#do(change);
  }

  /** The second control of arming was held. @returns why the rig is not armed, or undefined. */
  async arm(operator: string): Promise<string | undefined> {
    if (!this.apply({ kind: 'arm-confirmed' }, operator)) return 'arming was not requested, or its time is over';
    const problem = await this.output
      .enable(this.checked.limits.timing.leaseMilliseconds, this.#around.random)
      .catch((error: unknown) => String(error));
    if (problem === undefined && this.chain.interlock.state === 'armed') {
      this.chain.requests.isOutputConfirmed = true;
      return undefined;
    }
    this.apply({ kind: 'stop' }, operator);
    return problem ?? 'stimulation was stopped meanwhile';
  }

  /** Begins a recording; it stimulates when the rig is armed. @returns why not, or undefined. */
  async startRun(folder: string, seconds: number | undefined, opening: SessionOpening): Promise<string | undefined> {
    const run = await RecordingRun.open(folder, seconds, opening, this.#around.journal, this.#around.recorder);
    if (typeof run === 'string') return run;
    this.chain.counters.clear();
    this.chain.latency.clear();
    this.#run = run;
    this.#listener.onRecording(true);
    this.apply({ kind: 'run-started' });
    return undefined;
  }

  /** Ends the recording: output off first, then the journal. */
  async endRun(reason: SessionClosing['reason']): Promise<void> {
    const run = this.#run;
    if (run === undefined || this.#isClosingRun) return;
    this.#isClosingRun = true;
    this.apply({ kind: 'run-ended' });
    for (
      let round = 0;
      round < 40 && (this.chain.interlock.state === 'stopping' || !this.chain.pulses.isEmpty);
      round++
    ) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const problem = await run.close(reason, this.chain.latency.ticks);
    this.#run = undefined;
    this.#isClosingRun = false;
    this.#listener.onRecording(false);
    this.#listener.onRecordingEnd(run.folder, problem);
  }

  /** Stops, releases every connection and ends the programs. */
  dispose(): void {
    this.output.stop();
    this.#owner.dispose();
  }

  #do(change: InterlockChange, operator?: string): void {
    const { from, to, event, action } = change;
    if (action === 'stop-output') {
      this.chain.requests.isOutputConfirmed = false;
      this.output.stop();
    }
    if (to !== from)
      this.#around.journal.json(recordType.state, {
        from,
        to,
        event,
        ...(operator === undefined ? {} : { operator }),
      } satisfies StateChange);
  }

  /** The device speaks through two handles; what the slower one says late is no news. */
  #hearStatus(status: DeviceStatus): void {
    const { output } = this;
    if (status.deviceMicroseconds < output.status.deviceMicroseconds) return;
    if (output.hear(status)) this.apply({ kind: 'off-confirmed' });
    const { state } = this.chain.interlock;
    if (this.chain.requests.isOutputConfirmed && !status.isOutputOn) {
      // Somebody else in this program has stopped it: the order, or the watchdog's report, is on its way.
      if (output.isStoppedElsewhere) this.apply({ kind: 'stop' });
      else {
        const message =
          'The stimulator turned its output off although nobody stopped it: its lease was not renewed in time.';
        this.raise({ code: 'lease-lost', message });
      }
    }
    if ((state === 'safe' || state === 'tripped') && status.isOutputOn) {
      const message = 'The stimulator reports that its output is on although the rig is not armed.';
      this.raiseLasting({ code: 'unexpected-output', message });
    }
  }

  #advanceRun(block: SampleBlock): void {
    const run = this.#run;
    this.chain.requests.doesPhaseStimulate = false;
    if (run === undefined || this.#isClosingRun) return;
    const isOver = run.advance(block);
    this.chain.requests.doesPhaseStimulate = run.doesPhaseStimulate;
    if (isOver) void this.endRun('completed');
  }

  #sourceClosed(message: string, isOrderly: boolean): void {
    if (this.sourceClosedReason !== undefined) return;
    this.sourceClosedReason = message;
    if (!isOrderly) this.raise({ code: 'source-closed', message });
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
  deviceProgramExited(how: string): void {
    this.#sourceClosed(`the virtual rig ended: ${how}`, false);
  }

  #keepHouse(): void {
    const now = this.#around.nowNs();
    this.chain.loop.takeTime(now);
    this.output.repeatStop(now);
    const expired = this.chain.interlock.expire(now);
    if (expired !== undefined && 'code' in expired) {
      this.raise(expired);
      this.apply({ kind: 'stop-unconfirmed' });
    } else if (expired !== undefined) this.#do(expired);
    if (this.sourceClosedReason === undefined && this.connections.reader.identity.pacing === 'real-time') {
      const stall = this.#health.checkSource(now, this.#newestAcquiredNs);
      if (stall !== undefined) this.raise(stall);
    }
    for (const fault of this.#health.checkThreads(now, this.#run !== undefined)) this.raiseLasting(fault);
  }
}
