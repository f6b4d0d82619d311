// An emulated Intan RHX 3.4: its command, waveform and spike servers with all that was seen of them on the wire, faults included; runs in the virtual RHX and in tests.
import { createServer, type Server, type Socket } from 'node:net';
import type { Disposable } from '../../../common/base/disposable.ts';
import { DataOutput } from './data-output.ts';
import { RhxSettings, type VirtualController } from './rhx-settings.ts';
import { type CapturedStream, encodeBlock, encodeSpike } from './stream-source.ts';

/** Things that go wrong on request. */
export interface RhxFaults {
  /** This parameter silently keeps its value when it is set. */
  keptParameter?: string;
  /** Milliseconds before each answer. */
  answerDelay?: number;
  /** Answers are cut into pieces of so many characters, this long apart in ms. */
  answerPieces?: { characters: number; apart: number };
  /** Questions are not answered at all. */
  isMute?: boolean;
  /** Data are cut into writes of so many bytes. */
  dataPieces?: number;
  /** So many samples are missing before the next block. */
  lostSamples?: number;
  /** The next block is sent with this done to it. */
  damage?: (block: Uint8Array) => Uint8Array;
  /** An upload never ends. */
  isUploadStuck?: boolean;
  /** Parameters that change by an upload, as when the controller did not take them. */
  changedByUpload?: readonly [parameter: string, value: string];
  /** The board says Run, and nothing happens. */
  isFrozen?: boolean;
  /** The board samples, and nothing is sent. */
  isHolding?: boolean;
  /** The board ignores so many stops. */
  ignoredStops?: number;
}

export interface VirtualRhxOptions extends VirtualController {
  /** 0 is any; RHX itself has 5000. */
  readonly commandPort?: number;
  /** Time runs so many times faster. */
  readonly speed?: number;
  /** First timestamp of a run. */
  readonly firstTimestamp?: number;
  /** Share of the nominal rate at which the board really samples, as a demo does on a slow computer. */
  readonly rateShare?: number;
  /** After so many seconds of its time with a client that does not read, RHX stops. */
  readonly stallSeconds?: number;
  /** How long an upload takes; in the demo it is over before anybody can ask. */
  readonly uploadMilliseconds?: number;
  /** These bytes are sent by a run, as they were captured. */
  readonly captured?: { readonly waveform: CapturedStream; readonly spike?: CapturedStream };
}

const samplesPerBlock = 128;
/** So soon after a stop, ms, a run goes on where the last one was. */
const stopTakes = 50;
const actions = new Set([
  'clearalldataoutputs',
  'connecttcpwaveformdataoutput',
  'disconnecttcpwaveformdataoutput',
  'connecttcpspikedataoutput',
  'disconnecttcpspikedataoutput',
  'rescanports',
  'measureimpedance',
  'saveimpedance',
  'setspikedetectionthresholds',
  'uploadbandwidthsettings',
  'uploadampsettlesettings',
  'uploadchargerecoverysettings',
  'uploadstimparameters',
  'manualstimtriggeron',
  'manualstimtriggeroff',
  'manualstimtriggerpulse',
]);
const needArgument = /^manualstimtrigger/;
/** By its own name, as it refuses while running. */
const refusedWhileRunning: Record<string, string> = {
  rescanports: 'RescanPorts',
  measureimpedance: 'MeasureImpedance',
  setspikedetectionthresholds: 'SetSpikeDetectionThresholds',
  uploadbandwidthsettings: 'UploadBandwidthSettings',
  uploadampsettlesettings: 'UploadAmpSettleSettings',
  uploadchargerecoverysettings: 'UploadChargeRecoverySettings',
};

export class VirtualRhx implements Disposable {
  readonly settings: RhxSettings;
  readonly faults: RhxFaults = {};
  /** All that came in, one entry per read. */
  readonly packets: string[] = [];
  /** Channels whose stimulus a trigger fired, in order. */
  readonly fired: { channel: string; key: string }[] = [];
  readonly #options: VirtualRhxOptions;
  readonly #speed: number;
  readonly #waveform: DataOutput;
  readonly #spike: DataOutput;
  readonly #timers = new Set<NodeJS.Timeout>();
  #server: Server | undefined;
  #client: Socket | undefined;
  #commandPort = 0;
  #runMode: 'Stop' | 'Run' = 'Stop';
  #startedMs = 0;
  #stoppedMs = -Infinity;
  #base = 0;
  #sentBlocks = 0;
  #skippedSamples = 0;
  #stalledSinceMs: number | undefined;
  #ticker: NodeJS.Timeout | undefined;
  /** What stood behind `set runmode run` in its packet. */
  #waiting: string[] = [];
  #uploaded = new Map<string, { key: string }>();
  #isCrashed = false;
  /** When the last answer that was given will have been sent. */
  #answeredMs = 0;

  /** @returns an RHX in which somebody has just clicked Connect */
  static async start(options: VirtualRhxOptions): Promise<VirtualRhx> {
    const rhx = new VirtualRhx(options);
    await rhx.clickConnect();
    return rhx;
  }

  private constructor(options: VirtualRhxOptions) {
    this.#options = options;
    this.#speed = options.speed ?? 1;
    this.settings = new RhxSettings(options);
    const output = (kind: 'Waveform' | 'Spike') =>
      new DataOutput(
        (status) => this.settings.force(`TCP${kind}DataOutputConnectionStatus`, status),
        (bytes) => this.#pieces(bytes),
      );
    this.#waveform = output('Waveform');
    this.#spike = output('Spike');
    this.settings.force('TCPWaveformDataOutputPort', '0');
    this.settings.force('TCPSpikeDataOutputPort', '0');
  }

  get commandPort(): number {
    return this.#commandPort;
  }

  get runMode(): string {
    return this.#runMode;
  }

  get isCrashed(): boolean {
    return this.#isCrashed;
  }

  /** The newest sample that the board has sampled. */
  get currentTimestamp(): number {
    if (this.#runMode === 'Stop') return -1;
    return this.faults.isFrozen === true ? this.#base : this.#base + this.#sampled() - 1;
  }

  /** What the technician does under Network → Remote TCP Control. The port stays the same. */
  async clickConnect(): Promise<void> {
    const server = createServer((socket) => this.#accept(socket));
    this.#server = server;
    await new Promise<void>((resolve) =>
      server.listen(this.#commandPort || this.#options.commandPort || 0, '127.0.0.1', resolve),
    );
    const address = server.address();
    if (typeof address === 'object' && address !== null) this.#commandPort = address.port;
  }

  /** What the technician does with the Stop button, and RHX itself when its buffers are full. */
  clickStop(): void {
    this.#stop();
  }

  /** What the technician does with the Run button. */
  clickRun(): void {
    this.#run();
  }

  /** RHX says something unasked. */
  say(text: string): void {
    this.#client?.write(text, 'latin1');
  }

  /** Somebody closes RHX. */
  crash(): void {
    this.#isCrashed = true;
    this.dispose();
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    clearInterval(this.#ticker);
    this.#ticker = undefined;
    this.#server?.close();
    this.#client?.destroy();
    this.#waveform.dispose();
    this.#spike.dispose();
  }

  #accept(socket: Socket): void {
    // The listener takes one client and closes; it opens again only by hand.
    this.#server?.close();
    this.#server = undefined;
    this.#client = socket;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('error', () => {});
    socket.on('data', (text) => this.#read(String(text)));
    socket.on('close', () => {
      if (this.#client === socket) this.#client = undefined;
    });
  }

  /** Whatever one read returns is one packet: commands that were sent apart may run together, and parts are not joined. */
  #read(packet: string): void {
    this.packets.push(packet);
    this.#carryOut(packet.split(';'), 1);
  }

  #carryOut(commands: readonly string[], number: number): void {
    for (const [index, command] of commands.entries()) {
      const words = command.split(/[ \r\n]+/).filter((word) => word !== '');
      if (words.length === 0) continue;
      if (words.length === 1 && words[0]!.toLowerCase() === 'set') {
        this.crash();
        return;
      }
      const answer = this.#execute(words, number + index);
      if (answer !== undefined) this.#answer(answer);
      if (this.#runMode === 'Run' && words.join(' ').toLowerCase() === 'set runmode run' && answer === undefined) {
        this.#waiting.push(...commands.slice(index + 1));
        return;
      }
    }
  }

  #execute(words: readonly string[], number: number): string | undefined {
    const [verb = '', first, ...more] = words;
    switch (verb.toLowerCase()) {
      case 'get':
        if (first === undefined || more.length > 0)
          return `Error - Command ${number}: Get commands require a parameter`;
        return this.faults.isMute === true ? undefined : this.#get(first.toLowerCase());
      case 'set': {
        const isText = /^(?:impedance)?filename\.|^note/i.test(first ?? '');
        if (first === undefined || (!isText && more.length !== 1))
          return `Error - Command ${number}: Set commands require a parameter and a value`;
        return this.#set(first.toLowerCase(), more.join(' '));
      }
      case 'execute':
        if (first === undefined || more.length > 1)
          return `Error - Command ${number}: Execute commands require an action`;
        return this.#act(first.toLowerCase(), more[0]?.toLowerCase());
      case 'livenotes':
        return 'LiveNotes cannot be added unless the board is recording';
      default:
        return `Error - Command ${number}: Unrecognized command`;
    }
  }

  #get(parameter: string): string {
    if (parameter === 'runmode') return `Return: RunMode ${this.#runMode}`;
    if (parameter === 'currenttimestamp') return `Return: ${this.currentTimestamp}`;
    return this.settings.get(parameter);
  }

  #set(parameter: string, value: string): string | undefined {
    if (parameter === 'runmode') return this.#setRunMode(value.toLowerCase());
    if (parameter === 'currenttimestamp') return 'Unrecognized parameter';
    if (parameter === this.faults.keptParameter) return undefined;
    return this.settings.set(parameter, value, this.#runMode === 'Run');
  }

  #setRunMode(mode: string): string | undefined {
    if (mode === 'run') {
      if (this.#runMode === 'Run') return 'Board must be stopped in order to start running';
      this.#run();
      if (this.settings.valueOf('UploadInProgress') !== 'True') return undefined;
      this.faults.isFrozen = true;
      return 'Error - To avoid data corruption, controller cannot start running until previously started upload function completes';
    }
    if (mode === 'stop') {
      if (this.#runMode === 'Stop') return 'Board must be running in order to stop';
      if ((this.faults.ignoredStops ?? 0) > 0) this.faults.ignoredStops!--;
      else this.#stop();
      return undefined;
    }
    if (mode === 'record' || mode === 'trigger') {
      const what = mode === 'record' ? 'recording' : 'triggered recording';
      if (this.#runMode === 'Run') return `Board must be stopped in order to start ${what}`;
      return `Filename.BaseFilename and Filename.Path must both be specified before ${what} can occur`;
    }
    return 'Invalid value for SetRunMode command';
  }

  #act(action: string, argument: string | undefined): string | undefined {
    if (!actions.has(action) || (needArgument.test(action) && argument === undefined)) return 'Unrecognized action';
    const refusal = refusedWhileRunning[action];
    const isRunning = this.#runMode === 'Run';
    if (refusal !== undefined && isRunning) return `${refusal} cannot be executed while the board is running`;
    switch (action) {
      case 'clearalldataoutputs':
        this.settings.clearOutputs();
        return undefined;
      case 'connecttcpwaveformdataoutput':
        this.#listen(this.#waveform, 'Waveform');
        return undefined;
      case 'connecttcpspikedataoutput':
        this.#listen(this.#spike, 'Spike');
        return undefined;
      case 'disconnecttcpwaveformdataoutput':
        this.#waveform.disconnect();
        return undefined;
      case 'disconnecttcpspikedataoutput':
        this.#spike.disconnect();
        return undefined;
      case 'measureimpedance':
        this.settings.force('ImpedancesHaveBeenMeasured', 'True');
        return undefined;
      case 'uploadstimparameters':
        // Without a stimulator the action is swallowed.
        if (isRunning && argument === undefined && this.settings.controller.isStimulator)
          return 'UploadStimParameters cannot be executed while the board is running';
        this.#upload(argument);
        return undefined;
      case 'manualstimtriggerpulse':
        for (const [channel, { key }] of this.#uploaded) {
          if (isRunning && key === `keypress${argument}`) this.fired.push({ channel, key: argument! });
        }
    }
    return undefined;
  }

  #listen(output: DataOutput, kind: 'Waveform' | 'Spike'): void {
    const parameter = `TCP${kind}DataOutputPort`;
    output.listen(Number(this.settings.valueOf(parameter)), (port) => this.settings.force(parameter, String(port)));
  }

  #upload(channel: string | undefined): void {
    if (channel === undefined || !this.settings.controller.isStimulator) return;
    const [parameter, value] = this.faults.changedByUpload ?? [];
    if (parameter !== undefined && value !== undefined) this.settings.force(parameter, value);
    this.settings.force('UploadInProgress', 'True');
    if (this.settings.valueOf(`${channel}.stimenabled`) === 'True')
      this.#uploaded.set(channel, { key: this.settings.valueOf(`${channel}.source`).toLowerCase() });
    else this.#uploaded.delete(channel);
    if (this.faults.isUploadStuck === true) return;
    this.#later(this.#options.uploadMilliseconds ?? 0, () => this.settings.force('UploadInProgress', 'False'));
  }

  #later(milliseconds: number, step: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      step();
    }, milliseconds);
    this.#timers.add(timer);
  }

  #answer(text: string): void {
    const { answerDelay, answerPieces } = this.faults;
    const nowMs = performance.now();
    if (answerPieces === undefined && answerDelay === undefined && this.#answeredMs <= nowMs) {
      this.#client?.write(text, 'latin1');
      return;
    }
    const { characters, apart } = answerPieces ?? { characters: text.length, apart: 0 };
    // Answers keep their order.
    let atMs = Math.max(this.#answeredMs, nowMs + (answerDelay ?? 0));
    for (let at = 0; at < text.length; at += characters, atMs += apart)
      this.#later(atMs - nowMs, () => this.#client?.write(text.slice(at, at + characters), 'latin1'));
    this.#answeredMs = atMs;
  }

  *#pieces(bytes: Uint8Array): Iterable<Uint8Array> {
    const size = this.faults.dataPieces ?? bytes.length;
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }

  #sampled(): number {
    const seconds = ((performance.now() - this.#startedMs) / 1000) * this.#speed * (this.#options.rateShare ?? 1);
    return Math.floor(seconds * this.#options.sampleRateHz);
  }

  #run(): void {
    const isTooSoon = performance.now() - this.#stoppedMs < stopTakes / this.#speed;
    this.#runMode = 'Run';
    if (!isTooSoon) {
      this.#base = this.#options.firstTimestamp ?? 0;
      this.#startedMs = performance.now();
      this.#sentBlocks = 0;
      this.#skippedSamples = 0;
    }
    const { captured } = this.#options;
    if (captured !== undefined) {
      this.#replay(captured.waveform, this.#waveform);
      if (captured.spike !== undefined) this.#replay(captured.spike, this.#spike);
      return;
    }
    // RHX reads the board by batches of 5 blocks at 20 kHz and 8 at 30 kHz.
    const batch = this.#options.sampleRateHz > 25_000 ? 8 : 5;
    const batchMs = (1000 * batch * samplesPerBlock) / this.#options.sampleRateHz / this.#speed;
    clearInterval(this.#ticker);
    this.#ticker = setInterval(() => this.#send(batch), batchMs);
  }

  #replay(stream: CapturedStream, output: DataOutput): void {
    for (const { atMilliseconds, offset, length } of stream.bursts)
      this.#later(atMilliseconds / this.#speed, () => {
        if (this.#runMode === 'Run') output.write(stream.bytes.subarray(offset, offset + length));
      });
  }

  /** Whole writes only, each when its blocks and one more have been read from the board. */
  #send(batch: number): void {
    if (this.faults.isFrozen === true || this.faults.isHolding === true) return;
    const perWrite = Number(this.settings.valueOf('TCPNumberDataBlocksPerWrite'));
    const read = Math.floor(this.#sampled() / (batch * samplesPerBlock)) * batch;
    while (read - this.#sentBlocks >= perWrite + 1) {
      const blocks = Array.from({ length: perWrite }, (_, index) => this.#block(this.#sentBlocks + index));
      this.#sentBlocks += perWrite;
      if (this.settings.valueOf('TCPWaveformDataOutputConnectionStatus') === 'Connected')
        this.#waveform.write(Buffer.concat(blocks));
      this.#sendSpikes(perWrite);
    }
    this.#watchStall();
  }

  #block(index: number): Uint8Array {
    this.#skippedSamples += this.faults.lostSamples ?? 0;
    delete this.faults.lostSamples;
    const first = this.#base + index * samplesPerBlock + this.#skippedSamples;
    const block = encodeBlock(this.settings.wordsPerFrame, (sample) => first + sample);
    const { damage } = this.faults;
    delete this.faults.damage;
    return damage === undefined ? block : damage(block);
  }

  /** One spike per write on each channel that sends its spikes. */
  #sendSpikes(perWrite: number): void {
    if (this.settings.valueOf('TCPSpikeDataOutputConnectionStatus') !== 'Connected') return;
    const sample = this.#base + (this.#sentBlocks - perWrite) * samplesPerBlock + 7;
    const records = this.settings.spikingChannels.map((channel) => encodeSpike(channel, sample, 1));
    if (records.length > 0) this.#spike.write(Buffer.concat(records));
  }

  /** A client that does not read costs the whole run after about 40 s, with a flood of complaints. */
  #watchStall(): void {
    if (this.#waveform.backlogBytes === 0) this.#stalledSinceMs = undefined;
    else this.#stalledSinceMs ??= performance.now();
    const stalledSeconds = ((performance.now() - (this.#stalledSinceMs ?? Infinity)) / 1000) * this.#speed;
    if (!(stalledSeconds > (this.#options.stallSeconds ?? 40))) return;
    this.#stop();
    for (let complaint = 0; complaint < 30; complaint++) this.say('Board must be running in order to stop');
  }

  #stop(): void {
    if (this.#runMode === 'Stop') return;
    clearInterval(this.#ticker);
    this.#ticker = undefined;
    this.#runMode = 'Stop';
    this.#stoppedMs = performance.now();
    this.#stalledSinceMs = undefined;
    this.faults.isFrozen = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    // What waited behind the run is answered after all that came later.
    queueMicrotask(() => this.#carryOut(waiting, 2));
  }
}
