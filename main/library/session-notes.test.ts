import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { notesFileName } from '../../common/journal/session-annotations.ts';
import { addNote, readNotes } from './session-notes.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-notes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => join(folder, notesFileName);
const draft = (label: string) => ({
  fromSeconds: 1.5,
  toSeconds: 2.25,
  label,
  text: 'seen on E3\nand E4',
  author: 'Curie, Marie',
  writtenAt: '2026-03-02T14:05:06.250+01:00',
});

describe('notes on a session', () => {
  it('are none before the first, and are read back as they were written, in order', async () => {
    expect(await readNotes(folder)).toMatchObject({ lines: [], problems: [] });
    expect((await addNote(folder, draft('burst'))).note).toEqual({ number: 1, ...draft('burst') });
    await addNote(folder, { ...draft('wrong'), withdraws: 1 });
    expect(await readNotes(folder)).toMatchObject({
      lines: [
        { number: 1, ...draft('burst') },
        { number: 2, ...draft('wrong'), withdraws: 1 },
      ],
      problems: [],
    });
  });

  it('never change what is there: a new one is added behind it', async () => {
    await addNote(folder, draft('one'));
    const before = readFileSync(file());
    await addNote(folder, draft('two'));
    expect(readFileSync(file()).subarray(0, before.length)).toEqual(before);
  });

  it('tell a line that was changed, one that was taken away, and one that is torn', async () => {
    for (const label of ['one', 'two', 'three']) await addNote(folder, draft(label));
    const lines = readFileSync(file(), 'utf8').split('\n');
    writeFileSync(file(), [lines[0]!.replace('burst', 'x').replace('E3', 'E9'), lines[1], lines[2], ''].join('\n'));
    expect((await readNotes(folder)).problems).toEqual([
      { where: `${file()}:1`, what: expect.stringMatching(/^was changed/) },
    ]);
    writeFileSync(file(), [lines[0], lines[2], ''].join('\n'));
    expect((await readNotes(folder)).problems).toEqual([
      { where: `${file()}:2`, what: expect.stringMatching(/^does not follow/) },
    ]);
    writeFileSync(file(), `${lines[0]}\n${lines[1]!.slice(0, 50)}`);
    expect((await readNotes(folder)).problems).toEqual([
      { where: `${file()}:2`, what: expect.stringMatching(/^cannot be read/) },
    ]);
  });

  it('go on behind a torn line, which stays', async () => {
    await addNote(folder, draft('one'));
    appendFileSync(file(), '{"number":2,"fr');
    const { note } = await addNote(folder, draft('two'));
    expect(note.number).toBe(2);
    const { lines, problems } = await readNotes(folder);
    expect(lines.map(({ label }) => label)).toEqual(['one', 'two']);
    expect(problems).toHaveLength(1);
    expect(readFileSync(file(), 'utf8')).toContain('{"number":2,"fr\n');
  });
});
