// The addon is found, checked and refused with a reason; wrong calls become errors, never crashes.
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadNative } from './load-native.ts';

const { platform, arch, env } = process;
const checkout = fileURLToPath(new URL('..', import.meta.url));
const built = loadNative({ applicationRoot: checkout, environment: env, platform, arch });

describe('loading the native addon', () => {
  let applicationRoot: string;
  const place = (name: string): string => {
    const path = join(applicationRoot, name);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  };
  const load = (environment = {}) => loadNative({ applicationRoot, environment, platform, arch });

  beforeEach(() => {
    applicationRoot = mkdtempSync(join(tmpdir(), 'exocortex-native-'));
  });
  afterEach(() => rmSync(applicationRoot, { recursive: true, force: true }));

  test('says how to build it where it is missing', () => {
    expect(load()).toEqual({ native: undefined, reason: expect.stringContaining('npm run native') });
  });

  test('says what is wrong with a file that is no addon', () => {
    const path = place('native/build/exocortex.node');
    writeFileSync(path, 'not an addon');
    expect(load()).toEqual({ native: undefined, reason: expect.stringContaining(path) });
  });

  test('leaves it alone when told to', () => {
    writeFileSync(place('native/build/exocortex.node'), 'not an addon');
    expect(load({ EXOCORTEX_NATIVE: 'off' })).toEqual({
      native: undefined,
      reason: 'switched off by EXOCORTEX_NATIVE=off',
    });
  });

  describe(`with a build${built.native ? '' : ` (skipped: ${built.reason})`}`, () => {
    const builtTest = test.runIf(built.native);

    builtTest('prefers the local build, and passes one over that does not load', () => {
      if (!built.native) return;
      const shipped = place(`prebuilds/${platform}-${arch}/exocortex.node`);
      const local = place('native/build/exocortex.node');
      copyFileSync(built.path, shipped);
      writeFileSync(local, 'not an addon');
      expect(load()).toMatchObject({ path: shipped });
      copyFileSync(built.path, local);
      expect(load()).toMatchObject({ path: local });
    });

    builtTest('raises the priority of a thread or says why it cannot', async () => {
      const worker = new Worker(
        `const { parentPort, workerData } = require('node:worker_threads');
         const addon = { exports: {} };
         process.dlopen(addon, workerData);
         parentPort.postMessage(addon.exports.raiseThreadPriority());`,
        { eval: true, workerData: built.native && built.path },
      );
      const [[answer]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
      expect(answer).toEqual({ applied: expect.any(Boolean), reason: expect.stringMatching(/.{5}/) });
    });

    builtTest('turns calls that break the contract into errors', () => {
      if (!built.native) return;
      const { SpikeKernel, TickTimer } = built.native;
      const plan = {
        channels: 2,
        microvoltsPerBit: 1,
        sections: new Float64Array(5),
        thresholdSigmas: 4,
        refractorySamples: 0,
        initialNoiseMicrovolts: new Float64Array(2),
        runningNoise: undefined,
      };
      expect(() => new SpikeKernel({ ...plan, channels: 3 })).toThrow('initialNoiseMicrovolts');
      expect(() => new SpikeKernel({ ...plan, sections: new Float64Array(4) })).toThrow('sections');
      const kernel = new SpikeKernel(plan);
      const detect = (samples: Int16Array, filtered: Float32Array, offsets: Uint16Array): number =>
        kernel.detect(
          samples,
          3,
          0,
          0,
          filtered,
          new Float64Array(2),
          offsets,
          new Uint16Array(4),
          new Float32Array(4),
        );
      expect(detect(new Int16Array(6), new Float32Array(6), new Uint16Array(4))).toBe(0);
      expect(() => detect(new Int16Array(5), new Float32Array(6), new Uint16Array(4))).toThrow('samples');
      expect(() => detect(new Int16Array(6), new Float32Array(5), new Uint16Array(4))).toThrow('filteredMicrovolts');
      expect(() => detect(new Int16Array(6), new Float32Array(6), new Uint16Array(3))).toThrow('differ in length');
      expect(() => Reflect.apply(kernel.detect, {}, [])).toThrow('Illegal invocation');
      expect(() => Reflect.apply(SpikeKernel, globalThis, [plan])).toThrow('new');
      expect(() => Reflect.apply(kernel.detect, kernel, [])).toThrow('too few');
      expect(() => new TickTimer(0, 0, () => undefined)).toThrow('periodNs');
    });
  });
});
