import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../common/base/disposable.ts';
import type { VirtualRigRequest } from '../../common/device-protocol/virtual-rig-options.ts';
import { connectWritingHalf } from '../../main/rig/hardware/writing-half.ts';
import { deviceMicrosecondsAt, next, order, startBench, token } from './device-bench.ts';

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

const start = async (request: Partial<VirtualRigRequest> = {}, startNs?: number) =>
  store.add(await startBench(request, startNs));

describe('the output of a device', () => {
  it('turns itself off when its lease is not renewed, and burns the session', async () => {
    const device = await start();
    const session = await device.enable(100);
    expect(device.writer.status).toMatchObject({ isOutputOn: true, session, leaseRemainingMicroseconds: 100_000 });
    device.pass(99);
    expect(await device.pulse()).toMatchObject({ outcome: 'delivered' });
    const off = next(device.keepAlive.onStatus, ({ isOutputOn }) => !isOutputOn);
    device.pass(1);
    expect(await off).toMatchObject({
      deviceMicroseconds: deviceMicrosecondsAt(5.1e9),
      burnedSession: session,
      leaseRemainingMicroseconds: 0,
    });
    expect(await device.pulse()).toMatchObject({ outcome: 'output-off' });
    const refused = next(device.writer.onStatus, ({ enableOutcome }) => enableOutcome === 'session-burned');
    device.keepAlive.renew(session);
    void device.writer.enable(order(session));
    expect(await refused).toMatchObject({ isOutputOn: false });
  });

  it('stays on as long as its lease is renewed, and not by the renewal of another session', async () => {
    const device = await start();
    const session = await device.enable(100);
    for (let renewal = 0; renewal < 10; renewal++) {
      device.pass(60);
      // Less what the clocks may have drifted apart since the newest status.
      const renewed = next(device.keepAlive.onStatus, (status) => status.leaseRemainingMicroseconds > 99_900);
      device.keepAlive.renew(session);
      expect(await renewed).toMatchObject({ isOutputOn: true, session });
    }
    device.keepAlive.renew(session + 1);
    const off = next(device.keepAlive.onStatus, ({ isOutputOn }) => !isOutputOn);
    device.pass(100);
    expect(await off).toMatchObject({ burnedSession: session });
  });

  it('is reported every 20 ms when nothing changes', async () => {
    const device = await start();
    const times: number[] = [];
    device.keepAlive.onStatus(({ deviceMicroseconds }) => times.push(deviceMicroseconds));
    device.pass(100);
    await next(
      device.keepAlive.onStatus,
      ({ deviceMicroseconds }) => deviceMicroseconds === deviceMicrosecondsAt(5.1e9),
    );
    expect(times.length).toBeGreaterThan(4);
    expect(new Set(times.slice(1).map((time, index) => time - (times[index] ?? 0)))).toEqual(new Set([20_000]));
  });

  it('is not enabled for longer than the device allows, nor by a command that comes too late', async () => {
    const device = await start();
    expect(await device.writer.enable(order(10, { leaseMilliseconds: 1001 }))).toMatchObject({
      isOutputOn: false,
      enableOutcome: 'lease-too-long',
    });
    expect(await device.writer.enable(order(10, { leaseMilliseconds: 0 }))).toMatchObject({
      isOutputOn: false,
      enableOutcome: 'expired',
    });
    expect(await device.writer.enable(order(10, { leaseMilliseconds: 1000 }))).toMatchObject({
      isOutputOn: true,
      session: 10,
      enableOutcome: 'delivered',
    });
  });

  it('is off after STOP from any connection; late commands of the stopped session do nothing', async () => {
    const device = await start();
    for (const half of [device.writer, device.keepAlive]) {
      const session = await device.enable();
      const off = next(device.writer.onStatus, ({ isOutputOn }) => !isOutputOn);
      half.stop();
      expect(await off).toMatchObject({ session, burnedSession: session });
      expect(await device.pulse()).toMatchObject({ outcome: 'output-off' });
      const refused = next(device.writer.onStatus, ({ enableOutcome }) => enableOutcome === 'session-burned');
      void device.writer.enable(order(session));
      expect(await refused).toMatchObject({ isOutputOn: false });
    }
  });

  it('cannot be enabled for a session that was stopped before it began', async () => {
    const device = await start();
    const burned = next(device.writer.onStatus, ({ burnedSession }) => burnedSession === 1000);
    device.keepAlive.stop(1000);
    await burned;
    expect(await device.writer.enable(order(1000))).toMatchObject({
      isOutputOn: false,
      enableOutcome: 'session-burned',
    });
    expect(await device.writer.enable(order(999))).toMatchObject({
      isOutputOn: false,
      enableOutcome: 'session-burned',
    });
    expect(await device.writer.enable(order(1001))).toMatchObject({ isOutputOn: true, burnedSession: 1000 });
  });

  it('goes off when the connection for control ends', async () => {
    const device = await start();
    const session = await device.enable();
    const off = next(device.keepAlive.onStatus, ({ isOutputOn }) => !isOutputOn);
    device.writer.dispose();
    expect(await off).toMatchObject({ burnedSession: session });
    const again = store.add(await connectWritingHalf(device.address, token, { clock: device.clock }));
    expect(again.status).toMatchObject({ isOutputOn: false, burnedSession: session });
  });

  it('is off when the device starts, and the device tells one start from another', async () => {
    const device = await start();
    const off = { session: 0, burnedSession: 0, isOutputOn: false, deliveredPulses: 0 };
    expect(device.writer.status).toMatchObject({ ...off, bootNumber: device.reader.identity.bootNumber });
    const restarted = await start({}, 6e9);
    expect(restarted.writer.status).toMatchObject(off);
    expect(restarted.writer.status.bootNumber).not.toBe(device.writer.status.bootNumber);
  });
});
