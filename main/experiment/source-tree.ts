// A YAML or JSON file with the position of each of its nodes; used by the main process.
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  Parser,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import type { Place } from '../../common/experiment/diagnostic.ts';
import type { ProblemList } from './problem-list.ts';

/** Keys and indices from the file's root to a node. */
export type Path = readonly (string | number)[];

/** No file of an experiment nests deeper than seven levels; a few hundred would exhaust the parser's stack. */
const deepestNesting = 40;

export class SourceTree {
  readonly file: string;
  readonly #document: Document;
  readonly #lines: LineCounter;

  constructor(file: string, document: Document, lines: LineCounter) {
    this.file = file;
    this.#document = document;
    this.#lines = lines;
  }

  get root(): Node | undefined {
    return this.resolve(this.#document.contents);
  }

  /** Follows an alias to the node that it stands for. */
  resolve(node: unknown): Node | undefined {
    const target = isAlias(node) ? node.resolve(this.#document) : node;
    return isMap(target) || isSeq(target) || isScalar(target) ? target : undefined;
  }

  placeOf(node: Node | undefined): Place {
    const { line, col } = this.#lines.linePos(node?.range?.[0] ?? 0);
    return { file: this.file, line: Math.max(1, line), column: Math.max(1, col) };
  }

  /** The pair that counts when a key was given twice: the last. */
  pairOf(map: YAMLMap, key: string): Pair | undefined {
    return map.items.findLast((pair) => keyText(pair) === key);
  }

  placeOfKey(pair: Pair): Place {
    return this.placeOf(this.#node(pair.key));
  }

  /** Place of a pair's value. A mapping, a list and nothing at all stand at their key. */
  placeOfValue(pair: Pair): Place {
    const value = this.#node(pair.value);
    const isEmpty = value?.range?.[0] === value?.range?.[1];
    return isEmpty || !isScalar(this.resolve(pair.value)) ? this.placeOfKey(pair) : this.placeOf(value);
  }

  /** Place of the value at `path`, or of the nearest thing above it that is in the file. */
  placeAt(path: Path): Place {
    let node = this.root;
    let place = this.placeOf(node);
    for (const step of path) {
      const pair = isMap(node) ? this.pairOf(node, String(step)) : undefined;
      const item = isSeq(node) ? this.#node(node.items[Number(step)]) : undefined;
      if (pair !== undefined) place = this.placeOfValue(pair);
      else if (item !== undefined) place = this.placeOf(item);
      else break;
      node = this.resolve(pair === undefined ? item : pair.value);
    }
    return place;
  }

  /** Place of the last key of `path`, where the file has it; else of the nearest thing above it. */
  placeAtKey(path: Path): Place {
    const pair = this.#pairAt(path);
    return pair === undefined ? this.placeAt(path) : this.placeOfKey(pair);
  }

  /** Whether the file has the last key of `path`, with whatever value. */
  hasKey(path: Path): boolean {
    return this.#pairAt(path) !== undefined;
  }

  #pairAt(path: Path): Pair | undefined {
    let node = this.root;
    for (const step of path.slice(0, -1)) {
      const pair = isMap(node) ? this.pairOf(node, String(step)) : undefined;
      node = this.resolve(pair === undefined && isSeq(node) ? node.items[Number(step)] : pair?.value);
    }
    return isMap(node) ? this.pairOf(node, String(path.at(-1))) : undefined;
  }

  /** The node itself, an alias included: its place is where it is used. */
  #node(node: unknown): Node | undefined {
    return isAlias(node) ? node : this.resolve(node);
  }
}

/** The text of a pair's key; keys that are no plain text have none. */
export function keyText(pair: Pair): string | undefined {
  return isScalar(pair.key) ? String(pair.key.value) : undefined;
}

/** @returns the tree, or undefined after reporting that the text is not YAML. Doubled keys are reported and survive. */
export function parseYaml(file: string, text: string, problems: ProblemList): SourceTree | undefined {
  const lines = new LineCounter();
  if (isNestedTooDeeply(text)) {
    problems.error(
      { file, line: 1, column: 1 },
      'The file nests deeper than any experiment',
      'Check its brackets and its indentation',
    );
    return undefined;
  }
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const tree = new SourceTree(file, document, lines);
  const reportedLines = new Set<number>();
  for (const error of [...document.errors, ...document.warnings]) {
    const { line, col } = lines.linePos(error.pos[0]);
    // The parser's further errors in a line follow from the first.
    if (reportedLines.has(line)) continue;
    reportedLines.add(line);
    problems.error({ file, line: Math.max(1, line), column: Math.max(1, col) }, ...explain(error));
  }
  return document.errors.every(({ code }) => code === 'DUPLICATE_KEY') ? tree : undefined;
}

function isNestedTooDeeply(text: string): boolean {
  const open = [...new Parser().parse(text)].map((token) => ({ token: token as object | null | undefined, depth: 1 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > deepestNesting) return true;
    if (typeof token !== 'object' || token === null) continue;
    const inner: unknown[] = 'value' in token ? [token.value] : [];
    if ('items' in token && Array.isArray(token.items)) {
      for (const item of token.items as { key?: unknown; value?: unknown }[]) inner.push(item.key, item.value);
    }
    for (const part of inner) if (typeof part === 'object') open.push({ token: part, depth: depth + 1 });
  }
  return false;
}

function explain({ code, message }: YAMLError): [what: string, cure: string] {
  switch (code) {
    case 'DUPLICATE_KEY':
      return ['This key stands here twice', 'Remove one of the two'];
    case 'TAB_AS_INDENT':
      return ['The line is indented with a tab', 'Indent with spaces'];
    case 'MULTIPLE_DOCS':
      return ['A second document begins here', 'Remove the line "---": one file holds one document'];
    case 'BAD_SCALAR_START':
      return [message, 'Put the text in quotes'];
    case 'BLOCK_AS_IMPLICIT_KEY':
      return ['A second ": " in one line', 'Put the text in quotes, or begin a new line after the first key'];
    case 'TAG_RESOLVE_FAILED':
      return [message, 'Remove the tag that begins with "!"'];
    case 'MISSING_CHAR':
      return [message, 'Add what is missing: a ":" after a key, or the closing quote or bracket'];
    case 'BAD_INDENT':
      return [
        message,
        'Give the line as many spaces as its neighbours of the same level, and close what was opened above',
      ];
    default:
      return [
        message,
        'Write "key: value" lines, two spaces deeper at each level, and "- " before each entry of a list',
      ];
  }
}
