import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../../../common/base/disposable.ts';
import { RhxController } from './controller.ts';
import { host, shortTimes, startRhx } from './rhx.fixture.ts';
import type { VirtualRhxOptions } from '../../../virtual-rig/rhx/virtual-rhx.ts';

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

async function connected(options: Partial<VirtualRhxOptions> = {}) {
  const rhx = await startRhx(store, options);
  return { rhx, controller: store.add(await RhxController.connect(host, rhx.commandPort, shortTimes)) };
}

describe('a controller behind RHX', () => {
  it('is described without being changed', async () => {
    const { rhx, controller } = await connected({ isStimulator: false, sampleRateHz: 20_000, amplifiers: [0, 32] });
    expect(controller.description).toEqual({
      version: '3.4.0',
      isStimulator: false,
      sampleRateHz: 20_000,
      stepMicroamps: undefined,
      amplifiers: { A: 0, B: 32, C: 0, D: 0, E: 0, F: 0, G: 0, H: 0 },
    });
    expect(rhx.packets.filter((packet) => !packet.startsWith(';get '))).toEqual([]);
  });

  it('sends its data to the literal address that it was reached by, and to no name', async () => {
    const { rhx, controller } = await connected();
    rhx.settings.force('tcpwaveformdataoutputhost', 'localhost');
    await controller.configure({ amplifiers: [], others: ['ANALOG-IN-1'] }, 5);
    expect(rhx.settings.valueOf('tcpwaveformdataoutputhost')).toBe(host);
    expect(rhx.settings.valueOf('tcpspikedataoutputhost')).toBe(host);
    expect(rhx.settings.valueOf('tcpnumberdatablocksperwrite')).toBe('5');
    expect(rhx.settings.wordsPerFrame).toBe(1);
  });

  it('switches off what somebody had switched on before', async () => {
    const { rhx, controller } = await connected();
    rhx.settings.force('b-001.tcpdataoutputenabledhigh', 'True');
    const layout = await controller.configure(
      { amplifiers: [{ channel: 'A-002', bands: ['DC'], hasSpikes: false }], others: [] },
      1,
    );
    expect(layout.columns).toEqual([{ channel: 'A-002', band: 'DC' }]);
    expect(rhx.settings.wordsPerFrame).toBe(1);
  });

  it('says so when RHX silently keeps a setting', async () => {
    const { rhx, controller } = await connected();
    rhx.faults.keptParameter = 'tcpnumberdatablocksperwrite';
    await expect(controller.configure({ amplifiers: [], others: ['ANALOG-IN-1'] }, 5)).rejects.toThrow(
      'RHX holds tcpnumberdatablocksperwrite = 10, not 5',
    );
  });

  it('opens a data port that says Pending, and refuses one that listens at a random port', async () => {
    const { rhx, controller } = await connected();
    const port = await controller.openDataPort('waveform');
    expect(port).toBe(Number(rhx.settings.valueOf('tcpwaveformdataoutputport')));
    rhx.settings.force('tcpwaveformdataoutputport', '0');
    await expect(controller.confirmDataPort('waveform')).rejects.toThrow('is Pending, not Connected');
  });

  it('lets RHX measure impedances and save them where its file can be read', async () => {
    const { rhx, controller } = await connected();
    const folder = mkdtempSync(join(tmpdir(), 'exocortex-rhx-'));
    store.onDispose(() => rmSync(folder, { recursive: true }));
    await controller.measureImpedances(folder, 'Session-1');
    expect(rhx.settings.valueOf('impedanceshavebeenmeasured')).toBe('True');
    expect(rhx.settings.valueOf('impedancefilename.basefilename')).toBe('Session-1');
    expect(rhx.packets.join('')).toContain(';execute saveimpedance;');
    await expect(controller.measureImpedances('/data/my rig', 'x')).rejects.toThrow('not one whole command');
  });
});
