// `npm start`: sets up what is missing, then opens the application, or runs the command given after `--`.
import { spawn } from 'node:child_process';
import { ensureElectron } from './electron-binary.mjs';
import { root } from './paths.mjs';
import { runCommandLine } from './run-command-line.mjs';
import { checkNode, ensureBuild, ensureDependencies, ensureNative } from './set-up.mjs';

/** An Electron that ends in error this soon could not start at all (no sandbox, missing libraries). */
const startUpMs = 10_000;
const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

checkNode();
ensureDependencies();
await ensureNative();
ensureBuild();

const args = process.argv.slice(2);
if (args.length > 0) await runCommandLine(args);
else await openApplication();

async function openApplication() {
  const electron = ensureElectron();
  if ('binary' in electron) {
    const startedMs = performance.now();
    const exitCode = await runElectron(electron.binary);
    if (exitCode === 0 || performance.now() - startedMs > startUpMs) process.exit(exitCode);
    console.error('Electron could not start: see above.');
  } else {
    console.error(`No window of its own: ${electron.reason}.`);
  }
  console.error('The page is served to a browser instead.');
  await runCommandLine(['serve']);
}

/** @param {string} binary @returns {Promise<number>} its exit code */
function runElectron(binary) {
  return new Promise((resolve) => {
    const child = spawn(binary, [root], { stdio: 'inherit' });
    // A signal to the terminal's group reaches Electron too; one to this process alone is passed on.
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, passOn);
    /** @param {number} exitCode */
    const end = (exitCode) => {
      for (const signal of signals) process.off(signal, passOn);
      resolve(exitCode);
    };
    child.on('error', () => end(1));
    child.on('exit', (code) => end(code ?? 1));
  });
}
