// Counts the frames of a page, and times what the page itself does in each; handed as text to the bench's browser and run there.

/** What a page's counter holds; all times ms of its clock. */
export interface FrameRecord {
  isCounting: boolean;
  /** When each frame began. */
  frames: number[];
  /** Script, style and layout of each frame in which the page drew something. */
  draws: number[];
  /** When a key, button or wheel was last used. */
  usedAt: number;
}

/** What the counter needs of a page; Node knows none. */
interface CountedPage {
  requestAnimationFrame: (callback: (at: number) => void) => number;
  readonly document: {
    readonly body: { readonly offsetHeight: number };
    querySelector(selector: string): object | null;
    addEventListener(event: string, listener: () => void, isCapture: boolean): void;
  };
  benchFrames?: FrameRecord;
}

/** Runs before the page's own scripts, by itself: it may name nothing outside. */
export function installFrameCounter(): void {
  const page = globalThis as unknown as CountedPage;
  const ask = page.requestAnimationFrame.bind(page);
  const record: FrameRecord = { isCounting: false, frames: [], draws: [], usedAt: 0 };
  page.benchFrames = record;
  for (const event of ['click', 'wheel', 'keydown', 'pointermove'])
    page.document.addEventListener(event, () => (record.usedAt = performance.now()), true);
  let drawnAt = -1;
  page.requestAnimationFrame = (callback) =>
    ask((at) => {
      const startedMs = performance.now();
      callback(at);
      // Behind the components that have changed by it; reading a height does the layout that would come next.
      queueMicrotask(() => {
        void page.document.body.offsetHeight;
        if (!record.isCounting) return;
        const milliseconds = performance.now() - startedMs;
        if (drawnAt === at) record.draws[record.draws.length - 1]! += milliseconds;
        else record.draws.push(milliseconds);
        drawnAt = at;
      });
    });
  const count = (at: number) => {
    if (record.isCounting) record.frames.push(at);
    ask(count);
  };
  ask(count);
}

/** Begins or ends counting in a page. @returns what was counted until now */
export function setCounting(isCounting: boolean): FrameRecord {
  const { benchFrames } = globalThis as unknown as Required<CountedPage>;
  benchFrames.isCounting = isCounting;
  return benchFrames;
}

/** Waits for a frame after the last input in which an element is there. @returns milliseconds from that input */
export async function untilShown(selector: string): Promise<number> {
  const { benchFrames, requestAnimationFrame, document } = globalThis as unknown as Required<CountedPage>;
  const frame = () => new Promise<unknown>((resolve) => requestAnimationFrame(resolve));
  // What the input changes is drawn in the next frame, and said after it.
  await frame();
  do await frame();
  while (document.querySelector(selector) === null);
  return performance.now() - benchFrames.usedAt;
}
