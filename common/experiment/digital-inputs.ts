// The schema of the digital inputs of a source whose changes are recorded; used in every process.
import { z } from 'zod';
import { name } from './name.ts';
import { quantity } from './quantity.ts';

/** As many as the devices send in one word. */
export const digitalLines = 16;
/** A bit for each of them. */
export const allDigitalLines = 2 ** digitalLines - 1;

const digitalInput = z.strictObject({
  line: quantity({
    label: 'Line',
    note: 'From 1: DIGITAL-IN-01 of RHX, TTL line 1 of the Open Ephys GUI, input 0 of a HID rig',
    unit: '',
    min: 1,
    max: digitalLines,
    step: 1,
    isInteger: true,
  }),
  name: name.meta({ label: 'What is wired to it', note: 'The recording names it so' }),
});

export const digitalInputsSchema = z.array(digitalInput).max(digitalLines);

export type DigitalInput = z.infer<typeof digitalInput>;
