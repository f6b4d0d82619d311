// The schema of a site's limit file: what the PI of a laboratory allows on one probe, with the signatures under it; used in every process.
import { z } from 'zod';
import { electrodeNumber, geometryShape, limitShape } from '../experiment/limit-profile.ts';
import { quantity } from '../experiment/quantity.ts';
import { electrodeLimits } from './electrode-limits.ts';
import { profileNames } from './profile-name.ts';
import { activityLimits } from './activity-limits.ts';
import { timingLimits } from './timing-limits.ts';
import { totalLimits } from './total-limits.ts';

/** Text as a person reads it before signing: nothing in it moves a terminal's cursor or turns its direction of writing. */
const readable = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^\P{C}*$/u, 'text without control characters');

const group = z.strictObject({
  electrodes: z.array(electrodeNumber).min(1).meta({ label: 'Electrodes' }),
  areaSquareMicrometres: geometryShape.areaSquareMicrometres.unwrap(),
  material: geometryShape.material.unwrap(),
  injectionLimitMeasuredMicrocoulombsPerSquareCentimetre: quantity({
    label: 'Reversible charge measured on these electrodes in place',
    unit: 'µC/cm²',
    min: 0,
    max: 15_000,
    step: 1,
  }).optional(),
  shortTrainExtension: z
    .boolean()
    .meta({
      label: 'Short-train extension',
      note: 'Charge up to 20 nC per phase in trains of 1 s at most, 10 % on-time, 100,000 pulses a day',
    })
    .optional(),
  ...limitShape(electrodeLimits),
});

/** Base64 of raw Ed25519 bytes. */
const publicKey = z
  .string()
  .regex(/^[A-Za-z0-9+/]{43}=$/, 'an Ed25519 public key: 32 bytes in Base64')
  .meta({ label: 'Public key of the signer', note: 'Ed25519, 32 bytes in Base64' });
const signatureBytes = z
  .string()
  .regex(/^[A-Za-z0-9+/]{86}==$/, 'an Ed25519 signature: 64 bytes in Base64')
  .meta({ label: 'Signature', note: 'Ed25519, 64 bytes in Base64' });

const siteSignature = z.strictObject({
  signer: readable(80).meta({ label: 'Name of the signer' }),
  publicKey,
  signedAt: z.iso.datetime({ offset: true }).meta({ label: 'When it was signed', note: 'ISO 8601' }),
  signature: signatureBytes,
});

/** What is signed. */
export const siteLimitsSchema = z.strictObject({
  exocortex: z.literal('site-limits/1').meta({ label: 'Kind and version of the file' }),
  /** Names the file through its versions. */
  name: readable(80).meta({ label: 'Name' }),
  profile: z.enum(profileNames).meta({ label: 'Profile' }),
  probeSerial: readable(80).meta({ label: 'Serial number of the device or probe' }),
  version: quantity({
    label: 'Version',
    note: 'Counts up; an older one is not accepted after a newer one',
    unit: '',
    min: 1,
    max: 1_000_000,
    step: 1,
    isInteger: true,
  }),
  author: readable(80).meta({ label: 'Author' }),
  reason: readable(2000).meta({ label: 'Reason' }),
  notAfter: z.iso.date().meta({ label: 'Last day on which it holds, UTC' }),
  pitchMicrometres: quantity({
    label: 'Distance of neighbouring electrodes',
    unit: 'µm',
    min: 1,
    max: 100_000,
    step: 1,
  }).optional(),
  electrodeGroups: z.array(group).min(1).meta({ label: 'Electrodes with the same limits' }),
  total: z.strictObject(limitShape(totalLimits)).meta({ label: 'Limits over all electrodes' }).optional(),
  timing: z.strictObject(limitShape(timingLimits)).meta({ label: 'Limits of time' }).optional(),
  activity: z.strictObject(limitShape(activityLimits)).meta({ label: 'Limits of the tissue’s activity' }).optional(),
});

/** A whole file: canonical JSON (RFC 8785) of this, and nothing else. */
export const siteFileSchema = siteLimitsSchema.extend({
  signatures: z.array(siteSignature).max(8).meta({ label: 'Signatures' }),
});

export type SiteLimits = z.infer<typeof siteLimitsSchema>;
export type SiteFile = z.infer<typeof siteFileSchema>;
export type SiteSignature = z.infer<typeof siteSignature>;
