// `exocortex devices` on the built program: threads list what the system has, or say why they cannot.
import { expect, it } from 'vitest';
import { startExocortex } from '../support/run-exocortex.ts';

interface Answer {
  devices: { kind: string; path: string }[];
  faults: { kind: string; code: string; message: string }[];
}

const kinds = ['hid-rig', 'serial-stimulator'];

it('lists HID rigs and serial stimulators, or says of which kind it cannot', async () => {
  const { code, stdout } = await startExocortex(['devices', '--json']).finished;
  const { devices, faults } = JSON.parse(stdout) as Answer;
  expect(code).toBe(faults.length === 0 ? 0 : 1);
  for (const { kind } of [...devices, ...faults]) expect(kinds).toContain(kind);
  for (const { code: fault, message } of faults) {
    expect(['unsupported', 'enumeration-failed']).toContain(fault);
    expect(message).not.toBe('');
  }
});

it('says the same for people', async () => {
  const { stdout, stderr } = await startExocortex(['devices']).finished;
  expect(stdout + stderr).toMatch(/connected|serial number|cannot be listed/);
});
