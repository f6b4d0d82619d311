// Hands the page one message port to the core and nothing else; runs sandboxed in the page's process.
import { ipcRenderer } from 'electron';
import { portChannel, portWantedChannel } from './channels.ts';

/** The part of the page's window that is used: this file is checked without the names of a browser. */
interface PageWindow {
  readonly location: { readonly origin: string };
  addEventListener(
    type: 'message',
    listener: (event: { readonly source: unknown; readonly data: unknown }) => void,
  ): void;
  postMessage(message: unknown, origin: string, ports?: unknown): void;
}
declare const window: PageWindow;

window.addEventListener('message', ({ source, data }) => {
  const isWanted = typeof data === 'object' && data !== null && 'exocortexPortWanted' in data;
  if (source === window && isWanted) ipcRenderer.send(portWantedChannel);
});
ipcRenderer.on(portChannel, ({ ports }) => {
  window.postMessage({ exocortexPort: true }, window.location.origin, ports);
});
