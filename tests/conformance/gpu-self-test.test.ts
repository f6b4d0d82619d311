// The self test of a graphics processor as it is shipped, in processes of its own: what works, what is forbidden, what crashes or hangs.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { arch, env, pid, platform } from 'node:process';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attemptsInOneProgram } from '../../common/simulation-protocol/gpu-self-test.ts';
import { loadNative } from '../../native/load-native.ts';
import { root } from '../../scripts/paths.mjs';
import { runSelfTest } from '../../simulation/backend/webgpu/run-self-test.ts';
import { whyNoGpu } from '../support/software-gpu.ts';

const noGpu = await whyNoGpu();
const { native } = loadNative({ applicationRoot: root, environment: env, platform, arch });
if (noGpu !== undefined) console.log(`The self test of a graphics processor is not tested: ${noGpu}`);
if (native === undefined) console.log('That Dawn copies is not tested: the native addon is not built.');

/** Two folders below the root, as in the application, where it finds Dawn and the addon. */
const folder = join(root, 'build', `self-test-${pid}`);
const program = join(folder, 'gpu-self-test.js');
const place = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['webgpu'] },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { input: { 'gpu-self-test': 'simulation/gpu-self-test.ts' } },
    },
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(noGpu === undefined)('the self test', () => {
  it('finds that a graphics processor works, and how fast', async () => {
    expect(await runSelfTest(program, attemptsInOneProgram, 20_000)).toEqual({
      works: 'plain',
      adapter: { name: expect.any(String), isSoftware: expect.any(Boolean) },
      medianMilliseconds: expect.any(Number),
      p99Milliseconds: expect.any(Number),
    });
  });

  it.runIf(native !== undefined)('falls back to copies where external buffers are forbidden', async () => {
    const forbidden = { works: 'plain', mode: 'forbid' } as const;
    expect(await runSelfTest(program, [forbidden], 20_000)).toEqual({
      works: 'none',
      reason: expect.stringContaining('The trial failed on'),
    });
    const result = await runSelfTest(program, [forbidden, { works: 'hook', mode: 'copy' }], 20_000);
    expect(result).toMatchObject({ works: 'hook', medianMilliseconds: expect.any(Number) });
  });
});

describe('a self test that goes wrong', () => {
  it('is a result when it crashes', async () => {
    const crashing = place('crashing.mjs', 'process.abort();');
    expect(await runSelfTest(crashing, [{ works: 'plain', mode: 'plain' }], 20_000)).toEqual({
      works: 'none',
      reason: expect.stringMatching(/crashed \((SIGABRT|exit code \d+)\)/),
    });
  });

  it('is killed when it hangs', async () => {
    const hanging = place('hanging.mjs', 'setInterval(() => {}, 1000);');
    expect(await runSelfTest(hanging, [{ works: 'plain', mode: 'plain' }], 500)).toEqual({
      works: 'none',
      reason: 'The self test of the graphics processor gave no answer within 500 ms.',
    });
  });

  it('is a result when there is no such program', async () => {
    const attempt = { works: 'plain', mode: 'plain', executable: join(folder, 'no-node') } as const;
    expect(await runSelfTest(program, [attempt], 20_000)).toEqual({
      works: 'none',
      reason: expect.stringContaining('cannot be started'),
    });
  });
});
