import { expect, it } from 'vitest';
import { deliveredAcknowledgement } from '../acknowledgement.fixture.ts';
import { PulseTimes } from './bench-pulses.ts';

/** The board's clock is 7 s behind this computer's. */
const hostNs = (deviceMicroseconds: number) => 7e9 + deviceMicroseconds * 1000;

it('latencies are those of the two clocks, however far they are apart', () => {
  const times = new PulseTimes();
  expect(times.latency()).toBeUndefined();
  for (let block = 1; block <= 100; block++) {
    const sampled = block * 1000;
    // 300 µs from the sample to the rig thread, 100 to the board, 150 back.
    times.arrived(sampled, hostNs(sampled + 300));
    times.asked(sampled, hostNs(sampled + 300));
    times.acknowledged(
      deliveredAcknowledgement({ startMicroseconds: sampled + 400, receivedNs: hostNs(sampled + 550) }),
    );
  }
  times.asked(101_000, hostNs(101_300));
  times.acknowledged(deliveredAcknowledgement({ outcome: 'expired' }));
  const { inputMs, clockUncertaintyMs, inputToOutputMs, roundTripMs, pulses } = times.latency()!;
  // Nothing tells the way there from the way back.
  expect(Math.abs(inputMs.p50 - 0.3)).toBeLessThanOrEqual(clockUncertaintyMs + 1e-6);
  expect(clockUncertaintyMs).toBeCloseTo(0.125, 2);
  expect([inputToOutputMs.p50, roundTripMs.p50]).toEqual([0.4, 0.25]);
  expect(pulses).toEqual({ delivered: 100, expired: 1 });
  times.asked(102_000, hostNs(102_300));
  times.notSent();
  expect(times.isWaiting).toBe(false);
  expect(times.latency()?.pulses).toEqual({ delivered: 100, expired: 1, 'not sent': 1 });
  times.clear();
  expect(times.latency()).toMatchObject({ inputMs: { count: 0 }, pulses: {} });
});
