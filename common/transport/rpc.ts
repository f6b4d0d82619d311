// Commands and notices over a port: the page's side and the core's side of the same small protocol.
import type { CommandAnswers, CommandName, CommandRefusal, CommandRequest, CoreNotice } from '../contract/commands.ts';
import { commandRequests } from '../contract/commands.ts';
import type { ReviewQueryName } from '../contract/review.ts';
import type { Port, PortMessage } from './port.ts';
import { unpackSections } from './sections.ts';

/** The answer to a command: what was asked for, or a refusal in words. */
export type CommandOutcome<N extends CommandName> = { answer: CommandAnswers[N] } | { refusal: CommandRefusal };

/** An answer in sections, packed by whoever knew it: large arrays are not made text. */
export interface PackedAnswer {
  packed: Uint8Array;
}

/**
 * An answer in bytes: u32 0 (a message of the live stream begins with the length of its text, which is not 0), u32 id of the question,
 * then sections: the plain values of the answer, and its arrays.
 */
const packedAt = 8;

interface Question {
  id: number;
  command: string;
  request: unknown;
}
type Reply = { id: number; answer: unknown } | { id: number; refusal: CommandRefusal };

/** The page's side. */
export class CommandClient {
  #port: Port;
  #nextId = 1;
  #waiting = new Map<number, (outcome: { answer: never } | { refusal: CommandRefusal }) => void>();
  #onNotice: (notice: CoreNotice) => void;
  #onBytes: (bytes: Uint8Array) => void;

  constructor(port: Port, onNotice: (notice: CoreNotice) => void, onBytes: (bytes: Uint8Array) => void) {
    this.#port = port;
    this.#onNotice = onNotice;
    this.#onBytes = onBytes;
    port.onClose(() => {
      const refusal: CommandRefusal = {
        code: 'failed',
        what: 'the connection to the rig ended',
        cure: 'Reload the page; the rig itself goes on.',
      };
      for (const settle of this.#waiting.values()) settle({ refusal });
      this.#waiting.clear();
    });
    port.receive((message) => this.#take(message));
  }

  /** Gives a command; the promise never rejects. */
  call<N extends CommandName>(command: N, request: CommandRequest<N>): Promise<CommandOutcome<N>> {
    const id = this.#nextId++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#port.send(JSON.stringify({ id, command, request } satisfies Question));
    });
  }

  #take(message: PortMessage): void {
    if (typeof message !== 'string') {
      const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
      if (message.length < packedAt || view.getUint32(0, true) !== 0) return this.#onBytes(message);
      const { header, arrays } = unpackSections<object, object>(message.subarray(packedAt));
      return this.#settle(view.getUint32(4, true), { answer: { ...header, ...arrays } as never });
    }
    const parsed = JSON.parse(message) as Reply | CoreNotice;
    if ('notice' in parsed) {
      this.#onNotice(parsed);
      return;
    }
    const { id, ...outcome } = parsed;
    this.#settle(id, outcome as { answer: never } | { refusal: CommandRefusal });
  }

  #settle(id: number, outcome: { answer: never } | { refusal: CommandRefusal }): void {
    const settle = this.#waiting.get(id);
    this.#waiting.delete(id);
    settle?.(outcome);
  }
}

/** What a handler answers: questions about recorded sessions may be answered in bytes. */
export type HandlerOutcome<N extends CommandName> = N extends ReviewQueryName
  ? CommandOutcome<N> | PackedAnswer
  : CommandOutcome<N>;

/** Runs the commands of one page. Every command of the contract has exactly one handler. */
export type CommandHandlers = {
  [N in CommandName]: (request: CommandRequest<N>) => Promise<HandlerOutcome<N>> | HandlerOutcome<N>;
};

/** The core's side: checks each request against the contract before its handler sees it. */
export function serveCommands(port: Port, handlers: CommandHandlers): void {
  const reply = (message: Reply) => port.send(JSON.stringify(message));
  port.receive((message) => {
    if (typeof message !== 'string') return;
    let question: Question;
    try {
      question = JSON.parse(message) as Question;
    } catch {
      return;
    }
    const { id, command, request } = question;
    if (!Object.hasOwn(commandRequests, command)) {
      reply({
        id,
        refusal: {
          code: 'invalid',
          what: `there is no command '${command}'`,
          cure: 'Page and core are of different versions: reload the page.',
        },
      });
      return;
    }
    const name = command as CommandName;
    const checked = commandRequests[name].safeParse(request);
    if (!checked.success) {
      const first = checked.error.issues[0];
      reply({
        id,
        refusal: {
          code: 'invalid',
          what: `${command}: ${first?.path.join('.') ?? ''} ${first?.message ?? 'invalid'}`,
          cure: 'Correct the value.',
        },
      });
      return;
    }
    const handle = handlers[name] as (
      request: unknown,
    ) => Promise<HandlerOutcome<CommandName>> | HandlerOutcome<CommandName>;
    Promise.resolve()
      .then(() => handle(checked.data))
      .then(
        (outcome) => {
          if ('packed' in outcome) sendPacked(port, id, outcome);
          else reply({ id, ...outcome });
        },
        (error: unknown) =>
          reply({
            id,
            refusal: {
              code: 'failed',
              what: String(error instanceof Error ? error.message : error),
              cure: 'Look at the log; the rig disarms when it finds a mistake in itself.',
            },
          }),
      );
  });
}

function sendPacked(port: Port, id: number, { packed }: PackedAnswer): void {
  const message = new Uint8Array(packedAt + packed.length);
  new DataView(message.buffer).setUint32(4, id, true);
  message.set(packed, packedAt);
  port.send(message);
}

/** Sends a notice to a page. */
export function sendNotice(port: Port, notice: CoreNotice): void {
  port.send(JSON.stringify(notice));
}
