import { spawn } from 'node:child_process';
import { constants, getPriority, setPriority } from 'node:os';
import { describe, expect, it } from 'vitest';
import { lowerPriority } from './process-priority.ts';

/** The priority of a program that ran at `before`. */
function priorityAfter(before: number): number {
  const program = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  try {
    setPriority(program.pid!, before);
    lowerPriority(program.pid);
    return getPriority(program.pid!);
  } finally {
    program.kill('SIGKILL');
  }
}

describe('a program that nobody waits for', () => {
  const { PRIORITY_NORMAL, PRIORITY_BELOW_NORMAL, PRIORITY_LOW } = constants.priority;

  it('runs after the others', () => {
    expect(priorityAfter(PRIORITY_NORMAL)).toBe(PRIORITY_BELOW_NORMAL);
  });

  it('keeps a priority that is lower still, as whoever started a study at night chose it', () => {
    expect(priorityAfter(PRIORITY_LOW)).toBe(PRIORITY_LOW);
  });

  it('may be gone already', () => {
    expect(() => lowerPriority(undefined)).not.toThrow();
    expect(() => lowerPriority(2 ** 30)).not.toThrow();
  });
});
