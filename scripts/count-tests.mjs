// Sums up vitest's JSON report for the closing line of `npm test`.
import { readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * A file that fails as a whole, and a run that fails without a failed test, count as one failed test.
 * @param {string} report the path of the JSON report
 * @param {boolean} succeeded whether vitest ended with exit code 0
 * @returns {Counts}
 */
export function countTests(report, succeeded) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of readTestFiles(report)) {
    let failedHere = 0;
    for (const { status } of file.assertionResults) {
      if (status === 'passed') counts.passed++;
      else if (status === 'failed') failedHere++;
      else counts.skipped++;
    }
    counts.failed += file.status === 'failed' ? Math.max(1, failedHere) : failedHere;
  }
  if (!succeeded && counts.failed === 0) counts.failed = 1;
  return counts;
}

/**
 * @param {string} report
 * @returns {{ status: string, assertionResults: { status: string }[] }[]} nothing when there is no report
 */
function readTestFiles(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8')).testResults;
  } catch {
    return [];
  }
}
