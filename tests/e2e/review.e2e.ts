// A PI's review in a real browser: a session is recorded, opened, and what is shown is compared with what its journal holds.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { visitJournal } from '../../analysis/journal/record-visitor.ts';
import { journalFile, readOpening } from '../../analysis/journal/session-folder.ts';
import type { SessionManifest } from '../../common/journal/session-manifest.ts';
import { formatMicrovolts } from '../../common/figures/format-quantity.ts';
import { laneMargins } from '../../common/figures/review/lane-layout.ts';
import { findBrowser } from '../../scripts/ensure-browser.mjs';
import { readRecorded, type Recorded, recordComplete } from '../support/recorded-session.ts';
import { complete, cursorValues, patience, saved } from '../support/review-page.ts';
import { root } from '../support/run-exocortex.ts';
import { type ServedApplication, serveInBrowser } from '../support/served-application.ts';

const browserPath = await findBrowser();
if (browserPath === undefined)
  console.log('Skipped: no Chromium, Chrome or Edge was found, and none could be installed.');

const pictures = join(root, 'test-results');

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

const sampleOf = (values: Record<string, string>) => Number(values['Sample']?.replaceAll(/\D/g, ''));

describe.runIf(browserPath !== undefined)('the review in a real browser', () => {
  let served: ServedApplication;
  let page: Page;
  let folder = '';
  let recorded: Recorded;
  let journalHash = '';

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    served = await serveInBrowser(browserPath ?? '');
    page = served.page;
    const experiment = join(root, 'experiments', 'closed-loop-virtual', 'experiment.yaml');
    // As fast as the loop takes it: what is recorded does not depend on how busy this computer is.
    const run = ['run', experiment, '--fast', '--seconds', '12', '--json', '--out', served.sessionsFolder];
    folder = await recordComplete(run);
    recorded = await readRecorded(folder);
    journalHash = hashOf(journalFile(folder));
    await page.getByTestId('nav-review').click(patience);
    await page.getByTestId('sessions').getByText('session.nwb').waitFor(patience);
  });
  afterAll(() => served.close());

  /** The session that is laid over the first one: a control, disarmed. */
  let controlFolder = '';

  test('lists the session, finds it by text and opens it whole', async () => {
    const search = page.getByTestId('sessions-search');
    await search.fill('no such rule');
    await page.getByText('None of the 1 sessions fits').waitFor(patience);
    await search.fill('virtual complete');
    await page.getByTestId('tag-add').click(patience);
    await page.getByTestId('tag-new').fill('figure 3');
    await page.keyboard.press('Enter');
    await page.getByTestId('tag').getByText('figure 3').waitFor(patience);
    await page.getByTestId('sessions-tag').selectOption('figure 3', patience);
    await page.getByTestId('sessions-trips').selectOption('with', patience);
    await page.getByText('None of the 1 sessions fits').waitFor(patience);
    await page.getByTestId('sessions-trips').selectOption('without', patience);
    await page.getByText('1 of 1 sessions').waitFor(patience);
    const [line] = readFileSync(join(folder, 'tags.jsonl'), 'utf8').trim().split('\n');
    expect(JSON.parse(line!)).toMatchObject({ tag: 'figure 3', isSet: true, author: 'Operator' });
    await page.screenshot({ path: join(pictures, 'review-list.png') });
    await page.getByTestId('review-open').click(patience);
    await page.locator('[data-testid=review-session][data-state=whole]').waitFor(patience);
    await complete(page);
    await page.screenshot({ path: join(pictures, 'review-session.png') });
  });

  test('says how to import what is dropped, where a browser does not tell its place', async () => {
    await page.getByTestId('review-back').click(patience);
    await page.getByTestId('library').evaluate((library) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([], '20260302-loop'));
      library.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    });
    await page.getByText('exocortex import <path>').waitFor(patience);
    await page.screenshot({ path: join(pictures, 'review-dropped.png') });
    await page.getByTestId('review-open').click(patience);
    await complete(page);
  });

  test('shows every spike, tick and pulse of the journal, none more, at its time', async () => {
    const rows = (await saved(page, page.getByTestId('review-session'), 'Table of the events (CSV)'))
      .trim()
      .split('\n')
      .map((row) => row.split(','));
    const ofKind = (kind: string) => rows.filter(([, name]) => name === kind);
    const seconds = (at: number) => (at / recorded.sampleRateHz).toFixed(6);
    expect(
      ofKind('spike')
        .map(([at, , electrode]) => `${at} ${electrode}`)
        .sort(),
    ).toEqual(recorded.spikes.map(({ at, channel }) => `${seconds(at)} E${channel}`).sort());
    const asked = ofKind('asked');
    expect(asked.filter((row) => row[5] === 'delivered').map(([at]) => at)).toEqual(recorded.delivered.map(seconds));
    expect(asked.filter((row) => row[5] === 'refused')).toHaveLength(recorded.refused);
    expect(ofKind('latency').length).toBeGreaterThan(0.99 * recorded.ticks);
    expect(ofKind('latency').length).toBeLessThanOrEqual(recorded.ticks);
    expect(ofKind('interlock').length).toBeGreaterThan(0);
    const simulated = ofKind('simulated spike');
    const every = Number(/1 of (\d+) spikes/.exec(simulated[0]?.[5] ?? '')?.[1] ?? 1);
    expect(simulated.map((row) => row[2])).toEqual(
      recorded.simulated.filter((_, number) => number % every === 0).map((neuron) => `neuron ${neuron}`),
    );
    expect(simulated.length).toBeGreaterThan(100);
    expect(recorded.spikes.length).toBeGreaterThan(50);
    expect(recorded.delivered.length).toBeGreaterThan(8);
  });

  test('draws the same lines into an SVG file', async () => {
    const svg = await saved(page, page.getByTestId('review-session'), 'Drawing (SVG)');
    expect(svg.startsWith('<svg')).toBe(true);
    expect(svg).not.toMatch(/NaN|undefined/);
    for (const words of ['Loop latency', 'limit', 'Interlock', 'E0']) expect(svg).toContain(words);
  });

  test('zooms by the wheel to single samples, whose values at the cursor are those of the journal', async () => {
    const plot = page.getByTestId('review-plot');
    const box = (await plot.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + 60);
    for (let notch = 0; notch < 80; notch++) await page.mouse.wheel(0, -120);
    await complete(page);
    const seen = new Set<number>();
    // None is the place that was zoomed at: the page shows the values of the place before until it has drawn.
    for (const [across, down] of [
      [0.3, 30],
      [0.42, 75],
      [0.62, 120],
      [0.8, 165],
    ] as const) {
      await page.mouse.move(box.x + across * box.width, box.y + down);
      await expect
        .poll(async () => {
          const values = await cursorValues(page);
          const isOfElectrode = Object.keys(values).some((name) => /^E\d+$/.test(name));
          return isOfElectrode && !seen.has(sampleOf(values));
        }, patience)
        .toBe(true);
      await expect
        .poll(async () => {
          const values = await cursorValues(page);
          const electrode = Object.keys(values).find((name) => /^E\d+$/.test(name))!;
          const at = sampleOf(values);
          seen.add(at);
          const bits = recorded.samples[at * recorded.channels + Number(electrode.slice(1))]!;
          return [values[electrode], formatMicrovolts(bits * recorded.microvoltsPerBit)];
        }, patience)
        .toSatisfy(([shown, expected]: string[]) => shown === expected);
    }
    expect(seen.size).toBeGreaterThan(2);
    await page.screenshot({ path: join(pictures, 'review-zoomed.png') });
  });

  test('finds a pulse under the cursor with what was asked, delivered and measured', async () => {
    await page.getByTestId('review-all').click(patience);
    await complete(page);
    const plot = page.getByTestId('review-plot');
    const box = (await plot.boundingBox())!;
    const lane = laneMargins;
    const share = recorded.delivered[3]! / (recorded.samples.length / recorded.channels);
    await page.mouse.move(box.x + lane.left + share * (box.width - lane.left - lane.right), box.y + 80);
    await expect
      .poll(async () => (await cursorValues(page))['Stimulus'] ?? '', patience)
      .toMatch(/^E\d+, asked [\d.]+ µA, delivered [\d.]+ µA, measured [\d.]+ µA$/);
  });

  test('writes a note about a marked stretch beside the session, and leaves the recording as it is', async () => {
    const plot = page.getByTestId('review-plot');
    const box = (await plot.boundingBox())!;
    await page.keyboard.down('Shift');
    await page.mouse.move(box.x + 300, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 420, box.y + 100, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await page.getByTestId('note-label').fill('burst');
    await page.getByTestId('review-note-text').fill('all electrodes at once');
    await page.getByTestId('note-write').click(patience);
    await page.getByTestId('review-notes').getByText('all electrodes at once').waitFor(patience);
    const [line] = readFileSync(join(folder, 'notes.jsonl'), 'utf8').trim().split('\n');
    expect(JSON.parse(line!)).toMatchObject({ number: 1, label: 'burst', author: 'Operator' });
    expect(hashOf(journalFile(folder))).toBe(journalHash);
    await page.screenshot({ path: join(pictures, 'review-note.png') });
  });

  test('is signed off: in the audit log and among the notes, after its files were compared with the manifest', async () => {
    await page.getByTestId('sign-off-verdict').selectOption('accepted with remarks');
    expect(await page.getByTestId('sign-off').getAttribute('aria-disabled')).toBe('true');
    expect(await page.getByTestId('sign-offs').innerText()).toContain('Nobody has signed');
    await page.getByTestId('sign-off-statement').fill('one burst of noise');
    // The message of what was dropped still asks to be read: it lies over no control, and what is below is scrolled to.
    const message = (await page.getByTestId('message').boundingBox())!;
    const main = (await page.locator('main').boundingBox())!;
    expect(message.y).toBeGreaterThanOrEqual(main.y + main.height);
    await page.getByTestId('sign-off').click(patience);
    await page.getByTestId('sign-offs').getByText('one burst of noise').waitFor(patience);
    const line = readFileSync(join(folder, 'notes.jsonl'), 'utf8').trim().split('\n').at(-1)!;
    const manifest = hashOf(join(folder, 'manifest.json'));
    expect(JSON.parse(line)).toMatchObject({
      author: 'Operator',
      signOff: { verdict: 'accepted with remarks', manifest },
    });
    const { files } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as SessionManifest;
    for (const { name, sha256 } of files) expect([name, hashOf(join(folder, name))]).toEqual([name, sha256]);
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['journal.exj', 'session.json', 'session.nwb']),
    );
    await page.screenshot({ path: join(pictures, 'review-signed.png') });
  });

  test('aligns spikes and samples to the deliveries', async () => {
    await page.getByTestId('part-responses').click(patience);
    const histogram = page.getByTestId('response-histogram');
    await histogram.getByText(`n = ${recorded.delivered.length}`).waitFor(patience);
    await page
      .getByTestId('response-average')
      .getByText(/^n = \d+ of \d+$/)
      .waitFor(patience);
    const table = (await saved(page, histogram, 'Table (CSV)')).trim().split('\n').slice(1);
    const window = { before: 20, after: 80 };
    const perMillisecond = recorded.sampleRateHz / 1000;
    const pairs = recorded.delivered.flatMap((pulse) =>
      recorded.spikes.filter(
        ({ at }) => at >= pulse - window.before * perMillisecond && at < pulse + window.after * perMillisecond,
      ),
    ).length;
    const scale = recorded.delivered.length * recorded.channels * 0.001;
    const shown = table.reduce((sum, row) => sum + Number(row.split(',')[1]) * scale, 0);
    expect(shown).toBeCloseTo(pairs, 3);
    await page.screenshot({ path: join(pictures, 'review-responses.png') });
  });

  test('lays a second session over it, chosen by keyboard and named in what is saved', async () => {
    const experiment = join(root, 'experiments', 'closed-loop-virtual', 'experiment.yaml');
    const run = ['run', experiment, '--fast', '--disarmed', '--seconds', '8', '--json', '--out', served.sessionsFolder];
    controlFolder = await recordComplete(run);
    await page.getByTestId('part-course').click(patience);
    await page.locator('[data-testid=course-plot][data-complete=true]').waitFor(patience);
    await page.getByTestId('review-compare').focus();
    await page.keyboard.press('Enter');
    await page
      .getByTestId('comparison-session')
      .locator(`option[value="${controlFolder}"]`)
      .waitFor({ ...patience, state: 'attached' });
    await page.getByTestId('comparison-session').selectOption(controlFolder, patience);
    await page.getByTestId('comparison-limits').getByText('B has no delivery: it is a control').waitFor(patience);
    await page.getByTestId('part-course').click(patience);
    await page.locator('[data-testid=course-plot][data-complete=true]').waitFor(patience);
    const svg = await saved(page, page.getByTestId('review-course'), 'Drawing (SVG)');
    // The legend names both.
    const names = await Promise.all([folder, controlFolder].map(async (each) => (await readOpening(each)).startedAt));
    expect(new Set(names).size).toBe(2);
    for (const startedAt of names) expect(svg).toContain(startedAt.slice(0, 19).replace('T', ' '));
    expect(svg).toContain('stroke-dasharray="6 4"');
    expect(svg).not.toMatch(/NaN|undefined/);
  });

  test('draws of both what their journals hold, aligned as chosen', async () => {
    const rowsOf = async () =>
      (await saved(page, page.getByTestId('review-course'), 'Table (CSV)'))
        .trim()
        .split('\n')
        .slice(1)
        .map((row) => row.split(','));
    const rows = await rowsOf();
    const control = await readRecorded(controlFolder);
    const counted = (all: string[][], letter: string, quantity: string, sources: number) =>
      all
        .filter(([session, , , , , name]) => session === letter && name === quantity)
        .reduce((sum, [, , , own, bin, , value]) => {
          const { sampleRateHz, samples, channels } = letter === 'A' ? recorded : control;
          // The last bin reaches over the end of the session.
          const seconds = Math.min(Number(bin), samples.length / channels / sampleRateHz - Number(own));
          return sum + Number(value) * seconds * sources;
        }, 0);
    expect(counted(rows, 'A', 'deliveries', 1)).toBeCloseTo(recorded.delivered.length, 1);
    expect(counted(rows, 'B', 'deliveries', 1)).toBe(0);
    for (const [letter, { spikes, channels }] of [
      ['A', recorded],
      ['B', control],
    ] as const)
      expect(counted(rows, letter, 'tissue', channels) / spikes.length).toBeCloseTo(1, 2);
    expect(rows.some(([session, , , , , name]) => session === 'B' && name === 'weight')).toBe(true);
    // Both have a phase closed-loop; B is moved two seconds on.
    await page.getByTestId('align-first').selectOption({ label: 'phase “closed-loop”' }, patience);
    expect(await page.getByTestId('align-second').inputValue()).toBe('phase closed-loop');
    await page.getByTestId('comparison-offset').fill('2');
    await page.locator('[data-testid=course-plot][data-complete=true]').waitFor(patience);
    const phaseAt = async (of: string) => {
      let at = NaN;
      await visitJournal(journalFile(of), [
        {
          block: ({ firstSample }) => void (Number.isNaN(at) && (at = -firstSample)),
          phase: ({ phase, firstSample }) => void (phase === 'closed-loop' && (at += firstSample)),
        },
      ]);
      return at / recorded.sampleRateHz;
    };
    const shift = (await phaseAt(controlFolder)) - (await phaseAt(folder)) - 2;
    const moved = (await rowsOf()).filter(([session, , , , , name]) => session === 'B' && name === 'tissue');
    for (const [, , seconds, own] of moved) expect(Number(own) - Number(seconds)).toBeCloseTo(shift, 4);
    const summary = await page.getByTestId('course-summary').innerText();
    expect(summary).toMatch(/Tissue\s+[\d.]+ Hz\s+[\d.]+ Hz/);
    const box = (await page.getByTestId('course-plot').boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + 120);
    await page.getByTestId('course-cursor').getByText('Loop latency').waitFor(patience);
    await page.screenshot({ path: join(pictures, 'review-over-time.png') });
  });

  test('lays the responses of the second session over those of the first', async () => {
    await page.getByTestId('part-responses').click(patience);
    await page.getByTestId('response-limits').getByText('B has no deliveries here').waitFor(patience);
    await page.getByTestId('response-align').selectOption('refused', patience);
    const control = await readRecorded(controlFolder);
    const histogram = page.getByTestId('response-histogram');
    await histogram.getByText(`A n = ${recorded.refused} · B n = ${control.refused}`).waitFor(patience);
    expect(control.refused).toBeGreaterThan(5);
    const [head, ...rows] = (await saved(page, histogram, 'Table (CSV)')).trim().split('\n');
    expect(head).toMatch(/^milliseconds,rate_hertz of A .*,rate_hertz of B /);
    expect(rows.every((row) => row.split(',').length === 3)).toBe(true);
    expect(rows.reduce((sum, row) => sum + Number(row.split(',')[2]), 0)).toBeGreaterThan(0);
    await page.screenshot({ path: join(pictures, 'review-responses-compared.png') });
    const average = await saved(page, page.getByTestId('response-average'), 'Drawing (SVG)');
    expect(average).toContain('stroke-dasharray="6 4"');
    expect(average).toMatch(/mean microvolts of B /);
    await page.getByTestId('comparison-session').selectOption('', patience);
    await histogram.getByText(`n = ${recorded.refused}`, { exact: true }).waitFor(patience);
  });

  test('writes a report into the folder, which opens by itself with the note and without an error', async () => {
    await page.getByTestId('review-report').click(patience);
    await page.getByTestId('review-report-file').waitFor(patience);
    const file = join(folder, 'report.html');
    const opened = await page.context().browser()!.newPage();
    const errors: string[] = [];
    opened.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
    await opened.context().setOffline(true);
    await opened.goto(pathToFileURL(file).href);
    await opened.getByText('all electrodes at once').first().waitFor(patience);
    await opened.getByText(`${recorded.delivered.length} delivered`).waitFor(patience);
    await opened.screenshot({ path: join(pictures, 'review-report.png'), fullPage: true });
    await opened.close();
    expect(errors).toEqual([]);
  });

  test('goes back to the list, and leaves no error in the console', async () => {
    await page.getByTestId('review-back').click(patience);
    await page.getByTestId('sessions').waitFor(patience);
    expect(served.pageErrors).toEqual([]);
  });
});
