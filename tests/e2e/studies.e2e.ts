// A study of learning rules in a real browser: made from a shipped one, run, cancelled, gone on with, and read.
import { existsSync, mkdirSync } from 'node:fs';
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

/** Whether anything is drawn on a plot's canvas. */
const isDrawn = (plot: Locator) =>
  plot.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    return pixels.some((value, index) => index % 4 === 3 && value > 0);
  });

/** How far anything reaches beyond its view at the right, CSS px. */
const overflow = (page: Page) => page.getByTestId('studies').evaluate((view) => view.scrollWidth - view.clientWidth);

describe.runIf(browserPath !== undefined)('studies of learning rules in a real browser', () => {
  let served: ServedApplication;
  let page: Page;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    served = await serveInBrowser(browserPath ?? '', { width: 1440, height: 900 });
    page = served.page;
    await page.getByTestId('stop').waitFor(patience);
  });
  afterAll(() => served.close());

  test('lists the shipped studies, none of them run, and says what will appear', async () => {
    await page.keyboard.press('5');
    await page.getByTestId('part-studies').click(patience);
    await page.getByTestId('study-parity').click(patience);
    await page.getByTestId('study-head').filter({ hasText: 'XOR' }).waitFor(patience);
    expect(await page.getByTestId('study-empty').innerText()).toMatch(/The results will appear here/);
    expect(await page.getByTestId('study-parity').innerText()).toMatch(/not run/);
    await page.screenshot({ path: join(pictures, 'studies-empty.png') });
  });

  test('makes a small study from it, by keyboard where a person would', async () => {
    await page.getByTestId('study-new').click(patience);
    await page.getByTestId('new-study-title').fill('Small XOR');
    await page.getByTestId('new-study-name').fill('Small');
    expect(await page.getByTestId('new-study-name').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByTestId('new-study-write').getAttribute('aria-disabled')).toBe('true');
    await page.getByTestId('new-study-name').fill('small');
    await page.getByTestId('new-study-seeds').fill('2');
    for (const rule of ['sign-symmetric-fixed', 'kolen-pollack', 'predictive-coding-fixed'])
      await page.getByTestId(`new-study-rule-${rule}`).uncheck(patience);
    await page.screenshot({ path: join(pictures, 'studies-new.png') });
    await page.getByTestId('new-study-seeds').press('Enter');
    await page.getByTestId('study-head').filter({ hasText: 'Small XOR' }).waitFor(patience);
  });

  test('runs it to its end, and draws what it found', async () => {
    await page.getByTestId('study-start').click(patience);
    await page.getByTestId('study-table').waitFor(patience);
    await page.getByTestId('result-readout-only').waitFor(patience);
    expect(await page.getByTestId('result-backpropagation').innerText()).toMatch(/L5\s+100\s%/);
    expect(await page.getByTestId('study-gates').innerText()).toMatch(
      /met\s+accuracy of backpropagation at least 100 %/,
    );
    expect(await page.getByTestId('study-small').innerText()).toMatch(/done/);
    const charts = page.getByTestId('study-curves').locator('.chart');
    await expect.poll(() => charts.count()).toBe(3);
    for (const chart of await charts.all()) await expect.poll(() => isDrawn(chart), patience).toBe(true);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join(pictures, 'studies-done.png') });
  });

  test('leaves a rule out of the curves when its line is unchecked', async () => {
    const chart = page.getByTestId('study-curves').locator('.chart').first();
    const picture = () => chart.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const before = await picture();
    await page.getByTestId('show-feedback-alignment').uncheck(patience);
    await expect.poll(picture, patience).not.toBe(before);
    await page.getByTestId('show-feedback-alignment').check(patience);
    await expect.poll(picture, patience).toBe(before);
  });

  test('cancels a long study, tells it in another view too, and goes on with it', async () => {
    await page.getByTestId('study-digits').click(patience);
    await page.getByTestId('study-start').click(patience);
    await page.getByTestId('study-progress').filter({ hasText: /left/ }).waitFor(patience);
    await page.screenshot({ path: join(pictures, 'studies-running.png') });
    await page.keyboard.press('4');
    await page.getByTestId('task').filter({ hasText: 'Drawn digits' }).waitFor(patience);
    await page.keyboard.press('5');
    await page.getByTestId('study-cancel').click(patience);
    await page.getByTestId('study-start').waitFor(patience);
    await page.getByTestId('study-digits').filter({ hasText: 'partly run' }).waitFor(patience);
    expect(await page.getByTestId('study-start').innerText()).toBe('Go on');
  });

  test('makes room for a recording: the study is stopped, kept, and waits for its end', async () => {
    await page.getByTestId('study-start').click(patience);
    await page.getByTestId('study-progress').waitFor(patience);
    await page.keyboard.press('1');
    await page.getByTestId('try-virtual').click(patience);
    await page.getByTestId('run-start').click(patience);
    await page.getByTestId('message').filter({ hasText: 'stopped for the recording' }).waitFor(patience);
    await page.keyboard.press('5');
    await page.getByTestId('study-digits').filter({ hasText: 'partly run' }).waitFor(patience);
    const start = page.getByTestId('study-start');
    await page.locator('[data-testid=study-start][aria-disabled=true]').waitFor(patience);
    const reason = page.locator(`[id="${await start.getAttribute('aria-describedby')}"]`);
    expect(await reason.textContent()).toMatch(/A session is being recorded/);
    await page.keyboard.press('3');
    await page.getByTestId('run-end').click(patience);
    await page.keyboard.press('5');
    await page.locator('[data-testid=study-start][aria-disabled=false]').waitFor(patience);
  });

  test('leaves no error in the console', () => {
    expect(served.pageErrors).toEqual([]);
    expect(existsSync(join(pictures, 'studies-done.png'))).toBe(true);
  });
});
