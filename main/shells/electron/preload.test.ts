// The preload gives the page its port when the page asks, tells where dropped files lie, and offers nothing else.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { portChannel, portWantedChannel } from './channels.ts';
import { FakeMessageChannelMain, ipcRenderer, written } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

type Listener = (event: { source: unknown; data: unknown }) => void;
const listeners: Listener[] = [];
let drop: (event: { dataTransfer: { files: { at: string }[] } | null }) => void = () => {};
const posted: unknown[][] = [];
const page = {
  location: { origin: 'app://exocortex' },
  addEventListener: (type: 'message' | 'drop', listener: Listener) =>
    type === 'drop' ? (drop = listener as unknown as typeof drop) : listeners.push(listener),
  postMessage: (...message: unknown[]) => posted.push(message),
};
const say = (source: unknown, data: unknown) => {
  for (const listener of listeners) listener({ source, data });
};

beforeAll(async () => {
  vi.stubGlobal('window', page);
  await import('./preload.ts');
});
afterAll(() => vi.unstubAllGlobals());

test('the page asks for its port and the main process is asked', () => {
  say(page, { exocortexPortWanted: true });
  expect(written.sent.splice(0)).toEqual([portWantedChannel]);
});

test('other messages and other windows are not passed on', () => {
  say(page, 'exocortexPortWanted');
  say(page, { another: true });
  say({}, { exocortexPortWanted: true });
  expect(written.sent).toEqual([]);
});

test('the port that comes goes to the page of this origin only', () => {
  const ports = [new FakeMessageChannelMain().port1];
  ipcRenderer.emit(portChannel, { ports });
  expect(posted.at(-1)).toEqual([{ exocortexPort: true }, 'app://exocortex', ports]);
});

test('where dropped files lie is told to the page of this origin only; a drop of text says nothing', () => {
  const before = posted.length;
  drop({ dataTransfer: { files: [] } });
  drop({ dataTransfer: null });
  expect(posted).toHaveLength(before);
  drop({ dataTransfer: { files: [{ at: '/data/one' }, { at: '/data/two' }] } });
  expect(posted.at(-1)).toEqual([{ exocortexDropped: ['/data/one', '/data/two'] }, 'app://exocortex']);
});
