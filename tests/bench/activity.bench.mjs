// Measures the watch of the tissue's activity on simulated data: what it finds and how soon, how often it trips for nothing, what it costs:
// `node tests/bench/activity.bench.mjs [--json] [--hours N] [--events N] [--ticks N]`. The peer is a plain running mean and deviation.
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Quiet hours, and events of each kind and difficulty, of each preparation. */
    hours: { type: 'string', default: '34' },
    events: { type: 'string', default: '20' },
    ticks: { type: 'string', default: '20000' },
  },
});

const { measureActivity } = (
  await runnerImport(fileURLToPath(new URL('activity/measure-activity.ts', import.meta.url)), {
    root,
    configFile: false,
    logLevel: 'error',
  })
).module;

const startedMs = performance.now();
const report = {
  machine: {
    processor: cpus()[0]?.model,
    processors: cpus().length,
    node: process.version,
    platform: process.platform,
    arch: process.arch,
  },
  ...measureActivity(Number(options.hours), Number(options.events), Number(options.ticks)),
  seconds: Math.round((performance.now() - startedMs) / 1000),
};

if (options.json) console.log(JSON.stringify(report));
else {
  const { machine, quiet, falseTrips, events, curve, areaUnderCurve, cost, seconds } = report;
  console.log(`${machine.processor}, ${machine.processors} processors, Node ${machine.node}; ${seconds} s`);
  console.log('\nQuiet activity');
  console.table(quiet);
  if (falseTrips.length > 0) console.table(falseTrips);
  console.log(
    '\nEvents, at the default limits; "soon" is within aimSeconds of the onset, or of 30 % of the channels taking part',
  );
  console.table(events);
  console.log('\nSeizures found within 3 s of their onset against false trips, by the threshold in σ');
  console.table(curve);
  console.log('\nArea under the curve: first 3 s of a seizure against a quiet minute');
  console.table([areaUnderCurve]);
  console.log('\nCost of each tick of 1 ms, µs');
  console.table(cost);
}
