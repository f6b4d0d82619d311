// The Open Ephys GUI as the rig reads it: blocks of its channels, host times by a fitted clock, and why it ended; runs in the rig thread.
import { Emitter } from '../../../../common/base/event.ts';
import type { SourceHealth } from '../../../../common/contract/source-health.ts';
import { digitalLines } from '../../../../common/experiment/digital-inputs.ts';
import type { OpenEphysSource } from '../../../../common/experiment/open-ephys-source.ts';
import type { SyncWire } from '../../../../common/experiment/stimulator.ts';
import { RisingEdges } from '../clock-sync/rising-edges.ts';
import type {
  DeviceClosed,
  DigitalInputs,
  RejectedMessage,
  SampleBlock,
  SamplingIdentity,
  SyncEdge,
  SyncedReader,
} from '../device.ts';
import type { ClockPair } from '../device-time.ts';
import {
  inWords,
  OpenEphysError,
  type OpenEphysProblem,
  type OpenEphysProblemCode,
  openEphysProblemWords,
} from './open-ephys-problem.ts';
import {
  type OpenEphysOptions,
  OpenEphysSession,
  type OpenEphysTimes,
  type StreamBlock,
} from './open-ephys-session.ts';
import type { TtlMessage } from './stream-message.ts';
import { silenceMilliseconds } from './stream-monitor.ts';

/** Findings with which a stream ends, and what that is to the rig; all others may be over, or cost samples that are counted. */
const endings: Partial<Record<OpenEphysProblemCode, DeviceClosed['reason']>> = {
  'port-closed': 'disconnected',
  'answer-not-understood': 'protocol',
  'layout-changed': 'protocol',
  'rate-changed': 'protocol',
  'other-stream': 'protocol',
  'run-restarted': 'stopped',
};

export interface OpenEphysReaderOptions {
  readonly source: OpenEphysSource;
  /** Length of the rig's blocks. */
  readonly tickMilliseconds: number;
  /** Of this client, different each time. */
  readonly uuid: string;
  readonly startReader: OpenEphysOptions['startReader'];
  /** Channel that sees sync pulses, an electrode as any other; undefined: none. */
  readonly sync?: SyncWire;
  readonly times?: OpenEphysTimes;
}

/** Begins acquisition in an idle GUI. @throws OpenEphysError with what to do in the GUI */
export async function connectOpenEphysReader(options: OpenEphysReaderOptions): Promise<OpenEphysReader> {
  const { source, tickMilliseconds, uuid, startReader, times } = options;
  const { host, dataPort, httpPort, stream, microvoltsPerBit } = source;
  const session = await OpenEphysSession.open({
    host,
    dataPort,
    httpPort,
    ...(stream === undefined ? {} : { stream }),
    blockMilliseconds: tickMilliseconds,
    microvoltsPerBit,
    uuid,
    startReader,
    ...(times === undefined ? {} : { times }),
  });
  const { channels, sampleRateHz } = session.layout;
  const wrong = [
    ...(channels.length === source.channels
      ? []
      : [`the GUI sends ${channels.length} channels, the experiment says ${source.channels}`]),
    ...(sampleRateHz === source.sampleRateHz
      ? []
      : [`the GUI samples at ${sampleRateHz} Hz, the experiment says ${source.sampleRateHz} Hz`]),
  ];
  if (wrong.length === 0) return new OpenEphysReader(session, source, options.sync);
  session.dispose();
  throw new OpenEphysError('another-layout', wrong.join('; '));
}

/** Owns the session. */
export class OpenEphysReader implements SyncedReader {
  readonly identity: SamplingIdentity;
  readonly usualPauseMilliseconds = silenceMilliseconds;
  readonly #session: OpenEphysSession;
  readonly #blocks = new Emitter<SampleBlock>();
  readonly #badFrames = new Emitter<string>();
  readonly #syncEdge = new Emitter<SyncEdge>();
  readonly onSyncEdge = this.#syncEdge.event;
  readonly #watchSync: ((firstSample: number, samples: Int16Array) => void) | undefined;
  readonly #digitalInputs = new Emitter<DigitalInputs>();
  /** Each change of the first 16 TTL lines; how they were before, the GUI does not tell. */
  readonly onDigitalInputs = this.#digitalInputs.event;
  #lines = 0;
  #knownLines = 0;
  readonly #closed = new Emitter<DeviceClosed>();
  readonly onBlock = this.#blocks.event;
  readonly onBadFrame = this.#badFrames.event;
  readonly onClosed = this.#closed.event;
  /** The stream takes no messages that could be refused. */
  readonly onRejected = new Emitter<RejectedMessage>().event;
  #newestPair: ClockPair = { deviceMicroseconds: 0, hostNs: 0 };
  #lagMilliseconds = 0;
  #longestLagMilliseconds = 0;
  #isStarted = false;
  #isClosed = false;

  constructor(session: OpenEphysSession, { kind, host, dataPort }: OpenEphysSource, sync?: SyncWire) {
    this.#session = session;
    const { layout, samplesPerBlock, microvoltsPerBit, bufferMilliseconds } = session;
    const { stream, channels, sampleRateHz } = layout;
    const what = `${channels.length} channels, ${sampleRateHz} Hz, buffer of ${bufferMilliseconds.toFixed(1)} ms`;
    this.identity = {
      kind,
      // The GUI tells nothing of its hardware here.
      serial: `open-ephys-${host}-${dataPort}`,
      firmware: 'Open Ephys GUI, ZMQ Interface',
      description: `Open Ephys GUI, ${stream} (${what})`.slice(0, 400),
      channels: channels.length,
      sampleRateHz,
      microvoltsPerBit,
      samplesPerBlock,
      electrodePitchMicrometres: null,
      pacing: 'real-time',
      bootNumber: 0,
    };
    if (sync !== undefined)
      this.#watchSync = syncWatch(this.identity, sync, (sample) =>
        this.#syncEdge.fire({ sample, receivedNs: this.#newestPair.hostNs, acquiredNs: this.#acquiredNs(sample) }),
      );
    session.onBlock((block) => this.#take(block));
    session.onTtl((event) => this.#takeTtl(event));
    session.onProblem((problem) => this.#hear(problem));
  }

  get newestPair(): ClockPair {
    return this.#newestPair;
  }

  get refusedFrames(): number {
    return this.#session.counts.damagedMessages;
  }

  get health(): SourceHealth {
    const { monitor, droppedBlocks, samplesPerBlock, problems } = this.#session;
    const rate = monitor.clock.rateHz(2);
    return {
      ...(rate === undefined ? {} : { sampleRateHz: rate }),
      lagMilliseconds: this.#lagMilliseconds,
      longestLagMilliseconds: this.#longestLagMilliseconds,
      droppedSamples: droppedBlocks * samplesPerBlock,
      problems: problems.map(({ code, message }) => ({ code, message, ...openEphysProblemWords[code] })),
    };
  }

  /** Joins the GUI's acquisition where it is: its samples count from where it began. */
  start(): void {
    this.#isStarted = true;
  }

  /** The GUI sends by its own clock only. */
  requestBlocks(): void {}

  /** Lets the GUI go; it acquires and records on. */
  dispose(): void {
    this.#session.dispose();
    for (const each of [this.#blocks, this.#badFrames, this.#closed, this.#syncEdge, this.#digitalInputs])
      each.dispose();
  }

  /** Of a sample of the newest block. */
  #acquiredNs(sample: number): number {
    const { hostNs: receivedNs } = this.#newestPair;
    return Math.min(receivedNs, this.#session.monitor.clock.expectedNs(sample) ?? receivedNs);
  }

  #take({ firstSample, receivedNs, samples }: StreamBlock): void {
    const { channels, samplesPerBlock: sampleCount, sampleRateHz } = this.identity;
    const last = firstSample + sampleCount - 1;
    const deviceMicroseconds = Math.round(((last + 1) / sampleRateHz) * 1e6);
    this.#newestPair = { deviceMicroseconds, hostNs: receivedNs };
    if (!this.#isStarted || this.#isClosed) return;
    this.#watchSync?.(firstSample, samples);
    // The GUI gathers samples and sends them in lumps: the least late of each second says when the others were due.
    const acquiredNs = this.#acquiredNs(last);
    this.#lagMilliseconds = (receivedNs - acquiredNs) / 1e6;
    this.#longestLagMilliseconds = Math.max(this.#longestLagMilliseconds, this.#lagMilliseconds);
    this.#blocks.fire({ firstSample, sampleCount, channels, samples, acquiredNs, deviceMicroseconds });
  }

  #takeTtl({ sample, line, isHigh }: TtlMessage): void {
    if (line >= digitalLines) return;
    const bit = 1 << line;
    this.#lines = isHigh ? this.#lines | bit : this.#lines & ~bit;
    this.#knownLines |= bit;
    this.#digitalInputs.fire({ sample, lines: this.#lines, known: this.#knownLines });
  }

  #hear(problem: OpenEphysProblem): void {
    if (problem.code === 'damaged-message') this.#badFrames.fire(problem.message);
    const reason = endings[problem.code];
    if (reason === undefined || this.#isClosed) return;
    this.#isClosed = true;
    this.#closed.fire({ reason, message: inWords(problem) });
  }
}

/** The GUI sends its analogue inputs in volts, each as a channel. */
function syncWatch(
  { channels, microvoltsPerBit }: SamplingIdentity,
  { channel, levelVolts }: SyncWire,
  onEdge: (sample: number) => void,
): (firstSample: number, samples: Int16Array) => void {
  const column = Number(channel.replace('CHANNEL-', ''));
  const edges = new RisingEdges(levelVolts, levelVolts / 2, onEdge);
  return (firstSample, samples) => {
    for (let at = column, sample = firstSample; at < samples.length; at += channels, sample++)
      edges.take(sample, samples[at]! * microvoltsPerBit);
  };
}
