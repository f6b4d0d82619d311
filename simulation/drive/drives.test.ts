import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { driveRange } from '../../common/experiment/network/drive.ts';
import type { SimulationConfiguration } from '../../common/simulation-protocol/configuration.ts';
import type { DriveControl } from '../../common/simulation-protocol/control-message.ts';
import { TypescriptBackend } from '../backend/typescript/typescript-backend.ts';
import { type BlockingSimulation, createSimulation } from '../create-simulation.ts';
import { configurationOf } from '../example-configuration.ts';
import { compileNetwork } from '../network/compile-network.ts';
import { fingerprint, writeStateFile } from '../state/state-file.ts';

type Model = NonNullable<Parameters<typeof configurationOf>[0]['populations']>[number];

const quiet = new Uint16Array(0);
const spikesOf = (simulation: BlockingSimulation, ticks: number) =>
  Array.from({ length: ticks }, () => [...simulation.tick(quiet, 0).spikes]);

const drive = (strength: number, milliseconds: number, population = 0, unit: 'mV' | 'Hz' = 'mV'): DriveControl => ({
  kind: 'drive',
  population,
  strength,
  unit,
  milliseconds,
});

/** A noisy population that excites a second one. */
const configuration = configurationOf({
  populations: [
    { name: 'cells', neurons: 40, model: 'lif', biasMillivolts: 12, noiseMillivolts: 3 },
    { name: 'others', neurons: 20, model: 'lif', biasMillivolts: 15 },
  ],
  projections: [
    { name: 'on', from: 'cells', to: 'others', connections: { kind: 'random', probability: 0.3 }, weightMillivolts: 1 },
  ],
});

/** One population of each model, with what a file says in the place of the drive. */
const models: readonly (readonly [Model, Partial<Model>, DriveControl])[] = [
  [{ name: 'all', neurons: 20, model: 'lif', noiseMillivolts: 2 }, { biasMillivolts: 25 }, drive(25, 50)],
  [
    { name: 'all', neurons: 20, model: 'lif-conductance', leakNanosiemens: 8, noiseMillivolts: 2 },
    { biasMillivolts: 25 },
    { ...drive(200, 50), unit: 'pA' } as DriveControl,
  ],
  [{ name: 'all', neurons: 20, model: 'adex', biasMillivolts: -1 }, { biasMillivolts: 30 }, drive(31, 50)],
  [
    { name: 'all', neurons: 20, model: 'izhikevich' },
    { biasMillivoltsPerMillisecond: 12 },
    { ...drive(12, 50), unit: 'mV/ms' } as DriveControl,
  ],
  [{ name: 'all', neurons: 20, model: 'rate' }, { biasMillivolts: 5 }, drive(5, 50)],
  [{ name: 'all', neurons: 20, model: 'poisson', rateHz: 30 }, { rateHz: 150 }, drive(120, 50, 0, 'Hz')],
];

const alone = (population: Model) =>
  configurationOf({
    populations: [population, { name: 'in', neurons: 1, model: 'lif' }],
    inputs: [{ to: 'in', neuronsPerElectrode: 1, weightMillivolts: 0 }],
  });

let folder: string | undefined;
afterEach(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  folder = undefined;
});

describe('a drive', () => {
  it.each(models)('makes neurons what a file says of neurons that are always so: $model', (model, always, control) => {
    const driven = createSimulation(alone(model));
    const file = createSimulation(alone({ ...model, ...always } as Model));
    expect(driven.control(control)).toBe('');
    const [found, expected] = [spikesOf(driven, 50), spikesOf(file, 50)];
    expect(expected.flat().length).toBeGreaterThan(0);
    expect(found).toEqual(expected);
  });

  it('acts for its time to the tick and leaves nothing behind', () => {
    const simulation = createSimulation(configuration);
    spikesOf(simulation, 10);
    expect(simulation.control(drive(20, 30))).toBe('');
    expect(simulation.step).toBe(20);
    expect(simulation.drives).toEqual([{ population: 0, strength: 20, unit: 'mV', ticksLeft: 30 }]);
    const before = spikesOf(simulation, 29);
    expect(simulation.drives[0]!.ticksLeft).toBe(1);
    spikesOf(simulation, 1);
    expect(simulation.drives).toEqual([]);
    const { arrays } = simulation.state();
    expect(Object.keys(arrays)).not.toContain('drives');

    const never = new TypescriptBackend(compileNetwork(configuration));
    never.restore(simulation.state());
    const after = spikesOf(simulation, 60);
    expect(after).toEqual(Array.from({ length: 60 }, () => [...never.step(quiet, 0)]));
    expect(before.flat().length / 29).toBeGreaterThan((3 * after.flat().length) / 60);
  });

  it('acts through several ticks that are advanced at once', () => {
    const [one, several] = [createSimulation(configuration), createSimulation(configuration)];
    for (const each of [one, several]) each.control(drive(20, 5));
    const together = [...several.tick(quiet, 0, 9).spikes];
    expect(together).toEqual(spikesOf(one, 9).flat());
    expect(several.drives).toEqual([]);
  });

  it('ends at once when it is told to, of one population or of all', () => {
    const [stopped, never] = [createSimulation(configuration), createSimulation(configuration)];
    for (const population of [0, 1]) stopped.control(drive(20, 500, population));
    expect(stopped.control({ kind: 'end-drive', population: 0 })).toBe('');
    expect(stopped.drives.map(({ population }) => population)).toEqual([1]);
    expect(stopped.control({ kind: 'end-drive', population: null })).toBe('');
    expect(stopped.drives).toEqual([]);
    expect(spikesOf(stopped, 40)).toEqual(spikesOf(never, 40));
  });

  it('takes the place of the one before in its population', () => {
    const simulation = createSimulation(configuration);
    simulation.control(drive(20, 500));
    simulation.control(drive(-5, 3));
    expect(simulation.drives).toEqual([{ population: 0, strength: -5, unit: 'mV', ticksLeft: 3 }]);
    spikesOf(simulation, 3);
    expect(simulation.drives).toEqual([]);
  });

  it('goes on in a saved state, and ends at the same tick', () => {
    folder = mkdtempSync(join(tmpdir(), 'exocortex-drive-'));
    const path = join(folder, 'driven.state');
    const simulation = createSimulation(configuration);
    simulation.control(drive(18.25, 40, 1));
    spikesOf(simulation, 15);
    writeStateFile(path, fingerprint(configuration), simulation.state());
    const again = createSimulation({ ...configuration, startFrom: path });
    expect(again.ready.drives).toEqual([{ population: 1, strength: 18.25, unit: 'mV', ticksLeft: 25 }]);
    expect(again.step).toBe(simulation.step);
    expect(spikesOf(again, 60)).toEqual(spikesOf(simulation, 60));
  });

  it('tells a back end nothing while none begins or ends', () => {
    const settings: string[] = [];
    class Watched extends TypescriptBackend {
      override setParameters(population: number, parameters: Int32Array): void {
        settings.push(`population ${population}`);
        super.setParameters(population, parameters);
      }
    }
    const simulation = createSimulation(configuration, (network) => new Watched(network));
    spikesOf(simulation, 20);
    expect(settings).toEqual([]);
    simulation.control(drive(20, 10));
    spikesOf(simulation, 30);
    expect(settings).toEqual(['population 0', 'population 0']);
  });
});

describe('a drive that cannot be', () => {
  it('is refused with what it can be, and changes nothing', () => {
    const simulation = createSimulation(configuration);
    expect(simulation.control(drive(1001, 50))).toBe(
      'a drive of 1001 mV is more than cells can hold. Choose a strength from −1012 to 988 mV, other than 0',
    );
    expect(simulation.control(drive(NaN, 50))).toContain('Choose a strength');
    expect(simulation.control(drive(0, 50))).toContain('does nothing');
    expect(simulation.control(drive(5, 0.5))).toContain('Choose a duration from 1 ms');
    expect(simulation.control(drive(5, 50, 0, 'Hz'))).toBe('cells is driven in mV, not in Hz. Say it in mV');
    expect(simulation.control(drive(5, 50, 2))).toBe('there is no population 2');
    expect(simulation.control({ kind: 'end-drive', population: 2 })).toBe('there is no population 2');
    expect(simulation.drives).toEqual([]);
  });

  it('is refused of recorded units', () => {
    const units = alone({ name: 'units', neurons: 4, model: 'spike-source' });
    expect(createSimulation(units).control(drive(5, 50))).toContain('fires when recorded units do');
  });

  it('is refused where neurons that are tried leave the range of their whole numbers', () => {
    const population: Model = { name: 'all', neurons: 20, model: 'izhikevich' };
    const long: SimulationConfiguration = {
      ...alone(population),
      network: { ...alone(population).network, stepMilliseconds: 1 },
    };
    const strong = { kind: 'drive', population: 0, strength: -150, unit: 'mV/ms', milliseconds: 100 } as const;
    const simulation = createSimulation(long);
    expect(simulation.control(strong)).toContain('would leave the range of their whole numbers');
    expect(spikesOf(simulation, 100)).toHaveLength(100);
  });
});

describe('the strongest drives', () => {
  it.each(models.flatMap(([model]) => (['lowest', 'highest'] as const).map((end) => [model, end] as const)))(
    'keep neurons in the range of their whole numbers for as long as they last: %o, %s',
    (model, end) => {
      const simulation = createSimulation(alone(model));
      const { network } = alone(model);
      const range = driveRange(network.populations[0]!, 0.1)!;
      const own = createSimulation({ ...alone(model), network: { ...network, stepMilliseconds: 0.1 } });
      simulation.dispose();
      const { unit } = range;
      const control = { kind: 'drive', population: 0, strength: range[end], unit, milliseconds: 300 } as const;
      expect(own.control(control)).toBe('');
      expect(spikesOf(own, 350)).toHaveLength(350);
      expect(own.drives).toEqual([]);
    },
  );
});
