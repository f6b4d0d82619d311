// The addon is built when needed, and its absence is explained.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { buildNative } from './build-native.mjs';

const headers = fileURLToPath(new URL('../node_modules/node-api-headers', import.meta.url));

describe('building the native addon', () => {
  let root: string;
  const source = () => join(root, 'native', 'src', 'small.cpp');

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'exocortex-build-'));
    mkdirSync(join(root, 'node_modules'));
    symlinkSync(headers, join(root, 'node_modules', 'node-api-headers'), 'junction');
    mkdirSync(join(root, 'native', 'src'), { recursive: true });
    writeFileSync(source(), '#include <node_api.h>\nNAPI_MODULE_INIT() { return exports; }\n');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true, force: true });
  });

  const build = (options = {}) => buildNative({ root, log: () => undefined, ...options });
  const withoutCompiler = () => {
    for (const name of ['PATH', 'Path', 'CXX', 'ProgramFiles(x86)']) vi.stubEnv(name, '');
  };

  test('says in one sentence what to install where there is no compiler', async () => {
    withoutCompiler();
    expect(await build()).toEqual({
      status: 'no-compiler',
      reason: expect.stringMatching(/^No C\+\+ compiler .* Install .*$/),
    });
  });

  test('is content with a shipped addon where there is no compiler', async () => {
    const shipped = join(root, 'prebuilds', `${process.platform}-${process.arch}`, 'exocortex.node');
    mkdirSync(join(shipped, '..'), { recursive: true });
    writeFileSync(shipped, '');
    withoutCompiler();
    expect(await build()).toEqual({ status: 'current', path: shipped });
    expect((await build({ isPrebuild: true })).status).toBe('no-compiler');
  });

  test('asks for the dependencies where they are missing', async () => {
    rmSync(join(root, 'node_modules'), { recursive: true });
    expect(await build()).toEqual({ status: 'failed', reason: expect.stringContaining('npm ci') });
  });

  test('compiles what has changed, once, and keeps the last addon when the sources are wrong', async (context) => {
    const first = await build();
    if (first.status === 'no-compiler') context.skip(first.reason);
    const path = join(root, 'native', 'build', 'exocortex.node');
    expect(first).toEqual({ status: 'built', path });
    expect(await build()).toEqual({ status: 'current', path });
    const good = readFileSync(path);
    writeFileSync(source(), 'this is not C++');
    expect(await build()).toEqual({ status: 'failed', reason: expect.stringContaining('small.cpp') });
    expect(readFileSync(path).equals(good)).toBe(true);
    writeFileSync(source(), '#include <node_api.h>\nNAPI_MODULE_INIT() { return nullptr; }\n');
    expect(await build({ isPrebuild: true })).toMatchObject({
      status: 'built',
      path: expect.stringContaining('prebuilds'),
    });
    expect((await build()).status).toBe('built');
  });
});
