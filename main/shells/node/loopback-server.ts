// Serves the page on this computer only, and lets a page in that knows the launch token. Main process of the plain-Node shell.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Port } from '../../../common/transport/port.ts';
import { pageHeaders, readPageFile } from '../page-files.ts';
import { webSocketPort } from './web-socket-port.ts';

const host = '127.0.0.1';
const subprotocol = 'exocortex';
/** The longest text that a page sends is a note. */
const messageMaxBytes = 64 * 1024;

export interface LoopbackServer {
  /** Address with the token: whoever has it controls the rig. */
  readonly address: string;
  close(): Promise<void>;
}

export interface LoopbackOptions {
  pageFolder: string;
  /** 0: any free port. */
  port: number;
  onPage(port: Port): void;
}

function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

async function answerWithFile(pageFolder: string, url: string, response: ServerResponse): Promise<void> {
  const file = await readPageFile(pageFolder, url.replace(/[?#].*$/, ''));
  if (file === undefined) response.writeHead(404, pageHeaders).end();
  else response.writeHead(200, file.headers).end(file.bytes);
}

/** Rejects with the system's error when the port is taken. */
export async function startLoopbackServer({ pageFolder, port, onPage }: LoopbackOptions): Promise<LoopbackServer> {
  const token = randomBytes(24).toString('base64url');
  let authority = '';
  // A page of another site that resolves to this computer has another Host; one that opens a socket here has another Origin.
  const isOurs = (request: IncomingMessage) =>
    request.headers.host === authority && [undefined, `http://${authority}`].includes(request.headers.origin);

  const server = createServer((request, response) => {
    if (!isOurs(request) || request.method !== 'GET') {
      response.writeHead(403).end();
      return;
    }
    void answerWithFile(pageFolder, request.url ?? '/', response);
  });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: messageMaxBytes,
    handleProtocols: (offered) => [...offered][0] ?? false,
  });
  server.on('upgrade', (request, socket, head) => {
    const offered = request.headers['sec-websocket-protocol'] ?? '';
    const isAllowed =
      isOurs(request) &&
      request.headers.origin !== undefined &&
      request.url === '/port' &&
      offered.startsWith(`${subprotocol}.`) &&
      isSame(offered.slice(subprotocol.length + 1), token);
    if (!isAllowed) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (page) => onPage(webSocketPort(page)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  authority = `${host}:${(server.address() as AddressInfo).port}`;
  return {
    address: `http://${authority}/#token=${token}`,
    close() {
      for (const client of sockets.clients) client.terminate();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
