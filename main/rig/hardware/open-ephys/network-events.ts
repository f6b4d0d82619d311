// Commands of the Network Events plugin, each with its answer read and what it changed asked for again; runs in the rig thread.
// Source: open-ephys-plugins/network-events, Source/NetworkEvents.cpp (handleSpecialMessages), and its page in the GUI's manual.
import type { Disposable } from '../../../../common/base/disposable.ts';
import { OpenEphysError } from './open-ephys-problem.ts';
import { type ZmqAddress, ZmqQuestions } from './zmq-socket.ts';

export const networkEventsPort = 5556;
export const ttlLines = 256;
const textMaxCharacters = 1000;

/** Whatever begins with one of these is carried out, in any case of letters. */
const commands = [
  'StartAcquisition',
  'StopAcquisition',
  'StartRecord',
  'StopRecord',
  'IsAcquiring',
  'IsRecording',
  'GetNodeID',
  'GetRecordingPath',
  'GetRecordingNumber',
  'GetExperimentNumber',
  'TTL',
].map((command) => command.toLowerCase());

/** What a recording of the GUI is called. */
export interface RecordingNames {
  readonly folder?: string;
  readonly prependText?: string;
  readonly appendText?: string;
  readonly isNewFolder?: boolean;
}

export class NetworkEvents implements Disposable {
  readonly #line: ZmqQuestions;

  /** @throws OpenEphysError when the plugin is not there */
  static async connect(address: ZmqAddress, answerMilliseconds = 2000): Promise<NetworkEvents> {
    return new NetworkEvents(await ZmqQuestions.open(address, answerMilliseconds));
  }

  private constructor(line: ZmqQuestions) {
    this.#line = line;
  }

  isAcquiring(): Promise<boolean> {
    return this.#isTrue('IsAcquiring');
  }

  isRecording(): Promise<boolean> {
    return this.#isTrue('IsRecording');
  }

  /** @throws OpenEphysError when the GUI does not acquire afterwards */
  async startAcquisition(): Promise<void> {
    await this.#command('StartAcquisition', 'StartedAcquisition');
    if (!(await this.isAcquiring())) throw new OpenEphysError('did-not-start', 'the GUI does not acquire');
  }

  /** @throws OpenEphysError when the GUI acquires afterwards */
  async stopAcquisition(): Promise<void> {
    await this.#command('StopAcquisition', 'StoppedAcquisition');
    if (await this.isAcquiring()) throw new OpenEphysError('did-not-stop', 'the GUI still acquires');
  }

  /** A recording that goes on already is refused: its names cannot be changed. @throws OpenEphysError when the GUI does not record afterwards */
  async startRecording(names: RecordingNames = {}): Promise<void> {
    if (await this.isRecording()) throw new OpenEphysError('refused', 'the GUI records already');
    const { folder, prependText, appendText, isNewFolder } = names;
    const options = [
      ...(isNewFolder === true ? ['CreateNewDir=1'] : []),
      ...named('RecDir', folder),
      ...named('PrependText', prependText),
      ...named('AppendText', appendText),
    ];
    await this.#command(['StartRecord', ...options].join(' '), 'StartedRecording');
    if (!(await this.isRecording())) throw new OpenEphysError('not-recording', 'the GUI does not record');
  }

  /** @throws OpenEphysError when the GUI records afterwards */
  async stopRecording(): Promise<void> {
    await this.#command('StopRecord', 'StoppedRecording');
    if (await this.isRecording()) throw new OpenEphysError('did-not-stop', 'the GUI still records');
  }

  /**
   * Puts an event on a TTL line of all streams behind the plugin, at the first sample of its next block. The answer says that the GUI has taken it; while
   * the GUI does not acquire it forgets it, so that is refused here. @param line 1 to 256 @throws OpenEphysError
   */
  async setTtl(line: number, isOn: boolean): Promise<void> {
    if (!Number.isInteger(line) || line < 1 || line > ttlLines)
      throw new OpenEphysError('no-such-line', `${line} is no TTL line`);
    if (!(await this.isAcquiring()))
      throw new OpenEphysError('refused', 'the GUI does not acquire: it would forget the event');
    const what = `Line=${line} State=${isOn ? 1 : 0}`;
    await this.#command(`TTL ${what}`, `TTLHandled: ${what}`);
  }

  /** A note in the GUI's recording; while the GUI does not acquire it keeps it for the next acquisition. @throws OpenEphysError */
  async annotate(text: string): Promise<void> {
    const first = text.split(' ', 1)[0]!.toLowerCase();
    if (commands.includes(first))
      throw new OpenEphysError('text-is-a-command', `'${text.slice(0, 100)}' begins with a command`);
    await this.#command(whole(text), 'NotHandled');
  }

  dispose(): void {
    this.#line.dispose();
  }

  async #isTrue(question: string): Promise<boolean> {
    const answer = await this.#line.ask(question);
    if (answer === '1' || answer === '0') return answer === '1';
    throw new OpenEphysError('answer-not-understood', `the GUI answered '${answer.slice(0, 200)}' to '${question}'`);
  }

  async #command(command: string, expected: string): Promise<void> {
    const answer = await this.#line.ask(command);
    if (answer !== expected)
      throw new OpenEphysError('refused', `the GUI answered '${answer.slice(0, 200)}' to '${command}'`);
  }
}

/** @throws OpenEphysError unless it is one line that can be sent as it is */
function whole(text: string): string {
  if (text.trim() !== '' && text.length <= textMaxCharacters && !/\p{Cc}/u.test(text)) return text;
  throw new OpenEphysError(
    'not-whole-text',
    `'${text.slice(0, 100)}' is no single line of 1 to ${textMaxCharacters} characters`,
  );
}

/** The GUI splits at blanks outside of quotation marks and knows no way to write one inside. */
function named(key: string, value: string | undefined): string[] {
  if (value === undefined) return [];
  if (/["']/.test(value)) throw new OpenEphysError('not-whole-text', `'${value}' has quotation marks`);
  return [`${key}="${whole(value)}"`];
}
