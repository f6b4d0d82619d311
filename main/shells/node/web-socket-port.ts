// A Port over one WebSocket of a page. Main process of the plain-Node shell.
import type { WebSocket } from 'ws';
import { toDisposable } from '../../../common/base/disposable.ts';
import type { Port, PortMessage } from '../../../common/transport/port.ts';

/** The live stream is acknowledged message by message, so that nothing piles up behind a slow page. */
export function webSocketPort(socket: WebSocket): Port {
  let receiver: ((message: PortMessage) => void) | undefined;
  const kept: PortMessage[] = [];
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    const message = isBinary ? new Uint8Array(data) : data.toString('utf8');
    if (receiver === undefined) kept.push(message);
    else receiver(message);
  });
  // An error is always followed by 'close'; without a listener it would end the process.
  socket.on('error', () => {});
  return {
    send(message) {
      if (socket.readyState === socket.OPEN) socket.send(message);
    },
    receive(next) {
      receiver = next;
      for (const message of kept.splice(0)) next(message);
    },
    onClose(listener) {
      socket.on('close', listener);
      return toDisposable(() => socket.off('close', listener));
    },
    dispose: () => socket.close(),
  };
}
