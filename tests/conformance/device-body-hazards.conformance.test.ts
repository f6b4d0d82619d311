// What goes wrong inside a device, and how its clients see it; the output goes off by itself where they cannot.
import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../common/base/disposable.ts';
import { virtualLimits } from '../../main/virtual-rig/stimulator-limits.ts';
import { deviceMicrosecondsAt, next, order, testPulse } from './device-bench.ts';
import { settled, startWiredBench, type WiredBench } from './device-wire.ts';

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

const start = async () => store.add(await startWiredBench());

/** Its electrodes are free again some time after a pulse: times between pulses are judged by the stream's time. */
async function startAcquiring(): Promise<WiredBench> {
  const device = await start();
  device.device.start();
  return device;
}

/** A pulse of 2 nC on electrode 5, of which so many thousandths stay. @returns its residual voltage */
async function residualBefore(device: WiredBench, permille: number): Promise<number | undefined> {
  if (permille !== 0) await device.inject({ fault: 'imbalance', permille });
  const answer = await device.pulse({ electrode: 5 });
  expect(answer).toMatchObject({ outcome: 'delivered', secondFemtocoulombs: 2000 * (1000 + permille) });
  return answer?.residualMillivolts;
}

describe('a device in which something is wrong', () => {
  it('H01: measures the current of an output that is stuck on, whatever it was told', async () => {
    const device = await start();
    await device.inject({ fault: 'stuck-output', nanoamps: -2500, milliseconds: 100 });
    expect(device.writer.status).toMatchObject({ isOutputOn: false, outputNanoamps: -2500 });
    await device.pass(120);
    expect(device.writer.status).toMatchObject({ isOutputOn: false, outputNanoamps: 0 });
  });

  it('H01: measures the current of a pulse while it lasts, and none between pulses', async () => {
    const device = await start();
    await device.enable({ leaseMilliseconds: 1000 });
    await device.pulse({ phaseMicroseconds: 1000, amplitudeNanoamps: 5000 });
    const currentAfter = async (milliseconds: number) => {
      device.clock.advanceMilliseconds(milliseconds);
      device.keepAlive.renew(device.writer.status.session);
      await settled();
      return device.keepAlive.newestPair && device.writer.status.outputNanoamps;
    };
    expect(await currentAfter(0.5)).toBe(-5000);
    expect(await currentAfter(1)).toBe(5000);
    expect(await currentAfter(1)).toBe(0);
  });

  it('H02: turns its output off by its hardware 100 ms after its firmware began to hang, although nothing is read', async () => {
    const device = await start();
    const session = await device.enable({ leaseMilliseconds: 1000 });
    const from = deviceMicrosecondsAt(device.clock.nowNs());
    await device.inject({ fault: 'firmware-hang', milliseconds: 300 });
    const silentSince = device.writer.status.deviceMicroseconds;
    device.writer.stop();
    await device.pass(99);
    expect(device.device.isOutputOn).toBe(true);
    await device.pass(1);
    expect(device.device.isOutputOn).toBe(false);
    expect(device.events.at(-1)).toEqual({
      kind: 'stopped',
      at: from + 100_000,
      session: 0,
      by: 'the hardware watchdog',
    });
    expect(device.writer.status.deviceMicroseconds).toBe(silentSince);
    await device.pass(220);
    expect(device.writer.status).toMatchObject({ isOutputOn: false, burnedSession: session });
    // The STOP that waited meanwhile is obeyed too.
    expect(device.events.at(-1)).toMatchObject({ kind: 'stopped', by: 'the connection for control' });
  });

  it('H02: executes nothing that waited while it hung for longer than it was valid', async () => {
    const device = await start();
    const session = await device.enable({ leaseMilliseconds: 1000 });
    await device.inject({ fault: 'firmware-hang', milliseconds: 90 });
    for (let electrode = 1; electrode <= 3; electrode++) await device.pulse({ electrode });
    expect(device.acknowledgements).toEqual([]);
    await device.pass(110);
    expect(device.acknowledgements.map(({ outcome }) => outcome)).toEqual(['expired', 'expired', 'expired']);
    expect(device.writer.status).toMatchObject({ isOutputOn: true, session });
  });

  it('H02: loses what does not fit its buffer while it hangs, and says so', async () => {
    const device = await start();
    await device.inject({ fault: 'firmware-hang', milliseconds: 50 });
    const closed = next(device.writer.onClosed);
    for (let injected = 0; injected < 20; injected++) device.control.inject(new Uint8Array(4000));
    await device.pass(60);
    expect(await closed).toMatchObject({ reason: 'protocol' });
  });

  it('H02: notices the end of its control connection when it goes on', async () => {
    const device = await start();
    await device.enable({ leaseMilliseconds: 1000 });
    await device.inject({ fault: 'firmware-hang', milliseconds: 90 });
    device.writer.dispose();
    await device.pass(80);
    expect(device.device.isOutputOn).toBe(true);
    await device.pass(10);
    expect(device.device.isOutputOn).toBe(false);
    expect(device.events.at(-1)).toMatchObject({ kind: 'stopped', by: 'the end of the connection for control' });
  });

  it('H03: is off after a restart, with another boot number, and has forgotten nothing that was burned', async () => {
    const device = await start();
    const session = await device.enable({ leaseMilliseconds: 1000 });
    await device.pulse({ electrode: 1 });
    const { bootNumber } = device.writer.status;
    await device.inject({ fault: 'reboot' });
    expect(device.writer.status).toMatchObject({
      bootNumber: bootNumber + 1,
      isOutputOn: false,
      session: 0,
      burnedSession: session,
      deliveredPulses: 0,
      deviceMicroseconds: 0,
    });
    expect(await device.pulse({ electrode: 2 })).toMatchObject({ outcome: 'output-off' });
    expect(await device.writer.enable(order(session))).toMatchObject({ enableOutcome: 'session-burned' });
    expect(await device.writer.selfTest()).toMatchObject({ bootNumber: bootNumber + 1 });
    await device.enable();
    expect(device.writer.status.isOutputOn).toBe(true);
    expect(device.judge.judgement).toMatchObject({ pulses: 1, pulsesPastLease: 0, pulsesOfBurnedSessions: 0 });
  });

  it('H03: is still in emergency stop after a restart', async () => {
    const device = await start();
    await device.inject({ fault: 'emergency-stop', isPressed: true });
    await device.inject({ fault: 'reboot' });
    expect(device.writer.status).toMatchObject({ isEmergencyStopPressed: true, isOutputOn: false });
    expect(await device.writer.enable(order(1))).toMatchObject({ enableOutcome: 'emergency-stop' });
  });

  it('H04: shows a wrong scale in the measured charge, while the echo is what was asked', async () => {
    const device = await start();
    await device.enable({ isDry: true });
    await device.inject({ fault: 'wrong-scale', permille: 1100 });
    expect(await device.pulse()).toMatchObject({
      amplitudeNanoamps: 10_000,
      firstFemtocoulombs: -2_200_000,
      secondFemtocoulombs: 2_200_000,
    });
    expect(await device.pulse({ electrode: 6 })).toMatchObject({ firstFemtocoulombs: -2_000_000 });
  });

  it('H05: reports the step of its converter', async () => {
    const device = await start();
    expect(await device.writer.selfTest()).toMatchObject({ amplitudeStepNanoamps: 100 });
    await device.inject({ fault: 'step-size', nanoamps: 10_000 });
    expect(await device.writer.selfTest()).toMatchObject({ amplitudeStepNanoamps: 10_000 });
  });

  it('H06: reports that it ran out of voltage, and for how many pulses', async () => {
    const device = await start();
    await device.enable();
    await device.inject({ fault: 'saturate', pulses: 2 });
    const saturated: unknown[] = [];
    for (let electrode = 1; electrode <= 3; electrode++) {
      const answer = await device.pulse({ electrode });
      saturated.push([answer?.isSaturated, answer?.peakMillivolts === virtualLimits.complianceMillivolts]);
    }
    expect(saturated).toEqual([
      [true, true],
      [true, true],
      [false, false],
    ]);
  });

  it('H08: measures an electrode that has broken, at the self-test and with each pulse', async () => {
    const device = await start();
    const before = await device.writer.selfTest();
    expect(before.impedancesOhms).toHaveLength(16);
    await device.inject({ fault: 'open-electrode', electrode: 5, ohms: 9_000_000 });
    const { impedancesOhms } = await device.writer.selfTest();
    expect(impedancesOhms).toEqual(before.impedancesOhms.with(5, 9_000_000));
    await device.enable();
    expect(await device.pulse({ electrode: 5 })).toMatchObject({ outcome: 'delivered', isSaturated: true });
    const intact = await device.pulse({ electrode: 6 });
    // 10 µA through the access resistance, and 2 nC on 10 nF.
    expect(intact).toMatchObject({
      isSaturated: false,
      peakMillivolts: Math.round((10_000 * impedancesOhms[6]!) / 1e6 + 200),
    });
    await device.inject({ fault: 'open-electrode', electrode: 99, ohms: 1 });
    device.writer.stop();
    await settled();
    expect((await device.writer.selfTest()).impedancesOhms).toEqual(impedancesOhms);
  });

  it('H09: measures and delivers a second phase that does not balance the first', async () => {
    const device = await start();
    await device.enable();
    await device.inject({ fault: 'imbalance', permille: -30, pulses: 2 });
    for (const electrode of [1, 2]) {
      expect(await device.pulse({ electrode })).toMatchObject({
        firstFemtocoulombs: -2_000_000,
        secondFemtocoulombs: 1_940_000,
      });
    }
    expect(device.judge.judgement).toMatchObject({ pulses: 2, unbalancedPulses: 2 });
  });

  it('H10: measures nothing before a pulse on an electrode whose pulses balance', async () => {
    const device = await startAcquiring();
    await device.enable({ leaseMilliseconds: 1000 });
    for (let pulse = 0; pulse < 5; pulse++) {
      expect(await residualBefore(device, 0)).toBe(0);
      await device.pass(2);
    }
  });

  it('H10: measures before a pulse what an unbalanced one left, which goes off while the electrode is shorted', async () => {
    const device = await startAcquiring();
    const { impedancesOhms } = await device.writer.selfTest();
    await device.enable({ leaseMilliseconds: 1000 });
    expect(await residualBefore(device, 500)).toBe(0);
    expect(await device.pulse({ electrode: 6 })).toMatchObject({ residualMillivolts: 0 });
    await device.pass(2);
    // 1 nC on 10 nF, shorted from the end of the pulse on.
    const tauMilliseconds = impedancesOhms[5]! * 1e-5;
    expect(await residualBefore(device, 0)).toBe(Math.round(100 * Math.exp(-(2 - 0.4) / tauMilliseconds)));
    await device.pass(10);
    expect(await residualBefore(device, 0)).toBe(0);
    expect(device.judge.judgement).toMatchObject({ pulses: 4, unbalancedPulses: 1 });
  });

  it('H10: measures the sum of what unbalanced pulses left, where it cannot go off between them', async () => {
    const device = await startAcquiring();
    await device.enable({ leaseMilliseconds: 1000 });
    await device.inject({ fault: 'open-electrode', electrode: 5, ohms: 3_000_000 });
    let left = 0;
    for (let pulse = 0; pulse < 20; pulse++) {
      expect(await residualBefore(device, -50)).toBe(Math.round(left) + 0);
      await device.pass(5);
      left = (left - 10) * Math.exp(-(5 - 0.4) / 30);
    }
    expect(left).toBeLessThan(-50);
    // Until now it has gone off through more than from now on.
    await device.inject({ fault: 'open-electrode', electrode: 5, ohms: 0 });
    expect(await residualBefore(device, 0)).toBe(Math.round(left));
    // The charge is the electrode’s: a restart of the device takes nothing away.
    await device.inject({ fault: 'reboot' });
    await device.enable();
    expect(await residualBefore(device, 0)).toBe(Math.round(left));
    await device.pass(2);
    expect(await residualBefore(device, 0)).toBe(0);
  });

  it('H10: measures no residual voltage while its relay is open, and leaves no charge on the electrode', async () => {
    const device = await startAcquiring();
    await device.inject({ fault: 'polarised-electrode', electrode: 5, millivolts: 300 });
    await device.inject({ fault: 'open-electrode', electrode: 5, ohms: 1_000_000_000 });
    await device.enable({ isDry: true });
    for (let pulse = 0; pulse < 3; pulse++) {
      expect(await residualBefore(device, 500)).toBe(0);
      await device.pass(2);
    }
    device.writer.stop();
    await settled();
    await device.enable();
    expect(await residualBefore(device, 0)).toBe(300);
  });

  it('H10: measures what polarises an electrode that is shorted, on this electrode alone, until it ends', async () => {
    const device = await startAcquiring();
    await device.enable({ leaseMilliseconds: 1000 });
    await device.inject({ fault: 'polarised-electrode', electrode: 5, millivolts: -51 });
    for (let pulse = 0; pulse < 3; pulse++) {
      expect(await residualBefore(device, 0)).toBe(-51);
      expect(await device.pulse({ electrode: 6 })).toMatchObject({ residualMillivolts: 0 });
      await device.pass(20);
    }
    await device.inject({ fault: 'polarised-electrode', electrode: 99, millivolts: 60 });
    await device.inject({ fault: 'polarised-electrode', electrode: 5, millivolts: 0 });
    expect(await residualBefore(device, 0)).toBe(0);
    expect(await device.pulse({ electrode: 5 })).toMatchObject({ outcome: 'busy', residualMillivolts: 0 });
    expect(device.judge.judgement).toMatchObject({ unbalancedPulses: 0 });
  });

  it('H11: reports its temperature', async () => {
    const device = await start();
    expect(device.writer.status.temperatureDecidegrees).toBe(300);
    await device.inject({ fault: 'over-temperature', decidegrees: 512 });
    await device.pass(20);
    expect(device.writer.status.temperatureDecidegrees).toBe(512);
    expect(await device.writer.selfTest()).toMatchObject({ temperatureDecidegrees: 512 });
  });

  it('H12: says at every self-test what its limits are and whether somebody has switched its safety off', async () => {
    const device = await start();
    expect(await device.writer.selfTest()).toMatchObject({ limits: virtualLimits, isSafetyDisabled: false });
    await device.inject({ fault: 'safety-disabled' });
    expect(await device.writer.selfTest()).toMatchObject({ limits: virtualLimits, isSafetyDisabled: true });
  });

  it('H13: says which one it is, at the connection and at the self-test', async () => {
    const device = await start();
    const other = store.add(await startWiredBench({ seed: 8 }));
    const { serial, firmware } = device.writer.identity;
    expect(await device.writer.selfTest()).toMatchObject({ serial, firmware });
    expect(other.writer.identity.serial).not.toBe(serial);
  });

  it('tests itself while its output is off, and not while it is on', async () => {
    const device = await start();
    await device.enable();
    await expect(device.writer.selfTest()).rejects.toThrow('rejected message 9: not-now');
    await device.pass(100);
    expect(await device.writer.selfTest()).toMatchObject({ isEmergencyStopWired: true });
  });

  it('H59: measures a pulse of the wrong polarity with its sign', async () => {
    const device = await start();
    await device.enable();
    await device.inject({ fault: 'wrong-polarity' });
    expect(await device.pulse()).toMatchObject({ firstFemtocoulombs: 2_000_000, secondFemtocoulombs: -2_000_000 });
    expect(await device.pulse({ electrode: 6, leadingPhase: 'anodic' })).toMatchObject({
      firstFemtocoulombs: 2_000_000,
      secondFemtocoulombs: -2_000_000,
    });
  });

  it('H58: stimulates no electrode that it does not have', async () => {
    const device = await start();
    await device.enable({ leaseMilliseconds: 1000 });
    for (const electrode of [16, 17, 255, 256, 65_535])
      expect(await device.pulse({ electrode })).toMatchObject({ outcome: 'no-such-electrode', electrode });
    expect(device.judge.judgement.pulses).toBe(0);
  });

  it('H61: gives an electrode no second pulse before its first is over', async () => {
    const device = await start();
    await device.enable();
    expect(await device.pulse()).toMatchObject({ outcome: 'delivered' });
    expect(await device.pulse()).toMatchObject({ outcome: 'busy', firstFemtocoulombs: 0, sampleIndex: -1 });
  });

  it('H60: delivers on no more electrodes at once than it can', async () => {
    const device = store.add(
      await startWiredBench({ source: { kind: 'virtual', channels: 32, sampleRateHz: 30_000 } }),
    );
    await device.enable();
    const outcomes: unknown[] = [];
    for (let electrode = 0; electrode < 18; electrode++) outcomes.push((await device.pulse({ electrode }))?.outcome);
    expect(outcomes.slice(0, 16)).toEqual(Array.from({ length: 16 }, () => 'delivered'));
    expect(outcomes.slice(16)).toEqual(['simultaneous', 'simultaneous']);
  });

  it('H81: turns its output off by the emergency stop, and on neither before its release nor by it', async () => {
    const device = await start();
    const session = await device.enable();
    await device.inject({ fault: 'emergency-stop', isPressed: true });
    expect(device.writer.status).toMatchObject({ isOutputOn: false, burnedSession: session });
    expect(device.events.at(-1)).toMatchObject({ kind: 'stopped', by: 'the emergency stop' });
    expect(await device.pulse()).toMatchObject({ outcome: 'emergency-stop' });
    expect(await device.writer.enable(order(session + 1))).toMatchObject({ enableOutcome: 'emergency-stop' });
    await device.inject({ fault: 'emergency-stop', isPressed: false });
    expect(device.writer.status).toMatchObject({ isOutputOn: false, isEmergencyStopPressed: false });
    await device.enable();
    expect(device.writer.status.isOutputOn).toBe(true);
  });

  it('H84: measures at its reference load while its relay is open, and says that it is dry', async () => {
    const measured = async (isDry: boolean) => {
      const device = await start();
      await device.enable({ isDry });
      const answer = await device.pulse();
      expect(answer).toMatchObject({ outcome: 'delivered', firstFemtocoulombs: -2_000_000 });
      expect(device.writer.status.isDry).toBe(isDry);
      return { peakMillivolts: answer?.peakMillivolts, judgement: device.judge.judgement };
    };
    expect(await measured(true)).toMatchObject({ peakMillivolts: 100, judgement: { pulses: 1, dryPulses: 1 } });
    expect((await measured(false)).judgement).toMatchObject({ pulses: 1, dryPulses: 0 });
  });

  it('H07: falls silent with status and acknowledgements, and speaks again', async () => {
    const device = await start();
    await device.enable({ leaseMilliseconds: 1000 });
    await device.inject({ fault: 'silent-status', milliseconds: 200 });
    const { deviceMicroseconds } = device.writer.status;
    expect(await device.pulse()).toBeUndefined();
    await device.pass(199);
    expect(device.writer.status.deviceMicroseconds).toBe(deviceMicroseconds);
    await device.pass(1);
    expect(device.writer.status).toMatchObject({ isOutputOn: true, deliveredPulses: 1 });
  });

  it('H50: lets a host see steps and drift of its clock in the pairs of times', async () => {
    const device = await start();
    const offsetMicroseconds = () => {
      const { deviceMicroseconds, hostNs } = device.keepAlive.newestPair;
      return deviceMicroseconds - hostNs / 1000;
    };
    expect(offsetMicroseconds()).toBe(123_456_789);
    await device.inject({ fault: 'clock-step', milliseconds: -10 });
    await device.pass(20);
    expect(offsetMicroseconds()).toBe(123_446_789);
    await device.inject({ fault: 'clock-drift', partsPerMillion: 1000 });
    await device.pass(1000);
    expect(offsetMicroseconds()).toBe(123_447_789);
    expect(device.writer.newestPair).toEqual(device.keepAlive.newestPair);
  });

  it('H50: does not let its lease last longer because its clock goes back', async () => {
    const device = await start();
    const session = await device.enable({ leaseMilliseconds: 100 });
    await device.pass(40);
    device.keepAlive.renew(session);
    await settled();
    await device.inject({ fault: 'clock-step', milliseconds: -5000 });
    await device.pass(99);
    expect(device.device.isOutputOn).toBe(true);
    await device.pass(1);
    expect(device.device.isOutputOn).toBe(false);
    expect(device.events.at(-1)).toMatchObject({ kind: 'lapsed', session });
  });

  it('is asked for the device’s own time in each command: with another zero, everything still holds', async () => {
    const device = store.add(await startWiredBench({ clockOffsetMicroseconds: 9_000_000_000_000 }));
    await device.enable();
    const answer = await device.pulse({ ...testPulse });
    expect(answer).toMatchObject({ outcome: 'delivered', startMicroseconds: 9_000_005_000_000 });
  });
});
