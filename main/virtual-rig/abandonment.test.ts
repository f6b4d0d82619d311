import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchForAbandonment } from './abandonment.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch() {
  const process = new EventEmitter();
  const end = vi.fn();
  return { process, end, onConnections: watchForAbandonment(process, end) };
}

describe('the virtual rig', () => {
  it('ends when the last client has been gone for ten seconds', () => {
    const { end, onConnections } = watch();
    onConnections(1);
    vi.advanceTimersByTime(100_000);
    onConnections(0);
    vi.advanceTimersByTime(9_000);
    onConnections(1);
    vi.advanceTimersByTime(100_000);
    expect(end).not.toHaveBeenCalled();
    onConnections(0);
    vi.advanceTimersByTime(10_000);
    expect(end).toHaveBeenCalledOnce();
  });

  it('ends when no client ever comes', () => {
    const { end } = watch();
    vi.advanceTimersByTime(60_000);
    expect(end).toHaveBeenCalledOnce();
  });

  it('ends with its parent and when told to, but not by an interrupt that is meant for its parent', () => {
    for (const [event, calls] of [
      ['disconnect', 1],
      ['SIGTERM', 1],
      ['SIGINT', 0],
      ['SIGHUP', 0],
    ] as const) {
      const { process, end } = watch();
      process.emit(event);
      expect(end, event).toHaveBeenCalledTimes(calls);
      for (const signal of ['SIGINT', 'SIGHUP']) expect(process.listenerCount(signal)).toBe(1);
    }
  });
});
