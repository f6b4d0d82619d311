// The report of a session: it says what the journal says, holds nothing from elsewhere, and escapes what people wrote.
import { generateKeyPairSync, sign } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noteLines, notesFileName, tagLines, tagsFileName } from '../../common/journal/session-annotations.ts';
import { manifestFileName, manifestText } from '../../common/journal/session-manifest.ts';
import { digestFiles } from '../digest-files.ts';
import { runJob } from '../jobs.ts';
import { sessionFixture, type SessionFixture, writeSessionFixture } from '../journal/session.fixture.ts';
import { temporaryFolder } from '../journal/temporary-folder.fixture.ts';
import { deliveriesOf } from './deliveries.ts';
import { JournalMeasures } from './journal-measures.ts';

let folder: ReturnType<typeof temporaryFolder>;
let place = '';
let session: SessionFixture;
beforeEach(() => {
  folder = temporaryFolder();
  place = join(folder.path, 'session');
  session = sessionFixture({ ticks: 600, channels: 4 });
  writeSessionFixture(place, session);
});
afterEach(() => folder.dispose());

const noHash = () => 'a hash of another file';
const add = <T extends object>(name: string, lines: typeof noteLines | typeof tagLines, line: T) => {
  const chained = lines as unknown as typeof tagLines;
  appendFileSync(join(place, name), chained.next(chained.read('', '', noHash), line as never, noHash).text);
};
async function report(): Promise<string> {
  const done = await runJob(['report', '--by', '9.9.9', '--', place], {});
  expect(done.result).toMatchObject({ file: join(place, 'report.html') });
  return readFileSync(join(place, 'report.html'), 'utf8');
}
/** Cells of the row that begins with a word. */
const row = (html: string, first: string) => {
  const found = [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, cells]) =>
    [...cells!.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell]) => cell),
  );
  return found.find(([cell]) => cell === first);
};

/** What stands behind a name. */
const fact = (html: string, name: string) => html.split(`<dt>${name}</dt><dd>`)[1]?.split('</dd>')[0];

const problemsOf = (html: string) =>
  [...html.slice(html.indexOf('<h2>Checks</h2>')).matchAll(/<tr><td>(.*?)<\/tr>/gs)].map(([, cells]) => cells!);

describe('the report of a session', () => {
  it('tells what was asked, delivered and refused, electrode by electrode, as the journal does', async () => {
    const html = await report();
    expect(html).not.toMatch(/digital input/i);
    const electrode = session.requests[0]!.electrode;
    const ids = new Set(session.requests.filter((each) => each.electrode === electrode).map(({ request }) => request));
    const refused = session.refusals.filter(({ request }) => ids.has(request)).length;
    const cells = row(html, `E${electrode}`)!;
    expect([cells[1], cells[3]]).toEqual([String(ids.size), String(refused)]);
    const delivered = session.deliveries.filter(({ outcome }) => outcome === 0).length;
    const { limits, session: id } = session.opening;
    for (const words of [`${delivered} delivered`, limits.hash, id, 'Exocortex 9.9.9', 'medium changed, 37 °C'])
      expect(html.includes(words), words).toBe(true);
    // These sessions name no audit log, and are not sealed; nothing else is wrong with them.
    expect(problemsOf(html)).toHaveLength(3);
    for (const problem of problemsOf(html))
      expect(problem).toMatch(/no entry of the audit log is named|nothing says by a signature/);
    expect(fact(html, 'Manifest')).toBe('NONE: nothing is signed, though the session was closed');
    expect(fact(html, 'The session')).toBe('closed orderly: completed');
  });

  it('tells of each digital input how often it changed and how long it was high, and shows it in the overview', async () => {
    const named = [
      { line: 3, name: 'camera' },
      { line: 1, name: 'lever' },
    ];
    const changes = [
      { at: 0, line: 3, isHigh: 1 },
      { at: 2000, line: 3, isHigh: 0 },
      { at: 8000, line: 3, isHigh: 1 },
      { at: 10_000, line: 3, isHigh: 0 },
      { at: 11_000, line: 3, isHigh: 1 },
    ] as const;
    writeSessionFixture(place, sessionFixture({ ticks: 600, channels: 4, digitalInputs: { named, changes } }));
    const html = await report();
    expect(row(html, 'camera')).toEqual(['camera', '3', '2', '2', '00:00:00.400', '00:00:00.550', '00:00:00.250']);
    expect(row(html, 'lever')).toEqual(['lever', '1', '0', '0', '–', '–', 'not known']);
    expect(html).toContain('digital inputs (bar: high');
    for (const words of ['>camera</text>', '>lever</text>', '>↑ 2</text>'])
      expect(html.includes(words), words).toBe(true);
  });

  it('says whether the files are as they were signed, and which are not', async () => {
    const files = (await digestFiles(place)).files;
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('base64');
    const audit = { seq: 1, hash: 'a'.repeat(64) };
    const { session: id } = session.opening;
    const unsigned = { format: 'exocortex-manifest/1', session: id, files, audit, publicKey: raw } as const;
    const signature = sign(null, Buffer.from(manifestText(unsigned)), privateKey).toString('base64');
    writeFileSync(join(place, manifestFileName), JSON.stringify({ ...unsigned, signature }));
    const html = await report();
    expect(fact(html, 'Manifest')).toBe(`signed, names ${files.length} files`);
    expect(problemsOf(html)).toHaveLength(2);
    appendFileSync(join(place, 'session.json'), ' ');
    const changed = await report();
    expect(fact(changed, 'Manifest')).toBe(`signed, names ${files.length} files, which do NOT all agree`);
    expect(problemsOf(changed).some((problem) => problem.includes('session.json has '))).toBe(true);
    const forged = { ...unsigned, files: [], signature };
    writeFileSync(join(place, manifestFileName), JSON.stringify(forged));
    expect(fact(await report(), 'Manifest')).toBe('NONE that holds');
  });

  it('opens without a network and without a script, with drawings that do not share names', async () => {
    const html = await report();
    expect(html).not.toMatch(/<script|<link|<img|@import|url\((?!#)|\son\w+=|src=|NaN|undefined/);
    expect(html.match(/(?:https?:)?\/\/[\w.]+/g)?.filter((address) => address !== 'http://www.w3.org') ?? []).toEqual(
      [],
    );
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(html.match(/<svg /g)?.length).toBeGreaterThan(3);
    for (const title of [
      'Latency of the ticks',
      'Spikes around stimuli',
      'Mean plastic weight',
      'Loop latency',
      'every spike is drawn',
    ])
      expect(html.includes(title), title).toBe(true);
    // Each simulated spike has a stroke of its own.
    expect(html.match(/M[\d.]+ [\d.]+v/g)).toHaveLength(session.simulated.length);
  });

  it('has the notes that stand, with author and time, tells of a changed file, and escapes what people wrote', async () => {
    const note = { fromSeconds: 0.1, toSeconds: 0.2, author: 'Curie', writtenAt: '2026-03-03T10:00:00+01:00' };
    add(notesFileName, noteLines, { ...note, number: 1, label: 'gone', text: 'wrong' });
    add(notesFileName, noteLines, { ...note, number: 2, label: 'gone', text: 'withdraws note 1', withdraws: 1 });
    add(notesFileName, noteLines, { ...note, number: 3, label: '<b>burst</b>', text: 'a & "b"' });
    add(tagsFileName, tagLines, { tag: '<i>figure 3', isSet: true, author: 'Curie', writtenAt: note.writtenAt });
    const html = await report();
    expect(row(html, '00:00:00.100 – 00:00:00.200')).toEqual([
      '00:00:00.100 – 00:00:00.200',
      '&lt;b&gt;burst&lt;/b&gt;',
      'a &amp; &quot;b&quot;',
      'Curie',
      note.writtenAt,
    ]);
    expect(html.includes('withdraws note')).toBe(false);
    for (const words of ['was changed after it was written', '&lt;i&gt;figure 3'])
      expect(html.includes(words), words).toBe(true);
  });

  it('says what is wrong with a torn journal', async () => {
    const journal = join(place, 'journal.exj');
    truncateSync(journal, statSync(journal).size - 40);
    const html = await report();
    expect(html.includes('interrupted, NOT complete')).toBe(true);
    expect(problemsOf(html).some((problem) => /torn|closing/.test(problem))).toBe(true);
  });

  it('is refused where there is no session, and then writes nothing', async () => {
    const empty = join(folder.path, 'empty');
    await expect(runJob(['report', '--', empty], {})).rejects.toThrow();
    expect(existsSync(empty)).toBe(false);
    expect(readdirSync(folder.path)).toEqual(['session']);
  });
});

describe('measures of a report', () => {
  it('put every tick into a bin that holds its latency, and average weights when there are many', () => {
    const measures = new JournalMeasures();
    const tick = { acquiredNs: 0, decidedNs: 0 } as Parameters<JournalMeasures['tick']>[0];
    for (const deliveredNs of [10, 250_000, 4_000_000, 4_100_000, 9e14]) measures.tick({ ...tick, deliveredNs }, 0);
    const { edgesMilliseconds, ticks } = measures.latencies;
    expect(edgesMilliseconds).toHaveLength(ticks.length + 1);
    expect(ticks.reduce((sum, each) => sum + each, 0)).toBe(5);
    const bin = edgesMilliseconds.findIndex((edge) => edge > 4.05) - 1;
    expect(ticks[bin]).toBe(2);
    for (let at = 0; at < 9000; at++)
      measures.simulation({ tick: at, meanPlasticWeightMillivolts: at } as Parameters<
        JournalMeasures['simulation']
      >[0]);
    const points = measures.meanWeights;
    expect(points.length).toBeGreaterThan(500);
    expect(points.length).toBeLessThan(2000);
    // A point is the mean of the results that end at its tick.
    for (const { tick: at, millivolts } of points) expect(at - millivolts).toBeLessThanOrEqual(8);
    expect(points.at(-1)!.tick).toBeGreaterThan(8980);
  });

  it('count the fates of requests, and average what was delivered only', () => {
    const request = (electrode: number, fate: number, deliveredNanoamps = 0) => ({
      electrode,
      fate,
      askedNanoamps: 4000,
      deliveredNanoamps,
    });
    const rows = [request(7, 0, 3000), request(2, 1), request(7, 0, 5000), request(7, 1), request(7, 2), request(7, 3)];
    expect(deliveriesOf(rows)).toMatchObject([
      { electrode: 2, asked: 1, delivered: 0, refused: 1, other: 0, deliveredMicroamps: NaN },
      { electrode: 7, asked: 5, delivered: 2, refused: 1, other: 2, askedMicroamps: 4, deliveredMicroamps: 4 },
    ]);
  });
});
