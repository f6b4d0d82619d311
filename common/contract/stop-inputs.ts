// Stop and presence inputs: what a station's settings say of them, and what is known of each; used in every process.
import { z } from 'zod';

export const stopInputKinds = ['stop', 'presence', 'stop-and-presence'] as const;
export type StopInputKind = (typeof stopInputKinds)[number];

/** Longest report that is handed over by node-hid 3. */
const reportMaxBytes = 2048;
/** Numbers as USB listings print them: hexadecimal, with or without 0x. */
const hexadecimal = /^(?:0x[0-9a-f]{1,4}|(?=.*[a-f])[0-9a-f]{4})$/i;

/** The error of each schema is the cure that a person reads. */
function wholeNumber(min: number, max: number) {
  const error = ({ input }: { input?: unknown }) =>
    typeof input === 'string' && hexadecimal.test(input)
      ? `Write ${Number.parseInt(input, 16)}, the same number in decimal and without quotes`
      : `Write a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/** An object that has no other keys: a misspelt one would leave the station without its pedal. */
function closed<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const keys = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? `The keys are ${keys}` : `Write an object with ${keys}`),
  });
}

/** Where a press is seen in a report: any bit of `mask` in byte `byte` is set, or any is clear. Byte 0 is the report's number where reports have numbers. */
const mapping = closed({
  byte: wholeNumber(0, reportMaxBytes - 1),
  mask: wholeNumber(1, 255),
  /** `clear` is for a normally-closed contact: a broken wire is a press. */
  pressedWhen: z.enum(['set', 'clear'], { error: 'Write "set" or "clear"' }),
});
export type StopInputMapping = z.infer<typeof mapping>;

const text = z.string({ error: 'Write a text' }).min(1, { error: 'Write a text that is not empty' });

const stopInput = closed({
  vendorId: wholeNumber(1, 0xffff),
  productId: wholeNumber(0, 0xffff),
  serialNumber: text.optional(),
  usagePage: wholeNumber(1, 0xffff).optional(),
  usage: wholeNumber(1, 0xffff).optional(),
  kind: z.enum(stopInputKinds, { error: `Write ${stopInputKinds.map((kind) => `"${kind}"`).join(' or ')}` }),
  mapping: mapping.optional(),
});
/** One input of the station: exactly one device has these numbers. */
export type StopInputSetting = z.infer<typeof stopInput>;

/** Content of `station.json`, the settings of this computer's installation. */
export const stationSettingsSchema = closed({
  stopInputs: z.array(stopInput, { error: 'Write a list of inputs in [ ]' }).default([]),
  /** The rigs of this station, with the words that each of them lets its users in by. */
  hidRigs: z.array(closed({ serialNumber: text, token: text }), { error: 'Write a list of rigs in [ ]' }).default([]),
});
export type StationSettings = z.infer<typeof stationSettingsSchema>;

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

/** What a report says. `unknown`: neither rest nor press; a stop input stops on it, a presence input does not count it. */
export type StopInputReading = 'rest' | 'pressed' | 'unknown';

export interface StopInputState {
  /** As the device names itself, with its numbers. */
  name: string;
  kind: StopInputKind;
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
