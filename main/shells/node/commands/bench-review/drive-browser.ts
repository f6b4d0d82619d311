// Starts a real browser that a bench gives mouse, wheel and keys; the only file that knows playwright. Main process of the plain-Node shell.
import type { Browser, BrowserContext, Page } from 'playwright';
import type { TraceEvent } from './draw-times.ts';

/** Headless, without a GPU, also as root in a container. */
export const browserArguments: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type DrivenPage = Page;

export interface DrivenBrowser {
  /** Name and version. */
  readonly words: string;
  /** A page that loads `script` before anything else. */
  open(script: () => void): Promise<DrivenPage>;
  /** Begins a trace of what a page does. */
  startTrace(page: DrivenPage): Promise<void>;
  endTrace(): Promise<readonly TraceEvent[]>;
  close(): Promise<void>;
}

/** @param executablePath of an installed Chromium. @returns why it cannot be driven, in words, when it cannot */
export async function driveBrowser(
  executablePath: string,
  viewport: { width: number; height: number },
): Promise<DrivenBrowser | string> {
  let browser: Browser;
  let context: BrowserContext;
  try {
    const { chromium } = await import('playwright');
    browser = await chromium.launch({ executablePath, args: [...browserArguments] });
    context = await browser.newContext({ viewport });
  } catch (error) {
    const [line = ''] = String(error).split('\n');
    return `${executablePath} cannot be driven (${line})`;
  }
  return {
    words: `Chromium ${browser.version()}`,
    async open(script) {
      const page = await context.newPage();
      await page.addInitScript(script);
      return page;
    },
    startTrace: (page) => browser.startTracing(page, { categories: ['devtools.timeline'] }),
    async endTrace() {
      const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
      return trace.traceEvents;
    },
    close: () => browser.close(),
  };
}
