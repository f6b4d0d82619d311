import { describe, expect, it } from 'vitest';
import { type BenchTrip, type OutputLine, reactions } from './bench-reactions.ts';

const enabled: OutputLine = { kind: 'enabled', at: 0, session: 7, leaseExpiry: 100_000 };
const trip = (change: Partial<BenchTrip> = {}): BenchTrip => ({
  cause: 'stop word',
  session: 7,
  causedNs: 20e6,
  stopSentNs: undefined,
  confirmedNs: 25e6,
  watchdog: undefined,
  ...change,
});
const pulse = (at: number, first = 1000): OutputLine => ({
  kind: 'pulse',
  at,
  session: 7,
  firstFemtocoulombs: -first,
  secondFemtocoulombs: 1000,
});
const stopped: OutputLine = { kind: 'stopped', at: 20_500, session: 7 };

describe('reactions', () => {
  it('are from the cause to what the device wrote, by its own clock', () => {
    const events = [enabled, pulse(10_000), pulse(20_200), stopped].map((line) => ({ ...line, at: line.at + 1000 }));
    const { reactions: tables } = reactions([trip({ cause: 'fault', stopSentNs: 20.1e6 })], events, 1000);
    expect(tables.map(({ to, max }) => [to, Number(max.toFixed(6))])).toEqual([
      ['stop on the wire by the rig thread', 0.1],
      ['output off at the device', 0.5],
      ['last pulse at the device', 0.2],
      ['off confirmed to the rig thread', 5],
    ]);
  });

  it('have percentiles by nearest rank', () => {
    const trips = Array.from({ length: 100 }, (_, index) => trip({ confirmedNs: (index + 21) * 1e6 }));
    const { reactions: tables } = reactions(trips, [enabled, stopped], 0);
    expect(tables.at(-1)).toMatchObject({ count: 100, p50: 50, p99: 99, p9999: 100, max: 100 });
  });

  it.each([
    ['at its end', [enabled, pulse(100_000)], 1],
    ['just before its end', [enabled, pulse(99_999)], 0],
    ['after a stop', [enabled, stopped, pulse(20_501)], 1],
    ['in a renewed lease', [enabled, { kind: 'renewed', at: 1, session: 7, leaseExpiry: 200_000 }, pulse(150_000)], 0],
    [
      'in a lease renewed for another session',
      [enabled, { ...enabled, kind: 'renewed', session: 8, leaseExpiry: 200_000 }, pulse(150_000)],
      1,
    ],
  ])('count a pulse %s of the lease', (_, events, past) => {
    expect(reactions([trip()], events, 0)).toMatchObject({ pulses: 1, pulsesPastLease: past });
  });

  it('count pulses out of balance', () => {
    expect(reactions([], [enabled, pulse(1), pulse(2, 999)], 0)).toMatchObject({ pulses: 2, unbalancedPulses: 1 });
  });

  it('tell of hangs that the watchdog slept through', () => {
    const hang = (didStop: boolean, longestPauseNs: number) =>
      trip({ cause: 'hang', watchdog: { didStop, longestPauseNs } });
    const { sleptThrough } = reactions([trip(), hang(true, 90e6), hang(false, 60e6), hang(false, 70e6)], [enabled], 0);
    expect(sleptThrough).toEqual({ hangs: 2, longestPauseMilliseconds: 70 });
  });
});
