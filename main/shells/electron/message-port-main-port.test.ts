// The core's end of the page's channel behaves like every other port.
import type { MessagePortMain } from 'electron';
import { expect, test } from 'vitest';
import type { PortMessage } from '../../../common/transport/port.ts';
import { FakeMessageChannelMain } from './fake-electron.ts';
import { MessagePortMainPort } from './message-port-main-port.ts';

function connect() {
  const { port1, port2: page } = new FakeMessageChannelMain();
  const port = new MessagePortMainPort(port1 as unknown as MessagePortMain);
  const heardByPage: unknown[] = [];
  page.on('message', ({ data }: { data: unknown }) => heardByPage.push(data));
  page.start();
  return { port, page, heardByPage };
}

test('text and bytes arrive in order, those too that came before there was a receiver', () => {
  const { port, page } = connect();
  page.postMessage('first');
  const heard: PortMessage[] = [];
  port.receive((message) => heard.push(message));
  page.postMessage(new Uint8Array([1, 2]));
  expect(heard).toEqual(['first', new Uint8Array([1, 2])]);
});

test('what is neither text nor bytes is not handed on', () => {
  const { port, page } = connect();
  const heard: PortMessage[] = [];
  port.receive((message) => heard.push(message));
  page.postMessage({ kind: 'object' });
  expect(heard).toEqual([]);
});

test('a part of a buffer travels without the rest of it', () => {
  const { port, heardByPage } = connect();
  port.send(new Uint8Array([1, 2, 3, 4]).subarray(1, 3));
  const [bytes] = heardByPage as [Uint8Array];
  expect([...bytes]).toEqual([2, 3]);
  expect(bytes.buffer.byteLength).toBe(2);
});

test('a page that goes away closes the port once', () => {
  const { port, page } = connect();
  let closed = 0;
  port.onClose(() => closed++);
  page.close();
  port.dispose();
  expect(closed).toBe(1);
});

test('nothing is sent after the port is closed', () => {
  const { port, heardByPage } = connect();
  port.dispose();
  port.send('late');
  expect(heardByPage).toEqual([]);
});
