import { describe, expect, it } from 'vitest';
import type { SessionSummary } from '../../../../common/journal/session-summary.ts';
import { runResult, runWords } from './run-summary.ts';

const percentiles = { count: 10, p50: 0.4, p99: 0.9, p999: 1.2, max: 3 };
const evoked = { stimuli: 0, evokedSpikesPerDelivery: 0, baselineSpikesPerDelivery: 0 };
const summary = {
  format: 'exocortex-summary/1',
  session: 'uuid',
  complete: true,
  reason: 'completed',
  source: 'replay',
  device: 'recording',
  backend: 'typescript',
  native: true,
  channels: 16,
  sampleRateHz: 40_000,
  seconds: 20,
  ticks: 20_000,
  lateTicks: 1,
  lateHandling: { 'no result': 1 },
  latencyMs: percentiles,
  samplesLost: 0,
  samplesUnreadable: 0,
  spikes: 7000,
  simulatedSpikes: 100,
  requests: 5,
  permits: 4,
  refusals: { late: 1 },
  deliveries: 4,
  trips: 0,
  faults: [],
  evoked,
  evokedControl: evoked,
} as unknown as SessionSummary;

describe('the result of a run', () => {
  it('is complete only when everything was recorded and exported, nothing tripped and no sample is missing', () => {
    expect(runResult(summary, '/s', '/s/session.nwb').complete).toBe(true);
    expect(runResult(summary, '/s', undefined).complete).toBe(false);
    for (const change of [
      { complete: false },
      { trips: 1 },
      { samplesLost: 1 },
      { samplesUnreadable: 1 },
      { reason: 'stopped by the operator' },
    ] as Partial<SessionSummary>[]) {
      expect(runResult({ ...summary, ...change }, '/s', '/s/session.nwb').complete, JSON.stringify(change)).toBe(false);
    }
  });

  it('has the keys that scripts read', () => {
    const result = runResult(summary, '/s', '/s/session.nwb');
    for (const key of [
      'complete',
      'source',
      'backend',
      'native',
      'seconds',
      'ticks',
      'lateTicks',
      'latencyMs',
      'samplesLost',
      'spikes',
      'requests',
      'permits',
      'refusals',
      'deliveries',
      'trips',
      'session',
      'nwb',
    ]) {
      expect(result).toHaveProperty(key);
    }
    expect(result).toMatchObject({ session: '/s', sessionId: 'uuid' });
  });

  it('says the same in words', () => {
    const words = runWords(
      runResult(
        { ...summary, trips: 1, faults: [{ code: 'late-tick', message: 'A tick took 40 ms.', isFirst: true }] },
        '/s',
        undefined,
      ),
    );
    expect(words).toContain('NOT complete');
    expect(words).toContain('A tick took 40 ms.');
    expect(words).toContain('1 late');
  });
});
