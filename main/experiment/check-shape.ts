// Checks a file against its schema, node by node, so that each problem has its place; used by the main process.
import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { z } from 'zod';
import type { Place } from '../../common/experiment/diagnostic.ts';
import { explainUnknownKey } from './explain-unknown-key.ts';
import { explainValue } from './explain-value.ts';
import { nearest } from './nearest.ts';
import type { ProblemList } from './problem-list.ts';
import type { Salvaged } from './salvaged.ts';
import { asType, keysOf, optionsOf, unwrap } from './schema-kinds.ts';
import { keyText, type SourceTree } from './source-tree.ts';
import { type Complaint, describeValue, either, exampleOf } from './wording.ts';

/**
 * Reports every disagreement between the file and the schema.
 * @returns the parts that agree, defaults filled in; undefined when not even the root is of the right kind.
 */
export function checkShape<T>(schema: z.ZodType<T>, tree: SourceTree, problems: ProblemList): Salvaged<T> | undefined {
  const check = new ShapeCheck(schema, tree, problems);
  const value = check.checkWhole();
  if (check.isClean) {
    // What no single value shows: rules that the schema states over several of them.
    for (const { path, message } of schema.safeParse(value).error?.issues ?? []) {
      problems.error(
        tree.placeAt(path.map((step) => (typeof step === 'number' ? step : String(step)))),
        message,
        'Correct one of the values involved',
      );
    }
  }
  // The walk builds exactly what the schema describes, or leaves it out.
  return value as Salvaged<T> | undefined;
}

/** Where a value stands: its place, its key ('' for an entry of a list), and what to call it in a message. */
interface Spot {
  place: Place;
  key: string;
  title: string;
}

class ShapeCheck {
  isClean = true;
  readonly #schema: z.ZodType;
  readonly #tree: SourceTree;
  readonly #problems: ProblemList;

  constructor(schema: z.ZodType, tree: SourceTree, problems: ProblemList) {
    this.#schema = schema;
    this.#tree = tree;
    this.#problems = problems;
  }

  checkWhole(): unknown {
    const root = this.#tree.root;
    return this.#check(this.#schema, root, { place: this.#tree.placeOf(root), key: '', title: 'the file' });
  }

  #check(schema: z.ZodType, node: Node | undefined, spot: Spot): unknown {
    const { inner } = unwrap(schema);
    if (inner instanceof z.ZodDiscriminatedUnion) return this.#checkUnion(inner, node, spot);
    if (inner instanceof z.ZodObject) return this.#checkMap(inner, node, spot);
    if (inner instanceof z.ZodArray) return this.#checkList(inner, node, spot);
    if (inner instanceof z.ZodRecord) return this.#checkRecord(inner, node, spot);
    const value: unknown = isScalar(node) ? node.value : node;
    const complaint = explainValue(spot.key, value, inner);
    return complaint === undefined ? value : this.#complain(spot.place, complaint);
  }

  #checkMap(schema: z.ZodObject, node: Node | undefined, { place, title }: Spot): unknown {
    const members = keysOf(schema);
    if (!isMap(node)) {
      const keys = [...members.keys()].join(', ');
      return this.#complain(place, [
        `${title} is ${describeValue(isScalar(node) ? node.value : node)}`,
        `Write "key: value" lines, with the keys ${keys}`,
      ]);
    }
    const given = new Set(node.items.map(keyText));
    const absent = new Map([...members].filter(([key]) => !given.has(key)));
    const all = [...members.keys()];
    for (const pair of node.items) {
      const key = keyText(pair);
      if (key !== undefined && members.has(key)) continue;
      const value: unknown = isScalar(pair.value) ? pair.value.value : pair.value;
      const { complaint, meant } = explainUnknownKey(key ?? 'This', value, absent, all, this.#schema);
      this.#complain(this.#tree.placeOfKey(pair), complaint);
      if (meant !== undefined) absent.delete(meant);
    }
    const result: Record<string, unknown> = {};
    for (const [key, member] of members) {
      const pair = this.#tree.pairOf(node, key);
      const { isRequired, fallback } = unwrap(member);
      if (pair !== undefined) {
        const value = this.#tree.resolve(pair.value);
        result[key] = this.#check(member, value, { place: this.#tree.placeOfValue(pair), key, title: key });
      } else if (!isRequired) {
        if (fallback !== undefined) result[key] = fallback;
      } else if (absent.has(key)) {
        this.#complain(place, [`${key} is missing from ${title}`, `Add ${exampleOf(key, member)}`]);
      }
    }
    return result;
  }

  /** A mapping with keys that its schema leaves open. */
  #checkRecord(schema: z.ZodRecord, node: Node | undefined, { place, title }: Spot): unknown {
    if (!isMap(node)) {
      return this.#complain(place, [
        `${title} is ${describeValue(isScalar(node) ? node.value : node)}`,
        'Write "key: value" lines below it, or { }',
      ]);
    }
    const result: Record<string, unknown> = {};
    for (const pair of node.items) {
      const key = keyText(pair);
      if (key === undefined) {
        this.#complain(this.#tree.placeOfKey(pair), ['This is not a key', 'Write a word before the colon']);
        continue;
      }
      const spot = { place: this.#tree.placeOfValue(pair), key, title: key };
      result[key] = this.#check(asType(schema.valueType), this.#tree.resolve(pair.value), spot);
    }
    return result;
  }

  #checkList(schema: z.ZodArray, node: Node | undefined, { place, title }: Spot): unknown {
    if (!isSeq(node)) {
      return this.#complain(place, [
        `${title} is ${describeValue(isScalar(node) ? node.value : node)}`,
        'Write a list: "- " before each entry, or [ ] around them',
      ]);
    }
    const isTooShort = node.items.length === 0 && !schema.safeParse([]).success;
    if (isTooShort) this.#complain(place, [`${title} is an empty list`, 'Give at least one entry']);
    return node.items.map((item) => {
      const entry = this.#tree.resolve(item);
      return this.#check(asType(schema.element), entry, {
        place: this.#tree.placeOf(entry),
        key: '',
        title: `this entry of ${title}`,
      });
    });
  }

  #checkUnion(schema: z.ZodDiscriminatedUnion, node: Node | undefined, spot: Spot): unknown {
    const { key, options } = optionsOf(schema);
    const choices = z.enum([...options.keys()]);
    const pair = isMap(node) ? this.#tree.pairOf(node, key) : undefined;
    if (pair === undefined) {
      const misspelt = isMap(node)
        ? node.items.find((other) => nearest(keyText(other) ?? '', [key]) !== undefined)
        : undefined;
      if (misspelt !== undefined) {
        this.#complain(this.#tree.placeOfKey(misspelt), [
          `${keyText(misspelt) ?? ''} is not known here`,
          `Did you mean ${key}?`,
        ]);
      } else {
        this.#complain(spot.place, [`${key} is missing from ${spot.title}`, `Add ${exampleOf(key, choices)} below it`]);
      }
      return this.#checkShared([...options.values()], node);
    }
    const value: unknown = isScalar(pair.value) ? pair.value.value : pair.value;
    const option = typeof value === 'string' ? options.get(value) : undefined;
    if (option !== undefined) return this.#checkMap(option, node, spot);
    const complaint = explainValue(key, value, choices) ?? [
      `${key} is ${describeValue(value)}`,
      `Write ${either([...options.keys()])}`,
    ];
    this.#complain(this.#tree.placeOfValue(pair), complaint);
    return this.#checkShared([...options.values()], node);
  }

  /** What holds whatever kind of thing it is: nothing else in the file need be told that this one is not there. */
  #checkShared([first, ...others]: readonly z.ZodObject[], node: Node | undefined): unknown {
    if (first === undefined || !isMap(node)) return undefined;
    const result: Record<string, unknown> = {};
    for (const [name, member] of keysOf(first)) {
      const pair = this.#tree.pairOf(node, name);
      if (pair === undefined || !others.every((other) => keysOf(other).get(name) === member)) continue;
      const spot = { place: this.#tree.placeOfValue(pair), key: name, title: name };
      result[name] = this.#check(member, this.#tree.resolve(pair.value), spot);
    }
    return Object.keys(result).length === 0 ? undefined : result;
  }

  #complain(place: Place, complaint: Complaint): undefined {
    this.isClean = false;
    this.#problems.error(place, ...complaint);
    return undefined;
  }
}
