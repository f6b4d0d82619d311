// The preload gives the page its port when the page asks, and offers nothing else.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { portChannel, portWantedChannel } from './channels.ts';
import { FakeMessageChannelMain, ipcRenderer, written } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

type Listener = (event: { source: unknown; data: unknown }) => void;
const listeners: Listener[] = [];
const posted: unknown[][] = [];
const page = {
  location: { origin: 'app://exocortex' },
  addEventListener: (_type: 'message', listener: Listener) => listeners.push(listener),
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
