// The closing line of `npm test` counts every way a run can fail.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { countTests } from './count-tests.mjs';

const folder = mkdtempSync(join(tmpdir(), 'exocortex-count-'));
afterAll(() => rmSync(folder, { recursive: true }));

function reportOf(...files: { status: string; tests: string[] }[]): string {
  const path = join(folder, 'report.json');
  const testResults = files.map(({ status, tests }) => ({
    status,
    assertionResults: tests.map((it) => ({ status: it })),
  }));
  writeFileSync(path, JSON.stringify({ testResults }));
  return path;
}

test('passed, failed and skipped tests are summed over all files', () => {
  const report = reportOf(
    { status: 'passed', tests: ['passed', 'passed', 'pending', 'skipped'] },
    { status: 'failed', tests: ['passed', 'failed', 'failed'] },
  );
  expect(countTests(report, false)).toEqual({ passed: 3, failed: 2, skipped: 2 });
});

test('a file that fails as a whole counts as one failed test', () => {
  const report = reportOf({ status: 'failed', tests: ['passed'] }, { status: 'failed', tests: [] });
  expect(countTests(report, false)).toEqual({ passed: 1, failed: 2, skipped: 0 });
});

test('a run that fails outside of any test counts as one failed test', () => {
  expect(countTests(reportOf({ status: 'passed', tests: ['passed'] }), false)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 0,
  });
});

test('a run that leaves no report is a failure', () => {
  expect(countTests(join(folder, 'missing.json'), false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
