import { describe, expect, it } from 'vitest';
import { DeliveryResponses } from './delivery-responses.ts';
import { EventBuffer } from './event-buffer.ts';

const channels = 4;

function events(entries: [seconds: number, id: number][]): EventBuffer {
  const buffer = new EventBuffer(64);
  buffer.push(
    Float64Array.from(entries, ([seconds]) => seconds),
    Uint16Array.from(entries, ([, id]) => id),
  );
  return buffer;
}

describe('DeliveryResponses', () => {
  it('counts spikes around each delivery as a rate per electrode', () => {
    const responses = new DeliveryResponses();
    const deliveries = events([
      [1, 2],
      [2, 2],
    ]);
    const spikes = events([
      [0.9955, 0],
      [1.0055, 0],
      [1.0395, 3],
      [1.0405, 3],
      [2.0055, 1],
    ]);
    responses.update(deliveries, spikes, channels, 3);
    const { deliveries: count, ratesHz } = responses.rates(2, null);
    const one = 1 / (2 * channels * 0.001);
    expect(count).toBe(2);
    expect(ratesHz[5]).toBeCloseTo(one);
    expect(ratesHz[15]).toBeCloseTo(2 * one);
    expect(ratesHz[49]).toBeCloseTo(one);
    expect(ratesHz.reduce((sum, rate) => sum + rate, 0)).toBeCloseTo(4 * one);
  });

  it('looks only at the electrodes it is asked for', () => {
    const responses = new DeliveryResponses();
    responses.update(
      events([[1, 0]]),
      events([
        [1.0055, 1],
        [1.0055, 2],
      ]),
      channels,
      3,
    );
    expect(responses.rates(0, [1]).ratesHz[15]).toBeCloseTo(1_000);
    expect(responses.rates(0, [3, 99]).ratesHz[15]).toBe(0);
    expect(responses.rates(0, []).ratesHz[15]).toBe(0);
  });

  it('waits until the spikes after a delivery are known, and counts each delivery once', () => {
    const responses = new DeliveryResponses();
    const deliveries = events([[1, 0]]);
    responses.update(deliveries, events([]), channels, 1.03);
    expect(responses.electrodes()).toEqual([]);
    const spikes = events([[1.0355, 0]]);
    for (const nowSeconds of [1.2, 1.3, 1.4]) responses.update(deliveries, spikes, channels, nowSeconds);
    expect(responses.rates(0, null).deliveries).toBe(1);
    expect(responses.rates(0, [0]).ratesHz[45]).toBeCloseTo(1_000);
  });

  it('finds spikes that came out of order by a few milliseconds', () => {
    const responses = new DeliveryResponses();
    responses.update(
      events([[1, 0]]),
      events([
        [1.012, 0],
        [1.0105, 0],
        [1.004, 1],
      ]),
      channels,
      3,
    );
    expect(responses.rates(0, [1]).ratesHz[14]).toBeCloseTo(1_000);
  });

  it('names the most stimulated electrode first', () => {
    const responses = new DeliveryResponses();
    responses.update(
      events([
        [1, 3],
        [2, 1],
        [3, 1],
      ]),
      events([]),
      channels,
      9,
    );
    expect(responses.electrodes()).toEqual([1, 3]);
  });
});
