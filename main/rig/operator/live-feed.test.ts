import { describe, expect, it } from 'vitest';
import type { NetworkPicture } from '../../../common/contract/network-picture.ts';
import type { RigStatus } from '../../../common/contract/rig-status.ts';
import { type LiveArrays, type LiveHeader, traceBinsPerTick } from '../../../common/contract/streams.ts';
import { unpackSections } from '../../../common/transport/sections.ts';
import { LiveFeed } from './live-feed.ts';

const status = { hostNs: 1 } as RigStatus;
const noLatencies = new Uint32Array(0);

function feedWith(signal: 'band' | 'wide' = 'wide') {
  const sent: { header: LiveHeader; arrays: LiveArrays }[] = [];
  const feed = new LiveFeed(
    { channels: 2, sampleRateHz: 1000 * 8, microvoltsPerBit: 0.5, samplesPerTick: 8 },
    signal,
    (bytes) => sent.push(unpackSections<LiveHeader, LiveArrays>(bytes)),
  );
  return { feed, sent };
}

/** Channel 0 rises from `from`, channel 1 is its negative. */
const ramp = (from: number) =>
  Int16Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? 1 : -1) * (from + (index >> 1)));

describe('LiveFeed', () => {
  it('decimates by minimum and maximum so that no extreme vanishes', () => {
    const { feed, sent } = feedWith();
    const samples = ramp(0);
    samples[6] = 999;
    feed.addBlock(0, 8, samples, new Float32Array(16));
    feed.flush(0, status, noLatencies);
    const { header, arrays } = sent[0]!;
    expect(header.traces).toMatchObject({ firstBin: 0, bins: traceBinsPerTick, channels: 2, microvoltsPerCount: 0.5 });
    expect([...arrays.traceMax]).toEqual([1, 0, 999, -2, 5, -4, 7, -6]);
    expect([...arrays.traceMin]).toEqual([0, -1, 2, -3, 4, -5, 6, -7]);
  });

  it('shows the band-passed signal in twentieths of a microvolt', () => {
    const { feed, sent } = feedWith('band');
    feed.addBlock(0, 8, ramp(0), new Float32Array(16).fill(-12.5));
    feed.flush(0, status, noLatencies);
    expect(sent[0]!.arrays.traceMin[0]! * sent[0]!.header.traces.microvoltsPerCount).toBeCloseTo(-12.5);
  });

  it('numbers bins by stream time, so that lost samples show as a jump', () => {
    const { feed, sent } = feedWith();
    feed.addBlock(0, 8, ramp(0), new Float32Array(16));
    feed.flush(0, status, noLatencies);
    feed.addBlock(80, 8, ramp(0), new Float32Array(16));
    feed.flush(1e9, status, noLatencies);
    expect(sent.map(({ header }) => header.traces.firstBin)).toEqual([0, 10 * traceBinsPerTick]);
  });

  it('carries the newest look into the network with one message, and the next only when there is another', () => {
    const { feed, sent } = feedWith();
    const picture = (tick: number) =>
      ({
        tick,
        electrodes: 2,
        inputs: [],
        populations: [],
        projections: [],
        signals: [],
        readouts: [],
      }) satisfies NetworkPicture;
    feed.setNetwork(picture(1));
    feed.setNetwork(picture(2));
    feed.flush(0, status, noLatencies);
    feed.flush(1e9, status, noLatencies);
    expect(sent.map(({ header }) => header.network?.tick)).toEqual([2, undefined]);
  });

  it('sends at most thirty messages a second', () => {
    const { feed } = feedWith();
    let sent = 0;
    for (let nowNs = 0; nowNs < 1e9; nowNs += 5e6) {
      if (!feed.isDue(nowNs)) continue;
      sent++;
      feed.flush(nowNs, status, noLatencies);
    }
    expect(sent).toBeGreaterThan(25);
    expect(sent).toBeLessThanOrEqual(31);
  });

  it('keeps collecting for a page that is slow to draw, so that it misses nothing', () => {
    const { feed, sent } = feedWith();
    for (let message = 0; message < 6; message++) {
      feed.addBlock(message * 8, 8, ramp(0), new Float32Array(16));
      feed.flush(message * 1e9, status, noLatencies);
    }
    expect(sent.length).toBe(4);
    feed.acknowledge(4);
    feed.flush(7e9, status, noLatencies);
    expect(sent.map(({ header }) => header.traces.bins)).toEqual([4, 4, 4, 4, 8]);
  });

  it('drops half a second at a time for a page that does not draw at all, counts it, and goes on when it does', () => {
    const { feed, sent } = feedWith();
    for (let tick = 0; tick < 1200; tick++) {
      feed.addBlock(tick * 8, 8, ramp(0), new Float32Array(16));
      if (tick % 30 === 0) feed.flush(tick * 1e6, status, noLatencies);
    }
    expect(sent.length).toBe(4);
    feed.acknowledge(4);
    feed.flush(11e9, status, noLatencies);
    expect(sent.at(-1)!.header.status.frames).toEqual({ sent: 5, dropped: 2 });
  });
});
