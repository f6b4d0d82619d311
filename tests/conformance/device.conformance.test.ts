import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../common/base/disposable.ts';
import { deviceIdentitySchema } from '../../common/device-protocol/device-identity.ts';
import type { VirtualRigRequest } from '../../common/device-protocol/virtual-rig-options.ts';
import { connectWritingHalf } from '../../main/rig/hardware/writing-half.ts';
import {
  type Bench,
  next,
  startBench,
  temporaryFolder,
  testPulse,
  tissue,
  token,
  writeRecording,
} from './device-bench.ts';

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

const inRealTime = async (request: Partial<VirtualRigRequest> = {}, startNs?: number) =>
  store.add(await startBench(request, startNs));

async function stepped(request: Partial<VirtualRigRequest> = {}): Promise<Bench> {
  const device = await inRealTime({ pacing: 'stepped', ...request });
  await device.start();
  return device;
}

/** A device that plays a recording of so many samples in blocks of ten. */
async function replay(sampleCount: number, loop: boolean, request: Partial<VirtualRigRequest> = {}) {
  const { samples, recording } = writeRecording(temporaryFolder(store), sampleCount);
  const device = await stepped({
    source: { kind: 'replay', recording: 'recording.json', loop },
    recording,
    ...request,
  });
  return { samples, device };
}

const allSamples = ({ blocks }: Bench) => blocks.flatMap(({ samples }) => [...samples]);

describe('blocks', () => {
  it('come from a device that says what it is, the same on each connection', async () => {
    const device = await inRealTime();
    const { identity } = device.reader;
    expect(deviceIdentitySchema.parse(identity)).toEqual(identity);
    expect(identity).toMatchObject({ kind: 'virtual', channels: 16, sampleRateHz: 30_000, samplesPerBlock: 30 });
    expect(device.writer.identity).toEqual(identity);
    expect(device.keepAlive.identity).toEqual(identity);
  });

  it('follow each other without gaps, each dated when its newest sample was acquired', async () => {
    const device = await inRealTime();
    device.pass(10);
    await device.start();
    const startNs = device.clock.nowNs();
    device.pass(20);
    await device.received(20);
    device.blocks.forEach((block, index) => {
      expect(block).toMatchObject({ firstSample: index * 30, sampleCount: 30, channels: 16 });
      expect(block.samples).toHaveLength(480);
      expect(block.acquiredNs).toBe(startNs + (index + 1) * 1e6);
    });
    expect(device.blocks).toHaveLength(20);
  });

  it('that could not be sent in time are sent later with the time of their acquisition', async () => {
    const device = await inRealTime();
    await device.start();
    const startNs = device.clock.nowNs();
    device.clock.advanceMilliseconds(50);
    device.pump();
    await device.received(50);
    expect(device.blocks.map(({ acquiredNs }) => acquiredNs)).toEqual(
      Array.from({ length: 50 }, (_, index) => startNs + (index + 1) * 1e6),
    );
  });

  it('come one for each request when the device is stepped, however time passes', async () => {
    const device = await stepped();
    device.pass(30);
    await device.step(3);
    device.pass(30);
    await device.step(2);
    expect(device.blocks.map(({ firstSample }) => firstSample)).toEqual([0, 30, 60, 90, 120]);
  });

  it('of a recording equal it sample for sample, over the seam of the loop as well', async () => {
    const { samples, device } = await replay(25, true);
    await device.step(8);
    const expected = Array.from({ length: 80 * 4 }, (_, at) => samples[at % samples.length]);
    expect(allSamples(device)).toEqual(expected);
    expect(device.reader.identity).toMatchObject({
      kind: 'replay',
      channels: 4,
      sampleRateHz: 10_000,
      microvoltsPerBit: 0.5,
    });
  });

  it('end with the recording when it is not looped, and the device says so', async () => {
    const { samples, device } = await replay(25, false);
    const closed = next(device.reader.onClosed);
    device.reader.requestBlocks(10);
    expect(await closed).toMatchObject({ reason: 'recording-ended', message: expect.stringContaining('0.003 s') });
    expect(device.blocks.map(({ sampleCount }) => sampleCount)).toEqual([10, 10, 5]);
    expect(allSamples(device)).toEqual([...samples]);
  });

  it('are the same for the same seed and the same pulses, stepped or in real time', async () => {
    const record = async (device: Bench, go: (blocks: number) => Promise<void>) => {
      await device.enable(1000);
      await go(3);
      const first = await device.pulse();
      await go(20);
      await device.pulse({ electrode: 6 });
      await go(20);
      return { first: first.sampleIndex, samples: allSamples(device) };
    };
    const slow = await inRealTime({ seed: 11 });
    await slow.start();
    const fast = await stepped({ seed: 11 });
    const other = await stepped({ seed: 12 });
    const inTime = await record(slow, (blocks) => {
      slow.pass(blocks);
      return slow.received(slow.blocks.length + blocks);
    });
    expect(await record(fast, (blocks) => fast.step(blocks))).toEqual(inTime);
    expect(await record(other, (blocks) => other.step(blocks))).not.toEqual(inTime);
  });
});

describe('a pulse', () => {
  it('is acknowledged with the start of the next block, where its artefact begins and then decays', async () => {
    const device = await stepped({ source: { ...tissue, unitsPerElectrode: 0, artefactMicrovolts: 800 } });
    await device.step(4);
    await device.enable();
    const acknowledgement = await device.pulse({ sequence: 17 });
    expect(acknowledgement).toMatchObject({
      sequence: 17,
      outcome: 'delivered',
      sampleIndex: 150,
      electrode: 5,
      amplitudeNanoamps: 10_000,
    });
    await device.step(12);
    const microvolts = (sample: number, channel: number) =>
      (allSamples(device)[sample * 16 + channel] ?? 0) * device.reader.identity.microvoltsPerBit;
    const largest = (from: number, until: number, channel: number) =>
      Math.max(...Array.from({ length: until - from }, (_, offset) => Math.abs(microvolts(from + offset, channel))));
    expect(largest(0, 150, 5)).toBeLessThan(40);
    expect(microvolts(150, 5)).toBeLessThan(-3000);
    expect(largest(150, 180, 5)).toBeGreaterThan(4 * largest(150, 180, 6));
    expect(largest(150, 180, 6)).toBeGreaterThan(100);
    expect(largest(450, 480, 5)).toBeLessThan(40);
  });

  it('saturates the converter when its artefact is too large for it', async () => {
    const device = await stepped({ source: { ...tissue, artefactMicrovolts: 6000 } });
    await device.enable();
    await device.pulse();
    await device.step(4);
    expect(Math.min(...allSamples(device))).toBe(-32_768);
    expect(Math.max(...allSamples(device))).toBe(32_767);
  });

  it('makes the neurons around its electrode fire; without it they do not', async () => {
    const source = { ...tissue, spontaneousRateHz: 0, artefactMicrovolts: 0, noiseMicrovolts: 1 };
    const spikesOn = (device: Bench, electrode: number) =>
      device.blocks
        .flatMap(({ samples, firstSample }) =>
          Array.from({ length: 30 }, (_, row) => ({
            at: firstSample + row,
            value: samples[row * 16 + electrode] ?? 0,
          })),
        )
        .filter(({ value }) => value * device.reader.identity.microvoltsPerBit < -35);
    const stimulated = await stepped({ source });
    const control = await stepped({ source });
    for (const device of [stimulated, control]) {
      await device.enable(1000);
      for (let round = 0; round < 10; round++) {
        if (device === stimulated) await device.pulse();
        await device.step(20);
      }
    }
    const evoked = spikesOn(stimulated, 5);
    const rounds = new Set(evoked.map(({ at }) => Math.floor((at - 30) / 600)));
    expect([...rounds].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const { at } of evoked) expect((at - 30) % 600).toBeGreaterThanOrEqual(90);
    expect(spikesOn(stimulated, 6).length).toBeGreaterThan(0);
    expect(spikesOn(control, 5)).toEqual([]);
    expect(spikesOn(control, 6)).toEqual([]);
  });

  it('over a limit of the device is refused with the limit that it breaks', async () => {
    const device = await stepped();
    await device.enable();
    const outcome = async (command: Parameters<Bench['pulse']>[0]) => (await device.pulse(command)).outcome;
    expect(await outcome({ electrode: 16 })).toBe('no-such-electrode');
    expect(await outcome({ amplitudeNanoamps: 100_001, phaseMicroseconds: 100 })).toBe('amplitude');
    expect(await outcome({ amplitudeNanoamps: 0 })).toBe('amplitude');
    expect(await outcome({ amplitudeNanoamps: 100_000, phaseMicroseconds: 201 })).toBe('charge');
    expect(await outcome({ phaseMicroseconds: 1001, amplitudeNanoamps: 1000 })).toBe('phase');
    expect(await outcome({ phaseMicroseconds: 0 })).toBe('phase');
    expect(await outcome({ interphaseMicroseconds: 101 })).toBe('interphase');
    expect(await outcome({ amplitudeNanoamps: 100_000, phaseMicroseconds: 200, interphaseMicroseconds: 100 })).toBe(
      'delivered',
    );
    expect(device.writer.status).toMatchObject({ isOutputOn: true });
  });

  it('on an electrode that is not free, or too soon after the one before, is refused', async () => {
    const device = await stepped();
    await device.enable();
    const outcome = async (command: Parameters<Bench['pulse']>[0] = {}) => (await device.pulse(command)).outcome;
    const long = { amplitudeNanoamps: 1000, phaseMicroseconds: 1000, interphaseMicroseconds: 100 };
    expect(await outcome(long)).toBe('delivered');
    expect(await outcome()).toBe('busy');
    expect(await outcome({ electrode: 6 })).toBe('delivered');
    await device.step(1);
    expect(await outcome({ electrode: 6 })).toBe('rate');
    await device.step(1);
    expect(await outcome({ electrode: 6 })).toBe('delivered');
    expect(await outcome()).toBe('busy');
    await device.step(1);
    expect(await outcome()).toBe('delivered');
  });

  it('is refused when its number was used, its time is over, or nothing is enabled', async () => {
    const device = await stepped();
    expect(await device.pulse()).toMatchObject({ outcome: 'output-off', sampleIndex: -1 });
    await device.enable();
    expect(await device.pulse({ sequence: 5 })).toMatchObject({ outcome: 'delivered' });
    expect(await device.pulse({ sequence: 5, electrode: 1 })).toMatchObject({ outcome: 'replayed', electrode: 1 });
    expect(await device.pulse({ sequence: 4, electrode: 1 })).toMatchObject({ outcome: 'replayed' });
    expect(await device.pulse({ sequence: 6, electrode: 1, expiryNs: device.clock.nowNs() - 1000 })).toMatchObject({
      outcome: 'expired',
    });
    expect(await device.pulse({ sequence: 7, electrode: 1 })).toMatchObject({ outcome: 'delivered' });
  });

  it('beyond eight unacknowledged ones is not sent', async () => {
    const device = await stepped({ faults: [{ fault: 'no-acknowledgement', pulses: 8 }] });
    await device.enable();
    const expiryNs = device.clock.nowNs() + 20e6;
    for (let sequence = 1; sequence <= 8; sequence++)
      device.writer.pulse({ ...testPulse, sequence, electrode: sequence, expiryNs });
    expect(await device.pulse({ sequence: 9 })).toMatchObject({
      sequence: 9,
      outcome: 'too-many-unacknowledged',
      sampleIndex: -1,
    });
    const counted = next(device.writer.onStatus, ({ deliveredPulses }) => deliveredPulses === 8);
    device.writer.stop();
    await counted;
  });
});

describe('the output', () => {
  it('turns itself off when its lease is not renewed, and burns the session', async () => {
    const device = await inRealTime();
    const session = await device.enable(100);
    expect(device.writer.status).toMatchObject({ isOutputOn: true, session, leaseRemainingMicroseconds: 100_000 });
    device.pass(99);
    expect(await device.pulse()).toMatchObject({ outcome: 'delivered' });
    const off = next(device.keepAlive.onStatus, ({ isOutputOn }) => !isOutputOn);
    device.pass(1);
    expect(await off).toMatchObject({
      deviceMicroseconds: 5_100_000,
      burnedSession: session,
      leaseRemainingMicroseconds: 0,
    });
    expect(await device.pulse()).toMatchObject({ outcome: 'output-off' });
    const refused = next(device.writer.onStatus, ({ enableOutcome }) => enableOutcome === 'session-burned');
    device.keepAlive.renew(session);
    void device.writer.enable(session, 100);
    expect(await refused).toMatchObject({ isOutputOn: false });
  });

  it('stays on as long as its lease is renewed, and not by the renewal of another session', async () => {
    const device = await inRealTime();
    const session = await device.enable(100);
    for (let renewal = 0; renewal < 10; renewal++) {
      device.pass(60);
      const renewed = next(device.keepAlive.onStatus, (status) => status.leaseRemainingMicroseconds === 100_000);
      device.keepAlive.renew(session);
      expect(await renewed).toMatchObject({ isOutputOn: true, session });
    }
    device.keepAlive.renew(session + 1);
    const off = next(device.keepAlive.onStatus, ({ isOutputOn }) => !isOutputOn);
    device.pass(100);
    expect(await off).toMatchObject({ burnedSession: session });
  });

  it('is reported every 20 ms when nothing changes', async () => {
    const device = await inRealTime();
    const times: number[] = [];
    device.keepAlive.onStatus(({ deviceMicroseconds }) => times.push(deviceMicroseconds));
    device.pass(100);
    await next(device.keepAlive.onStatus, ({ deviceMicroseconds }) => deviceMicroseconds === 5_100_000);
    expect(times.length).toBeGreaterThan(4);
    expect(new Set(times.slice(1).map((time, index) => time - (times[index] ?? 0)))).toEqual(new Set([20_000]));
  });

  it('is not enabled for longer than the device allows, nor by a command that comes too late', async () => {
    const device = await inRealTime();
    expect(await device.writer.enable(10, 1001)).toMatchObject({ isOutputOn: false, enableOutcome: 'lease-too-long' });
    expect(await device.writer.enable(10, 0)).toMatchObject({ isOutputOn: false, enableOutcome: 'expired' });
    expect(await device.writer.enable(10, 1000)).toMatchObject({
      isOutputOn: true,
      session: 10,
      enableOutcome: 'delivered',
    });
  });

  it('is off after STOP from any connection; late commands of the stopped session do nothing', async () => {
    const device = await stepped();
    for (const half of [device.writer, device.keepAlive]) {
      const session = await device.enable();
      const off = next(device.writer.onStatus, ({ isOutputOn }) => !isOutputOn);
      half.stop();
      expect(await off).toMatchObject({ session, burnedSession: session });
      expect(await device.pulse()).toMatchObject({ outcome: 'output-off' });
      const refused = next(device.writer.onStatus, ({ enableOutcome }) => enableOutcome === 'session-burned');
      void device.writer.enable(session, 100);
      expect(await refused).toMatchObject({ isOutputOn: false });
    }
  });

  it('cannot be enabled for a session that was stopped before it began', async () => {
    const device = await inRealTime();
    const burned = next(device.writer.onStatus, ({ burnedSession }) => burnedSession === 1000);
    device.keepAlive.stop(1000);
    await burned;
    expect(await device.writer.enable(1000, 100)).toMatchObject({ isOutputOn: false, enableOutcome: 'session-burned' });
    expect(await device.writer.enable(999, 100)).toMatchObject({ isOutputOn: false, enableOutcome: 'session-burned' });
    expect(await device.writer.enable(1001, 100)).toMatchObject({ isOutputOn: true, burnedSession: 1000 });
  });

  it('goes off when the connection for control ends', async () => {
    const device = await inRealTime();
    const session = await device.enable();
    const off = next(device.keepAlive.onStatus, ({ isOutputOn }) => !isOutputOn);
    device.writer.dispose();
    expect(await off).toMatchObject({ burnedSession: session });
    const again = store.add(await connectWritingHalf(device.address, token, { clock: device.clock }));
    expect(again.status).toMatchObject({ isOutputOn: false, burnedSession: session });
  });

  it('is off when the device starts, and the device tells one start from another', async () => {
    const device = await inRealTime();
    const off = { session: 0, burnedSession: 0, isOutputOn: false, deliveredPulses: 0 };
    expect(device.writer.status).toMatchObject({ ...off, bootNumber: device.reader.identity.bootNumber });
    const restarted = await inRealTime({}, 6e9);
    expect(restarted.writer.status).toMatchObject(off);
    expect(restarted.writer.status.bootNumber).not.toBe(device.writer.status.bootNumber);
  });
});
