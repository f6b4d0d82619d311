// A rig with a source and a simulation: wires the chain from block to delivery, carries out what the interlock decides, keeps house. Rig thread.
import { type ControlBlock, controlWord, recorderState } from '../../common/base/control-block.ts';
import { DisposableStore, type Disposable } from '../../common/base/disposable.ts';
import type { Fault } from '../../common/contract/faults.ts';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { recordType } from '../../common/journal/records.ts';
import type {
  FaultRecord,
  SessionClosing,
  SessionOpening,
  StateChange,
} from '../../common/journal/session-documents.ts';
import type { SignalKernels } from '../../native/native-addon.ts';
import { BlockMonitor } from './acquisition/block-monitor.ts';
import { ClosedLoop, type LoopObserver } from './closed-loop.ts';
import type { Connections } from './connect-rig.ts';
import type { SampleBlock } from './hardware/device.ts';
import { type InterlockChange, Interlock } from './interlock/interlock.ts';
import { freezeLimits } from './interlock/limits.ts';
import type { InterlockEvent } from './interlock/transition.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import { OutputControl } from './output-control.ts';
import { RecordingRun } from './recording-run.ts';
import { Counters } from './session/counters.ts';
import { LatencyRecord } from './session/latency-record.ts';
import { createSpikeDetector } from './signal/create-spike-detector.ts';
import { DetectedSpikes } from './signal/detected-spikes.ts';
import type { SpikeDetector } from './signal/spike-detector.ts';
import { Gate } from './stimulation/gate.ts';
import { PulseBook } from './stimulation/pulse-book.ts';
import { BeatWatch } from './supervision/beat-watch.ts';
import type { RecorderLine } from './recording/recorder-line.ts';
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
  onFault(fault: Fault, isLatched: boolean): void;
  onRecording(isRecording: boolean): void;
  onRecordingEnd(folder: string, reason: SessionClosing['reason'], problem: string | undefined): void;
}

const gapBlankingMilliseconds = 3;
const acknowledgeWithinMilliseconds = 100;
/** Shortest silence of a source that is called a stall. */
const stalledAfterMilliseconds = 100;
const ringFillToTrip = 0.5;
const recorderSilentMaxNs = 1e9;
const watchdogSilentMaxNs = 0.5e9;
const freeSecondsToTrip = 120;

export class ConnectedRig implements Disposable {
  readonly checked: CheckedExperiment;
  readonly connections: Connections;
  readonly interlock: Interlock;
  readonly output: OutputControl;
  readonly loop: ClosedLoop;
  readonly detector: SpikeDetector;
  readonly monitor: BlockMonitor;
  readonly latency = new LatencyRecord();
  readonly counters = new Counters();
  readonly #around: RigSurroundings;
  readonly #listener: RigListener;
  readonly #owner: DisposableStore;
  readonly #recorderBeat = new BeatWatch();
  readonly #watchdogBeat = new BeatWatch();
  readonly #pulses = new PulseBook();
  #run: RecordingRun | undefined;
  #isClosingRun = false;
  #newestAcquiredNs: number;
  #isStalled = false;
  #firstCauseNs = 0;
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
    this.checked = checked;
    this.connections = connections;
    this.#owner = owner;
    this.#around = around;
    this.#listener = listener;
    const { reader, writer, link } = connections;
    const { identity } = reader;
    const { experiment, limits } = checked;
    const samplesPerMillisecond = identity.sampleRateHz / 1000;
    this.#newestAcquiredNs = around.nowNs();
    this.interlock = new Interlock(freezeLimits(limits));
    this.output = new OutputControl(writer, around.watchdog, around.control, around.nowNs);
    this.monitor = new BlockMonitor(identity.sampleRateHz, limits.timing.gapToTripMilliseconds);
    this.detector = owner.add(
      createSpikeDetector(
        { ...experiment.detection, noise: 'running' },
        {
          channels: identity.channels,
          sampleRateHz: identity.sampleRateHz,
          microvoltsPerBit: identity.microvoltsPerBit,
          maxBlockSamples: identity.samplesPerBlock,
        },
        around.kernels,
      ),
    );
    this.loop = new ClosedLoop(
      {
        nowNs: around.nowNs,
        monitor: this.monitor,
        detector: this.detector,
        found: new DetectedSpikes(identity.channels * 16),
        link,
        interlock: this.interlock,
        gate: new Gate(writer, around.journal, around.nowNs),
        pulses: this.#pulses,
        journal: around.journal,
        latency: this.latency,
        counters: this.counters,
      },
      {
        deadlineNs: experiment.deadlineMilliseconds * 1e6,
        blankingSamples: Math.ceil(experiment.detection.blankingMilliseconds * samplesPerMillisecond),
        gapBlankingSamples: Math.ceil(gapBlankingMilliseconds * samplesPerMillisecond),
        acknowledgeWithinNs: acknowledgeWithinMilliseconds * 1e6,
        simulationSilentMaxNs: limits.timing.beatMaxMilliseconds * 1e6,
      },
      {
        raise: (fault) => this.raise(fault),
        onBlock: (block, found) => {
          this.#advanceRun(block);
          listener.onBlock(block, found);
        },
        onGap: (gap) => {
          const fault = this.monitor.gapFault(gap);
          if (fault !== undefined) this.raise(fault);
        },
        onPopulation: (tick, result) => {
          this.meanPlasticWeightMillivolts = result.meanPlasticWeightMillivolts;
          listener.onPopulation(tick, result);
        },
        onDelivery: (acknowledgement) => listener.onDelivery(acknowledgement),
        onTickEnd: (tick, latencyNs) => {
          Atomics.add(around.control, controlWord.rigBeat, 1);
          reader.requestBlocks(1);
          listener.onTickEnd(tick, latencyNs);
        },
      },
    );
    this.#subscribe();
  }

  #subscribe(): void {
    const { reader, writer } = this.connections;
    const own = (subscription: Disposable) => this.#owner.add(subscription);
    own(
      reader.onBlock((block) => {
        this.#newestAcquiredNs = block.acquiredNs;
        this.#isStalled = false;
        this.loop.takeBlock(block);
      }),
    );
    own(reader.onClosed((closed) => this.#sourceClosed(closed.message, closed.reason === 'recording-ended')));
    own(writer.onClosed((closed) => this.#sourceClosed(closed.message, false)));
    own(writer.onAcknowledgement((acknowledgement) => this.loop.takeAcknowledgement(acknowledgement)));
    own(
      writer.onStatus((status) => {
        if (this.output.hear(status)) this.apply({ kind: 'off-confirmed' });
        const { state } = this.interlock;
        if (this.loop.isOutputConfirmed && !status.isOutputOn)
          this.raise({
            code: 'lease-lost',
            message:
              'The stimulator reports that its output is off although nobody stopped it: its lease was not renewed in time.',
          });
        if ((state === 'safe' || state === 'tripped') && status.isOutputOn)
          this.raise({
            code: 'unexpected-output',
            message: 'The stimulator reports that its output is on although the rig is not armed.',
          });
      }),
    );
    this.#around.watchdog.listen({
      onStopped: (silent) =>
        this.raise({
          code: 'watchdog-stop',
          message: `The watchdog stopped stimulation: the rig thread had completed no work for ${silent.toFixed(0)} ms.`,
          value: silent,
          bound: this.checked.limits.timing.beatMaxMilliseconds,
          unit: 'ms',
        }),
      onLost: (message) =>
        this.raise({ code: 'source-closed', message: `The watchdog lost its handle to the stimulator: ${message}` }),
      onOffConfirmed: (burned) => {
        if (this.output.hearOff(burned)) this.apply({ kind: 'off-confirmed' });
      },
    });
    this.#around.recorder.onFailure((message) =>
      this.raise({ code: 'recorder-closed', message: `The recorder could not write: ${message}` }),
    );
    this.#owner.onDispose(() => this.#around.watchdog.listen(undefined));
    const housekeeping = setInterval(() => this.#keepHouse(), 5);
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
  /** Host time of the first cause of a trip. */
  get firstCauseNs(): number {
    return this.#firstCauseNs;
  }

  /** Moves the interlock and does what it says. @returns whether the event meant anything. */
  apply(event: Exclude<InterlockEvent, { kind: 'fault' }>, operator?: string): boolean {
    const change = this.interlock.apply(event, this.#around.nowNs());
    if (change !== undefined) this.#do(change, operator);
    return change !== undefined;
  }

  /** Latches a fault, or only reports it where it does not concern stimulation. */
  raise(fault: Fault): void {
    const isFirst = this.interlock.firstCause === undefined;
    const nowNs = this.#around.nowNs();
    const change = this.interlock.latch(fault, nowNs);
    if (isFirst && this.interlock.firstCause !== undefined) this.#firstCauseNs = nowNs;
    this.#around.journal.json(recordType.fault, {
      ...fault,
      isFirst: isFirst && this.interlock.firstCause !== undefined,
    } satisfies FaultRecord);
    if (change !== undefined) this.#do(change);
    this.#listener.onFault(fault, change !== undefined);
  }

  /** Clears the latch when nothing blocks it. */
  reset(): void {
    const change = this.interlock.reset(this.#around.nowNs(), this.output.isOff);
    if (change !== undefined) this.#do(change);
  }

  /** The second control of arming was held. @returns why the rig is not armed, or undefined. */
  async arm(operator: string): Promise<string | undefined> {
    if (!this.apply({ kind: 'arm-confirmed' }, operator)) return 'arming was not requested, or its time is over';
    const problem = await this.output
      .enable(this.checked.limits.timing.leaseMilliseconds, this.#around.random)
      .catch((error: unknown) => String(error));
    if (problem === undefined && this.interlock.state === 'armed') {
      this.loop.isOutputConfirmed = true;
      return undefined;
    }
    this.apply({ kind: 'stop' }, operator);
    return problem ?? 'stimulation was stopped meanwhile';
  }

  /** Begins a recording; it stimulates when the rig is armed. @returns why not, or undefined. */
  async startRun(folder: string, seconds: number | undefined, opening: SessionOpening): Promise<string | undefined> {
    const run = await RecordingRun.open(folder, seconds, opening, this.#around.journal, this.#around.recorder);
    if (typeof run === 'string') return run;
    this.counters.clear();
    this.latency.clear();
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
    for (let round = 0; round < 40 && (this.interlock.state === 'stopping' || !this.#pulses.isEmpty); round++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const problem = await run.close(reason, this.latency.ticks);
    this.#run = undefined;
    this.#isClosingRun = false;
    this.#listener.onRecording(false);
    this.#listener.onRecordingEnd(run.folder, reason, problem);
  }

  /** Stops, releases every connection and ends the programs. */
  dispose(): void {
    this.output.stop();
    this.#owner.dispose();
  }

  #do(change: InterlockChange, operator?: string): void {
    const { from, to, event, action } = change;
    if (action === 'stop-output') {
      this.loop.isOutputConfirmed = false;
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

  #advanceRun(block: SampleBlock): void {
    const run = this.#run;
    this.loop.doesPhaseStimulate = false;
    if (run === undefined || this.#isClosingRun) return;
    const isOver = run.advance(block);
    this.loop.doesPhaseStimulate = run.doesPhaseStimulate;
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
    this.raise({ code: 'simulation-closed', message: `The simulation ended: ${how}.` });
  }

  /** The device's own program ended; its connections close as well. */
  deviceProgramExited(how: string): void {
    this.#sourceClosed(`the virtual rig ended: ${how}`, false);
  }

  #keepHouse(): void {
    const now = this.#around.nowNs();
    this.loop.takeTime(now);
    this.output.repeatStop(now);
    const expired = this.interlock.expire(now);
    if (expired !== undefined && 'code' in expired) {
      this.raise(expired);
      this.apply({ kind: 'stop-unconfirmed' });
    } else if (expired !== undefined) this.#do(expired);
    this.#checkSource(now);
    this.#checkThreads(now);
  }

  #checkSource(now: number): void {
    if (
      this.sourceClosedReason !== undefined ||
      this.#isStalled ||
      this.connections.reader.identity.pacing === 'stepped'
    )
      return;
    const ageMilliseconds = (now - this.#newestAcquiredNs) / 1e6;
    const bound = Math.max(stalledAfterMilliseconds, this.checked.limits.timing.dataAgeToTripMilliseconds);
    if (ageMilliseconds <= bound) return;
    this.#isStalled = true;
    this.raise({
      code: 'source-stalled',
      message: `The source has sent no data for ${ageMilliseconds.toFixed(0)} ms.`,
      value: ageMilliseconds,
      bound,
      unit: 'ms',
    });
  }

  #checkThreads(now: number): void {
    const { control, journal, recorder } = this.#around;
    const watchdogNs = this.#watchdogBeat.silentNs(Atomics.load(control, controlWord.watchdogBeat), now);
    if (watchdogNs > watchdogSilentMaxNs)
      this.#raiseOnce({
        code: 'watchdog-silent',
        message: `The watchdog thread has been silent for ${(watchdogNs / 1e6).toFixed(0)} ms.`,
        value: watchdogNs / 1e6,
        bound: watchdogSilentMaxNs / 1e6,
        unit: 'ms',
      });
    const recorderNs = this.#recorderBeat.silentNs(Atomics.load(control, controlWord.recorderBeat), now);
    if (this.#run === undefined) return;
    if (recorderNs > recorderSilentMaxNs)
      this.#raiseOnce({
        code: 'recorder-slow',
        message: `The recorder has been silent for ${(recorderNs / 1e6).toFixed(0)} ms.`,
        value: recorderNs / 1e6,
        bound: recorderSilentMaxNs / 1e6,
        unit: 'ms',
      });
    if (Atomics.load(control, controlWord.recorderState) === recorderState.failed)
      this.#raiseOnce({ code: 'recorder-closed', message: 'The recorder could not write the journal.' });
    if (journal.fill > ringFillToTrip)
      this.#raiseOnce({
        code: 'recorder-full',
        message: `The recorder's buffer is ${(journal.fill * 100).toFixed(0)} % full.`,
        value: journal.fill * 100,
        bound: ringFillToTrip * 100,
        unit: '%',
      });
    const { freeSeconds } = recorder;
    if (freeSeconds !== undefined && freeSeconds < freeSecondsToTrip)
      this.#raiseOnce({
        code: 'recorder-full',
        message: `The disk is full in ${freeSeconds.toFixed(0)} s.`,
        value: freeSeconds,
        bound: freeSecondsToTrip,
        unit: 's',
      });
  }

  /** Raises a lasting condition once for as long as it is latched. */
  #raiseOnce(fault: Fault): void {
    const { firstCause, furtherCauses } = this.interlock;
    if (firstCause?.code === fault.code || furtherCauses.some((cause) => cause.code === fault.code)) return;
    this.raise(fault);
  }
}
