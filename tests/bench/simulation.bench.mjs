// Times one tick of 1 ms of a plastic network: in this process, and from request to answer through the simulation's own
// process, against Brian2 (C++ standalone) in the same run: `node tests/bench/simulation.bench.mjs [--json] [--seconds N]`.
// EXOCORTEX_PYTHON names a Python that has brian2.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, seconds: { type: 'string', default: '5' } },
});
const tickCount = Number(options.seconds) * 1000;
const warmUpTicks = 500;
const sizes = [1000, 2000, 10_000];
const synapsesPerNeuron = 100;
const noInput = new Uint16Array(0);

/** Four fifths excitatory with learning synapses among them, one fifth inhibitory; driven by bias and noise to about 6 Hz. */
function networkOf(neurons) {
  const population = { model: 'lif', biasMillivolts: 14, noiseMillivolts: 4 };
  const projection = (from, to, weightMillivolts) => ({
    name: `${from}-${to}`,
    from,
    to,
    connectionProbability: synapsesPerNeuron / neurons,
    weightMillivolts,
  });
  return {
    populations: [
      { name: 'exc', neurons: 0.8 * neurons, ...population },
      { name: 'inh', neurons: 0.2 * neurons, ...population },
    ],
    projections: [
      { ...projection('exc', 'exc', 0.4), plasticity: { rule: 'pair-stdp' } },
      projection('exc', 'inh', 0.4),
      projection('inh', 'exc', -2),
      projection('inh', 'inh', -2),
    ],
    inputs: [{ to: 'exc', neuronsPerElectrode: 20, weightMillivolts: 5 }],
  };
}

/** @param {Float64Array} times ms per tick */
function summarize(contender, { neurons, synapses }, spikes, times) {
  const sorted = times.toSorted();
  const at = (share) => round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const rateHz = Math.round((spikes / neurons / times.length) * 1e4) / 10;
  return { contender, neurons, synapses, rateHz, mean: round(mean), p50: at(0.5), p99: at(0.99), max: at(1) };
}

/** @param {number} milliseconds */
const round = (milliseconds) => Math.round(milliseconds * 1e4) / 1e4;

function benchHere(simulation) {
  const times = new Float64Array(tickCount);
  let spikes = 0;
  for (let tick = -warmUpTicks; tick < tickCount; tick++) {
    const startMs = performance.now();
    const outcome = simulation.tick(noInput, 0);
    if (tick < 0) continue;
    times[tick] = performance.now() - startMs;
    spikes += outcome.spikes.length;
  }
  return summarize(simulation.ready.backend, simulation.ready, spikes, times);
}

async function benchProcess(openSimulationLink, configuration) {
  let onSpikes = (_count) => {};
  const link = await openSimulationLink({
    onResult: ({ spikes }) => onSpikes(spikes.length),
    onFault: (fault) => console.error(fault),
    onClosed: () => {},
  });
  const program = spawn(process.execPath, [join(programs, 'simulation.js')], {
    env: { ...process.env, ...link.environment },
    stdio: 'inherit',
  });
  try {
    const ready = await link.configure(configuration);
    const times = new Float64Array(tickCount);
    let spikes = 0;
    for (let tick = -warmUpTicks; tick < tickCount; tick++) {
      const startMs = performance.now();
      const count = await new Promise((resolve) => {
        onSpikes = resolve;
        link.sendTick(tick + warmUpTicks, 1, noInput, 0);
      });
      if (tick < 0) continue;
      times[tick] = performance.now() - startMs;
      spikes += count;
    }
    return summarize(`${ready.backend}, own process`, ready, spikes, times);
  } finally {
    link.dispose();
    if (program.exitCode === null) await new Promise((resolve) => program.once('exit', resolve));
  }
}

/** The same model in Brian2, running freely: it has no loop to wait for, and only its mean is known. @returns undefined without brian2 */
function benchBrian(neurons) {
  const { status, stdout } = spawnSync(
    process.env['EXOCORTEX_PYTHON'] ?? 'python3',
    [join(root, 'tests/bench/simulation_brian2.py'), `${neurons}`, `${synapsesPerNeuron}`, `${tickCount}`],
    { encoding: 'utf8', cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  if (status !== 0) return undefined;
  const { version, seconds, spikes, synapses } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  const rateHz = Math.round((spikes / neurons / tickCount) * 1e4) / 10;
  const mean = round((seconds / tickCount) * 1000);
  return { contender: `brian2 ${version}, C++, free run`, neurons, synapses, rateHz, mean };
}

const folder = mkdtempSync(join(tmpdir(), 'exocortex-bench-'));
// As in the application: programs find the addon two folders above them.
const programs = join(folder, 'dist', 'programs');
try {
  const addon = join('native', 'build', 'exocortex.node');
  if (existsSync(join(root, addon))) cpSync(join(root, addon), join(folder, addon));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: programs,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: {
        input: {
          simulation: 'simulation/simulation.ts',
          'simulation-tick': 'simulation/tick-thread.ts',
          'create-simulation': 'simulation/create-simulation.ts',
          'choose-backend': 'simulation/backend/choose-backend.ts',
          'load-native': 'native/load-native.ts',
          'example-configuration': 'simulation/example-configuration.ts',
          'simulation-link': 'main/rig/simulation-link/simulation-link.ts',
        },
      },
    },
  });
  const parts = ['create-simulation', 'choose-backend', 'load-native', 'example-configuration', 'simulation-link'];
  const [{ createSimulation }, { chooseBackend }, { loadNative }, { configurationOf }, { openSimulationLink }] =
    await Promise.all(
      // eslint-disable-next-line exocortex/no-computed-import -- the bundle was built a moment ago, in a folder of a new name.
      parts.map((name) => import(pathToFileURL(join(programs, `${name}.js`)).href)),
    );
  const rows = [];
  let hasPeer = false;
  const loaded = loadNative({ applicationRoot: folder });
  if (loaded.native === undefined) console.error(`No native back end: ${loaded.reason}`);
  for (const neurons of sizes) {
    const configuration = configurationOf(networkOf(neurons));
    rows.push(benchHere(createSimulation(configuration)));
    if (loaded.native) rows.push(benchHere(createSimulation(configuration, chooseBackend(loaded.native))));
    rows.push(await benchProcess(openSimulationLink, configuration));
    const peer = benchBrian(neurons);
    if (peer) rows.push(peer);
    hasPeer ||= peer !== undefined;
  }
  const machine = { processor: cpus()[0]?.model, processors: cpus().length, node: process.version };
  if (options.json)
    console.log(
      JSON.stringify({
        machine,
        ticks: tickCount,
        milliseconds: rows,
        peer: hasPeer ? 'brian2' : 'none: no Python with brian2',
      }),
    );
  else {
    console.log(
      `${machine.processor}, ${machine.processors} processors, Node ${machine.node}; ms per tick of 1 ms, ${tickCount} ticks`,
    );
    console.table(rows);
    if (!hasPeer) console.log('No peer: brian2 was not found; EXOCORTEX_PYTHON may name a Python that has it.');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
