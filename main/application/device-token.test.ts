import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { deviceToken } from './device-token.ts';

let station = '';
beforeEach(() => void (station = mkdtempSync(join(tmpdir(), 'station-'))));
afterEach(() => rmSync(station, { recursive: true }));

const hidRigs = [
  { serialNumber: 'rig-1', token: 'token of the first' },
  { serialNumber: 'rig-2', token: 'token of the second' },
];
const naming = (source: object, stimulator?: object) =>
  ({ experiment: { source, ...(stimulator === undefined ? {} : { stimulator }) } }) as unknown as CheckedExperiment;

it('is that of the HID rig that the experiment names, as its source or beside it', () => {
  writeFileSync(join(station, 'station.json'), JSON.stringify({ hidRigs }));
  expect(deviceToken(naming({ kind: 'hid-rig', serialNumber: 'rig-2' }), station)).toEqual({
    token: 'token of the second',
  });
  const beside = naming({ kind: 'intan-rhx' }, { kind: 'hid-rig', serialNumber: 'rig-1' });
  expect(deviceToken(beside, station)).toEqual({ token: 'token of the first' });
});

it('is none where no HID rig is named, and refused with what to write where the station has none', () => {
  expect(deviceToken(naming({ kind: 'intan-rhx' }), station)).toEqual({ token: undefined });
  const beside = naming({ kind: 'open-ephys' }, { kind: 'hid-rig', serialNumber: 'rig-3' });
  expect(deviceToken(beside, station)).toMatchObject({
    refusal: {
      what: expect.stringContaining('no token of HID rig rig-3') as string,
      cure: expect.stringContaining('"serialNumber":"rig-3"') as string,
    },
  });
});
