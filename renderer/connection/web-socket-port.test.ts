import { expect, test } from 'vitest';
import type { PortMessage } from '../../common/transport/port.ts';
import { FakeSocket } from './fake-socket.ts';
import { WebSocketPort } from './web-socket-port.ts';

test('text stays text, array buffers become bytes, and what comes before the receiver is kept', () => {
  const socket = new FakeSocket();
  const port = new WebSocketPort(socket);
  const received: PortMessage[] = [];
  socket.arrive('first');
  port.receive((message) => received.push(message));
  socket.arrive(new Uint8Array([1, 2]).buffer);
  expect(received).toEqual(['first', new Uint8Array([1, 2])]);
});

test('the loss of the other side is told once, and nothing is sent after it', () => {
  const socket = new FakeSocket();
  const port = new WebSocketPort(socket);
  let closed = 0;
  port.onClose(() => closed++);
  port.send('stop');
  socket.lose();
  port.dispose();
  port.send('stop');
  expect(closed).toBe(1);
  expect(socket.sent).toEqual(['stop']);
});
