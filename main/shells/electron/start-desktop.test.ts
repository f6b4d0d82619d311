// The desktop's window is shut in, its pages get a port, and every way to end it ends the application first.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Port } from '../../../common/transport/port.ts';
import { portChannel, portWantedChannel } from './channels.ts';
import { app, type FakeBrowserWindow, type FakeFrame, ipcMain, request, session, written } from './fake-electron.ts';
import { startDesktop } from './start-desktop.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const core = vi.hoisted(() => ({ pages: [] as Port[], started: [] as object[], ends: 0 }));
vi.mock('../../application/application.ts', () => ({
  startApplication: (options: object) => {
    core.started.push(options);
    return {
      attachPage: (port: Port) => core.pages.push(port),
      end: () => {
        core.ends++;
        return Promise.resolve();
      },
    };
  },
}));

const listeners = {
  uncaughtException: process.listeners('uncaughtException'),
  unhandledRejection: process.listeners('unhandledRejection'),
};
let window: FakeBrowserWindow;

beforeAll(async () => {
  startDesktop();
  await vi.waitFor(() => expect(written.windows).toHaveLength(1));
  window = written.windows[0]!;
});
afterAll(() => {
  for (const added of process.listeners('uncaughtException')) {
    if (!listeners.uncaughtException.includes(added)) process.off('uncaughtException', added);
  }
  for (const added of process.listeners('unhandledRejection')) {
    if (!listeners.unhandledRejection.includes(added)) process.off('unhandledRejection', added);
  }
});

test('the page is sandboxed, isolated, without Node, and is not slowed down when hidden', () => {
  expect(app.isSandboxed).toBe(true);
  expect(window.options.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    backgroundThrottling: false,
  });
});

test('the page comes from an origin of its own', async () => {
  expect(window.loaded[0]).toBe('app://exocortex/');
  expect(written.schemes).toMatchObject([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
  const missing = await request('app://exocortex/missing.js');
  expect(missing.status).toBe(404);
  expect(missing.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test.each([
  ['another host', 'app://elsewhere/index.html', 'GET'],
  ['another method', 'app://exocortex/', 'POST'],
  ['a way out of the folder', 'app://exocortex/%2e%2e/%2e%2e/etc/passwd', 'GET'],
])('%s is not served', async (_, address, method) => {
  expect((await request(address, method)).status).toBe(404);
});

test('permissions and devices are refused', () => {
  const answers: boolean[] = [];
  session.defaultSession.requestPermission?.({}, 'media', (isGranted) => answers.push(isGranted));
  expect(answers).toEqual([false]);
  expect(session.defaultSession.checkPermission?.()).toBe(false);
  expect(session.defaultSession.checkDevice?.()).toBe(false);
});

test.each(['will-attach-webview', 'will-frame-navigate'])('%s away from the page is prevented', (name) => {
  const preventDefault = vi.fn();
  window.webContents.emit(name, { url: 'https://example.org/', preventDefault });
  expect(preventDefault).toHaveBeenCalledOnce();
});

test('the page may move within itself', () => {
  const preventDefault = vi.fn();
  window.webContents.emit('will-frame-navigate', { url: 'app://exocortex/index.html', preventDefault });
  expect(preventDefault).not.toHaveBeenCalled();
});

test('the page may save what it made itself and nothing else', () => {
  const download = (address: string) => {
    const preventDefault = vi.fn();
    session.defaultSession.emit('will-download', { preventDefault }, { getURL: () => address });
    return preventDefault.mock.calls.length === 0;
  };
  expect(download('blob:app://exocortex/0b5e')).toBe(true);
  expect(download('blob:https://example.org/0b5e')).toBe(false);
  expect(download('https://example.org/file.zip')).toBe(false);
});

test('the page opens no windows', () => {
  expect(window.webContents.openWindow?.({ url: 'app://exocortex/' })).toEqual({ action: 'deny' });
});

test('a page that asks gets a port that reaches the application', () => {
  ipcMain.emit(portWantedChannel, { sender: window.webContents, senderFrame: window.webContents.mainFrame });
  const { channel, ports } = window.webContents.posted.at(-1)!;
  expect(channel).toBe(portChannel);
  const heard: unknown[] = [];
  core.pages.at(-1)?.receive((message) => heard.push(message));
  ports[0]?.postMessage('hello');
  expect(heard).toEqual(['hello']);
});

test.each<[string, FakeFrame | null]>([
  ['a frame inside the page', { url: 'app://exocortex/' }],
  ['a frame that is gone', null],
])('%s gets no port', (_, senderFrame) => {
  const before = core.pages.length;
  ipcMain.emit(portWantedChannel, { sender: window.webContents, senderFrame });
  expect(core.pages).toHaveLength(before);
});

test('H69: a page from elsewhere gets no port', () => {
  const before = core.pages.length;
  const foreign = { mainFrame: { url: 'https://example.org/' } };
  ipcMain.emit(portWantedChannel, { sender: foreign, senderFrame: foreign.mainFrame });
  expect(core.pages).toHaveLength(before);
});

test('a page whose process dies is loaded again', () => {
  const before = window.loaded.length;
  window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  expect(window.loaded).toHaveLength(before + 1);
});

test('a second start brings the window forward', () => {
  app.emit('second-instance');
  expect(window.isFocused).toBe(true);
});

test('the application ends once, before the program does', async () => {
  const preventDefault = vi.fn();
  app.emit('window-all-closed');
  app.emit('before-quit', { preventDefault });
  expect(preventDefault).toHaveBeenCalledOnce();
  expect(written.exitCode).toBeUndefined();
  await vi.waitFor(() => expect(written.exitCode).toBe(0));
  expect(core.ends).toBe(1);
});
