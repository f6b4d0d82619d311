// Both experiments in the real processes, by the command line, with the files that they leave read back.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lateHandlings } from '../../common/journal/records.ts';
import type { ReplayReport } from '../../common/journal/replay-report.ts';
import { journalFileName } from '../../common/journal/session-documents.ts';
import { summariseSession } from '../../analysis/summary/summarise-session.ts';
import type { RunResult } from '../../main/shells/node/commands/run-summary.ts';
import { lastJson, root, runExocortex } from '../support/run-exocortex.ts';

let out = '';
beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'exocortex-run-'));
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

const experiment = (name: string) => join(root, 'experiments', name, 'experiment.yaml');
const sum = (counts: object) => Object.values(counts).reduce((total: number, count: number) => total + count, 0);

async function run(name: string, seconds: number, ...more: string[]) {
  const finished = await runExocortex([
    'run',
    experiment(name),
    '--seconds',
    String(seconds),
    '--json',
    '--out',
    out,
    ...more,
  ]);
  return { ...finished, result: lastJson<RunResult>(finished) };
}

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

  it('finds the same spikes with the TypeScript kernels and says so', { timeout: 120_000 }, async () => {
    const finished = await runExocortex(
      ['run', experiment('closed-loop-replay'), '--seconds', '3', '--disarmed', '--json', '--out', out],
      { EXOCORTEX_NATIVE: 'off' },
    );
    const result = lastJson<RunResult>(finished);
    expect(result.native).toBe(false);
    expect(result.nativeReason).toContain('EXOCORTEX_NATIVE=off');
    expect(result.spikes).toBeGreaterThan(3 * 250);
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

  it(
    'keeps what the population has become, and a copy of it goes on in a rehearsal',
    { timeout: 180_000 },
    async () => {
      const first = await run('closed-loop-virtual', 4, '--fast', '--disarmed');
      const saved = join(first.result.session, 'population-end.state');
      const [line] = readFileSync(saved, 'latin1').split('\n');
      const { step, sha256 } = JSON.parse(line!) as { step: number; sha256: string };
      expect(step).toBeGreaterThanOrEqual(8000);
      const second = await run('closed-loop-virtual', 2, '--fast', '--disarmed', '--from', saved);
      expect(second.code, second.stderr).toBe(0);
      expect(second.result.meanPlasticWeightMillivolts?.first).toBeCloseTo(
        first.result.meanPlasticWeightMillivolts!.last,
        2,
      );
      const opening = readFileSync(join(second.result.session, 'session.json'), 'utf8');
      expect((JSON.parse(opening) as { simulation: object }).simulation).toMatchObject({
        startedFrom: { step, sha256 },
      });
      const other = await runExocortex([
        'run',
        experiment('closed-loop-replay'),
        '--disarmed',
        '--from',
        saved,
        '--out',
        out,
      ]);
      expect(other.code).not.toBe(0);
      expect(other.stderr).toContain('belongs to another network');
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

describe('bad input', () => {
  it('is refused before anything starts, with file, line, column and cure', async () => {
    const finished = await runExocortex([
      'run',
      join(root, 'main/experiment/fixtures/wrong/values.yaml'),
      '--seconds',
      '3',
      '--out',
      out,
    ]);
    expect(finished.code).toBe(2);
    expect(finished.stderr).toMatch(/values\.yaml:\d+:\d+: error: .+\. .+/);
  });

  it('of the command line is answered with a sentence', async () => {
    for (const args of [
      ['run'],
      ['fly'],
      ['run', 'x.yaml', '--seconds', 'soon'],
      ['run', 'x.yaml', '--sedonds', '3'],
      ['recover'],
    ]) {
      const finished = await runExocortex(args);
      expect(finished.code, args.join(' ')).toBe(2);
      expect(finished.stderr).toContain('--help');
      expect(finished.stderr).not.toMatch(/\n\s+at /);
    }
  });
});
