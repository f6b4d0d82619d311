// Takes the port, and the places of dropped files, that Electron's preload posts to the page. Runs in the page.
import { toDisposable } from '../../common/base/disposable.ts';
import { MessagePortPort } from './message-port-port.ts';
import type { Transport } from './transport.ts';

/**
 * @param page the window in which the preload says `{ exocortexPort: true }` and gives one MessagePort.
 * The page first says `{ exocortexPortWanted: true }`, so that a preload that was earlier can answer.
 */
export function electronTransport(page: Window): Transport {
  const isOfPage = ({ source, origin }: MessageEvent<unknown>) => source === page && origin === page.location.origin;
  return {
    onDroppedPaths(listener) {
      const take = (event: MessageEvent<unknown>) => {
        const paths = droppedPaths(event.data);
        if (isOfPage(event) && paths.length > 0) listener(paths);
      };
      page.addEventListener('message', take);
      return toDisposable(() => page.removeEventListener('message', take));
    },
    cure: 'Close the window and start Exocortex again. The recording up to this moment is kept.',
    open(onPort) {
      const take = (event: MessageEvent<unknown>) => {
        const [port] = event.ports;
        if (!isOfPage(event) || port === undefined || !isPortMessage(event.data)) return;
        page.removeEventListener('message', take);
        onPort(new MessagePortPort(port));
      };
      page.addEventListener('message', take);
      page.postMessage({ exocortexPortWanted: true }, page.location.origin);
      return toDisposable(() => page.removeEventListener('message', take));
    },
  };
}

function isPortMessage(message: unknown): boolean {
  return (
    typeof message === 'object' && message !== null && 'exocortexPort' in message && message.exocortexPort === true
  );
}

function droppedPaths(message: unknown): string[] {
  const isDrop = typeof message === 'object' && message !== null && 'exocortexDropped' in message;
  if (!isDrop || !Array.isArray(message.exocortexDropped)) return [];
  return message.exocortexDropped.filter((path) => typeof path === 'string' && path !== '');
}
