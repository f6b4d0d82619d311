import { describe, expect, it } from 'vitest';
import type { ReviewDescription, ReviewResponse } from '../../common/contract/review.ts';
import { describedSession, eventsOf } from '../plots/review/course.fixture.ts';
import { comparisonLimits, responseLimits, sessionName } from './comparison-words.ts';

const session = (more: Partial<ReviewDescription> = {}, events = eventsOf({ firstDelivery: 5 })) => ({
  description: describedSession(more),
  events,
});
const said = (second: ReturnType<typeof session>, shift = 0) => comparisonLimits(session(), second, shift);

describe('what of two sessions cannot be compared', () => {
  it('is nothing where they are alike', () => {
    expect(said(session())).toEqual([]);
  });

  it.each<[string, Partial<ReviewDescription>, string]>([
    [
      'fewer electrodes',
      { channels: 2 },
      'A has 4 electrodes, B 2: rates are means per electrode, and E2 to E3 are in A only.',
    ],
    [
      'one electrode more',
      { channels: 5 },
      'A has 4 electrodes, B 5: rates are means per electrode, and E4 is in B only.',
    ],
    [
      'another sample rate',
      { sampleRateHz: 20_480 },
      'A is sampled at 5.12\u00a0kHz, B at 20.5\u00a0kHz: their bins are not of the same width.',
    ],
    ['no learning', { plasticSynapses: 0 }, 'B has no plastic synapses: the mean weight is of A only.'],
    [
      'an index that is being made',
      { state: 'reading', fraction: 0.5 },
      'The index of B is being made: 50\u00a0% of its journal is read.',
    ],
  ])('is said of %s', (_what, more, words) => {
    expect(said(session(more))).toEqual([words]);
  });

  it('is said of populations by their name', () => {
    const populations = [
      { name: 'exc', firstNeuron: 0, neurons: 9 },
      { name: 'output', firstNeuron: 9, neurons: 1 },
    ];
    expect(said(session({ populations }))).toEqual([
      'Population “inh” is in A only.',
      'Population “output” is in B only.',
      'Population “exc” has 8 neurons in A and 9 in B: its rates are means per neuron.',
    ]);
  });

  it('is said of a control without a delivery, but not of a session whose end is not known', () => {
    expect(said(session({ isArmed: false }, eventsOf()))).toEqual(['B has no delivery: it is a control, disarmed.']);
    expect(said(session({}, eventsOf()))).toEqual(['B has no delivery.']);
    expect(said(session({ state: 'growing' }, eventsOf()))).toEqual([]);
  });

  it('is said where no moment of one lies within the other', () => {
    // Both last ten seconds.
    expect(said(session(), 9.9)).toEqual([]);
    expect(said(session(), -9.9)).toEqual([]);
    for (const shift of [10, -10]) expect(said(session(), shift).join()).toContain('no moment of B lies within A');
  });

  it('is said of responses: electrodes that are not there, events that are not there', () => {
    const asked = {
      align: 'deliveries',
      isThere: true,
      electrode: -1,
      spikesOf: -1,
      averageOf: 0,
      answer: { events: 3 } as ReviewResponse,
    };
    const { channels } = describedSession();
    const limits = (more: Partial<typeof asked>) => responseLimits(describedSession(), { ...asked, ...more });
    expect(limits({})).toEqual([]);
    expect(limits({ electrode: channels })).toEqual(['B has no E4 (4 electrodes): A is shown alone.']);
    expect(limits({ electrode: 5, spikesOf: 6 })).toEqual(['B has no E5 and no E6 (4 electrodes): A is shown alone.']);
    expect(limits({ align: 'rising edges of camera', isThere: false })).toEqual([
      'B has no rising edges of camera, as no digital input of that name is recorded: A is shown alone.',
    ]);
    expect(limits({ averageOf: 4 })).toEqual(['B has no E4 (4 electrodes): the average is of A only.']);
    expect(limits({ answer: { events: 0 } as ReviewResponse })).toEqual([
      'B has no deliveries here: there is nothing of it to lay over A.',
    ]);
  });
});

describe('the name of a session', () => {
  it('is its subject, else its experiment, and when it began', () => {
    expect(sessionName(describedSession())).toMatch(/^loop · 2026-03-02 \d\d:05:06$/);
    expect(sessionName(describedSession({ subject: 'culture 12' }))).toMatch(/^culture 12 · /);
  });
});
