import { describe, expect, it } from 'vitest';
import type { AnalysisJob, AnalysisResults } from '../../common/journal/analysis-message.ts';
import { type Finishing, finishSession } from './finish-session.ts';
import type { AnalysisOutcome } from './run-analysis.ts';

const folder = '/sessions/one';
const refusal = (what: string) => ({ refusal: { code: 'failed' as const, what, cure: 'Try again.' } });

/** Programs that end when the test says so. */
class Programs implements Finishing {
  /** What was begun, in order. */
  readonly begun: string[] = [];
  readonly #running = new Map<AnalysisJob, (outcome: object) => void>();

  analyse<J extends 'summarise' | 'export'>(_title: string, job: J): Promise<AnalysisOutcome<J>> {
    this.begun.push(job);
    return new Promise((resolve) => this.#running.set(job, (outcome) => resolve(outcome as AnalysisOutcome<J>)));
  }

  seal(): Promise<void> {
    this.begun.push('seal');
    return Promise.resolve();
  }

  async end<J extends 'summarise' | 'export'>(job: J, outcome: { result: object } | ReturnType<typeof refusal>) {
    this.#running.get(job)!(outcome);
    await new Promise(setImmediate);
  }
}

const summary = { session: 'one' } as AnalysisResults['summarise'];
const exported = { nwbFile: `${folder}/session.nwb` };

describe('a recording that is closed', () => {
  it('is summarised and exported at the same time, and signed when both files are there', async () => {
    const programs = new Programs();
    const finished = finishSession(programs, folder);
    expect(programs.begun).toEqual(['summarise', 'export']);
    await programs.end('export', { result: exported });
    expect(programs.begun).not.toContain('seal');
    await programs.end('summarise', { result: summary });
    expect(await finished).toEqual({ folder, summary, nwb: exported.nwbFile });
    expect(programs.begun).toEqual(['summarise', 'export', 'seal']);
  });

  it('keeps the file of one job when the other fails, says why, and is signed with what is there', async () => {
    const withoutNwb = new Programs();
    const finished = finishSession(withoutNwb, folder);
    await withoutNwb.end('export', refusal('the disk is full'));
    await withoutNwb.end('summarise', { result: summary });
    expect(await finished).toEqual({ folder, summary, problem: 'the disk is full' });
    expect(withoutNwb.begun).toContain('seal');

    const withoutSummary = new Programs();
    const alsoFinished = finishSession(withoutSummary, folder);
    await withoutSummary.end('summarise', refusal('the program ended early'));
    await withoutSummary.end('export', { result: exported });
    expect(await alsoFinished).toEqual({ folder, nwb: exported.nwbFile, problem: 'the program ended early' });
    expect(withoutSummary.begun).toContain('seal');
  });
});
