// The messages between a device and its clients that travel as JSON: identity, self-test, closing, injected fault; used in every process that meets a device.
import { z } from 'zod';
import { deviceIdentitySchema, type DeviceIdentity } from './device-identity.ts';
import { selfTestReportSchema, type SelfTestReport } from './self-test-report.ts';
import { virtualFaultSchema, type VirtualFault } from './virtual-fault.ts';

/** Why a device closes a connection, or has never really opened it. */
const closingSchema = z.object({
  reason: z.enum(['recording-ended', 'overrun', 'protocol']),
  message: z.string().max(400),
});
export type Closing = z.infer<typeof closingSchema>;

export const encodeJson = (value: DeviceIdentity | SelfTestReport | VirtualFault | Closing): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(value));

/** Each answers undefined on anything that is not what it reads. */
export const decodeIdentity = (body: Uint8Array): DeviceIdentity | undefined => decodeJson(body, deviceIdentitySchema);
export const decodeSelfTest = (body: Uint8Array): SelfTestReport | undefined => decodeJson(body, selfTestReportSchema);
export const decodeFault = (body: Uint8Array): VirtualFault | undefined => decodeJson(body, virtualFaultSchema);
export const decodeClosing = (body: Uint8Array): Closing | undefined => decodeJson(body, closingSchema);

function decodeJson<T>(body: Uint8Array, schema: z.ZodType<T>): T | undefined {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
  return schema.safeParse(json).data;
}
