// Both experiments armed, in the real processes, by the command line, with the files that they leave read back.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lateHandlings } from '../../common/journal/records.ts';
import type { ReplayReport } from '../../common/journal/replay-report.ts';
import { journalFileName } from '../../common/journal/session-documents.ts';
import { summariseSession } from '../../analysis/summary/summarise-session.ts';
import type { RunResult } from '../../main/shells/node/commands/run-summary.ts';
import { lastJson, runExocortex, runExperiment } from '../support/run-exocortex.ts';

let out = '';
beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'exocortex-run-'));
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

const sum = (counts: object) => Object.values(counts).reduce((total: number, count: number) => total + count, 0);

const run = (name: string, seconds: number, ...more: string[]) => runExperiment(out, name, seconds, ...more);

/** What must hold of every session, whatever this computer's load was. */
function expectConsistent(result: RunResult, seconds: number): void {
  expect(result.seconds).toBeGreaterThanOrEqual(seconds);
  expect(result.samplesLost).toBe(0);
  expect(result.ticks).toBeGreaterThan(seconds * 990);
  expect(result.requests).toBe(result.permits + sum(result.refusals) - notDriven(result));
  expect(sum(result.lateHandling)).toBe(result.lateTicks);
  for (const handling of Object.keys(result.lateHandling)) expect(lateHandlings).toContain(handling);
  expect(result.latencyMs.p50).toBeGreaterThan(0);
  expect(result.latencyMs.p50).toBeLessThanOrEqual(result.latencyMs.p99);
  expect(result.latencyMs.p999).toBeLessThanOrEqual(result.latencyMs.max);
  expect(existsSync(join(result.session, journalFileName))).toBe(true);
  expect(existsSync(result.nwb ?? '')).toBe(true);
}

/** Permits that the gate refused to drive. */
const notDriven = ({ refusals }: RunResult) => (refusals['not-recorded'] ?? 0) + (refusals.expired ?? 0);

describe('a session on a replayed recording', () => {
  it('goes from sample to acknowledged delivery, journal and NWB file', { timeout: 120_000 }, async () => {
    const { result, code, stderr } = await run('closed-loop-replay', 8);
    expect(code, stderr).toBe(0);
    expect(result.complete).toBe(true);
    expectConsistent(result, 8);
    expect(result).toMatchObject({ source: 'replay', channels: 16, sampleRateHz: 40_000, trips: 0 });
    expect(result.spikes).toBeGreaterThan(8 * 250);
    expect(result.simulatedSpikes).toBeGreaterThan(100);
    expect(result.deliveries).toBeGreaterThan(0);
    expect(result.deliveries).toBe(result.permits - notDriven(result));
    expect(result.refusals['phase-without-stimulation'] ?? 0).toBeGreaterThan(0);
    expect(result.meanPlasticWeightMillivolts?.last).not.toBe(result.meanPlasticWeightMillivolts?.first);
    expect((await summariseSession(result.session)).deliveries).toBe(result.deliveries);
  });
});

describe('a session on virtual tissue', () => {
  it(
    'is a closed loop: spikes follow deliveries, and do not in a control run that is disarmed',
    { timeout: 180_000 },
    async () => {
      const closed = await run('closed-loop-virtual', 12);
      expect(closed.code, closed.stderr).toBe(0);
      expectConsistent(closed.result, 12);
      expect(closed.result.deliveries).toBeGreaterThan(5);
      const { evokedSpikesPerDelivery, baselineSpikesPerDelivery } = closed.result.evoked;
      expect(evokedSpikesPerDelivery).toBeGreaterThan(baselineSpikesPerDelivery + 0.5);

      // Without stimulation nothing has to be in time.
      const control = await run('closed-loop-virtual', 12, '--disarmed', '--fast');
      expectConsistent(control.result, 12);
      expect(control.result.deliveries).toBe(0);
      expect(control.result.permits).toBe(0);
      expect(control.result.evokedControl.stimuli).toBeGreaterThan(5);
      const { evokedSpikesPerDelivery: after, baselineSpikesPerDelivery: before } = control.result.evokedControl;
      expect(after - before).toBeLessThan((evokedSpikesPerDelivery - baselineSpikesPerDelivery) / 3);
    },
  );

  it('runs faster than real time when asked, and its replay makes the same,', { timeout: 120_000 }, async () => {
    const { result, code, stderr } = await run('closed-loop-virtual', 5, '--fast');
    expect(code, stderr).toBe(0);
    expectConsistent(result, 5);
    expect(result.deliveries).toBeGreaterThan(0);

    const replayed = await runExocortex(['replay', result.session, '--json']);
    expect(replayed.code, replayed.stderr).toBe(0);
    const report = lastJson<ReplayReport>(replayed);
    expect(report).toMatchObject({ isEqual: true, difference: null, end: 'closed', ticks: result.ticks });
    const { spikes, populationSpikes, requests, permits } = report.compared;
    const all = (count: number) => ({ recorded: count, computed: count, equal: count });
    expect({ spikes, populationSpikes, requests, permits }).toEqual({
      spikes: all(result.spikes),
      populationSpikes: all(result.simulatedSpikes),
      requests: all(result.requests),
      permits: all(result.permits),
    });
  });
});
