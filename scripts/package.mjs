// `npm run package`: builds what is stale and packs the application; further arguments go to electron-builder.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { checkNode, ensureBuild, ensureDependencies, ensureNative } from './set-up.mjs';

checkNode();
ensureDependencies();
ensureNative();
ensureBuild();

// The native addons that go along: those that are shipped, and for this platform the one that was built here.
const packed = join(root, 'build', 'prebuilds');
const shipped = join(root, 'prebuilds');
const builtHere = join(root, 'native', 'build', 'exocortex.node');
rmSync(packed, { recursive: true, force: true });
if (existsSync(shipped)) cpSync(shipped, packed, { recursive: true });
if (existsSync(builtHere)) {
  const folder = join(packed, `${process.platform}-${process.arch}`);
  mkdirSync(folder, { recursive: true });
  cpSync(builtHere, join(folder, 'exocortex.node'));
}

const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');
const args = [builder, '--publish', 'never', ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
