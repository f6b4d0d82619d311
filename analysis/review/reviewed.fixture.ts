// Opens sessions of tests for review; tests only.
import type { ReviewProgress } from '../../common/contract/review.ts';
import { ReviewedSession } from './reviewed-session.ts';

/** Opened sessions, closed together. */
export class Reviewed {
  readonly #open: { session: ReviewedSession; abort: AbortController }[] = [];
  readonly told: ReviewProgress[] = [];
  #more: () => void = () => {};

  async open(folder: string, isRecording = false): Promise<ReviewedSession> {
    const abort = new AbortController();
    const session = await ReviewedSession.open({
      folder,
      isRecording,
      onProgress: (progress) => this.told.push(progress),
      signal: abort.signal,
      waitForMore: () => new Promise((resolve) => (this.#more = resolve)),
    });
    this.#open.push({ session, abort });
    return session;
  }

  /** What waits for more of the journal looks again. */
  more(): void {
    this.#more();
  }

  async close(): Promise<void> {
    for (const { session, abort } of this.#open.splice(0)) {
      abort.abort();
      this.more();
      await session.close();
    }
  }
}

/** The samples of a session by channel, lost ones as undefined. */
export function samplesOf(
  blocks: readonly { firstSample: number; samples: Int16Array }[],
  channels: number,
): (number | undefined)[][] {
  const first = blocks[0]!.firstSample;
  const all: (number | undefined)[][] = Array.from({ length: channels }, () => []);
  for (const { firstSample, samples } of blocks)
    for (const [place, value] of samples.entries())
      all[place % channels]![firstSample - first + Math.floor(place / channels)] = value;
  return all;
}
