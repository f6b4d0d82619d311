// The application under Electron itself; only where its binary is installed and a window can be shown.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron as electron, type ElectronApplication, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findElectron, whyNoWindow } from '../../scripts/electron-binary.mjs';

const checkout = join(import.meta.dirname, '..', '..');
const binary = findElectron();
const obstacle = whyNoWindow() ?? (binary === undefined ? "Electron's binary is not installed" : undefined);
if (obstacle !== undefined) console.log(`Skipped: ${obstacle}.`);

describe.runIf(obstacle === undefined)('the application under Electron', () => {
  let home: string;
  let application: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'exocortex-electron-'));
    application = await electron.launch({ executablePath: binary ?? '', args: [checkout, `--user-data-dir=${home}`] });
    page = await application.firstWindow();
  });
  afterAll(async () => {
    await application.close();
    rmSync(home, { recursive: true, force: true });
  });

  test('shows the page from its own origin with the stop button', async () => {
    expect(page.url()).toBe('app://exocortex/');
    await page.getByRole('button', { name: /stop/i }).first().waitFor();
  });

  test('keeps Node away from the page', async () => {
    expect(
      await page.evaluate(() => [typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'process')]),
    ).toEqual(['undefined', 'undefined']);
  });

  test('connects the page to the core', async () => {
    await page.locator('[data-testid=try-virtual]:enabled').waitFor();
  });
});
