// `npm run check:faults -- [--sequences N] [--seed S] [--replay SEED] [--workers N] [--json]`: random faults against the real rig, watchdog
// and device code in virtual time. Exit code 0 only when nothing happened that must never happen.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { buildTool } from '../build-tool.mjs';

const { values: options } = parseArgs({
  options: {
    sequences: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    replay: { type: 'string' },
    workers: { type: 'string', default: String(Math.min(8, availableParallelism())) },
    json: { type: 'boolean', default: false },
  },
});

/** @param {string} name @param {string} text @param {number} min */
function whole(name, text, min) {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= min) return value;
  console.error(`--${name} is a whole number from ${min} on, not '${text}'.`);
  process.exit(2);
}

const here = fileURLToPath(new URL('.', import.meta.url));
const { folder, dispose } = await buildTool({
  'fault-worker': join(here, 'fault-worker.ts'),
  'run-sequences': join(here, 'run-sequences.ts'),
  'fault-sequence': join(here, 'fault-sequence.ts'),
});
// eslint-disable-next-line exocortex/no-computed-import -- it was bundled from here a moment ago
const load = (name) => import(pathToFileURL(join(folder, `${name}.js`)).href);

/** One sequence with all its steps. @param {number} seed */
async function replay(seed) {
  const { runSequence } = await load('fault-sequence');
  const result = await runSequence(seed);
  if (options.json) console.log(JSON.stringify(result));
  else {
    console.log(`Sequence ${seed}\n  ${result.steps.join('\n  ')}`);
    console.log(result.wrong.length === 0 ? 'nothing wrong' : `WRONG: ${result.wrong.join('; ')}`);
  }
  return result.wrong.length === 0;
}

/** @param {number} first @param {number} sequences @param {number} workers */
async function runAll(first, sequences, workers) {
  const { addReport, emptyReport } = await load('run-sequences');
  const startedMs = performance.now();
  const report = emptyReport();
  const doneBy = new Array(workers).fill(0);
  await Promise.all(
    Array.from({ length: workers }, (_, index) => {
      const count = Math.floor(sequences / workers) + (index < sequences % workers ? 1 : 0);
      const worker = new Worker(join(folder, 'fault-worker.js'), {
        workerData: { first: first + index, step: workers, count },
      });
      return new Promise((resolve, reject) => {
        worker.on('message', (message) => {
          if ('done' in message) {
            doneBy[index] = message.done;
            if (!options.json) process.stderr.write(`\r${doneBy.reduce((a, b) => a + b, 0)} of ${sequences} sequences`);
          } else addReport(report, message.report);
        });
        worker.on('error', reject);
        worker.on('exit', resolve);
      });
    }),
  );
  if (!options.json) process.stderr.write('\n');
  return { ...report, firstSeed: first, workers, seconds: Math.round((performance.now() - startedMs) / 100) / 10 };
}

let isFine;
try {
  if (options.replay !== undefined) isFine = await replay(whole('replay', options.replay, 0));
  else {
    const sequences = whole('sequences', options.sequences, 1);
    const report = await runAll(whole('seed', options.seed, 0), sequences, whole('workers', options.workers, 1));
    isFine = report.failures === 0 && report.sequences === sequences;
    if (options.json) console.log(JSON.stringify(report));
    else {
      const { verdict } = report;
      console.log(
        `${report.sequences} sequences in ${report.seconds} s, ${report.tripped} ended tripped; ${verdict.enables} armings, ${verdict.pulses} pulses`,
      );
      for (const [name, count] of Object.entries(verdict))
        if (name !== 'pulses' && name !== 'enables') console.log(`  ${name.padEnd(16)} ${count}`);
      console.log(
        `0 in ${report.sequences} bounds the rate below ${(3 / report.sequences).toExponential(1)} per sequence at 95 %.`,
      );
      for (const { seed, wrong, steps } of report.failed)
        console.log(`FAILED seed ${seed}: ${wrong.join('; ')}\n  ${steps.join('\n  ')}`);
      console.log(`${report.sequences - report.failures} passed, ${report.failures} failed`);
    }
  }
} finally {
  dispose();
}
process.exitCode = isFine ? 0 : 1;
