// The parts of `exocortex bench simulation` and how they are chosen. Main process of the plain-Node shell; pure.
import { chosenNames } from '../chosen-names.ts';

export const benchParts = ['cuba', 'coba', 'plastic', 'microcircuit', 'parity', 'loop'] as const;
export type BenchPart = (typeof benchParts)[number];

/** @param text names with commas between them; undefined: all @throws RangeError for a part that there is not. */
export const partsOf = (text: string | undefined): readonly BenchPart[] => chosenNames(text, benchParts);
