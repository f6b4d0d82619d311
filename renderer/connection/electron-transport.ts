// Takes the port that Electron's preload posts to the page. Runs in the page.
import { toDisposable } from '../../common/base/disposable.ts';
import { MessagePortPort } from './message-port-port.ts';
import type { Transport } from './transport.ts';

/**
 * @param page the window in which the preload says `{ exocortexPort: true }` and gives one MessagePort.
 * The page first says `{ exocortexPortWanted: true }`, so that a preload that was earlier can answer.
 */
export function electronTransport(page: Window): Transport {
  return {
    cure: 'Close the window and start Exocortex again. The recording up to this moment is kept.',
    open(onPort) {
      const take = (event: MessageEvent<unknown>) => {
        const [port] = event.ports;
        const isOurs = event.source === page && event.origin === page.location.origin;
        if (!isOurs || port === undefined || !isPortMessage(event.data)) return;
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
