// A port whose other end is the test, for tests of whatever talks to another thread.
import { once } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

export interface OtherEnd<Sent, Said> {
  /** What has come so far, oldest first. */
  readonly sent: Sent[];
  /** Waits until so many messages have come. */
  received(count: number): Promise<void>;
  /** Says this; resolves when it has been heard. */
  say(...messages: Said[]): Promise<void>;
  /** Closes both ends; resolves when both know. */
  close(): Promise<void>;
}

/** @param take makes what is under test, which listens at the port first. Both ends are closed when `body` is through. */
export async function withOtherEnd<Line, Sent, Said>(
  take: (port: MessagePort) => Line,
  body: (line: Line, other: OtherEnd<Sent, Said>) => Promise<void>,
): Promise<void> {
  const { port1: own, port2: others } = new MessageChannel();
  const line = take(own);
  const sent: Sent[] = [];
  let [said, heard] = [0, 0];
  own.on('message', () => void heard++);
  others.on('message', (message: Sent) => void sent.push(message));
  const closed = Promise.all([once(own, 'close'), once(others, 'close')]);
  const close = async () => {
    others.close();
    await closed;
  };
  try {
    await body(line, {
      sent,
      async received(count) {
        while (sent.length < count) await once(others, 'message');
      },
      async say(...messages) {
        for (const message of messages) others.postMessage(message);
        said += messages.length;
        while (heard < said) await once(own, 'message');
      },
      close,
    });
  } finally {
    await close();
  }
}
