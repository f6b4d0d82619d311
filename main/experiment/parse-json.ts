// Parses a JSON file into the same tree as YAML, refusing what only YAML allows; used by the main process.
import { parseYaml, type SourceTree } from './source-tree.ts';
import type { ProblemList } from './problem-list.ts';

/** @returns the tree, or undefined after reporting that the text is not JSON. Doubled keys are reported and survive. */
export function parseJson(file: string, text: string, problems: ProblemList): SourceTree | undefined {
  const message = complaint(text);
  if (message === undefined) return parseYaml(file, text, problems);
  const before = text.slice(0, offsetOf(message, text)).split('\n');
  const place = { file, line: before.length, column: (before.at(-1) ?? '').length + 1 };
  const what = `Not valid JSON: ${message.replace(/ in JSON at position.*|, .* is not valid JSON$/s, '')}`;
  problems.error(
    place,
    what,
    'Check this place: texts and keys in double quotes, a comma between entries and none after the last',
  );
  return undefined;
}

/** What the JSON parser says against the text; undefined when nothing. */
function complaint(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Where the offending token begins. The message does not tell for every token; then it is in the shortest text that brings the complaint. */
function offsetOf(message: string, text: string): number {
  const told = /position (\d+)/.exec(message)?.[1];
  if (told !== undefined) return Number(told);
  const kind = 'Unexpected token';
  if (!message.startsWith(kind)) return text.trimEnd().length;
  let [harmless, harmful] = [0, text.length];
  while (harmful - harmless > 1) {
    const middle = Math.floor((harmless + harmful) / 2);
    if (complaint(text.slice(0, middle))?.startsWith(kind) === true) harmful = middle;
    else harmless = middle;
  }
  return harmless;
}
