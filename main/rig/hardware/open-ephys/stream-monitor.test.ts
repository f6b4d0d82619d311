import { describe, expect, it } from 'vitest';
import { noCounts } from './stream-counts.ts';
import { rateSeconds, silenceMilliseconds, StreamMonitor } from './stream-monitor.ts';

const rateHz = 30_000;
const startNs = 5e9;

/** Blocks of 300 samples for so many seconds. @returns the time then */
function run(monitor: StreamMonitor, seconds: number, share = 1): number {
  let nowNs = startNs;
  for (let sample = 0; sample < seconds * rateHz * share; sample += 300) {
    nowNs = startNs + (sample / (rateHz * share)) * 1e9;
    monitor.noteSamples(sample + 299, nowNs);
  }
  return nowNs;
}

const codes = (monitor: StreamMonitor, nowNs: number) => monitor.findings(nowNs).map(({ code }) => code);

describe('watching a stream', () => {
  it('finds nothing wrong in one that runs', () => {
    const monitor = new StreamMonitor(rateHz, startNs);
    expect(codes(monitor, run(monitor, rateSeconds + 5))).toEqual([]);
  });

  it.each([0.99, 1.01])('finds a source that samples at %f of its rate', (share) => {
    const monitor = new StreamMonitor(rateHz, startNs);
    expect(codes(monitor, run(monitor, rateSeconds + 5, share))).toEqual(['slow-clock']);
  });

  it('finds silence, also before the first block', () => {
    const monitor = new StreamMonitor(rateHz, startNs);
    expect(codes(monitor, startNs + silenceMilliseconds * 1e6)).toEqual([]);
    expect(codes(monitor, startNs + silenceMilliseconds * 1e6 + 1)).toEqual(['silence']);
    expect(codes(monitor, run(monitor, 1) + 501e6)).toEqual(['silence']);
  });

  it('tells each loss once, in figures since the last look', () => {
    const monitor = new StreamMonitor(rateHz, startNs);
    monitor.noteCounts({ ...noCounts, lostMessages: 4, lostSamples: 300 }, undefined);
    monitor.noteDropped(2);
    expect(monitor.findings(startNs)).toEqual([
      { code: 'messages-lost', message: '4 messages and 300 samples never came' },
      { code: 'own-backlog', message: '2 blocks were dropped here' },
    ]);
    expect(codes(monitor, startNs)).toEqual([]);
    monitor.noteCounts(
      { ...noCounts, lostMessages: 5, lostSamples: 600, damagedMessages: 1, repeatedMessages: 1, clippedValues: 1 },
      'it has 3 bytes',
    );
    expect(codes(monitor, startNs)).toEqual(['damaged-message', 'messages-lost', 'repeated-messages', 'clipped']);
  });
});
