import { describe, expect, it } from 'vitest';
import { stationFolder } from './station-folder.ts';

describe('the folder of this computer’s station', () => {
  it('is where the environment says, on every system', () => {
    for (const platform of ['linux', 'darwin', 'win32'])
      expect(stationFolder({ EXOCORTEX_STATION: '/lab/rig-2', XDG_STATE_HOME: '/x' }, platform, '/home/m')).toBe(
        '/lab/rig-2',
      );
  });

  it('is the system’s place for state without it', () => {
    expect(stationFolder({}, 'linux', '/home/m')).toBe('/home/m/.local/state/exocortex');
    expect(stationFolder({ XDG_STATE_HOME: '/state' }, 'linux', '/home/m')).toBe('/state/exocortex');
    expect(stationFolder({}, 'darwin', '/Users/m')).toBe('/Users/m/Library/Application Support/Exocortex');
    const windows = { PROGRAMDATA: 'C:\\ProgramData', LOCALAPPDATA: 'C:\\Users\\m\\AppData\\Local' };
    expect(stationFolder(windows, 'win32', 'C:\\Users\\m')).toBe('C:\\ProgramData\\Exocortex');
    const { PROGRAMDATA: _absent, ...own } = windows;
    expect(stationFolder(own, 'win32', 'C:\\Users\\m')).toBe('C:\\Users\\m\\AppData\\Local\\Exocortex');
    expect(stationFolder({}, 'win32', 'C:\\Users\\m')).toBe('C:\\Users\\m\\AppData\\Local\\Exocortex');
  });

  it('is not taken from a variable that is empty', () => {
    const empty = { EXOCORTEX_STATION: '', XDG_STATE_HOME: '', PROGRAMDATA: '', LOCALAPPDATA: '' };
    expect(stationFolder(empty, 'linux', '/home/m')).toBe('/home/m/.local/state/exocortex');
    expect(stationFolder(empty, 'win32', 'C:\\Users\\m')).toBe('C:\\Users\\m\\AppData\\Local\\Exocortex');
  });
});
