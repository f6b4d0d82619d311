// The part of the GUI's HTTP server that is used: mode and audio settings; runs in the virtual GUI and in tests.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Disposable } from '../../../common/base/disposable.ts';
import type { GuiState, VirtualGuiMode } from './gui-state.ts';

const modes: ReadonlySet<string> = new Set<VirtualGuiMode>(['IDLE', 'ACQUIRE', 'RECORD']);

export class GuiHttp implements Disposable {
  readonly #server: Server;
  #port = 0;

  /** @param faults looked at with each request */
  constructor(gui: GuiState, faults: { readonly isStuck?: boolean; readonly wrongAnswer?: string }, audio: object) {
    this.#server = createServer((request, response) => {
      void textOf(request).then((text) => {
        if (faults.wrongAnswer !== undefined) response.end(faults.wrongAnswer);
        else if (request.url === '/api/audio/device') answer(response, audio);
        else if (request.url !== '/api/status') answer(response, {}, 404);
        else {
          if (request.method === 'PUT' && faults.isStuck !== true) setMode(gui, text);
          answer(response, { mode: gui.mode });
        }
      });
    });
  }

  get port(): number {
    return this.#port;
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        const address = this.#server.address();
        if (typeof address === 'object' && address !== null) this.#port = address.port;
        resolve();
      });
    });
  }

  dispose(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

function answer(response: ServerResponse, value: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts).toString('utf8');
}

function setMode(gui: GuiState, text: string): void {
  const { mode } = JSON.parse(text) as { mode?: string };
  // The set holds these words and no others.
  if (mode !== undefined && modes.has(mode)) gui.setMode(mode as VirtualGuiMode);
}
