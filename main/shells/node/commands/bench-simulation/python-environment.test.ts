import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheFolder, findPython } from './python-environment.ts';

describe('cacheFolder', () => {
  it('is where each system keeps what can be made again', () => {
    expect(cacheFolder({}, 'linux', '/home/a')).toBe(join('/home/a', '.cache', 'exocortex', 'bench'));
    expect(cacheFolder({ XDG_CACHE_HOME: '/c' }, 'linux', '/home/a')).toBe(join('/c', 'exocortex', 'bench'));
    expect(cacheFolder({}, 'darwin', '/Users/a')).toBe(join('/Users/a', 'Library', 'Caches', 'exocortex', 'bench'));
    expect(cacheFolder({ LOCALAPPDATA: '/l' }, 'win32', '/a')).toBe(join('/l', 'exocortex', 'bench'));
  });
});

describe('findPython', () => {
  it('says why there is none, where no Python can be started', () => {
    const folder = mkdtempSync(join(tmpdir(), 'exocortex-python-'));
    const path = process.env['PATH'];
    process.env['PATH'] = folder;
    const notes: string[] = [];
    try {
      expect(findPython(join(folder, 'no-python'), folder, (text) => notes.push(text))).toEqual({
        reason: 'there is no Python 3 with the venv module on this computer',
      });
      expect(notes).toEqual([expect.stringContaining('cannot import brian2')]);
    } finally {
      process.env['PATH'] = path;
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
