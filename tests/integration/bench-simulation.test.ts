// `exocortex bench simulation` with its real programs, as short as can be.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SimulationBenchResult } from '../../main/shells/node/commands/bench-simulation/result.ts';
import { lastJson, runExocortex } from '../support/run-exocortex.ts';

let empty = '';
beforeEach(() => (empty = mkdtempSync(join(tmpdir(), 'exocortex-no-python-'))));
afterEach(() => rmSync(empty, { recursive: true, force: true }));

/** On a computer without Python. */
const bench = (...args: string[]) =>
  runExocortex(['bench', 'simulation', ...args], {
    PATH: empty,
    XDG_CACHE_HOME: empty,
    LOCALAPPDATA: empty,
    EXOCORTEX_PYTHON: join(empty, 'python'),
  });

describe('bench simulation', () => {
  test('refuses parts that it does not have', async () => {
    const finished = await bench('--only', 'cuba,cubes');
    expect(finished.code).toBe(2);
    expect(finished.stderr).toContain("not 'cubes'");
  });

  test('measures what can be measured and says why the rest was not', { timeout: 60_000 }, async () => {
    const finished = await bench('--only', 'cuba', '--repeats', '1', '--seconds', '0.05', '--json');
    expect(finished.code).toBe(0);
    const { cuba, coba, skipped } = lastJson<SimulationBenchResult>(finished);
    expect(coba).toBeUndefined();
    expect(cuba!.secondsPerBiologicalSecond.typescript).toBeGreaterThan(0);
    expect(cuba).not.toHaveProperty('speedupVsBrian2');
    expect(skipped).toContainEqual({
      what: 'cuba.brian2Cpp',
      reason: 'there is no Python 3 with the venv module on this computer',
    });
  });

  test('measures the loop through both programs', { timeout: 60_000 }, async () => {
    const finished = await bench('--only', 'loop', '--seconds', '0.05', '--json');
    const { loopMs, plasticLoopMs, control, skipped } = lastJson<SimulationBenchResult>(finished);
    expect(skipped).toEqual([]);
    for (const measurement of [loopMs, plasticLoopMs, control]) {
      expect(measurement!.ticks).toBe(50);
      expect(measurement!.max).toBeGreaterThanOrEqual(measurement!.p50);
      expect(measurement!.p50).toBeGreaterThan(0);
    }
    expect(control!.computeP50).toBeLessThan(plasticLoopMs!.computeP50);
  });
});
