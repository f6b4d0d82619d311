import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../common/base/disposable.ts';
import type { VirtualFaultRequest } from '../../common/device-protocol/virtual-fault.ts';
import type { VirtualRigRequest } from '../../common/device-protocol/virtual-rig-options.ts';
import { connectReadingHalf } from '../../main/rig/hardware/reading-half.ts';
import { type Bench, deviceMicrosecondsAt, next, order, startBench, token } from './device-bench.ts';

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

/** Injects a fault and returns when the device has taken it. */
async function inject(device: Bench, fault: VirtualFaultRequest): Promise<void> {
  device.writer.injectFault(fault);
  const answered = next(device.writer.onStatus, ({ enableSession }) => enableSession === 1);
  void device.writer.enable(order(1, { leaseMilliseconds: 0 }));
  await answered;
}

const firstSamples = ({ blocks }: Bench) => blocks.map(({ firstSample }) => firstSample);

describe('a requested fault', () => {
  it('lost samples: so many blocks are missing and the sample index jumps over them', async () => {
    const device = await stepped({ faults: [{ fault: 'lost-samples', blocks: 3, atSample: 60 }] });
    await device.step(4);
    expect(firstSamples(device)).toEqual([0, 30, 150, 180]);
    const whole = await stepped();
    await whole.step(7);
    expect(device.blocks[2]?.samples).toEqual(whole.blocks[5]?.samples);
  });

  it('lost samples: in real time the blocks after them come when they are due', async () => {
    const device = await inRealTime();
    await device.start();
    const startNs = device.clock.nowNs();
    await inject(device, { fault: 'lost-samples', blocks: 5 });
    device.pass(7);
    await device.received(2);
    expect(device.blocks.map(({ acquiredNs }) => acquiredNs - startNs)).toEqual([6e6, 7e6]);
  });

  it('stall: no blocks for its time, then all of them at once', async () => {
    const device = await inRealTime({ faults: [{ fault: 'stall', milliseconds: 40, atSample: 300 }] });
    await device.start();
    device.pass(49);
    const stalled = next(device.writer.onStatus, ({ enableSession }) => enableSession === 1);
    void device.writer.enable(order(1, { leaseMilliseconds: 0 }));
    expect(await stalled).toMatchObject({ acquiredSamples: 300 });
    device.pass(1);
    await device.received(50);
    expect(firstSamples(device)).toEqual(Array.from({ length: 50 }, (_, index) => index * 30));
  });

  it('freeze: every electrode repeats its last value, then goes on', async () => {
    const device = await stepped({ faults: [{ fault: 'freeze', blocks: 2, atSample: 90 }] });
    await device.step(6);
    const last = device.blocks[2]?.samples.slice(-16) ?? [];
    const repeated = Array.from({ length: 30 }, () => [...last]).flat();
    expect([...(device.blocks[3]?.samples ?? [])]).toEqual(repeated);
    expect([...(device.blocks[4]?.samples ?? [])]).toEqual(repeated);
    expect([...(device.blocks[5]?.samples ?? [])]).not.toEqual(repeated);
    expect(firstSamples(device)).toEqual([0, 30, 60, 90, 120, 150]);
  });

  it('unplug: all connections end and nobody can connect any more', async () => {
    const device = await inRealTime();
    const ends = [device.reader, device.writer, device.keepAlive].map(({ onClosed }) => next(onClosed));
    device.writer.injectFault({ fault: 'unplug' });
    for (const end of ends) expect(await end).toMatchObject({ reason: 'disconnected' });
    await expect(connectReadingHalf(device.address, token, { timeoutMilliseconds: 0 })).rejects.toThrow();
    await expect(device.writer.enable(order(1))).rejects.toThrow('not connected');
    expect(await device.pulse()).toMatchObject({ outcome: 'disconnected', sampleIndex: -1 });
  });

  it('wrong acknowledgement: the answer names another sequence number, or another amplitude, once', async () => {
    const device = await stepped();
    await device.enable();
    device.writer.injectFault({ fault: 'wrong-acknowledgement', field: 'sequence' });
    device.writer.injectFault({ fault: 'wrong-acknowledgement', field: 'amplitude' });
    expect(await device.pulse({ sequence: 1, electrode: 1 })).toMatchObject({ sequence: 2, amplitudeNanoamps: 10_000 });
    expect(await device.pulse({ sequence: 2, electrode: 2 })).toMatchObject({ sequence: 2, amplitudeNanoamps: 11_000 });
    expect(await device.pulse({ sequence: 3, electrode: 3 })).toMatchObject({ sequence: 3, amplitudeNanoamps: 10_000 });
    expect(device.writer.status.isOutputOn).toBe(true);
  });

  it('no acknowledgement: the pulse is delivered and never answered', async () => {
    const device = await stepped();
    await device.enable();
    device.writer.injectFault({ fault: 'no-acknowledgement', pulses: 2 });
    const answer = next(device.writer.onAcknowledgement);
    for (let electrode = 1; electrode <= 3; electrode++) void device.pulse({ electrode });
    expect(await answer).toMatchObject({ sequence: 3, electrode: 3, outcome: 'delivered' });
    const stopped = next(device.writer.onStatus, ({ isOutputOn }) => !isOutputOn);
    device.writer.stop();
    expect(await stopped).toMatchObject({ deliveredPulses: 3 });
  });

  it('refuse: the pulse is not delivered and the answer says so', async () => {
    const device = await stepped();
    await device.enable();
    device.writer.injectFault({ fault: 'refuse' });
    expect(await device.pulse()).toMatchObject({ outcome: 'refused-on-request', sampleIndex: -1 });
    expect(await device.pulse()).toMatchObject({ outcome: 'delivered' });
  });

  it('slow acknowledgement: the answer comes so much later, after that of a pulse sent meanwhile', async () => {
    const device = await inRealTime();
    await device.enable(1000);
    const sequences: number[] = [];
    device.writer.onAcknowledgement(({ sequence }) => sequences.push(sequence));
    device.writer.injectFault({ fault: 'slow-acknowledgement', milliseconds: 30 });
    void device.pulse({ sequence: 1, electrode: 1 });
    const second = next(device.writer.onAcknowledgement);
    void device.pulse({ sequence: 2, electrode: 2 });
    await second;
    device.pass(29);
    await next(device.writer.onStatus, ({ deviceMicroseconds }) => deviceMicroseconds >= deviceMicrosecondsAt(5.02e9));
    expect(sequences).toEqual([2]);
    const first = next(device.writer.onAcknowledgement);
    device.pass(1);
    expect(await first).toMatchObject({ sequence: 1, outcome: 'delivered' });
  });

  it('does not keep the output on beyond its lease, whichever it is', async () => {
    const faults: VirtualFaultRequest[] = [
      { fault: 'stall', milliseconds: 1000 },
      { fault: 'freeze', blocks: 100 },
      { fault: 'lost-samples', blocks: 100 },
      { fault: 'slow-acknowledgement', milliseconds: 1000 },
    ];
    for (const fault of faults) {
      const device = await inRealTime({ faults: [fault] });
      await device.start();
      await device.enable(50);
      const off = next(device.keepAlive.onStatus, ({ isOutputOn }) => !isOutputOn);
      device.pass(50);
      expect(await off, fault.fault).toMatchObject({ deviceMicroseconds: deviceMicrosecondsAt(5.05e9) });
    }
  });
});
