// How much memory a network may use; simulation process.
import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';

/** What the system can still give, in bytes: on Linux also what it keeps only as a cache, and not more than this process may use. */
export function availableMemoryBytes(): number {
  // 0 or a number beyond all memory where there is no bound.
  const bound = process.constrainedMemory();
  const free = linuxAvailableBytes() ?? freemem();
  return bound > 0 ? Math.min(free, Math.max(0, bound - process.memoryUsage.rss())) : free;
}

function linuxAvailableBytes(): number | undefined {
  try {
    const found = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'));
    return found === null ? undefined : Number(found[1]) * 1024;
  } catch {
    return undefined;
  }
}
