import { expect, test } from 'vitest';
import type { Port } from '../../common/transport/port.ts';
import { electronTransport } from './electron-transport.ts';

const origin = 'app://exocortex';

function begin() {
  const listeners = new Set<(event: MessageEvent) => void>();
  const said: unknown[] = [];
  const page = {
    location: { origin },
    addEventListener: (_type: string, listener: (event: MessageEvent) => void) => void listeners.add(listener),
    removeEventListener: (_type: string, listener: (event: MessageEvent) => void) => void listeners.delete(listener),
    postMessage: (message: unknown, target: string) => void said.push([message, target]),
  } as unknown as Window;
  const port = { addEventListener: () => undefined } as unknown as MessagePort;
  const arrive = (event: Partial<MessageEvent>) => {
    const whole = { source: page, origin, data: { exocortexPort: true }, ports: [port], ...event } as MessageEvent;
    for (const listener of listeners) listener(whole);
  };
  const ports: Port[] = [];
  const attempt = electronTransport(page).open(
    (taken) => ports.push(taken),
    () => undefined,
  );
  return { said, ports, arrive, attempt, listeners, port };
}

test('the page asks for its port and takes the one that the preload posts, once', () => {
  const { said, ports, arrive, listeners } = begin();
  expect(said).toEqual([[{ exocortexPortWanted: true }, origin]]);
  arrive({});
  arrive({});
  expect(ports).toHaveLength(1);
  expect(listeners.size).toBe(0);
});

test('messages of other windows, other origins or without a port are not taken', () => {
  const { ports, arrive, attempt, listeners } = begin();
  arrive({ source: null });
  arrive({ origin: 'https://elsewhere' });
  arrive({ ports: [] });
  arrive({ data: 'exocortexPort' });
  arrive({ data: null });
  expect(ports).toEqual([]);
  attempt.dispose();
  expect(listeners.size).toBe(0);
});

test('places of dropped files are taken from this page only, and without those that have none', () => {
  const listeners = new Set<(event: MessageEvent) => void>();
  const page = {
    location: { origin },
    addEventListener: (_type: string, listener: (event: MessageEvent) => void) => void listeners.add(listener),
    removeEventListener: (_type: string, listener: (event: MessageEvent) => void) => void listeners.delete(listener),
  } as unknown as Window;
  const told: (readonly string[])[] = [];
  const listening = electronTransport(page).onDroppedPaths!((paths) => told.push(paths));
  const arrive = (data: unknown, from: Partial<MessageEvent> = {}) => {
    for (const listener of listeners) listener({ source: page, origin, data, ...from } as MessageEvent);
  };
  arrive({ exocortexDropped: ['/data/one', '', 7] });
  arrive({ exocortexDropped: ['/data/two'] }, { origin: 'https://elsewhere' });
  arrive({ exocortexDropped: ['/data/two'] }, { source: null });
  for (const data of [{ exocortexDropped: [] }, { exocortexDropped: '/data/two' }, { exocortexPort: true }, null])
    arrive(data);
  expect(told).toEqual([['/data/one']]);
  listening.dispose();
  expect(listeners.size).toBe(0);
});
