// Digital inputs in a PI's review, in a real browser: their lane, their edges under the cursor and in tables, responses aligned to them, two sessions compared.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { laneMargins } from '../../common/figures/review/lane-layout.ts';
import { findBrowser } from '../../scripts/ensure-browser.mjs';
import {
  type InputChange,
  readRecorded,
  type Recorded,
  recordComplete,
  withDigitalInputs,
} from '../support/recorded-session.ts';
import { complete, cursorValues, patience, saved } from '../support/review-page.ts';
import { root } from '../support/run-exocortex.ts';
import { type ServedApplication, serveInBrowser } from '../support/served-application.ts';

const browserPath = await findBrowser();
if (browserPath === undefined)
  console.log('Skipped: no Chromium, Chrome or Edge was found, and none could be installed.');

const pictures = join(root, 'test-results');
const experiment = join(root, 'experiments', 'closed-loop-virtual', 'experiment.yaml');

/** A line that goes high for a while again and again, low before. */
function pulses(
  line: number,
  { from, every, high, to }: Record<'from' | 'every' | 'high' | 'to', number>,
): InputChange[] {
  const changes: InputChange[] = [{ at: 0, line, isHigh: false }];
  for (let at = from; at + high < to; at += every)
    changes.push({ at, line, isHigh: true }, { at: at + high, line, isHigh: false });
  return changes;
}
const inOrder = (changes: InputChange[]) => changes.sort((a, b) => a.at - b.at);
const risesOf = (changes: readonly InputChange[], line: number) =>
  changes.filter((change) => change.line === line && change.isHigh).map(({ at }) => at);

const linesA = [
  { line: 3, name: 'camera' },
  { line: 1, name: 'trial' },
  { line: 7, name: 'lever' },
];
const linesB = [
  { line: 2, name: 'trial' },
  { line: 5, name: 'reward' },
];

describe.runIf(browserPath !== undefined)('digital inputs in the review in a real browser', () => {
  let served: ServedApplication;
  let page: Page;
  let recorded: Recorded;
  let other: Recorded;
  let changes: InputChange[] = [];
  let otherFolder = '';

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    served = await serveInBrowser(browserPath ?? '');
    page = served.page;
    const elsewhere = join(served.sessionsFolder, '..', 'recorded');
    const record = (...more: string[]) =>
      recordComplete(['run', experiment, '--fast', '--json', '--out', elsewhere, ...more]);
    const [first, second] = [await record('--seconds', '10'), await record('--seconds', '7', '--disarmed')];
    recorded = await readRecorded(first);
    other = await readRecorded(second);
    const rate = recorded.sampleRateHz;
    const to = recorded.samples.length / recorded.channels;
    changes = inOrder([
      ...pulses(3, { from: rate / 2, every: rate / 50, high: rate / 200, to }),
      ...pulses(1, { from: rate, every: 2 * rate, high: 0.8 * rate, to }),
      // A single sample.
      ...pulses(7, { from: 1.7 * rate, every: 3.1 * rate, high: 1, to }),
    ]);
    const named = (session: string, startedAt: string) => ({ session, startedAt });
    withDigitalInputs(first, join(served.sessionsFolder, 'with-camera'), linesA, changes, {
      ...named('6f1cbb52-0f3e-4c84-9a3c-2a6a3f4a9b01', '2026-03-02T14:05:06.250+01:00'),
    });
    otherFolder = join(served.sessionsFolder, 'with-reward');
    const otherTo = other.samples.length / other.channels;
    const otherChanges = inOrder([
      ...pulses(2, { from: 0.6 * rate, every: 2 * rate, high: 0.5 * rate, to: otherTo }),
      ...pulses(5, { from: 1.1 * rate, every: 2 * rate, high: 0.05 * rate, to: otherTo }),
    ]);
    withDigitalInputs(second, otherFolder, linesB, otherChanges, {
      ...named('6f1cbb52-0f3e-4c84-9a3c-2a6a3f4a9b02', '2026-03-01T10:00:00.000+01:00'),
    });
    await page.getByTestId('nav-review').click(patience);
    await page.getByTestId('session-6f1cbb52-0f3e-4c84-9a3c-2a6a3f4a9b01').getByTestId('review-open').click(patience);
    await page.locator('[data-testid=review-session][data-state=whole]').waitFor(patience);
    await complete(page);
  });
  afterAll(() => served.close());

  test('stand in a lane by their names, each edge in the table at its sample', async () => {
    await page.screenshot({ path: join(pictures, 'review-inputs.png') });
    const session = page.getByTestId('review-session');
    const rows = (await saved(page, session, 'Table of the events (CSV)'))
      .trim()
      .split('\n')
      .map((row) => row.split(','))
      .filter(([, kind]) => kind === 'digital input');
    const nameOf = new Map(linesA.map(({ line, name }) => [line, name]));
    const seconds = (at: number) => (at / recorded.sampleRateHz).toFixed(6);
    const shown = rows.map(([at, , name, value]) => `${at} ${name} ${value}`).sort();
    expect(shown).toEqual(
      changes.map(({ at, line, isHigh }) => `${seconds(at)} ${nameOf.get(line)} ${isHigh ? 1 : 0}`).sort(),
    );
    const svg = await saved(page, session, 'Drawing (SVG)');
    for (const { line, name } of linesA) {
      expect(svg).toContain(`>${name}</text>`);
      expect(svg).toContain(`>↑ ${risesOf(changes, line).length}</text>`);
    }
    expect(svg).not.toMatch(/NaN|undefined/);
  });

  test('have their level and its last edge under the cursor, to the sample, however far one zooms', async () => {
    const plot = page.getByTestId('review-plot');
    const box = (await plot.boundingBox())!;
    const samples = recorded.samples.length / recorded.channels;
    const width = box.width - laneMargins.left - laneMargins.right;
    const [pulse] = risesOf(changes, 7);
    // The pulse is one sample long, far less than a pixel at first: it is zoomed at twice.
    const notches = 15;
    const first = Math.round((pulse! / samples) * width) / width;
    const narrowed = samples * 1.25 ** (-1.2 * notches);
    const second = (pulse! - first * (samples - narrowed)) / narrowed;
    for (const [share, times] of [
      [first, notches],
      [second, 40],
    ] as const) {
      await page.mouse.move(box.x + laneMargins.left + share * width, box.y + 60);
      for (let notch = 0; notch < times; notch++) await page.mouse.wheel(0, -120);
      await complete(page);
    }
    await expect.poll(async () => (await cursorValues(page))['trial'], patience).toBe('high');
    await page.screenshot({ path: join(pictures, 'review-inputs-zoomed.png') });
    const rows = (await saved(page, page.getByTestId('review-session'), 'Table of the events (CSV)')).split('\n');
    const at = (pulse! / recorded.sampleRateHz).toFixed(6);
    const after = ((pulse! + 1) / recorded.sampleRateHz).toFixed(6);
    expect(rows).toContain(`${at},digital input,lever,1,,rises`);
    expect(rows).toContain(`${after},digital input,lever,0,,falls`);
    await page.getByTestId('review-all').click(patience);
    await complete(page);
    const [trial] = risesOf(changes, 1);
    const inTrial = trial! + 0.4 * recorded.sampleRateHz;
    await page.mouse.move(box.x + laneMargins.left + (inTrial / samples) * width, box.y + 90);
    await expect.poll(async () => (await cursorValues(page))['trial'], patience).toBe('high since 00:00:01.000');
  });

  test('are what spikes and samples are aligned to, at rising and at falling edges', async () => {
    await page.getByTestId('part-responses').click(patience);
    await page.getByTestId('response-align').selectOption({ label: 'rising edges of trial' }, patience);
    const rises = risesOf(changes, 1);
    const histogram = page.getByTestId('response-histogram');
    await histogram.getByText(`n = ${rises.length}`, { exact: true }).waitFor(patience);
    const table = (await saved(page, histogram, 'Table (CSV)')).trim().split('\n').slice(1);
    const perMillisecond = recorded.sampleRateHz / 1000;
    const pairs = rises.flatMap((edge) =>
      recorded.spikes.filter(({ at }) => at >= edge - 20 * perMillisecond && at < edge + 80 * perMillisecond),
    ).length;
    const scale = rises.length * recorded.channels * 0.001;
    expect(table.reduce((sum, row) => sum + Number(row.split(',')[1]) * scale, 0)).toBeCloseTo(pairs, 3);
    await page.getByTestId('response-align').selectOption({ label: 'falling edges of camera' }, patience);
    const falls = risesOf(changes, 3).length;
    await histogram.getByText(`n = ${falls}`, { exact: true }).waitFor(patience);
    await page.getByTestId('response-average').getByText(`n = ${falls} of ${falls}`).waitFor(patience);
    await page.screenshot({ path: join(pictures, 'review-inputs-responses.png') });
  });

  test('are compared by their names beside the traces of both sessions', async () => {
    await page.getByTestId('review-compare').click(patience);
    await page
      .getByTestId('comparison-session')
      .locator(`option[value="${otherFolder}"]`)
      .waitFor({ ...patience, state: 'attached' });
    await page.getByTestId('comparison-session').selectOption(otherFolder, patience);
    await page.getByTestId('response-limits').getByText('B has no falling edges of camera').waitFor(patience);
    await page.getByTestId('response-align').selectOption({ label: 'rising edges of trial' }, patience);
    const histogram = page.getByTestId('response-histogram');
    await histogram.getByText(`A n = ${risesOf(changes, 1).length} · B n = 3`).waitFor(patience);
    await page.getByTestId('part-traces').click(patience);
    await page.getByTestId('comparison-offset').fill('1.5');
    await complete(page);
    await page.screenshot({ path: join(pictures, 'review-inputs-compared.png') });
    await page.getByTestId('review-rows').selectOption('4', patience);
    const box = (await page.getByTestId('review-plot').boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + 100);
    for (let notch = 0; notch < 16; notch++) await page.mouse.wheel(0, -120);
    await complete(page);
    await expect
      .poll(async () => Object.keys(await cursorValues(page)).filter((name) => /^E\d+ of B$/.test(name)), patience)
      .toHaveLength(1);
    await page.screenshot({ path: join(pictures, 'review-compared-zoomed.png') });
    await page.getByTestId('review-all').click(patience);
    await complete(page);
    const session = page.getByTestId('review-session');
    const svg = await saved(page, session, 'Drawing (SVG)');
    for (const words of ['>trial<', '>reward<', '>↑ 5<', '>↑ 3<', '2026-03-01 ']) expect(svg).toContain(words);
    // Every column of the second session's traces, moved by the offset, is what its journal holds.
    const [head, ...rows] = (await saved(page, session, 'Table of the traces (CSV)')).trim().split('\n');
    expect(head).toMatch(/^session,seconds,seconds_of_session,E0_min_microvolts,E0_max_microvolts,/);
    const ofB = rows.map((row) => row.split(',')).filter(([letter]) => letter === 'B');
    expect(ofB.length).toBeGreaterThan(200);
    const own = ofB.map((row) => Math.round(Number(row[2]) * other.sampleRateHz));
    const width = own[1]! - own[0]!;
    for (const [index, row] of ofB.slice(0, -1).entries()) {
      expect(Number(row[1]) - Number(row[2])).toBeCloseTo(1.5, 5);
      const bits = Array.from(
        { length: width },
        (_, sample) => other.samples[(own[index]! + sample) * other.channels]!,
      );
      expect(Number(row[3])).toBeCloseTo(Math.min(...bits) * other.microvoltsPerBit, 2);
      expect(Number(row[4])).toBeCloseTo(Math.max(...bits) * other.microvoltsPerBit, 2);
    }
  });

  test('stand over time for both sessions, in light colours, too', async () => {
    await page.getByTestId('part-course').click(patience);
    await page.locator('[data-testid=course-plot][data-complete=true]').waitFor(patience);
    const summary = page.getByTestId('course-summary');
    await expect.poll(() => summary.innerText(), patience).toMatch(/trial, rising\s+5\s+3/);
    await page.screenshot({ path: join(pictures, 'review-inputs-over-time.png') });
    // Both sessions are aligned by the line that both have.
    await page.getByTestId('align-first').selectOption({ label: 'first rising edge of trial' }, patience);
    expect(await page.getByTestId('align-second').inputValue()).toBe('rise trial');
    await page.getByTestId('comparison-offset').fill('0');
    const svg = await saved(page, page.getByTestId('review-course'), 'Drawing (SVG)');
    expect(svg).toContain('>first rising edge of trial<');
    const table = (await saved(page, page.getByTestId('review-course'), 'Table (CSV)')).split('\n');
    const [shifted] = table.map((row) => row.split(',')).filter((row) => row[0] === 'B');
    expect(Number(shifted![2]) - Number(shifted![3])).toBeCloseTo(0.4, 5);
    await page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'));
    await page.getByTestId('part-traces').click(patience);
    await complete(page);
    await page.screenshot({ path: join(pictures, 'review-inputs-light.png') });
  });

  test('are in the report, and leave no error in the console', async () => {
    await page.getByTestId('review-report').click(patience);
    await page.getByTestId('review-report-file').waitFor(patience);
    const html = readFileSync(join(served.sessionsFolder, 'with-camera', 'report.html'), 'utf8');
    expect(html).toContain('<h2>Digital inputs</h2>');
    expect(html).toMatch(/<td>trial<\/td><td class="number">1<\/td><td class="number">5<\/td>/);
    expect(served.pageErrors).toEqual([]);
  });
});
