// Entry of the desktop application; Electron's main process. One instance at a time: a rig has one operator.
import { app } from 'electron';
import { startDesktop } from './start-desktop.ts';

if (app.requestSingleInstanceLock()) startDesktop();
else app.quit();
