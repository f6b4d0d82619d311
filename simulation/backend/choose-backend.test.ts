import { describe, expect, it } from 'vitest';
import { SimulationFaultError } from '../../common/simulation-protocol/fault.ts';
import type { NativeAddon } from '../../native/native-addon.ts';
import { configurationOf } from '../example-configuration.ts';
import { compileNetwork } from '../network/compile-network.ts';
import type { CompiledNetwork } from '../network/compiled-network.ts';
import type { Backend } from './backend.ts';
import { type Available, chooseBackend, processorBackends } from './choose-backend.ts';
import { TypescriptBackend } from './typescript/typescript-backend.ts';
import { gpuCandidate } from './webgpu/gpu-candidate.ts';

const network = compileNetwork(configurationOf({ populations: [{ name: 'all', neurons: 5, model: 'lif' }] }));

/** The reference under another name, whose ticks take at least so long. */
function pretend(name: Backend['name'], milliseconds: number) {
  const opened: { isDisposed: boolean }[] = [];
  const open = (compiled: CompiledNetwork): Backend => {
    const backend = new TypescriptBackend(compiled);
    const record = { isDisposed: false };
    opened.push(record);
    return {
      name,
      async step(channels, count) {
        const until = performance.now() + milliseconds;
        while (performance.now() < until) await Promise.resolve();
        return backend.step(channels, count);
      },
      meanPlasticWeightMillivolts: () => backend.meanPlasticWeightMillivolts(),
      plasticWeights: () => backend.plasticWeights(),
      readState: (...of) => backend.readState(...of),
      readSynapses: (...of) => backend.readSynapses(...of),
      setParameters: (...of) => backend.setParameters(...of),
      state: () => backend.state(),
      restore: (state) => backend.restore(state),
      dispose: () => void (record.isDisposed = true),
    };
  };
  return { name, open, opened };
}
const missing = (name: Backend['name']): Available => ({ name, missing: `There is no ${name}.` });
const adapter = { name: 'Card', isSoftware: false };
const times = { medianMilliseconds: 0.1, p99Milliseconds: 0.2 };

describe('the choice of a back end', () => {
  it('takes the one with the shortest ticks, tells all figures, and begins anew on it', async () => {
    const [gpu, native] = [pretend('webgpu', 0), pretend('native', 3)];
    const { backend, reason } = await chooseBackend(network, [native, gpu], undefined, 1);
    expect(backend.name).toBe('webgpu');
    expect(reason).toMatch(/^Measured on this network: webgpu [\d.]+ ms a tick .*, native [\d.]+ ms a tick/);
    expect(gpu.opened).toEqual([{ isDisposed: true }, { isDisposed: false }]);
    expect(native.opened).toEqual([{ isDisposed: true }]);
    expect((await backend.state()).step).toBe(0);
  });

  it('passes one over that does not take the network, and says why', async () => {
    const open = () => {
      throw new SimulationFaultError({ code: 'network-too-large', text: 'The weights need 9 MB.' });
    };
    const { backend, reason } = await chooseBackend(
      network,
      [{ name: 'webgpu', open }, pretend('native', 0)],
      undefined,
      1,
    );
    expect(backend.name).toBe('native');
    expect(reason).toContain('webgpu cannot compute this network: The weights need 9 MB.');
  });

  it('measures the only one too, and says what is missing', async () => {
    const available = [missing('webgpu'), pretend('native', 0), pretend('typescript', 0)];
    const { backend, reason, warning } = await chooseBackend(network, available, undefined, 1);
    expect([backend.name, warning]).toEqual(['native', undefined]);
    expect(reason).toMatch(/^Measured on this network: native [\d.]+ ms a tick \([^,]*\)\. There is no webgpu\.$/);
  });

  it('builds a large network once where there is no choice', async () => {
    const native = pretend('native', 0);
    const targets = { length: 20_000_001 } as Uint32Array;
    const large = { ...network, projections: [{ targets }] } as unknown as CompiledNetwork;
    const open = () => native.open(network);
    const { reason } = await chooseBackend(large, [{ name: 'native', open }, missing('webgpu')], undefined, 1);
    expect([native.opened.length, reason]).toEqual([1, 'There is no webgpu.']);
  });

  it('warns where no back end keeps the tick', async () => {
    const { backend, reason, warning } = await chooseBackend(
      network,
      [pretend('native', 5), pretend('webgpu', 9)],
      undefined,
      2,
    );
    expect(backend.name).toBe('native');
    expect(warning).toMatch(/^A tick of 2 ms takes [5-9]\.\d ms to compute here: the loop will be late\. Make /);
    expect(reason.startsWith(`${warning} Measured on this network: native`)).toBe(true);
  });

  it('measures with electrodes that spike', async () => {
    const seen: number[] = [];
    const native = pretend('native', 0);
    const open = (compiled: CompiledNetwork): Backend => {
      const backend = native.open(compiled);
      return {
        ...backend,
        step(channels, count) {
          seen.push(...channels.subarray(0, count));
          return backend.step(channels, count);
        },
      };
    };
    await chooseBackend(network, [{ name: 'native', open }], undefined, 1);
    expect(new Set(seen)).toEqual(new Set(Array.from({ length: network.channels }, (_, channel) => channel)));
  });

  it('takes the one that is asked for, else says that it is not there', async () => {
    const available = [pretend('webgpu', 0), ...processorBackends(network, undefined, 4)];
    const asked = await chooseBackend(network, available, 'typescript', 1);
    expect([asked.backend.name, asked.reason]).toEqual(['typescript', 'EXOCORTEX_BACKEND asks for typescript.']);
    const lacking = await chooseBackend(
      network,
      [missing('webgpu'), ...processorBackends(network, undefined, 4)],
      'webgpu',
      1,
    );
    expect(lacking.backend.name).toBe('typescript');
    expect(lacking.reason).toMatch(/^EXOCORTEX_BACKEND asks for webgpu, which is not there\. .* There is no webgpu\./);
    expect(lacking.warning).toBe('EXOCORTEX_BACKEND asks for webgpu, which is not there.');
    const unknown = await chooseBackend(network, processorBackends(network, undefined, 4), 'quantum', 1);
    expect(unknown.reason).toContain('EXOCORTEX_BACKEND asks for quantum, which is no back end.');
  });
});

describe('the back ends of the processor', () => {
  const large = (synapses: number) =>
    ({ ...network, projections: [{ targets: { length: synapses } }] }) as unknown as CompiledNetwork;
  const native = {} as NativeAddon;
  const threads = (synapses: number, processors: number) =>
    processorBackends(large(synapses), native, processors).map((each) =>
      'open' in each && each.name === 'native' ? (each.threads ?? 1) : each.name,
    );

  it('use several threads for large networks, and leave one processor to the rest where there are more than two', () => {
    expect(threads(1000, 8)).toEqual([1, 'typescript']);
    expect(threads(5_000_000, 8)).toEqual([7, 1, 'typescript']);
    expect(threads(5_000_000, 2)).toEqual([2, 1, 'typescript']);
    expect(threads(5_000_000, 1)).toEqual([1, 'typescript']);
    expect(threads(300_000_000, 64)).toEqual([8, 'typescript']);
  });
});

describe('a graphics processor', () => {
  it('is left out where the self test failed, or where the processor itself computes and nobody asks for it', () => {
    expect(gpuCandidate({ works: 'none', reason: 'No driver.' }, undefined, true)).toEqual({
      name: 'webgpu',
      missing: 'No driver.',
    });
    const software = { works: 'plain', adapter: { ...adapter, isSoftware: true }, ...times } as const;
    expect(gpuCandidate(software, undefined, false)).toMatchObject({
      missing: 'Card computes on the processor, which the other back ends do faster.',
    });
    expect(gpuCandidate(software, undefined, true)).toHaveProperty('open');
    expect(gpuCandidate({ works: 'plain', adapter, ...times }, undefined, false)).toHaveProperty('open');
  });
});
