// Stop, presence and trigger inputs: what a station's settings say of them, and what is known of each; used in every process.
import { z } from 'zod';
import { closed, text, wholeNumber } from './settings-schema.ts';

export const stopInputKinds = ['stop', 'presence', 'stop-and-presence'] as const;
export type StopInputKind = (typeof stopInputKinds)[number];

const labelMaxCharacters = 60;
const labelCure = `Write a text of 1 to ${labelMaxCharacters} characters`;
const label = z.string({ error: labelCure }).min(1, { error: labelCure }).max(labelMaxCharacters, { error: labelCure });

/** Longest report that is handed over by node-hid 3. */
const reportMaxBytes = 2048;
/** Where a press is seen in a report: any bit of `mask` in byte `byte` is set, or any is clear. Byte 0 is the report's number where reports have numbers. */
const mapping = closed({
  byte: wholeNumber(0, reportMaxBytes - 1),
  mask: wholeNumber(1, 255),
  /** `clear` is for a normally-closed contact: a broken wire is a press. */
  pressedWhen: z.enum(['set', 'clear'], { error: 'Write "set" or "clear"' }),
});
export type StopInputMapping = z.infer<typeof mapping>;

/** Exactly one device has these numbers. */
const device = {
  vendorId: wholeNumber(1, 0xffff),
  productId: wholeNumber(0, 0xffff),
  serialNumber: text.optional(),
  usagePage: wholeNumber(1, 0xffff).optional(),
  usage: wholeNumber(1, 0xffff).optional(),
};

export const stopInputSchema = closed({
  ...device,
  kind: z.enum(stopInputKinds, { error: `Write ${stopInputKinds.map((kind) => `"${kind}"`).join(' or ')}` }),
  mapping: mapping.optional(),
});
/** A stop or presence input of the station. */
export type StopInputSetting = z.infer<typeof stopInputSchema>;

const triggerInputSchema = closed({
  ...device,
  /** What a press means to the laboratory. */
  name: label,
  /** What is pressed; without it, as the mapping says. */
  control: label.optional(),
  mapping: mapping.optional(),
});
/** An input whose presses are marks in the recording. */
export type TriggerInputSetting = z.infer<typeof triggerInputSchema>;

/** @returns e.g. `byte 4, mask 16` where the settings give it no name of its own */
export const triggerControl = ({ control, mapping }: TriggerInputSetting): string =>
  control ?? (mapping === undefined ? 'any key' : `byte ${mapping.byte}, mask ${mapping.mask}`);

/** Marks are told apart by what is written into them. */
export const triggerInputsSchema = z
  .array(triggerInputSchema, { error: 'Write a list of inputs in [ ]' })
  .superRefine((inputs, context) => {
    const known = new Set<string>();
    for (const [index, input] of inputs.entries()) {
      const words = JSON.stringify([input.name, triggerControl(input)]);
      const message = 'Write a name, or a control, that no other trigger input has';
      if (known.has(words)) context.addIssue({ code: 'custom', path: [index, 'name'], message });
      known.add(words);
    }
  });

/** A device of either list, as far as it is found and read. */
export type InputDeviceSetting = Omit<StopInputSetting, 'kind'>;

export const stopInputProblemCodes = [
  /** `station.json` cannot be read, or says something impossible. */
  'settings',
  /** This computer's system has no way to read HID devices. */
  'unsupported',
  /** The first look for it is not over. */
  'looking',
  'not-found',
  /** Several devices are meant. */
  'ambiguous',
  'not-opened',
  /** It was open: unplugged, or reading failed. */
  'lost',
  /** The system does not come back from listing or opening devices. */
  'no-answer',
] as const;

/** Why an input is not heard, in words, and what to do. */
export interface StopInputProblem {
  code: (typeof stopInputProblemCodes)[number];
  what: string;
  cure: string;
}

/** What a report says. `unknown`: neither rest nor press; a stop input stops on it, a presence or trigger input does not count it. */
export type StopInputReading = 'rest' | 'pressed' | 'unknown';

export interface StopInputState {
  /** As the device names itself, with its numbers. */
  name: string;
  kind: StopInputKind | 'trigger';
  isOpen: boolean;
  /** Of the newest report; 'none' before the first since it was opened. */
  reading: StopInputReading | 'none';
  /** Presses since the program began. 0: nobody has tried it. */
  presses: number;
  /** While it is not open. */
  problem?: StopInputProblem;
}

/** All that the stop-input thread knows. */
export interface StopInputsReport {
  inputs: StopInputState[];
  /** What concerns no single input. */
  problems: StopInputProblem[];
}
