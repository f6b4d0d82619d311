import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inMemory, indexFileName, openIndex } from './open-index.ts';
import { type WrittenSession, wellEnded, writeSession } from './session-folder.fixture.ts';
import { SessionLibrary, type SessionLibraryOptions } from './session-library.ts';
import { addNote } from './session-notes.ts';

let folder = '';
const libraries: SessionLibrary[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-library-'));
});
afterEach(async () => {
  await Promise.all(libraries.splice(0).map((library) => library.close()));
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, session?: WrittenSession) => writeSession(folder, name, session);
function open(options: Partial<SessionLibraryOptions> = {}): SessionLibrary {
  const library = new SessionLibrary({ sessionsFolder: folder, onChange() {}, onReading() {}, ...options });
  libraries.push(library);
  return library;
}
const idle = { recordingFolder: undefined };
const again = { ...idle, looksAgain: true };
const line = (tag: string, isSet = true) => ({ tag, isSet, author: 'Curie', writtenAt: '2026-03-02T14:05:06+01:00' });
const names = async (library: SessionLibrary, query: object = {}, how: Parameters<SessionLibrary['find']>[1] = idle) =>
  (await library.find(query, how)).sessions.map(({ folder: path }) => path.slice(folder.length + 1));

describe('the library of sessions', () => {
  it('tells complete, tripped, incomplete, unfinished and running sessions apart, newest first', async () => {
    write('a', { startedAt: '2026-01-01T00:00:00.000+00:00', summary: wellEnded, rules: ['pair-stdp', 'pair-stdp'] });
    write('b', { startedAt: '2026-01-02T00:00:00.000+00:00', summary: { ...wellEnded, trips: 1 } });
    write('c', { startedAt: '2026-01-03T00:00:00.000+00:00', summary: { ...wellEnded, complete: false } });
    // Later than the next by the clock on the wall, earlier in truth.
    write('d', { startedAt: '2026-01-04T09:00:00.000+14:00' });
    const recordingFolder = write('e', { startedAt: '2026-01-04T00:00:00.000+00:00', subject: null });
    const { sessions, found, all } = await open().find({}, { recordingFolder });
    expect(sessions.map(({ session, state }) => [session, state])).toEqual([
      ['id of e', 'recording'],
      ['id of d', 'unfinished'],
      ['id of c', 'incomplete'],
      ['id of b', 'tripped'],
      ['id of a', 'complete'],
    ]);
    expect([found, all]).toEqual([5, 5]);
    expect(sessions.at(-1)).toMatchObject({ seconds: 9, deliveries: 4, spikes: 2, rules: ['pair-stdp'], tags: [] });
    expect(sessions[0]).not.toHaveProperty('subject');
  });

  it('passes over what is not a session, and a folder that does not exist yet', async () => {
    mkdirSync(join(folder, 'other'));
    mkdirSync(join(folder, 'strange'));
    writeFileSync(join(folder, 'strange', 'session.json'), '{"session":"of another program"}');
    writeFileSync(join(folder, 'file'), '');
    const { sessions, problem } = await open().find({}, idle);
    expect([sessions, problem]).toEqual([[], undefined]);

    const sessionsFolder = join(folder, 'nowhere');
    const library = open({ sessionsFolder });
    expect(await library.find({}, idle)).toMatchObject({ sessions: [], all: 0 });
    writeSession(sessionsFolder, 'first');
    expect((await library.find({}, again)).all).toBe(1);
  });

  it('finds every word somewhere: names, operator, rule, day, state, tags and notes; and counts what it does not show', async () => {
    const first = write('a', { subject: 'culture-7', rules: ['pair-stdp'], summary: wellEnded });
    write('b', { subject: 'culture-8', summary: { ...wellEnded, trips: 2 } });
    write('c', { subject: null, experiment: 'Reward learning', startedAt: '2026-03-09T09:00:00+01:00' });
    const note = { fromSeconds: 1, toSeconds: 2, label: 'burst', text: 'on E3', author: 'Golgi', writtenAt: 'then' };
    await addNote(first, note);
    const library = open();
    const texts = [
      '',
      'CULTURE',
      'culture stdp',
      'tripped',
      'reward curie',
      '2026-03-09',
      'culture reward',
      'golgi e3',
    ];
    const found = await Promise.all(texts.map((text) => names(library, { text })));
    expect(found).toEqual([['c', 'b', 'a'], ['b', 'a'], ['a'], ['b'], ['c'], ['c'], [], ['a']]);
    const cut = await library.find({ most: 2 }, idle);
    expect([cut.sessions.length, cut.found, cut.all]).toEqual([2, 3, 3]);
    expect(cut.choices).toEqual({
      subjects: ['culture-7', 'culture-8'],
      experiments: ['Closed loop', 'Reward learning'],
      rules: ['pair-stdp'],
      tags: [],
    });
  });

  it('gives and takes tags, which lie in the session’s folder and are found at once', async () => {
    const one = write('a');
    write('b');
    const changed = vi.fn();
    const library = open({ onChange: changed });
    await library.find({}, idle);
    expect(await library.tag(one, line('figure 3'))).toEqual(['figure 3']);
    expect(await library.tag(one, line('bad seal'))).toEqual(['bad seal', 'figure 3']);
    expect(changed).toHaveBeenCalledTimes(3);
    expect(await names(library, { tags: ['figure 3', 'bad seal'] })).toEqual(['a']);
    expect(await names(library, { text: 'seal' })).toEqual(['a']);
    expect(await library.tag(one, line('figure 3', false))).toEqual(['bad seal']);
    expect(await names(library, { tags: ['figure 3'] })).toEqual([]);
    rmSync(join(folder, indexFileName));
    expect(await names(open(), { tags: ['bad seal'] })).toEqual(['a']);
  });

  it('sees what came, went and changed while it was closed', async () => {
    const [one, two] = [write('a'), write('b')];
    const before = open();
    expect(await names(before, {}, again)).toEqual(['b', 'a']);
    await before.close();
    writeSession(folder, 'c', { summary: wellEnded });
    rmSync(one, { recursive: true });
    // As the analysis program writes it: whole, under another name first.
    writeFileSync(join(two, 'summary.json.partial'), JSON.stringify(wellEnded));
    renameSync(join(two, 'summary.json.partial'), join(two, 'summary.json'));
    const { sessions } = await open().find({}, again);
    expect(sessions.map(({ session, state }) => [session, state])).toEqual([
      ['id of c', 'complete'],
      ['id of b', 'complete'],
    ]);
  });

  it('sees a tag that another program has added to the file of tags', async () => {
    const one = write('a');
    const [mine, other] = [open(), open()];
    await mine.tag(one, line('first'));
    expect(await names(other, { tags: ['first'] }, again)).toEqual(['a']);
    await other.tag(one, line('second'));
    expect(await names(mine, { tags: ['second'] }, again)).toEqual(['a']);
  });

  it('tells when a folder appears or vanishes', async () => {
    write('a');
    let told = () => {};
    const library = open({ onChange: () => told() });
    await library.find({}, idle);
    const next = () => new Promise<void>((resolve) => (told = resolve));
    const came = next();
    write('b');
    await came;
    expect(await names(library)).toEqual(['b', 'a']);
    const went = next();
    rmSync(join(folder, 'b'), { recursive: true });
    await went;
    expect(await names(library)).toEqual(['a']);
  });

  it('answers from its index at once when it is opened, and looks at the folders meanwhile', async () => {
    write('a');
    const before = open();
    await before.find({}, idle);
    await before.close();
    write('b');
    let told = () => {};
    const changed = new Promise<void>((resolve) => (told = resolve));
    const library = open({ onChange: () => told() });
    expect(await names(library)).toEqual(['a']);
    await changed;
    expect(await names(library)).toEqual(['b', 'a']);
  });

  it('goes on when its index is deleted or torn while it is open', async () => {
    const one = write('a');
    const library = open();
    await library.find({}, idle);
    rmSync(join(folder, indexFileName));
    await library.tag(one, line('kept'));
    write('b');
    expect(await library.find({}, again)).toMatchObject({ all: 2, choices: { tags: ['kept'] } });
    expect((await library.find({}, again)).problem).toBeUndefined();
    appendFileSync(join(folder, indexFileName), 'x');
    writeFileSync(join(folder, indexFileName), 'torn '.repeat(5000));
    write('c');
    expect(await library.find({}, again)).toMatchObject({ all: 3 });
  });

  it('is right without a file, and says so', async () => {
    const one = write('a');
    const library = open({ open: () => Promise.resolve(inMemory('SQLite is missing.')) });
    await library.tag(one, line('figure 3'));
    const { sessions, problem } = await library.find({ tags: ['figure 3'] }, again);
    expect(sessions).toHaveLength(1);
    expect(problem).toMatch(/^SQLite is missing\. The sessions are read from their folders/);
  });

  it('gives an index up that fails again after it was opened anew', async () => {
    write('a');
    let opened = 0;
    const library = open({
      open: async (sessionsFolder) => {
        opened++;
        const real = await openIndex(sessionsFolder);
        const change = () => {
          throw new Error('disk I/O error');
        };
        return {
          index: Object.assign(Object.create(real.index) as typeof real.index, {
            change,
            close: () => real.index.close(),
            stamps: () => real.index.stamps(),
            find: () => change(),
            choices: () => change(),
          }),
        };
      },
    });
    const { sessions, problem } = await library.find({}, again);
    expect([opened, sessions.length]).toEqual([2, 1]);
    expect(problem).toMatch(/library\.sqlite can no longer be used: disk I\/O error/);
  });
});
