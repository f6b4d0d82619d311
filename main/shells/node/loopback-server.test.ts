import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { Port } from '../../../common/transport/port.ts';
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts';

let folder = '';
let server: LoopbackServer;
let pages: Port[] = [];
let authority = '';
let token = '';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-page-'));
  writeFileSync(join(folder, 'index.html'), '<title>page</title>');
  pages = [];
  server = await startLoopbackServer({ pageFolder: folder, port: 0, onPage: (port) => pages.push(port) });
  const address = new URL(server.address);
  authority = address.host;
  token = address.hash.replace('#token=', '');
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** @returns status and body of a plain request. */
function get(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string; headers: NodeJS.Dict<string | string[]> }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port: authority.split(':')[1], path, headers }, (response) => {
      let body = '';
      response.on('data', (text: Buffer) => (body += text.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** @returns whether a page with this origin and subprotocol gets in. */
function getsIn(origin: string, protocol: string | undefined, path = '/port'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://${authority}${path}`, protocol, { origin });
    socket.on('open', () => {
      resolve(true);
      socket.close();
    });
    socket.on('error', () => resolve(false));
  });
}

describe('the loopback server', () => {
  it('serves the page with a strict policy, on this computer only', async () => {
    const { status, body, headers } = await get('/');
    expect([status, body]).toEqual([200, '<title>page</title>']);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(new URL(server.address).hostname).toBe('127.0.0.1');
  });

  it('answers nothing outside the page’s folder, and survives malformed paths', async () => {
    for (const path of [
      '/../package.json',
      '/%2e%2e/secret.html',
      '/%E0%A4%A',
      '//etc/passwd',
      '/nothing.html',
      '/index.html%00.png',
    ]) {
      expect((await get(path)).status, path).toBe(404);
    }
    expect((await get('/')).status).toBe(200);
  });

  it('H68: refuses another Host (DNS rebinding) and another Origin', async () => {
    expect((await get('/', { host: 'attacker.example' })).status).toBe(403);
    expect((await get('/', { origin: 'http://attacker.example' })).status).toBe(403);
  });

  it('H68: lets a page in only with the token, from its own origin', async () => {
    const origin = `http://${authority}`;
    expect(await getsIn(origin, `exocortex.${token}`)).toBe(true);
    expect(pages.length).toBe(1);
    expect(await getsIn(origin, `exocortex.${token}x`)).toBe(false);
    expect(await getsIn(origin, `exocortex.${'a'.repeat(token.length)}`)).toBe(false);
    expect(await getsIn(origin, undefined)).toBe(false);
    expect(await getsIn('http://attacker.example', `exocortex.${token}`)).toBe(false);
    expect(await getsIn(origin, `exocortex.${token}`, '/other')).toBe(false);
    expect(pages.length).toBe(1);
  });

  it('carries text and bytes both ways and tells when the page is gone', async () => {
    const socket = new WebSocket(`ws://${authority}/port`, `exocortex.${token}`, { origin: `http://${authority}` });
    await new Promise((resolve) => socket.on('open', resolve));
    const port = pages[0]!;
    const received: unknown[] = [];
    const gone = new Promise<void>((resolve) => port.onClose(resolve));
    const echoed = new Promise<unknown[]>((resolve) => {
      const answers: unknown[] = [];
      socket.on('message', (data: Buffer, isBinary) => {
        answers.push(isBinary ? [...data] : data.toString());
        if (answers.length === 2) resolve(answers);
      });
    });
    port.receive((message) => {
      received.push(message);
      port.send(message);
    });
    socket.send('{"id":1}');
    socket.send(Uint8Array.of(1, 2, 3));
    expect(await echoed).toEqual(['{"id":1}', [1, 2, 3]]);
    expect(received[0]).toBe('{"id":1}');
    socket.close();
    await gone;
  });

  it('survives a connection that breaks off in the middle of an upgrade', async () => {
    const raw = connect(Number(authority.split(':')[1]), '127.0.0.1');
    raw.write('GET /port HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    raw.destroy();
    expect((await get('/')).status).toBe(200);
  });
});
