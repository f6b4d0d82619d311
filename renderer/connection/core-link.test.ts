import { expect, test } from 'vitest';
import { portPair } from '../../common/transport/port-pair.ts';
import type { Port } from '../../common/transport/port.ts';
import { FakePageTime } from '../time/fake-page-time.ts';
import { CoreLink } from './core-link.svelte.ts';
import { FakeSocket } from './fake-socket.ts';
import { webSocketTransport } from './web-socket-transport.ts';

function begin() {
  const time = new FakePageTime();
  const sockets: FakeSocket[] = [];
  const transport = webSocketTransport({ protocol: 'http:', host: '127.0.0.1:4000' }, 'abc', (address, protocols) => {
    const socket = new FakeSocket(address, protocols);
    sockets.push(socket);
    return socket;
  });
  let opened = 0;
  const bytes: Uint8Array[] = [];
  const link = new CoreLink(transport, time, {
    onOpen: () => opened++,
    onNotice: () => undefined,
    onBytes: (message) => bytes.push(message),
  });
  link.open();
  return { time, sockets, link, bytes, opened: () => opened, last: () => sockets.at(-1)! };
}

test('the token travels as the subprotocol and never in the address', () => {
  const { last } = begin();
  expect(last().address).toBe('ws://127.0.0.1:4000/port');
  expect(last().protocols).toEqual(['exocortex.abc']);
  expect(last().binaryType).toBe('arraybuffer');
});

test('commands are refused in words while there is no connection, and answered when there is', async () => {
  const { link, last } = begin();
  expect(await link.call('stop', {})).toMatchObject({ refusal: { what: 'There is no connection to the rig.' } });
  last().accept();
  expect(link.state).toBe('open');
  const outcome = link.call('stop', {});
  expect(JSON.parse(String(last().sent[0]))).toMatchObject({ command: 'stop' });
  last().arrive(JSON.stringify({ id: 1, answer: { done: true } }));
  expect(await outcome).toEqual({ answer: { done: true } });
});

test('a lost connection is told, its waiting commands are refused, and attempts follow within a second of each other', async () => {
  const { time, link, sockets, last, opened } = begin();
  last().accept();
  const outcome = link.call('run.end', {});
  last().lose();
  expect(link.state).toBe('lost');
  expect(await outcome).toHaveProperty('refusal');
  for (let attempt = 0; attempt < 8; attempt++) {
    const before = sockets.length;
    time.advance(1000);
    expect(sockets.length).toBeGreaterThan(before);
    last().lose();
  }
  expect(link.state).toBe('lost');
  time.advance(1000);
  last().accept();
  expect(link.state).toBe('open');
  expect(opened()).toBe(2);
});

test('bytes reach the page, and nothing is tried after the end', () => {
  const { time, link, sockets, last, bytes } = begin();
  last().accept();
  last().arrive(new Uint8Array([7]).buffer);
  expect(bytes).toEqual([new Uint8Array([7])]);
  link.dispose();
  expect(last().isClosed).toBe(true);
  time.advance(5000);
  expect(sockets).toHaveLength(1);
  expect(time.pending).toBe(0);
});

test('when the other side closes its port, another one is asked for', () => {
  const time = new FakePageTime();
  const ports: Port[] = [];
  const transport = {
    cure: '',
    open(onPort: (port: Port) => void) {
      const [ours, theirs] = portPair();
      ports.push(theirs);
      onPort(ours);
      return { dispose: () => undefined };
    },
  };
  const link = new CoreLink(transport, time, {
    onOpen: () => undefined,
    onNotice: () => undefined,
    onBytes: () => undefined,
  });
  link.open();
  ports[0]!.dispose();
  expect(link.state).toBe('lost');
  time.advance(100);
  expect(link.state).toBe('open');
  expect(ports).toHaveLength(2);
  link.dispose();
});
