// Content of `station.json`, the settings of this computer's installation; used in the threads of the stop inputs and of the rig.
import { z } from 'zod';
import { closed, text } from './settings-schema.ts';
import { stopInputSchema, triggerInputsSchema } from './stop-inputs.ts';

/** Room for a token in one report of HELLO. */
const tokenMaxCharacters = 38;
const tokenCure = `Write the token of the board's own settings, 16 to ${tokenMaxCharacters} characters`;

/** A HID rig that this station may stimulate with. */
const hidRig = closed({
  /** As USB shows it. */
  serialNumber: text,
  token: z.string({ error: tokenCure }).min(16, { error: tokenCure }).max(tokenMaxCharacters, { error: tokenCure }),
});

export const stationSettingsSchema = closed({
  stopInputs: z.array(stopInputSchema, { error: 'Write a list of inputs in [ ]' }).default([]),
  triggerInputs: triggerInputsSchema.default([]),
  hidRigs: z.array(hidRig, { error: 'Write a list of rigs in [ ]' }).default([]),
});
export type StationSettings = z.infer<typeof stationSettingsSchema>;
