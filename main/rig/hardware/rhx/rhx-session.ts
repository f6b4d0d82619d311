// A recording from RHX: controller, reader thread, ring and monitors together, with one stream of findings; runs in the rig thread.
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { type Disposable, DisposableStore } from '../../../../common/base/disposable.ts';
import { Emitter } from '../../../../common/base/event.ts';
import { hostClock } from '../host-clock.ts';
import { BlockRingReader, createBlockRing, type RingBlock } from '../block-ring.ts';
import { type RhxSelection, samplesPerBlock } from './columns.ts';
import {
  type BlockWitness,
  RhxController,
  type RhxDescription,
  type RhxLayout,
  type RhxTimes,
  rhxTimes,
} from './controller.ts';
import type { DeadMan } from '../capability-class.ts';
import { PreparedStimulator } from './prepared-stimulator.ts';
import { RunMonitor } from './run-monitor.ts';
import { RhxError, type RhxProblem, type RhxProblemCode } from './rhx-problem.ts';
import type { RhxSpike } from './spike-parser.ts';
import type { FromStreamReader, StreamReaderStart, ToStreamReader } from './stream-reader.ts';

export interface RhxSessionOptions {
  /** A literal IPv4 address. */
  readonly host: string;
  /** Of the commands; 5000 unless it was changed in RHX. */
  readonly port: number;
  readonly selection: RhxSelection;
  readonly blocksPerWrite: number;
  /** Is set in RHX; undefined: the one that RHX has. */
  readonly waveformPort?: number | undefined;
  /** Looks at the controller before anything is set. @throws RhxError when it is not the one that was meant */
  readonly verify?: (description: RhxDescription) => void;
  /** Starts the reader thread. Its port is to be transferred. */
  readonly startReader: (start: StreamReaderStart, port: MessagePort) => Disposable;
  readonly times?: RhxTimes;
}

/** Blocks that may wait for the rig thread: about 2 s at 30 kHz. */
const ringSlots = 512;
const pollMilliseconds = 1000;
const openMilliseconds = 5000;

export class RhxSession implements Disposable, BlockWitness {
  /** Whoever has a session can read, run and stop, and prepare stimuli: its commands stay here. */
  readonly #controller: RhxController;
  readonly layout: RhxLayout;
  readonly monitor: RunMonitor;
  readonly #owned: DisposableStore;
  readonly #reader: MessagePort;
  readonly #ring: BlockRingReader;
  readonly #blocks = new Emitter<RingBlock>();
  readonly #spikes = new Emitter<readonly RhxSpike[]>();
  readonly #gaps = new Emitter<{ firstSample: number; samples: number }>();
  readonly #problems = new Emitter<RhxProblem>();
  readonly onBlock = this.#blocks.event;
  readonly onSpikes = this.#spikes.event;
  /** Samples that RHX never sent. */
  readonly onGap = this.#gaps.event;
  /** Each finding once, until it has been over. */
  readonly onProblem = this.#problems.event;
  readonly #told = new Map<RhxProblemCode, RhxProblem>();
  #blocksReceived = 0;
  #droppedBefore = 0;
  #isRunning = false;
  /** A run was asked for whose first block has not come. */
  #isRunDue = false;
  #poll: NodeJS.Timeout | undefined;
  #isPolling = false;

  /** Connects, configures and opens the data ports; the board stands. @throws RhxError with what to click */
  static async open(options: RhxSessionOptions): Promise<RhxSession> {
    const owned = new DisposableStore();
    try {
      const { host, port, selection, blocksPerWrite, startReader, times = rhxTimes } = options;
      const controller = owned.add(await RhxController.connect(host, port, times));
      options.verify?.(controller.description);
      const layout = await controller.configure(selection, blocksPerWrite);
      const waveformPort = await controller.openDataPort('waveform', options.waveformPort);
      const spikePort = layout.spikingChannels.length === 0 ? undefined : await controller.openDataPort('spike');
      const words = layout.columns.length;
      const ring = createBlockRing(words, ringSlots, samplesPerBlock);
      const channel = new MessageChannel();
      owned.onDispose(() => channel.port1.close());
      const { spikingChannels } = layout;
      owned.add(
        startReader(
          { host, waveformPort, spikePort, words, spikingChannels, ring, port: channel.port2 },
          channel.port2,
        ),
      );
      await readerReady(channel.port1);
      await controller.confirmDataPort('waveform');
      if (spikePort !== undefined) await controller.confirmDataPort('spike');
      return new RhxSession(controller, layout, channel.port1, new BlockRingReader(ring), owned);
    } catch (error) {
      owned.dispose();
      throw error;
    }
  }

  private constructor(
    controller: RhxController,
    layout: RhxLayout,
    reader: MessagePort,
    ring: BlockRingReader,
    owned: DisposableStore,
  ) {
    this.#controller = controller;
    this.layout = layout;
    this.monitor = new RunMonitor(controller.description.sampleRateHz);
    this.#owned = owned;
    this.#reader = reader;
    this.#ring = ring;
    reader.on('message', (message: FromStreamReader) => this.#hear(message));
    controller.commands.onClosed((problem) => this.#tell(problem));
  }

  get description(): RhxDescription {
    return this.#controller.description;
  }

  /** Of questions to RHX, ns, the newest thousand. */
  get roundTripsNs(): readonly number[] {
    return this.#controller.commands.roundTripsNs;
  }

  /** @returns how far RHX is ahead of what has arrived, ms; undefined when it does not run or nothing has arrived */
  async measureLag(): Promise<number | undefined> {
    const timestamp = await this.#controller.commands.getNumber('currenttimestamp');
    return timestamp < 0 ? undefined : this.monitor.lagAt(timestamp);
  }

  /** Before a run. @param deadMan is asked at each pulse @throws RhxError when the controller cannot stimulate, or holds what somebody else has prepared */
  openStimulator(deadMan: DeadMan): Promise<PreparedStimulator> {
    return PreparedStimulator.open(this.#controller, { deadMan, isRunning: () => this.#isRunning });
  }

  /** The board must stand. @param folder on the computer of RHX, where it writes `name`.csv: `readImpedanceFile` reads it */
  measureImpedances(folder: string, name: string): Promise<void> {
    return this.#controller.measureImpedances(folder, name);
  }

  /** Findings of this run that are not over. */
  get problems(): RhxProblem[] {
    return [...this.#told.values()];
  }

  get blocksReceived(): number {
    return this.#blocksReceived;
  }

  /** Blocks that were dropped on our side because the rig thread did not take them: RHX is never made to wait. */
  get droppedBlocks(): number {
    return this.#ring.dropped;
  }

  beginRun(): void {
    this.#isRunDue = true;
    this.#send({ kind: 'begin-run' });
    this.monitor.begin(hostClock.nowNs());
  }

  /** @throws RhxError when RHX does not really run, which `problems` names too; then it has been stopped again, or `onProblem` says that it could not be */
  async run(): Promise<void> {
    this.#told.clear();
    try {
      await this.#controller.run(this);
    } catch (error) {
      if (error instanceof RhxError) this.#told.set(error.problem.code, error.problem);
      await this.stop().catch((failure: unknown) => {
        if (!(failure instanceof RhxError)) throw failure;
        this.#tell(failure.problem);
      });
      throw error;
    }
    this.#isRunning = true;
    this.#poll = setInterval(() => void this.#look(), pollMilliseconds);
  }

  /** @throws RhxError when RHX cannot be stopped */
  async stop(): Promise<void> {
    this.#isRunning = false;
    clearInterval(this.#poll);
    this.monitor.end();
    await this.#controller.stop(this);
  }

  /** Lets RHX go as it is: a board that runs, runs on, so `stop` comes first. */
  dispose(): void {
    clearInterval(this.#poll);
    this.#isRunning = false;
    this.#send({ kind: 'close' });
    this.#owned.dispose();
    for (const emitter of [this.#blocks, this.#spikes, this.#gaps, this.#problems]) emitter.dispose();
  }

  #send(message: ToStreamReader): void {
    this.#reader.postMessage(message);
  }

  #hear(message: FromStreamReader): void {
    switch (message.kind) {
      case 'blocks':
        this.#ring.takeAll((block) => {
          this.#blocksReceived++;
          this.monitor.noteSamples(block.firstSample + samplesPerBlock - 1, block.receivedNs);
          this.#blocks.fire(block);
        });
        return;
      case 'spikes':
        return this.#spikes.fire(message.spikes);
      case 'gap':
        return this.#gaps.fire(message);
      case 'damage':
        return this.#tell({ code: 'damaged-stream', message: `${message.bytes} bytes belonged to no block` });
      case 'problem':
        return this.#tell(message.problem);
      case 'run-begins':
        if (!this.#isRunDue)
          this.#tell({ code: 'stopped-by-itself', message: 'RHX began a run that nobody here asked for' });
        this.#isRunDue = false;
        return;
      case 'ready':
    }
  }

  #tell(problem: RhxProblem): void {
    const isNew = !this.#told.has(problem.code);
    // Its words are those of now.
    this.#told.set(problem.code, problem);
    if (isNew) this.#problems.fire(problem);
  }

  /** Once a second: does it run, how late is it, is it the right rate. */
  async #look(): Promise<void> {
    // A busy RHX may answer later than the next look is due.
    if (this.#isPolling) return;
    this.#isPolling = true;
    try {
      const { commands } = this.#controller;
      const runMode = await commands.getRunMode();
      const timestamp = await commands.getNumber('currenttimestamp');
      if (!this.#isRunning) return;
      this.monitor.noteAnswers(runMode, timestamp, hostClock.nowNs());
      const findings = this.monitor.findings(hostClock.nowNs());
      for (const code of [...this.#told.keys()])
        if (passing.has(code) && findings.every((each) => each.code !== code)) this.#told.delete(code);
      for (const finding of findings) this.#tell(finding);
      const dropped = this.droppedBlocks - this.#droppedBefore;
      this.#droppedBefore = this.droppedBlocks;
      if (dropped > 0)
        this.#tell({ code: 'own-backlog', message: `${dropped} blocks were dropped here in the last second` });
      if (findings.some(({ code }) => code === 'lag-too-long'))
        await commands.act('execute disconnecttcpwaveformdataoutput');
    } catch (error) {
      if (!(error instanceof RhxError)) throw error;
      if (this.#isRunning) this.#tell(error.problem);
    } finally {
      this.#isPolling = false;
    }
  }
}

/** Findings that may be over; then they are told again when they come back. */
const passing: ReadonlySet<RhxProblemCode> = new Set(['lag', 'silence', 'slow-clock', 'no-answer']);

function readerReady(port: MessagePort): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new RhxError('data-port-closed', 'the reader could not open the data ports')),
      openMilliseconds,
    );
    port.once('message', (message: FromStreamReader) => {
      clearTimeout(late);
      if (message.kind === 'ready') resolve();
      else if (message.kind === 'problem') reject(new RhxError(message.problem.code, message.problem.message));
      else reject(new RhxError('damaged-stream', 'RHX sent data before it was started'));
    });
  });
}
