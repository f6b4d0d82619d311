import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tagsFileName } from '../../common/journal/session-annotations.ts';
import { readTags, writeTag } from './session-tags.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-tags-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const line = (tag: string, isSet: boolean) => ({ tag, isSet, author: 'Curie', writtenAt: '2026-03-02T14:05:06+01:00' });
const lines = () => readFileSync(join(folder, tagsFileName), 'utf8').trim().split('\n');

describe('tags of a session', () => {
  it('stand until they are taken away, and who did what is kept', async () => {
    expect(await readTags(folder)).toEqual([]);
    await writeTag(folder, line('b', true));
    await writeTag(folder, line('a', true));
    expect(await writeTag(folder, line('b', false))).toEqual(['a']);
    expect(await readTags(folder)).toEqual(['a']);
    expect(lines().map((each) => JSON.parse(each) as object)).toMatchObject([
      line('b', true),
      line('a', true),
      line('b', false),
    ]);
  });

  it('are not written twice, nor taken away where they do not stand', async () => {
    await writeTag(folder, line('a', true));
    await writeTag(folder, line('a', true));
    await writeTag(folder, line('never', false));
    expect(lines()).toHaveLength(1);
  });

  it('outlive a torn line', async () => {
    await writeTag(folder, line('a', true));
    writeFileSync(join(folder, tagsFileName), `${lines()[0]!}\n{"tag":"b","is`);
    expect(await writeTag(folder, line('c', true))).toEqual(['a', 'c']);
  });
});
