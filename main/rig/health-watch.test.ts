import { describe, expect, it } from 'vitest';
import type { ClockSyncStatus } from '../../common/contract/clock-sync.ts';
import type { HealthMeasure } from '../../common/contract/rig-health.ts';
import type { SourceHealth } from '../../common/contract/source-health.ts';
import type { HealthRecord } from '../../common/journal/session-documents.ts';
import { deviceIdentity } from './hardware/device-identity.fixture.ts';
import { heardAt, offStatus, onStatus } from './hardware/device-status.fixture.ts';
import { HealthWatch } from './health-watch.ts';
import type { ClockLine } from './interlock/clock-watch.ts';
import { testLimits } from './interlock/limits.fixture.ts';

const timing = testLimits().timing;

function setUp({
  canStimulate = true,
  pacing = 'real-time' as 'real-time' | 'stepped',
  sync = undefined as ClockSyncStatus | undefined,
} = {}) {
  const identity = deviceIdentity({ canStimulate, pacing });
  const world = {
    reader: {
      identity,
      refusedFrames: 0,
      usualPauseMilliseconds: 0,
      health: undefined as SourceHealth | undefined,
    },
    writer: {
      identity,
      capability: 'L3' as const,
      refusedFrames: 0,
      status: offStatus({ temperatureDecidegrees: 300 }),
    },
    percent: 0,
    fit: undefined as ClockLine | undefined,
  };
  const changes: HealthRecord[] = [];
  const watch = new HealthWatch({
    ...world,
    lostSamples: { percentAt: () => world.percent },
    clock: {
      get fit() {
        return world.fit;
      },
    },
    sync: sync && { status: () => sync },
    timing: () => timing,
    onChange: (record) => changes.push(record),
  });
  let seconds = 1000;
  return {
    world,
    watch,
    changes,
    look: (times = 1) => {
      for (let time = 0; time < times; time++) watch.look(++seconds * 1e9);
    },
    of: (measure: HealthMeasure) => watch.status.readings.find((reading) => reading.measure === measure),
  };
}

describe('HealthWatch', () => {
  it('tells what a healthy stimulator is, with every bound', () => {
    const { watch, look, of, changes } = setUp();
    look(3);
    expect(watch.status.device).toEqual({
      description: 'Stimulator of the tests',
      serial: 'probe-1',
      firmware: '2.1.0',
      limits: {
        amplitudeMaxMicroamps: 100,
        chargePerPhaseMaxNanocoulombs: 20,
        rateMaxHz: 500,
        leaseMaxMilliseconds: 500,
      },
    });
    expect(of('sample-rate')).toEqual({ measure: 'sample-rate', absent: 'soon', bound: 20, stated: 20_000 });
    expect(of('temperature')).toEqual({ measure: 'temperature', value: 30, bound: 45 });
    expect(of('lease')).toMatchObject({ absent: 'off', bound: timing.leaseMilliseconds / 4 });
    expect(of('clock-drift')).toMatchObject({ absent: 'soon', bound: timing.clockDriftMaxPartsPerMillion });
    expect(watch.status.found).toEqual([]);
    expect(changes).toEqual([]);
  });

  it('tells how two clocks run where there are two, and finds that they are not aligned any more', () => {
    const fit = { atMicroseconds: 1, offsetMicroseconds: 2, driftPartsPerMillion: -30, residualMicroseconds: 9 };
    const whole = { ...fit, largestResidualMicroseconds: 20, pulses: 60, unseen: 0 };
    const { look, of, changes } = setUp({ sync: { isAligned: false, fit: whole, ageSeconds: 6 } });
    look(2);
    expect(of('sync-drift')).toEqual({ measure: 'sync-drift', value: -30, bound: 500 });
    expect(of('sync-residual')).toEqual({ measure: 'sync-residual', value: 9, bound: 1000 });
    expect(of('sync-age')).toEqual({ measure: 'sync-age', value: 6, bound: 5 });
    expect(changes).toMatchObject([{ measure: 'sync-age', isWrong: true }]);
    const soon = setUp({ sync: { isAligned: false, problem: 'none yet' } });
    soon.look();
    expect(soon.of('sync-drift')).toMatchObject({ absent: 'soon' });
    const one = setUp();
    one.look();
    expect(one.of('sync-age')).toBeUndefined();
  });

  it('finds what is wrong for two seconds, ends it after three that are right, and tells each once', () => {
    const { world, watch, look, changes } = setUp();
    world.percent = 50;
    look();
    expect(watch.status.found).toEqual([]);
    look(5);
    expect(watch.status.found).toEqual(['lost-samples']);
    expect(changes).toEqual([
      {
        measure: 'lost-samples',
        isWrong: true,
        message: expect.stringContaining('50 %') as unknown,
        value: 50,
        bound: timing.lostSamplesMaxPartsPerMillion / 10_000,
      },
    ]);
    expect(watch.findings).toEqual([{ ...changes[0] }]);
    world.percent = 0;
    look(2);
    expect(watch.status.found).toEqual(['lost-samples']);
    look(1);
    expect(watch.status.found).toEqual([]);
    expect(changes[1]).toMatchObject({ measure: 'lost-samples', isWrong: false, value: 0 });
    expect(changes[1]).not.toHaveProperty('message');
    expect(watch.findings).toEqual([]);
  });

  it('tells nothing of what comes and goes', () => {
    const { world, watch, look, changes } = setUp();
    for (let time = 0; time < 10; time++) {
      world.percent = time % 2 === 0 ? 50 : 0;
      look();
    }
    expect(watch.status.found).toEqual([]);
    expect(changes).toEqual([]);
  });

  it('keeps the least of the lease for a second, of an output that drives', () => {
    const { watch, look, of } = setUp();
    const hear = (leaseRemainingMicroseconds: number, isDry = false) =>
      watch.hear(heardAt(0, onStatus(7, { leaseRemainingMicroseconds, isDry })));
    hear(90_000);
    hear(31_000);
    hear(80_000);
    hear(1000, true);
    look();
    expect(of('lease')?.value).toBe(31);
    look();
    expect(of('lease')?.absent).toBe('off');
  });

  it('counts damaged messages of both directions over ten seconds', () => {
    const { world, look, of } = setUp();
    look();
    world.reader.refusedFrames = 1;
    world.writer.refusedFrames = 1;
    world.writer.status = offStatus({ refusedFrames: 2 });
    look();
    expect(of('damaged-messages')).toMatchObject({ value: 4, bound: 0 });
    look(12);
    expect(of('damaged-messages')?.value).toBe(0);
  });

  it('shows the clocks as they were fitted', () => {
    const { world, look, of } = setUp();
    world.fit = { offsetMicroseconds: -2_000_000, driftPartsPerMillion: 12, residualMicroseconds: 300 };
    look();
    expect(['clock-offset', 'clock-drift', 'clock-residual'].map((name) => of(name as HealthMeasure)?.value)).toEqual([
      -2, 12, 0.3,
    ]);
  });

  it('says of a source without a stimulator, and of one in steps, what it does not have', () => {
    const only = setUp({ canStimulate: false });
    only.look();
    expect(only.of('lease')?.absent).toBe('none');
    expect(only.of('temperature')?.absent).toBe('none');
    expect(only.watch.status.device).not.toHaveProperty('limits');
    const stepped = setUp({ pacing: 'stepped' });
    stepped.look();
    expect(stepped.of('sample-rate')?.absent).toBe('stepped');
    expect(stepped.of('arrival-jitter')?.absent).toBe('stepped');
  });

  it('takes the lag of a source that tells it, and leaves its judgement to it', () => {
    const { world, look, of } = setUp();
    world.reader.health = { lagMilliseconds: 80, longestLagMilliseconds: 90, droppedSamples: 0, problems: [] };
    world.reader.usualPauseMilliseconds = 40;
    look();
    expect(of('device-lag')).toEqual({ measure: 'device-lag', value: 80 });
    expect(of('arrival-jitter')?.bound).toBe(80);
  });
});
