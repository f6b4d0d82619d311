import { describe, expect, it } from 'vitest';
import { folderStamp, isoWithOffset } from './session-time.ts';

describe('a session’s time', () => {
  const moment = new Date(2026, 10, 22, 6, 5, 4, 321);

  it('names folders so that they sort by time on every file system', () => {
    expect(folderStamp(moment)).toBe('2026-11-22T06-05-04');
  });

  it('keeps the moment and the offset from UTC', () => {
    const text = isoWithOffset(moment);
    expect(text).toMatch(/^2026-11-22T06:05:04\.321[+-]\d\d:\d\d$/);
    expect(new Date(text).getTime()).toBe(moment.getTime());
  });
});
