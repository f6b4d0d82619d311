// Reads what RHX answered to one question out of text without ends, names or order; pure, runs in the rig thread.

/** The answers a parameter can have. RHX marks no end, so it must follow from the words or from what comes behind. */
export type ReplyKind = 'number' | 'text' | readonly string[];

export const booleanWords = ['True', 'False'] as const;
export const runModes = ['Stop', 'Run', 'Record', 'Trigger'] as const;
export type RunMode = (typeof runModes)[number];
export const connectionStates = ['Pending', 'Connected', 'Disconnected'] as const;

/** These answer a bare number. */
const nameless: ReadonlySet<string> = new Set(['currenttimestamp', 'currenttimeseconds']);
/** Of these the dot is part of the name, all others answer without their channel. */
const dotted = /^(impedance)?filename\./;

const number = String.raw`-?\d+(?:\.\d+)?(?:e[+-]?\d+)?`;

export interface Reply {
  readonly value: string;
  /** What came before and behind: unasked, but for complaints about an earlier command. */
  readonly rest: string;
}

/** The name by which RHX answers, in lower case. */
export function replyName(parameter: string): string {
  const asked = parameter.toLowerCase();
  if (dotted.test(asked)) return asked;
  const dot = asked.indexOf('.');
  return dot < 0 ? asked : asked.slice(dot + 1);
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}

/**
 * @param text all that has come since the question
 * @param isComplete whether an answer to a later question has come behind it, so that nothing more of this one can come
 * @returns undefined while the answer is not there, or may go on
 */
export function findReply(parameter: string, kind: ReplyKind, text: string, isComplete: boolean): Reply | undefined {
  const name = replyName(parameter);
  const begin = nameless.has(name) ? 'Return: ' : `Return: ${escaped(name)} `;
  const isWords = typeof kind === 'object';
  if (!isWords && !isComplete) return undefined;
  const value = kind === 'number' ? number : isWords ? kind.map(escaped).join('|') : '.*?';
  const end = kind === 'text' ? `(?=Return: |${complaint.source}|$)` : '';
  const found = new RegExp(`${begin}(${value})${end}`, 'is').exec(text);
  if (found === null) return undefined;
  return { value: found[1]!, rest: text.slice(0, found.index) + text.slice(found.index + found[0].length) };
}

/** Whether all of the answer but its end is certainly there: time to ask for the receipt. */
export function hasBegun(parameter: string, text: string): boolean {
  const name = replyName(parameter);
  return new RegExp(nameless.has(name) ? 'Return: ' : `Return: ${escaped(name)} `, 'i').test(text);
}

/** Sentences by which RHX says no, as they came over the wire. */
export const complaint = new RegExp(
  [
    'Unrecognized (?:parameter|action)',
    String.raw`Error - Command \d+: [A-Z][a-z ]+(?:a value|a parameter|an action|command)`,
    'Error - [A-Z][a-z ,]+completes',
    'Invalid value for ',
    String.raw`[A-Z][\w.]* cannot be (?:changed|set|executed|added)`,
    'Board must be (?:running|stopped) in order to (?:stop|start running|start recording)',
    'Filename.BaseFilename and Filename.Path must both be',
    'Connection status cannot be changed',
    'Unable to open input file',
    'Failure writing ',
  ].join('|'),
);

/** A stall makes RHX say this dozens of times per second; it is no answer to anything. */
export const stallSentence = 'Board must be running in order to stop';
