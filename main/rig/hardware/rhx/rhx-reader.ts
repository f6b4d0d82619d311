// An Intan controller behind RHX as the rig reads it: blocks of its electrodes, host times by a fitted clock, and why it ended; runs in the rig thread.
import { Emitter } from '../../../../common/base/event.ts';
import type { SourceHealth } from '../../../../common/contract/source-health.ts';
import { allDigitalLines } from '../../../../common/experiment/digital-inputs.ts';
import { rhxDelayMilliseconds, rhxElectrodes, type RhxSource } from '../../../../common/experiment/rhx-source.ts';
import type { SyncWire } from '../../../../common/experiment/stimulator.ts';
import type { ClockPair } from '../device-time.ts';
import type {
  DeviceClosed,
  DigitalInputs,
  RejectedMessage,
  SampleBlock,
  SamplingIdentity,
  SyncEdge,
  SyncedReader,
} from '../device.ts';
import type { DeadMan } from '../capability-class.ts';
import type { PreparedPulse } from '../prepared-pulses.ts';
import { RisingEdges } from '../clock-sync/rising-edges.ts';
import type { RingBlock } from '../block-ring.ts';
import { type RhxColumn, type RhxSelection, samplesPerBlock, scaleOf } from './columns.ts';
import type { RhxTimes } from './controller.ts';
import { ElectrodeBlocks } from './electrode-blocks.ts';
import type { PreparedStimulator } from './prepared-stimulator.ts';
import { RhxPulses } from './rhx-pulses.ts';
import { RhxError, type RhxProblem, type RhxProblemCode, rhxProblemSentence, rhxProblemWords } from './rhx-problem.ts';
import { RhxSession, type RhxSessionOptions } from './rhx-session.ts';
import { silenceMilliseconds } from './run-monitor.ts';
import { checkController } from './verify-controller.ts';

const leastDelayNs = rhxDelayMilliseconds * 1e6;
const microvoltsPerBit = 0.195;
/** After an ending, what is on its way in the reader thread is still taken for so long. */
const lastBlocksMilliseconds = 100;
/** All digital inputs come as one word, whichever of them is asked for. */
const anyDigitalInput = 'DIGITAL-IN-01';
const bandOf = { wide: 'WIDE', low: 'LOW', high: 'HIGH' } as const;

/** Findings after which no more can be read; all others may be over, or cost samples that are counted. */
const endings: Partial<Record<RhxProblemCode, DeviceClosed['reason']>> = {
  'command-closed': 'disconnected',
  'data-port-closed': 'disconnected',
  'layout-changed': 'protocol',
  'stopped-by-itself': 'stopped',
  'did-not-start': 'stopped',
  'frozen-timestamp': 'stopped',
  'lag-too-long': 'overrun',
};

export interface RhxReaderOptions {
  readonly source: RhxSource;
  /** Length of the rig's blocks. */
  readonly tickMilliseconds: number;
  readonly startReader: RhxSessionOptions['startReader'];
  /** Input that sees sync pulses; undefined: none. */
  readonly sync?: SyncWire;
  /** Whether the digital inputs are watched. */
  readonly hasDigitalInputs?: boolean;
  /** Electrodes whose stimuli the controller will hold: what it gives there is read as well. */
  readonly stimulated?: readonly number[];
  readonly times?: RhxTimes;
}

/** @throws RhxError with which clicks RHX needs */
export async function connectRhxReader(options: RhxReaderOptions): Promise<RhxReader> {
  const { source, startReader, sync, hasDigitalInputs = false, stimulated = [], times } = options;
  const electrodes = rhxElectrodes(source);
  const selection: RhxSelection = {
    amplifiers: electrodes.map((channel, electrode) => ({
      channel,
      bands: [bandOf[source.band], ...(stimulated.includes(electrode) ? (['STIM'] as const) : [])],
      hasSpikes: false,
    })),
    others: [...(sync === undefined ? [] : [sync.channel]), ...(hasDigitalInputs ? [anyDigitalInput] : [])],
  };
  const session = await RhxSession.open({
    host: source.host,
    port: source.commandPort,
    waveformPort: source.waveformPort,
    selection,
    blocksPerWrite: source.blocksPerWrite,
    verify: (description) => checkController(description, source),
    startReader,
    ...(times === undefined ? {} : { times }),
  });
  return new RhxReader(session, electrodes, options);
}

export class RhxReader implements SyncedReader {
  readonly identity: SamplingIdentity;
  readonly usualPauseMilliseconds = silenceMilliseconds;
  readonly #session: RhxSession;
  readonly #blocks: ElectrodeBlocks;
  readonly #syncEdge = new Emitter<SyncEdge>();
  readonly onSyncEdge = this.#syncEdge.event;
  readonly #digitalInputs = new Emitter<DigitalInputs>();
  /** The first state that is known, and each change, where the digital inputs are watched. */
  readonly onDigitalInputs = this.#digitalInputs.event;
  /** Look at a block before it is handed on. */
  readonly #watches: ((block: RingBlock) => void)[] = [];
  readonly #source: RhxSource;
  #prepared: PreparedStimulator | undefined;
  readonly #block = new Emitter<SampleBlock>();
  readonly #badFrame = new Emitter<string>();
  readonly #closed = new Emitter<DeviceClosed>();
  readonly onBlock = this.#block.event;
  readonly onBadFrame = this.#badFrame.event;
  readonly onClosed = this.#closed.event;
  /** RHX takes no messages that it could refuse in the stream. */
  readonly onRejected = new Emitter<RejectedMessage>().event;
  #newestPair: ClockPair = { deviceMicroseconds: 0, hostNs: 0 };
  #receivedNs = 0;
  #refusedFrames = 0;
  #nextSample = 0;
  #isOver = false;
  #ending: NodeJS.Timeout | undefined;

  constructor(
    session: RhxSession,
    electrodes: readonly string[],
    { source, tickMilliseconds, sync, hasDigitalInputs }: RhxReaderOptions,
  ) {
    this.#session = session;
    this.#source = source;
    const { columns } = session.layout;
    this.identity = identityOf(session, source, electrodes.length, tickMilliseconds);
    this.#blocks = new ElectrodeBlocks({
      words: columns.length,
      columns: electrodes.map((channel) => columnOf(columns, channel)),
      samplesPerBlock: this.identity.samplesPerBlock,
      onBlock: (firstSample, sampleCount, samples) => this.#hand(firstSample, sampleCount, samples),
    });
    if (sync !== undefined) {
      const onEdge = (sample: number) =>
        this.#syncEdge.fire({ sample, receivedNs: this.#receivedNs, acquiredNs: this.#acquiredNs(sample) });
      this.#watches.push(syncWatch(columns, sync, onEdge));
    }
    if (hasDigitalInputs === true)
      this.#watches.push(inputWatch(columns, (inputs) => this.#digitalInputs.fire(inputs)));
    session.onBlock((block) => {
      if (!this.#isOver) this.#take(block);
    });
    session.onProblem((problem) => this.#hear(problem));
  }

  get newestPair(): ClockPair {
    return this.#newestPair;
  }

  /** Stretches of the stream that were no blocks. */
  get refusedFrames(): number {
    return this.#refusedFrames;
  }

  get health(): SourceHealth {
    const { monitor, droppedBlocks, roundTripsNs, problems } = this.#session;
    const rate = monitor.clock.rateHz(2);
    const answerNs = roundTripsNs.at(-1);
    return {
      ...(rate === undefined ? {} : { sampleRateHz: rate }),
      lagMilliseconds: monitor.lagSeconds * 1000,
      longestLagMilliseconds: monitor.longestLagSeconds * 1000,
      droppedSamples: droppedBlocks * samplesPerBlock,
      ...(answerNs === undefined ? {} : { answerMilliseconds: answerNs / 1e6 }),
      problems: problems.map(({ code, message }) => ({ code, message, ...rhxProblemWords[code] })),
    };
  }

  /**
   * Uploads stimuli to the controller, before `start`. Disposing of the reader takes them away again.
   * @param deadMan is asked at each pulse @throws RhxError with which clicks RHX needs
   */
  async prepare(pulses: readonly PreparedPulse[], deadMan: DeadMan): Promise<RhxPulses> {
    const stimulator = await this.#session.openStimulator(deadMan);
    this.#prepared = stimulator;
    const acquiredNs = (sample: number) => this.#acquiredNs(sample);
    const options = { source: this.#source, stimulator, identity: this.identity, acquiredNs };
    const prepared = await RhxPulses.prepare(options, pulses);
    const { columns } = this.#session.layout;
    for (const { channel, echo } of prepared.echoes) {
      const column = columns.findIndex((each) => each.channel === channel && each.band === 'STIM');
      this.#watches.push(eachWord(columns.length, column, (sample, word) => echo.take(sample, word)));
    }
    return prepared;
  }

  start(): void {
    this.#session.run().catch((error: unknown) => {
      if (!(error instanceof RhxError)) throw error;
      this.#end(error.problem);
    });
  }

  /** RHX sends by its own clock only. */
  requestBlocks(): void {}

  /** Stops RHX, which goes on sampling otherwise, and then lets it go. */
  dispose(): void {
    this.#isOver = true;
    clearTimeout(this.#ending);
    for (const emitter of [this.#block, this.#badFrame, this.#closed, this.#syncEdge, this.#digitalInputs])
      emitter.dispose();
    const session = this.#session;
    const release = () => session.dispose();
    const clear = () => this.#prepared?.clearAll();
    // A connection that is gone, or a board that does not stop, cannot be helped any more.
    session.stop().then(clear).then(release, release);
  }

  #microseconds(sample: number): number {
    return (sample / this.identity.sampleRateHz) * 1e6;
  }

  /** By the line of the earliest arrivals. */
  #acquiredNs(sample: number): number {
    const expectedNs = this.#session.monitor.clock.expectedNs(sample) ?? this.#receivedNs;
    return Math.min(expectedNs, this.#receivedNs) - leastDelayNs;
  }

  #take(block: RingBlock): void {
    // A run that somebody has begun in RHX counts from 0 again: it is no part of this one.
    if (block.firstSample < this.#nextSample)
      return this.#end({ code: 'stopped-by-itself', message: 'RHX began its samples anew' });
    this.#nextSample = block.firstSample + block.gapSamples + samplesPerBlock;
    this.#receivedNs = block.receivedNs;
    this.#newestPair = { deviceMicroseconds: this.#microseconds(this.#nextSample), hostNs: block.receivedNs };
    for (const watch of this.#watches) watch(block);
    this.#blocks.take(block);
  }

  #hand(firstSample: number, sampleCount: number, samples: Int16Array): void {
    const last = firstSample + sampleCount - 1;
    this.#block.fire({
      firstSample,
      sampleCount,
      channels: this.identity.channels,
      samples,
      acquiredNs: this.#acquiredNs(last),
      deviceMicroseconds: this.#microseconds(last + 1),
    });
  }

  #hear(problem: RhxProblem): void {
    if (problem.code === 'damaged-stream') {
      this.#refusedFrames++;
      this.#badFrame.fire(problem.message);
    }
    if (endings[problem.code] !== undefined)
      this.#ending ??= setTimeout(() => this.#end(problem), lastBlocksMilliseconds);
  }

  /** The first reason counts; what came before it has been handed out. */
  #end(problem: RhxProblem): void {
    if (this.#isOver) return;
    this.#blocks.flush();
    this.#isOver = true;
    this.#closed.fire({ reason: endings[problem.code] ?? 'stopped', message: rhxProblemSentence(problem) });
  }
}

function columnOf(columns: readonly RhxColumn[], channel: string): number {
  return columns.findIndex((column) => column.channel === channel);
}

/** All digital lines are bits of one word; an analogue input is a word of volts, and low below half of its level. */
function syncWatch(
  columns: readonly RhxColumn[],
  { channel, levelVolts }: SyncWire,
  onEdge: (sample: number) => void,
): (block: RingBlock) => void {
  const line = /^DIGITAL-IN-(\d\d)$/.exec(channel)?.[1];
  const column = columnOf(columns, line === undefined ? channel : 'DIGITAL-IN');
  const { factor, offset } = scaleOf(columns[column]!);
  const bit = Number(line) - 1;
  const edges =
    line === undefined ? new RisingEdges(levelVolts, levelVolts / 2, onEdge) : new RisingEdges(1, 0, onEdge);
  return eachWord(columns.length, column, (sample, word) =>
    edges.take(sample, line === undefined ? factor * (word - offset) : (word >> bit) & 1),
  );
}

function inputWatch(
  columns: readonly RhxColumn[],
  onChange: (inputs: DigitalInputs) => void,
): (block: RingBlock) => void {
  let lines: number | undefined;
  return eachWord(columns.length, columnOf(columns, 'DIGITAL-IN'), (sample, word) => {
    if (word === lines) return;
    lines = word;
    onChange({ sample, lines, known: allDigitalLines });
  });
}

/** @returns what goes through one column of a block, by the samples of the run */
function eachWord(
  columns: number,
  column: number,
  take: (sample: number, word: number) => void,
): (block: RingBlock) => void {
  return ({ firstSample, gapAt, gapSamples, words }) => {
    for (let index = 0; index < samplesPerBlock; index++) {
      const skipped = gapSamples > 0 && index >= gapAt ? gapSamples : 0;
      take(firstSample + index + skipped, words[index * columns + column]!);
    }
  };
}

function identityOf(
  { description }: RhxSession,
  source: RhxSource,
  channels: number,
  tickMilliseconds: number,
): SamplingIdentity {
  const { isStimulator, version, sampleRateHz } = description;
  const type = isStimulator ? 'RHS Stim/Recording Controller' : 'RHD Recording Controller';
  return {
    kind: source.kind,
    // RHX tells no serial number of the controller.
    serial: `rhx-${source.host}-${source.commandPort}`,
    firmware: `RHX ${version}`,
    description: `Intan ${type} through RHX ${version} (${channels} electrodes, ${sampleRateHz} Hz)`,
    channels,
    sampleRateHz,
    microvoltsPerBit,
    samplesPerBlock: Math.round((tickMilliseconds * sampleRateHz) / 1000),
    electrodePitchMicrometres: null,
    pacing: 'real-time',
    bootNumber: 0,
  };
}
