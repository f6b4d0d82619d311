import { expect, test } from 'vitest';
import type { PortMessage } from '../../common/transport/port.ts';
import { type MessageChannelEnd, MessagePortPort } from './message-port-port.ts';

class FakeEnd implements MessageChannelEnd {
  onmessage: MessageChannelEnd['onmessage'] = null;
  readonly posted: unknown[] = [];
  isStarted = false;
  isClosed = false;
  #onClose: () => void = () => undefined;

  addEventListener(type: string, listener: unknown): void {
    if (type === 'close') this.#onClose = listener as () => void;
  }
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
  start(): void {
    this.isStarted = true;
  }
  close(): void {
    this.isClosed = true;
  }
  arrive(data: unknown): void {
    this.onmessage?.call(this as unknown as MessagePort, { data } as MessageEvent);
  }
  lose(): void {
    this.#onClose();
  }
}

test('text and bytes go both ways', () => {
  const end = new FakeEnd();
  const port = new MessagePortPort(end);
  const received: PortMessage[] = [];
  port.receive((message) => received.push(message));
  expect(end.isStarted).toBe(true);
  end.arrive('{"id":1}');
  end.arrive(new Uint8Array([1, 2]));
  end.arrive(new Uint8Array([3]).buffer);
  end.arrive({ neither: 'nor' });
  expect(received).toEqual(['{"id":1}', new Uint8Array([1, 2]), new Uint8Array([3])]);
  port.send('stop');
  expect(end.posted).toEqual(['stop']);
});

test('the loss of the other side is told once, and nothing is sent after it', () => {
  const end = new FakeEnd();
  const port = new MessagePortPort(end);
  let closed = 0;
  port.onClose(() => closed++);
  end.lose();
  port.dispose();
  port.send('stop');
  expect(closed).toBe(1);
  expect(end.posted).toEqual([]);
});
