// Serves the built page under an origin of its own, app://exocortex; main process.
import { protocol } from 'electron';
import { pageHeaders, readPageFile } from '../page-files.ts';

const scheme = 'app';
const origin = `${scheme}://exocortex`;
/** Where the window begins. */
export const pageAddress = `${origin}/`;

/** Node gives no origin to addresses of schemes it does not know, hence by text. */
export function isPageAddress(address: string): boolean {
  return address.startsWith(pageAddress);
}

/** Gives the scheme an origin like that of https. Only before the application is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** @param folder the built page */
export function servePage(folder: string): void {
  protocol.handle(scheme, async (request) => {
    const isOurs = request.method === 'GET' && isPageAddress(request.url);
    const file = isOurs ? await readPageFile(folder, new URL(request.url).pathname) : undefined;
    if (file === undefined) return new Response('Not found', { status: 404, headers: pageHeaders });
    return new Response(file.bytes, { headers: file.headers });
  });
}
