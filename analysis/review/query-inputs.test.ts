import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reviewExactMax } from '../../common/contract/review.ts';
import { journalFileName } from '../../common/journal/session-documents.ts';
import { sessionFixture, type SessionFixture, writeSessionFixture } from '../journal/session.fixture.ts';
import { temporaryFolder } from '../journal/temporary-folder.fixture.ts';
import { queryActivity } from './query-activity.ts';
import { queryEvents } from './query-events.ts';
import { queryResponse } from './query-response.ts';
import { reviewFolderName, type ReviewHead, reviewHeadName } from './review-layout.ts';
import { Reviewed } from './reviewed.fixture.ts';
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
const headFile = () => join(place(), reviewFolderName, reviewHeadName);
const named = [
  { line: 3, name: 'camera' },
  { line: 1, name: 'lever' },
];
type Change = { at: number; line: number; isHigh: 0 | 1 };
const rise = (line: number, at: number): Change => ({ at, line, isHigh: 1 });
const fall = (line: number, at: number): Change => ({ at, line, isHigh: 0 });

const channels = 8;
const recorded = (changes: readonly Change[], more = {}) =>
  sessionFixture({ ticks: 600, channels, digitalInputs: { named, changes }, ...more });

async function opened(session: SessionFixture): Promise<ReviewedSession> {
  writeSessionFixture(place(), session);
  const review = await reviewed.open(place());
  await review.whole;
  return review;
}
const ask = (review: ReviewedSession, fromSample: number, samplesPerColumn: number, columns: number) =>
  queryActivity(review.index, { folder: '', ticket: 0, fromSample, samplesPerColumn, columns });

describe('the digital inputs of a review', () => {
  const changes = [
    fall(1, 0),
    rise(3, 0),
    fall(3, 100),
    rise(3, 700),
    // Of a line without a name, and a record that says nothing new.
    rise(9, 750),
    rise(3, 760),
    rise(1, 5000),
    fall(3, 5000),
    fall(1, 5001),
  ];

  it('are told by their names, with every edge at its sample and the level at the beginning', async () => {
    const review = await opened(recorded(changes));
    expect(review.describe().digitalInputs).toEqual(named);
    const activity = await ask(review, 0, 512, 20);
    expect(activity.hasEdges).toBe(true);
    expect([...activity.lineKnownFrom]).toEqual([0, 0]);
    expect([...activity.lineIsHigh]).toEqual([1, 0]);
    expect([...activity.edgeAt]).toEqual([100, 700, 5000, 5000, 5001]);
    expect([...activity.edgeInput]).toEqual([0, 0, 1, 0, 1]);
    expect([...activity.edgeIsRise]).toEqual([0, 1, 1, 0, 0]);
    const later = await ask(review, 1024, 512, 4);
    expect([...later.lineIsHigh]).toEqual([1, 0]);
    expect([...later.lineKnownFrom]).toEqual([1024, 1024]);
    expect(later.edgeAt).toHaveLength(0);
  });

  it('are counted in every column at every width', async () => {
    const review = await opened(recorded(changes));
    for (const samplesPerColumn of [512, 2048, 8192]) {
      const { riseCounts, fallCounts, columns } = await ask(review, 0, samplesPerColumn, 16);
      const counted = (counts: Uint32Array, input: number) => [
        ...counts.subarray(input * columns, (input + 1) * columns),
      ];
      const expected = (line: number, isHigh: number) => {
        const edges = [fall(3, 100), rise(3, 700), rise(1, 5000), fall(3, 5000), fall(1, 5001)];
        const bins = new Array<number>(columns).fill(0);
        for (const edge of edges)
          if (edge.line === line && edge.isHigh === isHigh) bins[Math.floor(edge.at / samplesPerColumn)]!++;
        return bins;
      };
      for (const [input, { line }] of named.entries()) {
        expect(counted(riseCounts, input)).toEqual(expected(line, 1));
        expect(counted(fallCounts, input)).toEqual(expected(line, 0));
      }
    }
  });

  it('are not known before their first record, and what is told late of before the recording is no edge', async () => {
    const review = await opened(recorded([fall(3, 0), rise(3, -40), rise(1, 800)]));
    const activity = await ask(review, 0, 512, 4);
    expect([...activity.lineKnownFrom]).toEqual([0, 800]);
    expect([...activity.lineIsHigh]).toEqual([1, 1]);
    expect(activity.edgeAt).toHaveLength(0);
    const before = await ask(review, 0, 512, 1);
    expect(before.lineKnownFrom[1]).toBeNaN();
    expect([...(await ask(review, 1024, 512, 1)).lineKnownFrom]).toEqual([1024, 1024]);
  });

  it('are given by counts alone where there are very many, with the level at the beginning', async () => {
    const many = Array.from({ length: reviewExactMax.inputs + 100 }, (_, change) =>
      change % 2 === 0 ? fall(3, change) : rise(3, change),
    );
    const review = await opened(recorded(many, { ticks: 1000 }));
    const all = await ask(review, 0, 512, 32);
    expect(all.hasEdges).toBe(false);
    expect(all.edgeAt).toHaveLength(0);
    expect([all.lineKnownFrom[0], all.lineIsHigh[0]]).toEqual([0, 0]);
    expect(all.riseCounts.reduce((sum, count) => sum + count, 0)).toBe(many.length / 2);
    expect(all.fallCounts.reduce((sum, count) => sum + count, 0)).toBe(many.length / 2 - 1);
    const some = await ask(review, 1024, 512, 2);
    expect(some.edgeAt).toHaveLength(1024);
  });

  it('are there of a session that is being recorded, as far as it goes', async () => {
    const session = recorded([fall(3, 0), rise(3, 900), fall(3, 6000)], { isClosed: false });
    writeSessionFixture(place(), session);
    const whole = readFileSync(join(place(), journalFileName));
    writeFileSync(join(place(), journalFileName), whole.subarray(0, Math.floor(whole.length / 3)));
    const review = await reviewed.open(place(), true);
    await expect.poll(() => reviewed.told.at(-1)?.state).toBe('growing');
    expect([...(await ask(review, 0, 512, 24)).edgeAt]).toEqual([900]);
    writeFileSync(join(place(), journalFileName), whole);
    review.recorded();
    reviewed.more();
    await review.whole;
    expect([...(await ask(review, 0, 512, 24)).edgeAt]).toEqual([900, 6000]);
  });

  it('are indexed again where an index of the format before lies', async () => {
    await opened(recorded(changes));
    await reviewed.close();
    const head = JSON.parse(readFileSync(headFile(), 'utf8')) as ReviewHead;
    expect(head).toMatchObject({ format: 'exocortex-review/3', digitalInputs: 2 });
    writeFileSync(headFile(), JSON.stringify({ ...head, format: 'exocortex-review/2' }));
    reviewed.told.length = 0;
    const again = await reviewed.open(place());
    await again.whole;
    expect(reviewed.told.at(-1)?.state).toBe('whole');
    expect(JSON.parse(readFileSync(headFile(), 'utf8'))).toEqual(head);
  });

  it('tell where each of them rises first, if it does in the window', async () => {
    const review = await opened(recorded(changes));
    const events = (fromSample: number, toSample: number) =>
      queryEvents(review.index, { folder: '', ticket: 0, fromSample, toSample });
    expect((await events(0, 12_000)).firstRises).toEqual([
      { line: 3, at: 700 },
      { line: 1, at: 5000 },
    ]);
    expect((await events(0, 5000)).firstRises).toEqual([{ line: 3, at: 700 }]);
    expect((await events(701, 12_000)).firstRises).toEqual([{ line: 1, at: 5000 }]);
  });

  it('are none in a session of an earlier version, which names none', async () => {
    const session = sessionFixture({ ticks: 60, channels: 4 });
    delete (session.opening.checked.experiment as { digitalInputs?: unknown }).digitalInputs;
    const review = await opened(session);
    expect(review.describe().digitalInputs).toEqual([]);
    expect(await ask(review, 0, 512, 2)).toMatchObject({ hasEdges: true, edgeAt: new Float64Array(0) });
  });
});

describe('the response of tissue to an edge of a digital input', () => {
  it('counts every pair of an edge and a spike near it, of rising or of falling edges', async () => {
    const changes = [fall(3, 0), rise(3, 2000), fall(3, 3000), rise(3, 6000), rise(1, 6500), fall(3, 9000)];
    const session = recorded(changes);
    const review = await opened(session);
    const first = session.blocks[0]!.firstSample;
    const respond = (to: 'rising' | 'falling', line: number) =>
      queryResponse(review.index, {
        folder: '',
        ticket: 0,
        align: { to, line },
        fromSample: 0,
        toSample: 12_000,
        beforeMilliseconds: 20,
        afterMilliseconds: 40,
        binMilliseconds: 1,
        averageOf: 2,
      });
    const pairs = (events: readonly number[]) =>
      events.flatMap((at) =>
        session.spikes.filter(({ sampleIndex }) => sampleIndex - first >= at - 400 && sampleIndex - first < at + 800),
      ).length;
    const rising = await respond('rising', 3);
    expect([rising.events, rising.averaged]).toEqual([2, 2]);
    expect(rising.histogram.reduce((sum, count) => sum + count, 0)).toBe(pairs([2000, 6000]));
    expect(pairs([2000, 6000])).toBeGreaterThan(0);
    const at = (sample: number) => {
      const block = session.blocks[Math.floor(sample / 20)]!;
      return block.samples[(sample % 20) * channels + 2]! * 0.195;
    };
    expect(rising.average[400]).toBeCloseTo((at(2000) + at(6000)) / 2, 3);
    expect((await respond('falling', 3)).events).toBe(2);
    // The first record of a line says how it is.
    expect((await respond('rising', 1)).events).toBe(0);
    expect((await respond('rising', 7)).events).toBe(0);
  });
});
