// A stream of the Open Ephys GUI: reader thread, ring and monitor together, with one stream of findings; runs in the rig thread.
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { type Disposable, DisposableStore } from '../../../../common/base/disposable.ts';
import { Emitter } from '../../../../common/base/event.ts';
import { openEphysCapacityValuesPerSecond } from '../../../../common/experiment/open-ephys-source.ts';
import { hostClock } from '../host-clock.ts';
import { BlockRingReader, createBlockRing } from '../block-ring.ts';
import type { StreamLayout } from './block-assembler.ts';
import { GuiServer } from './gui-server.ts';
import { type HeartbeatTimes, heartbeatTimes } from './heartbeat.ts';
import { OpenEphysError, type OpenEphysProblem, type OpenEphysProblemCode } from './open-ephys-problem.ts';
import type { StreamCounts } from './stream-counts.ts';
import type { TtlMessage } from './stream-message.ts';
import { StreamMonitor } from './stream-monitor.ts';
import type { FromStreamReader, StreamReaderStart, ToStreamReader } from './stream-reader.ts';

/** ms. */
export interface OpenEphysTimes {
  readonly heartbeat: HeartbeatTimes;
  /** Of the GUI's HTTP server. */
  readonly answer: number;
  /** From the connection to two whole blocks. */
  readonly layout: number;
  readonly look: number;
}

export const openEphysTimes: OpenEphysTimes = { heartbeat: heartbeatTimes, answer: 3000, layout: 5000, look: 500 };

export interface OpenEphysOptions {
  /** A literal IPv4 address. */
  readonly host: string;
  /** Of the ZMQ Interface; it takes heartbeats on the next one. */
  readonly dataPort: number;
  /** Of the GUI's HTTP server. */
  readonly httpPort: number;
  /** Name of the stream that must come; undefined: any. */
  readonly stream?: string;
  /** Length of the rig's blocks. */
  readonly blockMilliseconds: number;
  readonly microvoltsPerBit: number;
  /** Of this client, different each time. */
  readonly uuid: string;
  /** Starts the reader thread. Its port is to be transferred. */
  readonly startReader: (start: StreamReaderStart, port: MessagePort) => Disposable;
  readonly times?: OpenEphysTimes;
}

export interface StreamBlock {
  readonly firstSample: number;
  /** Host monotonic ns. */
  readonly receivedNs: number;
  /** Sample-major, samplesPerBlock × channels, in microvoltsPerBit; valid until the listener returns. */
  readonly samples: Int16Array;
}

/** Blocks may wait for the rig thread so long. */
const ringMilliseconds = 2000;

export class OpenEphysSession implements Disposable {
  readonly layout: StreamLayout;
  readonly samplesPerBlock: number;
  readonly microvoltsPerBit: number;
  /** How long the GUI gathers samples before it sends them. */
  readonly bufferMilliseconds: number;
  readonly monitor: StreamMonitor;
  readonly #owned: DisposableStore;
  readonly #reader: MessagePort;
  readonly #ring: BlockRingReader;
  readonly #blocks = new Emitter<StreamBlock>();
  readonly #ttl = new Emitter<TtlMessage>();
  readonly #problems = new Emitter<OpenEphysProblem>();
  readonly onBlock = this.#blocks.event;
  readonly onTtl = this.#ttl.event;
  /** Each finding once, until it has been over. */
  readonly onProblem = this.#problems.event;
  readonly #told = new Map<OpenEphysProblemCode, OpenEphysProblem>();
  #heartbeats = 0;

  /** Connects, begins acquisition if the GUI is idle, and learns what it sends. @throws OpenEphysError with what to do */
  static async open(options: OpenEphysOptions): Promise<OpenEphysSession> {
    const owned = new DisposableStore();
    try {
      const { host, dataPort, httpPort, uuid, startReader, times = openEphysTimes } = options;
      const gui = new GuiServer({ host, port: httpPort }, times.answer);
      const bufferMilliseconds = await gui.bufferMilliseconds();
      const { port1, port2 } = new MessageChannel();
      owned.onDispose(() => port1.close());
      owned.add(startReader({ host, dataPort, uuid, heartbeat: times.heartbeat, port: port2 }, port2));
      const heard = new Hearing(port1);
      await heard.first((message) => message.kind === 'connected', times.layout);
      await gui.acquire();
      const told = await heard.first((message) => message.kind === 'layout', times.layout);
      if (told.kind !== 'layout') throw new OpenEphysError('no-blocks', 'no layout was told');
      return new OpenEphysSession(options, told.layout, bufferMilliseconds, port1, owned);
    } catch (error) {
      owned.dispose();
      throw error;
    }
  }

  private constructor(
    { stream, blockMilliseconds, microvoltsPerBit, times = openEphysTimes }: OpenEphysOptions,
    layout: StreamLayout,
    bufferMilliseconds: number,
    reader: MessagePort,
    owned: DisposableStore,
  ) {
    const { sampleRateHz, channels } = layout;
    if (stream !== undefined && layout.stream !== stream)
      throw new OpenEphysError('other-stream', `the stream '${layout.stream}' is sent, not '${stream}'`);
    const perSecond = channels.length * sampleRateHz;
    if (perSecond > openEphysCapacityValuesPerSecond)
      throw new OpenEphysError(
        'too-many-values',
        `${channels.length} channels at ${sampleRateHz} Hz are ${Math.round(perSecond / 1e5) / 10} million values per second; ${openEphysCapacityValuesPerSecond / 1e6} million can be taken`,
      );
    this.layout = layout;
    this.samplesPerBlock = Math.max(1, Math.round((blockMilliseconds * sampleRateHz) / 1000));
    this.microvoltsPerBit = microvoltsPerBit;
    this.bufferMilliseconds = bufferMilliseconds;
    this.monitor = new StreamMonitor(sampleRateHz, hostClock.nowNs());
    this.#owned = owned;
    this.#reader = reader;
    const slots = Math.max(2, Math.ceil(ringMilliseconds / blockMilliseconds));
    const ring = createBlockRing(channels.length, slots, this.samplesPerBlock);
    this.#ring = new BlockRingReader(ring);
    reader.on('message', (message: FromStreamReader) => this.#hear(message));
    const looking = setInterval(() => this.#look(), times.look);
    owned.onDispose(() => clearInterval(looking));
    this.#send({ kind: 'begin', ring, microvoltsPerBit });
  }

  get counts(): StreamCounts {
    return this.monitor.counts;
  }

  /** Findings that are not over. */
  get problems(): OpenEphysProblem[] {
    return [...this.#told.values()];
  }

  /** Heartbeats that the ZMQ Interface has answered. */
  get heartbeats(): number {
    return this.#heartbeats;
  }

  /** Blocks that were dropped on our side because the rig thread did not take them. */
  get droppedBlocks(): number {
    return this.#ring.dropped;
  }

  /** Lets the GUI go as it is: acquisition and recording go on. */
  dispose(): void {
    this.#send({ kind: 'close' });
    this.#owned.dispose();
    this.#blocks.dispose();
    this.#ttl.dispose();
    this.#problems.dispose();
  }

  #send(message: ToStreamReader): void {
    this.#reader.postMessage(message);
  }

  #hear(message: FromStreamReader): void {
    switch (message.kind) {
      case 'blocks':
        this.#ring.takeAll(({ firstSample, receivedNs, words }) => {
          this.monitor.noteSamples(firstSample + this.samplesPerBlock - 1, receivedNs);
          const samples = new Int16Array(words.buffer, words.byteOffset, words.length);
          this.#blocks.fire({ firstSample, receivedNs, samples });
        });
        return;
      case 'ttl':
        return this.#ttl.fire(message.event);
      case 'counts':
        return this.monitor.noteCounts(message.counts, message.damage);
      case 'heartbeat-answered':
        this.#heartbeats++;
        this.#told.delete('no-heartbeat-answer');
        return;
      case 'problem':
        return this.#tell(message.problem);
      case 'connected':
      case 'layout':
    }
  }

  #look(): void {
    this.monitor.noteDropped(this.droppedBlocks);
    const findings = this.monitor.findings(hostClock.nowNs());
    for (const code of [...this.#told.keys()])
      if (passing.has(code) && findings.every((each) => each.code !== code)) this.#told.delete(code);
    for (const finding of findings) this.#tell(finding);
  }

  #tell(problem: OpenEphysProblem): void {
    if (this.#told.has(problem.code)) return;
    this.#told.set(problem.code, problem);
    this.#problems.fire(problem);
  }
}

/** Findings that may be over; then they are told again when they come back. */
const passing: ReadonlySet<OpenEphysProblemCode> = new Set([
  'damaged-message',
  'messages-lost',
  'repeated-messages',
  'clipped',
  'own-backlog',
  'silence',
  'slow-clock',
]);

/** What the reader thread says before there is a session: nothing of it is missed. */
class Hearing {
  readonly #port: MessagePort;
  readonly #before: FromStreamReader[] = [];
  #hear: ((message: FromStreamReader) => void) | undefined;

  constructor(port: MessagePort) {
    this.#port = port;
    port.on('message', this.#take);
  }

  /** @throws OpenEphysError with the reader's problem, or when it does not come in time */
  async first(isIt: (message: FromStreamReader) => boolean, milliseconds: number): Promise<FromStreamReader> {
    let late: NodeJS.Timeout | undefined;
    const found = await new Promise<FromStreamReader | undefined>((resolve) => {
      late = setTimeout(() => resolve(undefined), milliseconds);
      this.#hear = (message) => {
        const isFatal = message.kind === 'problem' && message.problem.code !== 'no-heartbeat-answer';
        if (isFatal || isIt(message)) resolve(message);
      };
      for (const message of this.#before.splice(0)) this.#hear(message);
    });
    clearTimeout(late);
    this.#hear = undefined;
    if (found === undefined) {
      this.#port.off('message', this.#take);
      throw new OpenEphysError('no-blocks', `no two whole blocks came in ${milliseconds} ms`);
    }
    if (found.kind === 'problem') throw new OpenEphysError(found.problem.code, found.problem.message);
    if (found.kind === 'layout') this.#port.off('message', this.#take);
    return found;
  }

  readonly #take = (message: FromStreamReader) => {
    if (this.#hear === undefined) this.#before.push(message);
    else this.#hear(message);
  };
}
