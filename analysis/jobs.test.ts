import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runJob } from './jobs.ts';
import { sessionFixture, writeSessionFixture } from './journal/session.fixture.ts';
import { temporaryFolder } from './journal/temporary-folder.fixture.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.dispose());

describe('the jobs of the analysis program', () => {
  it('are named by the arguments, and tell how far they are', async () => {
    writeSessionFixture(folder.path, sessionFixture({ ticks: 30 }));
    const told: number[] = [];
    const onProgress = (fraction: number) => told.push(fraction);
    const summarised = await runJob(['summarise', folder.path], { onProgress });
    expect(JSON.parse(readFileSync(join(folder.path, 'summary.json'), 'utf8'))).toEqual(summarised.result);

    const nwbFile = join(folder.path, 'elsewhere.nwb');
    expect(await runJob(['export', folder.path, '--out', nwbFile], { onProgress })).toMatchObject({
      job: 'export',
      result: { nwbFile },
    });
    expect(existsSync(nwbFile)).toBe(true);
    expect(await runJob(['recover', folder.path], { onProgress })).toMatchObject({
      job: 'recover',
      result: { isWhole: true },
    });
    expect(told.filter((fraction) => fraction === 1)).toHaveLength(3);
    expect(Math.min(...told)).toBeGreaterThanOrEqual(0);
  });

  it.each([
    [[], 'one job and one folder'],
    [['export'], 'one job and one folder'],
    [['export', 'a', 'b'], 'one job and one folder'],
    [['burn', 'a'], 'no job "burn"'],
    [['export', 'a', '--fast'], '--fast'],
    [['export', 'a', '--gzip', '10'], 'a level from 0'],
    [['recover', 'a', '--gzip', '1'], 'Only export takes --gzip'],
    [['export', 'a', '--for', 'elephant'], 'takes --for, with neo'],
    [['recover', 'a', '--for', 'neo'], 'Only export takes --for'],
    [['recover', 'a', '--out', 'b'], 'Only export, import and report'],
    [['recover', 'a', '--stream', 'b'], 'Only import'],
    [['import', 'a'], 'needs a folder'],
  ])('are refused with what to do for wrong arguments %j', async (args, message) => {
    await expect(runJob(args, {})).rejects.toMatchObject({
      message: expect.stringContaining(message),
      cure: expect.stringContaining('summarise <folder>'),
    });
  });
});
