// Hands the page one message port to the core, tells where dropped files lie, and nothing else; runs sandboxed in the page's process.
import { ipcRenderer, webUtils } from 'electron';
import { portChannel, portWantedChannel } from './channels.ts';

type DroppedFile = Parameters<typeof webUtils.getPathForFile>[0];

/** The part of the page's window that is used: this file is checked without the names of a browser. */
interface PageWindow {
  readonly location: { readonly origin: string };
  addEventListener(
    type: 'message',
    listener: (event: { readonly source: unknown; readonly data: unknown }) => void,
  ): void;
  addEventListener(
    type: 'drop',
    listener: (event: { readonly dataTransfer: { readonly files: ArrayLike<DroppedFile> } | null }) => void,
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
// Only a person can drop something; the page itself never learns where other files lie.
window.addEventListener('drop', ({ dataTransfer }) => {
  const paths = Array.from(dataTransfer?.files ?? [], (file) => webUtils.getPathForFile(file));
  if (paths.length > 0) window.postMessage({ exocortexDropped: paths }, window.location.origin);
});
