// A key combination that stops although another program, or nobody, has the keyboard; Electron's main process.
import { app, globalShortcut } from 'electron';
import { type Disposable, toDisposable } from '../../../common/base/disposable.ts';

/**
 * The same keys on every system: two that one hand holds and the largest one. No system gives them a meaning. Combinations with Escape all have one
 * somewhere: Ctrl+Shift+Escape is the task manager of Windows, Ctrl+Escape and Alt+Escape its shell's, Cmd+Option+Escape is Force Quit on macOS and
 * Ctrl+Alt+Escape belongs to desktops of Linux; Cmd+Shift+Space is reserved by Apple. Another program may still have taken these.
 */
export const globalStopKeys = 'Control+Shift+Space';

/** Lets Wayland's desktops hand the keys over. Called once, before Electron is ready. */
export function prepareGlobalStop(): void {
  app.commandLine.appendSwitch('enable-features', 'GlobalShortcutsPortal');
}

/**
 * Called when Electron is ready.
 * @param onStop is called in the turn that brings the keys.
 * @returns the hold of the keys; or why there is none, because the system or another program has taken them.
 */
export function registerGlobalStop(onStop: () => void): Disposable | { unsupported: string } {
  if (!globalShortcut.register(globalStopKeys, onStop)) {
    return {
      unsupported: `The keys ${globalStopKeys} do not stop outside of the window: the system or another program has them.`,
    };
  }
  return toDisposable(() => globalShortcut.unregister(globalStopKeys));
}
