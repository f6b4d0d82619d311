// Halves of a device over the HID driver and the firmware's core, all in real time: what lies between them is the test's to choose.
import { MessageChannel } from 'node:worker_threads';
import type { DisposableStore } from '../../common/base/disposable.ts';
import { type Disposable } from '../../common/base/disposable.ts';
import { freshSession } from '../../common/device-protocol/device-status.ts';
import type { Acknowledgement, DeviceKeepAlive, DeviceReader, DeviceWriter } from '../../main/rig/hardware/device.ts';
import { HidUser } from '../../main/rig/hardware/hid/hid-user.ts';
import { type HidSystem, serveHidRig } from '../../main/rig/hardware/hid/serve-hid-rig.ts';
import { hostClock } from '../../main/rig/hardware/host-clock.ts';
import { connectKeepAliveOver } from '../../main/rig/hardware/keep-alive.ts';
import { connectReadingHalfOver } from '../../main/rig/hardware/reading-half.ts';
import { connectWritingHalfOver } from '../../main/rig/hardware/writing-half.ts';

export const hidToken = 'token of a HID rig';
export const limitsHash = { high: 3, low: 4 };

/** A line to HID devices with its two ends in one thread. */
export function hidUser(
  system: HidSystem | { unsupported: string },
  owner: DisposableStore,
  answerMilliseconds = 2000,
) {
  const { port1, port2 } = new MessageChannel();
  const load = () => Promise.resolve(system);
  owner.add(serveHidRig({ load, port: port2, clock: hostClock, random: Math.random, answerMilliseconds }));
  const user = new HidUser(port1);
  owner.onDispose(() => port1.close());
  return user;
}

export interface HidBench {
  readonly user: HidUser;
  readonly reader: DeviceReader;
  readonly writer: DeviceWriter;
  readonly keepAlive: DeviceKeepAlive;
}

/** Opens the rig by its serial number: reader and writer on one line, the watchdog's on another, as in the application. */
export async function connectHidBench(
  system: HidSystem,
  serialNumber: string,
  owner: DisposableStore,
): Promise<HidBench> {
  const user = hidUser(system, owner);
  await user.open(serialNumber);
  const reader = owner.add(await connectReadingHalfOver(user.transport('data'), hidToken));
  const writer = owner.add(await connectWritingHalfOver(user.transport('control'), hidToken));
  const keepAlive = owner.add(await connectKeepAliveOver(user.transport('watchdog'), hidToken));
  return { user, reader, writer, keepAlive };
}

/** Turns the output on. @returns the session */
export async function enableFor(writer: DeviceWriter, leaseMilliseconds: number): Promise<number> {
  const session = freshSession(writer.status, Math.random);
  const status = await writer.enable({ session, leaseMilliseconds, limitsHash, isDry: false });
  if (!status.isOutputOn) throw new Error(`the rig was not enabled: ${status.enableOutcome}`);
  return session;
}

/** Sends a pulse of 5 µA × 200 µs and waits for its answer. */
export function pulseOn(writer: DeviceWriter, sequence: number, electrode = 3): Promise<Acknowledgement> {
  return new Promise((resolve) => {
    const answers: Disposable = writer.onAcknowledgement((acknowledgement) => {
      answers.dispose();
      resolve(acknowledgement);
    });
    writer.pulse({
      sequence,
      electrode,
      amplitudeNanoamps: 5000,
      phaseMicroseconds: 200,
      interphaseMicroseconds: 50,
      leadingPhase: 'cathodic',
      expiryNs: hostClock.nowNs() + 200e6,
    });
  });
}
