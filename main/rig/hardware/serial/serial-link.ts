// The rig's end of the line to the program that has a serial stimulator open: questions and answers; runs in the rig thread.
import type { Disposable } from '../../../../common/base/disposable.ts';
import { Emitter } from '../../../../common/base/event.ts';
import {
  decodeAnswer,
  decodeLost,
  encodeQuestion,
  encodeSerialHello,
  type SerialAnswer,
  serialMessage,
  serialPayloadBytesMax,
  type SerialQuestion,
} from '../../../../common/serial-protocol/serial-program.ts';
import { FrameDecoder, FrameError } from '../../../../common/transport/frame.ts';
import type { DeviceTransport } from '../device-transport.ts';
import { openSocket } from '../open-socket.ts';

const connectMilliseconds = 20_000;
/** Beyond the sum of all that a question makes the program wait for. */
const answerMilliseconds = 30_000;

/** The one of the answers that a question has, where nothing goes wrong. */
type AnswerTo = { prepare: 'prepared'; verify: 'verified'; fire: 'fired' };
type Answered<Kind extends keyof AnswerTo> = Extract<SerialAnswer, { kind: AnswerTo[Kind] | 'refused' }>;

interface Awaited {
  readonly resolve: (answer: SerialAnswer) => void;
  readonly reject: (error: Error) => void;
  readonly late: NodeJS.Timeout;
}

/** Disposing ends the program, which tells the device to stop. */
export class SerialLink implements Disposable {
  readonly #transport: DeviceTransport;
  readonly #awaited = new Map<number, Awaited>();
  readonly #lost = new Emitter<string>();
  /** Fires once: the device, its line or its program is gone. Not after `dispose`. */
  readonly onLost = this.#lost.event;
  #ended: string | undefined;
  #questions = 0;

  /** @throws Error when the program cannot be reached */
  static async connect(address: string, token: string): Promise<SerialLink> {
    return new SerialLink(await openSocket(address, connectMilliseconds), token);
  }

  constructor(transport: DeviceTransport, token: string) {
    this.#transport = transport;
    const decoder = new FrameDecoder(serialPayloadBytesMax, (type, payload) => this.#take(type, payload));
    transport.onData((bytes) => {
      try {
        if (this.#ended === undefined) decoder.push(bytes);
      } catch (error) {
        if (!(error instanceof FrameError)) throw error;
        this.#lose(error.message);
      }
    });
    transport.onClosed(() => this.#lose('its program has ended'));
    transport.write(encodeSerialHello(token));
  }

  /** @throws Error with what happened and what to do: then it is not known what the device has done */
  async ask<Q extends SerialQuestion>(question: Q): Promise<Answered<Q['kind']>> {
    if (this.#ended !== undefined) throw new Error(this.#ended);
    const id = ++this.#questions;
    const answer = await new Promise<SerialAnswer>((resolve, reject) => {
      const late = setTimeout(() => this.#lose('its program does not answer'), answerMilliseconds);
      this.#awaited.set(id, { resolve, reject, late });
      this.#transport.write(encodeQuestion({ id, question }));
    });
    if (answer.kind === 'failed') throw new Error(answer.message);
    if (isAnswerTo(question, answer)) return answer;
    this.#lose(`its program answers ${question.kind} with ${answer.kind}`);
    throw new Error(this.#ended);
  }

  dispose(): void {
    this.#lost.dispose();
    this.#lose('the line was closed');
  }

  #take(type: number, payload: Uint8Array): void {
    if (type === serialMessage.lost) return this.#lose(decodeLost(payload)?.message ?? 'the device is gone');
    const answered = type === serialMessage.answer ? decodeAnswer(payload) : undefined;
    const awaited = answered === undefined ? undefined : this.#awaited.get(answered.id);
    if (answered === undefined || awaited === undefined)
      return this.#lose('its program said what nobody had asked for');
    clearTimeout(awaited.late);
    this.#awaited.delete(answered.id);
    awaited.resolve(answered.answer);
  }

  #lose(message: string): void {
    if (this.#ended !== undefined) return;
    this.#ended = message;
    this.#transport.destroy();
    for (const { reject, late } of this.#awaited.values()) {
      clearTimeout(late);
      reject(new Error(message));
    }
    this.#awaited.clear();
    this.#lost.fire(message);
  }
}

const answerTo: AnswerTo = { prepare: 'prepared', verify: 'verified', fire: 'fired' };

function isAnswerTo<Q extends SerialQuestion>(question: Q, answer: SerialAnswer): answer is Answered<Q['kind']> {
  return answer.kind === 'refused' || answer.kind === answerTo[question.kind];
}
