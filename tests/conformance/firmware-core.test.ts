import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { buildCoreTests, checkSketch } from '../../scripts/build-firmware.mjs';

const tests = buildCoreTests();
if ('reason' in tests) console.warn(`The tests of the board's core are skipped: ${tests.reason}.`);

describe.runIf('path' in tests)("the board's core", () => {
  it('passes its own tests', () => {
    const { status, stdout } = spawnSync('path' in tests ? tests.path : '', [], { encoding: 'utf8' });
    expect(stdout).toMatch(/^\d+ checks, 0 failures\n$/);
    expect(status).toBe(0);
  });

  it('is called by a sketch that compiles against the declarations of what it uses', () => {
    expect(checkSketch()).toEqual({ compiled: true });
  });
});
