import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import { FakeClock } from '../../../../common/base/clock.ts';
import { DisposableStore } from '../../../../common/base/disposable.ts';
import type { VirtualRhxOptions } from '../../../virtual-rig/rhx/virtual-rhx.ts';
import type { DeviceKeepAlive, DeviceWriter } from '../device.ts';
import { RhxController } from './controller.ts';
import { PreparedStimulator } from './prepared-stimulator.ts';
import type { PreparedStimulus } from './prepared-stimulus.ts';
import { codeOf, host, shortTimes, startRhx } from './rhx.fixture.ts';

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

const pulse: PreparedStimulus = {
  channel: 'A-001',
  key: 3,
  leadingPhase: 'anodic',
  firstMicroamps: 20,
  firstMicroseconds: 200,
  interphaseMicroseconds: 100,
  secondMicroamps: 10,
  secondMicroseconds: 400,
};

async function opened(options: Partial<VirtualRhxOptions> = {}) {
  const rhx = await startRhx(store, options);
  const controller = store.add(await RhxController.connect(host, rhx.commandPort, shortTimes));
  const deadMan = { isHeld: true };
  const clock = new FakeClock();
  const isRunning = () => rhx.runMode === 'Run';
  const stimulator = await PreparedStimulator.open(controller, { deadMan, isRunning, clock });
  return { rhx, controller, stimulator, deadMan, clock };
}

describe('prepared stimuli on an RHS controller', () => {
  it('are set, uploaded while the board stands, read back and fired by their key', async () => {
    const { rhx, controller, stimulator } = await opened();
    expect(await stimulator.prepare(pulse)).toMatchObject({ firstSteps: 40, secondSteps: 20, chargeNanocoulombs: 4 });
    const held = (name: string) => rhx.settings.valueOf(`a-001.${name}`);
    expect([held('source'), held('polarity'), held('shape'), held('pulseortrain'), held('stimenabled')]).toEqual([
      'KeyPressF3',
      'PositiveFirst',
      'BiphasicWithInterphaseDelay',
      'SinglePulse',
      'True',
    ]);
    expect(held('refractoryperiodmicroseconds')).toBe('1e+06');
    await controller.commands.run();
    await stimulator.fire('A-001');
    expect(rhx.fired).toEqual([{ channel: 'a-001', key: 'f3' }]);
  });

  it('fire only under a held dead-man, a second apart, while the board runs', async () => {
    const { rhx, controller, stimulator, deadMan, clock } = await opened();
    await stimulator.prepare(pulse);
    expect(await codeOf(stimulator.fire('A-001'))).toBe('not-running');
    await controller.commands.run();
    expect(await codeOf(stimulator.fire('A-000'))).toBe('stimulus-out-of-range');
    deadMan.isHeld = false;
    expect(await codeOf(stimulator.fire('A-001'))).toBe('without-lease');
    deadMan.isHeld = true;
    await stimulator.fire('A-001');
    clock.advanceMilliseconds(999);
    expect(await codeOf(stimulator.fire('A-001'))).toBe('without-lease');
    clock.advanceMilliseconds(1);
    await stimulator.fire('A-001');
    expect(rhx.fired).toHaveLength(2);
  });

  it('are refused when the step size is another one than at the start', async () => {
    const { rhx, stimulator } = await opened();
    rhx.settings.force('stimstepsizemicroamps', '1');
    expect(await codeOf(stimulator.prepare(pulse))).toBe('step-size-changed');
    rhx.settings.force('stimstepsizemicroamps', '0.5');
    rhx.faults.changedByUpload = ['stimstepsizemicroamps', '1'];
    expect(await codeOf(stimulator.prepare(pulse))).toBe('step-size-changed');
    expect(await codeOf(stimulator.fire('A-001'))).toBe('stimulus-out-of-range');
  });

  it('are not there when the read-back differs or the upload does not end', async () => {
    const { rhx, stimulator } = await opened();
    rhx.faults.changedByUpload = ['a-001.secondphaseamplitudemicroamps', '5'];
    expect(await codeOf(stimulator.prepare(pulse))).toBe('setting-not-taken');
    delete rhx.faults.changedByUpload;
    rhx.faults.isUploadStuck = true;
    expect(await codeOf(stimulator.prepare(pulse))).toBe('upload-not-finished');
    expect(await codeOf(stimulator.fire('A-001'))).toBe('stimulus-out-of-range');
  });

  it('are never uploaded while the board runs', async () => {
    const { rhx, controller, stimulator } = await opened();
    await controller.commands.run();
    expect(await codeOf(stimulator.prepare(pulse))).toBe('already-running');
    expect(rhx.packets.join('')).not.toContain('uploadstim');
  });

  it('are one to a key, and taken away by an upload', async () => {
    const { rhx, controller, stimulator } = await opened();
    await stimulator.prepare(pulse);
    expect(await codeOf(stimulator.prepare({ ...pulse, channel: 'A-002' }))).toBe('stimulus-out-of-range');
    await stimulator.clear('A-001');
    await stimulator.prepare({ ...pulse, channel: 'A-002' });
    await controller.commands.run();
    await stimulator.fire('A-002');
    expect(rhx.fired).toEqual([{ channel: 'a-002', key: 'f3' }]);
  });

  it('need a stimulator on which nobody has left a channel enabled', async () => {
    expect(await codeOf(opened({ isStimulator: false }))).toBe('not-a-stimulator');
    const rhx = await startRhx(store);
    rhx.settings.force('b-001.stimenabled', 'True');
    const controller = store.add(await RhxController.connect(host, rhx.commandPort, shortTimes));
    await expect(
      PreparedStimulator.open(controller, { deadMan: { isHeld: true }, isRunning: () => true }),
    ).rejects.toThrow('stimulation of B-001 is enabled');
  });

  it('are of class L1: by type, they cannot stand in for a device with a lease', async () => {
    expect((await opened()).stimulator.capability).toBe('L1');
    expectTypeOf<PreparedStimulator>().not.toExtend<DeviceWriter>();
    expectTypeOf<PreparedStimulator>().not.toExtend<DeviceKeepAlive>();
    expectTypeOf<PreparedStimulator>().not.toHaveProperty('pulse');
  });
});
