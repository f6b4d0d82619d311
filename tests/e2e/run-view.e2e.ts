// A technician's session in a real browser: connect, arm, run, watch, stop.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/ensure-browser.mjs';
import { root } from '../support/run-exocortex.ts';
import { type ServedApplication, serveInBrowser } from '../support/served-application.ts';

const browserPath = await findBrowser();
if (browserPath === undefined)
  console.log('Skipped: no Chromium, Chrome or Edge was found, and none could be installed.');

const pictures = join(root, 'test-results');
const patience = { timeout: 60_000 };

/** Everything drawn on the canvases inside `plot`, as text that changes when the picture does. */
const drawing = (plot: Locator) =>
  plot
    .locator('canvas')
    .evaluateAll((canvases) => canvases.map((canvas) => (canvas as HTMLCanvasElement).toDataURL()).join());

const countOf = async (page: Page, testId: string) =>
  Number((await page.getByTestId(testId).innerText()).replaceAll(/\D/g, ''));

async function hold(page: Page, testId: string): Promise<void> {
  const box = (await page.getByTestId(testId).boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.waitForTimeout(1300);
  await page.mouse.up();
}

describe.runIf(browserPath !== undefined)('the page in a real browser', () => {
  let served: ServedApplication;
  let page: Page;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    served = await serveInBrowser(browserPath ?? '');
    page = served.page;
  });
  afterAll(() => served.close());

  test('shows a stop button and a safe state from the first moment', async () => {
    await page.getByTestId('stop').waitFor(patience);
    await page.getByTestId('interlock-state').filter({ hasText: /safe/i }).waitFor(patience);
    expect(page.url()).not.toContain('token');
  });

  test('connects the virtual rig with one click and shows traces that move', async () => {
    await page.getByTestId('try-virtual').click(patience);
    const traces = page.getByTestId('traces');
    await traces.locator('canvas').first().waitFor(patience);
    const before = await drawing(traces);
    await expect.poll(() => drawing(traces), { timeout: 30_000 }).not.toBe(before);
  });

  test('arms by two different controls and runs a closed loop', async () => {
    await page.getByTestId('arm').click(patience);
    await page.getByTestId('arm-hold').waitFor(patience);
    await page.screenshot({ path: join(pictures, 'arming.png') });
    await hold(page, 'arm-hold');
    await page
      .getByTestId('interlock-state')
      .filter({ hasText: /armed|stimulating/i })
      .waitFor(patience);
    if (!/stimulating/i.test(await page.getByTestId('interlock-state').innerText()))
      await page.getByTestId('run-start').click(patience);
    await page
      .getByTestId('interlock-state')
      .filter({ hasText: /stimulating/i })
      .waitFor(patience);
    await expect.poll(() => countOf(page, 'counters-deliveries'), { timeout: 60_000 }).toBeGreaterThan(3);
    await page.screenshot({ path: join(pictures, 'run-view.png') });
  });

  test('S15: Escape stops stimulation from anywhere on the page, and deliveries end', async () => {
    await page.keyboard.press('Escape');
    await page.getByTestId('interlock-state').filter({ hasText: /safe/i }).waitFor(patience);
    const delivered = await countOf(page, 'counters-deliveries');
    const requested = await countOf(page, 'counters-requests');
    await expect.poll(() => countOf(page, 'counters-requests'), { timeout: 60_000 }).toBeGreaterThan(requested + 3);
    expect(await countOf(page, 'counters-deliveries')).toBe(delivered);
    await page.screenshot({ path: join(pictures, 'stopped.png') });
  });

  test('a reloaded page shows the truth again, and the recording has gone on', async () => {
    await page.reload();
    await page.getByTestId('nav-run').click(patience);
    await expect.poll(() => countOf(page, 'counters-requests'), { timeout: 30_000 }).toBeGreaterThan(0);
    await page.getByTestId('run-end').click(patience);
    await page.getByTestId('nav-review').click(patience);
    await page.getByTestId('sessions').getByText('session.nwb').first().waitFor(patience);
    await page.screenshot({ path: join(pictures, 'review.png') });
  });

  test('writes no error to the console', () => {
    expect(served.pageErrors).toEqual([]);
  });

  test('Ctrl+C ends the program orderly', async () => {
    expect(await served.end()).toBe(0);
  });
});
