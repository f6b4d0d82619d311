// What a device says about itself when a client connects; travels as JSON in every process that meets a device.
import { z } from 'zod';

const positiveInteger = z.int().positive();

/** Hard ceilings of the device itself; it refuses whatever exceeds them, whoever asks. */
export const deviceLimitsSchema = z.object({
  amplitudeMaxNanoamps: positiveInteger,
  chargePerPhaseMaxFemtocoulombs: positiveInteger,
  phaseMaxMicroseconds: positiveInteger,
  interphaseMaxMicroseconds: z.int().min(0),
  /** Per electrode. */
  rateMaxHz: z.number().positive(),
  leaseMaxMilliseconds: positiveInteger,
  /** Voltage that the output stage can reach. */
  complianceMillivolts: positiveInteger,
  simultaneousElectrodesMax: positiveInteger,
  /** Over all electrodes. */
  totalRateMaxHz: z.number().positive(),
});

export const deviceIdentitySchema = z.object({
  kind: z.enum(['replay', 'virtual', 'hid']),
  serial: z.string().min(1).max(80),
  firmware: z.string().min(1).max(80),
  /** One line for the operator. */
  description: z.string().max(400),
  channels: z.int().min(1).max(4096),
  sampleRateHz: z.number().positive(),
  microvoltsPerBit: z.number().positive(),
  samplesPerBlock: positiveInteger,
  canStimulate: z.boolean(),
  limits: deviceLimitsSchema,
  /** Distance of neighbouring electrodes on its grid; null: not known. */
  electrodePitchMicrometres: z.number().positive().nullable(),
  /** 'real-time': blocks come by themselves. 'stepped': one block for each block that is requested. */
  pacing: z.enum(['real-time', 'stepped']),
  /** Differs from one start of the device to the next. */
  bootNumber: z.int().min(0),
});

export type DeviceIdentity = z.infer<typeof deviceIdentitySchema>;
export type DeviceLimits = DeviceIdentity['limits'];
