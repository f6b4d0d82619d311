// The bench of the recorder as a user starts it, on short streams of few channels.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RecorderBenchAnswer } from '../../common/bench/recorder-run.ts';
import { lastJson, runExocortex } from '../support/run-exocortex.ts';

test('measures a disk beside plain writes, loses nothing, and leaves nothing behind', async () => {
  const out = mkdtempSync(join(tmpdir(), 'exocortex-bench-recorder-'));
  try {
    const few = ['--channels', '16', '--seconds', '1', '--repeats', '2'];
    const finished = await runExocortex(['bench', 'recorder', ...few, '--out', out, '--json']);
    expect(finished).toMatchObject({ code: 0, stderr: '' });
    const result = lastJson<RecorderBenchAnswer & { sustainedMBps: number; ratioToPlainWrites: number }>(finished);
    expect(result).toMatchObject({ channels: 16, lost: 0, realTime: { records: 1000, lost: 0 } });
    // 16 channels of two bytes at 30 kHz: it cannot be sooner than real time.
    expect(result.realTime.MBps).toBeLessThanOrEqual(1);
    expect(result.recorderMBps).toHaveLength(2);
    expect(result.sustainedMBps).toBeGreaterThan(0);
    expect(result.ratioToPlainWrites).toBeGreaterThan(0);
    expect(readdirSync(out)).toEqual([]);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
