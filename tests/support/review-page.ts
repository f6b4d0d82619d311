// What end-to-end tests do with the review in a browser: save what is shown, read values, wait until all is drawn.
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright';

export const patience = { timeout: 60_000 };

/** Clicks a way of saving and reads what was saved. */
export async function saved(page: Page, within: Locator, label: string): Promise<string> {
  await within.getByLabel('Save this plot').click(patience);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText(label).click(patience)]);
  return readFileSync(await download.path(), 'utf8');
}

/** Values of the cursor's panel by name. */
export async function cursorValues(page: Page): Promise<Record<string, string>> {
  const panel = page.getByTestId('review-cursor');
  const [names, values] = await Promise.all([panel.locator('dt').allInnerTexts(), panel.locator('dd').allInnerTexts()]);
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}

/** Everything that the lanes show has come and is drawn. */
export const complete = (page: Page) => page.locator('[data-testid=review-plot][data-complete=true]').waitFor(patience);
