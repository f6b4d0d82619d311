import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../common/base/disposable.ts';
import { deviceIdentitySchema } from '../../common/device-protocol/device-identity.ts';
import type { VirtualRigRequest } from '../../common/device-protocol/virtual-rig-options.ts';
import { type Bench, next, startBench, temporaryFolder, testPulse, tissue, writeRecording } from './device-bench.ts';

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

const inRealTime = async (request: Partial<VirtualRigRequest> = {}) => store.add(await startBench(request));

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

  it('H84: with the relay open leaves no trace in any sample: neither artefact nor spikes', async () => {
    const record = async (pulse: 'none' | 'dry' | 'wet') => {
      const device = await stepped();
      await device.enable(1000, pulse === 'dry');
      if (pulse !== 'none') expect(await device.pulse()).toMatchObject({ outcome: 'delivered' });
      await device.step(40);
      return allSamples(device);
    };
    const undisturbed = await record('none');
    expect(await record('dry')).toEqual(undisturbed);
    expect(await record('wet')).not.toEqual(undisturbed);
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
