// `exocortex report`: everything about a session in one HTML file, or printed to a PDF. Main process of the plain-Node shell.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { findBrowser } from '../find-browser.ts';
import type { ShellSetting } from '../shell-setting.ts';
import { followAnalysis } from './follow-analysis.ts';

/** @returns why there is no PDF; undefined: there is */
async function print(browser: string, html: string, pdf: string): Promise<string | undefined> {
  // A profile of its own: a browser that is open already would take the work over and print nothing.
  const profile = await mkdtemp(join(tmpdir(), 'exocortex-print-'));
  const flags = ['--headless', '--disable-gpu', '--no-pdf-header-footer', `--user-data-dir=${profile}`];
  // A browser refuses to shut its own pages in for the user root.
  if (process.getuid?.() === 0) flags.push('--no-sandbox');
  try {
    return await new Promise((done) => {
      const child = spawn(browser, [...flags, `--print-to-pdf=${pdf}`, pathToFileURL(html).href], { stdio: 'ignore' });
      child.once('error', (error) => done(error.message));
      child.once('exit', (code) =>
        done(code === 0 && existsSync(pdf) ? undefined : `it ended with ${code ?? 'a signal'}`),
      );
    });
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * @param args what stands behind `report` on the command line.
 * @returns 0 when everything that was asked for was written, else 1.
 * @throws RangeError, or parseArgs' TypeError, for a command line that cannot be understood.
 */
export async function report(shell: ShellSetting, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { html: { type: 'string' }, pdf: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [session, ...more] = positionals;
  if (session === undefined || more.length > 0) throw new RangeError("'report' takes one session's folder.");
  const browser = values.pdf === undefined ? undefined : findBrowser(process.env);
  if (values.pdf !== undefined && browser === undefined) {
    shell.printError(
      'A PDF is printed by Chromium, Chrome or Edge, and none was found. Install one, or name it with EXOCORTEX_BROWSER; or print the HTML file from any browser.',
    );
    return 1;
  }
  const out = values.html === undefined ? [] : ['--out', resolve(values.html)];
  const outcome = await followAnalysis(
    shell,
    'report',
    [...out, '--by', shell.version, '--', resolve(session)],
    values.json,
  );
  if ('refusal' in outcome) {
    shell.printError(`${outcome.refusal.what}. ${outcome.refusal.cure}`);
    return 1;
  }
  const { file, problems, manifest } = outcome.result;
  const pdf = values.pdf === undefined ? undefined : resolve(values.pdf);
  if (browser !== undefined && pdf !== undefined) {
    const problem = await print(browser, file, pdf);
    if (problem !== undefined) {
      shell.printError(
        `${pdf} was not printed by ${browser}: ${problem}. The HTML file is ${file}; print it from any browser.`,
      );
      return 1;
    }
  }
  const lines = [
    `report    ${file}`,
    ...(pdf === undefined ? [] : [`PDF       ${pdf}`]),
    problems === 0
      ? 'checks    journal and session.json are whole and agree'
      : `checks    ${problems} ${problems === 1 ? 'problem' : 'problems'}; the report tells ${problems === 1 ? 'it' : 'them'}`,
    `manifest  ${manifest}`,
  ];
  if (values.json)
    shell.print(JSON.stringify({ html: file, ...(pdf === undefined ? {} : { pdf }), problems, manifest }));
  else for (const line of lines) shell.print(line);
  return 0;
}
