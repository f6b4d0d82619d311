import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendFileSync, existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requestFate } from '../../common/contract/review.ts';
import { journalFileName } from '../../common/journal/session-documents.ts';
import { sessionFixture, type SessionFixture, writeSessionFixture } from '../journal/session.fixture.ts';
import { temporaryFolder } from '../journal/temporary-folder.fixture.ts';
import { readExact, queryActivity } from './query-activity.ts';
import { queryEvents } from './query-events.ts';
import { querySimulated } from './query-simulated.ts';
import { queryTraces } from './query-traces.ts';
import { binSamples, requestRow, reviewFolderName, reviewHeadName, spikeRow, traceLevelName } from './review-layout.ts';
import { Reviewed, samplesOf } from './reviewed.fixture.ts';
import type { ReviewedSession } from './reviewed-session.ts';

let folder: ReturnType<typeof temporaryFolder>;
let reviewed: Reviewed;
beforeEach(() => {
  folder = temporaryFolder();
  reviewed = new Reviewed();
});
afterEach(async () => {
  await reviewed.close();
  folder.dispose();
});

const place = () => join(folder.path, 'session');
const journal = () => join(place(), journalFileName);
const head = () => join(place(), reviewFolderName, reviewHeadName);

async function opened(session: SessionFixture): Promise<ReviewedSession> {
  writeSessionFixture(place(), session);
  const review = await reviewed.open(place());
  await review.whole;
  return review;
}

const askTraces = (review: ReviewedSession, fromSample: number, samplesPerColumn: number, columns: number, more = {}) =>
  queryTraces(review.index, {
    folder: '',
    ticket: 0,
    fromSample,
    samplesPerColumn,
    columns,
    firstChannel: 0,
    channels: 4,
    ...more,
  });
const askActivity = (review: ReviewedSession, fromSample: number, samplesPerColumn: number, columns: number) =>
  queryActivity(review.index, { folder: '', ticket: 0, fromSample, samplesPerColumn, columns });

/** What a column must be, by looking at every sample of it. */
function widestOf(samples: readonly (number | undefined)[], from: number, to: number): [number, number] {
  const there = samples.slice(from, to).filter((value) => value !== undefined);
  return there.length === 0 ? [32_767, -32_768] : [Math.min(...there), Math.max(...there)];
}

describe('the traces of a review', () => {
  it('are the minimum and maximum of every column at every width, gaps and the end of the session included', async () => {
    const session = sessionFixture({ ticks: 900, channels: 4, gapAtTick: 300, lostSamples: 1700 });
    const review = await opened(session);
    const samples = samplesOf(session.blocks, 4);
    const length = samples[0]!.length;
    expect(review.describe()).toMatchObject({ state: 'whole', samples: length, channels: 4, sampleRateHz: 20_000 });
    for (const samplesPerColumn of [1, 2, 16, 32, 64, 128, 512, 2048, 8192]) {
      const columns = Math.min(Math.ceil(length / samplesPerColumn), 200);
      // The stretch that reaches over the end is asked for, too.
      const first = Math.max(0, Math.ceil(length / samplesPerColumn) - columns + 3);
      for (const fromSample of [0, first * samplesPerColumn]) {
        const traces = await askTraces(review, fromSample, samplesPerColumn, columns);
        for (let channel = 0; channel < 4; channel++)
          for (let column = 0; column < columns; column++) {
            const from = fromSample + column * samplesPerColumn;
            const at = channel * columns + column;
            expect([traces.minimum[at], traces.maximum[at]]).toEqual(
              widestOf(samples[channel]!, from, from + samplesPerColumn),
            );
          }
      }
    }
  });

  it('come from the levels: what a level says is believed, so that a coarse picture needs no samples', async () => {
    const review = await opened(sessionFixture({ ticks: 700, channels: 4 }));
    const level = join(place(), reviewFolderName, traceLevelName(2));
    const bytes = readFileSync(level);
    bytes.writeInt16LE(-30_000, 0);
    writeFileSync(level, bytes);
    expect((await askTraces(review, 0, binSamples(2), 4)).minimum[0]).toBe(-30_000);
    expect((await askTraces(review, 0, binSamples(1), 16)).minimum[0]).toBeGreaterThan(-200);
  });

  it('are given for some electrodes only, and for no more than there are', async () => {
    const session = sessionFixture({ ticks: 100, channels: 4 });
    const review = await opened(session);
    const traces = await askTraces(review, 0, 64, 10, { firstChannel: 2, channels: 100 });
    expect(traces.channels).toBe(2);
    const samples = samplesOf(session.blocks, 4);
    expect(traces.maximum[10]).toBe(widestOf(samples[3]!, 0, 64)[1]);
  });

  it('end with the reason of whoever takes the question back', async () => {
    const review = await opened(sessionFixture({ ticks: 100, channels: 4 }));
    const reason = new Error('no longer wanted');
    await expect(
      queryTraces(
        review.index,
        {
          folder: '',
          ticket: 0,
          fromSample: 0,
          samplesPerColumn: 512,
          columns: 2,
          firstChannel: 0,
          channels: 4,
        },
        AbortSignal.abort(reason),
      ),
    ).rejects.toBe(reason);
  });
});

describe('spikes, ticks and requests of a review', () => {
  it('are those that were recorded: every spike of a window, and as many in the columns', async () => {
    const session = sessionFixture({ ticks: 1500, channels: 8, gapAtTick: 700 });
    const review = await opened(session);
    const first = session.blocks[0]!.firstSample;
    const [from, to] = [512 * 10, 512 * 40];
    const activity = await askActivity(review, from, 512, 30);
    const inside = session.spikes.filter(({ sampleIndex }) => sampleIndex - first >= from && sampleIndex - first < to);
    expect(inside.length).toBeGreaterThan(5);
    expect([...activity.spikeAt]).toEqual(inside.map(({ sampleIndex }) => sampleIndex - first));
    expect([...activity.spikeChannel]).toEqual(inside.map(({ channel }) => channel));
    expect(activity.spikeCounts.reduce((sum, count) => sum + count, 0)).toBe(inside.length);
    const whole = await askActivity(review, 0, 4096, 10);
    expect(whole.spikeCounts.reduce((sum, count) => sum + count, 0)).toBe(session.spikes.length);
    expect(whole.populationCounts.reduce((sum, count) => sum + count, 0)).toBe(session.simulated.length);
    expect(whole.tickCounts.reduce((sum, count) => sum + count, 0)).toBe(session.ticks.length);
    expect(whole.lateCounts.reduce((sum, count) => sum + count, 0)).toBe(
      session.ticks.filter(({ isLate }) => isLate === 1).length,
    );
  });

  it('have the latency of each tick, and its extremes in wide columns', async () => {
    const session = sessionFixture({ ticks: 800, channels: 2 });
    const review = await opened(session);
    const latency = session.ticks.map(
      (tick) => ((tick.deliveredNs || tick.decidedNs || tick.endNs) - tick.acquiredNs) / 1e6,
    );
    const exact = await askActivity(review, 0, 512, 40);
    expect(exact.hasTicks).toBe(true);
    expect([...exact.tickMilliseconds]).toEqual(latency.map(Math.fround));
    const wide = await askActivity(review, 0, 16_384, 1);
    expect(wide.highestLatency[0]).toBe(Math.fround(Math.max(...latency)));
    expect(wide.lowestLatency[0]).toBe(Math.fround(Math.min(...latency)));
    expect(wide.meanLatency[0]).toBeCloseTo(latency.reduce((sum, each) => sum + each, 0) / latency.length, 3);
  });

  it('tell of each request what was asked, what became of it and what was measured', async () => {
    const session = sessionFixture({ ticks: 1500, channels: 8 });
    const review = await opened(session);
    const activity = await askActivity(review, 0, 512, 60);
    const fates = [...activity.requestFates];
    const delivered = session.deliveries.filter(({ outcome }) => outcome === 0);
    expect(delivered.length).toBeGreaterThan(3);
    expect(fates.filter((fate) => fate === requestFate.delivered)).toHaveLength(delivered.length);
    expect(fates.filter((fate) => fate === requestFate.refused)).toHaveLength(session.refusals.length);
    expect(fates.filter((fate) => fate === requestFate.refusedByDevice)).toHaveLength(
      session.deliveries.length - delivered.length,
    );
    const at = fates.indexOf(requestFate.delivered);
    expect(activity.requestAt[at]).toBe(delivered[0]!.sampleIndex - session.blocks[0]!.firstSample);
    expect([activity.askedMicroamps[at], activity.deliveredMicroamps[at], activity.measuredMicroamps[at]]).toEqual([
      12, 12, 12,
    ]);
    expect(activity.deliveredCounts.reduce((sum, count) => sum + count, 0)).toBe(delivered.length);
  });

  it('hold each spike of the simulated neurons at the end of its tick, right behind a gap too, and the mean weight', async () => {
    const gapAtTick = 401;
    const session = sessionFixture({ ticks: 900, channels: 4, gapAtTick });
    // A neuron fires in the first tick behind the gap, whose own record comes later.
    expect(session.simulated.some(({ tick }) => tick === session.ticks[gapAtTick]!.tick)).toBe(true);
    const review = await opened(session);
    const first = session.blocks[0]!.firstSample;
    const activity = await askActivity(review, 0, 512, 60);
    expect(activity.simulatedEvery).toBe(1);
    const shown = [...activity.simulatedAt].map((at, index) => [at, activity.simulatedNeuron[index]]);
    expect(shown).toEqual(session.simulated.map(({ endSample, neuron }) => [endSample - first, neuron]));
    expect(shown.length).toBeGreaterThan(100);
    const whole = await askActivity(review, 0, 32_768, 1);
    expect(whole.populationCounts[0]).toBe(session.simulated.length);
    const weights = session.meanWeights.filter((_, tick) => tick % 97 !== 96);
    expect(whole.resultCounts[0]).toBe(weights.length);
    expect(whole.meanWeights[0]).toBeCloseTo(weights.reduce((sum, each) => sum + each, 0) / weights.length, 4);
    expect(review.describe()).toMatchObject({
      populations: [{ name: 'cortex', firstNeuron: 0 }],
      plasticSynapses: 160,
    });
  });

  it('thin simulated spikes by their number, the same ones in every window, where there are too many', async () => {
    const session = sessionFixture({ ticks: 1500, channels: 2 });
    const { index } = await opened(session);
    const first = session.blocks[0]!.firstSample;
    const total = session.simulated.length;
    for (const most of [10, 60, total - 1, total]) {
      const { simulatedEvery: every, ...given } = await querySimulated(index, 0, 1e9, most);
      expect(given.simulatedAt.length).toBeLessThanOrEqual(most);
      expect(given.simulatedAt.length).toBe(Math.ceil(total / every));
      // None is left out that could be given.
      if (every > 1) expect(Math.ceil(total / (every / 2))).toBeGreaterThan(most);
      for (const [place, number] of given.simulatedNumber.entries()) {
        expect(number).toBe(place * every);
        expect(given.simulatedNeuron[place]).toBe(session.simulated[number]!.neuron);
        expect(given.simulatedAt[place]).toBe(session.simulated[number]!.endSample - first);
      }
      const part = await querySimulated(index, 9000, 12_000, most);
      const inside = session.simulated.filter(
        ({ endSample }) => endSample - first >= 9000 && endSample - first < 12_000,
      );
      expect(part.simulatedAt.length).toBeLessThanOrEqual(most);
      if (inside.length <= most) expect(part.simulatedAt.length).toBe(inside.length);
      for (const number of part.simulatedNumber) expect(number % part.simulatedEvery).toBe(0);
    }
  });

  it('are in order of time in the tables but for what the disorder allows', async () => {
    const session = sessionFixture({ ticks: 500, channels: 8 });
    const { index } = await opened(session);
    const spikes = (await readExact(index, 'spikes', spikeRow, 0, Infinity))!;
    expect(spikes).toHaveLength(session.spikes.length);
    const requests = (await readExact(index, 'requests', requestRow, 0, Infinity))!;
    expect(requests).toHaveLength(session.requests.length);
  });
});

describe('events of a review', () => {
  const ask = (review: ReviewedSession, fromSample: number, toSample: number) =>
    queryEvents(review.index, { folder: '', ticket: 0, fromSample, toSample });

  it('have the words of the journal and the time of the session', async () => {
    const review = await opened(sessionFixture({ ticks: 900, channels: 2, gapAtTick: 600, lostSamples: 130 }));
    const events = await ask(review, 0, 1e9);
    expect(events.states).toEqual([{ at: 0, state: 'stimulating', event: 'run', operator: 'Curie, Marie' }]);
    expect(events.phases.map(({ at, name, stimulation }) => [at, name, stimulation])).toEqual([
      [0, 'baseline', false],
      [300 * 20, 'closed-loop', true],
    ]);
    expect(events.marks).toEqual([{ at: 450 * 20, text: 'medium changed, 37 °C' }]);
    expect(events.gaps).toEqual([{ at: 600 * 20, lostSamples: 130 }]);
    expect(events.faults).toEqual([
      { at: 600 * 20 - 1, code: 'samples-lost', message: '130 samples were lost', isFirst: true },
      { at: 600 * 20 - 1, code: 'lost-samples', message: 'Samples do not arrive.', isFirst: false },
    ]);
    expect(events.cut).toEqual([]);
  });

  it('tell where the first pulse of the window was delivered, and nothing where none was', async () => {
    const session = sessionFixture({ ticks: 1500, channels: 8 });
    const review = await opened(session);
    const first = session.blocks[0]!.firstSample;
    const delivered = session.deliveries.filter(({ outcome }) => outcome === 0).map((each) => each.sampleIndex - first);
    expect((await ask(review, 0, 1e9)).firstDelivery).toBe(delivered[0]);
    expect((await ask(review, delivered[0]! + 1, 1e9)).firstDelivery).toBe(delivered[1]);
    expect(await ask(review, 0, delivered[0]!)).not.toHaveProperty('firstDelivery');
  });

  it('begin with the state and the phase that hold at the beginning of the window', async () => {
    const review = await opened(sessionFixture({ ticks: 5000, channels: 2 }));
    const events = await ask(review, 80_000, 90_000);
    expect(events.states.map(({ state }) => state)).toEqual(['stimulating']);
    expect(events.phases.map(({ name }) => name)).toEqual(['closed-loop']);
    expect(events.marks).toEqual([]);
  });
});

describe('the index of a review', () => {
  it('is taken as it lies there when it fits the journal', async () => {
    const session = sessionFixture({ ticks: 300, channels: 4 });
    const first = await opened(session);
    const before = await askTraces(first, 0, 128, 40);
    const made = statSync(head()).mtimeMs;
    const again = await reviewed.open(place());
    expect(again.describe()).toMatchObject({ state: 'whole', fraction: 1, samples: 6000 });
    expect(await askTraces(again, 0, 128, 40)).toEqual(before);
    expect(statSync(head()).mtimeMs).toBe(made);
  });

  it.each([
    ['the journal is another length', () => appendFileSync(journal(), Buffer.alloc(8))],
    [
      'the journal has other content',
      () => {
        const bytes = readFileSync(journal());
        bytes[bytes.length - 9]! ^= 1;
        writeFileSync(journal(), bytes);
      },
    ],
    ['a file of it is cut', () => truncateSync(join(place(), reviewFolderName, 'spikes.bin'), 16)],
    ['its head is missing', () => rmSync(head())],
    ['its head is torn', () => truncateSync(head(), 40)],
  ])('is made again when %s', async (_why, change) => {
    const session = sessionFixture({ ticks: 300, channels: 4 });
    const first = await opened(session);
    const before = await askTraces(first, 0, 128, 40);
    change();
    const again = await reviewed.open(place());
    expect(again.describe().state).toBe('reading');
    await again.whole;
    expect(await askTraces(again, 0, 128, 40)).toEqual(before);
    expect(existsSync(head())).toBe(true);
  });

  it('is not left half when making it is given up', async () => {
    writeSessionFixture(place(), sessionFixture({ ticks: 300, channels: 4 }));
    await reviewed.open(place(), true);
    await reviewed.close();
    expect(existsSync(head())).toBe(false);
  });

  it('follows a session that is being recorded, a torn frame at its end included, and is whole when that ends', async () => {
    const session = sessionFixture({ ticks: 400, channels: 4 });
    const { bytes, frameStarts } = session.journal;
    const cut = frameStarts[Math.floor(frameStarts.length / 2)]! + 100;
    writeSessionFixture(place(), session, bytes.subarray(0, cut));
    const review = await reviewed.open(place(), true);
    await expect.poll(() => reviewed.told.at(-1)?.state).toBe('growing');
    const half = reviewed.told.at(-1)!.samples;
    expect(half).toBeGreaterThan(1000);
    expect(half).toBeLessThan(8000);
    const samples = samplesOf(session.blocks, 4);
    const column = (await askTraces(review, 0, 8192, 1)).maximum[0];
    expect(column).toBe(widestOf(samples[0]!, 0, half)[1]);
    appendFileSync(journal(), bytes.subarray(cut));
    reviewed.more();
    await review.whole;
    expect(review.describe()).toMatchObject({ state: 'whole', samples: 8000, framesLost: 0 });
    expect((await askTraces(review, 0, 8192, 1)).maximum[0]).toBe(widestOf(samples[0]!, 0, 8000)[1]);
    expect(existsSync(head())).toBe(true);
  });

  it('skips damage in the journal and says how much is lost', async () => {
    const session = sessionFixture({ ticks: 300, channels: 4 });
    const bytes = session.journal.bytes;
    bytes[session.journal.frameStarts[200]! + 40]! ^= 1;
    writeSessionFixture(place(), session, bytes);
    const review = await reviewed.open(place());
    await review.whole;
    expect(review.describe()).toMatchObject({ samples: 6000, framesLost: 1 });
  });
});
