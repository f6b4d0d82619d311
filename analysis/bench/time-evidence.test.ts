import { expect, it } from 'vitest';
import { timeEvidence } from './time-evidence.ts';

it('times each iteration but the first', () => {
  const { seconds } = timeEvidence({ credit: 'e-prop-symmetric', batch: 1, iterations: 2 });
  expect(seconds).toHaveLength(2);
  for (const each of seconds) expect(each).toBeGreaterThan(0);
});
