// The simulation as it is shipped: bundled, in a process of its own with its tick thread.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SimulationFault } from '../../common/simulation-protocol/fault.ts';
import { openSimulationLink, type SimulationLink } from '../../main/rig/simulation-link/simulation-link.ts';
import { root } from '../../scripts/paths.mjs';
import { createSimulation } from '../../simulation/create-simulation.ts';
import { configurationOf } from '../../simulation/example-configuration.ts';
import { whyNoGpu } from '../support/software-gpu.ts';

const configuration = configurationOf({
  populations: [{ name: 'all', neurons: 50, model: 'lif', biasMillivolts: 17, noiseMillivolts: 5 }],
});
mkdirSync(join(root, 'build'), { recursive: true });
/** Two folders below the root, as in the application, where programs find Dawn and the addon. */
const folder = mkdtempSync(join(root, 'build', 'simulation-test-'));
const noGpu = await whyNoGpu();
if (noGpu !== undefined) console.log(`The process is not tested on a graphics processor: ${noGpu}`);

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['webgpu'] },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: {
        input: {
          simulation: 'simulation/simulation.ts',
          'simulation-tick': 'simulation/tick-thread.ts',
          'gpu-self-test': 'simulation/gpu-self-test.ts',
        },
      },
    },
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let link: SimulationLink | undefined;
let program: ChildProcess | undefined;
afterEach(async () => {
  link?.dispose();
  if (program?.exitCode === null && program.signalCode === null) {
    program.kill('SIGKILL');
    await once(program, 'exit');
  }
});

function start(environment: Readonly<Record<string, string>>): Promise<[code: number | null]> {
  program = fork(join(folder, 'simulation.js'), { env: { ...process.env, ...environment }, silent: true });
  return once(program, 'exit') as Promise<[number | null]>;
}

async function startConnected(environment: Readonly<Record<string, string>> = {}) {
  const faults: SimulationFault[] = [];
  let onClosed = () => {};
  let onTick = (_spikes: number[]) => {};
  const closed = new Promise<void>((resolve) => (onClosed = resolve));
  link = await openSimulationLink({
    onResult: ({ spikes }) => onTick([...spikes]),
    onSample: () => {},
    onFault: (fault) => faults.push(fault),
    onClosed: () => onClosed(),
  });
  const exit = start({ ...link.environment, ...environment });
  const ready = await link.configure(configuration);
  const tick = (index: number) =>
    new Promise<number[]>((resolve) => {
      onTick = resolve;
      link!.sendTick(index, 1, new Uint16Array(0), 0);
    });
  return { link, exit, tick, closed, faults, ready };
}

describe('the simulation process', () => {
  it('computes what the simulation computes in this process, and ends with the connection', async () => {
    const { link, exit, tick } = await startConnected();
    const alone = createSimulation(configuration);
    for (let index = 0; index < 50; index++)
      expect(await tick(index)).toEqual([...alone.tick(new Uint16Array(0), 0).spikes]);
    link.dispose();
    expect(await exit).toEqual([0, null]);
  });

  // Windows knows no signals: there it would end it.
  it.skipIf(process.platform === 'win32')(
    'goes on when a terminal interrupts it, as its parent ends in order',
    async () => {
      const { link, exit, tick } = await startConnected();
      await tick(0);
      program!.kill('SIGINT');
      program!.kill('SIGHUP');
      const alone = createSimulation(configuration);
      alone.tick(new Uint16Array(0), 0);
      for (let index = 1; index < 20; index++)
        expect(await tick(index)).toEqual([...alone.tick(new Uint16Array(0), 0).spikes]);
      link.dispose();
      expect(await exit).toEqual([0, null]);
    },
  );

  it.runIf(noGpu === undefined)('computes the same on a graphics processor when it is asked for', async () => {
    const { link, exit, tick, ready } = await startConnected({ EXOCORTEX_BACKEND: 'webgpu' });
    expect([ready.backend, ready.backendReason]).toEqual(['webgpu', 'EXOCORTEX_BACKEND asks for webgpu.']);
    const alone = createSimulation(configuration);
    for (let index = 0; index < 50; index++)
      expect(await tick(index)).toEqual([...alone.tick(new Uint16Array(0), 0).spikes]);
    expect(await link.readWeights()).toEqual({ tick: 49, weights: alone.plasticWeights() });
    link.dispose();
    expect(await exit).toEqual([0, null]);
  });

  it.runIf(process.platform === 'linux')('says why no graphics processor computes, and computes without', async () => {
    const { ready, tick } = await startConnected({ VK_DRIVER_FILES: '/no/driver.json', EXOCORTEX_BACKEND: 'webgpu' });
    expect(ready.backend).not.toBe('webgpu');
    expect(ready.backendReason).toMatch(/^EXOCORTEX_BACKEND asks for webgpu, which is not there\. .{10}/);
    expect(await tick(0)).toEqual([...createSimulation(configuration).tick(new Uint16Array(0), 0).spikes]);
  });

  it('ends when the process that started it lets go of it', async () => {
    const { exit, closed } = await startConnected();
    program!.disconnect();
    expect(await exit).toEqual([0, null]);
    await closed;
  });

  it('closes the connection when it is killed', async () => {
    const { closed, faults } = await startConnected();
    program!.kill('SIGKILL');
    await closed;
    expect(faults).toEqual([]);
  });

  it('ends with an exit code that is not 0 after a fault', async () => {
    const { link, exit, closed, faults } = await startConnected();
    link.sendTick(0, 1, Uint16Array.of(999), 1);
    await closed;
    expect(faults.map(({ code }) => code)).toEqual(['defect']);
    expect(await exit).toEqual([1, null]);
  });

  it('does nothing by itself', async () => {
    expect(await start({})).toEqual([2, null]);
  });
});
