// The built virtual rig in its own process, as it is shipped.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../common/base/disposable.ts';
import { freshSession } from '../../common/device-protocol/device-status.ts';
import { deviceTokenVariable, type VirtualRigRequest } from '../../common/device-protocol/virtual-rig-options.ts';
import { connectKeepAlive } from '../../main/rig/hardware/keep-alive.ts';
import { connectReadingHalf } from '../../main/rig/hardware/reading-half.ts';
import { connectWritingHalf } from '../../main/rig/hardware/writing-half.ts';
import type { OutputLine } from '../../main/virtual-rig/output-journal.ts';
import { next, order, privateAddress, startBench, temporaryFolder, testPulse, tissue, token } from './device-bench.ts';

const program = fileURLToPath(new URL('../../dist/programs/virtual-rig.js', import.meta.url));
const isBuilt = existsSync(program);

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

interface RunningRig {
  readonly child: ChildProcess;
  readonly address: string;
  /** What it has written to standard error. */
  readonly errors: () => string;
}

function startRig(request: Partial<VirtualRigRequest>): RunningRig {
  const address = privateAddress(temporaryFolder(store));
  const options = { address, pacing: 'real-time', seed: 7, tickMilliseconds: 1, source: tissue, ...request };
  const env = { ...process.env, [deviceTokenVariable]: token };
  const child = fork(program, [JSON.stringify(options)], { env, silent: true });
  store.onDispose(() => child.kill());
  let errors = '';
  child.stderr?.on('data', (text) => (errors += String(text)));
  return { child, address, errors: () => errors };
}

describe.skipIf(!isBuilt)('the virtual rig as a process (needs dist/, made by "npm run build")', () => {
  it('sends blocks without gaps, delivers a pulse, and is off after STOP', async () => {
    const { address } = startRig({});
    const reader = store.add(await connectReadingHalf(address, token));
    const writer = store.add(await connectWritingHalf(address, token));
    const keepAlive = store.add(await connectKeepAlive(address, token));
    const firstSamples: number[] = [];
    reader.onBlock(({ firstSample }) => firstSamples.push(firstSample));
    reader.start();
    await next(reader.onBlock, () => firstSamples.length === 200);
    expect(firstSamples.slice(0, 200)).toEqual(Array.from({ length: 200 }, (_, index) => index * 30));

    const session = freshSession(writer.status, Math.random);
    expect(await writer.enable(order(session, { leaseMilliseconds: 1000 }))).toMatchObject({
      isOutputOn: true,
      session,
    });
    const acknowledged = next(writer.onAcknowledgement);
    writer.pulse({ ...testPulse, sequence: 1, expiryNs: Number(process.hrtime.bigint()) + 1e9 });
    expect(await acknowledged).toMatchObject({ sequence: 1, outcome: 'delivered' });
    const off = next(writer.onStatus, ({ isOutputOn }) => !isOutputOn);
    keepAlive.stop(session);
    expect(await off).toMatchObject({ burnedSession: session, deliveredPulses: 1 });
  });

  it('lets its output lapse without a renewal', async () => {
    const { address } = startRig({});
    const writer = store.add(await connectWritingHalf(address, token));
    await writer.enable(order(1, { leaseMilliseconds: 50 }));
    expect(await next(writer.onStatus, ({ isOutputOn }) => !isOutputOn)).toMatchObject({
      session: 1,
      burnedSession: 1,
    });
  });

  it('H38: notes in its journal what its output did, and that its lease ran out, when its client says nothing any more', async () => {
    const outputJournal = join(temporaryFolder(store), 'output.jsonl');
    const { address } = startRig({ outputJournal });
    const writer = store.add(await connectWritingHalf(address, token));
    const off = next(writer.onStatus, ({ burnedSession }) => burnedSession === 1);
    await writer.enable(order(1, { leaseMilliseconds: 500 }));
    const acknowledged = next(writer.onAcknowledgement);
    writer.pulse({ ...testPulse, sequence: 1, expiryNs: Number(process.hrtime.bigint()) + 400e6 });
    const { startMicroseconds } = await acknowledged;
    await off;
    const lines = readFileSync(outputJournal, 'utf8').trimEnd().split('\n');
    const [enabled, pulse, lapsed, judgement] = lines.map((line) => JSON.parse(line) as OutputLine);
    expect(enabled).toMatchObject({ kind: 'enabled', session: 1, isDry: false });
    expect(pulse).toMatchObject({ kind: 'pulse', session: 1, sequence: 1, at: startMicroseconds });
    if (enabled?.kind !== 'enabled' || lapsed?.kind !== 'lapsed') throw new Error('the output did not lapse');
    expect(lapsed.leaseExpiry).toBe(enabled.leaseExpiry);
    expect(lapsed.at).toBeGreaterThanOrEqual(enabled.leaseExpiry);
    expect(judgement).toMatchObject({ kind: 'judgement', pulses: 1, pulsesPastLease: 0, unbalancedPulses: 0 });
  });

  it('S17: with its output on ends only when it is off, although whoever started it has let go of it', async () => {
    const outputJournal = join(temporaryFolder(store), 'output.jsonl');
    const { address, child } = startRig({ outputJournal });
    const writer = store.add(await connectWritingHalf(address, token));
    await writer.enable(order(1, { leaseMilliseconds: 50 }));
    const exit = once(child, 'exit');
    child.disconnect();
    expect(await exit).toEqual([0, null]);
    expect(readFileSync(outputJournal, 'utf8')).toContain('"kind":"lapsed"');
  });

  it('sends the same samples as the device inside this process', async () => {
    const { address } = startRig({ pacing: 'stepped' });
    const reader = store.add(await connectReadingHalf(address, token));
    const samples: number[] = [];
    reader.onBlock((block) => samples.push(...block.samples));
    reader.start();
    reader.requestBlocks(100);
    await next(reader.onBlock, ({ firstSample }) => firstSample === 99 * 30);
    const inside = store.add(await startBench({ pacing: 'stepped' }));
    await inside.start();
    await inside.step(100);
    expect(samples).toEqual(inside.blocks.flatMap((block) => [...block.samples]));
  });

  it('ends when its parent lets go of it, and its clients hear of it', async () => {
    const { address, child } = startRig({});
    const reader = store.add(await connectReadingHalf(address, token));
    const closed = next(reader.onClosed);
    const exit = once(child, 'exit');
    child.disconnect();
    expect(await exit).toEqual([0, null]);
    expect(await closed).toMatchObject({ reason: 'disconnected' });
  });

  it('is heard to end when it is killed', async () => {
    const { address, child } = startRig({});
    const writer = store.add(await connectWritingHalf(address, token));
    const closed = next(writer.onClosed);
    child.kill('SIGKILL');
    expect(await closed).toMatchObject({ reason: 'disconnected' });
  });

  it('ends with the reason when it cannot play the recording', async () => {
    const { child, errors } = startRig({ source: { kind: 'replay', recording: 'recording.json' } });
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(errors()).toContain('a replay needs a recording');
  });
});
