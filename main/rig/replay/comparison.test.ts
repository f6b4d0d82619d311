import { describe, expect, it } from 'vitest';
import * as records from '../../../common/journal/records.ts';
import { recordType } from '../../../common/journal/records.ts';
import type { Output } from './compared-records.ts';
import { Comparison } from './comparison.ts';

const place = { turn: 'block', tick: 40, sample: 1200 } as const;

function spikes(tick: number, ...found: [sampleIndex: number, channel: number, amplitudeMicrovolts: number][]): Output {
  const payload = new Uint8Array(records.spikesHeader.bytes + found.length * records.spike.bytes);
  const view = new DataView(payload.buffer);
  records.spikesHeader.write(view, 0, { tick, count: found.length, overflow: 0 });
  found.forEach(([sampleIndex, channel, amplitudeMicrovolts], index) =>
    records.spike.write(view, records.spikesHeader.bytes + index * records.spike.bytes, {
      ...{ sampleIndex, channel, amplitudeMicrovolts },
    }),
  );
  return { type: recordType.spikes, payload };
}

function refusal(request: number, code: number): Output {
  const payload = new Uint8Array(records.refusal.bytes);
  records.refusal.write(new DataView(payload.buffer), 0, { request, value: 1, bound: 2, code, spare: 0 });
  return { type: recordType.refusal, payload };
}

describe('Comparison', () => {
  it('counts spikes one by one and finds nothing where all is equal', () => {
    const comparison = new Comparison();
    comparison.take(
      [spikes(1, [5, 0, -60], [6, 1, -70]), refusal(1, 2)],
      [spikes(1, [5, 0, -60], [6, 1, -70]), refusal(1, 2)],
      place,
    );
    expect(comparison.difference).toBeUndefined();
    expect(comparison.counts.spikes).toEqual({ recorded: 2, computed: 2, equal: 2 });
    expect(comparison.counts.refusals).toEqual({ recorded: 1, computed: 1, equal: 1 });
  });

  it('names the first spike that differs, by its own tick and sample', () => {
    const comparison = new Comparison();
    comparison.take([spikes(41, [5, 0, -60], [6, 1, -70])], [spikes(41, [5, 0, -60], [6, 1, -70.5])], place);
    expect(comparison.counts.spikes).toEqual({ recorded: 2, computed: 2, equal: 1 });
    expect(comparison.difference).toEqual({
      ...{ tick: 41, sample: 6, turn: 'block', kind: 'spikes' },
      recorded: { sampleIndex: 6, channel: 1, amplitudeMicrovolts: -70 },
      computed: { sampleIndex: 6, channel: 1, amplitudeMicrovolts: -70.5 },
    });
  });

  it('finds a spike too many and a record that is missing', () => {
    const more = new Comparison();
    more.take([spikes(41, [5, 0, -60])], [spikes(41, [5, 0, -60], [9, 1, -70])], place);
    expect(more.counts.spikes).toEqual({ recorded: 1, computed: 2, equal: 1 });
    expect(more.difference).toMatchObject({ sample: 9, computed: { channel: 1 } });

    const missing = new Comparison();
    missing.take([refusal(3, 1)], [], place);
    expect(missing.counts.refusals).toEqual({ recorded: 1, computed: 0, equal: 0 });
    expect(missing.difference).toMatchObject({ ...place, kind: 'refusals', recorded: { request: 3 }, computed: null });
  });

  it('keeps the first difference, and goes on counting', () => {
    const comparison = new Comparison();
    comparison.take([refusal(1, 2)], [refusal(1, 3)], place);
    comparison.take([refusal(2, 2)], [refusal(2, 3)], { ...place, tick: 50 });
    comparison.take([refusal(3, 2)], [refusal(3, 2)], { ...place, tick: 51 });
    expect(comparison.difference?.tick).toBe(40);
    expect(comparison.counts.refusals).toEqual({ recorded: 3, computed: 3, equal: 1 });
  });
});
