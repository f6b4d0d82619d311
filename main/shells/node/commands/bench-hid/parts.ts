// What `exocortex bench hid` can be asked for. Main process of the plain-Node shell; pure.
import { chosenNames } from '../chosen-names.ts';

export const hidParts = ['reports-64', 'reports-128', 'reports-512', 'reports-1024', 'latency', 'fuzz'] as const;
export type HidPart = (typeof hidParts)[number];

/** @param text of `--only` @throws RangeError for a part that there is not */
export const hidPartsOf = (text: string | undefined): readonly HidPart[] => chosenNames(text, hidParts);

/** A line with pulses has the shortest reports: an acknowledgement is two of them. @returns undefined for what needs no board */
export function reportBytesOf(part: HidPart): number | undefined {
  if (part === 'fuzz') return undefined;
  return part === 'latency' ? 64 : Number(part.slice('reports-'.length));
}
