import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../../../common/base/disposable.ts';
import { rhxSource, type RhxSource } from '../../../../common/experiment/rhx-source.ts';
import { madeOhms } from '../../../virtual-rig/rhx/impedance-values.ts';
import { measureImpedances } from './measure-impedances.ts';
import { codeOf, shortTimes, startRhx } from './rhx.fixture.ts';

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

const sourceOf = (commandPort: number, change: object = {}): RhxSource =>
  rhxSource.parse({
    kind: 'intan-rhx',
    controller: 'rhs',
    sampleRateHz: 30_000,
    commandPort,
    channels: ['B-001', 'A-003'],
    ...change,
  });

describe('impedances through RHX', () => {
  it('are those of the experiment’s electrodes, in its order', async () => {
    const rhx = await startRhx(store);
    expect(await measureImpedances(sourceOf(rhx.commandPort), shortTimes)).toEqual({
      frequencyHz: 1000,
      electrodes: [
        { electrode: 0, channel: 'B-001', ohms: madeOhms(1), degrees: -70 },
        { electrode: 1, channel: 'A-003', ohms: madeOhms(3), degrees: -70 },
      ],
    });
    expect(rhx.runMode).toBe('Stop');
  });

  it('are refused while the board runs, from another controller, another computer, and without a file', async () => {
    const rhx = await startRhx(store);
    rhx.clickRun();
    expect(await codeOf(measureImpedances(sourceOf(rhx.commandPort), shortTimes))).toBe('already-running');
    rhx.clickStop();
    await rhx.clickConnect();
    const another = sourceOf(rhx.commandPort, { sampleRateHz: 20_000 });
    expect(await codeOf(measureImpedances(another, shortTimes))).toBe('another-controller');
    expect(await codeOf(measureImpedances(sourceOf(5000, { host: '192.168.0.7' })))).toBe('file-out-of-reach');
    await rhx.clickConnect();
    rhx.faults.isUnsaved = true;
    expect(await codeOf(measureImpedances(sourceOf(rhx.commandPort), shortTimes))).toBe('file-out-of-reach');
  });
});
