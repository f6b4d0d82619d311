// The schema of a HID rig as an experiment's source; used in every process.
import { z } from 'zod';
import { quantity } from './quantity.ts';

/** A board on USB HID; it sets what it is asked to, or the session does not begin. */
export const hidSource = z.strictObject({
  kind: z.literal('hid-rig').meta({ label: 'A HID rig' }),
  serialNumber: z
    .string()
    .min(1)
    .max(80)
    .meta({ label: 'Serial number', note: "As 'exocortex devices' lists it; this station's settings hold its token" }),
  channels: quantity({ label: 'Electrodes', unit: '', min: 1, max: 16, step: 1, isInteger: true }),
  sampleRateHz: quantity({ label: 'Sample rate', unit: 'Hz', min: 1000, max: 50_000, step: 1000, isInteger: true }),
  lowCutHz: quantity({ label: 'High-pass of the amplifier', unit: 'Hz', min: 0.1, max: 500, step: 0.1 }).default(1),
  highCutHz: quantity({
    label: 'Low-pass of the amplifier',
    unit: 'Hz',
    min: 100,
    max: 20_000,
    step: 100,
    isInteger: true,
  }).default(7500),
  digitalOutputs: quantity({
    label: 'Digital outputs',
    note: 'State of all sixteen lines while the experiment is connected: the sum of 1 for line 0, 2 for line 1, 4 for line 2 and so on',
    unit: '',
    min: 0,
    max: 65_535,
    step: 1,
    isInteger: true,
  }).default(0),
});
export type HidSource = z.infer<typeof hidSource>;
