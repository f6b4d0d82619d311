// Finds or makes a Python that has Brian2. Main process of the plain-Node shell.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** What Brian2 2.9 works with. */
const packages = ['brian2==2.9.*', 'numpy<2', 'scipy<1.15', 'setuptools<80', 'cython'];

export type FoundPython = { python: string } | { reason: string };

function run(command: string, ...args: string[]) {
  return spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
}

const hasBrian = (python: string) => run(python, '-c', 'import brian2').status === 0;
const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? '';

/**
 * @param named the Python that EXOCORTEX_PYTHON names, if it does
 * @param folder where an environment is made, or was made by an earlier run
 * @param note takes what is being done
 */
export function findPython(named: string | undefined, folder: string, note: (text: string) => void): FoundPython {
  if (named !== undefined) {
    if (hasBrian(named)) return { python: named };
    note(`${named} cannot import brian2; an environment is made instead.`);
  }
  const environment = join(folder, 'python');
  const inside = join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (hasBrian(inside)) return { python: inside };
  const python = ['python3', 'python'].find((name) => run(name, '-c', 'import venv').status === 0);
  if (python === undefined) return { reason: 'there is no Python 3 with the venv module on this computer' };
  note(`Making a Python environment in ${environment} and installing ${packages.join(' ')} …`);
  mkdirSync(folder, { recursive: true });
  const made = run(python, '-m', 'venv', environment);
  if (made.status !== 0)
    return { reason: `no Python environment could be made: ${lastLine(made.stderr || made.stdout)}` };
  const installed = run(inside, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages);
  if (installed.status !== 0) return { reason: `Brian2 could not be installed: ${lastLine(installed.stderr)}` };
  return hasBrian(inside)
    ? { python: inside }
    : { reason: `Brian2 was installed in ${environment} but does not start` };
}

/** Folder of this user for what can be made again. */
export function cacheFolder(environment: NodeJS.ProcessEnv, platform: string, home: string): string {
  const caches =
    platform === 'win32'
      ? (environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'))
      : platform === 'darwin'
        ? join(home, 'Library', 'Caches')
        : (environment['XDG_CACHE_HOME'] ?? join(home, '.cache'));
  return join(caches, 'exocortex', 'bench');
}
