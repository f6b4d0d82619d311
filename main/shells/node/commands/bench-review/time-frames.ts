// Times the frames of the review page in a real browser while somebody looks through a session, beside an empty page. Main process of the plain-Node shell.
import { type Application, startApplication } from '../../../../application/application.ts';
import { findBrowser } from '../../find-browser.ts';
import { startLoopbackServer } from '../../loopback-server.ts';
import type { ShellSetting } from '../../shell-setting.ts';
import { type FrameRecord, installFrameCounter, setCounting, untilShown } from './count-frames.ts';
import { drawTimes } from './draw-times.ts';
import { frameSpread, type FrameSpread, spread, type Spread } from './frame-spread.ts';
import { driveBrowser, type DrivenBrowser, type DrivenPage } from './drive-browser.ts';
import { type Box, lookAround } from './look-around.ts';

const viewport = { width: 1600, height: 1000 };
/** Where it is zoomed in, one after the other. */
const places = [0.5, 0.23, 0.77];
const opens = 5;
const patience = { timeout: 120_000 };

export interface TimedFrames {
  browser: string;
  /** From the click on a session to its whole picture, ms, ascending. */
  openMilliseconds: number[];
  review: FrameSpread;
  /** As many frames of an empty page, under the same hands. */
  emptyPage: FrameSpread;
  /** Script, style and layout of the page in a frame in which it drew, ms by the clock. */
  drawMs: Spread & { frames: number };
  /** The same in processor time: what it takes without the other programs of the computer, the browser's own among them. */
  drawProcessorMs: Spread & { frames: number };
  /** From the last movement until everything that is seen has come and is drawn, ms. */
  settleMilliseconds: Spread;
}

/** @returns milliseconds from the last input until everything that is seen is drawn */
const untilSharp = (page: DrivenPage) => page.evaluate(untilShown, '[data-testid=review-plot][data-complete=true]');

async function boxOf(page: DrivenPage, name: string): Promise<Box> {
  const box = await page.getByTestId(name).boundingBox(patience);
  if (box === null) throw new Error(`the page shows no ${name}`);
  return box;
}

async function timeReview(browser: DrivenBrowser, page: DrivenPage) {
  const openMilliseconds: number[] = [];
  await page.getByTestId('nav-review').click(patience);
  for (let open = 0; open < opens; open++) {
    if (open > 0) await page.getByTestId('review-back').click(patience);
    const button = page.getByTestId('review-open').first();
    await button.waitFor(patience);
    await button.click(patience);
    openMilliseconds.push(await untilSharp(page));
  }
  const [plot, overview] = [await boxOf(page, 'review-plot'), await boxOf(page, 'review-overview')];
  await page.getByTestId('review-plot').focus();
  const settleMilliseconds: number[] = [];
  await browser.startTrace(page);
  await page.evaluate(setCounting, true);
  for (const place of places) {
    await lookAround(page, plot, overview, place, async () => void settleMilliseconds.push(await untilSharp(page)));
  }
  const record = await page.evaluate(setCounting, false);
  const processor = drawTimes(await browser.endTrace());
  return {
    record,
    processor,
    openMilliseconds: openMilliseconds.sort((a, b) => a - b),
    settleMilliseconds: spread(settleMilliseconds),
    plot,
    overview,
  };
}

/** @returns the beginnings of at least `frames` frames of a page with nothing on it */
async function timeEmptyPage(browser: DrivenBrowser, plot: Box, overview: Box, frames: number): Promise<FrameRecord> {
  const page = await browser.open(installFrameCounter);
  await page.goto('about:blank');
  await page.evaluate(setCounting, true);
  let record: FrameRecord;
  do {
    await lookAround(page, plot, overview, 0.5, () => Promise.resolve());
    record = await page.evaluate(setCounting, true);
  } while (record.frames.length < frames);
  await page.close();
  return record;
}

async function timeInBrowser(browser: DrivenBrowser, address: string): Promise<TimedFrames> {
  const page = await browser.open(installFrameCounter);
  await page.goto(address);
  const { record, processor, openMilliseconds, settleMilliseconds, plot, overview } = await timeReview(browser, page);
  await page.close();
  const { frames, draws } = record;
  const empty = await timeEmptyPage(browser, plot, overview, frames.length);
  return {
    browser: browser.words,
    openMilliseconds,
    review: frameSpread(frames),
    emptyPage: frameSpread(empty.frames.slice(0, frames.length)),
    drawMs: { frames: draws.length, ...spread(draws) },
    drawProcessorMs: { frames: processor.length, ...spread(processor) },
    settleMilliseconds,
  };
}

/**
 * Serves the application over a folder with one session, whose index is made, to a browser of this computer.
 * @param stationFolder of its own, so that a program that is open goes on.
 * @returns why it cannot be measured, in a sentence, when it cannot
 */
export async function timeFrames(
  setting: ShellSetting,
  sessionsFolder: string,
  stationFolder: string,
): Promise<TimedFrames | string> {
  const path = findBrowser(process.env);
  if (path === undefined)
    return 'Frames are not measured: no Chromium, Chrome or Edge was found; name one with EXOCORTEX_BROWSER.';
  const browser = await driveBrowser(path, viewport);
  if (typeof browser === 'string') return `Frames are not measured: ${browser}.`;
  const platform = { ...setting.platform, stationFolder };
  const application: Application = startApplication({ platform, version: setting.version, sessionsFolder });
  try {
    const server = await startLoopbackServer({
      pageFolder: setting.pageFolder,
      port: 0,
      onPage: (port) => application.attachPage(port),
    });
    try {
      return await timeInBrowser(browser, server.address);
    } finally {
      await server.close();
    }
  } finally {
    await browser.close();
    await application.end();
  }
}
