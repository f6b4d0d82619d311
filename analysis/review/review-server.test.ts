import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { join } from 'node:path';
import type { ReviewResponse, ReviewTraces } from '../../common/contract/review.ts';
import type { FromReview, ReviewQuestion } from '../../common/contract/review-program.ts';
import { unpackSections } from '../../common/transport/sections.ts';
import { sessionFixture, type SessionFixture, writeSessionFixture } from '../journal/session.fixture.ts';
import { temporaryFolder } from '../journal/temporary-folder.fixture.ts';
import { Reviewed, samplesOf } from './reviewed.fixture.ts';
import { ReviewServer } from './review-server.ts';

let folder: ReturnType<typeof temporaryFolder>;
let reviewed: Reviewed;
let session: SessionFixture;
let sent: FromReview[];
let server: ReviewServer;
beforeEach(async () => {
  folder = temporaryFolder();
  reviewed = new Reviewed();
  session = sessionFixture({ ticks: 1500, channels: 8 });
  const place = join(folder.path, 'session');
  writeSessionFixture(place, session);
  const review = await reviewed.open(place);
  await review.whole;
  sent = [];
  server = new ReviewServer(review.index, (message) => sent.push(message));
});
afterEach(async () => {
  await reviewed.close();
  folder.dispose();
});

const traces = (ticket = 0): ReviewQuestion => ({
  name: 'review.traces',
  query: { folder: '', ticket, fromSample: 0, samplesPerColumn: 64, columns: 100, firstChannel: 0, channels: 8 },
});

/** The one answer, unpacked. */
function answered<T>(): T {
  const [message] = sent;
  if (message?.kind !== 'answer') throw new Error(JSON.stringify(message));
  const { header, arrays } = unpackSections<object, object>(message.packed);
  return { ...header, ...arrays } as T;
}

async function ask<T>(question: ReviewQuestion): Promise<T> {
  await server.take({ kind: 'ask', id: 1, question });
  return answered<T>();
}

const response = (more: Partial<Extract<ReviewQuestion, { name: 'review.response' }>['query']>): ReviewQuestion => ({
  name: 'review.response',
  query: {
    folder: '',
    ticket: 1,
    align: { to: 'delivered' },
    fromSample: 0,
    toSample: 1e9,
    beforeMilliseconds: 10,
    afterMilliseconds: 20,
    binMilliseconds: 1,
    averageOf: 5,
    ...more,
  },
});

describe('the server of a review', () => {
  it('answers with arrays in sections', async () => {
    const answer = await ask<ReviewTraces>(traces());
    const [first] = samplesOf(session.blocks, 8);
    expect(answer.minimum).toBeInstanceOf(Int16Array);
    expect(answer.minimum[3]).toBe(Math.min(...first!.slice(192, 256).map((value) => value ?? 0)));
    expect(answer.columns).toBe(100);
  });

  it('refuses a question that was taken back, and answers the others', async () => {
    const question = server.take({ kind: 'ask', id: 1, question: traces() });
    const other = server.take({ kind: 'ask', id: 2, question: traces() });
    await server.take({ kind: 'take-back', id: 1 });
    await Promise.all([question, other]);
    expect(sent.map(({ kind, ...rest }) => [kind, 'id' in rest && rest.id]).sort()).toEqual([
      ['answer', 2],
      ['refused', 1],
    ]);
  });

  it('counts every pair of a delivered pulse and a spike within the window', async () => {
    const { events, histogram, fromMilliseconds } = await ask<ReviewResponse>(response({ spikesOf: 5 }));
    const pulses = session.deliveries.filter(({ outcome }) => outcome === 0).map(({ sampleIndex }) => sampleIndex);
    const expected = new Array<number>(30).fill(0);
    for (const pulse of pulses)
      for (const { sampleIndex, channel } of session.spikes) {
        const bin = Math.floor((sampleIndex - pulse + 200) / 20);
        if (channel === 5 && bin >= 0 && bin < 30) expected[bin]!++;
      }
    expect(pulses.length).toBeGreaterThan(5);
    expect(events).toBe(pulses.length);
    expect(fromMilliseconds).toBe(-10);
    expect([...histogram]).toEqual(expected);
    expect(expected.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(pulses.length);
  });

  it('averages the samples of an electrode around events', async () => {
    const at = [4000, 9000, 12_000];
    const { average, deviation, averaged } = await ask<ReviewResponse>(
      response({ align: { to: 'samples', samples: at }, averageOf: 2 }),
    );
    const samples = samplesOf(session.blocks, 8)[2]!;
    expect(averaged).toBe(3);
    expect(average).toHaveLength(600);
    for (const place of [0, 200, 599]) {
      const values = at.map((event) => samples[event - 200 + place]! * 0.195);
      const mean = values.reduce((sum, value) => sum + value, 0) / 3;
      expect(average[place]).toBeCloseTo(mean, 4);
      expect(deviation[place]).toBeCloseTo(
        Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2),
        4,
      );
    }
  });

  it('tells refused requests and a single electrode apart from the others', async () => {
    const refused = await ask<ReviewResponse>(response({ align: { to: 'refused' } }));
    expect(refused.events).toBe(session.refusals.length);
    sent.length = 0;
    const none = await ask<ReviewResponse>(response({ align: { to: 'delivered', electrode: 4 } }));
    expect(none.events).toBe(0);
    expect(none.average.every(Number.isNaN)).toBe(true);
  });
});
