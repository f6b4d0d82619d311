// An emulated Open Ephys GUI 1.0: ZMQ Interface, Network Events and HTTP server as their sources say, faults included; runs in the virtual GUI and in tests.
import type { Disposable } from '../../../common/base/disposable.ts';
import { encodeData, encodeTtl, madeStep, microvoltsPerStep } from './encode-message.ts';
import { GuiHttp } from './gui-http.ts';
import { GuiState } from './gui-state.ts';
import { Publisher, Responder } from './zmq-server.ts';

/** Things that go wrong on request. */
export interface OpenEphysFaults {
  /** Writes of the data port are cut into pieces of so many bytes. */
  dataPieces?: number;
  /** So many of the next messages are numbered and not sent. */
  lostMessages?: number;
  /** So many samples are skipped before the next block, as when a source loses them. */
  lostSamples?: number;
  /** Each message is sent so many times. */
  copies?: number;
  /** Done to the parts of the next message. */
  damage?: (frames: Uint8Array[]) => Uint8Array[];
  /** Nothing is sent, and the source samples on. */
  isHolding?: boolean;
  isHeartbeatMute?: boolean;
  /** Network Events does not answer. */
  isMute?: boolean;
  /** What is said instead of the right answers. */
  wrongAnswer?: string;
  /** Play and Record have no effect, though they are answered as if they had. */
  isStuck?: boolean;
}

export interface VirtualOpenEphysOptions {
  /** Ports; 0 or undefined is any. The heartbeat port is the one behind the data port. */
  readonly dataPort?: number;
  readonly eventsPort?: number;
  readonly httpPort?: number;
  readonly stream?: string;
  readonly channels?: readonly number[];
  readonly sampleRateHz?: number;
  /** Share of that at which it really samples. */
  readonly rateShare?: number;
  /** Of the GUI's audio settings. */
  readonly bufferSamples?: number;
  readonly audioRateHz?: number;
  /** Acquires from the beginning. */
  readonly isAcquiring?: boolean;
}

const defaults = {
  stream: 'Rhythm Data',
  channels: [0, 1, 2, 3] as readonly number[],
  sampleRateHz: 30_000,
  bufferSamples: 441,
  audioRateHz: 44_100,
};
/** To find two free ports that follow each other. */
const attempts = 20;

export class VirtualOpenEphys implements Disposable {
  readonly faults: OpenEphysFaults = {};
  readonly gui: GuiState;
  /** Applications that have sent a heartbeat. */
  readonly applications = new Set<string>();
  /** As they came in at Network Events. */
  readonly commands: string[] = [];
  stream: string;
  channels: readonly number[];
  sampleRateHz: number;
  readonly #options: VirtualOpenEphysOptions & typeof defaults;
  readonly #data = new Publisher();
  readonly #heartbeat = new Responder((question) => this.#heartbeatAnswer(question));
  readonly #events = new Responder((question) => this.#eventAnswer(question));
  readonly #http: GuiHttp;
  #ticker: NodeJS.Timeout | undefined;
  #startedMs = 0;
  #number = 0;
  #sent = 0;
  #skipped = 0;

  /** @returns one that listens @throws Error when a port is taken */
  static async start(options: VirtualOpenEphysOptions = {}): Promise<VirtualOpenEphys> {
    const gui = new VirtualOpenEphys(options);
    try {
      await gui.#listen();
      if (options.isAcquiring !== false) gui.gui.setMode('ACQUIRE');
      return gui;
    } catch (error) {
      gui.dispose();
      throw error;
    }
  }

  private constructor(options: VirtualOpenEphysOptions) {
    this.#options = { ...defaults, ...options };
    ({ stream: this.stream, channels: this.channels, sampleRateHz: this.sampleRateHz } = this.#options);
    this.gui = new GuiState((isAcquiring) => (isAcquiring ? this.#begin() : this.#end()));
    const { bufferSamples, audioRateHz } = this.#options;
    this.#http = new GuiHttp(this.gui, this.faults, { buffer_size: bufferSamples, sample_rate: audioRateHz });
  }

  get dataPort(): number {
    return this.#data.port;
  }

  get eventsPort(): number {
    return this.#events.port;
  }

  get httpPort(): number {
    return this.#http.port;
  }

  get subscribers(): number {
    return this.#data.subscribers;
  }

  /** Sends bytes that are no message. */
  sendRaw(bytes: Uint8Array): void {
    this.#data.publishRaw(bytes);
  }

  /** As somebody does with Stop and Play. */
  restart(): void {
    this.gui.setMode('IDLE');
    this.gui.setMode('ACQUIRE');
  }

  dispose(): void {
    this.#end();
    for (const each of [this.#data, this.#heartbeat, this.#events, this.#http]) each.dispose();
  }

  async #listen(): Promise<void> {
    await this.#http.listen(this.#options.httpPort ?? 0);
    await this.#events.listen(this.#options.eventsPort ?? 0);
    for (let left = attempts; ; left--) {
      await this.#data.listen(this.#options.dataPort ?? 0);
      try {
        return await this.#heartbeat.listen(this.#data.port + 1);
      } catch (error) {
        if (left === 0 || this.#options.dataPort !== undefined) throw error;
        await this.#data.stop();
      }
    }
  }

  #begin(): void {
    this.#number = this.#sent = this.#skipped = 0;
    this.#startedMs = performance.now();
    const { bufferSamples, audioRateHz } = this.#options;
    this.#ticker = setInterval(() => this.#sendDue(), (bufferSamples / audioRateHz) * 1000);
  }

  #end(): void {
    clearInterval(this.#ticker);
    this.#ticker = undefined;
  }

  /** All that was sampled since the last time, as one block. */
  #sendDue(): void {
    const seconds = (performance.now() - this.#startedMs) / 1000;
    const due = Math.floor(seconds * this.sampleRateHz * (this.#options.rateShare ?? 1)) - this.#sent;
    if (due <= 0) return;
    this.#skipped += this.faults.lostSamples ?? 0;
    delete this.faults.lostSamples;
    const firstSample = this.#sent + this.#skipped;
    this.#sent += due;
    for (const channel of this.channels) {
      const values = Float32Array.from(
        { length: due },
        (_, at) => madeStep(firstSample + at, channel) * microvoltsPerStep,
      );
      const { stream, sampleRateHz } = this;
      this.#send(
        encodeData({ number: ++this.#number, stream, channel, firstSample, sampleRateHz, values }, Date.now()),
      );
    }
  }

  #send(frames: Uint8Array[]): void {
    const { faults } = this;
    if (faults.isHolding === true) return;
    if ((faults.lostMessages ?? 0) > 0) {
      faults.lostMessages!--;
      return;
    }
    const sent = faults.damage?.(frames) ?? frames;
    delete faults.damage;
    this.#data.pieceBytes = faults.dataPieces;
    for (let copy = 0; copy < (faults.copies ?? 1); copy++) this.#data.publish(sent);
  }

  #heartbeatAnswer(question: string): string | undefined {
    if (this.faults.isHeartbeatMute === true) return undefined;
    try {
      // What is not there is no name.
      const { application, uuid } = JSON.parse(question) as { application?: string; uuid?: string };
      if (uuid !== undefined) this.applications.add(application ?? '');
      return 'heartbeat received';
    } catch {
      return 'JSON message could not be read';
    }
  }

  #eventAnswer(question: string): string | undefined {
    this.commands.push(question);
    if (this.faults.isMute === true) return undefined;
    const answer = this.gui.carryOut(question, this.faults.isStuck === true);
    const ttl = /^TTLHandled: Line=(\d+) State=(\d)$/.exec(answer);
    if (ttl !== null && this.gui.mode !== 'IDLE')
      this.#send(
        encodeTtl(
          ++this.#number,
          this.stream,
          this.#sent + this.#skipped,
          Number(ttl[1]) - 1,
          ttl[2] === '1',
          Date.now(),
        ),
      );
    return this.faults.wrongAnswer ?? answer;
  }
}
