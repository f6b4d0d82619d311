// A technician's checks before a session, in a real browser: devices, health, impedances, the way to the stimulator and back.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/ensure-browser.mjs';
import { root } from '../support/run-exocortex.ts';
import { type ServedApplication, serveInBrowser } from '../support/served-application.ts';

const browserPath = await findBrowser();
if (browserPath === undefined)
  console.log('Skipped: no Chromium, Chrome or Edge was found, and none could be installed.');

const pictures = join(root, 'test-results');
const patience = { timeout: 60_000 };
/** Electrodes of the experiment that the page offers as the virtual rig. */
const electrodes = 32;

describe.runIf(browserPath !== undefined)('the rig page in a real browser', () => {
  let served: ServedApplication;
  let page: Page;

  /** Every part of the rig page, however long it is. */
  async function photograph(name: string): Promise<void> {
    const usual = page.viewportSize()!;
    await page.setViewportSize({ width: 1280, height: 2600 });
    await page.screenshot({ path: join(pictures, `${name}.png`) });
    await page.setViewportSize(usual);
  }

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    served = await serveInBrowser(browserPath ?? '');
    page = served.page;
  });
  afterAll(() => served.close());

  test('lists devices without being asked; what cannot be checked yet says why', async () => {
    await page
      .getByTestId('device-virtual-rig')
      .filter({ hasText: 'lease and limits in its firmware' })
      .waitFor(patience);
    await page
      .getByTestId('device-intan-rhx')
      .filter({ hasText: 'Intan RHD' })
      .filter({ hasText: 'not asked' })
      .waitFor(patience);
    expect(await page.getByTestId('device-virtual-rig').getAttribute('data-state')).toBe('ready');
    const test = page.getByTestId('loop-back-test');
    expect(await test.getAttribute('aria-disabled')).toBe('true');
    expect(await test.getAttribute('aria-describedby')).not.toBeNull();
    await photograph('rig-page-idle');
  });

  test('shows the connected rig, its firmware and its measures against their bounds', async () => {
    await page.getByTestId('try-virtual').click(patience);
    await page.getByTestId('traces').waitFor(patience);
    await page.keyboard.press('1');
    await page.getByTestId('rig-health').waitFor(patience);
    const device = page.getByTestId('device-virtual-rig');
    await expect.poll(() => device.getAttribute('data-state'), patience).toBe('connected');
    const firmware = await page.getByTestId('firmware').innerText();
    await expect.poll(() => device.innerText(), patience).toContain(firmware);
    await page.getByTestId('health-temperature').filter({ hasText: /\d °C/ }).waitFor(patience);
    await page.getByTestId('health-lease').filter({ hasText: 'output off' }).waitFor(patience);
    await page
      .getByTestId('health-clock-drift')
      .filter({ hasText: /at most 500\s?ppm/ })
      .waitFor(patience);
    await page.getByTestId('health-sample-rate').filter({ hasText: '30000 Hz ± 30 Hz' }).waitFor(patience);
  });

  test('measures impedances, shows them on the map by keyboard, and saves them', async () => {
    await page.getByTestId('impedances-measure').click(patience);
    const map = page.getByRole('listbox', { name: /Electrodes by place/ });
    await map.waitFor(patience);
    expect(await map.getByRole('option').count()).toBe(electrodes);
    await map.getByRole('option').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    const chosen = page.getByTestId('impedance-chosen');
    // Six electrodes stand in a row.
    expect(await chosen.innerText()).toMatch(/^E7: [\d.]+\skΩ, good/);
    const shown = await page.getByTestId('impedance-7').locator('b').innerText();
    expect(await chosen.innerText()).toContain(shown);
    const [download] = await Promise.all([
      page.waitForEvent('download', patience),
      page.getByTestId('impedances-save').click(patience),
    ]);
    const rows = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\n');
    expect(rows).toHaveLength(electrodes + 1);
    expect(Number(rows[8]!.split(',')[2]) / 1000).toBeCloseTo(Number.parseFloat(shown), 0);
  });

  test('S24: tests the way to the stimulator and back, and is safe again', async () => {
    await page.getByTestId('loop-back-pulses').fill('40');
    await page.getByTestId('loop-back-test').click(patience);
    await page
      .getByTestId('loop-back-verdict')
      .filter({ hasText: /pulses/ })
      .waitFor(patience);
    await page.getByTestId('interlock-state').filter({ hasText: /safe/i }).waitFor(patience);
    const [p50, p99, max] = await Promise.all(
      ['p50', 'p99', 'max'].map(async (name) =>
        Number.parseFloat(await page.getByTestId(`loop-back-${name}`).innerText()),
      ),
    );
    expect(p50).toBeGreaterThan(0);
    expect(p99).toBeGreaterThanOrEqual(p50!);
    expect(max).toBeGreaterThanOrEqual(p99!);
    await photograph('rig-page');
    await page.getByTestId('theme').click(patience);
    await photograph('rig-page-light');
  });

  test('writes no error to the console, and ends orderly', async () => {
    expect(served.pageErrors).toEqual([]);
    expect(await served.end()).toBe(0);
  });
});
