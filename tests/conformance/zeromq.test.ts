// Our ends of ZeroMQ against libzmq itself, which runs in a process of its own: its binding ends a process whose threads it runs in.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../common/base/disposable.ts';
import { subscribe, ZmqQuestions } from '../../main/rig/hardware/open-ephys/zmq-socket.ts';
import { Publisher, Responder } from '../../main/virtual-rig/open-ephys/zmq-server.ts';

const program = join(import.meta.dirname, '..', 'support', 'libzmq-peer.mjs');
const host = '127.0.0.1';
/** Lengths on both sides of where frames change their form, and a block of 6,000 samples. */
const lengths = [0, 1, 255, 256, 24_000];

let store = new DisposableStore();
let whyNot: string | undefined;

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

class Peer {
  readonly #process: ChildProcess;
  readonly #heard: unknown[] = [];
  #wake: (() => void) | undefined;

  constructor(...args: string[]) {
    this.#process = fork(program, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    store.onDispose(() => this.#process.kill());
    const hear = (message: unknown) => {
      this.#heard.push(message);
      this.#wake?.();
    };
    this.#process.on('message', hear);
    this.#process.on('exit', (code) => hear({ exit: code }));
  }

  send(message: object | string): void {
    this.#process.send(message);
  }

  async hear<T>(): Promise<T> {
    while (this.#heard.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    // The program of the other end is known.
    return this.#heard.shift() as T;
  }
}

async function start(kind: 'pub' | 'rep'): Promise<{ peer: Peer; port: number }> {
  const peer = new Peer(kind);
  const { endpoint } = await peer.hear<{ endpoint: string }>();
  return { peer, port: Number(endpoint.split(':').at(-1)) };
}

const frames = (length: number) => [
  new TextEncoder().encode('DATA\0'),
  Uint8Array.from({ length }, (_, at) => at & 0xff),
];
const asBase64 = (parts: readonly Uint8Array[]) => parts.map((part) => Buffer.from(part).toString('base64'));

beforeAll(async () => {
  const found = await new Peer('rep').hear<{ exit?: number }>();
  if (found.exit !== undefined) whyNot = 'libzmq has no binary for this computer';
  store.dispose();
  store = new DisposableStore();
});

describe('against libzmq', () => {
  it('a subscription hears a publisher, whatever the lengths', async (context) => {
    if (whyNot !== undefined) context.skip(whyNot);
    const { peer, port } = await start('pub');
    const heard: string[][] = [];
    let wake: () => void = () => {};
    store.add(
      await subscribe(
        { host, port },
        {
          onMessage: (parts) => {
            heard.push(asBase64(parts));
            wake();
          },
          onClosed: () => {},
        },
      ),
    );
    // What a publisher sends before it has read the subscription is lost, so the first goes until it is heard.
    const knock = setInterval(() => peer.send(asBase64(frames(3))), 10);
    await new Promise<void>((resolve) => (wake = resolve));
    clearInterval(knock);
    for (const length of lengths) peer.send(asBase64(frames(length)));
    const last = asBase64(frames(lengths.at(-1)!)).join();
    while (heard.at(-1)?.join() !== last) await new Promise<void>((resolve) => (wake = resolve));
    const knocks = asBase64(frames(3)).join();
    expect(heard.filter((each) => each.join() !== knocks)).toEqual(lengths.map((length) => asBase64(frames(length))));
  });

  it('questions are answered', async (context) => {
    if (whyNot !== undefined) context.skip(whyNot);
    const { port } = await start('rep');
    const questions = store.add(await ZmqQuestions.open({ host, port }, 2000));
    expect(await Promise.all([questions.ask('first'), questions.ask('Zweite ä'.repeat(100))])).toEqual([
      'you said first',
      `you said ${'Zweite ä'.repeat(100)}`,
    ]);
  });

  it('a socket of another kind is known by its name', async (context) => {
    if (whyNot !== undefined) context.skip(whyNot);
    const { port } = await start('rep');
    const subscription = subscribe({ host, port }, { onMessage: () => {}, onClosed: () => {} });
    await expect(subscription).rejects.toMatchObject({ problem: { code: 'not-zeromq' } });
  });

  it('the emulated plugins are heard and answer', async (context) => {
    if (whyNot !== undefined) context.skip(whyNot);
    const publisher = store.add(new Publisher());
    const responder = store.add(new Responder((question) => `${question}!`));
    await publisher.listen(0);
    await responder.listen(0);
    const subscriber = new Peer('sub', `tcp://${host}:${publisher.port}`);
    const knock = setInterval(() => publisher.publish(frames(300)), 10);
    await subscriber.hear();
    expect(await subscriber.hear()).toEqual({ frames: asBase64(frames(300)) });
    clearInterval(knock);
    const asker = new Peer('req', `tcp://${host}:${responder.port}`);
    await asker.hear();
    asker.send('IsAcquiring');
    expect(await asker.hear()).toEqual({ answer: 'IsAcquiring!' });
  });
});
