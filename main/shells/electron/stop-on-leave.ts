// Stops when nobody can be at the screen any more: it is locked, the user changes, the computer sleeps or shuts down; Electron's main process.
import { powerMonitor } from 'electron';
import { type Disposable, toDisposable } from '../../../common/base/disposable.ts';

/**
 * Called when Electron is ready. The events are a courtesy of the system and may not come: the presence of the operator and the stimulator's
 * clock are watched whether they do or not.
 */
export function stopOnLeave(onStop: () => void): Disposable {
  powerMonitor.on('lock-screen', onStop);
  powerMonitor.on('suspend', onStop);
  powerMonitor.on('shutdown', onStop);
  powerMonitor.on('user-did-resign-active', onStop);
  return toDisposable(() => {
    powerMonitor.off('lock-screen', onStop);
    powerMonitor.off('suspend', onStop);
    powerMonitor.off('shutdown', onStop);
    powerMonitor.off('user-did-resign-active', onStop);
  });
}
