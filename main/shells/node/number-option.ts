// A number of the command line. Main process of the plain-Node shell.

/** @throws RangeError that says what was wrong when it is no number inside the range */
export function numberOption(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= min && value <= max))
    throw new RangeError(`--${name} is a number from ${min} to ${max}, not '${text}'.`);
  return value;
}
