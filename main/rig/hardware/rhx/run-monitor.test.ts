import { describe, expect, it } from 'vitest';
import { RunMonitor } from './run-monitor.ts';

const rate = 20_000;
const ms = 1e6;

/** Bursts of 1280 samples every 64 ms from 0 on, at a share of the nominal rate. */
function running(seconds: number, share = 1) {
  const monitor = new RunMonitor(rate);
  monitor.begin(0);
  let atNs = 0;
  for (let burst = 1; burst * 64 * ms <= seconds * 1e9; burst++) {
    atNs = burst * 64 * ms;
    monitor.noteSamples(Math.round(burst * 1280 * share) - 1, atNs);
  }
  const codes = (afterMs: number) => monitor.findings(atNs + afterMs * ms).map(({ code }) => code);
  const answer = (secondsAhead: number, afterMs = 0) =>
    monitor.noteAnswers('Run', Math.round((atNs / 1e9 + secondsAhead) * rate), atNs + afterMs * ms);
  return { monitor, atNs, codes, answer };
}

describe('the monitor of a run', () => {
  it('has nothing to say of a run that is well', () => {
    const { codes, answer, monitor } = running(30);
    answer(0.05);
    expect(codes(60)).toEqual([]);
    expect(monitor.clock.rateHz(10)).toBeCloseTo(rate, 0);
  });

  it('warns at a lag of half a second, and says at five that RHX will stop', () => {
    const { codes, answer } = running(3);
    answer(0.49);
    expect(codes(60)).toEqual([]);
    answer(0.6, 1);
    expect(codes(60)).toEqual(['lag']);
    answer(5.1, 2);
    expect(codes(60)).toEqual(['lag-too-long']);
  });

  it('hears silence after half a second', () => {
    const { codes } = running(3);
    expect(codes(500)).toEqual([]);
    expect(codes(501)).toEqual(['silence']);
    const never = new RunMonitor(rate);
    never.begin(0);
    expect(never.findings(501 * ms).map(({ code }) => code)).toEqual(['silence']);
  });

  it('finds a clock that is half a percent off, within 13 seconds', () => {
    expect(running(13, 1.004).codes(60)).toEqual([]);
    expect(running(13, 0.994).codes(60)).toEqual(['slow-clock']);
    expect(running(13, 25_136 / 30_000).codes(60)).toEqual(['slow-clock']);
    expect(running(9, 0.9).codes(60)).toEqual([]);
  });

  it('does not believe a run whose timestamp stays', () => {
    const { codes, monitor, atNs } = running(3);
    monitor.noteAnswers('Run', 73_471, atNs);
    monitor.noteAnswers('Run', 73_471, atNs + 499 * ms);
    expect(codes(0)).not.toContain('frozen-timestamp');
    monitor.noteAnswers('Run', 73_471, atNs + 1000 * ms);
    expect(codes(0)).toContain('frozen-timestamp');
  });

  it('names a stop by itself, with the lag before it, until the next run', () => {
    const { codes, answer, monitor, atNs } = running(3);
    answer(38);
    monitor.noteAnswers('Stop', -1, atNs + ms);
    expect(codes(1)).toEqual(['stopped-by-itself']);
    expect(monitor.findings(atNs)[0]?.message).toBe(
      `RHX stopped after sample ${46 * 1280 - 1}, when it was 38.0 s late`,
    );
    monitor.begin(atNs);
    expect(codes(1)).toEqual([]);
  });

  it('says nothing of a board that was stopped here', () => {
    const { codes, monitor, atNs } = running(3);
    monitor.end();
    monitor.noteAnswers('Stop', -1, atNs);
    expect(codes(5000)).toEqual([]);
  });

  it('counts the lag over a wrap of the timestamps', () => {
    const monitor = new RunMonitor(rate);
    monitor.begin(0);
    monitor.noteSamples(2 ** 32 - 100, 0);
    monitor.noteAnswers('Run', rate - 100, ms);
    expect(monitor.lagSeconds).toBe(1);
  });
});
