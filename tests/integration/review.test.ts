// The review program as it is built, over its line to the program that starts it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sessionFixture, writeSessionFixture } from '../../analysis/journal/session.fixture.ts';
import { temporaryFolder } from '../../analysis/journal/temporary-folder.fixture.ts';
import type { ReviewTraces } from '../../common/contract/review.ts';
import { unpackSections } from '../../common/transport/sections.ts';
import { ReviewPrograms } from '../../main/application/review-programs.ts';
import { nodePlatform } from '../../main/shells/node/node-platform.ts';
import { programsFolder, root } from '../support/run-exocortex.ts';

let folder: ReturnType<typeof temporaryFolder>;
let programs: ReviewPrograms;
beforeEach(() => {
  folder = temporaryFolder();
  programs = new ReviewPrograms({
    platform: nodePlatform(programsFolder, root, folder.path),
    isRecording: () => false,
    notify: () => {},
  });
});
afterEach(async () => {
  await programs.end();
  folder.dispose();
});

describe('the review program', () => {
  it('makes the index of a session, ends, and opens it again at once', async () => {
    const place = join(folder.path, 'session');
    writeSessionFixture(place, sessionFixture({ ticks: 300, channels: 4 }));
    expect(await programs.prepare(place, () => {})).toBeUndefined();
    expect(existsSync(join(place, 'review', 'head.json'))).toBe(true);
    expect(await programs.open(1, place)).toMatchObject({ answer: { state: 'whole', samples: 6000, channels: 4 } });
    const query = { folder: place, ticket: 1, fromSample: 0, samplesPerColumn: 64, columns: 94 };
    const outcome = await programs.ask(1, { name: 'review.traces', query: { ...query, firstChannel: 0, channels: 4 } });
    if (!('packed' in outcome)) throw new Error(JSON.stringify(outcome));
    const { arrays } = unpackSections<object, Pick<ReviewTraces, 'minimum'>>(outcome.packed);
    expect(arrays.minimum).toHaveLength(4 * 94);
    expect(arrays.minimum.every((value) => value <= 0 && value >= -100)).toBe(true);
  });

  it('says what is wrong with a folder that holds no session', async () => {
    const outcome = await programs.open(1, join(folder.path, 'nothing'));
    expect(outcome).toMatchObject({ refusal: { what: expect.stringMatching(/no journal/) as string } });
  });
});
