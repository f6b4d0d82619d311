// What a device answers to SELF_TEST: itself, its own limits and its electrodes as it measures them now; used in every process that meets a device.
import { z } from 'zod';
import { deviceLimitsSchema } from './device-identity.ts';

export const selfTestReportSchema = z.object({
  serial: z.string().min(1).max(80),
  firmware: z.string().min(1).max(80),
  bootNumber: z.int().min(0),
  limits: deviceLimitsSchema,
  /** Whether somebody has switched the device's own safety off. */
  isSafetyDisabled: z.boolean(),
  /** Smallest step of the current, as its converter is set now. */
  amplitudeStepNanoamps: z.int().positive(),
  /** Of each electrode at 1 kHz. */
  impedancesOhms: z.array(z.number().min(0)),
  temperatureDecidegrees: z.int(),
  isEmergencyStopWired: z.boolean(),
});
export type SelfTestReport = z.infer<typeof selfTestReportSchema>;
