// Compares what another program read from an export with what the session says.

/** Equal in every part; numbers to a millionth of themselves. @param {unknown} a @param {unknown} b @returns {boolean} */
function agree(a, b) {
  if (typeof a === 'number' && typeof b === 'number')
    return Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return left.length === right.size && left.every(([key, value]) => agree(value, right.get(key)));
}

/**
 * @param {Record<string, unknown>} expected by the session @param {Record<string, unknown>} read by the program
 * @returns {{ isRight: boolean, words: string, lines: string[] }} `lines`: one for each value that differs
 */
export function compare(expected, read) {
  const values = Object.entries(expected);
  const wrong = values.filter(([key, value]) => !agree(read[key], value));
  return {
    isRight: wrong.length === 0,
    words: `${values.length - wrong.length} of ${values.length} values agree`,
    lines: wrong.map(
      ([key, value]) => `${key}: read ${JSON.stringify(read[key])}, the session has ${JSON.stringify(value)}`,
    ),
  };
}
