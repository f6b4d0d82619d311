import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mayOpen } from './device-access.ts';

test('what is no file, or is gone, is not judged: opening it says what is wrong', async () => {
  expect(await mayOpen('COM3')).toBe(true);
  expect(await mayOpen(join(tmpdir(), 'exocortex-no-such-device'))).toBe(true);
});

// The super user may open everything.
test.runIf(process.platform === 'linux' && process.getuid?.() !== 0)(
  'a file without rights may not be opened',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exocortex-access-'));
    const file = join(folder, 'rig3');
    writeFileSync(file, '');
    expect(await mayOpen(file)).toBe(true);
    chmodSync(file, 0);
    expect(await mayOpen(file)).toBe(false);
    rmSync(folder, { recursive: true });
  },
);
