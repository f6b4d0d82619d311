// What `--only` names. Main process of the plain-Node shell; pure.

/**
 * @param text names with commas between them, in any case; undefined: all
 * @returns those of `known` that are named, in their order
 * @throws RangeError for a name that there is not.
 */
export function chosenNames<T extends string>(text: string | undefined, known: readonly T[]): readonly T[] {
  if (text === undefined) return known;
  const names = text.split(',').map((name) => name.trim());
  const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  const unknown = names.find((name) => !known.some((each) => isSame(each, name)));
  if (unknown !== undefined) throw new RangeError(`--only names parts out of ${known.join(', ')}, not '${unknown}'.`);
  return known.filter((each) => names.some((name) => isSame(each, name)));
}
