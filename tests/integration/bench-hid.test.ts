// The HID bench with its real programs and the emulated board.
import { describe, expect, it } from 'vitest';
import type { HidBenchResult } from '../../main/shells/node/commands/bench-hid.ts';
import { buildHostBoard } from '../../scripts/build-firmware.mjs';
import { lastJson, runExocortex } from '../support/run-exocortex.ts';

const built = buildHostBoard();
if ('reason' in built) console.warn(`The HID bench is not tested: ${built.reason}.`);

describe.runIf('path' in built)('bench hid', () => {
  it('measures the emulated board, counts every loss and believes no damage', { timeout: 60_000 }, async () => {
    const parts = ['--only', 'reports-64,latency,fuzz'];
    const finished = await runExocortex(['bench', 'hid', ...parts, '--seconds', '1', '--frames', '2000', '--json']);
    expect(finished.code, finished.stderr).toBe(0);
    const { lines, fuzz, note } = lastJson<HidBenchResult>(finished);
    expect(Object.keys(lines)).toEqual(['reports-64', 'latency']);
    for (const run of Object.values(lines)) {
      expect(run).toMatchObject({ channels: 16, sampleRateHz: 8000, uncountedSamples: 0, wrongSamples: 0 });
      expect(run.samples).toBeGreaterThan(0);
    }
    expect(lines.latency?.latency?.pulses['delivered']).toBeGreaterThan(0);
    const { inputMs, clockUncertaintyMs } = lines.latency!.latency!;
    expect(inputMs.p50).toBeGreaterThan(-clockUncertaintyMs);
    for (const counts of Object.values(fuzz ?? {}))
      expect(counts).toMatchObject({ damaged: 2000, wrong: 0, crashes: 0 });
    expect(note).toContain('without USB');
  });

  it('says what to correct when there is no such board', async () => {
    const finished = await runExocortex(['bench', 'hid', '--only', 'latency', '--board', '/nowhere/host-board']);
    expect(finished.code).toBe(2);
    expect(finished.stderr).toContain('There is no emulated board /nowhere/host-board: correct --board.');
  });
});
