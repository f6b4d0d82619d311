// The command line on sessions that are not armed, and on what it refuses: nothing in them has to be in time.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordType } from '../../common/journal/records.ts';
import { journalFileName, type Mark } from '../../common/journal/session-documents.ts';
import type { RunResult } from '../../main/shells/node/commands/run-summary.ts';
import { copyExperiment, withChanges } from '../support/experiment-copy.ts';
import { readFrames } from '../support/rewrite-journal.ts';
import { lastJson, root, runExocortex, runExperiment, shippedExperiment } from '../support/run-exocortex.ts';

let out = '';
beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'exocortex-run-'));
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

const run = (seconds: number, ...more: string[]) =>
  runExperiment(out, 'closed-loop-virtual', seconds, '--fast', '--disarmed', ...more);

describe('a session that is not armed', () => {
  it('finds the same spikes with the TypeScript kernels and says so', { timeout: 120_000 }, async () => {
    const finished = await runExocortex(
      [
        'run',
        shippedExperiment('closed-loop-replay'),
        '--seconds',
        '3',
        '--fast',
        '--disarmed',
        '--json',
        '--out',
        out,
      ],
      { EXOCORTEX_NATIVE: 'off' },
    );
    const result = lastJson<RunResult>(finished);
    expect(result.native).toBe(false);
    expect(result.nativeReason).toContain('EXOCORTEX_NATIVE=off');
    expect(result.spikes).toBeGreaterThan(3 * 250);
  });

  it(
    'keeps what the population has become, and a copy of it goes on in a rehearsal',
    { timeout: 180_000 },
    async () => {
      const first = await run(4);
      const saved = join(first.result.session, 'population-end.state');
      const [line] = readFileSync(saved, 'latin1').split('\n');
      const { step, sha256 } = JSON.parse(line!) as { step: number; sha256: string };
      expect(step).toBeGreaterThanOrEqual(8000);
      const second = await run(2, '--from', saved);
      expect(second.code, second.stderr).toBe(0);
      expect(second.result.meanPlasticWeightMillivolts?.first).toBeCloseTo(
        first.result.meanPlasticWeightMillivolts!.last,
        2,
      );
      const opening = readFileSync(join(second.result.session, 'session.json'), 'utf8');
      expect((JSON.parse(opening) as { simulation: object }).simulation).toMatchObject({
        startedFrom: { step, sha256 },
      });
      const other = await runExocortex([
        'run',
        shippedExperiment('closed-loop-replay'),
        '--disarmed',
        '--from',
        saved,
        '--out',
        out,
      ]);
      expect(other.code).not.toBe(0);
      expect(other.stderr).toContain('belongs to another network');
    },
  );
});

describe('a phase that drives a population', () => {
  it(
    'does so from its beginning on, for its time, and the session is replayed bit for bit',
    { timeout: 180_000 },
    async () => {
      const experiment = await copyExperiment('closed-loop-virtual', join(out, 'driven'), (text) =>
        withChanges(text, {
          'stimulation: false\n':
            'stimulation: false\n    drives: [{ population: excitatory, strengthMillivolts: 25, durationMilliseconds: 500 }]\n',
        }),
      );
      const finished = await runExocortex([
        'run',
        experiment,
        '--seconds',
        '2',
        '--fast',
        '--disarmed',
        '--json',
        '--out',
        out,
      ]);
      expect(finished.code, finished.stderr).toBe(0);
      const { session } = lastJson<RunResult>(finished);
      const frames = readFrames(join(session, journalFileName));
      const marks = frames
        .filter(({ type }) => type === recordType.mark)
        .map(({ payload }) => (JSON.parse(new TextDecoder().decode(payload)) as Mark).text);
      expect(marks.filter((text) => text.includes('excitatory'))).toEqual([
        expect.stringMatching(
          /^The phase baseline drives excitatory with 25 mV for 500 ms, begun before step \d+ \(tick \d+\)\.$/,
        ),
        'The drive of excitatory has ended: its time is over.',
      ]);
      const replayed = await runExocortex(['replay', session, '--json']);
      expect(replayed.code, replayed.stderr + replayed.stdout).toBe(0);
    },
  );
});

describe('bad input', () => {
  it('is refused before anything starts, with file, line, column and cure', async () => {
    const finished = await runExocortex([
      'run',
      join(root, 'main/experiment/fixtures/wrong/values.yaml'),
      '--seconds',
      '3',
      '--out',
      out,
    ]);
    expect(finished.code).toBe(2);
    expect(finished.stderr).toMatch(/values\.yaml:\d+:\d+: error: .+\. .+/);
  });

  it('of the command line is answered with a sentence', async () => {
    for (const args of [
      ['run'],
      ['fly'],
      ['run', 'x.yaml', '--seconds', 'soon'],
      ['run', 'x.yaml', '--sedonds', '3'],
      ['recover'],
    ]) {
      const finished = await runExocortex(args);
      expect(finished.code, args.join(' ')).toBe(2);
      expect(finished.stderr).toContain('--help');
      expect(finished.stderr).not.toMatch(/\n\s+at /);
    }
  });
});
