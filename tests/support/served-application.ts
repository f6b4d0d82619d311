// `exocortex serve` and a real browser on its page, for the end-to-end tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { browserArguments } from '../../main/shells/node/commands/bench-review/drive-browser.ts';
import { startExocortex } from './run-exocortex.ts';

export interface ServedApplication {
  address: string;
  page: Page;
  /** Where it records. */
  sessionsFolder: string;
  /** What the page has written to its console as errors. */
  pageErrors: string[];
  /** Ends the program as Ctrl+C does. @returns its exit code. */
  end(): Promise<number | null>;
  close(): Promise<void>;
}

/** @param executablePath of an installed Chromium. */
export async function serveInBrowser(
  executablePath: string,
  size = { width: 1600, height: 1000 },
): Promise<ServedApplication> {
  const folder = mkdtempSync(join(tmpdir(), 'exocortex-e2e-'));
  const sessionsFolder = join(folder, 'sessions');
  const { child, finished } = startExocortex(['serve', '--no-open', '--out', sessionsFolder]);
  const address = await new Promise<string>((resolve, reject) => {
    let printed = '';
    child.stdout!.on('data', (text: Buffer) => {
      printed += text.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(printed);
      if (found !== null) resolve(found[0]);
    });
    void finished.then(({ code, stderr }) => reject(new Error(`serve ended with ${code}: ${stderr}`)));
  });
  const browser: Browser = await chromium.launch({ executablePath, args: [...browserArguments] });
  const page = await browser.newPage({ viewport: size });
  const pageErrors: string[] = [];
  page.on('pageerror', (error) => pageErrors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') pageErrors.push(message.text());
  });
  await page.goto(address);
  const end = async () => {
    child.kill('SIGINT');
    return (await finished).code;
  };
  return {
    address,
    page,
    sessionsFolder,
    pageErrors,
    end,
    async close() {
      await browser.close();
      if (child.exitCode === null) await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
