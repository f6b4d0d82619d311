// An emulated Intan RHX 3.4: its command, waveform and spike servers with all that was seen of them on the wire, faults included; runs in the virtual RHX and in tests.
import type { Disposable } from '../../../common/base/disposable.ts';
import { CommandServer } from './command-server.ts';
import { DataOutput } from './data-output.ts';
import { act } from './rhx-actions.ts';
import type { RhxFaults } from './rhx-faults.ts';
import { RhxSettings, type VirtualController } from './rhx-settings.ts';
import { StimMemory } from './stim-memory.ts';
import { Timers } from './timers.ts';
import { type BoardOptions, VirtualBoard } from './virtual-board.ts';

export interface VirtualRhxOptions extends VirtualController, BoardOptions {
  /** 0 is any; RHX itself has 5000. */
  readonly commandPort?: number;
  /** How long an upload takes; in the demo it is over before anybody can ask. */
  readonly uploadMilliseconds?: number;
}

export class VirtualRhx implements Disposable {
  readonly settings: RhxSettings;
  readonly faults: RhxFaults = {};
  /** All that came in, one entry per read. */
  readonly packets: string[] = [];
  readonly #commands: CommandServer;
  readonly #board: VirtualBoard;
  readonly #waveform: DataOutput;
  readonly #spike: DataOutput;
  readonly #stim: StimMemory;
  readonly #timers = new Timers();
  /** What stood behind `set runmode run` in its packet. */
  #waiting: string[] = [];
  #isCrashed = false;

  /** @returns an RHX in which somebody has just clicked Connect */
  static async start(options: VirtualRhxOptions): Promise<VirtualRhx> {
    const rhx = new VirtualRhx(options);
    await rhx.clickConnect();
    return rhx;
  }

  private constructor(options: VirtualRhxOptions) {
    const { faults } = this;
    const timers = this.#timers;
    const settings = new RhxSettings(options);
    this.settings = settings;
    this.#commands = new CommandServer(options.commandPort ?? 0, faults, (packet) => this.#read(packet));
    const output = (kind: 'Waveform' | 'Spike') =>
      new DataOutput(
        (status) => settings.force(`TCP${kind}DataOutputConnectionStatus`, status),
        (bytes) => pieces(bytes, faults.dataPieces),
      );
    this.#waveform = output('Waveform');
    this.#spike = output('Spike');
    settings.force('TCPWaveformDataOutputPort', '0');
    settings.force('TCPSpikeDataOutputPort', '0');
    this.#stim = new StimMemory(settings, faults, timers, options.uploadMilliseconds ?? 0, (channel, words) =>
      this.#board.give(channel, words),
    );
    this.#board = new VirtualBoard(options, {
      settings,
      faults,
      waveform: this.#waveform,
      spike: this.#spike,
      timers,
      onStalled: () => this.#stall(),
    });
  }

  get commandPort(): number {
    return this.#commands.port;
  }

  get runMode(): string {
    return this.#board.isRunning ? 'Run' : 'Stop';
  }

  get isCrashed(): boolean {
    return this.#isCrashed;
  }

  /** The newest sample that the board has sampled. */
  get currentTimestamp(): number {
    return this.#board.currentTimestamp;
  }

  /** Channels whose stimulus a trigger fired, in order. */
  get fired(): readonly { channel: string; key: string }[] {
    return this.#stim.fired;
  }

  /** What the technician does under Network → Remote TCP Control. The port stays the same. */
  clickConnect(): Promise<void> {
    return this.#commands.listen();
  }

  /** What the technician does with the Stop button, and RHX itself when its buffers are full. */
  clickStop(): void {
    this.#stop();
  }

  /** What the technician does with the Run button. */
  clickRun(): void {
    this.#board.run();
  }

  /** What the technician does with a key in RHX's own window. @param key f1 to f8 */
  pressKey(key: string): void {
    if (this.#board.isRunning) this.#stim.trigger(key);
  }

  /** A cable to the digital inputs. @param lines a bit for each @param atMs when, on the clock of `performance` */
  setDigitalInputs(lines: number, atMs: number): void {
    this.#board.setDigitalInputs(lines, atMs);
  }

  /** RHX says something unasked. */
  say(text: string): void {
    this.#commands.say(text);
  }

  /** Somebody closes RHX. */
  crash(): void {
    this.#isCrashed = true;
    this.dispose();
  }

  dispose(): void {
    for (const part of [this.#timers, this.#board, this.#commands, this.#waveform, this.#spike]) part.dispose();
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
      if (answer !== undefined) this.#commands.answer(answer);
      if (this.#board.isRunning && words.join(' ').toLowerCase() === 'set runmode run' && answer === undefined) {
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
      case 'execute': {
        if (first === undefined || more.length > 1)
          return `Error - Command ${number}: Execute commands require an action`;
        const { settings, faults } = this;
        const parts = { settings, faults, waveform: this.#waveform, spike: this.#spike, stim: this.#stim };
        return act(parts, first.toLowerCase(), more[0]?.toLowerCase(), this.#board.isRunning);
      }
      case 'livenotes':
        return 'LiveNotes cannot be added unless the board is recording';
      default:
        return `Error - Command ${number}: Unrecognized command`;
    }
  }

  #get(parameter: string): string {
    if (parameter === 'runmode') return `Return: RunMode ${this.runMode}`;
    if (parameter === 'currenttimestamp') return `Return: ${this.currentTimestamp}`;
    return this.settings.get(parameter);
  }

  #set(parameter: string, value: string): string | undefined {
    if (parameter === 'runmode') return this.#setRunMode(value.toLowerCase());
    if (parameter === 'currenttimestamp') return 'Unrecognized parameter';
    if (parameter === this.faults.keptParameter) return undefined;
    return this.settings.set(parameter, value, this.#board.isRunning);
  }

  #setRunMode(mode: string): string | undefined {
    const { isRunning } = this.#board;
    if (mode === 'run') {
      if (isRunning) return 'Board must be stopped in order to start running';
      this.#board.run();
      if (this.settings.valueOf('UploadInProgress') !== 'True') return undefined;
      this.faults.isFrozen = true;
      return 'Error - To avoid data corruption, controller cannot start running until previously started upload function completes';
    }
    if (mode === 'stop') {
      if (!isRunning) return 'Board must be running in order to stop';
      if ((this.faults.ignoredStops ?? 0) > 0) this.faults.ignoredStops!--;
      else this.#stop();
      return undefined;
    }
    if (mode === 'record' || mode === 'trigger') {
      const what = mode === 'record' ? 'recording' : 'triggered recording';
      if (isRunning) return `Board must be stopped in order to start ${what}`;
      return `Filename.BaseFilename and Filename.Path must both be specified before ${what} can occur`;
    }
    return 'Invalid value for SetRunMode command';
  }

  #stop(): void {
    if (!this.#board.isRunning) return;
    this.#board.stop();
    const waiting = this.#waiting;
    this.#waiting = [];
    // What waited behind the run is answered after all that came later.
    queueMicrotask(() => this.#carryOut(waiting, 2));
  }

  /** The whole run ends, with a flood of complaints. */
  #stall(): void {
    this.#stop();
    for (let complaint = 0; complaint < 30; complaint++) this.say('Board must be running in order to stop');
  }
}

function* pieces(bytes: Uint8Array, size = bytes.length): Iterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
