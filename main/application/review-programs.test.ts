import { describe, expect, it } from 'vitest';
import { Emitter } from '../../common/base/event.ts';
import type { CommandRefusal } from '../../common/contract/commands.ts';
import type { ReviewProgress } from '../../common/contract/review.ts';
import type { FromReview, ReviewQuestion, ToReview } from '../../common/contract/review-program.ts';
import type { Platform } from '../rig/platform.ts';
import { ReviewPrograms } from './review-programs.ts';

interface Started {
  args: readonly string[];
  asked: ToReview[];
  say(message: FromReview): void;
  exit(): void;
  isDisposed: boolean;
}

function reviews(recording?: string) {
  const started: Started[] = [];
  const news: [number, { folder: string; progress?: ReviewProgress; problem?: CommandRefusal }][] = [];
  const startProgram: Platform['startProgram'] = (_name, args) => {
    const onMessage = new Emitter<unknown>();
    const onExit = new Emitter<{ code: number | null; signal: string | null }>();
    const program: Started = {
      args,
      asked: [],
      say: (message) => onMessage.fire(message),
      exit: () => onExit.fire({ code: 1, signal: null }),
      isDisposed: false,
    };
    started.push(program);
    return {
      pid: undefined,
      send: (message) => void program.asked.push(message as ToReview),
      onMessage: onMessage.event,
      onExit: onExit.event,
      dispose() {
        program.isDisposed = true;
        onExit.fire({ code: 0, signal: null });
      },
    };
  };
  const programs = new ReviewPrograms({
    platform: { startProgram } as unknown as Platform,
    isRecording: (folder) => folder === recording,
    notify: (page, what) => news.push([page, what]),
  });
  return { programs, started, news };
}

const progress: ReviewProgress = { state: 'reading', fraction: 0.5, samples: 100 };
const opened = (folder: string): FromReview => ({
  kind: 'opened',
  description: { ...progress, folder, session: 's' } as never,
});
const question = (ticket: number): ReviewQuestion => ({
  name: 'review.events',
  query: { folder: '/a', ticket, fromSample: 0, toSample: 1 },
});
const failure: CommandRefusal = { code: 'failed', what: 'the disk is full', cure: 'Make room.' };

describe('sessions that are looked at', () => {
  it('have one program for all pages, which ends with the last of them', async () => {
    const { programs, started, news } = reviews('/a');
    const first = programs.open(1, '/a');
    started[0]!.say(opened('/a'));
    expect(await first).toMatchObject({ answer: { folder: '/a', fraction: 0.5 } });
    expect(await programs.open(2, '/a')).toMatchObject({ answer: { session: 's' } });
    expect(started.map(({ args }) => args)).toEqual([['/a', 'recording']]);
    started[0]!.say({ kind: 'progress', progress });
    expect(news.map(([page]) => page)).toEqual([1, 2]);
    programs.close(1, '/a');
    expect(started[0]!.isDisposed).toBe(false);
    programs.close(2);
    expect(started[0]!.isDisposed).toBe(true);
  });

  it('answer questions in any order, and take back only those of the page that asks for it', async () => {
    const { programs, started } = reviews();
    const open = programs.open(1, '/a');
    started[0]!.say(opened('/a'));
    await open;
    const [one, two] = [programs.ask(1, question(7)), programs.ask(2, question(7))];
    programs.takeBack(2, '/a', 7);
    expect(started[0]!.asked.at(-1)).toEqual({ kind: 'take-back', id: 2 });
    expect(started[0]!.asked.filter(({ kind }) => kind === 'take-back')).toHaveLength(1);
    const packed = Uint8Array.of(1);
    started[0]!.say({ kind: 'refused', id: 2, refusal: failure });
    started[0]!.say({ kind: 'answer', id: 1, packed });
    expect(await Promise.all([one, two])).toEqual([{ packed }, { refusal: failure }]);
  });

  it('refuse what is asked of a session that is not open, and more sessions than there may be', async () => {
    const { programs, started } = reviews();
    expect(await programs.ask(1, question(1))).toMatchObject({ refusal: { code: 'not-found' } });
    for (let session = 0; session < 6; session++) {
      const open = programs.open(1, `/${session}`);
      started.at(-1)!.say(opened(`/${session}`));
      await open;
    }
    expect(await programs.open(1, '/more')).toMatchObject({ refusal: { code: 'not-now' } });
    expect(started).toHaveLength(6);
  });

  it('tell why their program failed, answer every open question with that, and can be opened again', async () => {
    const { programs, started, news } = reviews();
    const open = programs.open(1, '/a');
    started[0]!.say(opened('/a'));
    await open;
    const asked = programs.ask(1, question(1));
    started[0]!.say({ kind: 'failed', refusal: failure });
    expect(await asked).toEqual({ refusal: failure });
    expect(news).toEqual([[1, { folder: '/a', problem: failure }]]);
    void programs.open(1, '/a');
    expect(started).toHaveLength(2);
  });

  it('refuse to open what the program cannot, and a program that ended early is told in words', async () => {
    const { programs, started } = reviews();
    const open = programs.open(1, '/a');
    started[0]!.exit();
    expect(await open).toMatchObject({ refusal: { what: 'the review program has ended' } });
  });

  it('are prepared without a page: until the index is whole, then the program ends', async () => {
    const { programs, started, news } = reviews();
    const told: number[] = [];
    const prepared = programs.prepare('/a', (fraction) => told.push(fraction));
    started[0]!.say(opened('/a'));
    await Promise.resolve();
    await Promise.resolve();
    started[0]!.say({ kind: 'progress', progress: { state: 'whole', fraction: 1, samples: 9 } });
    expect(await prepared).toBeUndefined();
    expect(started[0]!.isDisposed).toBe(true);
    expect(told.at(-1) ?? 1).toBe(1);
    expect(news).toEqual([]);
  });
});
