// Sums up vitest's JSON report for the closing lines of `npm test`.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './paths.mjs';

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
 * @param {string} report the path of the JSON report
 * @returns {string[]} for each failed test its file, its title and how it failed, so that none has to be searched for
 */
export function failedTests(report) {
  return readTestFiles(report).flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [`${file}: ${firstLine(message)}`] : [];
    return failed.map(({ fullName, failureMessages }) => `${file}: ${fullName}: ${firstLine(failureMessages[0])}`);
  });
}

/** @param {string | undefined} message */
function firstLine(message) {
  return stripVTControlCharacters(message?.trim().split('\n')[0] ?? '');
}

/**
 * @typedef {object} TestFile
 * @property {string} name its path
 * @property {string} status
 * @property {string} message
 * @property {{ status: string, fullName: string, failureMessages: string[] }[]} assertionResults
 */

/**
 * @param {string} report
 * @returns {TestFile[]} nothing when there is no report
 */
function readTestFiles(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8')).testResults;
  } catch {
    return [];
  }
}
