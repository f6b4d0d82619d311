// What is remembered of a device from one connection to the next: its file, and what rig and recorder tell each other of it; used in both threads.
import { z } from 'zod';

/** For the rig thread. */
export interface RememberedDevice {
  /** Of each electrode at 1 kHz at the last self-test, Ω; empty: there was none. */
  readonly impedancesOhms: readonly number[];
  /** Whether its emergency stop was pressed and released within the last 24 h. */
  readonly isEmergencyStopTried: boolean;
}

/** What is new. */
export interface DeviceNews {
  impedancesOhms?: number[];
  /** Pressed and released just now. */
  isEmergencyStopTried?: true;
}

export const rememberedDeviceSchema = z.strictObject({
  format: z.literal('exocortex-device/1'),
  serial: z.string(),
  impedancesOhms: z.array(z.number()),
  /** ms since 1970, UTC. */
  emergencyStopTriedAt: z.number().optional(),
});
export type RememberedDeviceFile = z.infer<typeof rememberedDeviceSchema>;
