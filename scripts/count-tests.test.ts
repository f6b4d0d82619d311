// The closing line of `npm test` counts every way a run can fail.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { countTests, failedTests } from './count-tests.mjs';
import { root } from './paths.mjs';

const folder = mkdtempSync(join(tmpdir(), 'exocortex-count-'));
afterAll(() => rmSync(folder, { recursive: true }));

function reportOf(...files: { status: string; tests: string[] }[]): string {
  const path = join(folder, 'report.json');
  const testResults = files.map(({ status, tests }, at) => ({
    name: join(root, 'tests', `${at}.test.ts`),
    status,
    message: '\u001b[31mno such module\u001b[39m\n  at line 1',
    assertionResults: tests.map((it, number) => ({
      status: it,
      fullName: `test ${number}`,
      failureMessages: it === 'failed' ? ['AssertionError: expected 1 to be 2\n    at line 3'] : [],
    })),
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

test('failed tests are listed by file and title with how they failed, files that fail as a whole too', () => {
  const report = reportOf(
    { status: 'passed', tests: ['passed', 'skipped'] },
    { status: 'failed', tests: ['passed', 'failed', 'failed'] },
    { status: 'failed', tests: [] },
  );
  const words = 'AssertionError: expected 1 to be 2';
  expect(failedTests(report)).toEqual([
    `${join('tests', '1.test.ts')}: test 1: ${words}`,
    `${join('tests', '1.test.ts')}: test 2: ${words}`,
    `${join('tests', '2.test.ts')}: no such module`,
  ]);
});
