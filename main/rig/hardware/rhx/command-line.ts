// The one command connection to RHX: one command at a time, each alone in its packet, answers matched by what was asked; runs in the rig thread.
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Disposable } from '../../../../common/base/disposable.ts';
import { Emitter } from '../../../../common/base/event.ts';
import { literalAddress } from './literal-address.ts';
import { complaint, findReply, hasBegun, type ReplyKind, type RunMode, runModes, stallSentence } from './reply.ts';
import { type RhxProblem, RhxError } from './rhx-problem.ts';

/** ms. */
export interface CommandTimes {
  /** An answer later than this is lost, and RunMode is asked to learn whether RHX answers at all. */
  readonly answer: number;
  /** Nothing is sent so long after `set runmode run`: RHX would read it together with it, and answer when the run ends. */
  readonly alone: number;
}

export const commandTimes: CommandTimes = { answer: 2000, alone: 100 };

/** Text is kept up to this: a stalled RHX floods. */
const keptCharacters = 65_536;
/** Longer commands may be read by RHX in pieces, and a piece is another command. */
const commandMaxCharacters = 1000;
/** ASCII without the separator, each word there: a verb without its words ends RHX. */
const wholeCommand = /^(?:get [!-:<-~]+|set [!-:<-~]+ [!-:<-~]+|execute [!-:<-~]+(?: [!-:<-~]+)?)$/;
/** Changes what µA mean inside RHX, not in the chip: later currents would be wrong. */
const forbidden = /^set (?:stimstepsize|uploadinprogress)/i;

export class CommandLine implements Disposable {
  readonly #socket: Socket;
  readonly #times: CommandTimes;
  readonly #unsolicited = new Emitter<string>();
  readonly #closed = new Emitter<RhxProblem>();
  /** What RHX said that nobody had asked for. */
  readonly onUnsolicited = this.#unsolicited.event;
  /** Fires once, and not after `dispose`. */
  readonly onClosed = this.#closed.event;
  readonly #roundTripsNs: number[] = [];
  #text = '';
  /** Of the newest question: what else came with its answer. */
  #remarks = '';
  #ended: RhxProblem | undefined;
  #isDisposed = false;
  #wake: () => void = () => {};
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * @param host a literal IPv4 address
   * @throws RhxError when it is none, or nobody listens
   */
  static async open(host: string, port: number, times: CommandTimes = commandTimes): Promise<CommandLine> {
    return new CommandLine(await openRhxSocket(literalAddress(host), port), times);
  }

  private constructor(socket: Socket, times: CommandTimes) {
    this.#socket = socket;
    this.#times = times;
    socket.setEncoding('latin1');
    socket.on('data', (text: unknown) => {
      this.#text = (this.#text + String(text)).slice(-keptCharacters);
      this.#wake();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#ended = { code: 'command-closed', message: 'RHX closed the command connection' };
      this.#wake();
      if (!this.#isDisposed) this.#closed.fire(this.#ended);
    });
  }

  /** From a question to its answer, ns, the newest thousand. */
  get roundTripsNs(): readonly number[] {
    return this.#roundTripsNs;
  }

  /** Asks for a parameter. @throws RhxError when RHX does not know it, or does not answer */
  get(parameter: string, kind: ReplyKind): Promise<string> {
    return this.#inTurn(() => this.#ask(parameter, kind));
  }

  async getNumber(parameter: string): Promise<number> {
    return Number(await this.get(parameter, 'number'));
  }

  async getBoolean(parameter: string): Promise<boolean> {
    return (await this.get(parameter, ['True', 'False'])) === 'True';
  }

  async getRunMode(): Promise<RunMode> {
    // The pattern of the answer holds no other words.
    return (await this.get('runmode', runModes)) as RunMode;
  }

  /**
   * Sets and reads back. RHX acknowledges nothing, so only what it then says counts.
   * @param kind of the answer; numbers are compared with RHX's 6 significant digits
   * @throws RhxError with RHX's own words when it holds another value afterwards
   */
  set(parameter: string, value: string | number | boolean, kind: ReplyKind): Promise<void> {
    return this.#inTurn(async () => {
      this.#send(`set ${parameter} ${value}`);
      const held = await this.#ask(parameter, kind);
      if (isSame(held, value)) return;
      throw new RhxError('setting-not-taken', `RHX holds ${parameter} = ${held}, not ${value}${this.#saying()}`);
    });
  }

  /**
   * An action, or a change of the run mode to Stop: RHX answers only when it refuses. @throws RhxError with its words
   * @param check is made when its turn has come, immediately before it is sent; what it throws keeps it from being sent
   */
  act(command: string, check: () => void = () => {}): Promise<void> {
    return this.#inTurn(async () => {
      check();
      this.#send(command);
      await this.#ask('runmode', runModes);
      const remarks = this.#remarks.replaceAll(stallSentence, '');
      if (complaint.test(remarks)) throw new RhxError('refused', `RHX refused '${command}': ${remarks.trim()}`);
    });
  }

  /** Starts the board: alone in its packet, with nothing before or after it. */
  run(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#ask('runmode', runModes);
      this.#send('set runmode run');
      await wait(this.#times.alone);
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#socket.destroy();
    this.#unsolicited.dispose();
    this.#closed.dispose();
  }

  #saying(): string {
    return this.#remarks === '' ? '' : `; it says: ${this.#remarks}`;
  }

  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(step);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  #send(command: string): void {
    if (this.#ended !== undefined) throw new RhxError(this.#ended.code, this.#ended.message);
    if (forbidden.test(command)) throw new RhxError('forbidden', `'${command}' is never sent`);
    if (command.length > commandMaxCharacters || !wholeCommand.test(command))
      throw new RhxError('forbidden', `'${command}' is not one whole command`);
    this.#socket.write(`;${command};`, 'latin1');
  }

  async #ask(parameter: string, kind: ReplyKind): Promise<string> {
    this.#tellUnsolicited();
    const sentNs = process.hrtime.bigint();
    this.#send(`get ${parameter}`);
    const isWords = typeof kind === 'object';
    const deadlineMs = performance.now() + this.#times.answer;
    // A number or a text may go on in the next segment: it is whole when the answer to a second question has come.
    if (!isWords) await this.#until(deadlineMs, () => hasBegun(parameter, this.#text) || complaint.test(this.#text));
    this.#noteRoundTrip(sentNs);
    if (!isWords) this.#send('get runmode');
    const found = await this.#until(deadlineMs, () => {
      const receipt = isWords ? undefined : findReply('runmode', runModes, this.#text, false);
      const text = isWords ? this.#text : receipt && this.#text.slice(0, receiptAt(this.#text));
      const reply = text === undefined ? undefined : findReply(parameter, kind, text, !isWords);
      if (reply !== undefined) return reply;
      return receipt !== undefined || (isWords && isUnknown(this.#text)) ? 'not-there' : undefined;
    });
    if (isWords) this.#noteRoundTrip(sentNs);
    const text = this.#text;
    this.#text = '';
    if (found === undefined) return this.#failed(parameter, text);
    if (found === 'not-there') {
      const isKnown = !isUnknown(text);
      throw isKnown
        ? new RhxError('answer-not-understood', `RHX answered '${text.slice(0, 200)}' when asked for ${parameter}`)
        : new RhxError('unknown-parameter', `RHX does not know ${parameter}`);
    }
    this.#remarks = found.rest;
    if (found.rest !== '') this.#unsolicited.fire(found.rest);
    return found.value;
  }

  /** No answer in time: a question whose answer is always the same kind tells whether RHX hears at all. */
  async #failed(parameter: string, heard: string): Promise<never> {
    if (heard !== '') this.#unsolicited.fire(heard);
    if (this.#ended !== undefined) throw new RhxError(this.#ended.code, this.#ended.message);
    this.#send('get runmode');
    const deadlineMs = performance.now() + this.#times.answer;
    const probe = await this.#until(deadlineMs, () => findReply('runmode', runModes, this.#text, false));
    this.#text = '';
    const outcome = probe === undefined ? 'nor when asked for RunMode' : `but says RunMode ${probe.value}`;
    throw new RhxError(
      'no-answer',
      `RHX did not answer in ${this.#times.answer} ms when asked for ${parameter}, ${outcome}`,
    );
  }

  async #until<T>(deadlineMs: number, check: () => T | undefined | false): Promise<T | undefined> {
    for (;;) {
      const found = check();
      if (found !== undefined && found !== false) return found;
      const leftMs = deadlineMs - performance.now();
      if (leftMs <= 0 || this.#ended !== undefined) return undefined;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = () => {};
    }
  }

  #noteRoundTrip(sentNs: bigint): void {
    this.#roundTripsNs.push(Number(process.hrtime.bigint() - sentNs));
    if (this.#roundTripsNs.length > 1000) this.#roundTripsNs.shift();
  }

  #tellUnsolicited(): void {
    if (this.#text !== '') this.#unsolicited.fire(this.#text);
    this.#text = '';
  }
}

function isUnknown(text: string): boolean {
  return text.includes('Unrecognized parameter');
}

/** Where the last answer about RunMode begins. */
function receiptAt(text: string): number {
  return text.lastIndexOf('Return: RunMode ');
}

/** Whether RHX holds what was asked for: numbers to its 6 significant digits, words in any case. */
export function isSame(held: string, value: string | number | boolean): boolean {
  if (typeof value !== 'number') return held.toLowerCase() === String(value).toLowerCase();
  const number = Number(held);
  return held.trim() !== '' && Math.abs(number - value) <= Math.abs(value) * 1e-5;
}

/** @throws RhxError with what to click when it cannot be opened */
export function openRhxSocket(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code === 'ECONNREFUSED' ? 'not-listening' : 'unreachable';
      reject(new RhxError(code, `nobody answers at ${host}:${port} (${error.code ?? error.message})`));
    });
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}
