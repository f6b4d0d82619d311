// Serves one serial stimulator to the one rig that knows the token, on a private local socket; runs in the main thread of the program serial-stimulator.
import { timingSafeEqual } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import type { Disposable } from '../../../../common/base/disposable.ts';
import {
  decodeQuestion,
  encodeAnswer,
  encodeLost,
  serialMessage,
  serialPayloadBytesMax,
} from '../../../../common/serial-protocol/serial-program.ts';
import { FrameDecoder, FrameError } from '../../../../common/transport/frame.ts';
import { loadSerialPorts } from './load-serial-ports.ts';
import type { SerialPorts } from './serial-connection.ts';
import { SerialError } from './serial-error.ts';
import { SerialHost, type SerialHostOptions } from './serial-host.ts';

/** A rig that has not come by then does not come any more. */
const firstMilliseconds = 60_000;

export interface ServeOptions {
  /** Path of a Unix socket in a folder that only this user can enter, or name of a Windows pipe. */
  readonly address: string;
  readonly token: string;
  /** The rig has gone, or has never come. The device was told to stop, and its port is closed. */
  readonly onEnd: () => void;
  readonly load?: typeof loadSerialPorts;
  readonly times?: NonNullable<SerialHostOptions['times']>;
}

/** @returns when the rig can connect; disposing stops the device and then ends as `onEnd` says */
export async function serveSerialStimulator(options: ServeOptions): Promise<Disposable> {
  const { address, token, onEnd, load = loadSerialPorts, times } = options;
  const loaded = await load();
  const ports = 'unsupported' in loaded ? withoutPorts(loaded.unsupported) : loaded;
  let rig: Socket | undefined;
  let isOver = false;
  const sockets = new Set<Socket>();
  const host = new SerialHost({
    ports,
    onLost: (message) => rig?.write(encodeLost(message)),
    ...(times === undefined ? {} : { times }),
  });
  const end = () => {
    if (isOver) return;
    isOver = true;
    clearTimeout(unwanted);
    host.dispose();
    server.close();
    for (const socket of sockets) socket.destroy();
    void host.closed.then(onEnd);
  };
  const unwanted = setTimeout(end, firstMilliseconds);
  const server = createServer((socket) => {
    sockets.add(socket);
    const decoder = new FrameDecoder(serialPayloadBytesMax, (type, payload) => {
      if (socket === rig && type === serialMessage.question) take(socket, payload);
      else if (rig === undefined && type === serialMessage.hello && isToken(payload, token)) {
        clearTimeout(unwanted);
        rig = socket;
      } else socket.destroy();
    });
    socket.setNoDelay(true);
    socket.on('data', (bytes) => {
      try {
        decoder.push(bytes);
      } catch (error) {
        if (!(error instanceof FrameError)) throw error;
        socket.destroy();
      }
    });
    // 'close' follows.
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      if (socket === rig) end();
    });
  });
  const take = (socket: Socket, payload: Uint8Array) => {
    const asked = decodeQuestion(payload);
    if (asked === undefined) return void socket.destroy();
    void host.answer(asked.question).then((answer) => {
      if (!socket.destroyed) socket.write(encodeAnswer({ id: asked.id, answer }));
    });
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  return { dispose: end };
}

function isToken(payload: Uint8Array, token: string): boolean {
  const expected = new TextEncoder().encode(token);
  return payload.length === expected.length && timingSafeEqual(payload, expected);
}

/** Says why, whatever is asked. */
function withoutPorts(unsupported: string): SerialPorts {
  const refuse = () => Promise.reject(new SerialError('unsupported', unsupported));
  return { list: refuse, open: refuse };
}
