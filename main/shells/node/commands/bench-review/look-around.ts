// What an operator does with mouse, wheel and keys to look through a session, as fast as the page takes it. Main process of the plain-Node shell.
import type { DrivenPage } from './drive-browser.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Notches of a wheel from an hour to some milliseconds. */
const notchesIn = 66;
const notchPixels = 120;
const dragSteps = 40;

async function wheel(page: DrivenPage, notches: number): Promise<void> {
  for (let notch = 0; notch < Math.abs(notches); notch++) await page.mouse.wheel(0, Math.sign(notches) * notchPixels);
}

async function keys(page: DrivenPage, key: string, times: number): Promise<void> {
  for (let press = 0; press < times; press++) await page.keyboard.press(key);
}

/** @param from and `to` are shares of the box's width. */
async function drag(page: DrivenPage, box: Box, from: number, to: number): Promise<void> {
  const at = (share: number) => [box.x + share * box.width, box.y + box.height / 3] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  for (let step = 1; step <= dragSteps; step++) await page.mouse.move(...at(from + ((to - from) * step) / dragSteps));
  await page.mouse.up();
}

/**
 * From the whole to single spikes and back: zooms at `share` of the width, moves at several widths, jumps by the overview, and
 * points at values.
 * @param rest is called where the hand stands still
 */
export async function lookAround(
  page: DrivenPage,
  plot: Box,
  overview: Box,
  share: number,
  rest: () => Promise<void>,
): Promise<void> {
  const point = [plot.x + share * plot.width, plot.y + plot.height / 4] as const;
  await page.mouse.move(...point);
  await wheel(page, -notchesIn);
  await rest();
  await drag(page, plot, 0.8, 0.2);
  await rest();
  await page.mouse.move(...point);
  await wheel(page, 20);
  await drag(page, plot, 0.2, 0.8);
  await keys(page, 'ArrowRight', 30);
  await rest();
  await page.mouse.move(...point);
  await wheel(page, 16);
  await drag(page, plot, 0.9, 0.1);
  await keys(page, 'ArrowLeft', 30);
  await rest();
  // Jumps: each step of the hand is another place of the session.
  await drag(page, overview, 0.2, 0.8);
  await rest();
  await drag(page, plot, 0.1, 0.9);
  for (let step = 0; step < dragSteps; step++)
    await page.mouse.move(plot.x + (0.1 + (0.8 * step) / dragSteps) * plot.width, point[1] + step);
  await keys(page, '-', notchesIn);
  await rest();
}
