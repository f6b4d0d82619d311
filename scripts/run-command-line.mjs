// Hands this process over to the built command line, so that signals, exit code and output are its own.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dist } from './paths.mjs';

/** @param {string[]} args paths in them are relative to the folder the user called npm from */
export async function runCommandLine(args) {
  const program = join(dist, 'programs', 'exocortex.js');
  process.chdir(process.env['INIT_CWD'] ?? process.cwd());
  process.argv = [process.execPath, program, ...args];
  // eslint-disable-next-line exocortex/no-computed-import -- what is built is not there when this is checked
  await import(pathToFileURL(program).href);
}
