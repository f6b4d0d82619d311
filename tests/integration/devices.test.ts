// `exocortex devices` on the built program: the HID thread lists what the system has, or says why it cannot.
import { expect, it } from 'vitest';
import { startExocortex } from '../support/run-exocortex.ts';

it('lists HID rigs, or says why they cannot be listed', async () => {
  const { code, stdout } = await startExocortex(['devices', '--json']).finished;
  const answer = JSON.parse(stdout) as { rigs: unknown; fault?: { code: string; message: string } };
  expect(Array.isArray(answer.rigs)).toBe(true);
  if (code === 0) expect(answer.fault).toBeUndefined();
  else expect(answer.fault).toMatchObject({ code: 'unsupported', message: expect.stringMatching(/./) as string });
});
