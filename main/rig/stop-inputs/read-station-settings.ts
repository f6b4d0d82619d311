// Reads `station.json`, the settings of this computer's installation, and says all that is wrong with them. Stop-input and rig threads.
import { readFileSync } from 'node:fs';
import { type StationSettings, stationSettingsSchema } from '../../../common/contract/station-settings.ts';
import type { StopInputProblem } from '../../../common/contract/stop-inputs.ts';

type Checked = ReturnType<typeof stationSettingsSchema.safeParse>;
type Issue = NonNullable<Checked['error']>['issues'][number];

/** @param file path of `station.json`; one that does not exist says nothing. @returns the settings, or everything that is wrong with them */
export function readStationSettings(
  file: string,
): { settings: StationSettings; problems: [] } | { settings: undefined; problems: StopInputProblem[] } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') text = '{}';
    else return unusable(problem(`${file} cannot be read: ${wordsOf(error)}`, 'Give this user the right to read it'));
  }
  let value: unknown;
  try {
    // Editors of one system put a mark of the byte order before the text.
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return unusable(problem(`${file} is not JSON: ${wordsOf(error)}`, 'Correct it there'));
  }
  const { data, error } = stationSettingsSchema.safeParse(value);
  if (data !== undefined) return { settings: data, problems: [] };
  return unusable(...error.issues.map((issue) => problem(`${file}: ${explain(issue, value)}`, issue.message)));
}

function unusable(...problems: StopInputProblem[]): { settings: undefined; problems: StopInputProblem[] } {
  return { settings: undefined, problems };
}

function problem(what: string, cure: string): StopInputProblem {
  return { code: 'settings', what, cure };
}

/** @returns e.g. `stopInputs[0].mapping.mask is 0` */
function explain(issue: Issue, root: unknown): string {
  const place = placeOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => `'${key}'`).join(' and ');
    return `${place} has ${issue.keys.length === 1 ? 'the unknown key' : 'the unknown keys'} ${keys}`;
  }
  const value = valueAt(root, issue.path);
  if (value === undefined) return `${place} is missing`;
  // Problems are shown to everybody.
  return issue.path.at(-1) === 'token' ? `${place} is not shown` : `${place} is ${JSON.stringify(value)}`;
}

function placeOf(path: readonly PropertyKey[]): string {
  const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return place === '' ? 'the file' : place.replace(/^\./, '');
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], root);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
