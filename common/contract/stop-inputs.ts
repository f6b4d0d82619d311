// Stop and presence inputs: what a station's settings say of them, and what is known of each; used in every process.
import { z } from 'zod';
import { closed, text, wholeNumber } from './settings-schema.ts';

export const stopInputKinds = ['stop', 'presence', 'stop-and-presence'] as const;
export type StopInputKind = (typeof stopInputKinds)[number];

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

export const stopInputSchema = closed({
  vendorId: wholeNumber(1, 0xffff),
  productId: wholeNumber(0, 0xffff),
  serialNumber: text.optional(),
  usagePage: wholeNumber(1, 0xffff).optional(),
  usage: wholeNumber(1, 0xffff).optional(),
  kind: z.enum(stopInputKinds, { error: `Write ${stopInputKinds.map((kind) => `"${kind}"`).join(' or ')}` }),
  mapping: mapping.optional(),
});
/** One input of the station: exactly one device has these numbers. */
export type StopInputSetting = z.infer<typeof stopInputSchema>;

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
