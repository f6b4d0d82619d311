// Puts a virtual device together from its options; runs in the virtual rig.
import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../common/base/clock.ts';
import { type Disposable, DisposableStore } from '../../common/base/disposable.ts';
import type { VirtualRigOptions } from '../../common/device-protocol/virtual-rig-options.ts';
import { electrodeImpedances } from './electrode-impedances.ts';
import { openElectrodes } from './open-electrodes.ts';
import type { OutputEvent } from './output-judge.ts';
import { openOutputJournal } from './output-journal.ts';
import { deviceSeals } from './seals.ts';
import { VirtualDevice } from './virtual-device.ts';
import { virtualIdentity } from './virtual-identity.ts';

/**
 * @param token what a client must present, and what the tags of commands are made with
 * @param onOutput hears of everything that happens at the output, beside the journal
 * @returns the device, and what ends it when all its connections are closed
 * @throws Error when the recording cannot be read or the journal not be opened
 */
export function createVirtualDevice(
  options: VirtualRigOptions,
  token: string,
  clock: Clock,
  onOutput?: (event: OutputEvent) => void,
): { device: VirtualDevice; owned: Disposable } {
  const expected = new TextEncoder().encode(token);
  const owned = new DisposableStore();
  const electrodes = owned.add(openElectrodes(options));
  const journal = options.outputJournal === undefined ? undefined : owned.add(openOutputJournal(options.outputJournal));
  const device = new VirtualDevice({
    identity: virtualIdentity(options, electrodes, Math.floor(clock.nowNs() / 1000)),
    electrodes,
    impedancesOhms: electrodeImpedances(electrodes.channels, options.seed),
    clock,
    clockOffsetMicroseconds: options.clockOffsetMicroseconds,
    seals: deviceSeals(token),
    isToken: (presented) => presented.length === expected.length && timingSafeEqual(presented, expected),
    faults: options.faults,
    onOutput(event) {
      journal?.write(event);
      onOutput?.(event);
    },
  });
  return { device, owned };
}
