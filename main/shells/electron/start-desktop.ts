// Wires the application to Electron's life cycle: page, window, message ports, orderly end; main process.
import { join } from 'node:path';
import { app, type BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, session } from 'electron';
import { type Application, startApplication } from '../../application/application.ts';
import { stationFolder } from '../../application/station-folder.ts';
import { portChannel, portWantedChannel } from './channels.ts';
import { createElectronPlatform } from './electron-platform.ts';
import { prepareGlobalStop, registerGlobalStop } from './global-stop.ts';
import { MessagePortMainPort } from './message-port-main-port.ts';
import { isPageAddress, registerPageScheme, servePage } from './page-scheme.ts';
import { openPageWindow, refuseEverything } from './page-window.ts';
import { stopOnLeave } from './stop-on-leave.ts';
import { beginGpuTest } from './test-gpu.ts';

/** Called once, before Electron is ready. */
export function startDesktop(): void {
  app.enableSandbox();
  registerPageScheme();
  prepareGlobalStop();
  app
    .whenReady()
    .then(openDesktop)
    .catch((error: unknown) => {
      dialog.showErrorBox('Exocortex could not start', error instanceof Error ? error.message : String(error));
      app.exit(1);
    });
}

function openDesktop(): void {
  const built = join(app.getAppPath(), 'dist');
  const folders = applicationFolders(built);
  const application = startApplication({
    platform: createElectronPlatform(
      { ...folders, stationFolder: stationFolder(process.env, process.platform, app.getPath('home')) },
      beginGpuTest(folders.programsFolder),
    ),
    version: app.getVersion(),
    sessionsFolder: join(app.getPath('documents'), 'Exocortex', 'sessions'),
  });
  const keys = registerGlobalStop(() => application.stop());
  if ('unsupported' in keys) console.error(keys.unsupported);
  stopOnLeave(() => application.stop());
  endInOrder(application);
  servePage(join(built, 'renderer'));
  refuseEverything(session.defaultSession);
  connectPages(application);
  // No menu and no keys of its own: every key belongs to the page.
  const macMenu = () => Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]);
  Menu.setApplicationMenu(process.platform === 'darwin' ? macMenu() : null);
  const window = openPageWindow(join(built, 'electron', 'preload.cjs'));
  app.on('second-instance', () => bringForward(window));
}

/** In a packed application programs and files lie beside the archive. */
function applicationFolders(built: string): { programsFolder: string; applicationFolder: string } {
  if (!app.isPackaged) return { programsFolder: join(built, 'programs'), applicationFolder: app.getAppPath() };
  const applicationFolder = process.resourcesPath;
  return { programsFolder: join(applicationFolder, 'app.asar.unpacked', 'dist', 'programs'), applicationFolder };
}

/** Gives a port to every page of ours that asks for one. */
function connectPages(application: Application): void {
  ipcMain.on(portWantedChannel, ({ sender, senderFrame }) => {
    if (senderFrame === null || senderFrame !== sender.mainFrame || !isPageAddress(senderFrame.url)) return;
    const { port1, port2 } = new MessageChannelMain();
    application.attachPage(new MessagePortMainPort(port1));
    sender.postMessage(portChannel, null, [port2]);
  });
}

/** However the program is asked to end, the output goes off first and the recording is closed. */
function endInOrder(application: Application): void {
  let exitCode = 0;
  let ending: Promise<void> | undefined;
  const end = () => {
    ending ??= application.end().finally(() => app.exit(exitCode));
  };
  app.on('window-all-closed', end);
  app.on('before-quit', (event) => {
    event.preventDefault();
    end();
  });
  const fail = (error: unknown) => {
    console.error(error);
    exitCode = 1;
    end();
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
}

function bringForward(window: BrowserWindow): void {
  if (window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}
