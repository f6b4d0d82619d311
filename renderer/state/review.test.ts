import { describe, expect, it } from 'vitest';
import type { CommandRefusal } from '../../common/contract/commands.ts';
import type { ReviewDescription, ReviewNote, SignOff } from '../../common/contract/review.ts';
import type { GiveCommand } from './give-command.ts';
import { Review } from './review.svelte.ts';

const refusal: CommandRefusal = { code: 'failed', what: 'the disk is gone', cure: 'Connect it.' };
const noInputs: ReviewDescription['digitalInputs'] = [];
const describeSession = (folder: string) =>
  ({
    folder,
    sampleRateHz: 1000,
    digitalInputs: noInputs,
    samples: 5000,
    state: 'reading',
    fraction: 0.1,
  }) as ReviewDescription;
const unplaced = { fromSeconds: 0, toSeconds: 0, text: '', writtenAt: '2026-01-01T00:00:00.000+00:00' };
const settle = () => new Promise<void>((resolve) => setTimeout(resolve));

/** A core that keeps notes; `answers` are given before its own. */
function core(answers: Record<string, (request: never) => unknown> = {}) {
  const asked: [name: string, request: unknown][] = [];
  const told: CommandRefusal[] = [];
  const notes: ReviewNote[] = [];
  const own: Record<string, (request: never) => unknown> = {
    'review.open': ({ folder }: { folder: string }) => ({ answer: describeSession(folder) }),
    'review.notes': () => ({ answer: { notes: [...notes], problems: [] } }),
    'review.note': (request: ReviewNote) => {
      const note = { ...request, number: notes.length + 1, writtenAt: '2026-01-01T00:00:00.000+00:00' };
      notes.push(note);
      return { answer: note };
    },
    'review.signOff': ({ verdict }: { verdict: SignOff['verdict'] }) => {
      const signOff: SignOff = { verdict, manifest: '', audit: { seq: 1, hash: '' } };
      notes.push({ ...unplaced, label: verdict, author: 'Ada', number: notes.length + 1, signOff });
      return { answer: notes.at(-1) };
    },
    'review.events': () => ({ answer: { states: [], marks: [] } }),
  };
  const call = ((name: string, request: never) => {
    asked.push([name, request]);
    return Promise.resolve((answers[name] ?? own[name] ?? (() => ({ answer: { done: true } })))(request));
  }) as unknown as GiveCommand;
  const names = () => asked.map(([name]) => name);
  return { review: new Review(call, (refused) => told.push(refused)), asked, names, told };
}

describe('the session that is looked at', () => {
  it('is opened with its events and notes, and closed when another is chosen', async () => {
    const { review, asked, names } = core();
    await review.open('/a');
    await settle();
    expect(review.session?.folder).toBe('/a');
    expect(names()).toEqual(expect.arrayContaining(['review.open', 'review.events', 'review.notes']));
    await review.open('/b');
    expect(asked.filter(([name]) => name === 'review.close')).toEqual([['review.close', { folder: '/a' }]]);
    expect(review.session?.folder).toBe('/b');
  });

  it('is not shown when it was given up while it was being opened, or cannot be opened', async () => {
    const { review } = core();
    const opening = review.open('/a');
    review.close();
    await opening;
    expect(review.session).toBeUndefined();
    const refusing = core({ 'review.open': () => ({ refusal }) });
    await refusing.review.open('/a');
    expect(refusing.review.session).toBeUndefined();
    expect(refusing.told).toEqual([refusal]);
  });

  it('grows while its index is made: the window over all of it and its events follow', async () => {
    const { review, names } = core();
    await review.open('/a');
    await settle();
    const before = names().filter((name) => name === 'review.events').length;
    review.note({ notice: 'review', folder: '/a', progress: { state: 'whole', fraction: 1, samples: 9000 } });
    review.note({ notice: 'review', folder: '/other', progress: { state: 'whole', fraction: 1, samples: 1 } });
    await settle();
    expect(review.session?.description).toMatchObject({ state: 'whole', samples: 9000 });
    expect(review.session?.window.toSample).toBe(9000);
    expect(names().filter((name) => name === 'review.events').length).toBe(before + 1);
    review.note({ notice: 'review', folder: '/a', problem: refusal });
    expect(review.session?.problem).toEqual(refusal);
  });

  it('has notes that are added with their author and withdrawn by another note, never changed', async () => {
    const { review } = core();
    await review.open('/a');
    const session = review.session!;
    const draft = { fromSeconds: 1, toSeconds: 2, label: 'burst', text: '' };
    expect(await session.addNote(draft, 'Curie')).toBe(true);
    expect(session.notes).toMatchObject([{ number: 1, label: 'burst', author: 'Curie' }]);
    await session.withdraw(session.notes[0]!, 'Meitner');
    expect(session.notes).toEqual([]);
    expect([...session.withdrawn]).toEqual([1]);
    expect(session.allNotes).toHaveLength(2);
  });

  it('says when a note is not on disk', async () => {
    const { review, told } = core({ 'review.note': () => ({ refusal }) });
    await review.open('/a');
    expect(await review.session!.addNote({ fromSeconds: 0, toSeconds: 1, label: 'x', text: '' }, 'Curie')).toBe(false);
    expect(told).toEqual([refusal]);
  });

  it('takes a question back whose piece nobody looks at any more', async () => {
    const { review, asked } = core({ 'review.traces': () => new Promise(() => {}) });
    await review.open('/a');
    const { traces } = review.session!;
    traces.want([{ samplesPerColumn: 1, tile: 0, block: 1 }]);
    traces.want([]);
    const question = asked.find(([name]) => name === 'review.traces')![1] as { ticket: number; firstChannel: number };
    expect(question.firstChannel).toBe(32);
    expect(asked.at(-1)).toEqual(['review.cancel', { folder: '/a', ticket: question.ticket }]);
  });

  it('is opened again on a fresh connection', async () => {
    const { review, names } = core();
    await review.open('/a');
    await review.openAgain();
    expect(names().filter((name) => name === 'review.open')).toHaveLength(2);
    expect(review.session?.folder).toBe('/a');
  });

  it('is signed off beside its notes, not among them; what the core refuses is told', async () => {
    const { review } = core();
    await review.open('/a');
    const session = review.session!;
    await session.addNote({ fromSeconds: 1, toSeconds: 2, label: 'burst', text: '' }, 'Ada');
    expect(await session.signOff('accepted', '', 'Ada')).toBe(true);
    expect(session.signOffs.map(({ signOff }) => signOff.verdict)).toEqual(['accepted']);
    expect(session.notes.map(({ label }) => label)).toEqual(['burst']);
    const refusing = core({ 'review.signOff': () => ({ refusal }) });
    await refusing.review.open('/a');
    expect(await refusing.review.session!.signOff('rejected', 'noise', 'Ada')).toBe(false);
    expect(refusing.told).toEqual([refusal]);
  });
});

describe('a second session that is laid over the one that is looked at', () => {
  const events: Record<string, unknown> = {
    '/a': { states: [], marks: [{ at: 500, text: 'drug' }], phases: [], faults: [], firstDelivery: 2000 },
    '/b': { states: [], marks: [{ at: 1500, text: 'drug' }], phases: [], faults: [] },
  };
  const answers = { 'review.events': ({ folder }: { folder: string }) => ({ answer: events[folder] }) };
  const compared = async (own: ReturnType<typeof core>) => {
    await own.review.open('/a');
    await own.review.compareWith('/b');
    await settle();
    return own.review.comparison!;
  };
  const closed = ({ asked }: ReturnType<typeof core>) =>
    asked.filter(([name]) => name === 'review.close').map(([, request]) => request);

  it('is opened beside it and grows by its own notices; both are closed together', async () => {
    const own = core(answers);
    const comparison = await compared(own);
    own.review.note({ notice: 'review', folder: '/b', progress: { state: 'whole', fraction: 1, samples: 7000 } });
    own.review.note({ notice: 'review', folder: '/a', progress: { state: 'growing', fraction: 1, samples: 6000 } });
    expect(comparison.second.description).toMatchObject({ folder: '/b', samples: 7000 });
    expect(own.review.session?.description).toMatchObject({ state: 'growing', samples: 6000 });
    own.review.close();
    expect(own.review.comparison).toBeUndefined();
    expect(closed(own)).toEqual([{ folder: '/b' }, { folder: '/a' }]);
  });

  it('gives way to another one, and to none', async () => {
    const own = core(answers);
    await compared(own);
    await own.review.compareWith('/c');
    expect(own.review.comparison?.second.folder).toBe('/c');
    own.review.stopComparing();
    expect(own.review.comparison).toBeUndefined();
    expect(closed(own)).toEqual([{ folder: '/b' }, { folder: '/c' }]);
    // A session is not compared with itself.
    await own.review.compareWith('/a');
    expect(own.review.comparison).toBeUndefined();
  });

  it('is not there when it cannot be opened, which is told, or was given up meanwhile', async () => {
    const own = core({
      'review.open': ({ folder }: { folder: string }) =>
        folder === '/b' ? { refusal } : { answer: describeSession(folder) },
    });
    await own.review.open('/a');
    await own.review.compareWith('/b');
    expect([own.review.comparison, own.review.comparing]).toEqual([undefined, '']);
    expect(own.told).toEqual([refusal]);
    const opening = own.review.compareWith('/c');
    own.review.stopComparing();
    await opening;
    expect(own.review.comparison).toBeUndefined();
  });

  it('is aligned by the same event of both, by one that only the other has not from its start, and moved', async () => {
    const comparison = await compared(core(answers));
    expect(comparison.shiftSeconds).toBe(0);
    comparison.alignBy('mark drug');
    expect([comparison.firstPoint, comparison.secondPoint]).toEqual(['mark drug', 'mark drug']);
    expect(comparison.shiftSeconds).toBe(1);
    comparison.offsetSeconds = 0.25;
    expect(comparison.shiftSeconds).toBe(0.75);
    comparison.alignBy('delivery');
    expect([comparison.firstPoint, comparison.secondPoint]).toEqual(['delivery', 'mark drug']);
    expect(comparison.anchor).toEqual({ seconds: 2, words: 'first delivery' });
    // A field that is being typed into.
    comparison.offsetSeconds = undefined as unknown as number;
    expect(comparison.shiftSeconds).toBe(-0.5);
  });

  it('is opened again with its alignment on a fresh connection', async () => {
    const own = core(answers);
    const before = await compared(own);
    before.alignBy('mark drug');
    before.offsetSeconds = 3;
    await own.review.openAgain();
    await settle();
    expect(own.review.comparison).not.toBe(before);
    expect(own.review.comparison?.second.folder).toBe('/b');
    expect(own.review.comparison?.shiftSeconds).toBe(-2);
  });
});
