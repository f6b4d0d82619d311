import { describe, expect, it } from 'vitest';
import { virtualRigOptionsSchema } from './virtual-rig-options.ts';

const options = {
  address: 'device',
  pacing: 'stepped',
  seed: 1,
  tickMilliseconds: 1,
  source: { kind: 'virtual', channels: 4, sampleRateHz: 10_000 },
};

describe('options of the virtual rig', () => {
  it('are completed with the defaults of the source, and without faults', () => {
    expect(virtualRigOptionsSchema.parse(options)).toMatchObject({ faults: [], source: { noiseMicrovolts: 5 } });
  });

  it('of a replay are refused without its recording', () => {
    const source = { kind: 'replay', recording: 'recording.json' };
    const { error } = virtualRigOptionsSchema.safeParse({ ...options, source });
    expect(error?.issues).toMatchObject([{ path: ['recording'] }]);
  });

  it('with a fault that does not exist are refused', () => {
    expect(virtualRigOptionsSchema.safeParse({ ...options, faults: [{ fault: 'lease-ignored' }] }).success).toBe(false);
  });
});
