// Opens a WebSocket to the server that served the page. Runs in the page.
import { toDisposable } from '../../common/base/disposable.ts';
import { type Socket, WebSocketPort } from './web-socket-port.ts';
import type { Transport } from './transport.ts';

/** Makes a socket; the browser's WebSocket or a fake of it. */
export type MakeSocket = (address: string, protocols: string[]) => Socket;

/**
 * @param location of the page.
 * @param token the launch token that the server printed; travels as the subprotocol `exocortex.<token>`, so that no log of addresses holds it.
 */
export function webSocketTransport(
  location: Pick<Location, 'protocol' | 'host'>,
  token: string,
  makeSocket: MakeSocket,
): Transport {
  const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/port`;
  return {
    cure: 'Look whether Exocortex still runs on this computer. If it was started again, open the address that it printed.',
    open(onPort, onFailure) {
      const socket = makeSocket(address, [`exocortex.${token}`]);
      socket.binaryType = 'arraybuffer';
      let isOpen = false;
      socket.onopen = () => {
        isOpen = true;
        onPort(new WebSocketPort(socket));
      };
      socket.onclose = () => onFailure();
      return toDisposable(() => {
        if (isOpen) return;
        socket.onopen = null;
        socket.onclose = null;
        socket.close();
      });
    },
  };
}
