// The page's connection to the core: opens it, opens it again when it is lost, carries commands. Runs in the page.
import type { Disposable } from '../../common/base/disposable.ts';
import type { CommandName, CommandRefusal, CommandRequest, CoreNotice } from '../../common/contract/commands.ts';
import type { Port } from '../../common/transport/port.ts';
import { CommandClient, type CommandOutcome } from '../../common/transport/rpc.ts';
import type { PageTime } from '../time/page-time.ts';
import type { Transport } from './transport.ts';

export interface LinkListeners {
  /** A connection is there; commands may be given. */
  onOpen(): void;
  onNotice(notice: CoreNotice): void;
  onBytes(bytes: Uint8Array): void;
}

/** First wait before trying again, and the longest: on return the page must show the truth within a second. */
const firstWaitMs = 100;
const longestWaitMs = 800;

export class CoreLink implements Disposable {
  /** 'lost' until an attempt succeeds, however many fail. */
  state = $state<'connecting' | 'open' | 'lost'>('connecting');
  readonly #transport: Transport;
  readonly #time: PageTime;
  readonly #listeners: LinkListeners;
  #attempt: Disposable | undefined;
  #wait: Disposable | undefined;
  #waitMs = firstWaitMs;
  #port: Port | undefined;
  #client: CommandClient | undefined;
  #isDisposed = false;

  constructor(transport: Transport, time: PageTime, listeners: LinkListeners) {
    this.#transport = transport;
    this.#time = time;
    this.#listeners = listeners;
  }

  /** What a person can do about a lost connection. */
  get cure(): string {
    return this.#transport.cure;
  }

  open(): void {
    this.#attempt = this.#transport.open(
      (port) => this.#take(port),
      () => this.#lose(),
    );
  }

  /** Gives a command. Never rejects: without a connection it is refused in words. */
  call<N extends CommandName>(command: N, request: CommandRequest<N>): Promise<CommandOutcome<N>> {
    if (this.#client !== undefined) return this.#client.call(command, request);
    const refusal: CommandRefusal = { code: 'failed', what: 'There is no connection to the rig.', cure: this.cure };
    return Promise.resolve({ refusal });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#attempt?.dispose();
    this.#wait?.dispose();
    this.#port?.dispose();
  }

  #take(port: Port): void {
    this.#port = port;
    this.#waitMs = firstWaitMs;
    this.#client = new CommandClient(
      port,
      (notice) => this.#listeners.onNotice(notice),
      (bytes) => this.#listeners.onBytes(bytes),
    );
    port.onClose(() => this.#lose());
    this.state = 'open';
    this.#listeners.onOpen();
  }

  #lose(): void {
    this.#client = undefined;
    this.#port = undefined;
    this.#attempt?.dispose();
    this.#wait?.dispose();
    if (this.#isDisposed) return;
    this.state = 'lost';
    this.#wait = this.#time.after(this.#waitMs, () => this.open());
    this.#waitMs = Math.min(2 * this.#waitMs, longestWaitMs);
  }
}
