// The line to the peer, with a script in a simulator's place that needs no Python.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PythonPeer } from './python-peer.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'exocortex-peer-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(program: string) {
  const script = join(folder, 'peer.cjs');
  writeFileSync(script, program);
  return PythonPeer.start({ name: 'Brian2', python: process.execPath, script, args: ['cuba', 'cpp', 1, 2], folder });
}

describe('PythonPeer', () => {
  it('runs once for each request', async () => {
    const peer = await start(
      `const [, , model, target, warmUp, seconds] = process.argv;
       console.log(JSON.stringify({ version: [model, target, warmUp, seconds].join(' ') }));
       let runs = 0;
       process.stdin.on('data', () => console.log(JSON.stringify({ seconds: ++runs, rateHz: 5, synapses: 7 })));`,
    );
    expect(peer.version).toBe('cuba cpp 1 2');
    expect(await peer.run()).toEqual({ seconds: 1, rateHz: 5, synapses: 7 });
    expect(await peer.run()).toEqual({ seconds: 2, rateHz: 5, synapses: 7 });
    peer.dispose();
  });

  it('gives the last thing that was said as the reason why nothing runs', async () => {
    const failing = start(`console.error('Traceback\\nNo C++ compiler was found'); process.exitCode = 1;`);
    await expect(failing).rejects.toThrow('Brian2 did not start: No C++ compiler was found');
  });

  it('says so when the process ends during a run', async () => {
    const peer = await start(`console.log('{"version":"1"}'); process.stdin.once('data', () => process.exit(3));`);
    await expect(peer.run()).rejects.toThrow('Brian2 ended during a run');
    peer.dispose();
  });
});
