// Writes expressions out in a language: what is used twice gets a name, so that nothing is computed twice; build time only.
import type { BoolNode, IntFunction, IntNode } from './expression.ts';
import type { Language } from './language.ts';

export type Node = IntNode | BoolNode;

/** Several expressions that share parts. */
export class Writer {
  /** Statements that the texts below rest on, in order. */
  readonly statements: string[] = [];
  readonly #language: Language;
  readonly #uses = new Map<Node, number>();
  readonly #names = new Map<Node, string>();

  /** @param roots every expression that will be asked for */
  constructor(language: Language, roots: readonly Node[]) {
    this.#language = language;
    for (const root of roots) this.#count(root);
  }

  text(node: Node): string {
    const named = this.#names.get(node);
    if (named !== undefined) return named;
    const text = this.#write(node);
    if (isLeaf(node) || this.#uses.get(node)! < 2) return text;
    const name = `t${this.#names.size}`;
    this.#names.set(node, name);
    this.statements.push(isBool(node) ? this.#language.boolNamed(name, text) : this.#language.intNamed(name, text));
    return name;
  }

  #count(node: Node): void {
    const uses = (this.#uses.get(node) ?? 0) + 1;
    this.#uses.set(node, uses);
    if (uses === 1) for (const part of partsOf(node)) this.#count(part);
  }

  #write(node: Node): string {
    const language = this.#language;
    switch (node.kind) {
      case 'constant':
        return language.constant(node.value);
      case 'variable':
        return node.name;
      case 'int':
        return language.int(node.operator, this.text(node.left), this.text(node.right));
      case 'compare':
        return language.compare(node.operator, this.text(node.left), this.text(node.right));
      case 'bool':
        return language.bool(node.operator, this.text(node.left), this.text(node.right));
      case 'not':
        return language.not(this.text(node.of));
      case 'select':
        return language.select(this.text(node.condition), this.text(node.yes), this.text(node.no));
      case 'lookup':
        return language.lookup(node.table, this.text(node.index));
      case 'call':
        return language.call(
          node.callee.name,
          node.parameters.map((each) => this.text(each)),
        );
    }
  }
}

/** @returns the function in a language. */
export function writeFunction({ name, parameters, body }: IntFunction, language: Language): string {
  const writer = new Writer(language, [body]);
  const result = writer.text(body);
  return language.function(name, parameters, writer.statements, result);
}

/** @returns the names of all variables in the expressions. */
export function variablesOf(roots: readonly Node[]): Set<string> {
  const names = new Set<string>();
  visitAll(roots, (node) => node.kind === 'variable' && names.add(node.name));
  return names;
}

/** @returns the names of all tables that the expressions look into. */
export function tablesOf(roots: readonly Node[]): Set<string> {
  const names = new Set<string>();
  visitAll(roots, (node) => node.kind === 'lookup' && names.add(node.table));
  return names;
}

/** Every node once, parts before wholes. */
function visitAll(roots: readonly Node[], visit: (node: Node) => void): void {
  const seen = new Set<Node>();
  const descend = (node: Node) => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const part of partsOf(node)) descend(part);
    visit(node);
  };
  for (const root of roots) descend(root);
}

/** @returns every function that the expressions call, those that are called by others first. */
export function functionsOf(roots: readonly Node[]): IntFunction[] {
  const found = new Set<IntFunction>();
  visitAll(roots, (node) => {
    if (node.kind !== 'call') return;
    for (const inner of functionsOf([node.callee.body])) found.add(inner);
    found.add(node.callee);
  });
  return [...found];
}

const isLeaf = (node: Node) => node.kind === 'constant' || node.kind === 'variable';
const isBool = (node: Node): node is BoolNode => node.kind === 'compare' || node.kind === 'bool' || node.kind === 'not';

function partsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'constant':
    case 'variable':
      return [];
    case 'int':
    case 'compare':
    case 'bool':
      return [node.left, node.right];
    case 'not':
      return [node.of];
    case 'select':
      return [node.condition, node.yes, node.no];
    case 'lookup':
      return [node.index];
    case 'call':
      return node.parameters;
  }
}
