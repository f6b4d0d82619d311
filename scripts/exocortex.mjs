// Runs the built command line without any set-up: `npm run -s exocortex -- <command>`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dist } from './paths.mjs';
import { runCommandLine } from './run-command-line.mjs';

if (!existsSync(join(dist, 'programs', 'exocortex.js'))) {
  console.error('Exocortex is not built yet. Run this once: npm start -- --help');
  process.exit(2);
}
await runCommandLine(process.argv.slice(2));
