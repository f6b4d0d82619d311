// Compares states of networks whole; element by element would take most of a test's time.
import { expect } from 'vitest';
import type { NetworkState } from '../../simulation/backend/network-state.ts';

/** Fails with what differs. */
export function expectSameState(actual: NetworkState, expected: NetworkState): void {
  const names = Object.keys(expected.arrays).sort();
  expect(actual.step).toBe(expected.step);
  expect(Object.keys(actual.arrays).sort()).toEqual(names);
  for (const name of names) {
    const [mine, other] = [actual.arrays[name]!, expected.arrays[name]!];
    if (bytesOf(mine).compare(bytesOf(other)) !== 0) expect(mine, name).toEqual(other);
  }
}

function bytesOf(values: Int32Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}
