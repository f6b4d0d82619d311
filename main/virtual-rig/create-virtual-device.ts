// Puts a virtual device together from its options; runs in the virtual rig.
import { timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Clock } from '../../common/base/clock.ts';
import type { Disposable } from '../../common/base/disposable.ts';
import type { VirtualRigOptions } from '../../common/device-protocol/virtual-rig-options.ts';
import { openElectrodes } from './open-electrodes.ts';
import { VirtualDevice } from './virtual-device.ts';
import { virtualIdentity } from './virtual-identity.ts';

/**
 * @param token what a client must present
 * @returns the device, and what ends it when all its connections are closed
 * @throws Error when the recording cannot be read
 */
export function createVirtualDevice(
  options: VirtualRigOptions,
  token: string,
  clock: Clock,
): { device: VirtualDevice; electrodes: Disposable } {
  const expected = new TextEncoder().encode(token);
  const electrodes = openElectrodes(options);
  const device = new VirtualDevice({
    identity: virtualIdentity(options, electrodes, Math.floor(clock.nowNs() / 1000)),
    electrodes,
    clock,
    checksum: crc32,
    isToken: (presented) => presented.length === expected.length && timingSafeEqual(presented, expected),
    faults: options.faults,
  });
  return { device, electrodes };
}
