import { describe, expect, it } from 'vitest';
import { Defect } from '../../../common/base/assert.ts';
import { AbsentStimulator } from './absent-stimulator.ts';

describe('an absent stimulator', () => {
  it('is off, confirms each stop and can be turned on by nobody', async () => {
    const stimulator = new AbsentStimulator({ nowNs: () => 5e9 });
    const heard: boolean[] = [];
    stimulator.onStatus(({ isOutputOn, burnedSession }) => heard.push(isOutputOn, burnedSession >= 2 ** 40));
    stimulator.stop();
    expect(heard).toEqual([]);
    await Promise.resolve();
    expect(heard).toEqual([false, true]);
    expect(stimulator.status).toMatchObject({ isOutputOn: false, deviceMicroseconds: 5e6, receivedNs: 5e9 });
    await expect(stimulator.enable()).rejects.toThrow('no stimulator is connected');
    await expect(stimulator.selfTest()).rejects.toThrow('no stimulator is connected');
    expect(() => stimulator.pulse()).toThrow(Defect);
  });
});
