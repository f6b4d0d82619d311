// `npm run check:kills -- [--rounds N] [--seed S] [--json]`: kills and stops each process of a stimulating program at random moments; the virtual
// rig, a process of its own, judges by its own clock and log. Exit code 2: this system does not show processes by name.
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildTool } from '../build-tool.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '24' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(options.rounds);
if (!Number.isSafeInteger(rounds) || rounds < 1) {
  console.error(`--rounds is a whole number from 1 on, not '${options.rounds}'.`);
  process.exit(2);
}

const here = fileURLToPath(new URL('.', import.meta.url));
const { folder, dispose } = await buildTool({
  'kill-round': join(here, 'kill-round.ts'),
  'process-tree': join(here, 'process-tree.ts'),
  seeded: join(here, '..', 'faults', 'seeded.ts'),
});
// eslint-disable-next-line exocortex/no-computed-import -- it was bundled from here a moment ago
const load = (name) => import(pathToFileURL(join(folder, `${name}.js`)).href);
try {
  const { killSignals, killTargets, runKillRound, wrongWith } = await load('kill-round');
  const { canSeeProcesses } = await load('process-tree');
  if (!canSeeProcesses) {
    console.error('This system does not show processes by name: the kills need Linux.');
    process.exit(2);
  }
  const { Dice } = await load('seeded');
  const dice = new Dice(Number(options.seed), 0x6b11);
  const outcomes = [];
  for (let index = 0; index < rounds; index++) {
    const outcome = await runKillRound(root, {
      target: killTargets[index % killTargets.length],
      signal: killSignals[Math.floor(index / killTargets.length) % killSignals.length],
      afterMilliseconds: dice.between(0, 400),
      stoppedMilliseconds: dice.pick([5, 50, 200, 600, 1500, 4000]),
    });
    const wrong = wrongWith(outcome);
    outcomes.push({ ...outcome, wrong });
    const { target, signal, judgement, lastPulseAfterMilliseconds, latched } = outcome;
    if (!options.json)
      console.log(
        `${target.padEnd(12)} ${signal}  ${String(judgement.pulses).padStart(5)} pulses, the last ${lastPulseAfterMilliseconds.toFixed(1)} ms after it, latched: ${latched ?? 'nothing'}${wrong.length > 0 ? `  WRONG: ${wrong.join('; ')}` : ''}`,
      );
  }
  const failed = outcomes.filter(({ wrong }) => wrong.length > 0).length;
  if (options.json) console.log(JSON.stringify({ rounds, failed, outcomes }));
  else console.log(`${rounds - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  dispose();
}
