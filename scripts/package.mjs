// `npm run package`: builds what is stale and packs the application; further arguments go to electron-builder.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { checkNode, ensureBuild, ensureDependencies } from './set-up.mjs';

checkNode();
ensureDependencies();
ensureBuild();

/** @param {string[]} args @returns {number} the exit code */
const runNode = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;

// Without a compiler the package goes without the addon, and the program says so when it runs.
runNode(join(root, 'scripts', 'build-native.mjs'), '--prebuild');
const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');
process.exitCode = runNode(builder, '--publish', 'never', ...process.argv.slice(2));
