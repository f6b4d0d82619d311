// The one window: sandboxed, bound to the page's origin, refused everything it could ask for; main process.
import { app, BrowserWindow, type Session } from 'electron';
import { isPageAddress, pageAddress } from './page-scheme.ts';

/** Refuses permissions, devices, foreign files, other windows and other addresses, to every page there will ever be. */
export function refuseEverything(session: Session): void {
  session.setPermissionRequestHandler((_page, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    // A plot that the page itself made may be saved.
    if (!item.getURL().startsWith(`blob:${pageAddress}`)) event.preventDefault();
  });
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => {
      if (!isPageAddress(event.url)) event.preventDefault();
    });
  });
}

/**
 * Opens the page. When its process dies the page is loaded again; the rig goes on meanwhile.
 * @param preload absolute path of the built preload
 */
export function openPageWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: 'Exocortex',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      devTools: !app.isPackaged,
      // A hidden window must notice a tripped rig as soon as a visible one.
      backgroundThrottling: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit' && !window.isDestroyed()) void window.loadURL(pageAddress);
  });
  void window.loadURL(pageAddress);
  return window;
}
