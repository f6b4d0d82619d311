// A recording of another program, imported and replayed as a user does, by the command line.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportReport } from '../../common/journal/analysis-message.ts';
import type { RunResult } from '../../main/shells/node/commands/run-summary.ts';
import { lastJson, root, runExocortex } from '../support/run-exocortex.ts';

const published = join(root, 'tests/fixtures/open-ephys/legacy');

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'exocortex-import-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('exocortex import', () => {
  it('makes a recording that is valid and is replayed at once', async () => {
    const imported = await runExocortex(['import', published, '--out', join(folder, 'recording'), '--json']);
    expect(imported.code, imported.stderr).toBe(0);
    const report = lastJson<ImportReport>(imported);
    expect(report).toMatchObject({ format: 'Open Ephys 0.6', channels: 16, sampleCount: 2048, sampleRateHz: 40_000 });
    expect(report.slips?.count).toBeGreaterThan(0);
    expect((await runExocortex(['validate', report.sidecar])).code).toBe(0);

    const experiments = join(root, 'experiments/closed-loop-replay');
    const experiment = readFileSync(join(experiments, 'experiment.yaml'), 'utf8')
      .replace('../../resources/recordings/barrel-cortex-16ch/recording.json', report.sidecar)
      .replaceAll('../../', `${root}/`)
      .replace('network: network.yaml', `network: ${join(experiments, 'network.yaml')}`);
    const file = join(folder, 'experiment.yaml');
    writeFileSync(file, experiment);
    // Whether it is replayed depends neither on how busy this computer is nor on the stimulator's self-test.
    const ran = await runExocortex([
      'run',
      file,
      '--seconds',
      '2',
      '--fast',
      '--disarmed',
      '--json',
      '--out',
      join(folder, 'sessions'),
    ]);
    expect(ran.code, ran.stderr).toBe(0);
    expect(lastJson<RunResult>(ran)).toMatchObject({ source: 'replay', channels: 16, samplesLost: 0, complete: true });
  });

  it('says what is wrong with a file, what to do, and writes nothing', async () => {
    const file = join(folder, 'broken.rhd');
    writeFileSync(file, 'this is no recording');
    const { code, stderr } = await runExocortex(['import', file, '--out', join(folder, 'none')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /broken\.rhd, byte 0: does not begin as a recording of Intan does.*\. Name a \.rhd or \.rhs file/s,
    );
    expect(existsSync(join(folder, 'none'))).toBe(false);
    expect((await runExocortex(['import'])).code).toBe(2);
    expect((await runExocortex(['import', file, '--fast'])).code).toBe(2);
  });
});
