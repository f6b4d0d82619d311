import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordingSidecar } from '../../common/experiment/recording-sidecar.ts';
import { RecordingElectrodes } from './recording-electrodes.ts';

const sidecar: RecordingSidecar = {
  format: 'exocortex-recording/1',
  samples: 'samples.dat',
  sampleType: 'int16le',
  layout: 'sample-major',
  channels: 2,
  sampleCount: 3,
  sampleRateHz: 1000,
  microvoltsPerBit: 1,
  sha256: '0'.repeat(64),
  source: 'made for a test',
  licence: 'none',
};

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-recording-'));
  file = join(folder, 'samples.dat');
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (values: number[]) => writeFileSync(file, new Uint8Array(Int16Array.from(values).buffer));

describe('electrodes that play a recording', () => {
  it('begin again in the middle of a block when looped, as often as it takes', () => {
    write([1, 2, 3, 4, 5, 6]);
    const electrodes = new RecordingElectrodes(sidecar, file, true);
    const target = new Int16Array(16);
    expect(electrodes.read(target)).toBe(8);
    expect([...target]).toEqual([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4]);
    electrodes.dispose();
  });

  it('end with a shorter block, then with none', () => {
    write([1, 2, 3, 4, 5, -6]);
    const electrodes = new RecordingElectrodes(sidecar, file, false);
    const target = new Int16Array(4);
    expect([electrodes.read(target), [...target]]).toEqual([2, [1, 2, 3, 4]]);
    expect([electrodes.read(target), [...target.subarray(0, 2)]]).toEqual([1, [5, -6]]);
    expect(electrodes.read(target)).toBe(0);
    electrodes.dispose();
  });

  it('refuse a file that is not as long as its sidecar says, or not there', () => {
    write([1, 2, 3, 4, 5]);
    expect(() => new RecordingElectrodes(sidecar, file, true)).toThrow('10 bytes where its sidecar announces 12');
    expect(() => new RecordingElectrodes(sidecar, join(folder, 'absent.dat'), true)).toThrow('ENOENT');
  });
});
