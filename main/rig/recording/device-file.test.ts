import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeviceFile } from './device-file.ts';

const day = 86_400_000;
let folder: string;
/** Wall clock. */
let now: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-device-'));
  now = 2e12;
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (serial = 'probe-1') => new DeviceFile(folder, serial, () => now);

describe('DeviceFile', () => {
  it('knows nothing of a device that is new here, and writes nothing of it', () => {
    expect(open().remembered).toEqual({ impedancesOhms: [], isEmergencyStopTried: false });
    expect(readdirSync(join(folder, 'devices'))).toEqual([]);
  });

  it('H08: remembers the impedances of each device', () => {
    open().note({ impedancesOhms: [50_000, 70_000.5] });
    open('../2').note({ impedancesOhms: [1] });
    expect(open().remembered.impedancesOhms).toEqual([50_000, 70_000.5]);
    expect(open('../2').remembered.impedancesOhms).toEqual([1]);
    expect(readdirSync(join(folder, 'devices')).sort()).toEqual(['%2E%2E%2F2.json', 'probe-1.json']);
  });

  it.each([
    [-1, false],
    [0, true],
    [day - 1, true],
    [day, false],
  ])('H81: counts a trial of the emergency stop %d ms ago: %s', (ageMilliseconds, isTried) => {
    open().note({ isEmergencyStopTried: true });
    now += ageMilliseconds;
    expect(open().remembered.isEmergencyStopTried).toBe(isTried);
  });

  it('keeps what is not new', () => {
    open().note({ isEmergencyStopTried: true });
    open().note({ impedancesOhms: [3] });
    expect(open().remembered).toEqual({ impedancesOhms: [3], isEmergencyStopTried: true });
  });

  it.each(['', '{', '{"format":"exocortex-device/2"}', '[]'])('refuses a file that holds %j', (text) => {
    mkdirSync(join(folder, 'devices'));
    writeFileSync(join(folder, 'devices', 'probe-1.json'), text);
    expect(() => open()).toThrow(/probe-1\.json cannot be read: move it away/);
  });

  it('passes on what the file system says', () => {
    mkdirSync(join(folder, 'devices', 'probe-1.json'), { recursive: true });
    expect(() => open()).toThrow(/EISDIR/);
  });
});
