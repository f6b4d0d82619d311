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

/** A second page on the same rig, whose feed can be frozen: nothing that the rig says arrives any more. */
async function openFreezable(beside: Page, address: string): Promise<{ page: Page; freeze: () => void }> {
  let isFrozen = false;
  const page = await beside.context().browser()!.newPage();
  await page.routeWebSocket(/.*/, (socket) => {
    const rig = socket.connectToServer();
    socket.onMessage((message) => rig.send(message));
    rig.onMessage((message) => {
      if (!isFrozen) socket.send(message);
    });
  });
  await page.goto(address);
  return { page, freeze: () => (isFrozen = true) };
}

/** Holds a control down until it has acted and is gone. */
async function hold(page: Page, testId: string): Promise<void> {
  const control = page.getByTestId(testId);
  await control.hover(patience);
  await page.mouse.down();
  await control.waitFor({ ...patience, state: 'detached' });
  await page.mouse.up();
}

/** First control of arming. The first ticks of new programs are slow: a self-test that finds them late is begun again. */
async function passSelfTest(page: Page): Promise<void> {
  await page.getByTestId('arm').click(patience);
  const again = page.getByTestId('arming-again');
  await expect
    .poll(
      async () => {
        if (await again.isEnabled({ timeout: 100 }).catch(() => false)) await again.click(patience);
        return page.getByTestId('arm-hold').isVisible();
      },
      { timeout: 60_000, interval: 1000 },
    )
    .toBe(true);
}

/** Both controls of arming: they begin a run, or go on with the one that records already. */
async function armAndRun(page: Page): Promise<void> {
  await passSelfTest(page);
  await hold(page, 'arm-hold');
  await page
    .getByTestId('interlock-state')
    .filter({ hasText: /stimulating/i })
    .waitFor(patience);
}

/** Injects into the population that is chosen in the network view, which says what is wrong with a drive, what runs, and stops it. */
async function driveByKeyboard(page: Page): Promise<void> {
  const running = page.getByTestId('drives-running');
  expect(await running.innerText()).toBe('nothing is injected');
  expect(await page.getByTestId('drive-population').inputValue()).toBe('excitatory');
  await page.getByTestId('drive-strength').fill('5000');
  await page.getByTestId('drive-says').filter({ hasText: 'is more than excitatory can hold' }).waitFor(patience);
  expect(await page.getByTestId('drive-begin').getAttribute('aria-disabled')).toBe('true');
  await page.screenshot({ path: join(pictures, 'drive-refused.png') });
  await page.getByTestId('drive-strength').fill('-2');
  await page.getByTestId('drive-duration').fill('60000');
  await page.keyboard.press('Enter');
  const driven = page.getByTestId('drive-of-excitatory');
  await driven.filter({ hasText: /−2\.00\smV, 5\d\.\d\ss left/ }).waitFor(patience);
  await page.screenshot({ path: join(pictures, 'drive-running.png') });
  await page.getByTestId('drive-stop-excitatory').focus();
  await page.keyboard.press('Enter');
  await running.filter({ hasText: 'nothing is injected' }).waitFor(patience);
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
    await page.getByTestId('output').filter({ hasText: 'nothing connected' }).waitFor(patience);
  });

  test('connects the virtual rig with one click and shows traces that move', async () => {
    await page.getByTestId('try-virtual').click(patience);
    const traces = page.getByTestId('traces');
    await traces.locator('canvas').first().waitFor(patience);
    const before = await drawing(traces);
    await expect.poll(() => drawing(traces), { timeout: 30_000 }).not.toBe(before);
  });

  test('shows the output as the stimulator measures it, its emergency stop and the highest limit', async () => {
    await page.getByTestId('output').filter({ hasText: 'output off, 0.00' }).waitFor(patience);
    expect(await page.getByTestId('confirmation').innerText()).toMatch(/^confirmed 0\.\d\d.s ago$/);
    expect(await page.getByTestId('emergency-stop').innerText()).toBe('released');
    expect(await page.getByTestId('highest-limit').innerText()).toMatch(/%$/);
  });

  test('fits a window of 1024 pixels: nothing of the state bar overlaps', async () => {
    const usual = page.viewportSize()!;
    await page.setViewportSize({ width: 1024, height: 700 });
    const boxes = await page
      .getByTestId('state-bar')
      .locator('.state, .facts > div, [data-testid=stop]')
      .evaluateAll((parts) =>
        parts
          .map((part) => part.getBoundingClientRect())
          .filter(({ width }) => width > 0)
          .map(({ left, top, right, bottom }) => ({ left, top, right, bottom })),
      );
    await page.setViewportSize(usual);
    expect(boxes.length).toBeGreaterThanOrEqual(7);
    for (const [index, a] of boxes.entries()) {
      expect(a.right).toBeLessThanOrEqual(1024);
      for (const b of boxes.slice(index + 1))
        expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
    }
  });

  test('arms by two different controls and runs a closed loop', async () => {
    await passSelfTest(page);
    expect(await page.getByTestId('arming-check').count()).toBeGreaterThan(5);
    expect(await page.locator('[data-testid=arming-check][data-passed=false]').count()).toBe(0);
    expect(await page.getByTestId('arming-limits').innerText()).toMatch(/^[0-9a-f]{8}$/);
    await page.screenshot({ path: join(pictures, 'arming.png') });
    await page.getByTestId('arming-sheet').getByText('Cancel').click(patience);
    await page.getByTestId('interlock-state').filter({ hasText: /safe/i }).waitFor(patience);
    await armAndRun(page);
    await expect.poll(() => countOf(page, 'counters-deliveries'), { timeout: 60_000 }).toBeGreaterThan(3);
    await page.screenshot({ path: join(pictures, 'run-view.png') });
  });

  test('looks into the network while it runs: rates, potentials and weights that move', async () => {
    await page.keyboard.press('5');
    const learning = page.getByTestId('projection-sensory-to-excitatory');
    await learning.waitFor(patience);
    const shapes = (within: Locator) =>
      within.locator('.histogram path').evaluateAll((paths) => paths.map((path) => path.getAttribute('d')).join());
    const potentials = () => page.getByTestId('population-sensory').locator('.potentials').innerHTML();
    const [before, earlier] = [await shapes(learning), await potentials()];
    await expect.poll(() => shapes(learning), { timeout: 30_000 }).not.toBe(before);
    await expect.poll(potentials, { timeout: 30_000 }).not.toBe(earlier);
    await page.getByTestId('rate-sensory').filter({ hasText: /[1-9]/ }).waitFor(patience);
    expect(await page.getByTestId('network-backend').innerText()).toMatch(/C\+\+|TypeScript/);
    const fixed = page.getByTestId('projection-excitatory-to-output');
    const fixedBefore = await shapes(fixed);
    await page.getByTestId('network-box-excitatory').focus();
    await page.keyboard.press('Enter');
    expect(await page.getByTestId('network-box-excitatory').getAttribute('aria-pressed')).toBe('true');
    await page.screenshot({ path: join(pictures, 'network-view.png') });
    expect(await shapes(fixed)).toBe(fixedBefore);
    await driveByKeyboard(page);
    await page.getByTestId('population-save').click(patience);
    await page.getByText(/Saved before step \d+ as population-\d+-ms\.state/).waitFor(patience);
    await page.getByTestId('population-hold').click(patience);
    await page.getByTestId('sample-age').filter({ hasText: 'stands still' }).waitFor(patience);
    await page.getByTestId('population-hold').filter({ hasText: 'go on' }).click(patience);
    await page.getByTestId('sample-age').filter({ hasText: 'now' }).waitFor(patience);
    await page.keyboard.press('3');
    await page.getByTestId('traces').waitFor(patience);
  });

  test('H44: when the feed freezes, the page says that it knows nothing and shows no value as current', async () => {
    const { page: other, freeze } = await openFreezable(page, served.address);
    const state = other.getByTestId('interlock-state');
    await state.filter({ hasNotText: /unknown/i }).waitFor(patience);
    await other.getByTestId('experiment-title').filter({ hasText: 'Closed loop' }).waitFor(patience);
    freeze();
    await state.filter({ hasText: /unknown/i }).waitFor(patience);
    for (const fact of ['emergency-stop', 'stop-inputs', 'highest-limit', 'experiment-title'])
      expect(await other.getByTestId(fact).innerText()).toBe('unknown');
    await other.getByTestId('alarm-silent').waitFor(patience);
    await other.screenshot({ path: join(pictures, 'unknown.png') });
    await other.close();
  });

  test('H43: a page that hung for three seconds shows the truth again, and the rig went on', async () => {
    const before = await countOf(page, 'counters-requests');
    await page.evaluate(() => {
      const endMs = performance.now() + 3000;
      while (performance.now() < endMs);
    });
    await expect.poll(() => countOf(page, 'counters-requests'), { timeout: 60_000 }).toBeGreaterThan(before);
    expect(await page.getByTestId('interlock-state').innerText()).not.toMatch(/unknown/i);
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

  test('S24: what was stopped within a recording stimulates again in it only after both controls of arming', async () => {
    const delivered = await countOf(page, 'counters-deliveries');
    await armAndRun(page);
    await expect.poll(() => countOf(page, 'counters-deliveries'), { timeout: 30_000 }).toBeGreaterThan(delivered);
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

  test('limits are tightened while it stimulates, and what is looser is refused in words', async () => {
    await page.getByTestId('nav-run').click(patience);
    await armAndRun(page);
    await page.keyboard.press('l');
    const amplitude = page.getByTestId('tighten-amplitudeMaxMicroamps');
    const apply = page.getByTestId('tighten-apply');
    await amplitude.fill('100');
    await apply.click(patience);
    await page.locator('[data-testid=tighten-result][data-taken=false]').waitFor(patience);
    await amplitude.fill('0.01');
    await apply.click(patience);
    await page.locator('[data-testid=tighten-result][data-taken=true]').waitFor(patience);
    await page.getByTestId('tighten-sheet').getByText('Close').click(patience);
    await page.getByTestId('test-pulse').click(patience);
    await page.getByTestId('refusal-amplitude').waitFor(patience);
  });

  test('H63: a trip is acknowledged by naming its cause, which nobody has chosen beforehand', async () => {
    const card = page.getByTestId('trip-card');
    // Whoever keeps asking for what is refused trips the rig; then the control is dead.
    for (let pulse = 0; pulse < 200 && !(await card.isVisible()); pulse++) {
      await page
        .getByTestId('test-pulse')
        .click({ timeout: 500 })
        .catch(() => undefined);
    }
    await card.waitFor(patience);
    await page
      .getByTestId('trip-device')
      .filter({ hasText: /confirmed off/i })
      .waitFor(patience);
    const acknowledge = page.getByTestId('trip-acknowledge');
    expect(await card.locator('input:checked').count()).toBe(0);
    expect(await acknowledge.getAttribute('aria-disabled')).toBe('true');
    expect(await page.getByTestId('trip-cause').count()).toBeGreaterThanOrEqual(4);
    await page.screenshot({ path: join(pictures, 'tripped.png') });
    await page.locator('[data-testid=trip-cause]:not([data-cause=refusals])').first().click(patience);
    await acknowledge.click(patience);
    await card.getByRole('alert').waitFor(patience);
    expect(await page.getByTestId('interlock-state').innerText()).toMatch(/tripped/i);
    await page.locator('[data-testid=trip-cause][data-cause=refusals]').click(patience);
    await acknowledge.click(patience);
    await page.locator('[data-testid=trip-reset][aria-disabled=false]').click(patience);
    await page.getByTestId('interlock-state').filter({ hasText: /safe/i }).waitFor(patience);
    await page.getByTestId('run-end').click(patience);
  });

  test('a population that was saved goes on in another connection, from the network view', async () => {
    await page.getByTestId('nav-run').click(patience);
    await page.getByTestId('disconnect').click(patience);
    await page.getByTestId('connect').waitFor(patience);
    await page.keyboard.press('5');
    const saved = page.getByTestId('saved-population');
    // Two recordings began and ended with one each, and one was saved by hand.
    await expect.poll(() => saved.count(), { timeout: 30_000 }).toBe(5);
    await page.screenshot({ path: join(pictures, 'saved-populations.png') });
    await saved.first().getByTestId('go-on-from').click(patience);
    await page.getByTestId('disconnect').waitFor(patience);
    await page.keyboard.press('5');
    await page
      .getByTestId('network-began')
      .filter({ hasText: /step [1-9]/ })
      .waitFor(patience);
    await page.screenshot({ path: join(pictures, 'network-gone-on.png') });
    await page.getByTestId('nav-run').click(patience);
    await page.getByTestId('disconnect').click(patience);
    await page.getByTestId('connect').waitFor(patience);
  });

  test('writes no error to the console', () => {
    expect(served.pageErrors).toEqual([]);
  });

  test('Ctrl+C ends the program orderly', async () => {
    expect(await served.end()).toBe(0);
  });
});
