// `exocortex serve`: the application with its page on a loopback address. Main process of the plain-Node shell.
import { spawn } from 'node:child_process';
import type { ShellSetting } from '../shell-setting.ts';
import { holdTerminal } from '../hold-terminal.ts';
import { tryStart } from '../try-start.ts';
import { startLoopbackServer } from '../loopback-server.ts';

export interface ServeOptions {
  sessionsFolder: string;
  port: number;
  /** Whether to open the address in a browser. */
  doesOpen: boolean;
}

function openInBrowser(address: string): void {
  const [command, args] =
    process.platform === 'win32'
      ? ['cmd', ['/c', 'start', '', address]]
      : process.platform === 'darwin'
        ? ['open', [address]]
        : ['xdg-open', [address]];
  const child = spawn(command as string, args as string[], { stdio: 'ignore', detached: true });
  // Without a browser the printed address is enough.
  child.on('error', () => {});
  child.unref();
}

/** Runs until a signal ends it. @returns the exit code. */
export async function serve(setting: ShellSetting, options: ServeOptions): Promise<number> {
  const application = tryStart(setting, options.sessionsFolder);
  if (application === undefined) return 1;
  const server = await startLoopbackServer({
    pageFolder: setting.pageFolder,
    port: options.port,
    onPage: (port) => application.attachPage(port),
  }).catch((error: unknown) => String(error));
  if (typeof server === 'string') {
    await application.end();
    setting.printError(
      `The page cannot be served on port ${options.port}: ${server}. Choose another with --port, or leave it out.`,
    );
    return 1;
  }
  setting.print(
    `Exocortex is running. Open this address on this computer:\n\n  ${server.address}\n\nWhoever has the address controls the rig. Ctrl+C stops stimulation and ends the program.`,
  );
  if (options.doesOpen) openInBrowser(server.address);
  const keys = holdTerminal(setting, application);
  await setting.untilInterrupted();
  keys.dispose();
  await server.close();
  await application.end();
  return 0;
}
