// The parts of `exocortex bench simulation` and how they are chosen. Main process of the plain-Node shell; pure.

export const benchParts = ['cuba', 'coba', 'plastic', 'microcircuit', 'parity', 'loop'] as const;
export type BenchPart = (typeof benchParts)[number];

/** @param text names with commas between them; undefined: all @throws RangeError for a part that there is not. */
export function partsOf(text: string | undefined): readonly BenchPart[] {
  if (text === undefined) return benchParts;
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !benchParts.some((part) => part === name));
  if (unknown !== undefined)
    throw new RangeError(`--only names parts out of ${benchParts.join(', ')}, not '${unknown}'.`);
  return benchParts.filter((part) => names.includes(part));
}
