// `exocortex devices` on the built program: threads list what the system has, or say why they cannot.
import { expect, it } from 'vitest';
import { type DeviceListing, deviceKinds } from '../../common/contract/devices.ts';
import { startExocortex } from '../support/run-exocortex.ts';

it('lists every kind of device, or says of which kind it cannot', async () => {
  const { code, stdout } = await startExocortex(['devices', '--json']).finished;
  const { devices, faults } = JSON.parse(stdout) as DeviceListing;
  expect(code).toBe(faults.length === 0 ? 0 : 1);
  for (const { kind } of [...devices, ...faults]) expect(deviceKinds).toContain(kind);
  // Of the experiments that come with the program.
  expect(devices.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['virtual-rig', 'intan-rhx', 'open-ephys']));
  for (const { condition, problems } of devices) if (condition !== 'ready') expect(problems).not.toEqual([]);
  for (const { code: fault, message } of faults) {
    expect(['unsupported', 'enumeration-failed']).toContain(fault);
    expect(message).not.toBe('');
  }
});

it('says the same for people', async () => {
  const { stdout, stderr } = await startExocortex(['devices']).finished;
  expect(stdout).toMatch(/^Virtual rig.*: ready$/m);
  expect(stdout).toMatch(/RHX, at 127\.0\.0\.1:5000: not asked\n {2}RHX is not asked/);
  expect(stderr).not.toMatch(/undefined|\[object/);
});
